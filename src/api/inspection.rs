//! What is told of the store itself: whether it is sound, and what a question in SQL found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::view::LedgerView;

/// Whether the store is sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StoreView {
    /// Its tables, in the order of their names.
    pub(crate) tables: Vec<TableView>,
    /// What does not hang together, as SQLite says it.
    pub(crate) damage: Vec<String>,
    /// The ledger; nothing where it cannot be walked.
    pub(crate) ledger: Option<LedgerView>,
}

/// A table of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableView {
    /// What it is called.
    pub(crate) table: String,
    /// How many rows it has, as far as they can be read.
    pub(crate) rows: u64,
    /// How many of them make no sense.
    pub(crate) unreadable: u64,
}

/// What a question in SQL found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowsView {
    /// What the columns are called.
    pub(crate) columns: Vec<String>,
    /// The rows, in their order.
    pub(crate) rows: Vec<Vec<Value>>,
    /// Whether there are more than are given.
    pub(crate) more: bool,
}

/// Why a question in SQL is not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoAnswer {
    /// It asks nothing.
    Nothing,
    /// There are several.
    Several,
    /// It would change something.
    Changes,
    /// It takes too long.
    TooLong {
        /// So many seconds were over.
        seconds: u64,
    },
    /// There is no such table.
    NoTable {
        /// The name.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// It is not understood.
    Mistaken {
        /// What SQLite says of it.
        why: String,
    },
}
