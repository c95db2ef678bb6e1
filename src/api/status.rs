//! How vigie is doing.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::cause::Cause;
use crate::base::fault::Fault;
use crate::base::id::{AlertId, DrillId, EntryId, InjectId, PlaybookId, RuleId};
use crate::base::language::Text;
use crate::drill::play::InjectState;

/// How vigie is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Silences and maintenance windows that run.
    #[serde(default)]
    pub(crate) silences: usize,
    /// Open alerts that nobody is told of for now.
    #[serde(default)]
    pub(crate) muted_alerts: usize,
    /// What must still be declared.
    #[serde(default)]
    pub(crate) duties: usize,
    /// Of these, what should have been by now.
    #[serde(default)]
    pub(crate) overdue_duties: usize,
    /// Pages on their way.
    pub owed_pages: usize,
    /// Drills that run.
    pub drills: Vec<DrillStatus>,
    /// What is wrong with the state folder, if something is.
    pub store_trouble: Option<String>,
    /// What kind of trouble that is.
    #[serde(default)]
    pub store_cause: Option<Cause>,
    /// The first entry of the ledger that does not hold, where one does not.
    #[serde(default)]
    pub(crate) ledger_broken: Option<(EntryId, Fault)>,
    /// What vigie itself suffers: its open alerts about that.
    #[serde(default)]
    pub ailing: Vec<Suffering>,
}

/// Something that vigie itself suffers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suffering {
    /// The alert about it.
    pub alert: AlertId,
    /// What suffers, such as `channel:sms`.
    pub of: String,
    /// What happened, in few words.
    pub title: Text,
    /// Since when.
    pub since: Timestamp,
}

/// Rules that cannot match, for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotArmed {
    /// The reason.
    pub why: Text,
    /// The rules.
    pub rules: Vec<RuleId>,
}

/// What was read from one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceStatus {
    /// Its name.
    pub name: String,
    /// The format it was given, or that was picked.
    pub format: String,
    /// Lines read since the daemon started.
    pub lines: u64,
    /// Lines that its format could not read.
    pub malformed: u64,
    /// Lines of no format that vigie knows, where it was to be found out: looked at as they stand.
    #[serde(default)]
    pub(crate) unknown: u64,
    /// Whether no rule is for any of its lines.
    #[serde(default)]
    pub(crate) unwatched: bool,
    /// When its last line came; nothing where none ever did.
    #[serde(default)]
    pub last: Option<Timestamp>,
    /// Whether it has been silent for longer than its site says.
    #[serde(default)]
    pub silent: bool,
    /// What keeps it from being read.
    #[serde(default)]
    pub troubles: Vec<SourceTrouble>,
    /// Where its lines come from: a path, a pattern or an address.
    #[serde(default)]
    pub(crate) place: String,
    /// How many lines came in the last minute.
    #[serde(default)]
    pub(crate) per_minute: u64,
    /// By how many seconds its last event came after the time that it carries; less than nothing where its clock is ahead.
    #[serde(default)]
    pub(crate) late: Option<i64>,
    /// Lines of which only the head was kept.
    #[serde(default)]
    pub(crate) cut: u64,
    /// Messages that were lost before vigie could read them.
    #[serde(default)]
    pub(crate) dropped: u64,
    /// How many armed rules look at it.
    #[serde(default)]
    pub(crate) rules: u64,
}

/// What keeps a source from being read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceTrouble {
    /// Its file.
    pub file: String,
    /// What is wrong.
    pub what: Text,
    /// What to do about it.
    pub remedy: Text,
}

impl Status {
    /// Whether something is in trouble that people must look at.
    pub fn in_trouble(&self) -> bool {
        self.store_trouble.is_some()
            || self.ledger_broken.is_some()
            || !self.ailing.is_empty()
            || self.sources.iter().any(|source| source.silent || !source.troubles.is_empty())
    }
}

/// Where a running drill stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrillStatus {
    /// Its number.
    pub id: DrillId,
    /// The playbook.
    pub playbook: PlaybookId,
    /// Minutes and seconds of the script that have passed, such as `T+0:05:00`.
    pub at: String,
    /// Whether its clock stands still.
    pub paused: bool,
    /// Every inject of the script and where it stands.
    pub injects: Vec<InjectStatus>,
}

/// Where an inject stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InjectStatus {
    /// Its name.
    pub inject: InjectId,
    /// Where it stands.
    pub stage: InjectState,
}
