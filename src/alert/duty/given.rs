//! A duty that was given to somebody because of an incident: since when its clock runs, by when it must be done, and what
//! became of it. Kept and shown as it is.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clock::Clock;
use crate::alert::chain::Pace;
use crate::base::id::{AlertId, ChainId, DutyId, PersonId};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::base::realm::Realm;

/// Why a hospital knows of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum How {
    /// Somebody raised it by hand.
    Raised(PersonId),
    /// Somebody said "I have it" of a critical alert.
    Acked(PersonId),
    /// Somebody said that it is an attack.
    Qualified(PersonId),
    /// Nobody answered; whoever must declare it is told.
    Unanswered,
}

/// Since when a hospital knows of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Awareness {
    /// The instant.
    pub(crate) at: Timestamp,
    /// Why.
    pub(crate) how: How,
}

/// How a duty came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ended {
    /// It was declared.
    Done {
        /// Who says so.
        by: PersonId,
        /// When it was declared.
        at: Timestamp,
        /// The number of the receipt.
        receipt: String,
    },
    /// Somebody decided that it need not be declared.
    NotDue {
        /// Who says so.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// It was a false alarm, or an exercise that is over.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// A duty that was given to somebody because of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Given {
    /// The incident.
    pub(crate) alert: AlertId,
    /// What to declare.
    pub(crate) duty: DutyId,
    /// Real, or of a drill.
    pub(crate) realm: Realm,
    /// What the alert is called.
    pub(crate) title: Text,
    /// How serious it is.
    pub(crate) level: Level,
    /// The chain whose declaration it is.
    pub(crate) chain: ChainId,
    /// The clock, as the law was when it was given.
    pub(crate) clock: Clock,
    /// The fastness of the clock.
    pub(crate) pace: Pace,
    /// Since when the hospital knows.
    pub(crate) aware: Awareness,
    /// When the clock began; nothing while another duty must be done first.
    pub(crate) since: Option<Timestamp>,
    /// By when it must be done; nothing where the law gives no number.
    pub(crate) deadline: Option<Timestamp>,
    /// Whose it is; nothing while nobody could be told.
    pub(crate) owner: Option<PersonId>,
    /// How often its owner was told.
    pub(crate) told: u32,
    /// When they are told next.
    pub(crate) next: Option<Timestamp>,
    /// What became of it; nothing while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended: Option<Ended>,
}

impl Given {
    /// Whether it is still to be done.
    pub(crate) fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether it should have been done before `now`.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_open() && self.deadline.is_some_and(|deadline| deadline < now)
    }
}
