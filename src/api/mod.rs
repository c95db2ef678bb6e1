//! What a person can ask of a running daemon, and what it answers. Travels as one JSON line each way over the local
//! socket.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::id::{AlertId, DrillId, InjectId, PersonId, PlaybookId, RuleId};
use crate::base::language::Text;
use crate::base::level::Level;

/// Something asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// How is it going?
    Status,
    /// Take up the site's files as they are now.
    Reload,
    /// Say "I have it".
    Ack {
        /// Which alert.
        alert: AlertId,
        /// Who says so.
        by: PersonId,
    },
    /// Go on to the next rung now.
    Escalate {
        /// Which alert.
        alert: AlertId,
    },
    /// The alert is over.
    Resolve {
        /// Which alert.
        alert: AlertId,
        /// Who says so.
        by: PersonId,
    },
    /// Raise an alert by hand.
    Raise {
        /// What happened.
        title: String,
        /// How serious it is.
        level: Level,
        /// Who says so.
        by: PersonId,
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
        by: PersonId,
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

/// What the daemon answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It was done; the words say what.
    Done(String),
    /// It cannot be done; the words say why and what to do instead.
    Refused(String),
    /// A drill was started.
    Started(DrillId),
    /// An alert was raised.
    Raised(AlertId),
    /// How it is going.
    Status(Status),
    /// It cannot be done: the site's files have these mistakes. Everything goes on as it was.
    Mistakes(Vec<String>),
}

/// How the daemon is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The hospital.
    pub site: String,
    /// What was read from each source.
    pub sources: Vec<SourceStatus>,
    /// How many rules there are.
    pub rules: usize,
    /// Since when: the start of the daemon, or the last reload.
    #[serde(default)]
    pub rules_since: Option<Timestamp>,
    /// Rules that cannot match here, by the reason why.
    #[serde(default)]
    pub not_armed: Vec<NotArmed>,
    /// Alerts that wait for somebody to end them.
    pub open_alerts: usize,
    /// Pages on their way.
    pub owed_pages: usize,
    /// Drills that run.
    pub drills: Vec<DrillStatus>,
    /// What is wrong with the state folder, if something is.
    pub store_trouble: Option<String>,
}

/// Rules that cannot match, for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotArmed {
    /// The reason.
    pub why: Text,
    /// The rules.
    pub rules: Vec<RuleId>,
}

/// What was read from one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceStatus {
    /// Its name.
    pub name: String,
    /// The format it was given, or that was picked.
    pub format: String,
    /// Lines read since the daemon started.
    pub lines: u64,
    /// Lines that its format could not read.
    pub malformed: u64,
}

/// Where a running drill stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrillStatus {
    /// Its number.
    pub id: DrillId,
    /// The playbook.
    pub playbook: PlaybookId,
    /// Minutes and seconds of the script that have passed, such as `T+0:05:00`.
    pub at: String,
    /// Whether its clock stands still.
    pub paused: bool,
    /// What comes next and what waits for somebody.
    pub lines: Vec<String>,
}
