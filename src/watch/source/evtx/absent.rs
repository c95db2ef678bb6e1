//! What stands in for the reader of such logs where vigie was built without it: they are refused in words.

use std::fs::File;
use std::io;

use crate::watch::line::Line;

/// Records that nobody can read here: there are none.
#[derive(Debug)]
pub(in crate::watch::source) enum Records {}

/// Records that are new, of which there are none here.
#[derive(Debug, Default)]
pub(in crate::watch::source) struct Newer {
    pub(in crate::watch::source) records: Vec<(u64, String)>,
    pub(in crate::watch::source) last: u64,
    pub(in crate::watch::source) more: bool,
    pub(in crate::watch::source) waits: bool,
    pub(in crate::watch::source) broken: u64,
}

/// Says that this vigie cannot read such a log, and which one can.
fn refused() -> io::Error {
    io::Error::new(
        io::ErrorKind::Unsupported,
        "is a log as Windows keeps it (.evtx), and this vigie was built without the feature `evtx`; build it with its \
         default features, or give it the log as JSON",
    )
}

/// Refuses to read records.
pub(in crate::watch::source) fn records(_: File) -> io::Result<Records> {
    Err(refused())
}

/// Refuses to look for new ones.
pub(in crate::watch::source) fn newer(_: &File, _: u64, _: bool) -> io::Result<Newer> {
    Err(refused())
}

/// Refuses to look for the newest.
pub(in crate::watch::source) fn newest(_: &File) -> io::Result<u64> {
    Err(refused())
}

impl Records {
    /// How many records were given so far.
    pub(in crate::watch::source) fn at(&self) -> u64 {
        match *self {}
    }

    /// How many records so far could not be read.
    pub(in crate::watch::source) fn broken(&self) -> u64 {
        match *self {}
    }
}

impl Iterator for Records {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use crate::watch::source::replay;

    #[test]
    fn a_log_of_windows_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Security.evtx");
        std::fs::write(&path, b"ElfFile\0and so on").unwrap();
        let refused = replay::open(&path).unwrap_err().to_string();
        assert!(refused.contains("without the feature `evtx`"), "{refused}");
    }
}
