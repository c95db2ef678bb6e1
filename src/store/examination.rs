//! A look through everything that is kept: whether tables and indexes hang together, and whether each row makes sense. It
//! changes nothing, and holds one row at a time.

use rusqlite::{Connection, Row};
use serde::de::IgnoredAny;

use super::error::StoreError;
use super::file::Store;
use super::select::{self, ALERTS, DETECTIONS, DRILLS, PAGES};
use crate::base::cause::Cause;

/// The most faults that are named.
const NAMED: u32 = 100;

/// Whether a text is what its owner wrote; the store itself only keeps it.
type Reads = fn(&str) -> bool;

/// Whether a row makes sense; nothing where it is not even one.
type Sense<'a> = &'a dyn Fn(&Row<'_>) -> Option<bool>;

/// How the owners of rows read what they wrote.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Readers {
    pub(crate) alert: Reads,
    pub(crate) detection: Reads,
    pub(crate) drill: Reads,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Examination {
    /// The tables, in the order of their names.
    pub(crate) tables: Vec<Examined>,
    /// What does not hang together, in SQLite's words.
    pub(crate) damage: Vec<String>,
}

/// What was found in one table.
#[derive(Debug)]
pub(crate) struct Examined {
    pub(crate) table: String,
    /// How many rows there are, as far as it can be read.
    pub(crate) rows: u64,
    /// How many of them make no sense.
    pub(crate) unreadable: u64,
}

impl Store {
    /// Looks through everything but the order of the ledger, which [`Store::verify`] does.
    pub(crate) fn examine(&self, readers: Readers) -> Result<Examination, StoreError> {
        let mut found = Examination::default();
        if let Some(faults) = noted(faults(&self.connection), &mut found.damage)? {
            found.damage.extend(faults);
        }
        for table in noted(tables(&self.connection), &mut found.damage)?.unwrap_or_default() {
            let mut examined = Examined { table, rows: 0, unreadable: 0 };
            noted(examined.look(&self.connection, readers), &mut found.damage)?;
            found.tables.push(examined);
        }
        found.damage.dedup();
        Ok(found)
    }
}

/// What was read; that something is damaged is a finding, and no failure.
fn noted<T>(read: Result<T, StoreError>, damage: &mut Vec<String>) -> Result<Option<T>, StoreError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.cause() == Cause::Damaged => {
            damage.push(error.to_string());
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What SQLite finds wrong with the pages of the file, its tables and its indexes.
fn faults(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut check = connection.prepare(&format!("PRAGMA integrity_check({NAMED})"))?;
    let said = check.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(said.iter().flat_map(|said| said.lines()).filter(|line| *line != "ok").map(str::to_owned).collect())
}

fn tables(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut select = connection.prepare(names)?;
    Ok(select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

impl Examined {
    fn look(&mut self, connection: &Connection, readers: Readers) -> Result<(), StoreError> {
        let all = format!("SELECT * FROM \"{}\"", self.table);
        let (sql, reads): (&str, Sense<'_>) = match self.table.as_str() {
            "alert" => (ALERTS, &|row| {
                let alert = select::alert(row)?;
                Some((readers.alert)(&alert.body) && alert.escalation.is_none_or(|state| is_json(&state)))
            }),
            "detection" => (DETECTIONS, &|row| Some((readers.detection)(&select::detection(row)?.body?))),
            "page" => (PAGES, &|row| select::page(row).map(|page| is_json(&page.key) && is_json(&page.letter))),
            "drill" => (DRILLS, &|row| Some((readers.drill)(&select::drill(row)?.state))),
            _ => (&all, &|row| {
                let columns = 0..row.as_ref().column_count();
                Some(columns.into_iter().all(|at| row.get::<_, rusqlite::types::Value>(at).is_ok()))
            }),
        };
        let mut select = connection.prepare(sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            self.rows += 1;
            self.unreadable += u64::from(reads(row) != Some(true));
        }
        Ok(())
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}
