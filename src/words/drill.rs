//! What is said about an exercise.

use super::words;

words! {
    /// Why a message of an exercise could not be sent.
    pub(crate) fn nobody_listed() {
        fr: "aucun de ses joueurs n'a d'adresse que les exercices peuvent utiliser (drills: dans vigie.yaml)",
        en: "none of its players has an address that exercises may use (drills: in vigie.yaml)",
    }
    /// Why an input had no effect: the drill has ended.
    pub(crate) fn over() { fr: "l'exercice est terminé", en: "the exercise is over" }
    /// Why an input had no effect: a name that is not in the playbook.
    pub(crate) fn unknown_inject() { fr: "le scénario n'a pas ce stimulus", en: "the playbook has no such inject" }
    /// Why an input had no effect: it cannot be played twice.
    pub(crate) fn already_played() { fr: "il a déjà été joué", en: "it has been played already" }
    /// Why an input had no effect: nothing can follow from it yet.
    pub(crate) fn not_played() { fr: "il n'a pas encore été joué", en: "it has not been played yet" }
    /// Why an input had no effect: nobody observes that.
    pub(crate) fn unknown_expectation() {
        fr: "il n'a pas cet attendu, ou cet attendu ne s'observe pas",
        en: "it has no such expectation, or not one that is observed",
    }
    /// Why an input had no effect: the inject asks nothing.
    pub(crate) fn no_decision() { fr: "il n'y a rien à décider là", en: "nothing is decided there" }
    /// Why an input had no effect: an answer that was not offered.
    pub(crate) fn unknown_option() {
        fr: "cette décision ne propose pas ce choix",
        en: "the decision does not offer that option",
    }
    /// Why an input had no effect: too late.
    pub(crate) fn already_decided() {
        fr: "c'est décidé, ou le temps est écoulé",
        en: "it has been decided, or its time is over",
    }
    /// Why an input had no effect: a repetition.
    pub(crate) fn said_before() { fr: "cela a déjà été dit", en: "it was said before" }
}
