//! Where lines come from, one file for each kind of source. Knows nothing of what a line says.

pub mod file;
pub mod inject;
pub mod replay;
pub mod trouble;

mod bytes;
mod encoding;
mod evtx;
mod split;

use super::line::{Batch, Position};
use trouble::Trouble;

/// What a source hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// Lines, and the positions to commit with them.
    Batch(Batch),
    /// Something that somebody should know about the source.
    Trouble(Trouble),
}

/// The position at the line that begins at `offset`, instead of behind it: for whoever is not done with that line when
/// what came before it is committed.
pub fn at_line(position: &Position, offset: u64) -> Position {
    let state = position.state.as_deref().and_then(|state| file::state_at(state, offset));
    Position { state: state.or_else(|| position.state.clone()), ..position.clone() }
}
