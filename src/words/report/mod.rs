//! Words of the after-action report: what kind of report it is, and what its values are called.

pub(crate) mod column;
pub(crate) mod drawing;
pub(crate) mod manual;
pub(crate) mod reached;
pub(crate) mod summary;
pub(crate) mod timeline;

use super::words;

words! {
    /// Stands before and after everything that leaves an exercise.
    pub(crate) fn marking() { fr: "EXERCICE EXERCICE EXERCICE", en: "EXERCISE EXERCISE EXERCISE" }
    /// People played.
    pub(crate) fn of_exercise() { fr: "Rapport d'exercice de crise", en: "Crisis exercise report" }
    /// Nobody did.
    pub(crate) fn of_rehearsal() {
        fr: "Rapport de répétition (sans participants)",
        en: "Rehearsal report (no participants)",
    }

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

    /// A share of what could be judged.
    pub(crate) fn percent(share) { fr: "{share}\u{a0}%", en: "{share}%" }
    /// There is no value.
    pub(crate) fn nothing() { fr: "–", en: "–" }
    /// How long something took, where real time is the time of the script.
    pub(crate) fn one_clock(took) { fr: "{took}", en: "{took}" }
    /// How long something took, in real time and in the script.
    pub(crate) fn two_clocks(real, script) { fr: "{real} ({script})", en: "{real} ({script})" }
}
