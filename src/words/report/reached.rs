//! Who and what was reached: rules that matched, people who were told, who answered, and what was written down.

use crate::words::words;

words! {
    /// Over the rules that matched.
    pub(crate) fn detections() { fr: "Détections", en: "Detections" }
    /// Over their table.
    pub(crate) fn rules_matched() {
        fr: "Règles déclenchées par les lignes de l'exercice",
        en: "Rules matched by lines of the drill",
    }
    /// There are none.
    pub(crate) fn no_rule() { fr: "Aucune règle ne s'est déclenchée.", en: "No rule matched." }

    /// Over who was told and who answered.
    pub(crate) fn people() { fr: "Personnes prévenues", en: "People told" }
    /// Over who was told.
    pub(crate) fn pages() { fr: "Appels partis", en: "Pages sent" }
    /// Nobody was.
    pub(crate) fn nobody_told() {
        fr: "Personne n'a été prévenu par une chaîne.",
        en: "Nobody was told by a chain.",
    }
    /// Over who answered.
    pub(crate) fn answers() {
        fr: "Prises en charge («\u{a0}je m'en occupe\u{a0}»)",
        en: "Answers (“I have it”)",
    }
    /// Nobody did.
    pub(crate) fn nobody_answered() {
        fr: "Personne n'a répondu «\u{a0}je m'en occupe\u{a0}».",
        en: "Nobody answered “I have it”.",
    }

    /// Over what else happened.
    pub(crate) fn notes_and_alerts() { fr: "Notes et alertes réelles", en: "Notes and real alerts" }
    /// What was not of the exercise.
    pub(crate) fn real_meanwhile() {
        fr: "De vraies alertes ont été levées pendant l'exercice. Elles ont suivi leur propre chemin et n'entrent pas dans le résultat.",
        en: "Real alerts were raised during the drill. They went their own way and do not count in the result.",
    }
    /// Over their table.
    pub(crate) fn real_alerts() { fr: "Alertes réelles", en: "Real alerts" }
    /// Over what was written down.
    pub(crate) fn notes() { fr: "Notes", en: "Notes" }
    /// Nothing was.
    pub(crate) fn no_note() { fr: "Aucune note n'a été prise.", en: "No note was taken." }
}
