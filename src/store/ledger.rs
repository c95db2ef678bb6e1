//! The *main courante*: entries that each hold the seal of the one before, so that changing, removing or reordering
//! one shows.

use rusqlite::{Connection, Row, Transaction, params};

use super::error::StoreError;
use super::row::{Entry, NewEntry};
use crate::base::fault::Fault;
use crate::base::id::{AlertId, DrillId, EntryId};
use crate::base::realm::Realm;
use crate::base::seal::Seal;

/// The kind of the entry which says that a damaged store was set aside.
pub(super) const SET_ASIDE: &str = "store.set_aside";

/// What stands before the first entry.
pub(super) const GENESIS: Seal = Seal([0; 32]);

/// The ledger is whole up to its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many entries there are.
    pub entries: u64,
    /// The seal of the last one; print it, send it, compare it later.
    pub head: Seal,
    /// How many of them were lost with a damaged store, as the ledger itself says.
    pub missing: u64,
}

/// The first place where the ledger is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The entry concerned.
    pub entry: EntryId,
    /// What is wrong with it.
    pub(crate) what: Fault,
}

/// The seal of an entry: SHA-256 over the seal before it and every column, lengths included.
pub(super) fn seal(before: Seal, id: u64, entry: &NewEntry) -> Seal {
    Seal::of(&[
        &before.0,
        &id.to_be_bytes(),
        entry.at.to_string().as_bytes(),
        entry.realm.to_string().as_bytes(),
        entry.kind.as_bytes(),
        entry.body.as_bytes(),
    ])
}

/// Appends `entries` behind the head.
pub(super) fn append(transaction: &Transaction<'_>, entries: &[NewEntry]) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let (mut id, mut last) = head(transaction)?;
    let mut insert = transaction.prepare_cached("INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for entry in entries {
        id += 1;
        last = seal(last, id, entry);
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
    Ok(())
}

/// Number and seal of the last entry.
pub(super) fn head(connection: &Connection) -> Result<(u64, Seal), StoreError> {
    let (id, text): (u64, String) =
        connection.query_row("SELECT id, seal FROM head", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((id, Seal::from_hex(&text).unwrap_or(GENESIS)))
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

/// Entries numbered `from` and later, oldest first; unreadable ones are left to [`verify`].
pub(super) fn entries(connection: &Connection, from: u64) -> Result<Vec<Entry>, StoreError> {
    let mut select =
        connection.prepare("SELECT id, at, realm, kind, body, seal FROM ledger WHERE id >= ?1 ORDER BY id")?;
    let found = select.query_map([from], Found::read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().filter_map(Found::entry).collect())
}

/// Entries that name an alert, oldest first.
pub(super) fn entries_about(connection: &Connection, alert: AlertId) -> Result<Vec<Entry>, StoreError> {
    let mut select = connection
        .prepare("SELECT id, at, realm, kind, body, seal FROM ledger WHERE instr(body, ?1) > 0 ORDER BY id")?;
    let named = format!("\"alert\":\"{alert}\"");
    let found = select.query_map([named], Found::read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().filter_map(Found::entry).collect())
}

/// Walks the whole ledger. `Err` in the inner result is the first entry that does not hold.
pub(super) fn verify(connection: &Connection) -> Result<Result<Verified, Break>, StoreError> {
    let (count, head_seal) = head(connection)?;
    let mut select = connection.prepare("SELECT id, at, realm, kind, body, seal FROM ledger ORDER BY id")?;
    let mut rows = select.query([])?;
    let gaps = gaps(connection)?;
    let (mut expected, mut before, mut lost) = (1, GENESIS, 0);
    while let Some(row) = rows.next()? {
        let found = Found::read(row)?;
        let gap = (expected, found.id - 1);
        // What stands before the entry behind a gap is not known any more.
        let is_behind_gap = gaps.iter().any(|(first, last)| *first <= gap.0 && gap.1 <= *last && gap.0 <= gap.1);
        if is_behind_gap {
            lost += found.id.abs_diff(expected);
            expected = found.id;
        }
        if found.id != expected {
            return Ok(Err(missing(expected, found.id)));
        }
        let id = EntryId(expected.unsigned_abs());
        let broken = |what| Ok(Err(Break { entry: id, what }));
        let Some(written) = found.at.clone() else { return broken(Fault::Time) };
        let Some(entry) = found.entry() else { return broken(Fault::Column) };
        if entry.at.to_string() != written {
            return broken(Fault::Rewritten);
        }
        let new = NewEntry { at: entry.at, realm: entry.realm, kind: entry.kind, body: entry.body };
        if !is_behind_gap && seal(before, id.0, &new) != entry.seal {
            return broken(Fault::Seal);
        }
        before = entry.seal;
        expected += 1;
    }
    let entries = expected.unsigned_abs() - 1;
    if entries != count {
        let entry = EntryId(entries.min(count) + 1);
        return Ok(Err(Break { entry, what: Fault::Count { counted: count, found: entries } }));
    }
    if before != head_seal {
        return Ok(Err(Break { entry: EntryId(count), what: Fault::Head }));
    }
    Ok(Ok(Verified { entries, head: before, missing: lost }))
}

/// The gaps that the ledger itself says it has since a damaged store was set aside.
fn gaps(connection: &Connection) -> Result<Vec<(i64, i64)>, StoreError> {
    #[derive(serde::Deserialize)]
    struct Lost {
        missing: Vec<(i64, i64)>,
    }
    let mut select = connection.prepare("SELECT body FROM ledger WHERE kind = ?1")?;
    let bodies = select.query_map([SET_ASIDE], |row| row.get::<_, String>(0))?;
    let lost = bodies.filter_map(|body| serde_json::from_str::<Lost>(&body.ok()?).ok());
    Ok(lost.flat_map(|lost| lost.missing).collect())
}

/// Puts a ledger right of which not all entries could be taken over: those that cannot be read go, and the next one comes
/// behind the old head. Gives the gaps.
pub(super) fn mend(transaction: &Transaction<'_>, head: Option<(u64, Seal)>) -> Result<Vec<(u64, u64)>, StoreError> {
    let (mut gaps, mut unreadable) = (Vec::new(), Vec::new());
    let (mut expected, mut last) = (1, GENESIS);
    let mut select = transaction.prepare("SELECT id, at, realm, kind, body, seal FROM ledger ORDER BY id")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let found = Found::read(row)?;
        let number = found.id;
        let Some(entry) = found.entry() else {
            unreadable.push(number);
            continue;
        };
        if entry.id.0 > expected {
            gaps.push((expected, entry.id.0 - 1));
        }
        (expected, last) = (entry.id.0 + 1, entry.seal);
    }
    for number in unreadable {
        transaction.execute("DELETE FROM ledger WHERE id = ?1", [number])?;
    }
    let (id, seal) = head.filter(|(id, _)| *id >= expected - 1).unwrap_or((expected - 1, last));
    if id >= expected {
        gaps.push((expected, id));
    }
    transaction.execute("UPDATE head SET id = ?1, seal = ?2", params![id, seal.to_string()])?;
    Ok(gaps)
}

fn missing(expected: i64, found: i64) -> Break {
    Break { entry: EntryId(expected.unsigned_abs()), what: Fault::Removed { next: found } }
}
