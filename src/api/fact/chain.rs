//! What can happen on the chain of an alert.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::shown;
use super::Fact;
use crate::alert::chain::{self, Skip};
use crate::base::id::{AlertId, ChainId, PersonId};

/// What can happen on the chain of an alert. Rounds and steps count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChainFact {
    /// A step was reached.
    StepReached {
        /// Of which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// The round: which time the chain is gone through.
        #[serde(rename = "lap")]
        round: u32,
        /// Which step.
        step: usize,
        /// Who is told there.
        person: PersonId,
    },
    /// A step was skipped at once.
    StepSkipped {
        /// Of which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// The round: which time the chain is gone through.
        #[serde(rename = "lap")]
        round: u32,
        /// Which step.
        step: usize,
        /// Why.
        why: Skip,
    },
    /// A step's time passed without an answer.
    StepUnanswered {
        /// Of which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// The round: which time the chain is gone through.
        #[serde(rename = "lap")]
        round: u32,
        /// Which step.
        step: usize,
        /// Who did not answer.
        person: PersonId,
    },
    /// Somebody has it.
    Acked {
        /// Which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Who.
        by: PersonId,
    },
    /// Somebody asked for the next step, or for one of their choice.
    Escalated {
        /// Of which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Which step, where they named one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<usize>,
    },
    /// Who has it was asked again.
    ReackAsked {
        /// About which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Who.
        of: PersonId,
    },
    /// Asked again, they did not answer.
    ReackUnanswered {
        /// About which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Who.
        of: PersonId,
    },
    /// It got graver, and is asked about anew.
    Graver {
        /// Which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// The chain it follows from now on.
        chain: ChainId,
    },
    /// The turn of whoever was waited for, or has it, passed on.
    Relieved {
        /// Of which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Whose turn is over.
        of: PersonId,
        /// Whose turn it is.
        by: PersonId,
    },
    /// Who has it hands it on.
    HandedOn {
        /// Which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// To whom.
        to: PersonId,
    },
    /// Who has it wants to be asked again later.
    Snoozed {
        /// Which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Who.
        by: PersonId,
        /// When.
        until: Timestamp,
    },
    /// It is out of the chain's hours.
    Waits {
        /// Which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Until then.
        until: Timestamp,
    },
    /// The chain's end was reached and nobody answered.
    Exhausted {
        /// Of which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
    },
    /// The chain has nothing more to do.
    Resolved {
        /// Of which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
    },
    /// The alert set out anew on another chain, or on none.
    Replaced {
        /// Which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// The chain it was on.
        from: ChainId,
        /// The chain it is on now.
        to: Option<ChainId>,
        /// Why.
        why: WhyReplaced,
    },
}

/// Why an alert set out anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyReplaced {
    /// How far it was could not be read.
    #[serde(alias = "how far it was cannot be read")]
    Unreadable,
    /// Its chain is not in `chains.yaml` any more.
    #[serde(alias = "the chain is not in chains.yaml any more")]
    Gone,
    /// It went on after its end.
    WentOn,
}

impl Fact {
    /// What a chain says of the escalation of `alert`.
    pub(crate) fn of_chain(alert: AlertId, fact: chain::Fact) -> Self {
        use chain::Fact as Said;
        // Rounds and steps are counted from 1 for people.
        Self::Chain(match fact {
            Said::StepReached { round, step, person } => {
                ChainFact::StepReached { alert, round: round + 1, step: step + 1, person }
            }
            Said::StepSkipped { round, step, why } => {
                ChainFact::StepSkipped { alert, round: round + 1, step: step + 1, why }
            }
            Said::StepUnanswered { round, step, person } => {
                ChainFact::StepUnanswered { alert, round: round + 1, step: step + 1, person }
            }
            Said::Acked { by } => ChainFact::Acked { alert, by },
            Said::ReackAsked { of } => ChainFact::ReackAsked { alert, of },
            Said::ReackUnanswered { of } => ChainFact::ReackUnanswered { alert, of },
            Said::Graver { chain } => ChainFact::Graver { alert, chain },
            Said::Relieved { of, by } => ChainFact::Relieved { alert, of, by },
            Said::HandedOn { to } => ChainFact::HandedOn { alert, to },
            Said::Snoozed { by, until } => ChainFact::Snoozed { alert, by, until },
            Said::Waits { until } => ChainFact::Waits { alert, until },
            Said::Exhausted => ChainFact::Exhausted { alert },
            Said::Resolved => ChainFact::Resolved { alert },
        })
    }
}
