//! What is shown of what was kept.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::caller::DoneBy;
use crate::alert::chain::Pace;
use crate::alert::duty::Given;
use crate::alert::{Alert, Detection, Matcher, Silence};
use crate::base::fault::Fault;
use crate::base::id::{AlertId, ChannelName, EntryId, PageId, PersonId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::drill::play::Play;

/// One alert with all its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlertView {
    /// The alert.
    pub alert: Alert,
    /// What it is made of, by numbers.
    #[serde(default)]
    pub detections: Vec<(u64, Detection)>,
    /// What must be declared because of it.
    #[serde(default)]
    pub(crate) duties: Vec<Given>,
    /// Its pages, in their order.
    pub pages: Vec<PageView>,
    /// What the ledger says of it.
    #[serde(default)]
    pub(crate) story: Vec<EntryView>,
}

/// The silences of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Silences {
    /// Those that people made.
    pub(crate) silences: Vec<SilenceView>,
    /// Those that come again each week, as the site's files say; none where no daemon runs.
    #[serde(default)]
    pub(crate) windows: Vec<WindowView>,
}

/// A silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct SilenceView {
    /// The silence.
    pub(crate) silence: Silence,
    /// The open alerts that people are not told of because of it.
    pub(crate) alerts: Vec<AlertId>,
}

/// A maintenance window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct WindowView {
    /// What it is about.
    pub(crate) matcher: Matcher,
    /// Nothing graver than this is silenced.
    pub(crate) up_to: Level,
    /// Why.
    pub(crate) reason: String,
    /// Who answers for it.
    pub(crate) owner: PersonId,
    /// When it ends; nothing while it is not open.
    pub(crate) until: Option<Timestamp>,
    /// When it next opens; nothing while it is open.
    pub(crate) next: Option<Timestamp>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PageView {
    /// Its number.
    pub page: PageId,
    /// To whom.
    pub person: PersonId,
    /// By which channel.
    pub channel: ChannelName,
    /// Where it stands: `owed`, `sending`, `accepted`, `failed`, `cancelled`.
    pub state: String,
    /// How often it was handed to the channel.
    pub attempts: u32,
    /// When it was decided.
    pub created: Timestamp,
    /// What the channel said last.
    pub receipt: Option<String>,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryView {
    /// Its number.
    pub id: EntryId,
    /// When it happened.
    pub at: Timestamp,
    /// Real, or of a drill.
    pub realm: Realm,
    /// What kind of thing happened, such as `page.accepted`.
    pub kind: String,
    /// The particulars. What this version knows is read with [`super::Fact::read`].
    pub body: Value,
    /// Its seal, in hexadecimal.
    pub seal: String,
}

impl EntryView {
    /// By which account it was done, where it was done by a command. Versions before did not know.
    pub(crate) fn done_by(&self) -> Option<DoneBy> {
        DoneBy::deserialize(&self.body).ok()
    }
}

/// Where the ledger stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeadView {
    /// How many entries there are.
    pub entries: u64,
    /// The seal of the last one, in hexadecimal.
    pub head: String,
}

/// Whether the ledger is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LedgerView {
    /// It is, up to its head.
    Whole {
        /// How many entries there are.
        entries: u64,
        /// The seal of the last one.
        head: String,
        /// Whether an entry has the seal that was asked about; nothing where none was.
        holds: Option<bool>,
        /// How many entries were lost with a damaged store.
        #[serde(default)]
        missing: u64,
        /// Of how many entries the body was erased.
        #[serde(default)]
        erased: u64,
        /// How many entries say that it was found broken.
        #[serde(default)]
        breaks: u64,
        /// From which entry on they are sealed with the site's key.
        #[serde(default)]
        keyed: Option<u64>,
    },
    /// It is not what was written.
    Broken {
        /// The first entry that does not hold.
        entry: EntryId,
        /// What is wrong with it.
        what: Fault,
    },
}

/// An exercise, as far as a report needs it: also where the files of its playbook were changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrillView {
    /// The name of the playbook's file.
    pub name: String,
    /// The playbook's text.
    pub text: String,
    /// The files beside it that it uses.
    pub files: BTreeMap<String, String>,
    /// The exercise machine.
    #[schemars(with = "Value")]
    pub play: Play,
    /// How fast the script runs.
    pub pace: Pace,
}
