//! What can be wrong with a source, in words for the person who can put it right.

use crate::base::id::SourceName;
use crate::base::language::Text;
use crate::words::source as words;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Worth knowing; may be as intended.
    Notice,
    /// Lines are not read, or were lost.
    Warning,
}

/// Something wrong with a source. Reported once, and again only after it has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The source.
    pub source: SourceName,
    /// The file, with unprintable characters escaped.
    pub file: String,
    /// How much it matters.
    pub gravity: Gravity,
    /// What happened.
    pub what: Text,
    /// What to do about it.
    pub remedy: Text,
}

/// What can happen to a followed file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Fault {
    /// No file of that name, or no file matches.
    Missing,
    /// It was there, and is not any more.
    Gone,
    /// It is a directory, FIFO, socket or device.
    NotAFile,
    /// It may not be read.
    Denied,
    /// The operating system refused for another reason.
    Unreadable(String),
    /// Its content went away before it was read: at least so many bytes.
    Lost(u64),
    /// Its end is gone that was read already: so far it was read, and from there it is read again.
    CutBack {
        /// The byte up to which it was read.
        read: u64,
        /// The byte from which it is read again.
        from: u64,
    },
    /// It vanished while vigie was stopped: the byte up to which it was read.
    Vanished(u64),
    /// It was packed, and what is packed cannot be unpacked behind this byte.
    Damaged(u64),
    /// So many records of a log of Windows are damaged.
    Records(u64),
    /// A program wrote over lines of an exercise.
    Overwritten,
    /// Its position was kept in a form that cannot be read.
    Position,
    /// The pattern is not one.
    Pattern(String),
    /// The operating system gives no hints about changes.
    Unwatched(String),
}

impl Fault {
    /// The order in which faults of one file are shown.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Gone => 0,
            Self::Missing => 1,
            Self::Denied => 2,
            Self::Unreadable(_) => 3,
            Self::NotAFile => 4,
            Self::Pattern(_) => 5,
            Self::Lost(_)
            | Self::CutBack { .. }
            | Self::Vanished(_)
            | Self::Damaged(_)
            | Self::Records(_)
            | Self::Overwritten
            | Self::Position
            | Self::Unwatched(_) => 6,
        }
    }

    /// The words for it.
    pub(super) fn report(&self, source: &SourceName, file: String) -> Trouble {
        let gravity = match self {
            Self::Missing | Self::NotAFile | Self::CutBack { .. } | Self::Unwatched(_) => Gravity::Notice,
            _ => Gravity::Warning,
        };
        Trouble { source: source.clone(), file, gravity, what: self.what(), remedy: self.remedy() }
    }

    fn what(&self) -> Text {
        match self {
            Self::Missing => words::missing(),
            Self::Gone => words::gone(),
            Self::NotAFile => words::not_a_file(),
            Self::Denied => words::denied(),
            Self::Unreadable(why) => words::unreadable(why),
            Self::Lost(bytes) => words::lost(bytes),
            Self::CutBack { read, from } => words::cut_back(read, from),
            Self::Vanished(read) => words::vanished(read),
            Self::Damaged(read) => words::damaged(read),
            Self::Records(count) => words::broken_records(*count),
            Self::Overwritten => words::overwritten(),
            Self::Position => words::position(),
            Self::Pattern(why) => words::pattern(why),
            Self::Unwatched(why) => words::unwatched(why),
        }
    }

    fn remedy(&self) -> Text {
        match self {
            Self::Missing => words::mend_missing(),
            Self::Gone => words::mend_gone(),
            Self::NotAFile => words::mend_not_a_file(),
            Self::Denied => words::mend_denied(),
            Self::Unreadable(_) => words::mend_unreadable(),
            Self::Lost(_) => words::mend_lost(),
            Self::CutBack { .. } => words::mend_cut_back(),
            Self::Vanished(_) => words::mend_vanished(),
            Self::Damaged(_) => words::mend_damaged(),
            Self::Records(_) => words::mend_broken_records(),
            Self::Overwritten => words::mend_overwritten(),
            Self::Position => words::mend_position(),
            Self::Pattern(_) => words::mend_pattern(),
            Self::Unwatched(_) => words::mend_unwatched(),
        }
    }
}
