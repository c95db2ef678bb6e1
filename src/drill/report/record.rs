//! What happened in a drill, as plain values: everything a report says and nothing it has to look up.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::score::{Rating, Tally};
use crate::base::id::{AlertId, ChainId, ChannelName, DrillId, InjectId, ObjectiveId, PersonId, PlaybookId, RuleId};
use crate::base::language::Text;
use crate::drill::inject::ActionKind;
use crate::drill::play::{Ending, Verdict};
use crate::drill::playbook::{Awaited, Cell, Class};

/// What happened in a drill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The version of this shape.
    pub format: u32,
    /// The hospital.
    pub site: String,
    /// The playbook's name.
    pub playbook: PlaybookId,
    /// The playbook's title.
    pub title: Text,
    /// The real event it follows.
    pub leans_on: Option<Text>,
    /// SHA-256 of the playbook and its files of lines: equal digests mean that results can be compared.
    pub digest: String,
    /// The drill's number.
    pub drill: DrillId,
    /// With people or without.
    pub mode: Mode,
    /// How many times as fast as real time the script ran.
    pub pace: u32,
    /// How long the script lasts at most.
    pub duration: SignedDuration,
    /// When it began.
    pub started: When,
    /// When it ended; nothing while it goes on.
    pub ended: Option<When>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// When the script stood still.
    pub gaps: Vec<GapRecord>,
    /// Who played.
    pub cells: Vec<Cell>,
    /// The expectations of all objectives together.
    pub tally: Tally,
    /// How each objective came out.
    pub objectives: Vec<ObjectiveRecord>,
    /// Every inject of the script, in its order.
    pub injects: Vec<InjectRecord>,
    /// The rules that matched.
    pub hits: Vec<HitRecord>,
    /// The pages that were accepted.
    pub pages: Vec<PageRecord>,
    /// Who said "I have it".
    pub acks: Vec<AckRecord>,
    /// What was written down.
    pub notes: Vec<NoteRecord>,
    /// Real alerts that were raised meanwhile.
    pub real_alerts: Vec<AlertRecord>,
    /// Where the ledger stood when this was made.
    pub ledger: Option<LedgerHead>,
    /// Names of people to show instead of their identifiers.
    pub people: BTreeMap<String, String>,
    /// Titles of rules to show beside their identifiers.
    pub rules: BTreeMap<RuleId, Text>,
}

/// Whether people played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Nobody: the cast of the playbook answered, on a virtual clock.
    Rehearsal,
    /// People played.
    Live,
}

/// An instant, on the wall and in the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The real instant.
    pub real: Timestamp,
    /// Seconds to add to UTC for the clock on the wall at that instant.
    pub offset: i32,
    /// How much of the script had passed.
    pub script: SignedDuration,
}

/// A time during which the script stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapRecord {
    /// Since when.
    pub from: When,
    /// Until when.
    pub to: Option<When>,
}

/// How long something took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Took {
    /// In real time, without the pauses.
    pub real: SignedDuration,
    /// In script time.
    pub script: SignedDuration,
}

/// How an objective came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveRecord {
    /// Its name.
    pub id: ObjectiveId,
    /// Its wording.
    pub title: Text,
    /// Its expectations.
    pub tally: Tally,
    /// The rating that the share suggests; nothing where nothing could be judged.
    pub suggested: Option<Rating>,
}

/// One inject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InjectRecord {
    /// Its name.
    pub id: InjectId,
    /// Its title.
    pub title: Text,
    /// What it is for.
    pub class: Class,
    /// What kind it is.
    pub kind: ActionKind,
    /// Who it was for.
    pub to: Vec<String>,
    /// The moment in the script, if it has one.
    pub planned: Option<SignedDuration>,
    /// When it was played.
    pub played: Option<When>,
    /// When it reached its aim; for a call, when it was made.
    pub confirmed: Option<When>,
    /// What became of it.
    pub outcome: Outcome,
    /// Its log lines.
    pub lines: Option<LineCount>,
    /// What should have followed.
    pub expectations: Vec<ExpectationRecord>,
    /// The decision it asked for.
    pub decision: Option<DecisionRecord>,
}

/// Log lines of an inject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCount {
    /// In the script.
    pub planned: usize,
    /// Handed out.
    pub sent: usize,
    /// Known to be written.
    pub written: usize,
}

/// What became of an inject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was played.
    Played,
    /// It was begun and broken off.
    BrokenOff,
    /// A call: the card was shown, and nobody said that the call was made.
    CallNotMade,
    /// It could not be delivered.
    Failed {
        /// Why.
        why: String,
    },
    /// The facilitator left it out.
    Skipped,
    /// The option that leads to it was not chosen.
    NotChosen,
    /// It waited for the facilitator, who did not play it.
    NotFired,
    /// Its moment did not come.
    NotReached,
}

impl Outcome {
    /// Whether it is out of the ordinary: something that should have been played was not, or not wholly.
    pub(crate) fn is_amiss(&self) -> bool {
        !matches!(self, Self::Played | Self::NotChosen | Self::NotFired)
    }
}

/// One expectation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectationRecord {
    /// What was awaited.
    pub awaited: Awaited,
    /// The objective it serves.
    pub objective: Option<ObjectiveId>,
    /// How long it was allowed to take, in script time.
    pub within: SignedDuration,
    /// How it was judged.
    pub verdict: Verdict,
    /// How long it took.
    pub took: Option<Took>,
    /// What shows it.
    pub proof: Option<String>,
    /// What the observer wrote.
    pub note: Option<NoteOf>,
}

/// An observer's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteOf {
    /// Who.
    pub by: String,
    /// What.
    pub text: String,
}

/// A decision that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    /// The question.
    pub ask: Text,
    /// What could be chosen.
    pub options: Vec<OptionRecord>,
    /// What is taken when nobody decides.
    pub default: String,
    /// How long the players had, in script time.
    pub within: SignedDuration,
    /// What the players chose.
    pub chosen: Option<String>,
    /// Who said so.
    pub by: Option<String>,
    /// When it was chosen, or when the default was taken.
    pub at: Option<When>,
    /// How long the players took.
    pub took: Option<Took>,
}

/// Something that could be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionRecord {
    /// Its name.
    pub name: String,
    /// Its wording.
    pub label: Text,
}

/// A rule that matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitRecord {
    /// When.
    pub at: When,
    /// Which rule.
    pub rule: RuleId,
    /// The alert it led to.
    pub alert: AlertId,
}

/// A page that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRecord {
    /// When.
    pub at: When,
    /// By which chain.
    pub chain: ChainId,
    /// To whom.
    pub person: PersonId,
    /// By which channel.
    pub channel: ChannelName,
}

/// Somebody said "I have it".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AckRecord {
    /// When.
    pub at: When,
    /// On which chain.
    pub chain: ChainId,
    /// Which alert.
    pub alert: AlertId,
    /// Who.
    pub by: PersonId,
}

/// Something that was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRecord {
    /// When.
    pub at: When,
    /// Who wrote.
    pub by: String,
    /// What.
    pub text: String,
}

/// A real alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertRecord {
    /// When.
    pub at: When,
    /// Which.
    pub alert: AlertId,
}

/// The end of the ledger at some instant: whoever holds this can tell later whether the ledger was rewritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerHead {
    /// The SHA-256 of its last entry.
    pub head: String,
    /// How many entries it has.
    pub entries: u64,
}

impl Record {
    /// The name to show for a person or a rota.
    pub(crate) fn name_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.people.get(id).map_or(id, String::as_str)
    }
}
