//! What messages to people say around the values of an alert.

use super::words;

words! {
    /// How to answer.
    pub(crate) fn ask() {
        fr: "Pour dire «\u{a0}je m'en charge\u{a0}», sur un poste où vigie est installé\u{a0}:",
        en: "To say \"I have it\", on a machine where vigie is installed:",
    }
    /// What happens without an answer.
    pub(crate) fn otherwise() {
        fr: "Sans réponse, la personne suivante de la chaîne sera prévenue.",
        en: "Without an answer, the next person of the chain will be told.",
    }
    /// Over a repeated question.
    pub(crate) fn still_open() { fr: "Toujours ouverte", en: "Still open" }
    /// Asks whoever said "I have it" whether they still do.
    pub(crate) fn ask_again() {
        fr: "Vous avez pris cette alerte en charge et elle est toujours ouverte. Si vous vous en occupez encore, redites-le\u{a0}:",
        en: "You took this alert and it is still open. If you are still on it, say so again:",
    }
    /// What happens without an answer.
    pub(crate) fn otherwise_again() {
        fr: "Sans réponse, la chaîne sera reprise depuis le début.",
        en: "Without an answer, the chain starts again from its first rung.",
    }
    /// Over something to declare.
    pub(crate) fn to_declare() { fr: "À déclarer", en: "To declare" }
    /// What to declare.
    pub(crate) fn yours_to_declare(what) {
        fr: "C'est à vous de faire cette déclaration\u{a0}: {what}",
        en: "This declaration is yours to make: {what}",
    }
    /// Before where it is declared, which may take several lines.
    pub(crate) fn place() { fr: "Où\u{a0}:", en: "Where:" }
    /// By when.
    pub(crate) fn before(due) { fr: "Avant\u{a0}: {due}", en: "Before: {due}" }
    /// That nobody else does it.
    pub(crate) fn alone() {
        fr: "vigie ne déclare rien à votre place. Notez la date, l'heure et le numéro du récépissé.",
        en: "vigie declares nothing in your place. Note the date, the time and the number of the receipt.",
    }
    /// Over the last sheet.
    pub(crate) fn nobody_answered() { fr: "Personne n'a répondu", en: "Nobody answered" }
    /// What to do with it.
    pub(crate) fn call() {
        fr: "Personne n'a répondu à cette alerte. Appelez ces personnes dans l'ordre, jusqu'à ce que l'une réponde\u{a0}:",
        en: "Nobody answered this alert. Call these people in order until one of them answers:",
    }
    /// Room to write, for each person.
    pub(crate) fn called_at() {
        fr: "      appelé à ____h____  par ______________  réponse ______________________",
        en: "      called at ____:____  by ______________  answer ______________________",
    }
    /// Which alert.
    pub(crate) fn heading(alert, level) { fr: "Alerte {alert}, niveau {level}", en: "Alert {alert}, level {level}" }
    /// A name and its value.
    pub(crate) fn row(name, value) { fr: "{name}\u{a0}: {value}", en: "{name}: {value}" }
    /// The hospital.
    pub(crate) fn site() { fr: "Site", en: "Site" }
    /// Values that are not shown.
    pub(crate) fn other_values() { fr: "Autres valeurs", en: "Other values" }
    /// Further subjects.
    pub(crate) fn others() { fr: "Autres concernés", en: "Others concerned" }
    /// When it was seen.
    pub(crate) fn seen() { fr: "Vu", en: "Seen" }
    /// Where the lines came from.
    pub(crate) fn source() { fr: "Source", en: "Source" }
    /// How often.
    pub(crate) fn times(count) { fr: "{count} fois" | "{count} fois", en: "once" | "{count} times" }
    /// How often, at one instant.
    pub(crate) fn at(times, when) { fr: "{times}, le {when}", en: "{times}, on {when}" }
    /// How often, in a span.
    pub(crate) fn span(times, first, last) { fr: "{times}, du {first} au {last}", en: "{times}, from {first} to {last}" }
    /// The rule that matched.
    pub(crate) fn rule() { fr: "Règle", en: "Rule" }
    /// It was raised by hand.
    pub(crate) fn by_hand() { fr: "Alerte donnée par une personne", en: "Raised by a person" }
    /// Who wrote the rule.
    pub(crate) fn author() { fr: "Auteur de la règle", en: "Author of the rule" }
    /// Over where to read more.
    pub(crate) fn references() { fr: "Références\u{a0}:", en: "References:" }

    /// Before the subject of a message that may have arrived once already.
    pub(crate) fn repeat_tag() { fr: "[rappel possible]", en: "[possible repeat]" }
    /// Before its text.
    pub(crate) fn repeat() {
        fr: "Rappel possible\u{a0}: ce message vous est peut-être déjà parvenu.",
        en: "Possible repeat: this message may have reached you already.",
    }
    /// Before its text for a telephone.
    pub(crate) fn repeat_short() { fr: "(rappel possible)", en: "(possible repeat)" }

    // Messages that were kept are known again by these two: they stay what they are, to the letter.
    /// Before the text of a message of an exercise.
    pub(crate) fn opens_exercise() {
        fr: "EXERCICE\nCeci est un message d'exercice\u{a0}: rien de ce qu'il annonce n'est réel.\n\n",
        en: "EXERCISE\nThis is an exercise message: nothing it announces is real.\n\n",
    }
    /// After it.
    pub(crate) fn closes_exercise() {
        fr: "\n\nFin du message d'exercice.\nEXERCICE",
        en: "\n\nEnd of the exercise message.\nEXERCISE",
    }
}
