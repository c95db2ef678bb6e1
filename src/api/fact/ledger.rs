//! What can happen to the ledger itself, and what people write into it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::shown;
use crate::base::fault::Fault;
use crate::base::id::{AlertId, EntryId, PersonId};

/// What can happen to the ledger itself, and what people write into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LedgerFact {
    /// From this entry on they are sealed with the site's key. The store writes it.
    Keyed {
        /// Its number.
        from: u64,
    },
    /// Somebody wrote something down.
    Note {
        /// About which alert.
        #[serde(with = "shown::maybe", default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        alert: Option<AlertId>,
        /// What.
        text: String,
        /// Who.
        by: PersonId,
        /// When it happened, where that was not when it was written down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        happened: Option<Timestamp>,
    },
    /// Bodies of entries were erased.
    Erased {
        /// Of which alert, where it was about one.
        #[serde(with = "shown::maybe", default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        alert: Option<AlertId>,
        /// The entries, from the first to the last of each row.
        entries: Vec<(u64, u64)>,
        /// Who had it done.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// It is not what was written.
    Broken {
        /// The first entry that does not hold.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        entry: EntryId,
        /// What is wrong with it.
        what: Fault,
    },
}
