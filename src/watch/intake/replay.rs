//! One pass over a log that already exists, with the same rules for lines as following. Keeps no position. A log as
//! Windows keeps it (`.evtx`) is read too, each of its records as one line of JSON.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::evtx::{Records, is_records, records};
use super::split::Splitter;
use crate::watch::line::Line;

/// How much is read at a time.
const PIECE: usize = 256 * 1024;

/// How many lines are held at a time.
const ROOM: usize = 2000;

/// The lines of a file, from its first to its last; a last line without a newline counts. Little of the file is in
/// memory at any time.
pub fn lines(path: &Path) -> io::Result<Log> {
    let mut file = File::open(path)?;
    let kind = file.metadata()?;
    if kind.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a directory"));
    }
    // A pipe gives its bytes only once.
    if kind.is_file() && is_records(&mut file)? {
        return Ok(Log::Records(Box::new(records(file)?)));
    }
    Ok(Log::Text(lines_of(file)))
}

/// A log that is being read.
#[derive(Debug)]
pub enum Log {
    /// Lines of text.
    Text(Lines<File>),
    /// Records of Windows, each as one JSON object.
    Records(Box<Records>),
}

impl Log {
    /// Whether every line is a JSON object, whatever the file is called.
    pub fn is_records(&self) -> bool {
        matches!(self, Self::Records(_))
    }

    /// The place behind the last line that was given: a number of bytes, or of records.
    pub fn at(&self) -> u64 {
        match self {
            Self::Text(lines) => lines.at(),
            Self::Records(records) => records.at(),
        }
    }

    /// How many records so far could not be read. Each costs only itself.
    pub fn broken(&self) -> u64 {
        match self {
            Self::Text(_) => 0,
            Self::Records(records) => records.broken(),
        }
    }
}

impl Iterator for Log {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Text(lines) => lines.next(),
            Self::Records(records) => records.next().map(Ok),
        }
    }
}

/// The lines of anything that can be read, such as the standard input.
pub fn lines_of<R: Read>(reader: R) -> Lines<R> {
    Lines {
        reader,
        splitter: Splitter::new(0, None),
        bytes: Vec::with_capacity(PIECE),
        taken: 0,
        ready: Vec::new().into_iter(),
        over: false,
    }
}

/// The lines of one log, in order.
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    splitter: Splitter,
    /// What was read, of which `taken` bytes are already lines.
    bytes: Vec<u8>,
    taken: usize,
    ready: std::vec::IntoIter<Line>,
    over: bool,
}

impl<R: Read> Lines<R> {
    /// Offset behind the last byte that was looked at.
    pub fn at(&self) -> u64 {
        self.splitter.at()
    }

    /// Reads on until there are lines, or an end.
    fn fill(&mut self) -> io::Result<()> {
        let mut lines = Vec::new();
        while lines.is_empty() && !self.over {
            let taken = self.splitter.feed(&self.bytes[self.taken..], ROOM, &mut lines);
            self.taken += taken;
            if taken == 0 {
                self.read(&mut lines)?;
            }
        }
        self.ready = lines.into_iter();
        Ok(())
    }

    fn read(&mut self, lines: &mut Vec<Line>) -> io::Result<()> {
        self.bytes.drain(..self.taken);
        self.taken = 0;
        let read = (&mut self.reader).take(PIECE as u64).read_to_end(&mut self.bytes)?;
        if read == 0 {
            self.over = true;
            lines.extend(self.splitter.finish());
        }
        Ok(())
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.len() == 0
            && let Err(error) = self.fill()
        {
            self.over = true;
            return Some(Err(error));
        }
        self.ready.next().map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        lines_of(bytes).map(|line| line.unwrap().text).collect()
    }

    #[test]
    fn every_line_is_given_once_and_in_order() {
        let text = (0..50_000).map(|number| format!("line {number}\n")).collect::<Vec<_>>().concat();
        let read = texts(text.as_bytes());
        assert_eq!(read.len(), 50_000);
        assert!(read.iter().enumerate().all(|(number, line)| *line == format!("line {number}")));
    }

    #[test]
    fn a_last_line_without_a_newline_counts() {
        assert_eq!(texts(b"a\nb"), ["a", "b"]);
        assert_eq!(texts(b"\xFF\xFEa\0\n\0b\0"), ["a", "b"]);
        assert!(texts(b"").is_empty());
    }

    #[test]
    fn a_line_longer_than_several_pieces_is_cut() {
        let text = format!("before\n{}\nafter\n", "x".repeat(3 * PIECE));
        let read: Vec<Line> = lines_of(text.as_bytes()).map(Result::unwrap).collect();
        assert_eq!((read.len(), read[1].cut_from, read[2].text.as_str()), (3, Some(3 * PIECE as u64), "after"));
    }

    #[test]
    fn a_file_is_read_and_a_directory_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.log");
        std::fs::write(&path, "a\r\nb\n").unwrap();
        assert_eq!(lines(&path).unwrap().map(|line| line.unwrap().text).collect::<Vec<_>>(), ["a", "b"]);
        assert!(lines(folder.path()).is_err());
    }
}
