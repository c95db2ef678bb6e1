//! What is said of alerts.

use super::words;

words! {
    /// What an alert means that no rule found.
    pub(crate) fn raised_by_hand() { fr: "Alerte donnée par une personne.", en: "Raised by a person." }
    /// The list of all alerts is empty.
    pub(crate) fn none_yet() { fr: "aucune alerte pour l'instant", en: "no alert yet" }
    /// The list of open alerts is empty.
    pub(crate) fn none_open() { fr: "aucune alerte ouverte", en: "no open alert" }
    /// `--all` found none.
    pub(crate) fn none_of_these() { fr: "aucune alerte n'attend cela", en: "no alert waits for that" }
    /// Further subjects of an alert.
    pub(crate) fn and_others(count) {
        fr: " et {count} autre" | " et {count} autres",
        en: " and {count} other" | " and {count} others",
    }
    /// Somebody ended it.
    pub(crate) fn over() { fr: "terminée", en: "over" }
    /// Somebody said "I have it".
    pub(crate) fn has_it(who) { fr: "{who} s'en occupe", en: "{who} has it" }
    /// Nobody said "I have it" yet.
    pub(crate) fn nobody_has_it() { fr: "personne ne s'en occupe", en: "nobody has it" }
    /// It climbs no chain.
    pub(crate) fn no_chain() {
        fr: "aucune chaîne ne la prend\u{a0}: personne n'est prévenu",
        en: "no chain takes it: nobody is told",
    }
    /// When it happened.
    pub(crate) fn span(first, last, raised) {
        fr: "du {first} au {last}, donnée le {raised}",
        en: "from {first} to {last}, raised {raised}",
    }
    /// Where the lines came from.
    pub(crate) fn source(source) { fr: "source {source}", en: "source {source}" }
    /// The rule that matched.
    pub(crate) fn rule(rule) { fr: "règle {rule}", en: "rule {rule}" }
    /// The rule that matched, and who wrote it: licences of public rules ask for it.
    pub(crate) fn rule_by(rule, author) { fr: "règle {rule}, écrite par {author}", en: "rule {rule}, written by {author}" }
    /// Where to read more.
    pub(crate) fn see(reference) { fr: "voir {reference}", en: "see {reference}" }

    /// A message that waits.
    pub(crate) fn owed() { fr: "en attente", en: "owed" }
    /// A message on its way.
    pub(crate) fn sending() { fr: "en route", en: "sending" }
    /// A message that lies where a modem's daemon takes it from.
    pub(crate) fn spooled() { fr: "déposé", en: "spooled" }
    /// A message that a channel took.
    pub(crate) fn accepted() { fr: "accepté", en: "accepted" }
    /// A message that nobody took.
    pub(crate) fn failed() { fr: "échoué", en: "failed" }
    /// A message that is not needed any more.
    pub(crate) fn cancelled() { fr: "annulé", en: "cancelled" }
}
