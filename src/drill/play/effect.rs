//! What an exercise asks of the world.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::state::{Ending, Verdict};
use crate::alert::chain::Pace;
use crate::base::id::{AlertId, InjectId, PlaybookId, SourceName};
use crate::base::language::{Language, Text};
use crate::drill::playbook::players::Audience;
use crate::drill::playbook::template::LogLine;
use crate::words::words;

/// What the world must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Let these lines appear in a source, each filled in with `LogLine::text`, and answer with
    /// [`super::Input::Injected`].
    Lines {
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
        /// The message.
        message: PlayerMessage,
    },
    /// Show the facilitator a card.
    Card {
        /// The inject.
        inject: InjectId,
        /// The card.
        card: Card,
    },
    /// Something to write in the ledger.
    Fact(Fact),
    /// The drill is over.
    Finished,
}

/// A message to players, without the exercise marking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerMessage {
    /// Who gets it.
    pub to: Audience,
    /// Its subject.
    pub subject: Text,
    /// Its text.
    pub body: Text,
}

/// Something that the facilitator is to do with players.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// With whom.
    pub to: Audience,
    /// What: it stands before their names.
    pub heading: Text,
    /// What stands below.
    pub text: Text,
}

impl Card {
    /// The card of `inject` as it is shown, for those whose `names` are given: in both languages, `first` above the
    /// other one, marked at both ends.
    pub(crate) fn shown(&self, inject: &InjectId, names: &str, first: Language) -> String {
        let head = heading(&self.heading, names);
        let [above, below] = [first, first.pick(Language::En, Language::Fr)]
            .map(|language| format!("{}\n{}", head.get(language), self.text.get(language)));
        format!("{MARKING} — {inject}\n\n{above}\n\n---\n\n{below}\n{MARKING}\n")
    }
}

/// Stands at both ends of a card, whatever the language of who finds it.
const MARKING: &str = "EXERCICE EXERCICE EXERCICE";

words! {
    /// The first line of a card.
    fn heading(heading, names) { fr: "{heading} : {names}", en: "{heading}: {names}" }
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
