//! That people are not told of an alert for now, by what, and why they are after all.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::id::{AlertId, PersonId, SilenceId};

/// That nobody is told of an alert for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Muted {
    /// Since when.
    pub(crate) since: Timestamp,
    /// Until when; then it is looked at again.
    pub(crate) until: Timestamp,
    /// By what; of several, by that which ends first.
    pub(crate) by: MutedBy,
}

/// What keeps people from being told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MutedBy {
    /// A silence.
    Silence {
        /// Which.
        silence: SilenceId,
        /// Who answers for it.
        owner: PersonId,
        /// Why.
        reason: String,
    },
    /// A maintenance window.
    Maintenance {
        /// Who answers for it.
        owner: PersonId,
        /// Why.
        reason: String,
    },
    /// Another alert, of which it is only a consequence.
    Explained {
        /// Which.
        by: AlertId,
    },
}

impl MutedBy {
    /// Who answers for it.
    pub(crate) fn owner(&self) -> Option<&PersonId> {
        match self {
            Self::Silence { owner, .. } | Self::Maintenance { owner, .. } => Some(owner),
            Self::Explained { .. } => None,
        }
    }
}

/// That people are told after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Unmuted {
    /// What kept them from it.
    pub(crate) muted: Muted,
    /// Why it does not any more.
    pub(crate) why: WhyUnmuted,
}

/// Why people are told after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyUnmuted {
    /// Its time is over.
    Over,
    /// Somebody ended it.
    Ended,
    /// Something was found that it does not cover.
    Uncovered,
    /// It is not in the site's files any more.
    Gone,
    /// The alert that explained it does not any more.
    Unexplained,
    /// Somebody asked for people to be told.
    Asked,
}
