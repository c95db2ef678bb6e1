//! A log as Windows itself keeps it (`.evtx`), one line of JSON for each record. Knows nothing of what a record says.
//! Reading them brings more crates than all other logs together: who needs none of it builds without the feature `evtx`.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};

#[cfg(not(feature = "evtx"))]
#[path = "evtx/absent.rs"]
mod records;
#[cfg(feature = "evtx")]
mod records;

pub(super) use records::{Records, records};

/// What the first bytes of such a file are.
const MAGIC: &[u8] = b"ElfFile\0";

/// Whether the file that `file` was opened on is such a log. Leaves it at its beginning.
pub(super) fn is_records(file: &mut File) -> io::Result<bool> {
    let mut start = [0; MAGIC.len()];
    let mut read = 0;
    while read < start.len() {
        match file.read(&mut start[read..])? {
            0 => break,
            more => read += more,
        }
    }
    // Pipes cannot be rewound, and are none of these logs.
    if read > 0 && file.rewind().is_err() {
        return Err(io::Error::new(io::ErrorKind::Unsupported, "is not a file that can be read again"));
    }
    Ok(&start[..read] == MAGIC)
}
