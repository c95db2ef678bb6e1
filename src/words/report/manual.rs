//! What people fill in, how the result is calculated, and what proves that nothing was rewritten.

use crate::words::words;

words! {
    /// Over what people fill in.
    pub(crate) fn review() { fr: "Retour d'expérience (RETEX)", en: "After-action review" }
    /// Who fills it in, when, and why.
    pub(crate) fn together() {
        fr: "À remplir ensemble, à chaud. L'instruction DNS/2025/12 du 22 janvier 2025 demande aux établissements de santé français un exercice de crise cyber par an et un retour d'expérience formalisé\u{a0}: ce rapport n'est complet qu'une fois cette partie remplie.",
        en: "To be filled in together, right after the drill. In France, instruction DNS/2025/12 of 22 January 2025 asks every hospital for one cyber crisis drill a year and a written after-action review: this report is complete only once this part is filled in.",
    }
    /// Over lines to write on.
    pub(crate) fn strengths() { fr: "Points forts", en: "Strengths" }
    /// Over lines to write on.
    pub(crate) fn to_improve() { fr: "À améliorer", en: "To improve" }
    /// Over a table to write on.
    pub(crate) fn plan() { fr: "Plan d'actions", en: "Plan of action" }
    /// Over lines to write on.
    pub(crate) fn signature() { fr: "Établi par, date et signature", en: "Written by, date and signature" }

    /// Over how the result is calculated.
    pub(crate) fn calculation() { fr: "Comment le résultat est calculé", en: "How the result is calculated" }
    /// The formula with its numbers.
    pub(crate) fn formula(met, partly, judged, share) {
        fr: "Part atteinte = (atteintes + ½ × en partie) ÷ (atteintes + en partie + non atteintes). Ici\u{a0}: ({met} + ½ × {partly}) ÷ {judged} = {share}.",
        en: "Share met = (met + ½ × partly) ÷ (met + partly + missed). Here: ({met} + ½ × {partly}) ÷ {judged} = {share}.",
    }
    /// What counts and what does not.
    pub(crate) fn what_counts() {
        fr: "Ne comptent pas\u{a0}: ce que personne n'a observé, ce que la fin a interrompu, ce dont le stimulus n'a pas été joué. Une détection, un appel ou une réponse compte s'il arrive dans le délai permis, dernier instant compris. Une décision compte si les joueurs l'ont prise eux-mêmes\u{a0}: la valeur par défaut n'est jamais atteinte. Une action est jugée par l'observateur\u{a0}; vue après le délai, elle compte pour moitié. Les suspensions ne comptent pas dans les délais.",
        en: "Not counted: what nobody observed, what the end cut off, what belongs to injects that were not played. A detection, a page or an answer counts if it comes within the time allowed, its last instant included. A decision counts if the players took it themselves: the default is never met. An action is judged by the observer; seen after the time allowed, it counts half. Pauses do not count in any time.",
    }
    /// Over the ratings.
    pub(crate) fn ratings() { fr: "Cotation proposée (HSEEP)", en: "Suggested rating (HSEEP)" }
    /// The smallest share for a rating.
    pub(crate) fn from(share) { fr: "à partir de {share}", en: "from {share}" }

    /// Over what proves it.
    pub(crate) fn proof() { fr: "Preuves", en: "Proof" }
    /// Names the playbook for good.
    pub(crate) fn digest() { fr: "Empreinte du scénario (SHA-256)", en: "Digest of the playbook (SHA-256)" }
    /// Names the ledger for good.
    pub(crate) fn head() { fr: "Tête de la main courante", en: "Head of the ledger" }
    /// How many it has.
    pub(crate) fn entries() { fr: "Entrées", en: "Entries" }
    /// What both are good for.
    pub(crate) fn what_it_proves() {
        fr: "Deux exercices de même empreinte ont suivi le même scénario et se comparent. Si la main courante est récrite, «\u{a0}vigie ledger verify --head\u{a0}» n'y retrouve plus la tête imprimée ici.",
        en: "Two drills with the same digest followed the same playbook and can be compared. If the ledger is rewritten, `vigie ledger verify --head` does not find in it the head that is printed here.",
    }
}
