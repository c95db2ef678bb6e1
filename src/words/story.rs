//! What happened to an alert, a sentence for each entry of the ledger.

use super::words;

words! {
    /// Somebody, by their own account.
    pub(crate) fn with_account(who, account) { fr: "{who} (compte {account})", en: "{who} (account {account})" }
    /// Somebody whom another account named.
    pub(crate) fn as_said(who, account) {
        fr: "{who} (selon le compte {account})",
        en: "{who} (as said by account {account})",
    }
    /// It was raised.
    pub(crate) fn raised() { fr: "donnée", en: "raised" }
    /// Something joined it.
    pub(crate) fn joined(number) { fr: "signe {number}", en: "sign {number}" }
    /// It got graver.
    pub(crate) fn graver(level) { fr: "aggravée : niveau {level}", en: "graver: level {level}" }
    /// It went on after its end.
    pub(crate) fn reopened() { fr: "rouverte : cela continue", en: "opened again: it goes on" }
    /// Something holds it back.
    pub(crate) fn muted(by) { fr: "retenue par {by}", en: "held back by {by}" }
    /// Nothing holds it back any more.
    pub(crate) fn unmuted(why) { fr: "n'est plus retenue : {why}", en: "not held back any more: {why}" }
    /// Somebody said what it is.
    pub(crate) fn qualified(by, verdict) { fr: "{by} : {verdict}", en: "{by}: {verdict}" }
    /// Parts were taken out of it.
    pub(crate) fn split(by, into) { fr: "{by} en a séparé {into}", en: "{by} took {into} out of it" }
    /// A first gesture is done.
    pub(crate) fn ticked(by, gesture) { fr: "{by} a fait\u{a0}: {gesture}", en: "{by} did: {gesture}" }
    /// A first gesture is not done after all.
    pub(crate) fn unticked(by, gesture) { fr: "pas encore fait, dit {by}\u{a0}: {gesture}", en: "not done yet, says {by}: {gesture}" }
    /// It was put right.
    pub(crate) fn erratum(by, text) { fr: "erratum de {by} : {text}", en: "correction by {by}: {text}" }
    /// It ended.
    pub(crate) fn resolved(by) { fr: "terminée ({by})", en: "over ({by})" }
    /// It ended, and why.
    pub(crate) fn resolved_why(by, why) { fr: "terminée ({by}) : {why}", en: "over ({by}): {why}" }
    /// A step was reached.
    pub(crate) fn step(step, who) { fr: "échelon {step} : on prévient {who}", en: "step {step}: telling {who}" }
    /// A step of a later round was reached.
    pub(crate) fn step_again(step, who, round) {
        fr: "échelon {step}, tour {round} : on prévient {who}",
        en: "step {step}, round {round}: telling {who}",
    }
    /// A step was passed over.
    pub(crate) fn skipped(step, why) { fr: "échelon {step} passé : {why}", en: "step {step} passed over: {why}" }
    /// Nobody answered at a step.
    pub(crate) fn unanswered(step, who) { fr: "échelon {step} : {who} ne répond pas", en: "step {step}: {who} does not answer" }
    /// Somebody has it.
    pub(crate) fn acked(by) { fr: "{by} s'en occupe", en: "{by} has it" }
    /// Somebody asked for the next step.
    pub(crate) fn escalated() { fr: "échelon suivant demandé", en: "next step asked for" }
    /// Somebody is asked again.
    pub(crate) fn asked_again(of) { fr: "on redemande à {of}", en: "asking {of} again" }
    /// They do not answer.
    pub(crate) fn no_answer(of) { fr: "{of} ne répond plus", en: "{of} does not answer any more" }
    /// It is handed on.
    pub(crate) fn relieved(of, by) { fr: "le tour de {of} est fini, {by} est de garde", en: "the turn of {of} is over, {by} is on call" }
    /// Handed on.
    pub(crate) fn handed(to) { fr: "passée à {to}", en: "handed on to {to}" }
    /// Somebody wants to be asked later.
    pub(crate) fn snoozed(by) { fr: "{by} sera interrogé plus tard", en: "{by} is asked again later" }
    /// It waits for hours.
    pub(crate) fn waits() { fr: "attend les heures de sa chaîne", en: "waits for the hours of its chain" }
    /// Nobody answered up to the end.
    pub(crate) fn exhausted() { fr: "personne n'a répondu jusqu'au bout de la chaîne", en: "nobody answered up to the end of the chain" }
    /// Somebody wrote something down.
    pub(crate) fn note(by, text) { fr: "note de {by}\u{a0}: {text}", en: "note by {by}: {text}" }
    /// What the ledger said of it was erased.
    pub(crate) fn erased(by, why) {
        fr: "ce que la main courante en disait est effacé par {by}\u{a0}: {why}",
        en: "what the ledger said of it was erased by {by}: {why}",
    }
    /// A declaration is in somebody's hands.
    pub(crate) fn duty(duty, owner) { fr: "{duty} : à {owner} de déclarer", en: "{duty}: {owner} is to declare it" }
    /// Its owner is told again.
    pub(crate) fn duty_again(duty, owner) { fr: "{duty} : on le rappelle à {owner}", en: "{duty}: reminding {owner}" }
    /// Nobody could be told.
    pub(crate) fn duty_unheard(duty) {
        fr: "{duty} : personne n'a pu être prévenu, on réessaie",
        en: "{duty}: nobody could be told, trying again",
    }
    /// It is declared.
    pub(crate) fn duty_done(duty, by, receipt) {
        fr: "{duty} : déclarée par {by}, récépissé {receipt}",
        en: "{duty}: declared by {by}, receipt {receipt}",
    }
    /// It need not be declared.
    pub(crate) fn duty_not_due(duty, by, reason) {
        fr: "{duty} : pas à déclarer, selon {by} : {reason}",
        en: "{duty}: need not be declared, says {by}: {reason}",
    }
    /// It is moot.
    pub(crate) fn duty_withdrawn(duty) { fr: "{duty} : sans objet", en: "{duty}: moot" }
}
