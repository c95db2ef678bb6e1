//! What was played, and how it came out.

use crate::words::words;

words! {
    /// Over what was played.
    pub(crate) fn drill() { fr: "L'exercice", en: "The drill" }
    /// Where.
    pub(crate) fn hospital() { fr: "Établissement", en: "Hospital" }
    /// Which one.
    pub(crate) fn which() { fr: "Exercice", en: "Drill" }
    /// How.
    pub(crate) fn mode() { fr: "Mode", en: "Mode" }
    /// With people.
    pub(crate) fn live() { fr: "joué par des personnes", en: "played by people" }
    /// Without.
    pub(crate) fn rehearsal() { fr: "répétition sans personne", en: "rehearsal without people" }
    /// As fast as the clock on the wall.
    pub(crate) fn real_time() { fr: "temps réel", en: "real time" }
    /// So many times as fast.
    pub(crate) fn at_pace(pace) { fr: "×{pace}", en: "×{pace}" }
    /// How, and how fast.
    pub(crate) fn mode_and_pace(mode, pace) { fr: "{mode}, {pace}", en: "{mode}, {pace}" }
    /// When it began.
    pub(crate) fn start() { fr: "Début", en: "Start" }
    /// When it ended.
    pub(crate) fn end() { fr: "Fin", en: "End" }
    /// How long it was.
    pub(crate) fn length() { fr: "Durée", en: "Duration" }
    /// How much of the script was played.
    pub(crate) fn played_of(played, planned) {
        fr: "{played} de scénario jouées sur {planned} prévues",
        en: "{played} of the script played, {planned} planned",
    }
    /// How it ended.
    pub(crate) fn ended() { fr: "Terminé", en: "Ended" }
    /// It did not end yet.
    pub(crate) fn going_on() { fr: "en cours", en: "still going on" }
    /// It ended with its time.
    pub(crate) fn time_up() { fr: "au bout de sa durée", en: "when its time was up" }
    /// It ended with its last inject.
    pub(crate) fn all_done() { fr: "quand tout avait été joué", en: "when everything had been played" }
    /// Somebody ended it.
    pub(crate) fn stopped(why) { fr: "arrêté\u{a0}: {why}", en: "stopped: {why}" }
    /// The real event it follows.
    pub(crate) fn after() { fr: "D'après", en: "After" }
    /// Who sat together.
    pub(crate) fn cell(cell) { fr: "Cellule {cell}", en: "Cell {cell}" }
    /// What a rehearsal shows, and what it does not.
    pub(crate) fn nobody_played() {
        fr: "Répétition\u{a0}: personne n'a joué. Les réponses viennent de la distribution écrite dans le scénario. Ce rapport montre que le scénario, les règles et les chaînes fonctionnent ; il ne dit rien des équipes.",
        en: "Rehearsal: nobody played. The answers come from the cast written in the playbook. This report shows that playbook, rules and chains work; it says nothing about the teams.",
    }
    /// When the script stood still.
    pub(crate) fn pauses() { fr: "Suspensions", en: "Pauses" }

    /// Over how it came out.
    pub(crate) fn result() { fr: "Résultat", en: "Result" }
    /// How much of what could be judged was met.
    pub(crate) fn met_of(share, judged, met, partly, missed) {
        fr: "{share} de ce qui pouvait être jugé a été atteint\u{a0}: sur {judged} attentes jugées, {met} atteintes, {partly} en partie, {missed} non atteintes.",
        en: "{share} of what could be judged was met: of {judged} expectations judged, {met} met, {partly} met in part, {missed} missed.",
    }
    /// How much could not be judged.
    pub(crate) fn not_counted(result, not_observed, cut_off, not_reached) {
        fr: "{result} Hors calcul\u{a0}: {not_observed} non observées, {cut_off} interrompues par la fin, {not_reached} dont le stimulus n'a pas été joué.",
        en: "{result} Not counted: {not_observed} not observed, {cut_off} cut off by the end, {not_reached} whose inject was not played.",
    }
    /// Over the objectives.
    pub(crate) fn objectives() { fr: "Objectifs", en: "Objectives" }
    /// A rating and what it means.
    pub(crate) fn rating(letter, meaning) { fr: "{letter} — {meaning}", en: "{letter} — {meaning}" }
    /// Whose rating counts.
    pub(crate) fn ratings() {
        fr: "La cotation proposée découle de la part atteinte (voir «\u{a0}Comment le résultat est calculé\u{a0}»). La cotation retenue est celle de l'évaluateur.",
        en: "The suggested rating follows from the share met (see “How the result is calculated”). The rating that counts is the evaluator's.",
    }

    /// Under the share, on the first page.
    pub(crate) fn of_judged() { fr: "de ce qui a pu être jugé", en: "of what could be judged" }
    /// Under how many were met.
    pub(crate) fn met() { fr: "attentes atteintes", en: "expectations met" }
    /// Under how many were met in part.
    pub(crate) fn partly() { fr: "en partie", en: "met in part" }
    /// Under how many were not.
    pub(crate) fn missed() { fr: "non atteintes", en: "missed" }
    /// Under how many could not be judged.
    pub(crate) fn not_judged() { fr: "non jugées", en: "not judged" }
}
