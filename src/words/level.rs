//! How serious something is.

use super::words;
use crate::base::language::Text;
use crate::base::level::Level;

words! {
    /// Worth knowing, never worth a page.
    fn informational() { fr: "information", en: "information" }
    /// Worth a look in working hours.
    fn low() { fr: "faible", en: "low" }
    /// Worth a look today.
    fn medium() { fr: "moyen", en: "medium" }
    /// Somebody must look now.
    fn high() { fr: "élevé", en: "high" }
    /// An attack is very likely under way.
    fn critical() { fr: "critique", en: "critical" }
}

/// The word shown to people.
pub(crate) fn level(level: Level) -> Text {
    match level {
        Level::Informational => informational(),
        Level::Low => low(),
        Level::Medium => medium(),
        Level::High => high(),
        Level::Critical => critical(),
    }
}
