//! What happens to an escalation.

use serde::{Deserialize, Serialize};

use super::effect::PageKey;
use crate::base::id::PersonId;

/// What happens to an escalation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Time has passed; nothing else.
    Clock,
    /// Somebody said "I have it". Counts from anybody the roster knows, whether they were paged or not.
    Acked {
        /// Who.
        by: PersonId,
    },
    /// A page reached its peer, or never will.
    Receipt {
        /// Which page.
        page: PageKey,
        /// What became of it.
        outcome: Outcome,
    },
    /// Somebody asks to go on to the next step now, acknowledged or not. At the end of the chain the next round begins.
    Escalate,
    /// The alert is over.
    Resolved,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The peer took it.
    Accepted,
    /// It will never be taken.
    Failed,
}
