//! The records of such a log, by the crate that can read them. This is the only file that names it.

use std::fs::File;
use std::io;
use std::sync::Arc;

use evtx::err::EvtxError;
use evtx::{EvtxChunkData, EvtxParser, IntoIterChunks, ParserSettings};

use crate::watch::line::Line;

/// Bytes before the first chunk, and of each chunk.
const HEADER: u64 = 4096;
const CHUNK: u64 = 64 * 1024;

/// The records of one log, in the order in which they were written. One chunk of it is in memory at a time.
pub struct Records {
    chunks: IntoIterChunks<File>,
    settings: Arc<ParserSettings>,
    ready: std::vec::IntoIter<String>,
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
pub(in crate::watch::source) fn records(file: File) -> io::Result<Records> {
    let length = file.metadata()?.len();
    let settings = Arc::new(ParserSettings::new().indent(false));
    let parser = EvtxParser::from_read_seek(file).map_err(|error| unreadable(&error))?;
    // The reader passes over a last chunk that is not all there without a word.
    let cut = length.saturating_sub(HEADER) % CHUNK != 0;
    let chunks = parser.into_chunks();
    Ok(Records { chunks, settings, ready: Vec::new().into_iter(), given: 0, broken: u64::from(cut) })
}

fn unreadable(error: &EvtxError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

impl Records {
    /// How many records were given so far.
    pub(in crate::watch::source) fn at(&self) -> u64 {
        self.given
    }

    /// How many records so far could not be read, a chunk that is lost as a whole counting as one.
    pub fn broken(&self) -> u64 {
        self.broken
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
            match self.chunks.next()? {
                Ok(chunk) => self.ready = self.open(chunk).into_iter(),
                Err(_) => self.broken += 1,
            }
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
