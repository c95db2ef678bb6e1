//! Words of the after-action report: classes of injects, and ratings.

use super::words;

words! {
    /// Moves the story.
    pub(crate) fn key() { fr: "structurant", en: "key" }
    /// Keeps people busy.
    pub(crate) fn load() { fr: "saturant", en: "load" }
    /// Misleads.
    pub(crate) fn red_herring() { fr: "parasite", en: "red herring" }
    /// Brings the players back on track.
    pub(crate) fn contingency() { fr: "rattrapage", en: "contingency" }

    /// The best rating.
    pub(crate) fn without_challenges() { fr: "réalisé sans difficulté", en: "performed without challenges" }
    /// The second rating.
    pub(crate) fn some_challenges() { fr: "réalisé avec quelques difficultés", en: "performed with some challenges" }
    /// The third rating.
    pub(crate) fn major_challenges() {
        fr: "réalisé avec des difficultés majeures",
        en: "performed with major challenges",
    }
    /// The worst rating.
    pub(crate) fn unable() { fr: "non réalisé", en: "unable to be performed" }
}
