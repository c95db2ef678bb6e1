//! What is said of alerts.

use super::words;

words! {
    /// What an alert means that no rule found.
    pub(crate) fn raised_by_hand() { fr: "Alerte donnée par une personne.", en: "Raised by a person." }
}
