//! A log as Windows itself keeps it (`.evtx`), one line of JSON for each record. Knows nothing of what a record says.
//! Reading them brings more crates than all other logs together: who needs none of it builds without the feature `evtx`.

#[cfg(feature = "evtx")]
mod newer;
#[cfg(not(feature = "evtx"))]
#[path = "evtx/absent.rs"]
mod records;
#[cfg(feature = "evtx")]
mod records;

#[cfg(feature = "evtx")]
pub(super) use newer::{Newer, newer, newest};
#[cfg(not(feature = "evtx"))]
pub(super) use records::{Newer, newer, newest};
pub(super) use records::{Records, records};

/// What the first bytes of such a file are.
pub(super) const MAGIC: &[u8] = b"ElfFile\0";
