//! How far a stream was read, as it is kept: the number of a line.

use serde::{Deserialize, Serialize};

use crate::watch::line::Position;

/// How far a stream was read, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reached {
    /// The number of the first line of which nothing is kept yet.
    line: u64,
}

/// The position of a stream of which everything before `line` was read.
pub(crate) fn position(stream: &str, line: u64) -> Position {
    let state = serde_json::to_string(&Reached { line }).expect("a number is plain data");
    Position { file: stream.to_owned(), state: Some(state) }
}

/// The same position at another line; nothing where it is of another kind.
pub(crate) fn state_at(state: &str, line: u64) -> Option<String> {
    serde_json::from_str::<Reached>(state).ok()?;
    serde_json::to_string(&Reached { line }).ok()
}

/// The line of such a position.
pub(super) fn line_of(position: &Position) -> Option<u64> {
    serde_json::from_str::<Reached>(position.state.as_deref()?).ok().map(|reached| reached.line)
}
