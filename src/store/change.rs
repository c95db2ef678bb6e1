//! Everything that follows from some input, to be kept in one transaction.

use std::collections::HashSet;
use std::hash::Hash;

use super::row::{AlertRow, DrillRow, JoinedRow, NewEntry, PageRow, PositionRow};

/// Rows to write together. Rows of the same number or key replace each other; ledger entries are appended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// How far the logs were read.
    pub positions: Vec<PositionRow>,
    /// Correlation windows by key; nothing to forget one.
    pub windows: Vec<(String, Option<String>)>,
    /// Alerts, new or changed.
    pub alerts: Vec<AlertRow>,
    /// Subjects that joined an alert of another one.
    pub joined: Vec<JoinedRow>,
    /// Pages, new or changed.
    pub pages: Vec<PageRow>,
    /// Drills, new or changed.
    pub drills: Vec<DrillRow>,
    /// What to add to the ledger.
    pub entries: Vec<NewEntry>,
}

impl Change {
    /// Whether there is nothing to keep.
    pub(crate) fn is_empty(&self) -> bool {
        self.positions.is_empty()
            && self.windows.is_empty()
            && self.alerts.is_empty()
            && self.joined.is_empty()
            && self.pages.is_empty()
            && self.drills.is_empty()
            && self.entries.is_empty()
    }

    /// Keeps only the last of the rows that replace each other: a change that waits for days to be written must not grow
    /// with every try.
    pub(crate) fn compact(&mut self) {
        keep_last(&mut self.positions, |row| (row.source.clone(), row.file.clone()));
        keep_last(&mut self.windows, |row| row.0.clone());
        keep_last(&mut self.alerts, |row| row.id);
        keep_last(&mut self.joined, |row| (row.realm, row.grouping.clone()));
        keep_last(&mut self.pages, |row| row.id);
        keep_last(&mut self.drills, |row| row.id);
    }
}

/// Keeps the last row of each name, in their order.
fn keep_last<T, N: Eq + Hash>(rows: &mut Vec<T>, name: impl Fn(&T) -> N) {
    let mut seen = HashSet::new();
    rows.reverse();
    rows.retain(|row| seen.insert(name(row)));
    rows.reverse();
}
