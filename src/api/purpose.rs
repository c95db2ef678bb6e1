//! Why a page is owed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::alert::chain::PageKey;
use crate::base::id::{AlertId, ChannelName, DrillId, InjectId, PersonId};

/// Why a page is owed. Unique: the same purpose is the same page, for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A step of an alert's chain.
    #[serde(rename = "climb")]
    Escalation {
        /// The alert.
        alert: AlertId,
        /// How often the alert had set out anew when this was asked for; see [`crate::alert::Alert::restarts`].
        #[serde(rename = "round", default, skip_serializing_if = "is_zero")]
        restarts: u32,
        /// The step, person and channel.
        key: PageKey,
    },
    /// A duty that is in somebody's hands.
    Duty {
        /// The alert it was given for.
        alert: AlertId,
        /// The telling, person and channel.
        key: PageKey,
    },
    /// A message that a drill sends to a player.
    Message {
        /// The drill.
        drill: DrillId,
        /// The inject.
        inject: InjectId,
        /// The player.
        person: PersonId,
    },
    /// The digest of a day.
    Digest {
        /// The day on the site's clocks, such as `2026-11-30`.
        day: String,
        /// Who gets it.
        person: PersonId,
        /// By which channel.
        channel: ChannelName,
    },
}

impl Purpose {
    /// The alert a page speaks of; nothing for a message of a drill and for the digest.
    pub fn alert(&self) -> Option<AlertId> {
        match self {
            Self::Escalation { alert, .. } | Self::Duty { alert, .. } => Some(*alert),
            Self::Message { .. } | Self::Digest { .. } => None,
        }
    }
}

/// Which way a page goes out: news of something new before everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lane {
    /// Somebody's first page of an alert, or what an exercise plays: it waits for nothing.
    First,
    /// Reminders, updates and news: one a minute for a person and channel.
    Next,
}

impl Purpose {
    /// Which way its page goes out.
    pub(crate) fn lane(&self) -> Lane {
        match self {
            Self::Escalation { key, .. } if key.is_first() => Lane::First,
            Self::Duty { key, .. } if key.round == 0 => Lane::First,
            Self::Escalation { .. } | Self::Duty { .. } | Self::Digest { .. } => Lane::Next,
            Self::Message { .. } => Lane::First,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}
