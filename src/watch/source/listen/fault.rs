//! What can be wrong with a listener, in words for the person who can put it right.

use crate::base::id::SourceName;
use crate::watch::source::trouble::{Gravity, Trouble};
use crate::words::listen as words;

use super::frame::Garbage;

/// What can happen where messages are listened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The address cannot be had.
    Taken(String),
    /// The system threw so many datagrams away.
    Dropped(u64),
    /// A sender's bytes could not be cut into messages.
    Garbage(Garbage),
    /// What comes cannot be put into the spool: why.
    Unspooled(String),
    /// So many bytes of a spool could not be understood.
    Unreadable(u64),
    /// A sender and vigie did not agree on encryption: why.
    Refused(String),
    /// The certificates cannot be used: why.
    Certificate(String),
    /// There are as many connections as there may be.
    Crowded(usize),
}

impl Fault {
    /// The words for it; `place` is the address that is listened at, or the sender's.
    pub(super) fn report(&self, source: &SourceName, place: String) -> Trouble {
        let (what, remedy) = match self {
            Self::Taken(why) => (words::taken(why), words::mend_taken()),
            Self::Dropped(count) => (words::dropped(count), words::mend_dropped()),
            Self::Garbage(Garbage::NoText) => (words::no_text(), words::mend_no_text()),
            Self::Garbage(Garbage::Count) => (words::wrong_count(), words::mend_wrong_count()),
            Self::Unspooled(why) => (words::unspooled(why), words::mend_unspooled()),
            Self::Unreadable(bytes) => (words::unreadable(bytes), words::mend_unreadable()),
            Self::Refused(why) => (words::refused(why), words::mend_refused()),
            Self::Certificate(why) => (words::certificate(why), words::mend_certificate()),
            Self::Crowded(most) => (words::crowded(most), words::mend_crowded()),
        };
        Trouble { source: source.clone(), file: place, gravity: Gravity::Warning, what, remedy }
    }
}
