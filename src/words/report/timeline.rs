//! What happened when: injects, expectations, decisions, and what never happened.

use crate::words::words;

words! {
    /// Over the injects.
    pub(crate) fn timeline() { fr: "Chronogramme", en: "Timeline" }
    /// Over their table.
    pub(crate) fn planned_and_real() { fr: "Chronogramme prévu et réel", en: "Timeline, planned and real" }
    /// An inject was played.
    pub(crate) fn played() { fr: "joué", en: "played" }
    /// An inject was not played to its end.
    pub(crate) fn broken_off() { fr: "interrompu", en: "broken off" }
    /// Nobody said that the call was made.
    pub(crate) fn call_not_made() { fr: "appel non confirmé", en: "call not confirmed" }
    /// The facilitator did not want it.
    pub(crate) fn skipped() { fr: "laissé de côté par l'animation", en: "left out by the facilitator" }
    /// No decision led to it.
    pub(crate) fn not_chosen() { fr: "branche non choisie", en: "branch not chosen" }
    /// The facilitator did not need it.
    pub(crate) fn not_fired() { fr: "gardé en réserve", en: "kept in reserve" }
    /// The drill ended before.
    pub(crate) fn not_reached() { fr: "son heure n'est pas venue", en: "its time did not come" }
    /// It could not be delivered.
    pub(crate) fn not_delivered(why) { fr: "non délivré\u{a0}: {why}", en: "not delivered: {why}" }
    /// What became of an inject of log lines.
    pub(crate) fn with_lines(outcome, sent, planned) {
        fr: "{outcome}, {sent}/{planned} lignes",
        en: "{outcome}, {sent}/{planned} lines",
    }

    /// Over the expectations.
    pub(crate) fn expectations() { fr: "Attentes", en: "Expectations" }
    /// Over their table.
    pub(crate) fn expectations_and_times() { fr: "Attentes et délais", en: "Expectations and times" }
    /// There are none.
    pub(crate) fn nothing_expected() {
        fr: "Ce scénario n'attend rien de mesurable.",
        en: "This playbook expects nothing that is measured.",
    }
    /// A rule should match.
    pub(crate) fn detection(rule) { fr: "Détection\u{a0}: {rule}", en: "Detection: {rule}" }
    /// A rule by its title.
    pub(crate) fn titled(title, rule) { fr: "{title} ({rule})", en: "{title} ({rule})" }
    /// Anybody.
    pub(crate) fn somebody() { fr: "Quelqu'un", en: "Somebody" }
    /// Somebody should answer.
    pub(crate) fn takes_on(who, chain) {
        fr: "{who} prend l'alerte en charge (chaîne {chain})",
        en: "{who} takes the alert on (chain {chain})",
    }
    /// Somebody should be told.
    pub(crate) fn is_told(whom) { fr: "{whom} est prévenu·e", en: "{whom} is told" }
    /// Somebody should be told by a chain.
    pub(crate) fn is_told_by(whom, chain) {
        fr: "{whom} est prévenu·e (chaîne {chain})",
        en: "{whom} is told (chain {chain})",
    }
    /// Something should be decided.
    pub(crate) fn decision(option) { fr: "Décision\u{a0}: {option}", en: "Decision: {option}" }
    /// Who observes, where nobody says who it is.
    pub(crate) fn facilitator() { fr: "l'animateur", en: "the facilitator" }
    /// What an observer wrote.
    pub(crate) fn observed(by, what) { fr: "{by}\u{a0}: {what}", en: "{by}: {what}" }
    // A verdict is a sign and a word, so that nobody needs the colour.
    /// It came.
    pub(crate) fn met() { fr: "✓\u{a0}atteint", en: "✓\u{a0}met" }
    /// It came in part.
    pub(crate) fn partly() { fr: "◐\u{a0}en partie", en: "◐\u{a0}partly" }
    /// It did not come.
    pub(crate) fn missed() { fr: "✗\u{a0}non atteint", en: "✗\u{a0}missed" }
    /// Nobody looked.
    pub(crate) fn not_observed() { fr: "?\u{a0}non observé", en: "?\u{a0}not observed" }
    /// The drill ended before.
    pub(crate) fn cut_off() { fr: "…\u{a0}interrompu par la fin", en: "…\u{a0}cut off by the end" }
    /// Its inject was not played.
    pub(crate) fn not_played() { fr: "–\u{a0}non joué", en: "–\u{a0}not played" }

    /// Over the decisions.
    pub(crate) fn decisions() { fr: "Décisions", en: "Decisions" }
    /// Over their table.
    pub(crate) fn decisions_taken() { fr: "Décisions demandées et prises", en: "Decisions asked for and taken" }
    /// There are none.
    pub(crate) fn nothing_asked() { fr: "Aucune décision n'a été demandée.", en: "No decision was asked for." }
    /// The players did not decide, and the script did.
    pub(crate) fn by_default(option) {
        fr: "pas décidé à temps\u{a0}; par défaut\u{a0}: {option}",
        en: "not decided in time; by default: {option}",
    }
    /// The drill ended before they did.
    pub(crate) fn undecided() { fr: "pas décidé avant la fin", en: "not decided before the end" }

    /// Over what never happened.
    pub(crate) fn never_happened() { fr: "Ce qui n'a pas eu lieu", en: "What did not happen" }
    /// Over the table of it.
    pub(crate) fn injects_concerned() { fr: "Stimuli concernés", en: "Injects concerned" }
    /// It is empty.
    pub(crate) fn all_happened() {
        fr: "Tout ce que le scénario prévoyait sur le chemin suivi a eu lieu.",
        en: "Everything that the playbook planned on the path taken did happen.",
    }
}
