//! What is said of duties. What the law asks stands in the files under `duties/`.

use super::words;

words! {
    /// It is the law.
    pub(crate) fn in_force() { fr: "en vigueur", en: "in force" }
    /// It is planned.
    pub(crate) fn pending() { fr: "pas encore en vigueur", en: "not in force yet" }
    /// It was the law.
    pub(crate) fn repealed() { fr: "abrogée", en: "repealed" }
    /// It could not be looked up.
    pub(crate) fn unverified() { fr: "non vérifiée", en: "unverified" }
    /// The law gives no number.
    pub(crate) fn without_delay() { fr: "sans délai", en: "without delay" }
    /// So many hours.
    pub(crate) fn hours(count) { fr: "{count} heure" | "{count} heures", en: "{count} hour" | "{count} hours" }
    /// So many days.
    pub(crate) fn days(count) { fr: "{count} jour" | "{count} jours", en: "{count} day" | "{count} days" }
    /// So many months.
    pub(crate) fn months(count) { fr: "{count} mois" | "{count} mois", en: "{count} month" | "{count} months" }
    /// What a clock counts from: the moment the hospital knows.
    pub(crate) fn from_awareness(within) {
        fr: "{within}, dès que l'établissement en a connaissance",
        en: "{within}, from when the hospital knows",
    }
    /// What a clock counts from: another duty.
    pub(crate) fn from_done(within, duty) { fr: "{within}, après {duty}", en: "{within}, after {duty}" }

    /// The clock of what is not in force.
    pub(crate) fn planned(clock) { fr: "prévu\u{a0}: {clock} ; rien ne court", en: "planned: {clock}; nothing runs" }
    /// By when.
    pub(crate) fn clock() { fr: "délai", en: "by when" }
    /// Who must do it.
    pub(crate) fn who() { fr: "qui", en: "who" }
    /// To whom.
    pub(crate) fn to() { fr: "auprès de", en: "to" }
    /// What makes it due.
    pub(crate) fn trigger() { fr: "dans quel cas", en: "in which case" }
    /// Where and how.
    pub(crate) fn how() { fr: "comment", en: "how" }
    /// Where that cannot be done.
    pub(crate) fn fallback() { fr: "à défaut", en: "failing that" }
    /// What else there is to know.
    pub(crate) fn note() { fr: "à savoir", en: "note" }
    /// A text that asks for it.
    pub(crate) fn source() { fr: "texte", en: "text" }
    /// A text, and when it was looked at.
    pub(crate) fn checked(text, day, place) {
        fr: "{text} (vérifié le {day} : {place})",
        en: "{text} (checked on {day}: {place})",
    }
    /// A text that could not be looked at.
    pub(crate) fn not_checked(text) { fr: "{text} (non vérifié)", en: "{text} (unverified)" }
    /// Whom a chain gives it to.
    pub(crate) fn given_to(who, chain) {
        fr: "ici, confiée à {who} par la chaîne {chain}",
        en: "here, given to {who} by the chain {chain}",
    }
    /// No chain gives it to anybody.
    pub(crate) fn given_to_nobody() {
        fr: "ici, aucune chaîne ne la confie à quelqu'un",
        en: "here, no chain gives it to anybody",
    }
    /// A country without duties.
    pub(crate) fn none_known(country) {
        fr: "vigie ne connaît aucune obligation du pays {country} ; tenez vous-même la liste de ce qui doit y être déclaré",
        en: "vigie knows no duty of the country {country}; keep a list of your own of what must be declared there",
    }
    /// What is no country.
    pub(crate) fn no_country() { fr: "écrivez les deux lettres d'un pays, comme FR", en: "write the two letters of a country, such as FR" }
}
