//! What an exercise asks of the world.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::state::{Ending, Verdict};
use crate::alert::chain::Pace;
use crate::base::id::{AlertId, InjectId, PlaybookId, SourceName};
use crate::base::language::Text;
use crate::drill::playbook::{Audience, LogLine};

/// What the world must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Let these lines appear in a source, each filled in with [`LogLine::text`], and answer with
    /// [`super::Input::Injected`].
    Log {
        /// The inject.
        inject: InjectId,
        /// The source.
        source: SourceName,
        /// The lines, in order; never empty.
        lines: Vec<LogLine>,
    },
    /// Send a message to players, with the exercise marking around it.
    Message {
        /// The inject.
        inject: InjectId,
        /// Who gets it.
        to: Audience,
        /// Who it pretends to come from.
        from: Text,
        /// Its subject.
        subject: Text,
        /// Its text.
        body: Text,
    },
    /// Show the facilitator a card: somebody to call and what to say. Its expectations open when
    /// [`super::Input::Injected`] says that the call was made.
    Card {
        /// The inject.
        inject: InjectId,
        /// Who is called.
        to: Audience,
        /// Who the facilitator plays.
        from: Text,
        /// What to say.
        script: Text,
    },
    /// Ask players for a decision; the answer is [`super::Input::Decide`].
    Ask {
        /// The inject.
        inject: InjectId,
        /// Who decides.
        to: Audience,
        /// The question.
        ask: Text,
        /// The options: name and wording.
        options: Vec<(String, Text)>,
        /// What is taken when nobody decides.
        default: String,
        /// Until when, as far as is known now; a pause makes it later.
        until: Timestamp,
    },
    /// Something to write in the ledger.
    Fact(Fact),
    /// The drill is over.
    Finished,
}

/// What an exercise has to say for the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The drill began.
    Started {
        /// What is played.
        playbook: PlaybookId,
        /// How fast.
        pace: Pace,
    },
    /// An inject was played (a log inject: its first lines).
    Played {
        /// Which.
        inject: InjectId,
    },
    /// All lines of a log inject have been handed out.
    LinesSent {
        /// Which inject.
        inject: InjectId,
        /// How many.
        lines: usize,
    },
    /// The facilitator said that the call was made.
    CallMade {
        /// Which inject.
        inject: InjectId,
    },
    /// An inject was left out, or broken off.
    Skipped {
        /// Which.
        inject: InjectId,
    },
    /// An inject could not be delivered.
    Failed {
        /// Which.
        inject: InjectId,
        /// Why.
        why: String,
    },
    /// An expectation was judged, or judged anew.
    Judged {
        /// After which inject.
        inject: InjectId,
        /// Which of its expectations, from 0.
        expectation: usize,
        /// The judgement.
        verdict: Verdict,
        /// How long it took, in script time, where something was measured.
        took: Option<SignedDuration>,
    },
    /// A decision was taken.
    Decided {
        /// The inject that asked.
        inject: InjectId,
        /// What was chosen.
        option: String,
        /// Who said so.
        by: String,
    },
    /// Nobody decided in time.
    DefaultTaken {
        /// The inject that asked.
        inject: InjectId,
        /// What was taken.
        option: String,
    },
    /// Something was written down.
    Noted {
        /// Who wrote.
        by: String,
        /// What, without identifiers of patients.
        text: String,
    },
    /// The script stands still.
    Paused,
    /// The script runs again.
    Resumed,
    /// The machine was not awake when something was due. The script was held back for that time.
    Slept {
        /// Since when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// A real alert was raised meanwhile.
    RealAlert {
        /// Which.
        alert: AlertId,
    },
    /// An input had no effect.
    Ignored {
        /// Why.
        why: Ignored,
        /// The inject it was about, if any.
        inject: Option<InjectId>,
    },
    /// The drill is over.
    Ended {
        /// How.
        ending: Ending,
    },
}

/// Why an input had no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ignored {
    /// The drill is over.
    Over,
    /// The playbook has no such inject.
    UnknownInject,
    /// It has been played already.
    AlreadyPlayed,
    /// It has not been played yet.
    NotPlayed,
    /// It has no such expectation, or not one that is observed.
    UnknownExpectation,
    /// Nothing is decided there.
    NoDecision,
    /// The decision does not offer that.
    UnknownOption,
    /// It has been decided, or its time is over.
    AlreadyDecided,
    /// It was said before.
    SaidBefore,
}
