//! One file of a spool: a salt, then records, each with its length before it. Each record is encrypted by itself, in its
//! order, so that what a crash left of the last one is known to be no record.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::base::cipher::{Cipher, SALT};
use crate::base::id::SourceName;
use crate::base::seal::Key;
use crate::watch::line::{Batch, Line};

use super::reached::position;

/// What keys are made for.
const PURPOSE: &str = "vigie received 1";

/// Lines of one stream that came together.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) stream: String,
    arrived: Timestamp,
    /// The number of the first.
    first: u64,
    /// The text of each, and its length where it was cut.
    lines: Vec<(String, Option<u64>)>,
}

impl Record {
    /// The record that was written as `bytes`.
    fn of(bytes: &[u8]) -> Option<Self> {
        let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
        let Head { stream, arrived, first, lines } = serde_json::from_slice(&bytes[..end]).ok()?;
        let mut texts = std::str::from_utf8(bytes.get(end + 1..).unwrap_or_default()).ok()?;
        let line = |(said, cut_from)| {
            let text = match said {
                Said::Text(text) => text,
                Said::Length(length) => {
                    let (text, behind) = texts.split_at_checked(length)?;
                    texts = behind;
                    text.to_owned()
                }
            };
            Some((text, cut_from))
        };
        let lines = lines.into_iter().map(line).collect::<Option<_>>()?;
        Some(Self { stream: stream.into_owned(), arrived, first, lines })
    }

    /// The number behind its last line.
    pub(super) fn behind(&self) -> u64 {
        self.first + self.lines.len() as u64
    }

    /// Its lines from the number `from` on, where there are any.
    pub(super) fn into_batch(self, source: &SourceName, from: u64) -> Option<Batch> {
        let positions = vec![position(&self.stream, self.behind())];
        let numbered = (self.first..).zip(self.lines).skip_while(|(number, _)| *number < from);
        let lines: Vec<Line> = numbered.map(|(offset, (text, cut_from))| Line { text, offset, cut_from }).collect();
        let Self { stream, arrived, .. } = self;
        (!lines.is_empty()).then(|| Batch {
            source: source.clone(),
            stream,
            arrived,
            lines,
            positions,
            ended: Vec::new(),
            since: None,
        })
    }
}

/// What stands before the texts of a record, which follow behind a line feed, one after the other.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    stream: Cow<'a, str>,
    arrived: Timestamp,
    first: u64,
    lines: Vec<(Said, Option<u64>)>,
}

/// How long the text of a line is; or the text itself, as records had it before.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Said {
    Length(usize),
    Text(String),
}

/// A file of a spool.
#[derive(Debug)]
pub(super) struct Segment {
    path: PathBuf,
    /// What is written to, by what; nothing where it was there before the start.
    open: Option<(File, Cipher)>,
    bytes: u64,
    /// Behind the last line of each stream.
    last: HashMap<String, u64>,
}

impl Segment {
    /// A new one.
    pub(super) fn make(path: PathBuf, key: &Key) -> io::Result<Self> {
        let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
        let mut segment = Self { path, open: None, bytes: 0, last: HashMap::new() };
        segment.begin(file, key)?;
        Ok(segment)
    }

    /// One that was left at the start: its records, and how many of its bytes are none.
    pub(super) fn read(path: PathBuf, key: &Key) -> io::Result<(Self, Vec<Record>, u64)> {
        let mut bytes = Vec::new();
        File::open(&path)?.read_to_end(&mut bytes)?;
        let length = bytes.len() as u64;
        let (records, unreadable) = records(&mut bytes, key);
        let mut last = HashMap::new();
        for record in &records {
            last.insert(record.stream.clone(), record.behind());
        }
        Ok((Self { path, open: None, bytes: length, last }, records, unreadable))
    }

    /// Whether it is written to.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Nothing more is written to it.
    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// Whether it holds no record.
    pub(super) fn is_empty(&self) -> bool {
        self.last.is_empty()
    }

    /// How long it is.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether something of a stream is in it.
    pub(super) fn holds(&self, stream: &str) -> bool {
        self.last.contains_key(stream)
    }

    /// Whether all of it is kept.
    pub(super) fn is_kept(&self, kept: &HashMap<String, u64>) -> bool {
        self.last.iter().all(|(stream, last)| kept.get(stream).is_some_and(|kept| kept >= last))
    }

    /// Adds a record, whole or not at all.
    pub(super) fn put(&mut self, batch: &Batch) -> io::Result<()> {
        let Some(first) = batch.lines.first() else { return Ok(()) };
        let lines = batch.lines.iter().map(|line| (Said::Length(line.text.len()), line.cut_from)).collect();
        let head = Head { stream: (&*batch.stream).into(), arrived: batch.arrived, first: first.offset, lines };
        let mut record = serde_json::to_vec(&head)?;
        record.push(b'\n');
        batch.lines.iter().for_each(|line| record.extend_from_slice(line.text.as_bytes()));
        let (file, cipher) = self.open.as_mut().ok_or(io::ErrorKind::Unsupported)?;
        cipher.seal(&mut record);
        let length = u32::try_from(record.len()).map_err(io::Error::other)?.to_le_bytes();
        if let Err(error) = file.write_all(&length).and_then(|()| file.write_all(&record)) {
            // Its number is gone: nothing more can be written behind what is there.
            self.open = None;
            return Err(error);
        }
        self.bytes += (length.len() + record.len()) as u64;
        self.last.insert(batch.stream.clone(), first.offset + batch.lines.len() as u64);
        Ok(())
    }

    /// Empties it, to begin anew.
    pub(super) fn empty(&mut self, key: &Key) -> io::Result<()> {
        if self.is_open() && self.is_empty() {
            return Ok(());
        }
        let (file, _) = self.open.take().ok_or(io::ErrorKind::Unsupported)?;
        self.begin(file, key)
    }

    /// Erases it. Where that cannot be, it is tried again at the next start.
    pub(super) fn erase(&self) {
        std::fs::remove_file(&self.path).ok();
    }

    fn begin(&mut self, mut file: File, key: &Key) -> io::Result<()> {
        let salt = Cipher::salt()?;
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&salt)?;
        self.bytes = salt.len() as u64;
        self.last.clear();
        self.open = Some((file, Cipher::new(key, PURPOSE, &salt)));
        Ok(())
    }
}

/// The records in the bytes of a file, and how many bytes are none. What was being written when vigie was killed was not
/// accepted, and does not count.
fn records(bytes: &mut [u8], key: &Key) -> (Vec<Record>, u64) {
    let mut records = Vec::new();
    let Some((salt, mut rest)) = bytes.split_first_chunk_mut::<SALT>() else { return (records, 0) };
    let mut cipher = Cipher::new(key, PURPOSE, salt);
    while let Some((length, behind)) = rest.split_first_chunk_mut::<4>() {
        let length = u32::from_le_bytes(*length) as usize;
        if length > behind.len() {
            break;
        }
        let (sealed, behind) = behind.split_at_mut(length);
        let unreadable = (sealed.len() + behind.len()) as u64;
        let Some(record) = cipher.open(sealed).and_then(Record::of) else {
            return (records, unreadable);
        };
        records.push(record);
        rest = behind;
    }
    (records, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(written: &str) -> Option<Vec<(String, Option<u64>)>> {
        Record::of(written.as_bytes()).map(|record| record.lines)
    }

    #[test]
    fn a_record_is_read_as_it_is_written_now_and_as_it_was_before() {
        let wanted = Some(vec![("é\n\"".to_owned(), None), (String::new(), Some(70_000)), ("b".to_owned(), None)]);
        let head = r#"{"stream":"192.0.2.7","arrived":"2026-11-30T09:00:00Z","first":4,"lines":"#;
        let now = format!("{head}[[4,null],[0,70000],[1,null]]}}\n\u{e9}\n\"b");
        assert_eq!(lines(&now), wanted);
        assert_eq!(lines(&format!(r#"{head}[["\u00e9\n\"",null],["",70000],["b",null]]}}"#)), wanted);
        for odd in ["", "{}", &now[..now.len() - 1], &now.replace("[4,", "[1,")] {
            assert_eq!(lines(odd), None, "{odd}");
        }
    }
}
