//! What a running daemon tells of by itself.

use std::path::PathBuf;

use crate::api::Told;
use crate::base::id::{ChannelName, DrillId};
use crate::base::language::Text;

/// Something that whoever watches the daemon should know.
#[derive(Debug, Clone)]
pub enum Notice {
    /// Something happened.
    Fact(Told),
    /// A channel cannot be used; its pages are refused, and all else goes on.
    ChannelShut {
        /// Which.
        channel: ChannelName,
        /// Why.
        why: Text,
    },
    /// Something of vigie's own was open to other accounts.
    Open {
        /// What.
        path: PathBuf,
        /// How it was.
        mode: u32,
        /// Why it still is; nothing where it is closed now.
        why: Option<String>,
    },
    /// A card was put where the facilitator finds it.
    Card {
        /// Of which drill.
        drill: DrillId,
        /// Where.
        path: PathBuf,
    },
    /// A card could not be put there.
    CardLost {
        /// Of which drill.
        drill: DrillId,
        /// Where it was to be.
        path: PathBuf,
        /// Why not.
        why: String,
        /// What it says.
        text: String,
    },
}
