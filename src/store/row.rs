//! What the store keeps, row by row. Machines' states travel as JSON text that only their owners read.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::numbers::Last;
use crate::base::id::{
    AlertId, ChannelName, DrillId, DutyId, EntryId, PageId, PersonId, PlaybookId, RuleId, SilenceId, SourceName,
};
use crate::base::realm::Realm;
use crate::base::seal::Seal;

/// How far a file of a source has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionRow {
    /// The source.
    pub source: SourceName,
    /// The file generation, as its source names it.
    pub file: String,
    /// The source's own words for the place; nothing to forget the file.
    pub state: Option<String>,
}

/// An alert and its escalation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// Its number.
    pub id: AlertId,
    /// Real, or of a drill.
    pub realm: Realm,
    /// The rule that matched; nothing for an alert raised by hand.
    pub rule: Option<RuleId>,
    /// Hits of the same rule and subject join the same open alert.
    pub grouping: String,
    /// Whether it still waits for somebody to end it.
    pub open: bool,
    /// Title, level, subject, counts and times, as JSON.
    pub body: String,
    /// The escalation along its chain, as JSON; nothing where no chain takes alerts of its level.
    pub escalation: Option<String>,
    /// When it last changed.
    pub changed: Timestamp,
}

/// A detection of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DetectionRow {
    /// The alert.
    pub(crate) alert: AlertId,
    /// Its number there, from 1.
    pub(crate) number: u64,
    /// What its hits share.
    pub(crate) grouping: String,
    /// The detection as JSON; nothing to take it out of the alert.
    pub(crate) body: Option<String>,
}

/// A further subject that joined an open alert which stands for many, as versions before kept it. It is forgotten with
/// that alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JoinedRow {
    /// Real, or of a drill.
    pub(crate) realm: Realm,
    /// What its hits share.
    pub(crate) grouping: String,
    /// The alert it joined.
    pub(crate) alert: AlertId,
}

/// Where a page stands on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageState {
    /// Waiting for its turn or its next try.
    Owed,
    /// Handed to the peer; nothing heard yet.
    Sending,
    /// Left where the peer takes it from; still there when it was last looked at.
    Spooled,
    /// The peer took it.
    Accepted,
    /// It will never be taken.
    Failed,
    /// No longer wanted.
    Cancelled,
}

impl PageState {
    /// The word kept in the store.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Owed => "owed",
            Self::Sending => "sending",
            Self::Spooled => "spooled",
            Self::Accepted => "accepted",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state that `word` names.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Owed, Self::Sending, Self::Spooled, Self::Accepted, Self::Failed, Self::Cancelled]
            .into_iter()
            .find(|state| state.word() == word)
    }

    /// Whether nothing more will happen to the page.
    pub fn settled(self) -> bool {
        !matches!(self, Self::Owed | Self::Sending | Self::Spooled)
    }
}

/// One message owed to one person by one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// Its number.
    pub id: PageId,
    /// Real, or of a drill.
    pub realm: Realm,
    /// The alert it speaks of; nothing for a message of a drill.
    pub alert: Option<AlertId>,
    /// What makes it unique: the same key is the same page, for ever.
    pub key: String,
    /// To whom.
    pub person: PersonId,
    /// By which channel.
    pub channel: ChannelName,
    /// Where it stands.
    pub state: PageState,
    /// How often it was handed to the peer.
    pub attempts: u32,
    /// Not before this instant.
    pub due: Timestamp,
    /// The page itself as JSON, address and words.
    pub letter: String,
    /// What the peer said last.
    pub receipt: Option<String>,
    /// When it was decided.
    pub created: Timestamp,
}

/// A drill and its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillRow {
    /// Its number.
    pub id: DrillId,
    /// The playbook played.
    pub playbook: PlaybookId,
    /// Whether it is over.
    pub ended: bool,
    /// The exercise machine and what belongs to it, as JSON.
    pub state: String,
    /// When it last changed.
    pub changed: Timestamp,
}

/// A silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SilenceRow {
    /// Its number.
    pub(crate) id: SilenceId,
    /// Whether it is over.
    pub(crate) is_over: bool,
    /// The silence as JSON.
    pub(crate) body: String,
}

/// A duty that was given because of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DutyRow {
    /// The alert.
    pub(crate) alert: AlertId,
    /// What to declare.
    pub(crate) duty: DutyId,
    /// Whether nothing more is to be done.
    pub(crate) is_over: bool,
    /// The duty as JSON.
    pub(crate) body: String,
}

/// Something to write in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewEntry {
    /// When it happened.
    pub(crate) at: Timestamp,
    /// Real, or of a drill.
    pub(crate) realm: Realm,
    /// What kind of thing happened, such as `page.accepted`.
    pub(crate) kind: String,
    /// The particulars, as a JSON object.
    pub(crate) body: String,
}

/// A line of the ledger, sealed to the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number; entries are numbered from 1 without gaps.
    pub id: EntryId,
    /// When it happened.
    pub at: Timestamp,
    /// Real, or of a drill.
    pub realm: Realm,
    /// What kind of thing happened.
    pub kind: String,
    /// The particulars, as a JSON object.
    pub body: String,
    /// SHA-256 over this entry and the seal of the one before.
    pub seal: Seal,
}

/// What a daemon finds when it starts.
#[derive(Debug, Clone, Default)]
pub struct Recovered {
    /// How far the logs were read.
    pub positions: Vec<PositionRow>,
    /// Correlation windows.
    pub windows: Vec<(String, String)>,
    /// Open alerts, and the latest of those that are over.
    pub alerts: Vec<AlertRow>,
    /// What they are made of.
    pub(crate) detections: Vec<DetectionRow>,
    /// Subjects that joined an open alert of another one.
    pub(crate) joined: Vec<JoinedRow>,
    /// Pages that are owed or whose fate is unknown.
    pub pages: Vec<PageRow>,
    /// Silences that are not over, and the last one.
    pub(crate) silences: Vec<SilenceRow>,
    /// Duties that are open, and those of alerts that may go on.
    pub(crate) duties: Vec<DutyRow>,
    /// What is remembered by a name.
    pub(crate) notes: Vec<(String, String)>,
    /// All drills: running ones go on, and lines of ended ones may still be read.
    pub drills: Vec<DrillRow>,
    /// The highest numbers given so far.
    pub last: Last,
    /// The time of the last ledger entry.
    pub latest: Option<jiff::Timestamp>,
    /// The tables of which rows cannot be read, and how many.
    pub unreadable: Vec<(&'static str, u64)>,
}
