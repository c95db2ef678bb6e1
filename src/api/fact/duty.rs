//! What can happen to something that must be declared.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::shown;
use crate::alert::duty::Awareness;
use crate::base::id::{AlertId, DutyId, PersonId};

/// What can happen to something that must be declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyFact {
    /// It was put in somebody's hands.
    Given {
        /// About which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// What to declare.
        duty: DutyId,
        /// Who must declare it.
        owner: PersonId,
        /// Since when the hospital knows; versions before did not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aware: Option<Awareness>,
        /// By when, where the law gives a number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<Timestamp>,
    },
    /// Its owner was told again.
    Reminded {
        /// About which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// What to declare.
        duty: DutyId,
        /// Who.
        owner: PersonId,
    },
    /// Nobody could be told of it; it is tried again.
    Unheard {
        /// About which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// What to declare.
        duty: DutyId,
    },
    /// It was declared.
    Done {
        /// About which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// What to declare.
        duty: DutyId,
        /// Who says so.
        by: PersonId,
        /// When it was declared.
        at: Timestamp,
        /// The number of the receipt.
        receipt: String,
    },
    /// Somebody decided that it need not be declared.
    NotDue {
        /// About which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// What to declare.
        duty: DutyId,
        /// Who.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// It was a false alarm, or an exercise that is over.
    Withdrawn {
        /// About which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// What to declare.
        duty: DutyId,
    },
    /// What was kept of it cannot be read.
    Unreadable {
        /// About which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// What to declare.
        duty: DutyId,
    },
}
