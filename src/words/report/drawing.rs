//! Beside the lines and dots of the drawing.

use crate::words::words;

words! {
    /// What it shows.
    pub(crate) fn title() { fr: "Prévu et réel, en temps du scénario", en: "Planned and real, in script time" }
    /// When an inject should have been played.
    pub(crate) fn planned() { fr: "prévu", en: "planned" }
    /// When it was.
    pub(crate) fn played() { fr: "joué", en: "played" }
    /// The colour of what was met.
    pub(crate) fn met() { fr: "attente atteinte", en: "expectation met" }
    /// The colour of what was met in part.
    pub(crate) fn partly() { fr: "en partie", en: "partly" }
    /// The colour of what was not.
    pub(crate) fn missed() { fr: "non atteinte", en: "missed" }
    /// The colour of what could not be judged.
    pub(crate) fn not_judged() { fr: "non jugée", en: "not judged" }
}
