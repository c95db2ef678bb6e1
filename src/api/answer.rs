//! What vigie answers.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::inspection::{NoAnswer, RowsView, StoreView};
use super::status::Status;
use super::view::{AlertView, DrillView, EntryView, HeadView, LedgerView, Silences};
use crate::alert::Alert;
use crate::alert::duty::Given;
use crate::base::cause::Cause;
use crate::base::id::{
    AlertId, ChainId, DrillId, DutyId, InjectId, PersonId, PlaybookId, RuleId, SilenceId, SourceName,
};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::drill::play::Ignored;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It was done, and is kept.
    Done(Done),
    /// It was done in memory only: the store cannot be written, and should vigie stop before it can, it is forgotten.
    NotKept {
        /// What was done.
        done: Done,
        /// What kind of trouble the store has.
        cause: Cause,
        /// What it said.
        why: String,
    },
    /// It cannot be done, for this reason. Nothing was changed.
    Refused(Refusal),
    /// How it is going.
    Status(Box<Status>),
    /// Alerts, by their numbers.
    Alerts(Vec<Alert>),
    /// One alert.
    Alert(Box<AlertView>),
    /// Silences.
    Silences(Silences),
    /// What must be declared.
    Duties(Vec<Given>),
    /// Entries of the ledger, oldest first.
    Entries(Vec<EntryView>),
    /// Where the ledger stands.
    Head(HeadView),
    /// Whether the ledger is whole.
    Ledger(LedgerView),
    /// An exercise.
    Drill(Box<DrillView>),
    /// Whether the store is sound.
    Store(StoreView),
    /// What a question in SQL found.
    Rows(RowsView),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Somebody has the alert; nobody else is asked.
    Acked {
        /// Which.
        alert: AlertId,
        /// Who.
        by: PersonId,
        /// Their name, as people say it.
        name: String,
    },
    /// The next step is paged.
    Escalated {
        /// Of which alert.
        alert: AlertId,
    },
    /// Somebody else is asked to take it.
    HandedOn {
        /// Which alert.
        alert: AlertId,
        /// Who.
        to: PersonId,
        /// Their name, as people say it.
        name: String,
    },
    /// Somebody has it and is asked again later.
    Snoozed {
        /// Which alert.
        alert: AlertId,
        /// Who.
        by: PersonId,
        /// Their name, as people say it.
        name: String,
        /// When.
        until: Timestamp,
        /// After so many seconds.
        seconds: i64,
    },
    /// What it is was taken down.
    Qualified {
        /// Of which alert.
        alert: AlertId,
    },
    /// Parts of it are an alert of their own.
    Split {
        /// The one.
        alert: AlertId,
        /// The new one.
        into: AlertId,
    },
    /// Its first gestures were ticked, or ticks taken away.
    Ticked {
        /// Of which alert.
        alert: AlertId,
        /// Whether they are done.
        done: bool,
    },
    /// Those who were told something wrong are told what is right.
    PutRight {
        /// Of which alert.
        alert: AlertId,
        /// How many people.
        told: usize,
    },
    /// The alert is over.
    Resolved {
        /// Which.
        alert: AlertId,
    },
    /// An alert was raised.
    Raised {
        /// Its number.
        alert: AlertId,
        /// The chain it follows; nothing where no chain takes its level, so that nobody is told.
        chain: Option<ChainId>,
    },
    /// People are not told of something for a while.
    Silenced {
        /// The number of the silence.
        silence: SilenceId,
        /// From when on.
        from: Timestamp,
        /// Up to when.
        until: Timestamp,
        /// Nothing graver than this is silenced.
        up_to: Level,
        /// How many open alerts it is about.
        alerts: usize,
    },
    /// A silence was ended.
    SilenceEnded {
        /// Which.
        silence: SilenceId,
        /// How many open alerts it was about.
        alerts: usize,
    },
    /// It is written down.
    Noted {
        /// About which alert.
        #[serde(default)]
        alert: Option<AlertId>,
    },
    /// Bodies of the ledger's entries were erased.
    Erased {
        /// Of how many entries.
        entries: usize,
        /// Whether there are more to erase.
        more: bool,
    },
    /// A duty came to its end.
    Declared {
        /// Of which alert.
        alert: AlertId,
        /// Which.
        duty: DutyId,
    },
    /// A drill was started.
    Started {
        /// Its number.
        drill: DrillId,
    },
    /// Something was done in a drill.
    Acted {
        /// Which.
        drill: DrillId,
    },
    /// The site's files were taken up.
    Reloaded(Reloaded),
}

/// What came of taking up the site's files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reloaded {
    /// How many rules watch now.
    pub rules: usize,
    /// The files and lists that they are made from.
    pub papers: usize,
    /// A seal over these.
    pub seal: String,
    /// How many of these are new.
    pub new: usize,
    /// How many are not there any more.
    pub gone: usize,
    /// How many are not as they were.
    pub changed: usize,
    /// Windows that go on counting.
    pub windows: usize,
    /// Windows that there were before.
    pub windows_before: usize,
    /// Whether people or chains changed.
    pub people: bool,
    /// How many sources are not as they were.
    #[serde(default)]
    pub(crate) sources: usize,
    /// How many warnings there were on the way, which `vigie check` shows.
    #[serde(default)]
    pub warnings: usize,
}

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Nobody of that name is in `people.yaml`.
    UnknownPerson {
        /// The name.
        name: PersonId,
        /// The names there are.
        known: Vec<String>,
    },
    /// Nobody is named, and the account that asks is nobody's in `people.yaml`.
    NobodyNamed {
        /// The account; nothing where vigie's own process asked.
        account: Option<String>,
    },
    /// The person has an account of their own, and another one asks.
    NotTheirs {
        /// The person.
        person: PersonId,
        /// The account that asks.
        account: String,
    },
    /// No such duty is open of the alert.
    NoSuchDuty {
        /// The alert.
        alert: AlertId,
        /// The duty.
        duty: DutyId,
        /// Those that are open.
        known: Vec<String>,
    },
    /// A duty cannot have been done before the hospital knew, or later than now.
    DutyNotThen {
        /// When the hospital knew.
        aware: Timestamp,
    },
    /// The alert is over already.
    AlertOver {
        /// Which.
        alert: AlertId,
    },
    /// No chain takes the alert: there is no next step, and nobody to hand it on.
    NoChain {
        /// Which alert.
        alert: AlertId,
    },
    /// The chain has no such step.
    NoStep {
        /// Which chain.
        chain: ChainId,
        /// How many steps it has.
        steps: usize,
    },
    /// Nobody is asked again as late as that.
    TooLate {
        /// After so many hours at most.
        hours: i64,
    },
    /// The alert has no such part, or nothing would be left of it.
    NoSuchPart {
        /// Which alert.
        alert: AlertId,
        /// The numbers of its parts.
        parts: Vec<u64>,
    },
    /// The alert's list of first gestures has no such number.
    NoSuchGesture {
        /// Which alert.
        alert: AlertId,
        /// The numbers that were asked for.
        gestures: Vec<usize>,
        /// How many there are.
        known: usize,
    },
    /// There is no such alert.
    UnknownAlert {
        /// Which.
        alert: AlertId,
    },
    /// A note says when something happened, and that cannot lie ahead.
    NotYet,
    /// What is to be erased is named by an alert or by a date.
    ErasesAll,
    /// A silence begins and ends in the future, and is bounded.
    NoSuchTime {
        /// The most days that it can last.
        days: i64,
    },
    /// A silence that names nothing would be about everything.
    SilencesAll,
    /// No rule is called so here.
    UnknownRule {
        /// The name.
        name: RuleId,
        /// The names that there are.
        known: Vec<String>,
    },
    /// No source is called so here.
    UnknownSource {
        /// The name.
        name: SourceName,
        /// The names that there are.
        known: Vec<String>,
    },
    /// No silence of that number runs or is planned.
    UnknownSilence {
        /// Which.
        silence: SilenceId,
    },
    /// The store cannot be written, and a silence must outlive a crash.
    SilenceNotKept,
    /// There is no such playbook here.
    UnknownPlaybook {
        /// Which.
        playbook: PlaybookId,
        /// The playbooks there are.
        known: Vec<String>,
    },
    /// There is no such drill.
    UnknownDrill {
        /// Which.
        drill: DrillId,
        /// The drills there are, with their playbooks.
        known: Vec<String>,
    },
    /// Another drill is running: one at a time.
    DrillRuns {
        /// Which.
        drill: DrillId,
    },
    /// The drill is not running.
    DrillRests {
        /// Which.
        drill: DrillId,
    },
    /// The state folder cannot be written, so nothing that must be remembered can begin.
    Store,
    /// The pace is not one.
    Pace {
        /// The highest there is.
        highest: u32,
    },
    /// It has no effect in this drill.
    NoEffect {
        /// Which drill.
        drill: DrillId,
        /// Why.
        why: Ignored,
        /// The inject it was about.
        inject: Option<InjectId>,
    },
    /// What changed in the site's files cannot be taken up now; nothing was.
    Obstacles(Vec<Obstacle>),
    /// The site's files have mistakes; nothing was taken up.
    Mistakes(Vec<Text>),
    /// Something in the store cannot be read.
    Unreadable {
        /// What the store said.
        why: String,
        /// What kind of trouble it is.
        #[serde(default)]
        cause: Cause,
    },
    /// A question in SQL is not answered.
    NoAnswer(NoAnswer),
    /// No daemon runs that could say how it is doing.
    NoDaemon,
    /// vigie is stopping.
    Stopping,
    /// It was asked in a way that this version does not know.
    NotUnderstood {
        /// What was wrong with it.
        why: String,
    },
}

/// What keeps changed files from being taken up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// A part of `vigie.yaml` that only a new start can take up: its key.
    NeedsStart(String),
    /// People, chains or `drills` changed while an exercise is running.
    ExerciseRuns,
}
