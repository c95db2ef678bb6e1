//! What a daemon finds in the store when it starts. A row that makes no sense is passed over and counted: it must not keep
//! everything else from being taken up.

use super::error::StoreError;
use super::file::Store;
use super::ledger;
use super::numbers::{self, Last};
use super::place::Place;
use super::row::{JoinedRow, PositionRow, Recovered};
use super::select::Rows;
use crate::base::id::{AlertId, SourceName};

/// Alerts that are open, and those that were ended last: they may go on.
const RECENT: &str = "WHERE open = 1 OR id IN (SELECT id FROM alert WHERE open = 0 ORDER BY changed DESC LIMIT 1000)";

/// Silences that are not over, and the last one: its number is not given again.
const LIVING: &str = "WHERE over = 0 OR id = (SELECT max(id) FROM silence)";

impl Store {
    /// What a starting daemon needs to go on where the last one was.
    pub fn recover(&self) -> Result<Recovered, StoreError> {
        if let Some(adrift) = &self.adrift {
            let given = self.place.as_ref().map(Place::numbers).unwrap_or_default();
            let recovered = adrift.recovered.clone();
            return Ok(Recovered { last: recovered.last.with(given, u64::max), ..recovered });
        }
        let last = |table: &str| -> Result<u64, StoreError> {
            let sql = format!("SELECT coalesce(max(id), 0) FROM {table} WHERE {}", numbers::below_clock());
            Ok(self.connection.query_row(&sql, [], |row| row.get(0))?)
        };
        let given = self.place.as_ref().map(Place::numbers).unwrap_or_default();
        let mut unreadable = Vec::new();
        Ok(Recovered {
            positions: self.positions()?.readable(&mut unreadable),
            windows: self.windows()?.readable(&mut unreadable),
            alerts: self.alerts(RECENT)?.readable(&mut unreadable),
            detections: self
                .detections(&format!("WHERE alert IN (SELECT id FROM alert {RECENT})"))?
                .readable(&mut unreadable),
            joined: self.joined()?.readable(&mut unreadable),
            pages: self.pages("WHERE state IN ('owed', 'sending') OR state = 'spooled'")?.readable(&mut unreadable),
            silences: self.silences(LIVING)?.readable(&mut unreadable),
            duties: self
                .duties(&format!("WHERE over = 0 OR alert IN (SELECT id FROM alert {RECENT})"))?
                .readable(&mut unreadable),
            notes: self.notes()?.readable(&mut unreadable),
            drills: self.drills("")?.readable(&mut unreadable),
            last: Last { alert: last("alert")?, page: last("page")?, drill: last("drill")? }.with(given, u64::max),
            latest: ledger::latest(&self.connection)?,
            unreadable,
        })
    }

    fn positions(&self) -> Result<Rows<PositionRow>, StoreError> {
        self.rows("SELECT source, file, state FROM position", "position", |row| {
            Some(PositionRow { source: SourceName(row.get(0).ok()?), file: row.get(1).ok()?, state: row.get(2).ok()? })
        })
    }

    fn notes(&self) -> Result<Rows<(String, String)>, StoreError> {
        self.rows("SELECT name, body FROM note", "note", |row| Some((row.get(0).ok()?, row.get(1).ok()?)))
    }

    fn windows(&self) -> Result<Rows<(String, String)>, StoreError> {
        self.rows("SELECT key, state FROM window", "window", |row| Some((row.get(0).ok()?, row.get(1).ok()?)))
    }

    fn joined(&self) -> Result<Rows<JoinedRow>, StoreError> {
        self.rows("SELECT realm, grouping, alert FROM joined", "joined", |row| {
            Some(JoinedRow {
                realm: ledger::realm(&row.get::<_, String>(0).ok()?)?,
                grouping: row.get(1).ok()?,
                alert: AlertId(row.get(2).ok()?),
            })
        })
    }
}
