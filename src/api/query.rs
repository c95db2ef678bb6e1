//! What can be asked without changing anything.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::Command;
use crate::base::id::{AlertId, DrillId};

/// Something to do or to say, in the version of [`super::VERSION`] in which it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// The version of these shapes that the asker speaks.
    pub version: u32,
    /// What is asked.
    pub ask: Ask,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Something to do.
    Do(Command),
    /// Something to say.
    Say(Query),
}

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Query {
    /// How is it going?
    Status,
    /// Which alerts are there?
    Alerts {
        /// Also those that are over.
        over: bool,
    },
    /// What is known of one alert, and whom was told?
    Alert {
        /// Which.
        alert: AlertId,
    },
    /// Which silences are there?
    Silences {
        /// Also those that are over.
        over: bool,
    },
    /// What must be declared?
    Duties {
        /// Also what was.
        over: bool,
    },
    /// What does the ledger say?
    Entries {
        /// From this number on.
        from: u64,
        /// So many at most; an answer never holds more than [`Query::ENTRIES`].
        most: u64,
    },
    /// Where does the ledger stand?
    Head,
    /// Is the ledger whole?
    Ledger {
        /// A seal that was printed once, in hexadecimal, or its beginning: does an entry have it?
        seal: Option<String>,
        /// The lines of its anchor, which is kept elsewhere.
        #[serde(default)]
        anchor: Vec<String>,
    },
    /// What is a report made from?
    Drill {
        /// Of which drill.
        drill: DrillId,
    },
    /// Is everything that is kept sound?
    Store,
    /// What does this question in SQL find?
    Select {
        /// One statement that changes nothing.
        sql: String,
        /// So many rows at most; an answer never holds more than `Query::ROWS`.
        most: u64,
    },
}

impl Query {
    /// The most entries of the ledger in one answer.
    pub const ENTRIES: u64 = 1000;
    /// The most rows in one answer.
    pub(crate) const ROWS: u64 = 10_000;
}

impl From<Command> for Ask {
    fn from(command: Command) -> Self {
        Self::Do(command)
    }
}

impl From<Query> for Ask {
    fn from(query: Query) -> Self {
        Self::Say(query)
    }
}
