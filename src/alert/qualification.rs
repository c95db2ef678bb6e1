//! What somebody found out about an alert.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::id::PersonId;
use crate::base::language::Text;
use crate::words::alert as words;

/// Whether it is an attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is none.
    False,
    /// Nobody knows yet.
    ToBeChecked,
    /// It is one.
    Confirmed,
}

impl Verdict {
    /// The words shown to people.
    pub(crate) fn said(self) -> Text {
        match self {
            Self::False => words::verdict_false(),
            Self::ToBeChecked => words::verdict_open(),
            Self::Confirmed => words::verdict_confirmed(),
        }
    }
}

/// What somebody found out about an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Qualification {
    /// Whether it is an attack.
    pub(crate) verdict: Verdict,
    /// Whether personal data are touched; nothing where that is not known.
    pub(crate) personal_data: Option<bool>,
    /// Whether care is touched; nothing where that is not known.
    pub(crate) care: Option<bool>,
    /// Who says so.
    pub(crate) by: PersonId,
    /// Since when.
    pub(crate) at: Timestamp,
    /// In their words.
    pub(crate) note: Option<String>,
}
