//! What stands over the columns of the report's tables.

use crate::words::words;

words! {
    /// The hour in the script.
    pub(crate) fn script() { fr: "Scénario", en: "Script" }
    /// The hour on the wall.
    pub(crate) fn hour() { fr: "Heure", en: "Hour" }
    /// Who did it.
    pub(crate) fn by() { fr: "Par", en: "By" }
    /// Who was told.
    pub(crate) fn person() { fr: "Personne", en: "Person" }
    /// By which channel.
    pub(crate) fn channel() { fr: "Canal", en: "Channel" }
    /// By which chain.
    pub(crate) fn chain() { fr: "Chaîne", en: "Chain" }
    /// Which rule matched.
    pub(crate) fn rule() { fr: "Règle", en: "Rule" }
    /// What it is called.
    pub(crate) fn title() { fr: "Titre", en: "Title" }
    /// Which alert.
    pub(crate) fn alert() { fr: "Alerte", en: "Alert" }
    /// Which real alert.
    pub(crate) fn real_alert() { fr: "Alerte réelle", en: "Real alert" }
    /// What was written down.
    pub(crate) fn note() { fr: "Note", en: "Note" }

    /// When it should have been played.
    pub(crate) fn planned() { fr: "Prévu", en: "Planned" }
    /// When it was.
    pub(crate) fn played() { fr: "Joué", en: "Played" }
    /// Which inject.
    pub(crate) fn inject() { fr: "Stimulus", en: "Inject" }
    /// What it is for.
    pub(crate) fn class() { fr: "Classe", en: "Class" }
    /// How it reaches the players.
    pub(crate) fn means() { fr: "Moyen", en: "Means" }
    /// What became of it.
    pub(crate) fn outcome() { fr: "Suite", en: "Outcome" }
    /// Why it was not played, or not wholly.
    pub(crate) fn what_happened() { fr: "Ce qui s'est passé", en: "What happened" }

    /// What should have followed.
    pub(crate) fn expected() { fr: "Ce qui était attendu", en: "What was expected" }
    /// How it was judged.
    pub(crate) fn verdict() { fr: "Résultat", en: "Verdict" }
    /// How long it took.
    pub(crate) fn took() { fr: "Délai mesuré", en: "Time taken" }
    /// How long it took on both clocks, where they differ.
    pub(crate) fn took_at_pace(pace) {
        fr: "Délai réel (du scénario, à ×{pace})",
        en: "Real time taken (of the script, at ×{pace})",
    }
    /// How long it could take.
    pub(crate) fn allowed() { fr: "Délai permis", en: "Time allowed" }
    /// What shows it.
    pub(crate) fn proof() { fr: "Preuve ou observation", en: "Proof or observation" }

    /// What was asked.
    pub(crate) fn question() { fr: "Question", en: "Question" }
    /// What could be chosen.
    pub(crate) fn options() { fr: "Choix offerts", en: "Options" }
    /// What was.
    pub(crate) fn decision() { fr: "Décision", en: "Decision" }

    /// Since when the script stood still.
    pub(crate) fn since() { fr: "Depuis", en: "From" }
    /// Until when.
    pub(crate) fn until() { fr: "Jusqu'à", en: "To" }
    /// Where the script stood.
    pub(crate) fn script_time() { fr: "Heure du scénario", en: "Script time" }

    /// What the exercise is for.
    pub(crate) fn objective() { fr: "Objectif", en: "Objective" }
    /// How many expectations were met.
    pub(crate) fn met() { fr: "Atteint", en: "Met" }
    /// How many in part.
    pub(crate) fn partly() { fr: "En partie", en: "Partly" }
    /// How many were not.
    pub(crate) fn missed() { fr: "Non atteint", en: "Missed" }
    /// How many could not be judged.
    pub(crate) fn not_judged() { fr: "Non jugé", en: "Not judged" }
    /// The share met.
    pub(crate) fn share() { fr: "Part atteinte", en: "Share met" }
    /// The rating that follows from it.
    pub(crate) fn suggested() { fr: "Cotation proposée", en: "Suggested rating" }
    /// The evaluator's.
    pub(crate) fn given() { fr: "Cotation retenue", en: "Rating given" }

    /// Which rating.
    pub(crate) fn rating() { fr: "Cote", en: "Rating" }
    /// What it means.
    pub(crate) fn meaning() { fr: "Sens", en: "Meaning" }

    /// Counts the rows.
    pub(crate) fn number() { fr: "N°", en: "No." }
    /// What will be done.
    pub(crate) fn action() { fr: "Action", en: "Action" }
    /// By whom.
    pub(crate) fn owner() { fr: "Responsable", en: "Owner" }
    /// By when.
    pub(crate) fn due() { fr: "Échéance", en: "Due" }
    /// When it was done.
    pub(crate) fn done() { fr: "Fait le", en: "Done on" }
}
