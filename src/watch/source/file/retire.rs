//! When a generation is over: its last half line, its open file, and in the end its position.

use std::collections::HashSet;
use std::path::PathBuf;

use jiff::SignedDuration;

use super::follower::{Catch, Follower};
use super::generation::{Place, Reading};
use crate::watch::source::trouble::Fault;

/// How long the end of a file that is no longer at its place must stay the same before it is believed: a writer can
/// go on with the file it has open for a while.
pub(super) const GRACE: SignedDuration = SignedDuration::from_secs(5);

/// How long the position of a file that is nowhere is kept: it may come back from a mount or a backup.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How many files stay open though nothing happens in them.
pub(super) const OPEN: usize = 64;

impl Follower {
    /// Ends what is over.
    pub(super) fn retire(&mut self, catch: &mut Catch) {
        if self.generations.iter().all(|it| it.place == Place::Base) {
            return self.close_idle();
        }
        let based: HashSet<PathBuf> =
            self.generations.iter().filter(|it| it.place == Place::Base).map(|it| it.log.clone()).collect();
        for index in 0..self.generations.len() {
            let generation = &mut self.generations[index];
            let quiet = catch.now.duration_since(generation.quiet_since);
            if quiet < SignedDuration::ZERO {
                generation.quiet_since = catch.now;
            }
            let followed = based.contains(&generation.log);
            let over = match generation.place {
                Place::Base => false,
                Place::Rotated => followed && quiet >= GRACE,
                Place::Gone => quiet >= GRACE,
            };
            if over {
                self.end(index, catch);
            }
        }
        let now = catch.now;
        self.forget(|it| it.place == Place::Gone && now.duration_since(it.quiet_since) >= REMEMBERED);
        self.close_idle();
    }

    fn end(&mut self, index: usize, catch: &mut Catch) {
        let generation = &mut self.generations[index];
        let unread = generation.unread();
        if unread == 0 {
            self.end_line(index, catch);
            self.generations[index].close();
        } else if generation.is_packed() {
            // So did whoever packs it have the time to end.
            generation.size = generation.at();
            let (path, at) = (generation.path.clone(), generation.at());
            self.say(&path, &Fault::Damaged(at), catch);
        } else if generation.place == Place::Gone && generation.file.is_none() {
            // Said once: from now on nothing more is expected of it.
            generation.size -= unread;
            generation.sure = generation.sure.min(generation.size);
            generation.unsaved = true;
            let path = generation.path.clone();
            self.say(&path, &Fault::Lost(unread), catch);
        }
    }

    /// Hands over the half line at the end of a file whose other half will never come.
    pub(super) fn end_line(&mut self, index: usize, catch: &mut Catch) {
        let line = match &mut self.generations[index].reading {
            Reading::Begun(tail) => tail.finish(),
            Reading::Packed(archive) => archive.finish(),
            Reading::Marked(_) => None,
        };
        if let Some(line) = line {
            self.hand_over(index, vec![line], catch);
        }
    }

    /// How many files are open.
    pub(super) fn open_files(&self) -> usize {
        self.generations.iter().filter(|it| it.file.is_some()).count()
    }

    /// Closes the files that were not needed for longest. One that is gone could not be opened again.
    fn close_idle(&mut self) {
        let surplus = self.open_files().saturating_sub(OPEN);
        if surplus == 0 {
            return;
        }
        let is_idle = |index: &usize| {
            let generation = &self.generations[*index];
            generation.file.is_some() && generation.place != Place::Gone && generation.unread() == 0
        };
        let mut idle: Vec<usize> = (0..self.generations.len()).filter(is_idle).collect();
        idle.sort_by_key(|&index| self.generations[index].used);
        for index in idle.into_iter().take(surplus) {
            self.generations[index].file = None;
        }
    }
}
