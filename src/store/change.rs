//! Everything that follows from some input, to be kept in one transaction.

use super::row::{AlertRow, DrillRow, NewEntry, PageRow, PositionRow};

/// Rows to write together. Rows of the same number or key replace each other; ledger entries are appended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// How far the logs were read.
    pub positions: Vec<PositionRow>,
    /// Correlation windows by key; nothing to forget one.
    pub windows: Vec<(String, Option<String>)>,
    /// Alerts, new or changed.
    pub alerts: Vec<AlertRow>,
    /// Pages, new or changed.
    pub pages: Vec<PageRow>,
    /// Drills, new or changed.
    pub drills: Vec<DrillRow>,
    /// What to add to the ledger.
    pub entries: Vec<NewEntry>,
}

impl Change {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
            && self.windows.is_empty()
            && self.alerts.is_empty()
            && self.pages.is_empty()
            && self.drills.is_empty()
            && self.entries.is_empty()
    }

    /// Adds a later change behind this one.
    pub fn append(&mut self, mut later: Self) {
        self.positions.append(&mut later.positions);
        self.windows.append(&mut later.windows);
        self.alerts.append(&mut later.alerts);
        self.pages.append(&mut later.pages);
        self.drills.append(&mut later.drills);
        self.entries.append(&mut later.entries);
    }
}
