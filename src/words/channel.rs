//! What is said of channels that deliver nothing.

use super::words;

words! {
    /// A channel whose letters nobody takes.
    pub(crate) fn failing(channel) {
        fr: "le canal {channel} ne transmet plus rien",
        en: "channel {channel} delivers nothing",
    }
    /// A channel whose letters lie where somebody should take them.
    pub(crate) fn stale(channel) {
        fr: "les messages du canal {channel} ne partent pas",
        en: "messages of channel {channel} do not leave",
    }
    /// A channel that cannot be opened.
    pub(crate) fn shut(channel) {
        fr: "le canal {channel} ne peut pas être ouvert",
        en: "channel {channel} cannot be opened",
    }
    /// What that means, and what to do about it.
    pub(crate) fn what_to_do(why) {
        fr: "Les personnes sont prévenues par les autres canaux de leur chaîne, s'il y en a. Dernière réponse\u{a0}: {why}. \
             Vérifiez le relais de courriel, ou gammu-smsd et son modem\u{a0}; l'alerte se termine au premier message transmis.",
        en: "People are told by the other channels of their chain, if there are any. The last answer: {why}. Look at the mail \
             relay, or at gammu-smsd and its modem; the alert ends with the first message that is taken.",
    }
}
