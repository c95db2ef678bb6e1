//! What happens to an escalation.

use jiff::Timestamp;
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
    /// Who has it gives it to somebody else, who is asked at once.
    HandedOn {
        /// To whom.
        to: PersonId,
    },
    /// Somebody has it, and wants to be asked again then.
    Snoozed {
        /// Who.
        by: PersonId,
        /// When.
        until: Timestamp,
    },
    /// Somebody asks to go on now, acknowledged or not: to this step (from 0), or to the next. At the end of the chain the
    /// next round begins.
    Escalate {
        /// Which step.
        to: Option<usize>,
    },
    /// It got graver: from now on it follows the chain of the context, and is asked about anew.
    Graver,
    /// There is more of it: whoever has it learns so.
    Grew,
    /// What was told is wrong: everybody who was told learns so, by the very channels.
    Erratum,
    /// Something keeps people from being told of it until then.
    Muted {
        /// Until when.
        until: Timestamp,
    },
    /// Nothing keeps people from being told of it any more.
    Unmuted,
    /// People may have been edited: who has it may be gone.
    LookedAt,
    /// The alert is over.
    Resolved {
        /// Who said so; nothing where it ended by itself.
        by: Option<PersonId>,
    },
    /// It is dropped, with the exercise that it belongs to: nobody needs to hear of it.
    Dropped,
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
