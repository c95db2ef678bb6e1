//! Exercises on the command line: what can be played, how a rehearsal went, where reports are.

use super::words;

words! {
    /// How many injects.
    pub(crate) fn injects(count) { fr: "{count} stimulus" | "{count} stimuli", en: "{count} inject" | "{count} injects" }
    /// It cannot be played here.
    pub(crate) fn unfit(why) { fr: "pas pour ce site\u{a0}: {why}", en: "not for this site: {why}" }
    /// No exercise runs.
    pub(crate) fn none_running() {
        fr: "aucun exercice en cours ; «\u{a0}vigie drill list\u{a0}» montre ce qui peut être joué",
        en: "no exercise is running; `vigie drill list` shows what can be played",
    }
    /// Where it stands.
    pub(crate) fn at(playbook, at) { fr: "{playbook}, à {at}", en: "{playbook} at {at}" }
    /// It goes on.
    pub(crate) fn still_running(drill) {
        fr: "{drill} est encore en cours\u{a0}: voici où il en est",
        en: "{drill} is still running: this is its state now",
    }
    /// Its playbook makes no sense any more.
    pub(crate) fn no_script() {
        fr: "le scénario de cet exercice ne peut plus être lu",
        en: "the playbook of this exercise cannot be read any more",
    }
    /// Where the report is.
    pub(crate) fn report_in(path) { fr: "rapport dans {path}", en: "report in {path}" }
    /// There is nothing to play on.
    pub(crate) fn unusable_site(folder, why) {
        fr: "le site dans {folder} ne peut pas être utilisé\u{a0}: {why}",
        en: "the site in {folder} cannot be used: {why}",
    }
    /// The example inside vigie cannot be opened.
    pub(crate) fn no_example() {
        fr: "l'hôpital d'exemple contenu dans vigie ne peut pas être ouvert",
        en: "the example hospital inside vigie cannot be opened",
    }

    /// Why it ended, where nothing else was said.
    pub(crate) fn ended_by_facilitator() { fr: "terminé par l'animateur", en: "ended by the facilitator" }

    /// An inject waits for a decision.
    pub(crate) fn waits_for_choice() { fr: "attend une décision", en: "waits for a decision" }
    /// An inject waits for the facilitator.
    pub(crate) fn waits_for_hand(drill, inject) {
        fr: "vous attend\u{a0}: vigie drill fire {drill} {inject}",
        en: "waits for you: vigie drill fire {drill} {inject}",
    }
    /// An inject has its hour.
    pub(crate) fn due(at) { fr: "à {at}", en: "at {at}" }
    /// An inject is under way.
    pub(crate) fn being_written() { fr: "ses lignes sont en train d'être écrites", en: "its lines are being written" }
    /// An inject was played.
    pub(crate) fn played() { fr: "joué", en: "played" }
    /// An inject was left out.
    pub(crate) fn left_out() { fr: "laissé de côté", en: "left out" }
    /// An inject could not be played.
    pub(crate) fn failed(why) { fr: "échoué\u{a0}: {why}", en: "failed: {why}" }

    /// What was rehearsed.
    pub(crate) fn rehearsed(title, injects, length) {
        fr: " — {title}\u{a0}: {injects}, {length}",
        en: " — {title}: {injects}, {length}",
    }
    /// An expectation that was met.
    pub(crate) fn met() { fr: "atteint", en: "met" }
    /// An expectation that was not.
    pub(crate) fn missed() { fr: "MANQUÉ", en: "MISSED" }
    /// A value that is the same in all languages.
    pub(crate) fn as_it_is(value) { fr: "{value}", en: "{value}" }
    /// It did not come.
    pub(crate) fn never() { fr: "jamais", en: "never" }
    /// How long it took, and how long it could.
    pub(crate) fn took(took, within) { fr: "{took} sur {within}", en: "{took} of {within}" }
    /// All of them together.
    pub(crate) fn met_of(met, all, head) {
        fr: "{met} attentes atteintes sur {all} ; tête de la main courante {head}",
        en: "{met} of {all} expectations met; ledger head {head}",
    }
    /// What was awaited: a rule.
    pub(crate) fn rule_matches(rule) { fr: "la règle {rule} se déclenche", en: "rule {rule} matches" }
    /// What was awaited: an answer of anybody.
    pub(crate) fn somebody_has_it(chain) { fr: "quelqu'un de {chain} s'en occupe", en: "somebody of {chain} has it" }
    /// What was awaited: an answer.
    pub(crate) fn has_it(who) { fr: "{who} s'en occupe", en: "{who} has it" }
    /// What was awaited: a message to somebody.
    pub(crate) fn is_paged(who) { fr: "{who} est prévenu", en: "{who} is paged" }
    /// What was awaited: a message of a chain.
    pub(crate) fn pages_somebody(chain) { fr: "{chain} prévient quelqu'un", en: "{chain} pages somebody" }
    /// What was awaited: a message.
    pub(crate) fn somebody_is_paged() { fr: "quelqu'un est prévenu", en: "somebody is paged" }
    /// What was awaited: a decision.
    pub(crate) fn decision(option) { fr: "décision\u{a0}: {option}", en: "decision: {option}" }
}
