//! Rows read back from the tables of alerts, pages and drills.

use super::error::StoreError;
use super::file::Store;
use super::ledger;
use super::row::{AlertRow, DetectionRow, DrillRow, DutyRow, PageRow, PageState, SilenceRow};
use crate::base::id::{AlertId, ChannelName, DrillId, DutyId, PageId, PersonId, PlaybookId, RuleId, SilenceId};

pub(super) const ALERTS: &str = "SELECT id, realm, rule, grouping, open, body, climb, changed FROM alert";
pub(super) const DETECTIONS: &str = "SELECT alert, number, grouping, body FROM detection";
pub(super) const PAGES: &str =
    "SELECT id, realm, alert, key, person, channel, state, attempts, due, letter, receipt, created FROM page";
pub(super) const DRILLS: &str = "SELECT id, playbook, ended, state, changed FROM drill";

impl Store {
    /// Alerts, newest last: all of them or only the open ones.
    pub fn list_alerts(&self, only_open: bool) -> Result<Vec<AlertRow>, StoreError> {
        self.alerts(if only_open { "WHERE open = 1" } else { "" })?.all()
    }

    /// One alert.
    pub fn alert(&self, id: AlertId) -> Result<Option<AlertRow>, StoreError> {
        Ok(self.alerts(&format!("WHERE id = {}", id.0))?.all()?.pop())
    }

    /// What one alert is made of.
    pub(crate) fn detections_of(&self, alert: AlertId) -> Result<Vec<DetectionRow>, StoreError> {
        self.detections(&format!("WHERE alert = {}", alert.0))?.all()
    }

    /// The pages of one alert.
    pub(crate) fn pages_of(&self, alert: AlertId) -> Result<Vec<PageRow>, StoreError> {
        self.pages(&format!("WHERE alert = {}", alert.0))?.all()
    }

    /// The keys and states of all pages ever owed.
    pub fn all_pages(&self) -> Result<Vec<PageRow>, StoreError> {
        self.pages("")?.all()
    }

    /// All drills, oldest first.
    pub(crate) fn list_drills(&self) -> Result<Vec<DrillRow>, StoreError> {
        self.drills("")?.all()
    }

    /// One drill.
    pub fn drill(&self, id: DrillId) -> Result<Option<DrillRow>, StoreError> {
        Ok(self.drills(&format!("WHERE id = {}", id.0))?.all()?.pop())
    }

    pub(super) fn alerts(&self, filter: &str) -> Result<Rows<AlertRow>, StoreError> {
        let sql = format!("{ALERTS} {filter} ORDER BY id");
        self.rows(&sql, "alert", alert)
    }

    pub(super) fn detections(&self, filter: &str) -> Result<Rows<DetectionRow>, StoreError> {
        let sql = format!("{DETECTIONS} {filter} ORDER BY alert, number");
        self.rows(&sql, "detection", detection)
    }

    pub(super) fn pages(&self, filter: &str) -> Result<Rows<PageRow>, StoreError> {
        let sql = format!("{PAGES} {filter} ORDER BY id");
        self.rows(&sql, "page", page)
    }

    pub(super) fn drills(&self, filter: &str) -> Result<Rows<DrillRow>, StoreError> {
        let sql = format!("{DRILLS} {filter} ORDER BY id");
        self.rows(&sql, "drill", drill)
    }

    /// All silences, oldest first.
    pub(crate) fn list_silences(&self) -> Result<Vec<SilenceRow>, StoreError> {
        self.silences("")?.all()
    }

    /// All duties that were ever given, by their alerts.
    pub(crate) fn list_duties(&self) -> Result<Vec<DutyRow>, StoreError> {
        self.duties("")?.all()
    }

    /// The duties of one alert.
    pub(crate) fn duties_of(&self, alert: AlertId) -> Result<Vec<DutyRow>, StoreError> {
        self.duties(&format!("WHERE alert = {}", alert.0))?.all()
    }

    pub(super) fn duties(&self, filter: &str) -> Result<Rows<DutyRow>, StoreError> {
        let sql = format!("SELECT alert, duty, over, body FROM duty {filter} ORDER BY alert, duty");
        self.rows(&sql, "duty", |row| {
            Some(DutyRow {
                alert: AlertId(row.get(0).ok()?),
                duty: DutyId(row.get(1).ok()?),
                is_over: row.get(2).ok()?,
                body: row.get(3).ok()?,
            })
        })
    }

    pub(super) fn silences(&self, filter: &str) -> Result<Rows<SilenceRow>, StoreError> {
        let sql = format!("SELECT id, over, body FROM silence {filter} ORDER BY id");
        self.rows(&sql, "silence", |row| {
            Some(SilenceRow { id: SilenceId(row.get(0).ok()?), is_over: row.get(1).ok()?, body: row.get(2).ok()? })
        })
    }

    pub(super) fn rows<T>(
        &self,
        sql: &str,
        table: &'static str,
        read: impl Fn(&rusqlite::Row<'_>) -> Option<T>,
    ) -> Result<Rows<T>, StoreError> {
        let mut select = self.connection.prepare(sql)?;
        let rows = select.query_map([], |row| Ok(read(row)))?;
        Ok(Rows { table, rows: rows.collect::<Result<_, _>>()? })
    }
}

/// Rows of a table, some of which may make no sense.
pub(super) struct Rows<T> {
    table: &'static str,
    rows: Vec<Option<T>>,
}

impl<T> Rows<T> {
    /// All of them, or an error where one makes no sense.
    fn all(self) -> Result<Vec<T>, StoreError> {
        let table = self.table;
        self.rows.into_iter().map(|row| row.ok_or(StoreError::Row { table })).collect()
    }

    /// Those that make sense; the others are counted.
    pub(super) fn readable(self, unreadable: &mut Vec<(&'static str, u64)>) -> Vec<T> {
        let all = self.rows.len();
        let rows: Vec<T> = self.rows.into_iter().flatten().collect();
        if rows.len() < all {
            unreadable.push((self.table, (all - rows.len()) as u64));
        }
        rows
    }
}

/// A row of the table of alerts; nothing where it makes no sense.
pub(super) fn alert(row: &rusqlite::Row<'_>) -> Option<AlertRow> {
    Some(AlertRow {
        id: AlertId(row.get(0).ok()?),
        realm: ledger::realm(&row.get::<_, String>(1).ok()?)?,
        rule: row.get::<_, Option<String>>(2).ok()?.map(RuleId),
        grouping: row.get(3).ok()?,
        open: row.get(4).ok()?,
        body: row.get(5).ok()?,
        escalation: row.get(6).ok()?,
        changed: instant(row, 7)?,
    })
}

/// A row of the table of detections; nothing where it makes no sense.
pub(super) fn detection(row: &rusqlite::Row<'_>) -> Option<DetectionRow> {
    let (alert, number) = (AlertId(row.get(0).ok()?), row.get(1).ok()?);
    Some(DetectionRow { alert, number, grouping: row.get(2).ok()?, body: Some(row.get(3).ok()?) })
}

/// A row of the table of pages; nothing where it makes no sense.
pub(super) fn page(row: &rusqlite::Row<'_>) -> Option<PageRow> {
    Some(PageRow {
        id: PageId(row.get(0).ok()?),
        realm: ledger::realm(&row.get::<_, String>(1).ok()?)?,
        alert: row.get::<_, Option<u64>>(2).ok()?.map(AlertId),
        key: row.get(3).ok()?,
        person: PersonId(row.get(4).ok()?),
        channel: ChannelName(row.get(5).ok()?),
        state: PageState::from_word(&row.get::<_, String>(6).ok()?)?,
        attempts: row.get(7).ok()?,
        due: instant(row, 8)?,
        letter: row.get(9).ok()?,
        receipt: row.get(10).ok()?,
        created: instant(row, 11)?,
    })
}

/// A row of the table of drills; nothing where it makes no sense.
pub(super) fn drill(row: &rusqlite::Row<'_>) -> Option<DrillRow> {
    Some(DrillRow {
        id: DrillId(row.get(0).ok()?),
        playbook: PlaybookId(row.get(1).ok()?),
        ended: row.get(2).ok()?,
        state: row.get(3).ok()?,
        changed: instant(row, 4)?,
    })
}

fn instant(row: &rusqlite::Row<'_>, column: usize) -> Option<jiff::Timestamp> {
    row.get::<_, String>(column).ok()?.parse().ok()
}
