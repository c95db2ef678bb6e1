//! Reads what is new, the older generations of a log first, and makes batches of it that can be committed as they are.

use std::path::PathBuf;

use jiff::Timestamp;

use super::archive::Archive;
use super::discovery::fault;
use super::follower::{Catch, Follower, MARKER, Marker};
use super::generation::{Old, Place, Reading};
use super::path;
use super::retire::OPEN;
use super::tail::End;
use crate::watch::line::{Batch, Line, Position};
use crate::watch::source::at_line;
use crate::watch::source::kind::Polled;
use crate::watch::source::trouble::Fault;

/// After so many lines or bytes a poll is over, which bounds the memory it takes.
const LINES: usize = 30_000;
const BYTES: u64 = 8 * 1024 * 1024;

/// The most batches of one file in one poll.
const BATCHES: usize = 4;

/// How reading one generation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drained {
    /// Nothing is left for now.
    Empty,
    /// Enough was read; something is left.
    Full,
    /// It cannot be read before another look around.
    Later,
    /// The file is not the one it was.
    Broken,
}

impl Follower {
    /// Reads all generations that have something new, the older ones of a log first. Says whether something is left.
    pub(super) fn read_all(&mut self, catch: &mut Catch) -> bool {
        let mut active: Vec<usize> = (0..self.generations.len()).filter(|&index| self.is_active(index)).collect();
        active.sort_by(|&a, &b| {
            let (a, b) = (&self.generations[a], &self.generations[b]);
            (&a.log, a.order).cmp(&(&b.log, b.order))
        });
        if !active.is_empty() {
            // Each poll begins with another log, so that a busy one cannot starve the others.
            let turn = usize::try_from(self.polls).unwrap_or(0) % active.len();
            let log = self.generations[active[turn]].log.clone();
            let turn = active.iter().position(|&index| self.generations[index].log == log).unwrap_or(0);
            active.rotate_left(turn);
        }
        let mut waiting: Option<PathBuf> = None;
        let mut more = false;
        let mut open = self.open_files();
        for index in active {
            if waiting.as_ref() == Some(&self.generations[index].log) {
                continue;
            }
            let was_open = self.generations[index].file.is_some();
            let drained = self.drain(index, catch);
            let generation = &mut self.generations[index];
            if !was_open && generation.file.is_some() {
                open += 1;
                // Thousands may come at once; one that is gone could not be opened again.
                if open > OPEN && drained == Drained::Empty && generation.place != Place::Gone {
                    generation.file = None;
                    open -= 1;
                }
            }
            match drained {
                Drained::Empty => {}
                Drained::Full | Drained::Later => {
                    more = true;
                    waiting = Some(self.generations[index].log.clone());
                }
                Drained::Broken => {
                    catch.broken = true;
                    return true;
                }
            }
        }
        more
    }

    fn is_active(&self, index: usize) -> bool {
        let generation = &self.generations[index];
        let is_read = generation.copy_of.is_none() && (generation.place != Place::Gone || generation.file.is_some());
        let is_open_elsewhere = generation.file.is_some() && generation.place != Place::Base;
        is_read && (generation.suspect || generation.size != generation.at() || is_open_elsewhere)
    }

    /// Reads one generation to its end, or until enough was read.
    pub(super) fn drain(&mut self, index: usize, catch: &mut Catch) -> Drained {
        if self.generations[index].is_packed() {
            return self.unpack(index, catch);
        }
        let generation = &mut self.generations[index];
        match generation.open() {
            Ok(true) => {}
            Ok(false) => return if generation.place == Place::Gone { Drained::Empty } else { Drained::Later },
            Err(error) => {
                catch.faults.insert((generation.path.clone(), fault(&error)));
                return Drained::Empty;
            }
        }
        generation.used = self.polls;
        if let Err(error) = generation.go_back() {
            catch.faults.insert((generation.path.clone(), fault(&error)));
            return Drained::Empty;
        }
        let mut batches = 0;
        loop {
            let generation = &mut self.generations[index];
            if generation.is_blank() || generation.tail().is_none() {
                // Nothing of it was seen before the last look around, so it may be younger than what that look found.
                return if generation.unread() > 0 { Drained::Later } else { Drained::Empty };
            }
            let (Reading::Begun(tail), Some(file)) = (&mut generation.reading, &generation.file) else {
                return Drained::Empty;
            };
            if catch.lines >= LINES || catch.bytes >= BYTES || batches >= BATCHES {
                return Drained::Full;
            }
            tail.keep_up_to(self.settings.longest);
            let before = (tail.at(), tail.start());
            let read = tail.read(file, &mut self.buffer);
            let (lines, end) = match read {
                Ok(read) => read,
                Err(error) => {
                    catch.faults.insert((generation.path.clone(), fault(&error)));
                    return Drained::Empty;
                }
            };
            let at = tail.at();
            catch.lines += lines.len();
            catch.bytes += at.saturating_sub(before.0);
            batches += 1;
            if at != before.0 {
                generation.quiet_since = catch.now;
                generation.unsaved |= tail.start() != before.1;
            }
            if !lines.is_empty() {
                self.hand_over(index, lines, catch);
            }
            let generation = &mut self.generations[index];
            match end {
                End::Open => {}
                End::Reached => {
                    generation.size = generation.size.max(at);
                    generation.suspect = false;
                    return Drained::Empty;
                }
                End::Broken => {
                    generation.suspect = true;
                    return Drained::Broken;
                }
            }
        }
    }

    /// Reads what is left of a generation that was compressed.
    fn unpack(&mut self, index: usize, catch: &mut Catch) -> Drained {
        self.open_archive(index, catch);
        for _ in 0..BATCHES {
            let generation = &mut self.generations[index];
            let Reading::Packed(archive) = &mut generation.reading else { return Drained::Empty };
            if catch.lines >= LINES || catch.bytes >= BYTES {
                return Drained::Full;
            }
            archive.keep_up_to(self.settings.longest);
            let before = archive.at();
            let (lines, end) = archive.read();
            catch.lines += lines.len();
            catch.bytes += archive.at() - before;
            generation.size = archive.at();
            // Half a line at its end comes again whenever it is opened anew.
            if !lines.is_empty() {
                generation.quiet_since = catch.now;
                self.hand_over(index, lines, catch);
            }
            let generation = &mut self.generations[index];
            match end {
                End::Open => {}
                End::Reached => {
                    generation.suspect = false;
                    return Drained::Empty;
                }
                End::Broken => {
                    generation.ends_early();
                    return Drained::Empty;
                }
            }
        }
        Drained::Full
    }

    /// Opens the archive of a generation at the place where reading stands, if it is not open.
    fn open_archive(&mut self, index: usize, catch: &mut Catch) {
        let generation = &mut self.generations[index];
        let Reading::Marked(mark) = &generation.reading else { return };
        match Archive::open(&generation.path, generation.identity, mark) {
            Ok(Some(archive)) => generation.reading = Reading::Packed(Box::new(archive)),
            Err(error) if fault(&error) == Fault::Denied => {
                catch.faults.insert((generation.path.clone(), Fault::Denied));
            }
            Ok(None) | Err(_) => generation.ends_early(),
        }
    }

    /// Makes a batch of lines just read.
    pub(super) fn hand_over(&mut self, index: usize, mut lines: Vec<Line>, catch: &mut Catch) {
        let generation = &mut self.generations[index];
        generation.unsaved = false;
        let stream = path::written(&generation.log);
        let (old, position) = (generation.old, generation.position());
        let split = old.map_or(0, |old| lines.partition_point(|line| line.offset < old.until));
        let new = lines.split_off(split);
        if let Some(Old { since, .. }) = old.filter(|_| !lines.is_empty()) {
            let behind = new.first().map_or_else(|| position.clone(), |line| at_line(&position, line.offset));
            let batch = self.batch(stream.clone(), lines, vec![behind], catch.now);
            catch.polled.batches.push(Batch { since: Some(since), ..batch });
            if new.is_empty() {
                return;
            }
        }
        let mut positions = vec![position];
        if std::mem::take(&mut catch.reconciled) {
            positions.extend(self.unsaved_positions());
        }
        catch.polled.batches.push(self.batch(stream, new, positions, catch.now));
    }

    /// All positions that changed. What became of generations goes with the first lines after it was found out: if
    /// a crash came in between, two generations could be left in one file.
    fn unsaved_positions(&mut self) -> Vec<Position> {
        let mut positions = Vec::new();
        if std::mem::take(&mut self.unsaved) {
            let marker = Marker { pattern: self.settings.pattern.clone() };
            let state = serde_json::to_string(&marker).expect("a text can be written as JSON");
            positions.push(Position { file: MARKER.to_owned(), state: Some(state) });
        }
        for generation in self.generations.iter_mut().filter(|generation| generation.unsaved) {
            generation.unsaved = false;
            positions.push(generation.position());
        }
        for file in std::mem::take(&mut self.forgotten) {
            self.ids.remove(&file);
            positions.push(Position { file, state: None });
        }
        positions
    }

    fn batch(&mut self, stream: String, lines: Vec<Line>, positions: Vec<Position>, arrived: Timestamp) -> Batch {
        let ended = std::mem::take(&mut self.ended).iter().map(|log| path::written(log)).collect();
        Batch { source: self.settings.source.clone(), stream, arrived, lines, positions, ended, since: None }
    }

    /// Adds the positions that changed without a line.
    pub(super) fn finish(&mut self, mut catch: Catch) -> Polled {
        let positions = self.unsaved_positions();
        if !positions.is_empty() {
            let batch = self.batch(String::new(), Vec::new(), positions, catch.now);
            catch.polled.batches.push(batch);
        }
        catch.polled
    }
}
