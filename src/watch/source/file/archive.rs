//! A rotated log that was compressed before its end was read: its lines from a known place on. It is unpacked in memory,
//! piece by piece, and never onto a disk.

use std::fs::File;
use std::io::{self, BufReader, Read as _};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::identity::{Identity, Signature, open};
use super::tail::{End, HEAD, LINES, Mark, PIECE, WINDOW};
use crate::watch::line::Line;
use crate::watch::source::encoding::Encoding;
use crate::watch::source::split::Splitter;

/// A compressed log being read. Offsets are those of what is packed in it.
pub(super) struct Archive {
    unpacked: MultiGzDecoder<BufReader<File>>,
    splitter: Splitter,
    head: Signature,
    /// What was unpacked last: up to [`WINDOW`] bytes before the unfinished line, and everything from there on.
    recent: Vec<u8>,
    /// How many bytes at its end were not fed to the splitter yet.
    rest: usize,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Archive(at {})", self.at())
    }
}

impl Archive {
    /// Opens the archive at `path`, if it packs the file that `mark` speaks of, at the place of that mark.
    pub(super) fn open(path: &Path, identity: Identity, mark: &Mark) -> io::Result<Option<Self>> {
        let Some(file) = open(path, identity)? else { return Ok(None) };
        let mut unpacked = MultiGzDecoder::new(BufReader::new(file));
        let head = next(&mut unpacked, HEAD)?;
        if !mark.head.begins(&head) {
            return Ok(None);
        }
        let encoding = match mark.encoding {
            None if mark.offset > 0 => Encoding::sniff(&head).map(|(encoding, _)| encoding).or(Some(Encoding::Bytes)),
            known => known,
        };
        let splitter = Splitter::new(mark.offset, encoding);
        let signature = Signature::of(&head);
        let mut archive = Self { unpacked, splitter, head: signature, rest: head.len(), recent: head };
        Ok(archive.skip_to(mark)?.then_some(archive))
    }

    /// What the file begins with that is packed at `path`.
    pub(super) fn head(path: &Path, identity: Identity) -> io::Result<Vec<u8>> {
        let Some(file) = open(path, identity)? else { return Ok(Vec::new()) };
        next(&mut MultiGzDecoder::new(BufReader::new(file)), HEAD)
    }

    /// Unpacks up to the place of `mark`; whether it is there and is what it was.
    fn skip_to(&mut self, mark: &Mark) -> io::Result<bool> {
        let mut unpacked = self.recent.len() as u64;
        while unpacked < mark.offset {
            let more = next(&mut self.unpacked, PIECE)?;
            if more.is_empty() {
                return Ok(false);
            }
            unpacked += more.len() as u64;
            let kept = self.recent.len().saturating_sub(WINDOW);
            self.recent.drain(..kept);
            self.recent.extend(more);
        }
        self.rest = usize::try_from(unpacked - mark.offset).unwrap_or(usize::MAX);
        let Some(place) = self.recent.len().checked_sub(self.rest) else { return Ok(false) };
        let before = &self.recent[place.saturating_sub(mark.tail.length)..place];
        Ok(mark.tail.length == 0 || mark.tail == Signature::of(before))
    }

    /// Offset of the next byte to read.
    pub(super) fn at(&self) -> u64 {
        self.splitter.at()
    }

    /// Where to take up reading after a crash.
    pub(super) fn mark(&self) -> Mark {
        let behind = usize::try_from(self.splitter.at() - self.splitter.start()).unwrap_or(usize::MAX);
        let line = self.recent.len().saturating_sub(self.rest).saturating_sub(behind);
        Mark {
            offset: self.splitter.start(),
            head: self.head,
            tail: Signature::of(&self.recent[line.saturating_sub(WINDOW)..line]),
            encoding: self.splitter.encoding(),
        }
    }

    /// Keeps `longest` bytes of each line from now on.
    pub(super) fn keep_up_to(&mut self, longest: usize) {
        self.splitter.keep_up_to(longest);
    }

    /// Reads a batch of lines. [`End::Broken`] where the archive ends in the middle, as one does that is still being
    /// written.
    pub(super) fn read(&mut self) -> (Vec<Line>, End) {
        let mut lines = Vec::new();
        while lines.len() < LINES {
            let from = self.recent.len() - self.rest;
            let taken = self.splitter.feed(&self.recent[from..], LINES, &mut lines);
            self.rest -= taken;
            if taken > 0 && self.rest > 0 {
                continue;
            }
            self.forget();
            match next(&mut self.unpacked, PIECE) {
                Ok(more) if more.is_empty() => return (lines, End::Reached),
                Ok(more) => {
                    self.rest += more.len();
                    self.recent.extend(more);
                }
                Err(_) => return (lines, End::Broken),
            }
        }
        (lines, End::Open)
    }

    /// What is there of a last line without an end.
    pub(super) fn finish(&mut self) -> Option<Line> {
        self.splitter.finish()
    }

    /// Lets go of what lies far enough back.
    fn forget(&mut self) {
        let behind = usize::try_from(self.splitter.at() - self.splitter.start()).unwrap_or(usize::MAX);
        let needed = self.rest.saturating_add(behind).saturating_add(WINDOW);
        // The bytes of a line without an end are not kept for the window before it.
        let needed = needed.min(self.rest + PIECE + WINDOW);
        self.recent.drain(..self.recent.len().saturating_sub(needed));
    }
}

/// The next bytes, at most `room`; none at the end.
fn next(unpacked: &mut MultiGzDecoder<BufReader<File>>, room: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match unpacked.take(room as u64).read_to_end(&mut bytes) {
        // What came before the fault is whole.
        Err(error) if bytes.is_empty() => Err(error),
        _ => Ok(bytes),
    }
}
