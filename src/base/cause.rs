//! What keeps the store from being used, as one of few kinds: whoever runs vigie does something else about each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What keeps the store from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// There is no room on its disk.
    Full,
    /// Another program holds it.
    Locked,
    /// What stands in the file makes no sense any more.
    Damaged,
    /// This account may not write there, or nobody may.
    Denied,
    /// Another file stands in its place.
    Displaced,
    /// The disk or the file system failed.
    Disk,
    /// Something else.
    #[default]
    Other,
}
