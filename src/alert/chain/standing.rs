//! How far an alert is, in the words of whoever looks at it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::escalation::{Escalation, Status};
use crate::base::id::PersonId;

/// Who is waited for, who has it, when somebody is told next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody is told of it: no chain takes its level.
    #[default]
    Untold,
    /// This person was told and is waited for.
    Asked {
        /// Who.
        of: PersonId,
        /// When the next one is told.
        until: Option<Timestamp>,
    },
    /// Somebody has it.
    Held {
        /// Who.
        by: PersonId,
        /// Since when.
        since: Timestamp,
        /// Who is being asked to take it, or to say again that they have it.
        asked: Option<PersonId>,
    },
    /// Nobody answered; the chain begins once more then.
    Unanswered {
        /// When.
        again: Option<Timestamp>,
    },
    /// It waits for the hours of its chain.
    Waits {
        /// Until then.
        until: Option<Timestamp>,
    },
    /// A silence holds it.
    Silenced {
        /// Until then.
        until: Timestamp,
    },
    /// It is over.
    Over,
}

impl Escalation {
    /// How far the alert is.
    pub(crate) fn standing(&self) -> Standing {
        match (&self.status, self.muted) {
            (Status::Escalating | Status::Exhausted, Some(until)) => Standing::Silenced { until },
            (status, _) => self.standing_of(status),
        }
    }

    fn standing_of(&self, status: &Status) -> Standing {
        match status {
            Status::Resolved => Standing::Over,
            Status::Exhausted => Standing::Unanswered { again: self.due },
            Status::Acked { by, at } => Standing::Held { by: by.clone(), since: *at, asked: self.asked.clone() },
            Status::Escalating if self.waits.is_some() => Standing::Waits { until: self.due },
            Status::Escalating => match &self.told {
                Some(of) => Standing::Asked { of: of.clone(), until: self.due },
                None => Standing::Unanswered { again: self.due },
            },
        }
    }
}
