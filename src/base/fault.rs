//! What can be wrong with an entry of the ledger.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What can be wrong with an entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Its time cannot be read.
    Time,
    /// One of its columns cannot be read.
    Column,
    /// Its time was rewritten.
    Rewritten,
    /// It, or the one before it, is not what was sealed.
    Seal,
    /// It was removed; this is the next that is there.
    Removed {
        /// Its number.
        next: i64,
    },
    /// The head counts more or fewer than there are.
    Count {
        /// How many the head counts.
        counted: u64,
        /// How many there are.
        found: u64,
    },
    /// The head does not hold its seal.
    Head,
}
