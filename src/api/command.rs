//! What can be done through vigie.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Speaker;
use crate::alert::{Matcher, Verdict};
use crate::base::id::{AlertId, DrillId, DutyId, InjectId, PersonId, PlaybookId, SilenceId};
use crate::base::level::Level;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Take up the site's files as they are now.
    Reload,
    /// Say "I have it".
    Ack {
        /// Which alert.
        alert: AlertId,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Hand it on to somebody else, who is asked at once.
    Hand {
        /// Which alert.
        alert: AlertId,
        /// To whom.
        to: PersonId,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Say "I have it, ask me again later".
    Snooze {
        /// Which alert.
        alert: AlertId,
        /// After so many seconds.
        seconds: u64,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Say what it is.
    Qualify {
        /// Which alert.
        alert: AlertId,
        /// Whether it is an attack.
        verdict: Verdict,
        /// Whether personal data are touched, where that is known.
        #[serde(default)]
        personal_data: Option<bool>,
        /// Whether care is touched, where that is known.
        #[serde(default)]
        care: Option<bool>,
        /// In their words.
        #[serde(default)]
        note: Option<String>,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Take detections out into an alert of their own.
    Split {
        /// Of which alert.
        alert: AlertId,
        /// The numbers of the detections.
        parts: Vec<u64>,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Say that first gestures are done, or not done after all.
    Tick {
        /// Of which alert.
        alert: AlertId,
        /// Their numbers in its list, from 1.
        gestures: Vec<usize>,
        /// Whether they are done.
        done: bool,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Tell exactly those who were told that it was wrong.
    Erratum {
        /// Of which alert.
        alert: AlertId,
        /// What is right.
        text: String,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Go on to the next step now, or to this one.
    Escalate {
        /// Which alert.
        alert: AlertId,
        /// Which step, from 1; the next where left out.
        #[serde(default)]
        to: Option<usize>,
    },
    /// The alert is over.
    Resolve {
        /// Which alert.
        alert: AlertId,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Raise an alert by hand.
    Raise {
        /// What happened.
        title: String,
        /// How serious it is.
        level: Level,
        /// Who saw it, where that was somebody else.
        #[serde(default)]
        told_by: Option<String>,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Do not tell people for a while of what matches.
    Silence {
        /// What.
        matcher: Matcher,
        /// Nothing graver than this.
        up_to: Level,
        /// Why.
        reason: String,
        /// From this instant on; at once where it is left out.
        #[serde(default)]
        from: Option<Timestamp>,
        /// Up to this one.
        until: Timestamp,
        /// Who answers for it.
        #[serde(default)]
        by: Speaker,
    },
    /// End a silence now.
    EndSilence {
        /// Which.
        silence: SilenceId,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Write something down in the ledger.
    Note {
        /// What.
        text: String,
        /// About which alert.
        #[serde(default)]
        alert: Option<AlertId>,
        /// When it happened; now where it is left out.
        #[serde(default)]
        happened: Option<Timestamp>,
        /// Who writes.
        #[serde(default)]
        by: Speaker,
    },
    /// Erase bodies of the ledger's entries, for good: those of an alert, or those of before.
    Erase {
        /// Of which alert.
        #[serde(default)]
        alert: Option<AlertId>,
        /// Before which instant.
        #[serde(default)]
        before: Option<Timestamp>,
        /// Why.
        reason: String,
        /// Who answers for it.
        #[serde(default)]
        by: Speaker,
    },
    /// Say what became of a duty.
    Declared {
        /// Of which alert.
        alert: AlertId,
        /// Which.
        duty: DutyId,
        /// What proves it.
        proof: Proof,
        /// When it was declared; now where it is left out.
        #[serde(default)]
        at: Option<Timestamp>,
        /// Who says so.
        #[serde(default)]
        by: Speaker,
    },
    /// Start a drill.
    DrillStart {
        /// Which playbook.
        playbook: PlaybookId,
        /// How many minutes of the script pass in a minute.
        pace: u32,
    },
    /// Do something in a running drill.
    Drill {
        /// Which one.
        drill: DrillId,
        /// What.
        act: Act,
    },
}

impl Command {
    /// Who says it; nothing for what is the same whoever says it.
    pub(crate) fn speaker(&self) -> Option<&Speaker> {
        match self {
            Self::Ack { by, .. }
            | Self::Hand { by, .. }
            | Self::Snooze { by, .. }
            | Self::Qualify { by, .. }
            | Self::Split { by, .. }
            | Self::Tick { by, .. }
            | Self::Erratum { by, .. }
            | Self::Resolve { by, .. }
            | Self::Raise { by, .. }
            | Self::Silence { by, .. }
            | Self::EndSilence { by, .. }
            | Self::Note { by, .. }
            | Self::Erase { by, .. }
            | Self::Declared { by, .. }
            | Self::Drill { act: Act::Note { by, .. }, .. } => Some(by),
            Self::Reload | Self::Escalate { .. } | Self::DrillStart { .. } | Self::Drill { .. } => None,
        }
    }
}

/// What ends a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// It was declared; this is the number of the receipt.
    Receipt(String),
    /// It need not be, for this reason.
    NotDue(String),
}

/// What a facilitator can do in a running drill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Play an inject now.
    Fire {
        /// Which one.
        inject: InjectId,
    },
    /// Leave an inject out.
    Skip {
        /// Which one.
        inject: InjectId,
    },
    /// Say that the call of a phone card was made.
    Called {
        /// Which one.
        inject: InjectId,
    },
    /// Record what was seen of an expected action.
    Observe {
        /// Of which inject.
        inject: InjectId,
        /// Which of its expectations, from 1; its only action where left out.
        expectation: Option<usize>,
        /// What was seen.
        seen: Seen,
        /// In the observer's words.
        note: Option<String>,
    },
    /// Record a decision.
    Decide {
        /// On which inject.
        inject: InjectId,
        /// Which option.
        option: String,
        /// Who decided.
        by: PersonId,
    },
    /// Write something down.
    Note {
        /// What.
        text: String,
        /// Who writes.
        #[serde(default)]
        by: Speaker,
    },
    /// Stop the clock.
    Pause,
    /// Let the clock run on.
    Resume,
    /// End the drill now.
    Stop {
        /// Why.
        why: String,
    },
}

/// What an observer saw of an expected action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// It was done.
    Done,
    /// It was done in part.
    Partly,
    /// It was not done.
    NotDone,
}
