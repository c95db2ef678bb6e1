//! The body of an entry goes, for good; what it was sealed by stays, so that the ledger still verifies.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::{ABOUT, Found, Frame, Sealing, keyed_from, names};
use crate::base::id::{AlertId, EntryId};
use crate::base::seal::Seal;
use crate::store::error::StoreError;
use crate::store::row::{Entry, NewEntry};

/// What stands in the place of a body that was erased.
pub(super) const ERASED: &str = r#"{"erased":true}"#;

/// Kinds that say how the ledger itself is to be read. Their bodies stay: nobody's data is in them.
const OWN: [&str; 5] = ["ledger.keyed", "ledger.erased", "ledger.broken", "store.set_aside", "store.gone"];

/// Entries whose body can be erased: those about an alert, those of before an instant, so many at most.
pub(in crate::store) fn erasable(
    connection: &Connection,
    alert: Option<AlertId>,
    before: Option<Timestamp>,
    most: usize,
) -> Result<Vec<EntryId>, StoreError> {
    let sql = format!(
        "SELECT id, at, realm, kind, body, seal FROM ledger WHERE (?5 OR {ABOUT}) AND kind NOT IN ('{}') \
         AND id NOT IN (SELECT id FROM erased) ORDER BY id",
        OWN.join("', '")
    );
    let [shown, followed, last] = alert.map(names).unwrap_or_default();
    let mut select = connection.prepare(&sql)?;
    let number = alert.map(|alert| alert.0);
    let found = select.query_map(params![shown, followed, last, number, alert.is_none()], Found::read)?;
    let is_meant = |entry: &Entry| before.is_none_or(|before| entry.at < before);
    // Entries stand in the order in which they were written, which a clock that was set back does not change.
    let meant = found.filter_map(|found| found.ok().and_then(Found::entry)).filter(is_meant);
    Ok(meant.take(most).map(|entry| entry.id).collect())
}

/// Erases the bodies of these entries; gives the numbers of those that were still there.
pub(in crate::store) fn erase(
    transaction: &Transaction<'_>,
    entries: &[EntryId],
    sealing: &Sealing,
) -> Result<Vec<EntryId>, StoreError> {
    let keyed = keyed_from(transaction)?.unwrap_or(u64::MAX);
    let mut select = transaction.prepare("SELECT id, at, realm, kind, body, seal FROM ledger WHERE id = ?1")?;
    let mut keep = transaction.prepare("INSERT OR IGNORE INTO erased VALUES (?1, ?2)")?;
    let mut take = transaction.prepare("UPDATE ledger SET body = ?2 WHERE id = ?1")?;
    let mut gone = Vec::new();
    for id in entries {
        let found = select.query_row([id.0], Found::read).optional()?.and_then(Found::entry);
        let Some(entry) = found.filter(|entry| !OWN.contains(&entry.kind.as_str())) else { continue };
        let new = NewEntry { at: entry.at, realm: entry.realm, kind: entry.kind, body: entry.body };
        let seal = if id.0 >= keyed {
            sealing.body(id.0, &new.body)
        } else {
            sealing.frame(Frame::of(id.0, &new), entry.seal)
        };
        if keep.execute(params![id.0, seal.to_string()])? == 1 {
            take.execute(params![id.0, ERASED])?;
            gone.push(*id);
        }
    }
    Ok(gone)
}

/// What stands for the body of an entry that was erased.
pub(super) fn seal(text: Option<String>) -> Option<Seal> {
    text.and_then(|text| Seal::from_hex(&text))
}
