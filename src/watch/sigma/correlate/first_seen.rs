//! What was never seen before: `first_seen`.
//!
//! Each group has a window that says since when it is known, and each value of it a window of its own, so that one more
//! value costs one more row, however many there are. A group that is new, or was thrown away to make room, learns
//! first: forgetting makes vigie quieter, never louder.

use super::memory::Memory;
use super::window::{Counting, Window};
use super::window_store::Key;
use crate::base::realm::Realm;

/// What is seen again is noted when the last note is older than this part of the time after which it is forgotten.
/// Noting each time would write each event to disk.
const NOTED: i64 = 16;

impl Memory {
    /// Whether a value of a group was never seen before, once the group has learnt what is usual.
    ///
    /// An exercise has no weeks to learn in, and knows nothing of the real world: there, everything is new at first.
    pub(crate) fn is_new(&mut self, all: &[Counting], group: Key, value: u128, time: i64) -> bool {
        self.hear(all, group.realm, time);
        let counting = &all[group.correlation as usize];
        let learning = group.realm == Realm::Live && self.learns(counting, group, time);
        let place = self.store.place(Key { group: value, ..group });
        let seen = self.store.at(place).window.newest();
        if !seen.is_some_and(|seen| counting.notes(seen, time)) {
            self.store.at_mut(place).window = Window::of_times(&[seen.unwrap_or(time).max(time)], false);
            self.store.touch(place, self.counted);
        }
        self.bound();
        !learning && seen.is_none_or(|seen| seen.saturating_add(counting.timespan) < time)
    }

    /// Whether the group still learns what is usual.
    fn learns(&mut self, counting: &Counting, group: Key, time: i64) -> bool {
        let place = self.store.place(group);
        let window = &self.store.at(place).window;
        // An earlier event than the first one shows that the first one's clock was wrong, or that lines come late.
        let start = window.oldest().unwrap_or(time).min(time);
        let seen = window.newest();
        if window.oldest() != Some(start) || !seen.is_some_and(|seen| counting.notes(seen, time)) {
            self.store.at_mut(place).window = Window::of_times(&[start, seen.unwrap_or(time).max(time)], false);
            self.store.touch(place, self.counted);
        }
        time < start.saturating_add(counting.learn)
    }
}

impl Counting {
    /// Whether what was noted as `seen` need not be noted again at `time`.
    fn notes(&self, seen: i64, time: i64) -> bool {
        time <= seen.saturating_add(self.timespan / NOTED)
    }
}
