//! A gesture that somebody has done.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::id::PersonId;
use crate::base::language::Text;

/// A first gesture that was ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tick {
    /// Which, in its words.
    pub(crate) gesture: Text,
    /// By whom.
    pub(crate) by: PersonId,
    /// When.
    pub(crate) at: Timestamp,
}
