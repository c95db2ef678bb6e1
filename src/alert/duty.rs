//! What must be declared, to whom, by when. A duty is given to a person; the authority has no address in vigie, so
//! nothing can ever be sent to it by a machine.

use crate::base::id::DutyId;
use crate::base::language::Text;

/// Something the law asks a hospital to declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The name used in `chains.yaml`.
    pub id: DutyId,
    /// What to declare, to whom.
    pub title: Text,
    /// Where and how a person does it.
    pub how: Text,
    /// By when, counted from the moment the hospital knows.
    pub due: Text,
    /// The text that asks for it.
    pub basis: &'static str,
}

/// All duties vigie knows.
pub fn all() -> Vec<Duty> {
    vec![
        Duty {
            id: "cert-sante".into(),
            title: Text::both("Déclarer l'incident au CERT Santé", "Declare the incident to CERT Santé"),
            how: Text::both(
                "Sur signalement.social-sante.gouv.fr (professionnel de santé, cybersécurité). Portail inaccessible : \
                 par tout moyen, à l'ARS, avec le même contenu.",
                "At signalement.social-sante.gouv.fr (health professional, cybersecurity). If the portal cannot be \
                 reached: by any means, to the regional health agency, with the same content.",
            ),
            due: Text::both("sans délai", "without delay"),
            basis: "Code de la santé publique, L.1111-8-2 ; arrêté du 30 octobre 2017",
        },
        Duty {
            id: "cnil".into(),
            title: Text::both(
                "Notifier la violation de données à la CNIL",
                "Notify the personal data breach to the CNIL",
            ),
            how: Text::both(
                "Téléservice de la CNIL ; une notification initiale peut être complétée ensuite.",
                "The CNIL's online service; a first notification can be completed later.",
            ),
            due: Text::both("72 heures", "72 hours"),
            basis: "RGPD / GDPR, art. 33",
        },
        Duty {
            id: "plainte".into(),
            title: Text::both("Déposer plainte", "Lodge a complaint with the police"),
            how: Text::both(
                "Police ou gendarmerie ; nécessaire pour la garantie de l'assurance.",
                "Police or gendarmerie; the insurance cover depends on it.",
            ),
            due: Text::both("72 heures", "72 hours"),
            basis: "Code des assurances, L.12-10-1",
        },
    ]
}

/// The duty called `id`.
pub fn find(id: &str) -> Option<Duty> {
    all().into_iter().find(|duty| duty.id.as_str() == id)
}
