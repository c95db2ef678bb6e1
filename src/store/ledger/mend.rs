//! A ledger of which not all entries could be taken over from a damaged store.

use rusqlite::{Transaction, params};

use super::{Found, GENESIS};
use crate::base::seal::Seal;
use crate::store::error::StoreError;

/// Puts a ledger right of which not all entries could be taken over: those that cannot be read go, and the next one comes
/// behind the old head. Gives the gaps.
pub(in crate::store) fn mend(
    transaction: &Transaction<'_>,
    head: Option<(u64, Seal)>,
) -> Result<Vec<(u64, u64)>, StoreError> {
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
