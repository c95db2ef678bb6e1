//! When to look at which window for what did not come. Knows deadlines, not what follows from them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::window::{Counting, Window};
use super::window_store::SlotNumber;

/// How long lines that were written while nobody looked have to be read.
const GRACE: i64 = 60_000;
/// What one realm waits for.
#[derive(Debug, Default)]
pub(crate) struct Deadlines {
    /// The latest instant it was told.
    pub(super) looked: Option<i64>,
    /// Since when it has looked without a break, where there was one.
    pub(super) since: Option<i64>,
    /// When to look at which window, the earliest first. A window may be heard of meanwhile; it is then put back.
    pub(super) reminders: BinaryHeap<Reverse<(i64, u64, SlotNumber)>>,
}

impl Deadlines {
    /// When a window is due.
    pub(super) fn due(&self, counting: &Counting, window: &Window) -> i64 {
        let due = window.newest().unwrap_or(i64::MIN).saturating_add(counting.timespan);
        let since = self.since.map_or(i64::MIN, |since| since.saturating_add(counting.timespan.min(GRACE)));
        due.max(since)
    }
}
