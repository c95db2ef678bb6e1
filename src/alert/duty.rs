//! What must be declared, to whom, by when. A duty is given to a person; the authority has no address in vigie, so
//! nothing can ever be sent to it by a machine.

use crate::base::id::DutyId;
use crate::base::language::Text;
use crate::words::duty as words;

/// Something the law asks a hospital to declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Duty {
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
pub(crate) fn all() -> Vec<Duty> {
    vec![
        Duty {
            id: "cert-sante".into(),
            title: words::cert_sante(),
            how: words::cert_sante_how(),
            due: words::without_delay(),
            basis: "Code de la santé publique, L.1111-8-2 ; arrêté du 30 octobre 2017",
        },
        Duty {
            id: "cnil".into(),
            title: words::cnil(),
            how: words::cnil_how(),
            due: words::three_days(),
            basis: "RGPD / GDPR, art. 33",
        },
        Duty {
            id: "plainte".into(),
            title: words::complaint(),
            how: words::complaint_how(),
            due: words::three_days(),
            basis: "Code des assurances, L.12-10-1",
        },
    ]
}

/// The duty called `id`.
pub(crate) fn find(id: &str) -> Option<Duty> {
    all().into_iter().find(|duty| duty.id.as_str() == id)
}
