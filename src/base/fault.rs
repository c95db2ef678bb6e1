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
    /// It is sealed without the site's key.
    Unkeyed,
    /// It has another seal than it had once.
    Differs {
        /// Who remembers that.
        by: Witness,
    },
    /// The ledger went on behind it once.
    Cut {
        /// The last entry that there was.
        known: u64,
        /// Who remembers it.
        by: Witness,
    },
    /// What is beside the store to remember the last entry is not there.
    Forgotten,
}

/// Who remembers where the ledger stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    /// The file beside the store.
    Beside,
    /// The anchor, which is kept elsewhere; when it was written.
    Anchor(String),
}
