//! What a declaration asks, and where its answer may be known from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::language::Text;

/// A question of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    /// What is asked.
    pub(crate) ask: Text,
    /// Where the answer may be known from.
    pub(crate) fill: Fill,
}

/// Where an answer may be known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fill {
    /// The hospital's name.
    Site,
    /// Who is to declare it.
    Owner,
    /// When it was first seen, and when vigie raised it.
    Noticed,
    /// Since when the hospital knows.
    Aware,
    /// What happened.
    What,
    /// The machines.
    Machines,
    /// The accounts.
    Accounts,
    /// The addresses.
    Addresses,
    /// Whether it is an attack.
    Verdict,
    /// Whether personal data are touched.
    PersonalData,
    /// Whether care is touched.
    Care,
    /// What was done.
    Measures,
    /// Who was told.
    Told,
    /// Only people know.
    Unknown,
}
