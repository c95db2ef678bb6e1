//! Where lines come from, one file for each kind of source. Knows nothing of what a line says.

pub mod follow;
pub mod inject;
pub mod replay;
pub mod trouble;

mod encoding;
mod evtx;
mod split;

use super::line::Batch;
use trouble::Trouble;

/// What a source hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// Lines, and the positions to commit with them.
    Batch(Batch),
    /// Something that somebody should know about the source.
    Trouble(Trouble),
}
