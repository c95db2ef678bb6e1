//! What was asked and answered, month by month.

use super::words;

words! {
    /// The title of the page.
    pub(crate) fn title() { fr: "Alertes et astreinte, mois par mois", en: "Alerts and on-call load, month by month" }
    /// When it was made.
    pub(crate) fn made(when) { fr: "établi le {when}", en: "made on {when}" }
    /// Where it is.
    pub(crate) fn written(path) { fr: "chiffres écrits dans {path}", en: "figures written to {path}" }
    /// There is nothing to count.
    pub(crate) fn nothing() {
        fr: "Sur cette période, le registre ne contient ni alerte ni message.",
        en: "In this time the ledger has neither an alert nor a message.",
    }
    /// The first table.
    pub(crate) fn alerts() { fr: "Alertes", en: "Alerts" }
    /// The second one.
    pub(crate) fn people() { fr: "Messages, personne par personne", en: "Messages, person by person" }
    /// The third one.
    pub(crate) fn turns() { fr: "Messages, tour par tour", en: "Messages, turn by turn" }
    /// A column.
    pub(crate) fn month() { fr: "Mois", en: "Month" }
    /// How many alerts were raised.
    pub(crate) fn raised() { fr: "Alertes", en: "Alerts" }
    /// Of how many somebody was asked.
    pub(crate) fn asked() { fr: "Demandées", en: "Asked" }
    /// How many somebody took.
    pub(crate) fn answered() { fr: "Prises", en: "Answered" }
    /// The middle of the times.
    pub(crate) fn half() { fr: "La moitié en", en: "Half within" }
    /// Nine in ten of the times.
    pub(crate) fn nine_tenths() { fr: "9 sur 10 en", en: "9 in 10 within" }
    /// The longest time.
    pub(crate) fn longest() { fr: "La plus longue", en: "Longest" }
    /// Of how many somebody said what they are.
    pub(crate) fn qualified() { fr: "Qualifiées", en: "Qualified" }
    /// How many of these are false.
    pub(crate) fn false_alarms() { fr: "Fausses", en: "False" }
    /// How many, and which share.
    pub(crate) fn share(count, percent) { fr: "{count} ({percent}\u{a0}%)", en: "{count} ({percent} %)" }
    /// A column.
    pub(crate) fn person() { fr: "Personne", en: "Person" }
    /// Everybody together.
    pub(crate) fn everybody() { fr: "tous", en: "everybody" }
    /// How many messages arrived.
    pub(crate) fn pages() { fr: "Messages", en: "Messages" }
    /// How many of them at night.
    pub(crate) fn at_night() { fr: "De nuit", en: "At night" }
    /// Nights with a message.
    pub(crate) fn nights() { fr: "Nuits touchées", en: "Nights" }
    /// The most in one night.
    pub(crate) fn worst_night() { fr: "Pire nuit", en: "Worst night" }
    /// By day on weekends and holidays.
    pub(crate) fn free_days() { fr: "Week-ends, fériés", en: "Weekends, holidays" }
    /// What never arrived.
    pub(crate) fn failed() { fr: "Non remis", en: "Undelivered" }
    /// Alerts that they took first.
    pub(crate) fn answers() { fr: "Alertes prises", en: "Alerts taken" }
    /// A column.
    pub(crate) fn rota() { fr: "Tableau de garde", en: "Rota" }
    /// A column.
    pub(crate) fn turn() { fr: "Tour", en: "Turn" }
    /// Their turn among the members.
    pub(crate) fn regular() { fr: "tour ordinaire", en: "regular turn" }
    /// Somebody who had no turn.
    pub(crate) fn none() { fr: "hors tour", en: "no turn" }
    /// Of what a row is, in a spreadsheet.
    pub(crate) fn row_of() { fr: "Ligne", en: "Row" }
    /// In seconds.
    pub(crate) fn in_seconds(what) { fr: "{what} (s)", en: "{what} (s)" }
    /// What the figures mean.
    pub(crate) fn how_alerts() {
        fr: "Une alerte compte dans le mois où elle a été donnée. Le temps va de la première question à la première réponse \
             «\u{a0}je m'en occupe\u{a0}». La part de fausses se compte parmi celles que quelqu'un a qualifiées. Les exercices n'y sont pas.",
        en: "An alert counts in the month in which it was raised. The time goes from the first question to the first answer \
             \"I have it\". The share of false ones is taken of those that somebody qualified. Exercises are left out.",
    }
    /// What the figures mean.
    pub(crate) fn how_pages() {
        fr: "Un message compte quand le relais, le modem ou l'imprimante l'a pris, à l'heure du reçu. La nuit va de 22\u{a0}h à 7\u{a0}h. \
             Les bilans du jour n'y sont pas.",
        en: "A message counts when the relay, the modem or the printer took it, at the hour of its receipt. The night goes from \
             22:00 to 07:00. Daily digests are left out.",
    }
    /// Whose turn it was.
    pub(crate) fn how_turns() {
        fr: "Les tours sont ceux que people.yaml donne aujourd'hui\u{a0}; ce qui y a changé depuis a pu en donner d'autres.",
        en: "Turns are those that people.yaml gives today; what was changed in it since may have given others then.",
    }
    /// What could not be counted.
    pub(crate) fn unread(count; month) {
        fr: "{month}\u{a0}: {count} entrée du registre n'a pas pu être comptée (effacée, ou d'une autre version)\u{a0}: les chiffres sont des minimums."
          | "{month}\u{a0}: {count} entrées du registre n'ont pas pu être comptées (effacées, ou d'une autre version)\u{a0}: les chiffres sont des minimums.",
        en: "{month}: {count} entry of the ledger could not be counted (erased, or of another version): the figures are lower bounds."
          | "{month}: {count} entries of the ledger could not be counted (erased, or of another version): the figures are lower bounds.",
    }
    /// A big figure: how fast.
    pub(crate) fn tile_half() { fr: "pour une réponse sur deux", en: "until half of the answers" }
    /// A big figure: how many are false.
    pub(crate) fn tile_false() { fr: "fausses parmi les qualifiées", en: "false among the qualified" }
    /// A big figure: how often at night.
    pub(crate) fn tile_night() { fr: "messages de nuit", en: "messages at night" }
    /// A big figure: how many alerts.
    pub(crate) fn tile_alerts() { fr: "alertes", en: "alerts" }
    /// Some of all.
    pub(crate) fn of(some, all) { fr: "{some} sur {all}", en: "{some} of {all}" }
}
