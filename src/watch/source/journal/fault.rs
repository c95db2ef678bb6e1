//! What can keep a journal from being read, in words for the person who can put it right.

use crate::base::id::SourceName;
use crate::base::language::Text;
use crate::watch::source::trouble::{Gravity, Trouble};
use crate::words::journal as words;

/// What can happen to a journal that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is no journalctl on this machine.
    NoProgram,
    /// It cannot be started: why.
    Unstarted(String),
    /// It ended: what it said last.
    Over(String),
    /// It may not see all entries.
    Partly,
    /// There is no entry where it looks, or none that it may see.
    Nothing,
    /// An entry that is none, or is too long.
    Unreadable,
}

impl Fault {
    /// Whether it goes on while entries come.
    pub(super) fn lasts(&self) -> bool {
        *self == Self::Partly
    }

    /// The words for it.
    pub(super) fn report(&self, source: &SourceName, place: String) -> Trouble {
        let (what, remedy): (Text, Text) = match self {
            Self::NoProgram => (words::no_program(), words::mend_no_program()),
            Self::Unstarted(why) => (words::unstarted(why), words::mend_unstarted()),
            Self::Over(said) => (words::over(said), words::mend_over()),
            Self::Partly => (words::partly(), words::mend_partly()),
            Self::Nothing => (words::nothing(), words::mend_nothing()),
            Self::Unreadable => (words::unreadable(), words::mend_unreadable()),
        };
        Trouble { source: source.clone(), file: place, gravity: Gravity::Warning, what, remedy }
    }
}
