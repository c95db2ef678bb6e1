//! The file of one alert, for whoever was not there.

use super::words;

words! {
    /// Its title.
    pub(crate) fn title(alert) { fr: "Dossier de l'alerte {alert}", en: "File of alert {alert}" }
    /// When it was made.
    pub(crate) fn made(when) { fr: "établi le {when}", en: "made on {when}" }
    /// Where it is.
    pub(crate) fn written(path) { fr: "dossier écrit dans {path}", en: "file written to {path}" }
    /// What it was.
    pub(crate) fn brief() { fr: "En bref", en: "In brief" }
    /// How serious it is.
    pub(crate) fn level() { fr: "Gravité", en: "Severity" }
    /// The first event, by the log.
    pub(crate) fn first() { fr: "Premier fait, d'après le journal", en: "First event, by the log" }
    /// When it was raised.
    pub(crate) fn raised() { fr: "Alerte donnée", en: "Alert raised" }
    /// When it was over.
    pub(crate) fn over() { fr: "Alerte terminée", en: "Alert over" }
    /// It is not.
    pub(crate) fn still_open() { fr: "encore ouverte", en: "still open" }
    /// Who ended it.
    pub(crate) fn ended_by() { fr: "Terminée par", en: "Ended by" }
    /// Who, and why.
    pub(crate) fn by_for(by, why) { fr: "{by}\u{a0}: {why}", en: "{by}: {why}" }
    /// What somebody found out.
    pub(crate) fn verdict() { fr: "Qualification", en: "Finding" }
    /// What, and who said so.
    pub(crate) fn by_whom(what, who) { fr: "{what} (selon {who})", en: "{what} (by {who})" }
    /// In their words.
    pub(crate) fn remark() { fr: "Remarque", en: "Remark" }
    /// Nobody knows.
    pub(crate) fn unknown() { fr: "inconnu à ce stade", en: "unknown at this stage" }
    /// A part with nothing in it.
    pub(crate) fn none() { fr: "Rien.", en: "Nothing." }
    /// Everybody who was told.
    pub(crate) fn told() { fr: "Qui a été prévenu", en: "Who was told" }
    /// When it was decided.
    pub(crate) fn decided() { fr: "Décidé le", en: "Decided" }
    /// Who.
    pub(crate) fn whom() { fr: "Qui", en: "Whom" }
    /// By which channel.
    pub(crate) fn channel() { fr: "Par", en: "By" }
    /// What became of it.
    pub(crate) fn outcome() { fr: "Suite", en: "Outcome" }
    /// With what proof.
    pub(crate) fn receipt() { fr: "Preuve (ce que le relais a répondu)", en: "Proof (what the relay answered)" }
    /// The number of the message.
    pub(crate) fn message() { fr: "Message", en: "Message" }
    /// What "accepted" proves and what not.
    pub(crate) fn accepted_means() {
        fr: "«\u{a0}Accepté\u{a0}» veut dire que le relais, le modem ou l'imprimante a pris le message, non que la personne l'a lu\u{a0}: \
             cela, seule sa réponse le prouve.",
        en: "\"Accepted\" means that the relay, the modem or the printer took the message, not that the person read it: only \
             their answer proves that.",
    }
    /// Who answered.
    pub(crate) fn taken() { fr: "Qui a répondu", en: "Who answered" }
    /// When.
    pub(crate) fn when() { fr: "Quand", en: "When" }
    /// What.
    pub(crate) fn what() { fr: "Quoi", en: "What" }
    /// The number of an entry.
    pub(crate) fn entry() { fr: "Écriture", en: "Entry" }
    /// What people wrote down.
    pub(crate) fn notes() { fr: "Notes", en: "Notes" }
    /// When it happened.
    pub(crate) fn happened() { fr: "Arrivé le", en: "Happened" }
    /// Who wrote.
    pub(crate) fn who() { fr: "De", en: "By" }
    /// What they wrote.
    pub(crate) fn note() { fr: "Note", en: "Note" }
    /// When it was written.
    pub(crate) fn noted() { fr: "Écrit le", en: "Written" }
    /// What is to be declared.
    pub(crate) fn duties() { fr: "À déclarer", en: "To be declared" }
    /// All of it.
    pub(crate) fn course() { fr: "Déroulé, écriture par écriture", en: "What happened, entry by entry" }
    /// By which account of the machine.
    pub(crate) fn account() { fr: "Compte", en: "Account" }
    /// The beginning of its seal.
    pub(crate) fn seal() { fr: "Sceau", en: "Seal" }
    /// The instant, in UTC.
    pub(crate) fn instant() { fr: "Instant (UTC)", en: "Instant (UTC)" }
    /// Real or of an exercise.
    pub(crate) fn realm() { fr: "Domaine", en: "Realm" }
    /// The kind of an entry.
    pub(crate) fn kind() { fr: "Sorte", en: "Kind" }
    /// What an entry holds.
    pub(crate) fn particulars() { fr: "Détail", en: "Particulars" }
    /// What the entry said was erased.
    pub(crate) fn erased() {
        fr: "(contenu effacé\u{a0}; son sceau tient)",
        en: "(its body was erased; its seal holds)",
    }
    /// The chain has nothing more to ask.
    pub(crate) fn chain_ends() { fr: "la chaîne s'arrête", en: "the chain ends" }
    /// A message is decided.
    pub(crate) fn page_owed(page, to, channel) {
        fr: "message {page} décidé\u{a0}: à {to}, par {channel}",
        en: "message {page} decided: to {to}, by {channel}",
    }
    /// It could not leave at once.
    pub(crate) fn page_delayed(page, why) {
        fr: "message {page} retardé, on réessaie\u{a0}: {why}",
        en: "message {page} delayed, tried again: {why}",
    }
    /// It lies where its peer takes it from.
    pub(crate) fn page_spooled(page, proof) {
        fr: "message {page} déposé\u{a0}: {proof}",
        en: "message {page} left where it is taken from: {proof}",
    }
    /// Its peer took it.
    pub(crate) fn page_accepted(page, proof) {
        fr: "message {page} accepté\u{a0}: {proof}",
        en: "message {page} accepted: {proof}",
    }
    /// It will never be taken.
    pub(crate) fn page_failed(page, proof) { fr: "message {page} échoué\u{a0}: {proof}", en: "message {page} failed: {proof}" }
    /// It is not wanted any more.
    pub(crate) fn page_cancelled(page, proof) {
        fr: "message {page} annulé\u{a0}: {proof}",
        en: "message {page} cancelled: {proof}",
    }
    /// How it can be checked.
    pub(crate) fn proof() { fr: "Ce qui le prouve", en: "What proves it" }
    /// How many entries the ledger has.
    pub(crate) fn entries() { fr: "Écritures de la main courante", en: "Entries of the ledger" }
    /// The seal of its last entry.
    pub(crate) fn head() { fr: "Sceau de la dernière", en: "Seal of the last one" }
    /// How to check it.
    pub(crate) fn how() {
        fr: "Chaque écriture porte le sceau de la précédente, fait avec la clé du site. Sur le site, cette commande dit si la main \
             courante est intègre et si elle contient encore ce sceau\u{a0}:",
        en: "Each entry carries the seal of the one before, made with the site's key. At the site, this command says whether the \
             ledger is whole and still holds that seal:",
    }
    /// What it does not prove.
    pub(crate) fn limits() {
        fr: "Qui a la clé du site, donc les droits du compte de vigie ou de l'administrateur de la machine, peut refaire tous les \
             sceaux. Ce qui le trahit alors est gardé ailleurs\u{a0}: l'ancre, et le sceau au bas de chaque mail et papier.",
        en: "Whoever has the site's key, and so the rights of vigie's account or of the machine's administrator, can make all \
             seals anew. What gives them away then is kept elsewhere: the anchor, and the seal at the foot of every mail and \
             paper.",
    }
}
