//! How serious a rule says its matches are.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The five levels of the Sigma specification (rules, section "Level"), from least to most serious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing, never worth a page.
    Informational,
    /// Worth a look in working hours.
    Low,
    /// Worth a look today.
    Medium,
    /// Somebody must look now.
    High,
    /// An attack is very likely under way.
    Critical,
}

impl Level {
    /// All levels, from least to most serious.
    pub(crate) const ALL: [Self; 5] = [Self::Informational, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word used in rule files and JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Informational => "informational",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}
