//! What comes out: one rule that matched.

use std::sync::Arc;

use jiff::Timestamp;

use super::rule::Rule;
use crate::base::language::Text;

/// One rule matching.
#[derive(Debug, Clone)]
pub struct Match {
    /// The rule.
    pub rule: Arc<Rule>,
    /// When the event happened that made it match.
    pub time: Timestamp,
    /// Who or what it is about: names of fields and their values. For a correlation, what it groups by.
    pub subject: Vec<(String, String)>,
    /// What else whoever is told must know, where there is something: that nobody at all is heard of any more, or that
    /// vigie did not look for a while.
    pub note: Option<Text>,
}
