//! What can be asked of vigie, what it answers, and what it tells of by itself: plain values without a sentence, the
//! same for every door. The local socket, the command line and rehearsals speak it; a page in a browser will.
//!
//! Knows nothing of sockets, stores and rules. Whoever shows something to a person makes the words.

mod answer;
mod caller;
mod command;
mod fact;
mod inspection;
mod purpose;
mod query;
mod shown;
mod status;
mod view;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::answer::{Answer, Done, Obstacle, Refusal, Reloaded};
pub use self::caller::{Caller, DoneBy, Speaker};
pub use self::command::{Act, Command, Proof, Seen};
pub use self::fact::{
    AlertFact, ChainFact, ClockFact, CoreFact, DutyFact, Fact, LostDrill, PageEnd, PageFact, RulesFact, ScanFact,
    SourceFact, StoreFact, Told, WhyLost, WhyReplaced,
};
pub(crate) use self::fact::{LedgerFact, SilenceFact};
pub use self::inspection::{NoAnswer, RowsView, StoreView, TableView};
pub(crate) use self::purpose::Lane;
pub use self::purpose::Purpose;
pub use self::query::{Ask, Query, Request};
pub use self::status::{DrillStatus, InjectStatus, NotArmed, SourceStatus, SourceTrouble, Status, Suffering};
pub use self::view::{AlertView, DrillView, EntryView, HeadView, LedgerView, PageView, Silences};
pub(crate) use self::view::{SilenceView, WindowView};

/// The version of these shapes. It grows when something that was understood before would be misunderstood; what is only
/// added leaves it alone.
pub const VERSION: u32 = 1;

/// One of everything that is said between vigie and whoever talks to it, for its schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Conversation {
    /// What is asked.
    Request(Request),
    /// What is answered.
    Answer(Answer),
    /// What is told without being asked.
    Told(Told),
}
