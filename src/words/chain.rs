//! What is said of a chain: why a step was passed over.

use super::words;

words! {
    /// The rota has nobody at that instant.
    pub(crate) fn quiet() { fr: "cette personne veut être tranquille à cette heure", en: "this person wants peace at this hour" }
    /// The rota has nobody.
    pub(crate) fn nobody_on_call() { fr: "personne n'est d'astreinte", en: "nobody is on call" }
    /// No channel of the step leads to the person.
    pub(crate) fn nobody_reachable() {
        fr: "aucun canal ne mène à cette personne",
        en: "no channel leads to this person",
    }
    /// Every channel refused the message.
    pub(crate) fn no_channel_took() {
        fr: "tous les canaux ont refusé le message",
        en: "every channel refused the page",
    }
    /// The step before has told the same person.
    pub(crate) fn just_paged() { fr: "cette personne vient d'être prévenue", en: "this person has just been paged" }
    /// They raised it themselves.
    pub(crate) fn raiser() { fr: "cette personne a donné l'alerte", en: "this person raised the alert" }
    /// Nobody is asked at this hour.
    pub(crate) fn out_of_hours() { fr: "hors des heures de cet échelon", en: "out of the hours of this step" }
}
