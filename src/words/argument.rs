//! How to write an argument that could not be read.

use super::words;

words! {
    /// A number within bounds.
    pub(crate) fn within(least, most) { fr: "un nombre entier de {least} à {most}", en: "a whole number from {least} to {most}" }
    /// A number that is not too small.
    pub(crate) fn at_least(least) { fr: "un nombre entier, {least} ou plus", en: "a whole number, {least} or more" }
    /// The number of an alert.
    pub(crate) fn alert() {
        fr: "écrivez-le comme «\u{a0}vigie alert list\u{a0}» le montre, par exemple A12",
        en: "write it as `vigie alert list` shows it, such as A12",
    }
    /// More alerts in a row than anybody means.
    pub(crate) fn too_many(most) { fr: "au plus {most} alertes à la fois", en: "at most {most} alerts at once" }
    /// A row from the last to the first.
    pub(crate) fn backwards(first, last) {
        fr: "écrivez-les de la première à la dernière\u{a0}: {first}-{last}",
        en: "write them from the first to the last: {first}-{last}",
    }
    /// The number of an exercise.
    pub(crate) fn drill() {
        fr: "écrivez-le comme «\u{a0}vigie drill status\u{a0}» le montre, par exemple D1",
        en: "write it as `vigie drill status` shows it, such as D1",
    }
    /// A title or a note that says nothing.
    pub(crate) fn nothing() { fr: "écrivez ce qui s'est passé, en quelques mots", en: "write what happened, in a few words" }
    /// A title or a note that is too long.
    pub(crate) fn too_long(most, long) {
        fr: "au plus {most} caractères\u{a0}; il y en a {long}",
        en: "at most {most} letters, please; this has {long}",
    }
    /// The seal of a report.
    pub(crate) fn seal() {
        fr: "un sceau a 64 chiffres hexadécimaux, ou au moins les 16 premiers, comme au bas d'un mail ou d'un rapport",
        en: "a seal has 64 hexadecimal digits, or at least the first 16, as at the foot of a mail or a report",
    }
    /// A day.
    pub(crate) fn date() { fr: "écrivez un jour comme 2026-12-01", en: "write a day such as 2026-12-01" }
    /// How long.
    pub(crate) fn duration() { fr: "écrivez une durée comme 30m ou 2h", en: "write a duration such as 30m or 2h" }
    /// Yes or no.
    pub(crate) fn yes_or_no() { fr: "répondez par oui ou non", en: "answer yes or no" }
    /// The formats of logs.
    pub(crate) fn formats(known) { fr: "formats connus\u{a0}: {known}", en: "known formats: {known}" }
    /// The zone of timestamps.
    pub(crate) fn zone() {
        fr: "écrivez un nom de la base IANA, par exemple Europe/Paris",
        en: "write a name of the IANA database, such as Europe/Paris",
    }
    /// A part of a log source without a value.
    pub(crate) fn says_nothing(part) { fr: "`{part}` ne dit rien", en: "`{part}` says nothing" }
    /// How a log source is written.
    pub(crate) fn logsource() {
        fr: "écrivez product=MOT, service=MOT ou category=MOT, séparés par des virgules",
        en: "write product=WORD, service=WORD or category=WORD, with commas between them",
    }
}
