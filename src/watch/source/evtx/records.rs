//! The records of such a log, by the crate that can read them. This is the only file that names it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::sync::Arc;

use evtx::err::EvtxError;
use evtx::{EvtxChunkData, EvtxParser, IntoIterChunks, ParserSettings};

use crate::watch::line::Line;

/// Bytes before the first chunk, and of each chunk.
const HEADER: u64 = 4096;
const CHUNK: u64 = 64 * 1024;

/// The records of one log, in the order in which they were written. One chunk of it is in memory at a time.
pub(in crate::watch::source) struct Records {
    chunks: IntoIterChunks<File>,
    settings: Arc<ParserSettings>,
    ready: std::vec::IntoIter<String>,
    /// What is there of a last chunk that is not all there.
    cut: Option<Vec<u8>>,
    given: u64,
    broken: u64,
}

impl std::fmt::Debug for Records {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { given, broken, .. } = self;
        out.debug_struct("Records").field("given", given).field("broken", broken).finish_non_exhaustive()
    }
}

/// The records of a log whose first bytes are as they should be.
pub(in crate::watch::source) fn records(mut file: File) -> io::Result<Records> {
    // The reader passes over a last chunk that is not all there without a word.
    let length = file.metadata()?.len();
    let rest = length.saturating_sub(HEADER) % CHUNK;
    let cut = if rest > 0 { Some(last_bytes(&mut file, length - rest)?) } else { None };
    let settings = Arc::new(ParserSettings::new().indent(false));
    let parser = EvtxParser::from_read_seek(file).map_err(|error| unreadable(&error))?;
    let chunks = parser.into_chunks();
    let broken = u64::from(cut.is_some());
    Ok(Records { chunks, settings, ready: Vec::new().into_iter(), cut, given: 0, broken })
}

/// The whole records behind `from`, filled up to a chunk with nothing, as Windows does it.
fn last_bytes(file: &mut File, from: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.take(CHUNK).read_to_end(&mut bytes)?;
    file.rewind()?;
    bytes.truncate(whole_records(&bytes));
    bytes.resize(usize::try_from(CHUNK).unwrap_or(usize::MAX), 0);
    Ok(bytes)
}

fn unreadable(error: &EvtxError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

/// Where the last record ends that is whole in a part of a chunk. Each says how long it is.
fn whole_records(chunk: &[u8]) -> usize {
    const FIRST: usize = 512;
    const MAGIC: &[u8] = b"**\0\0";
    let mut end = FIRST.min(chunk.len());
    while let Some(record) = chunk.get(end..).and_then(|rest| rest.strip_prefix(MAGIC))
        && let Some(size) = record.first_chunk()
    {
        let next = end.saturating_add(usize::try_from(u32::from_le_bytes(*size)).unwrap_or(usize::MAX));
        if next <= end || next > chunk.len() {
            break;
        }
        end = next;
    }
    end
}

impl Records {
    /// How many records were given so far.
    pub(in crate::watch::source) fn at(&self) -> u64 {
        self.given
    }

    /// How many records so far could not be read, a chunk that is lost as a whole counting as one.
    pub(in crate::watch::source) fn broken(&self) -> u64 {
        self.broken
    }

    /// What is whole in a chunk that is not all there, which counts as one that is broken already.
    fn open_cut(&mut self, bytes: Vec<u8>) -> Vec<String> {
        let broken = self.broken;
        let lines = EvtxChunkData::new(bytes, false).map(|chunk| self.open(chunk)).unwrap_or_default();
        self.broken = broken;
        lines
    }

    /// The records of one chunk as JSON.
    fn open(&mut self, mut chunk: EvtxChunkData) -> Vec<String> {
        let mut lines = Vec::new();
        let Ok(mut chunk) = chunk.parse(Arc::clone(&self.settings)) else {
            self.broken += 1;
            return lines;
        };
        for record in chunk.iter() {
            match record.and_then(evtx::EvtxRecord::into_json) {
                Ok(record) => lines.push(record.data),
                Err(_) => self.broken += 1,
            }
        }
        lines
    }
}

impl Iterator for Records {
    type Item = Line;

    /// The next record that can be read. Its place is its number: bytes of these files are in no order.
    fn next(&mut self) -> Option<Line> {
        loop {
            if let Some(text) = self.ready.next() {
                let offset = self.given;
                self.given += 1;
                return Some(Line { text, offset, cut_from: None });
            }
            match (self.chunks.next(), self.cut.is_some()) {
                (Some(Ok(chunk)), _) => self.ready = self.open(chunk).into_iter(),
                (Some(Err(_)), _) => self.broken += 1,
                (None, true) => {
                    let bytes = self.cut.take().unwrap_or_default();
                    self.ready = self.open_cut(bytes).into_iter();
                }
                (None, false) => return None,
            }
        }
    }
}

#[cfg(test)]
#[path = "made.rs"]
mod made;
#[cfg(test)]
#[path = "tests.rs"]
pub(super) mod tests;
