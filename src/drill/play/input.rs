//! What can happen to an exercise.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::base::id::{AlertId, ChainId, ChannelName, InjectId, PersonId, RuleId};

/// Who observes, as it is kept, where nobody says who it is. A report says it in words.
pub(crate) const FACILITATOR: &str = "facilitator";

/// What happens to an exercise. Inputs that come late, twice, or about things that do not exist are harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Time has passed; nothing else.
    Clock,
    /// An inject reached its aim: lines were written, a message was accepted, a call was made, a question was shown.
    Injected {
        /// Which.
        inject: InjectId,
        /// How many lines were written this time; 0 where it is not about lines.
        lines: usize,
    },
    /// An inject could not be delivered.
    InjectFailed {
        /// Which.
        inject: InjectId,
        /// Why, in words for the report.
        why: String,
    },
    /// A rule matched lines of this drill.
    Hit {
        /// Which rule.
        rule: RuleId,
        /// The alert it led to.
        alert: AlertId,
    },
    /// A page of this drill was accepted by its peer.
    Paged {
        /// The chain that sent it.
        chain: ChainId,
        /// To whom.
        person: PersonId,
        /// By which channel.
        channel: ChannelName,
    },
    /// Somebody said "I have it" about an alert of this drill.
    Acked {
        /// The chain the alert follows.
        chain: ChainId,
        /// Which alert.
        alert: AlertId,
        /// Who.
        by: PersonId,
    },
    /// The facilitator plays an inject now, whatever its moment. During a pause: as soon as it is over.
    Fire(InjectId),
    /// The facilitator leaves an inject out, or breaks off one whose lines are still being written.
    Skip(InjectId),
    /// An observer says what the players did.
    Observe {
        /// After which inject.
        inject: InjectId,
        /// Which of its expectations, counted from 0; nothing for all its expected actions.
        expectation: Option<usize>,
        /// What was seen.
        done: Done,
        /// When it was seen, where that is not now (handed in from paper).
        at: Option<Timestamp>,
        /// Who saw it.
        by: String,
        /// What was seen, in words.
        note: String,
    },
    /// The players decided.
    Decide {
        /// The inject that asked.
        inject: InjectId,
        /// What they chose.
        option: String,
        /// Who said so.
        by: String,
    },
    /// Something worth writing down.
    Note {
        /// Who writes.
        by: String,
        /// What.
        text: String,
    },
    /// Script time stands still from now on.
    Pause,
    /// Script time runs again.
    Resume,
    /// The drill is over now.
    Stop {
        /// Why, in words for the report.
        why: String,
    },
    /// A real alert was raised while the drill was going on.
    RealAlert {
        /// Which.
        alert: AlertId,
    },
}

/// What an observer saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// All of it.
    Done,
    /// Some of it.
    Partly,
    /// None of it.
    NotDone,
}
