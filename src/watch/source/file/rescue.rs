//! Finds what was not read of a file that is not what it was, in a copy or under another name.

use std::collections::HashSet;
use std::path::PathBuf;

use jiff::Timestamp;

use super::discovery::{Scan, Sight};
use super::follower::{Catch, Follower};
use super::generation::{Generation, Place};
use super::identity::open;
use super::reconcile::{Begin, Newcomer};
use super::tail::Mark;
use crate::watch::source::trouble::Fault;

/// With fewer bytes before its place, a file that is gone is not taken for found again in another: a log that begins
/// with the same line every day would look just like that.
pub(super) const TELLING: u64 = 256;

/// What became of a generation whose file is not what it was.
#[derive(PartialEq, Eq)]
enum Rescue {
    /// It goes on in another file.
    Moved,
    /// No file holds the rest of it.
    Nowhere,
    /// A file that might was moved meanwhile.
    Unclear,
}

impl Follower {
    /// A file was truncated or written anew. What was not read of it may stand in a copy; if so, reading goes on
    /// there. Either way the file begins a new generation, with the `head` that was seen before the last look.
    pub(super) fn replace(
        &mut self,
        id: &str,
        head: &[u8],
        scan: &Scan,
        unclear: &mut HashSet<PathBuf>,
        catch: &mut Catch,
    ) -> Option<Newcomer> {
        let index = self.index_of(id)?;
        let (identity, log) = (self.generations[index].identity, self.generations[index].log.clone());
        self.rotated.insert(log.clone(), catch.now);
        let mut lower = None;
        match self.rescue(index, scan, catch.now) {
            Rescue::Moved => {}
            Rescue::Nowhere if self.seek_copy(index, catch.now) => {}
            Rescue::Nowhere => {
                lower = self.generations[index].cut_back().ok().flatten();
                self.give_up(index, lower.as_ref(), catch);
            }
            Rescue::Unclear => {
                unclear.insert(log);
                return None;
            }
        }
        let sight = scan.find(identity)?.clone();
        let begin = match lower {
            Some(mark) => Begin::Here(mark),
            None if head.is_empty() => Begin::NextTime,
            None => Begin::Here(Mark::start_of(head)),
        };
        Some(Newcomer { sight, log, begin })
    }

    /// Goes on reading a generation in another file that holds the same: its copy.
    fn rescue(&mut self, index: usize, scan: &Scan, now: Timestamp) -> Rescue {
        let generation = &self.generations[index];
        let mark = generation.mark();
        if mark.head.length == 0 {
            return Rescue::Nowhere;
        }
        let mut candidates: Vec<(bool, &Sight)> = Vec::new();
        for sight in scan.sights.iter().filter(|it| it.size >= mark.offset && self.log_of(&it.path) == generation.log) {
            match self.generations.iter().find(|it| it.identity.is(sight.identity)) {
                None => candidates.push((true, sight)),
                Some(known) if known.copy_of.is_some() => {
                    candidates.push((known.copy_of.as_ref() != Some(&generation.id), sight));
                }
                Some(_) => {}
            }
        }
        // Its own copy first, then the oldest: whatever is not known yet came after it.
        candidates.sort_by_key(|(is_other, sight)| (*is_other, sight.modified));
        let mut moved_on = false;
        let found = candidates.into_iter().find_map(|(_, sight)| {
            let file = open(&sight.path, sight.identity).ok()?;
            moved_on |= file.is_none();
            let tail = mark.resume(file.as_ref()?).ok()??;
            Some((sight.clone(), file?, tail))
        });
        let Some((sight, file, tail)) = found else {
            return if moved_on { Rescue::Unclear } else { Rescue::Nowhere };
        };
        self.generations[index].move_to(&sight, file, tail, now);
        let id = self.generations[index].id.clone();
        self.forget(|it| it.identity.is(sight.identity) && it.id != id);
        Rescue::Moved
    }

    /// Nothing is left of a generation but what was read; where its file goes on at a `lower` place, that is said.
    fn give_up(&mut self, index: usize, lower: Option<&Mark>, catch: &mut Catch) {
        let (lost, path) = (self.generations[index].lost(), self.generations[index].path.clone());
        if let Some(lower) = lower {
            self.say(&path, &Fault::CutBack { read: self.generations[index].at(), from: lower.offset }, catch);
        }
        if lost > 0 {
            self.say(&path, &Fault::Lost(lost), catch);
        }
        self.end_line(index, catch);
        let id = self.generations[index].id.clone();
        self.forget(|it| it.id == id);
    }

    /// Looks for generations that are gone in files that were never seen: a log moved, or saved by an editor.
    pub(super) fn find_gone(&mut self, scan: &Scan, unclear: &mut HashSet<PathBuf>, now: Timestamp) {
        if self.known(scan).len() == scan.sights.len() {
            return;
        }
        let is_lost = |it: &&Generation| {
            let reachable = it.file.is_some() && it.unread() > 0;
            it.place == Place::Gone && !reachable && it.copy_of.is_none() && it.mark().offset >= TELLING
        };
        let lost: Vec<String> = self.generations.iter().filter(is_lost).map(|it| it.id.clone()).collect();
        for id in lost {
            if let Some(index) = self.index_of(&id)
                && self.rescue(index, scan, now) == Rescue::Unclear
            {
                unclear.insert(self.generations[index].log.clone());
            }
        }
    }
}
