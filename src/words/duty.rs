//! What the law asks a hospital to declare.

use super::words;

words! {
    /// The incident, to the health sector's emergency team.
    pub(crate) fn cert_sante() { fr: "Déclarer l'incident au CERT Santé", en: "Declare the incident to CERT Santé" }
    /// Where and how.
    pub(crate) fn cert_sante_how() {
        fr: "Sur signalement.social-sante.gouv.fr (professionnel de santé, cybersécurité). Portail inaccessible : par tout moyen, à l'ARS, avec le même contenu.",
        en: "At signalement.social-sante.gouv.fr (health professional, cybersecurity). If the portal cannot be reached: by any means, to the regional health agency, with the same content.",
    }
    /// By when.
    pub(crate) fn without_delay() { fr: "sans délai", en: "without delay" }
    /// The breach of personal data.
    pub(crate) fn cnil() {
        fr: "Notifier la violation de données à la CNIL",
        en: "Notify the personal data breach to the CNIL",
    }
    /// Where and how.
    pub(crate) fn cnil_how() {
        fr: "Téléservice de la CNIL ; une notification initiale peut être complétée ensuite.",
        en: "The CNIL's online service; a first notification can be completed later.",
    }
    /// By when.
    pub(crate) fn three_days() { fr: "72 heures", en: "72 hours" }
    /// The complaint.
    pub(crate) fn complaint() { fr: "Déposer plainte", en: "Lodge a complaint with the police" }
    /// Where and how.
    pub(crate) fn complaint_how() {
        fr: "Police ou gendarmerie ; nécessaire pour la garantie de l'assurance.",
        en: "Police or gendarmerie; the insurance cover depends on it.",
    }
}
