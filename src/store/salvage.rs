//! What can still be read of a damaged store, row by row, taken over into a new one. Where a page of the file is gone, the
//! rows before it, behind it and between two of its kind are still there.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params_from_iter};

use super::error::StoreError;
use super::ledger::{self, Head};

/// The most rows that are looked for one by one between those that can be read from either end.
const BETWEEN: i64 = 100_000;

/// What could not be taken over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Losses {
    /// The tables of which rows may be missing.
    pub(crate) tables: Vec<String>,
    /// Entries of the ledger that are missing, from the first to the last of each gap.
    pub(crate) entries: Vec<(u64, u64)>,
}

/// A table as both stores have it.
struct Table {
    name: String,
    columns: String,
    /// What its rows are ordered by.
    key: String,
    /// How many columns it has.
    width: usize,
    /// Whether its key is a number.
    is_numbered: bool,
}

/// Copies into `to`, which has all tables and nothing in them, what can be read of `from`.
pub(super) fn copy(from: &Connection, to: &mut Connection, remembered: Option<Head>) -> Result<Losses, StoreError> {
    let tables = tables(to)?;
    let transaction = to.transaction()?;
    let mut losses = Losses::default();
    for table in tables.iter().filter(|table| table.name != "head") {
        if !table.copy(from, &transaction)? {
            losses.tables.push(table.name.clone());
        }
    }
    // The file beside the store also knows of entries that stood where nothing can be read any more.
    let head = ledger::head(from).ok().into_iter().chain(remembered).max_by_key(|(id, _)| *id);
    losses.entries = ledger::mend(&transaction, head)?;
    transaction.commit()?;
    Ok(losses)
}

fn tables(store: &Connection) -> Result<Vec<Table>, StoreError> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut select = store.prepare(names)?;
    let names: Vec<String> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    names.into_iter().map(|name| Table::of(store, name)).collect()
}

impl Table {
    fn of(store: &Connection, name: String) -> Result<Self, StoreError> {
        let mut select = store.prepare("SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = select.query_map([&name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let columns: Vec<(String, String, i64)> = columns.collect::<Result<_, _>>()?;
        let mut key: Vec<&(String, String, i64)> = columns.iter().filter(|(.., place)| *place > 0).collect();
        key.sort_by_key(|(.., place)| *place);
        let is_numbered = matches!(key[..], [(_, kind, _)] if kind == "INTEGER");
        let list = |names: Vec<&str>| names.join(", ");
        Ok(Self {
            columns: list(columns.iter().map(|(name, ..)| name.as_str()).collect()),
            key: list(key.iter().map(|(name, ..)| name.as_str()).collect()),
            width: columns.len(),
            is_numbered,
            name,
        })
    }

    /// Copies the rows that can be read; says whether those are all.
    fn copy(&self, from: &Connection, to: &Connection) -> Result<bool, StoreError> {
        let Self { name, columns, key, .. } = self;
        let rows = |order: &str| format!("SELECT {columns} FROM {name} ORDER BY {order}");
        let forward = self.read(from, to, &rows(key))?;
        if forward.is_whole {
            return Ok(forward.refused == 0);
        }
        let backward: Vec<String> = key.split(", ").map(|column| format!("{column} DESC")).collect();
        let backward = self.read(from, to, &rows(&backward.join(", ")))?;
        if self.is_numbered
            && let (Some(first), Some(last)) = (forward.last, backward.last)
        {
            self.read_between(from, to, (first, last))?;
        }
        Ok(false)
    }

    /// Copies rows in one order until one cannot be read. A row that the new store does not take is passed over.
    fn read(&self, from: &Connection, to: &Connection, sql: &str) -> Result<Way, StoreError> {
        let mut way = Way::default();
        // A schema that cannot be read, or a table that is not there, has no rows.
        let Ok(mut select) = from.prepare(sql) else { return Ok(way) };
        let Ok(mut rows) = select.query([]) else { return Ok(way) };
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => break way.is_whole = true,
                Err(_) => break,
            };
            let Ok(values) = (0..self.width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>() else {
                way.refused += 1;
                continue;
            };
            if let Some(Value::Integer(number)) = values.first() {
                way.last = Some(*number);
            }
            way.refused += u64::from(!self.take(to, values)?);
        }
        Ok(way)
    }

    /// Looks for rows one by one where neither way led.
    fn read_between(&self, from: &Connection, to: &Connection, (first, last): (i64, i64)) -> Result<(), StoreError> {
        let Self { name, columns, key, .. } = self;
        let Ok(mut select) = from.prepare(&format!("SELECT {columns} FROM {name} WHERE {key} = ?1")) else {
            return Ok(());
        };
        for number in (first.saturating_add(1)..last).take(usize::try_from(BETWEEN).unwrap_or_default()) {
            let read =
                |row: &rusqlite::Row<'_>| (0..self.width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>();
            if let Ok(Some(values)) = select.query_row([number], read).optional() {
                self.take(to, values)?;
            }
        }
        Ok(())
    }

    /// Puts a row into the new store; says whether it takes it.
    fn take(&self, to: &Connection, values: Vec<Value>) -> Result<bool, StoreError> {
        let places = vec!["?"; self.width].join(", ");
        let mut insert = to.prepare_cached(&format!("INSERT OR IGNORE INTO {} VALUES ({places})", self.name))?;
        match insert.execute(params_from_iter(values)) {
            Ok(_) => Ok(true),
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// How far one way through a table led.
#[derive(Debug, Default)]
struct Way {
    is_whole: bool,
    /// How many rows made no sense.
    refused: u64,
    /// The number of the last row that could be read, where rows are numbered.
    last: Option<i64>,
}
