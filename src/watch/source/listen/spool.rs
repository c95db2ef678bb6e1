//! Where what was accepted over a connection rests until everything that followed from it is kept: the one place where a
//! line lies on disk as it was written, so it is encrypted under the site's key, readable by vigie alone, bounded, and
//! erased as soon as it is not needed. What lies there at a start is read again, but for what was kept already.

mod reached;
mod segment;

use std::collections::{HashMap, VecDeque};
use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use self::reached::line_of;
pub(crate) use self::reached::{position, state_at};
use self::segment::{Record, Segment};
use crate::base::id::SourceName;
use crate::watch::line::{Batch, Position};
use crate::watch::source::kind::Room;

/// So much lies in one file: what is kept is erased by files.
const SEGMENT: u64 = 4 * 1024 * 1024;

/// What was accepted and is not kept yet.
#[derive(Debug)]
pub(super) struct Spool {
    room: Room,
    /// So many bytes at most.
    most: u64,
    /// In the order of their lines. What comes goes into the last one.
    segments: VecDeque<Segment>,
    /// What was there at the start and was not looked at yet.
    left: VecDeque<PathBuf>,
    /// The line of each stream before which everything is kept.
    kept: HashMap<String, u64>,
    /// The number of the line that comes next.
    next: u64,
}

impl Spool {
    /// Takes up what is there. `positions` say what of it was kept.
    pub(super) fn open(room: Room, most: u64, positions: &[Position]) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(&room.folder)?;
        let mut left: Vec<PathBuf> = std::fs::read_dir(&room.folder)?.flatten().map(|entry| entry.path()).collect();
        left.sort();
        let kept: HashMap<String, u64> =
            positions.iter().filter_map(|position| Some((position.file.clone(), line_of(position)?))).collect();
        let next = kept.values().copied().max().unwrap_or_default();
        Ok(Self { room, most, segments: VecDeque::new(), left: left.into(), kept, next })
    }

    /// The streams of which a position is kept.
    pub(super) fn streams(&self) -> impl Iterator<Item = &str> {
        self.kept.keys().map(String::as_str)
    }

    /// What the next file that was left at the start holds and is not kept; nothing when all were looked at. A file that
    /// cannot be understood is told by how many of its bytes.
    pub(super) fn take_left(&mut self, source: &SourceName) -> Option<io::Result<(Vec<Batch>, u64)>> {
        let path = self.left.pop_front()?;
        Some(Segment::read(path, &self.room.key).map(|(segment, records, unreadable)| {
            self.next = records.iter().map(Record::behind).fold(self.next, u64::max);
            let batches = records.into_iter().filter_map(|record| {
                let from = self.kept.get(&record.stream).copied().unwrap_or_default();
                record.into_batch(source, from)
            });
            let batches = batches.collect();
            self.segments.push_back(segment);
            self.erase();
            (batches, unreadable)
        }))
    }

    /// The numbers of so many lines that come.
    pub(super) fn number(&mut self, lines: usize) -> u64 {
        let first = self.next;
        self.next += lines as u64;
        first
    }

    /// Puts lines in. From here on they are accepted.
    pub(super) fn put(&mut self, batch: &Batch) -> io::Result<()> {
        if let Some(full) = self.segments.back_mut().filter(|segment| segment.bytes() >= SEGMENT) {
            full.close();
        }
        if !self.segments.back().is_some_and(Segment::is_open) {
            let first = batch.lines.first().map_or(self.next, |line| line.offset);
            let path = self.room.folder.join(format!("{first:020}"));
            self.segments.push_back(Segment::make(path, &self.room.key)?);
        }
        let segment = self.segments.back_mut().expect("one was made just now where there was none");
        let put = segment.put(batch);
        if put.is_err() && segment.is_empty() {
            segment.erase();
            self.segments.pop_back();
        }
        put
    }

    /// Whether there is no room.
    pub(super) fn is_full(&self) -> bool {
        self.segments.iter().map(Segment::bytes).sum::<u64>() >= self.most
    }

    /// Whether nothing in it is waited for.
    pub(super) fn is_empty(&self) -> bool {
        self.left.is_empty() && self.segments.iter().all(|segment| segment.is_kept(&self.kept))
    }

    /// Whether something of a stream is in it.
    pub(super) fn holds(&self, stream: &str) -> bool {
        self.segments.iter().any(|segment| segment.holds(stream))
    }

    /// Takes note of what was kept, and erases it.
    pub(super) fn keep(&mut self, positions: &[Position]) {
        for position in positions {
            match line_of(position) {
                Some(line) => drop(self.kept.insert(position.file.clone(), line)),
                None => drop(self.kept.remove(&position.file)),
            }
        }
        self.erase();
    }

    fn erase(&mut self) {
        let (kept, key) = (&self.kept, &self.room.key);
        self.segments.retain_mut(|segment| {
            // The one that is written to is emptied, and stays.
            let stays = !segment.is_kept(kept) || segment.empty(key).is_ok();
            if !stays {
                segment.erase();
            }
            stays
        });
    }
}

#[cfg(test)]
mod tests;
