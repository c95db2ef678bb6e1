//! What kind of log an event comes from, by what it says of itself.

use super::event::Logsource;

/// The fields that tell.
pub const NAMES: [&str; 4] = ["product", "service", "category", "cs-method"];

/// A kind of event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kind {
    /// Which rules are for it.
    pub logsource: Logsource,
    /// Fields that rules know by another name: what events of this kind call them, and what rules do.
    pub aliases: &'static [(&'static str, &'static str)],
}

/// The kind of an event of which `said` tells the fields; what its source says of itself, `own`, goes before.
///
/// An event that names a product of its own was labelled by whoever collected it, and is taken at its word.
pub fn of(said: &mut impl FnMut(&str) -> Option<String>, own: Option<&Logsource>) -> Kind {
    let mut logsource = Logsource::default();
    if let Some(product) = said("product") {
        logsource =
            Logsource { category: said("category").into_iter().collect(), service: said("service"), product: Some(product) };
    }
    // Where the format knows a request, it says so by this name.
    if said("cs-method").is_some() {
        logsource.category.push("webserver".to_owned());
    }
    Kind { logsource: own.map_or_else(|| logsource.clone(), |own| logsource.overridden(own)), aliases: &[] }
}
