//! A line of a log as it was read, before anybody knows what it says.

use std::ops::Range;

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

/// Where a line stands, for whoever looks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePlace {
    /// The log, by the name that its program writes to: it may be rotated away by now. Nothing where it has none.
    pub(crate) log: Option<String>,
    /// As [`Line::offset`]; of a record of several lines, the last of them.
    pub(crate) offset: u64,
}

/// Lines of one log that were read together. All of them are in one text, since most are looked at once and never again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// The texts of the lines, one after the other without anything between them.
    pub text: String,
    /// Where each line is, in the order of the log.
    pub lines: Vec<Span>,
}

/// Where a line is in its [`Block`], and in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its place in the text of the block.
    pub at: Range<usize>,
    /// As [`Line::offset`].
    pub offset: u64,
    /// As [`Line::cut_from`].
    pub cut_from: Option<u64>,
}

impl Block {
    /// Adds a line.
    pub fn push(&mut self, text: &str, offset: u64, cut_from: Option<u64>) {
        let start = self.text.len();
        self.text.push_str(text);
        self.lines.push(Span { at: start..self.text.len(), offset, cut_from });
    }

    /// The lines one after the other, and the offset of each in its file.
    pub fn texts(&self) -> impl Iterator<Item = (&str, u64)> {
        self.lines.iter().map(|span| (&self.text[span.at.clone()], span.offset))
    }
}

/// How far a file has been read, to be kept together with what was derived from it. Only the source that made it reads
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
    /// The stream they continue, by a name that is its own in the source: a log whatever its file is called by now.
    pub stream: String,
    /// When they were read.
    pub arrived: Timestamp,
    /// The lines, in the order of the file.
    pub lines: Vec<Line>,
    /// What to commit together with whatever these lines lead to. Where there are lines, the first one is that of their
    /// file.
    pub positions: Vec<Position>,
    /// Streams of which nothing more will come.
    pub ended: Vec<String>,
    /// It is not known how far these lines were read before: what happened earlier than this, or nobody knows when, is not
    /// wanted again.
    pub since: Option<Timestamp>,
}
