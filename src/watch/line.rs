//! A line of a log as it was read, before anybody knows what it says.

use jiff::Timestamp;

use crate::base::id::SourceName;

/// One line, without its line ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text. Bytes that are not UTF-8 are read as Windows-1252.
    pub text: String,
    /// Offset of its first byte in its file.
    pub offset: u64,
    /// Length in bytes as written, where the line was too long and only its head is in `text`.
    pub cut_from: Option<u64>,
}

/// How far a file has been read, to be kept together with what was derived from it. Only the intake that made it reads
/// `state`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The file generation this speaks of, unique in its source.
    pub file: String,
    /// How to find the place again; nothing where the file is done with and can be forgotten.
    pub state: Option<String>,
}

/// Lines of one source that were read together, and the positions behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Where they come from.
    pub source: SourceName,
    /// The file they were read from, for messages.
    pub file: String,
    /// When they were read.
    pub arrived: Timestamp,
    /// The lines, in the order of the file.
    pub lines: Vec<Line>,
    /// What to commit together with whatever these lines lead to.
    pub positions: Vec<Position>,
}
