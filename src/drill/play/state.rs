//! What an exercise remembers of each inject.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// An instant on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// In the real world.
    pub real: Timestamp,
    /// In the script.
    pub script: SignedDuration,
}

/// Where a drill stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Going on.
    Running,
    /// Standing still.
    Paused,
    /// Over.
    Ended {
        /// Since when.
        at: Moment,
        /// How.
        ending: Ending,
    },
}

/// How a drill ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Its duration was over.
    TimeUp,
    /// Nothing more could happen.
    AllDone,
    /// Somebody stopped it.
    Stopped {
        /// Why.
        why: String,
    },
}

/// Where an inject stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InjectState {
    /// Waits for an option to be chosen.
    WaitsForChoice,
    /// Waits for the facilitator.
    WaitsForHand,
    /// Will be played at this moment of the script.
    Due(SignedDuration),
    /// Its lines are being written; the next ones at this moment of the script.
    Sending(SignedDuration),
    /// Has been played.
    Played,
    /// Was left out.
    Skipped,
    /// Could not be delivered.
    Failed(String),
}

/// One inject of the drill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stimulus {
    /// Where it stands.
    #[serde(rename = "stage")]
    pub state: InjectState,
    /// When it was played; for a call, when the card was shown.
    pub played: Option<Moment>,
    /// When it was first said to have reached its aim; for a call, when it was made.
    pub confirmed: Option<Moment>,
    /// Log lines handed out so far.
    pub sent: usize,
    /// Log lines known to be written.
    pub written: usize,
    /// Its expectations, in the order of the playbook.
    pub watches: Vec<Watch>,
    /// Its question, once asked.
    pub question: Option<Asked>,
}

impl Stimulus {
    pub(super) fn new(state: InjectState, watches: usize) -> Self {
        let watches = vec![Watch::default(); watches];
        Self { state, played: None, confirmed: None, sent: 0, written: 0, watches, question: None }
    }

    /// Whether it may still be played.
    pub(super) fn may_come(&self) -> bool {
        matches!(self.state, InjectState::WaitsForChoice | InjectState::WaitsForHand | InjectState::Due(_))
    }
}

/// One expectation of the drill.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Watch {
    /// When it opened, in the script.
    pub opened: Option<SignedDuration>,
    /// The last instant of the script at which it can be met.
    pub until: Option<SignedDuration>,
    /// How it stands.
    pub verdict: Verdict,
    /// How long it took in script time, also where that was too long.
    pub took: Option<SignedDuration>,
    /// What shows it: the alert, the person, the channel.
    pub proof: Option<String>,
    /// What the observer wrote, and who that was.
    pub observed: Option<(String, String)>,
}

/// How an expectation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Its inject has not been played, or did not arrive.
    #[default]
    NotReached,
    /// Time is running. At the end of a drill: cut off.
    Open,
    /// Met in time.
    Met,
    /// Met in part, or too late as an observer says.
    Partly,
    /// Not met in time.
    Missed,
    /// Its time is over and no observer has said anything.
    NotObserved,
}

/// A question that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The last instant of the script at which it can be answered.
    pub until: SignedDuration,
    /// What the players chose.
    pub chosen: Option<Choice>,
    /// When the default was taken, because they chose nothing.
    pub defaulted: Option<Moment>,
}

/// What the players chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The option.
    pub option: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl Asked {
    pub(super) fn is_open(&self) -> bool {
        self.chosen.is_none() && self.defaulted.is_none()
    }
}
