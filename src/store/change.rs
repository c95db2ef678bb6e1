//! Everything that follows from some input, to be kept in one transaction.

use std::collections::HashSet;
use std::hash::Hash;

use super::row::{AlertRow, DetectionRow, DrillRow, DutyRow, NewEntry, PageRow, PositionRow, SilenceRow};
use crate::base::id::EntryId;

/// Rows to write together. Rows of the same number or key replace each other; ledger entries are appended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// How far the logs were read.
    pub positions: Vec<PositionRow>,
    /// Correlation windows by key; nothing to forget one.
    pub windows: Vec<(String, Option<String>)>,
    /// Alerts, new or changed.
    pub alerts: Vec<AlertRow>,
    /// Detections of alerts, new, changed or taken out.
    pub(crate) detections: Vec<DetectionRow>,
    /// Pages, new or changed.
    pub pages: Vec<PageRow>,
    /// Silences, new or changed.
    pub(crate) silences: Vec<SilenceRow>,
    /// Duties, new or changed.
    pub(crate) duties: Vec<DutyRow>,
    /// What is remembered by a name.
    pub(crate) notes: Vec<(String, String)>,
    /// Drills, new or changed.
    pub drills: Vec<DrillRow>,
    /// What to add to the ledger.
    pub(crate) entries: Vec<NewEntry>,
    /// Of which entries of the ledger the body is to be erased.
    pub(crate) erase: Vec<EntryId>,
}

impl Change {
    /// Whether there is nothing to keep.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps only the last of the rows that replace each other, and the first and last of many entries: a change that
    /// waits for days to be written must not grow with everything that happens. Gives the number of entries that it
    /// forgot, all from behind the first [`FIRST`].
    pub(crate) fn compact(&mut self) -> u64 {
        keep_last(&mut self.positions, |row| (row.source.clone(), row.file.clone()));
        keep_last(&mut self.windows, |row| row.0.clone());
        keep_last(&mut self.alerts, |row| row.id);
        keep_last(&mut self.detections, |row| (row.alert, row.number));
        keep_last(&mut self.pages, |row| row.id);
        keep_last(&mut self.silences, |row| row.id);
        keep_last(&mut self.duties, |row| (row.alert, row.duty.clone()));
        keep_last(&mut self.notes, |note| note.0.clone());
        keep_last(&mut self.drills, |row| row.id);
        let settled = self.pages.iter_mut().filter(|page| page.state.settled()).rev();
        // What an older letter said is not needed any more; that it came to its end is.
        settled.skip(LETTERS).for_each(|page| page.letter = String::new());
        let forgotten = self.entries.len().saturating_sub(MOST);
        if forgotten == 0 {
            return 0;
        }
        let forgotten = forgotten + MOST / 4;
        self.entries.drain(FIRST..FIRST + forgotten);
        forgotten as u64
    }

    /// How much there is to keep, in rows.
    pub(crate) fn len(&self) -> usize {
        let Self { positions, windows, alerts, detections, pages, silences, duties, notes, drills, entries, erase } =
            self;
        let of_alerts = alerts.len() + detections.len() + pages.len() + silences.len() + duties.len() + notes.len();
        positions.len() + windows.len() + of_alerts + drills.len() + entries.len() + erase.len()
    }
}

/// The most entries that wait; the first of them stay whatever comes after.
const MOST: usize = 10_000;
pub(crate) const FIRST: usize = 2_500;
/// Of so many pages that came to their end while nothing could be written, the letters are still kept.
const LETTERS: usize = 1_000;

/// Keeps the last row of each name, in their order.
pub(crate) fn keep_last<T, N: Eq + Hash>(rows: &mut Vec<T>, name: impl Fn(&T) -> N) {
    let mut seen = HashSet::new();
    rows.reverse();
    rows.retain(|row| seen.insert(name(row)));
    rows.reverse();
}
