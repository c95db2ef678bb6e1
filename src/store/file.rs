//! The SQLite file: opened by one writer at a time, read by anybody.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::change::Change;
use super::error::StoreError;
use super::ledger::{self, Break, Verified};
use super::numbers::{self, Last};
use super::place::{self, Place};
use super::row::{AlertRow, DrillRow, Entry, JoinedRow, PageRow, PageState, PositionRow};
use super::{holder, schema, write};
use crate::base::id::{AlertId, ChannelName, DrillId, PageId, PersonId, PlaybookId, RuleId, SourceName};
use crate::base::seal::{Key, Seal};

/// What a daemon finds when it starts.
#[derive(Debug, Default)]
pub struct Recovered {
    /// How far the logs were read.
    pub positions: Vec<PositionRow>,
    /// Correlation windows.
    pub windows: Vec<(String, String)>,
    /// Open alerts.
    pub alerts: Vec<AlertRow>,
    /// Subjects that joined an open alert of another one.
    pub joined: Vec<JoinedRow>,
    /// Pages that are owed or whose fate is unknown.
    pub pages: Vec<PageRow>,
    /// All drills: running ones go on, and lines of ended ones may still be read.
    pub drills: Vec<DrillRow>,
    /// The highest numbers given so far.
    pub last: Last,
    /// The time of the last ledger entry.
    pub latest: Option<jiff::Timestamp>,
}

/// The store of one site.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// Where it stands, if it may be written and is not only in memory.
    place: Option<Place>,
}

impl Store {
    /// Opens the store in `folder` for writing, making it where it is not there, and keeps every other writer out.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let (place, connection) = Place::take(folder)?;
        Ok(Self { connection, place: Some(place) })
    }

    /// Opens the store in `folder` for reading only, beside a running daemon or without one.
    pub fn read(folder: &Path) -> Result<Self, StoreError> {
        let path = place::path(folder);
        if !path.exists() {
            return Err(StoreError::Absent(path));
        }
        let open = || {
            let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            connection.busy_timeout(std::time::Duration::from_secs(5))?;
            // SQLite opens lazily: what is wrong with the file shows at the first look into it.
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            Ok(connection)
        };
        let connection = open().map_err(|error| place::named(error, &path))?;
        Ok(Self { connection, place: None })
    }

    /// A store that lives only in memory, for rehearsals.
    pub(crate) fn memory() -> Result<Self, StoreError> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(schema::TABLES)?;
        connection.execute_batch(schema::ADDED)?;
        Ok(Self { connection, place: None })
    }

    /// The site's secret key, made at first use, in a file of its own that only the owner can read.
    pub fn key(&mut self) -> Result<Key, StoreError> {
        match &mut self.place {
            Some(place) => place.key(),
            None => Err(StoreError::Nowhere),
        }
    }

    /// Sees to it that the store stands where it was opened: whoever deleted its folder did not mean to. Says whether
    /// it had to be put back. What stands there now is all that was ever kept.
    pub(crate) fn stay(&mut self) -> Result<bool, StoreError> {
        let Some(place) = &mut self.place else { return Ok(false) };
        if place.holds()? {
            return Ok(false);
        }
        self.connection = place.put_back(&self.connection)?;
        Ok(true)
    }

    /// Sees to it that numbers up to `given` are never given again, also if nothing else can be kept.
    pub(crate) fn reserve(&mut self, given: Last) -> Result<(), StoreError> {
        self.place.as_mut().map_or(Ok(()), |place| place.reserve(given))
    }

    /// Gives back the numbers beyond `given` that were reserved, at the end.
    pub(crate) fn give_back(&mut self, given: Last) -> Result<(), StoreError> {
        self.place.as_mut().map_or(Ok(()), |place| place.give_back(given))
    }

    /// How long to wait for another program that holds the file.
    pub(crate) fn be_patient(&self, patience: std::time::Duration) -> Result<(), StoreError> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// The folder that the store stands in; nothing where it is only in memory.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.place.as_ref().map(Place::folder)
    }

    /// The programs that hold the file at this moment, by name and number.
    pub(crate) fn holders(&self) -> Vec<String> {
        self.folder().map(holder::of).unwrap_or_default()
    }

    /// Keeps `change`, all of it or nothing.
    pub(crate) fn commit(&mut self, change: &Change) -> Result<(), StoreError> {
        if change.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction()?;
        write::positions(&transaction, &change.positions)?;
        write::windows(&transaction, &change.windows)?;
        write::joined(&transaction, &change.joined)?;
        change.alerts.iter().try_for_each(|alert| write::alert(&transaction, alert))?;
        change.pages.iter().try_for_each(|page| write::page(&transaction, page))?;
        change.drills.iter().try_for_each(|drill| write::drill(&transaction, drill))?;
        ledger::append(&transaction, &change.entries)?;
        transaction.commit()?;
        Ok(())
    }

    /// What a starting daemon needs to go on where the last one was.
    pub fn recover(&self) -> Result<Recovered, StoreError> {
        let last = |table: &str| -> Result<u64, StoreError> {
            let sql = format!("SELECT coalesce(max(id), 0) FROM {table} WHERE {}", numbers::below_clock());
            Ok(self.connection.query_row(&sql, [], |row| row.get(0))?)
        };
        Ok(Recovered {
            positions: self.rows("SELECT source, file, state FROM position", "position", |row| {
                Some(PositionRow {
                    source: SourceName(row.get(0).ok()?),
                    file: row.get(1).ok()?,
                    state: row.get(2).ok()?,
                })
            })?,
            windows: self
                .rows("SELECT key, state FROM window", "window", |row| Some((row.get(0).ok()?, row.get(1).ok()?)))?,
            alerts: self.alerts("WHERE open = 1")?,
            joined: self.rows("SELECT realm, grouping, alert FROM joined", "joined", |row| {
                Some(JoinedRow {
                    realm: ledger::realm(&row.get::<_, String>(0).ok()?)?,
                    grouping: row.get(1).ok()?,
                    alert: AlertId(row.get(2).ok()?),
                })
            })?,
            pages: self.pages("WHERE state IN ('owed', 'sending') OR state = 'spooled'")?,
            drills: self.list_drills()?,
            last: Last { alert: last("alert")?, page: last("page")?, drill: last("drill")? }
                .with(self.place.as_ref().map(Place::numbers).unwrap_or_default(), u64::max),
            latest: ledger::latest(&self.connection)?,
        })
    }

    /// Alerts, newest last: all of them or only the open ones.
    pub fn list_alerts(&self, only_open: bool) -> Result<Vec<AlertRow>, StoreError> {
        self.alerts(if only_open { "WHERE open = 1" } else { "" })
    }

    /// One alert.
    pub fn alert(&self, id: AlertId) -> Result<Option<AlertRow>, StoreError> {
        Ok(self.alerts(&format!("WHERE id = {}", id.0))?.pop())
    }

    /// The pages of one alert.
    pub(crate) fn pages_of(&self, alert: AlertId) -> Result<Vec<PageRow>, StoreError> {
        self.pages(&format!("WHERE alert = {}", alert.0))
    }

    /// The keys and states of all pages ever owed.
    pub fn all_pages(&self) -> Result<Vec<PageRow>, StoreError> {
        self.pages("")
    }

    /// All drills, oldest first.
    pub(crate) fn list_drills(&self) -> Result<Vec<DrillRow>, StoreError> {
        self.drills("")
    }

    /// One drill.
    pub fn drill(&self, id: DrillId) -> Result<Option<DrillRow>, StoreError> {
        Ok(self.drills(&format!("WHERE id = {}", id.0))?.pop())
    }

    /// Ledger entries numbered `from` and later, oldest first.
    pub fn entries(&self, from: u64) -> Result<Vec<Entry>, StoreError> {
        ledger::entries(&self.connection, from)
    }

    /// Number and seal of the last ledger entry.
    pub fn head(&self) -> Result<(u64, Seal), StoreError> {
        ledger::head(&self.connection)
    }

    /// Walks the ledger: whole, or the first entry that does not hold.
    pub fn verify(&self) -> Result<Result<Verified, Break>, StoreError> {
        ledger::verify(&self.connection)
    }

    fn alerts(&self, filter: &str) -> Result<Vec<AlertRow>, StoreError> {
        let sql =
            format!("SELECT id, realm, rule, grouping, open, body, climb, changed FROM alert {filter} ORDER BY id");
        self.rows(&sql, "alert", |row| {
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
        })
    }

    fn pages(&self, filter: &str) -> Result<Vec<PageRow>, StoreError> {
        let sql = format!(
            "SELECT id, realm, alert, key, person, channel, state, attempts, due, letter, receipt, created \
             FROM page {filter} ORDER BY id"
        );
        self.rows(&sql, "page", |row| {
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
        })
    }

    fn drills(&self, filter: &str) -> Result<Vec<DrillRow>, StoreError> {
        let sql = format!("SELECT id, playbook, ended, state, changed FROM drill {filter} ORDER BY id");
        self.rows(&sql, "drill", |row| {
            Some(DrillRow {
                id: DrillId(row.get(0).ok()?),
                playbook: PlaybookId(row.get(1).ok()?),
                ended: row.get(2).ok()?,
                state: row.get(3).ok()?,
                changed: instant(row, 4)?,
            })
        })
    }

    fn rows<T>(
        &self,
        sql: &str,
        table: &'static str,
        read: impl Fn(&rusqlite::Row<'_>) -> Option<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut select = self.connection.prepare(sql)?;
        let rows = select.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?.ok_or(StoreError::Row { table })).collect()
    }
}

fn instant(row: &rusqlite::Row<'_>, column: usize) -> Option<jiff::Timestamp> {
    row.get::<_, String>(column).ok()?.parse().ok()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
