//! The *main courante*: entries that each hold the seal of the one before, so that changing, removing or reordering
//! one shows to whoever has the site's key.

mod erase;
mod mend;
mod sealing;
mod verify;

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::error::StoreError;
use super::row::{Entry, NewEntry};
use crate::base::fault::Fault;
use crate::base::id::{AlertId, DrillId, EntryId};
use crate::base::realm::Realm;
use crate::base::seal::Seal;

pub(super) use erase::{erasable, erase};
pub(super) use mend::mend;
pub(super) use sealing::Sealing;
use sealing::{Frame, KEYED, plain};
pub(super) use verify::{Memory, verify, verify_end};

/// What stands before the first entry.
pub(super) const GENESIS: Seal = Seal([0; 32]);

/// Where the ledger stood once: the number of its last entry, and that entry's seal.
pub(super) type Head = (u64, Seal);

/// The ledger is whole up to its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many entries there are.
    pub entries: u64,
    /// The seal of the last one; print it, send it, compare it later.
    pub head: Seal,
    /// How many of them were lost with a damaged store, as the ledger itself says.
    pub missing: u64,
    /// Of how many the body was erased.
    pub(crate) erased: u64,
    /// How many entries say that it was found broken.
    pub(crate) breaks: u64,
    /// From which entry on they are sealed with the site's key; nothing where none is.
    pub(crate) keyed: Option<u64>,
}

/// The first place where the ledger is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The entry concerned.
    pub entry: EntryId,
    /// What is wrong with it.
    pub(crate) what: Fault,
}

/// Appends `entries` behind the head, sealed with the site's key where there is one. Gives where the ledger stands then.
pub(super) fn append(
    transaction: &Transaction<'_>,
    entries: &[NewEntry],
    sealing: Option<&Sealing>,
) -> Result<(u64, Seal), StoreError> {
    let (mut id, mut last) = head(transaction)?;
    let Some(first) = entries.first() else { return Ok((id, last)) };
    let change_over = match sealing {
        Some(_) if keyed_from(transaction)?.is_none() => Some(keyed(id + 1, first)),
        _ => None,
    };
    let mut insert = transaction.prepare_cached("INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for entry in change_over.iter().chain(entries) {
        id += 1;
        let frame = Frame::of(id, entry);
        last = match sealing {
            Some(sealing) => sealing.entry(last, frame, sealing.body(id, &entry.body)),
            None => plain(last, frame, &entry.body),
        };
        insert.execute(params![
            id,
            entry.at.to_string(),
            entry.realm.to_string(),
            entry.kind,
            entry.body,
            last.to_string()
        ])?;
    }
    transaction.execute("UPDATE head SET id = ?1, seal = ?2", params![id, last.to_string()])?;
    Ok((id, last))
}

/// The entry which says that from here on the key counts. It is sealed with it, so that nobody else can move it.
fn keyed(from: u64, first: &NewEntry) -> NewEntry {
    let body = format!("{{\"from\":{from}}}");
    NewEntry { at: first.at, realm: Realm::Live, kind: KEYED.to_owned(), body }
}

/// From which entry on they are sealed with the key.
fn keyed_from(connection: &Connection) -> Result<Option<u64>, StoreError> {
    let mut select = connection.prepare_cached("SELECT min(id) FROM ledger WHERE kind = 'ledger.keyed'")?;
    Ok(select.query_row([], |row| row.get(0))?)
}

/// Number and seal of the last entry.
pub(super) fn head(connection: &Connection) -> Result<(u64, Seal), StoreError> {
    let (id, text): (u64, String) =
        connection.query_row("SELECT id, seal FROM head", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((id, Seal::from_hex(&text).unwrap_or(GENESIS)))
}

/// The next entry of a ledger that is empty comes behind this one.
pub(super) fn go_on_behind(connection: &Connection, (id, seal): (u64, Seal)) -> Result<(), StoreError> {
    let sql = "UPDATE head SET id = ?1, seal = ?2 WHERE id = 0";
    connection.execute(sql, params![id, seal.to_string()])?;
    Ok(())
}

/// The time of the last entry, where it has one that can be read.
pub(super) fn latest(connection: &Connection) -> Result<Option<jiff::Timestamp>, StoreError> {
    let mut select = connection.prepare("SELECT at FROM ledger ORDER BY id DESC LIMIT 1")?;
    let found = select.query_map([], |row| row.get::<_, String>(0))?.next();
    Ok(found.and_then(Result::ok).and_then(|at| at.parse().ok()))
}

/// An entry as it stands in the file, readable or not.
struct Found {
    id: i64,
    at: Option<String>,
    realm: Option<String>,
    kind: Option<String>,
    body: Option<String>,
    seal: Option<String>,
}

impl Found {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        // A column of another type or that is not UTF-8 reads as nothing: that is a finding, not a failure.
        Ok(Self {
            id: row.get(0)?,
            at: row.get(1).ok(),
            realm: row.get(2).ok(),
            kind: row.get(3).ok(),
            body: row.get(4).ok(),
            seal: row.get(5).ok(),
        })
    }

    fn entry(self) -> Option<Entry> {
        Some(Entry {
            id: EntryId(u64::try_from(self.id).ok()?),
            at: self.at?.parse().ok()?,
            realm: realm(&self.realm?)?,
            kind: self.kind?,
            body: self.body?,
            seal: Seal::from_hex(&self.seal?)?,
        })
    }
}

/// The realm that `word` names: `live`, or a drill such as `D3`.
pub(super) fn realm(word: &str) -> Option<Realm> {
    match word {
        "live" => Some(Realm::Live),
        _ => word.strip_prefix('D')?.parse().ok().map(|number| Realm::Drill(DrillId(number))),
    }
}

/// Entries numbered `from` and later, oldest first, so many at most; unreadable ones are left to `verify`.
pub(super) fn entries(connection: &Connection, from: u64, most: Option<u64>) -> Result<Vec<Entry>, StoreError> {
    let sql = "SELECT id, at, realm, kind, body, seal FROM ledger WHERE id >= ?1 ORDER BY id LIMIT ?2";
    let mut select = connection.prepare(sql)?;
    let most = most.and_then(|most| i64::try_from(most).ok()).unwrap_or(-1);
    let found = select.query_map(params![from, most], Found::read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().filter_map(Found::entry).collect())
}

/// Whether an entry has a seal that begins so.
pub(super) fn holds(connection: &Connection, seal: &str) -> Result<bool, StoreError> {
    let mut select = connection.prepare("SELECT 1 FROM ledger WHERE substr(seal, 1, ?1) = ?2 LIMIT 1")?;
    Ok(select.query_row(params![i64::try_from(seal.len()).unwrap_or(i64::MAX), seal], |_| Ok(())).optional()?.is_some())
}

/// Which entries are about an alert: those that name it, and those of its pages.
const ABOUT: &str = "(instr(body, ?1) > 0 OR instr(body, ?2) > 0 OR instr(body, ?3) > 0 OR (kind LIKE 'page.%' AND \
    CASE WHEN json_valid(body) THEN json_extract(body, '$.page') END IN (SELECT 'P' || id FROM page WHERE alert = ?4)))";

/// How an alert is named in bodies: as it is shown, or by its number alone.
fn names(AlertId(number): AlertId) -> [String; 3] {
    [format!("\"alert\":\"A{number}\""), format!("\"alert\":{number},"), format!("\"alert\":{number}}}")]
}

/// Entries that are about an alert, oldest first.
pub(super) fn entries_about(connection: &Connection, alert: AlertId) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("SELECT id, at, realm, kind, body, seal FROM ledger WHERE {ABOUT} ORDER BY id");
    let [shown, followed, last] = names(alert);
    let mut select = connection.prepare(&sql)?;
    let found = select.query_map(params![shown, followed, last, alert.0], Found::read)?;
    Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().filter_map(Found::entry).collect())
}

#[cfg(test)]
mod tests;
