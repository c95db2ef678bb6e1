//! Whether the ledger is what was written: entry by entry, and against what others remember of it.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::erase;
use super::sealing::{Frame, plain};
use super::{Break, Found, GENESIS, Head, Sealing, Verified, head, keyed_from};
use crate::base::fault::{Fault, Witness};
use crate::base::id::EntryId;
use crate::base::seal::Seal;
use crate::store::error::StoreError;
use crate::store::row::Entry;

/// What others remember of the ledger.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Memory {
    /// Where it stood, and who says so.
    pub(in crate::store) heads: Vec<(Head, Witness)>,
    /// The file beside the store that should remember it is not there.
    pub(in crate::store) is_lost: bool,
}

/// Walks the ledger, from behind `since` where that is named. `Err` in the inner result is the first entry that does not
/// hold.
pub(in crate::store) fn verify(
    connection: &Connection,
    sealing: Option<&Sealing>,
    memory: &Memory,
    since: Option<Head>,
) -> Result<Result<Verified, Break>, StoreError> {
    // All of it is looked at as it is at one instant: somebody may be writing meanwhile.
    let moment = connection.unchecked_transaction()?;
    let (count, head_seal) = head(&moment)?;
    let keyed = keyed_from(&moment)?;
    if keyed.is_some() && sealing.is_none() {
        return Err(StoreError::Keyless);
    }
    let mut walk = Walk::new(keyed, sealing, gaps(&moment)?, since.unwrap_or((0, GENESIS)));
    let mut left: BTreeMap<u64, Vec<&(Head, Witness)>> = BTreeMap::new();
    memory.heads.iter().for_each(|known| left.entry(known.0.0).or_default().push(known));
    let mut select = moment.prepare(if moment.table_exists(None, "erased")? { ALL } else { OLD })?;
    let mut rows = select.query([since.map_or(0, |(id, _)| id)])?;
    while let Some(row) = rows.next()? {
        if let Err(broken) = walk.step(row)? {
            return Ok(Err(broken));
        }
        let known = left.remove(&walk.last()).unwrap_or_default();
        if let Some((_, by)) = known.iter().find(|((_, seal), _)| *seal != walk.before) {
            return Ok(Err(Break { entry: EntryId(walk.last()), what: Fault::Differs { by: by.clone() } }));
        }
    }
    let entries = walk.last();
    // What stood in a gap is not there any more, and the ledger says so itself.
    let beyond = left.into_iter().filter(|(id, _)| *id > entries).flat_map(|(_, known)| known).next_back();
    if let Some(((id, _), by)) = beyond {
        return Ok(Err(Break { entry: EntryId(entries + 1), what: Fault::Cut { known: *id, by: by.clone() } }));
    }
    if entries != count {
        let entry = EntryId(entries.min(count) + 1);
        return Ok(Err(Break { entry, what: Fault::Count { counted: count, found: entries } }));
    }
    if walk.before != head_seal {
        return Ok(Err(Break { entry: EntryId(count), what: Fault::Head }));
    }
    if keyed.is_some() && memory.is_lost {
        return Ok(Err(Break { entry: EntryId(count), what: Fault::Forgotten }));
    }
    Ok(Ok(Verified { entries, head: head_seal, missing: walk.lost, erased: walk.erased, breaks: walk.breaks, keyed }))
}

/// Looks at the ledger from where it stood at the last commit, as that is remembered beside the store.
pub(in crate::store) fn verify_end(
    connection: &Connection,
    sealing: Option<&Sealing>,
    memory: &Memory,
) -> Result<Option<Break>, StoreError> {
    let Some((since @ (id, seal), by)) = memory.heads.first().cloned() else {
        let is_lost = memory.is_lost && keyed_from(connection)?.is_some();
        let entry = EntryId(head(connection)?.0);
        return Ok(is_lost.then_some(Break { entry, what: Fault::Forgotten }));
    };
    let mut select = connection.prepare("SELECT seal FROM ledger WHERE id = ?1")?;
    let found: Option<String> = select.query_row([id], |row| row.get(0)).optional()?;
    match found {
        Some(found) if found == seal.to_string() => {
            Ok(verify(connection, sealing, &Memory::default(), Some(since))?.err())
        }
        Some(_) => Ok(Some(Break { entry: EntryId(id), what: Fault::Differs { by } })),
        // Where it was lost with a damaged store, the head of the new one is still this one.
        None if head(connection)? == since => Ok(None),
        None => {
            let last: u64 = connection.query_row("SELECT coalesce(max(id), 0) FROM ledger", [], |row| row.get(0))?;
            let cut = Break { entry: EntryId(last + 1), what: Fault::Cut { known: id, by } };
            Ok((last < id).then_some(cut))
        }
    }
}

/// All entries, with what stands for those bodies that were erased; in a store of before none could be.
const ALL: &str = "SELECT ledger.id, at, realm, kind, ledger.body, seal, erased.body FROM ledger \
    LEFT JOIN erased ON erased.id = ledger.id WHERE ledger.id > ?1 ORDER BY ledger.id";
const OLD: &str = "SELECT id, at, realm, kind, body, seal, NULL FROM ledger WHERE id > ?1 ORDER BY id";

/// Where the walk is.
struct Walk<'a> {
    keyed: u64,
    sealing: Option<&'a Sealing>,
    gaps: Vec<(i64, i64)>,
    /// The number of the next entry.
    expected: i64,
    /// The seal of the last one.
    before: Seal,
    lost: u64,
    erased: u64,
    /// How many entries say that the ledger was found broken.
    breaks: u64,
}

impl<'a> Walk<'a> {
    fn new(keyed: Option<u64>, sealing: Option<&'a Sealing>, gaps: Vec<(i64, i64)>, (id, before): Head) -> Self {
        let expected = i64::try_from(id).unwrap_or(i64::MAX - 1) + 1;
        Self { keyed: keyed.unwrap_or(u64::MAX), sealing, gaps, expected, before, lost: 0, erased: 0, breaks: 0 }
    }

    /// The number of the last entry.
    fn last(&self) -> u64 {
        self.expected.unsigned_abs() - 1
    }

    fn step(&mut self, row: &Row<'_>) -> Result<Result<(), Break>, StoreError> {
        let found = Found::read(row)?;
        let gap = (self.expected, found.id - 1);
        // What stands before the entry behind a gap is not known any more.
        let is_behind_gap = self.gaps.iter().any(|(first, last)| *first <= gap.0 && gap.1 <= *last && gap.0 <= gap.1);
        if is_behind_gap {
            self.lost += found.id.abs_diff(self.expected);
            self.expected = found.id;
        }
        let id = EntryId(self.expected.unsigned_abs());
        let broken = |what| Ok(Err(Break { entry: id, what }));
        if found.id != self.expected {
            return broken(Fault::Removed { next: found.id });
        }
        let Some(written) = found.at.clone() else { return broken(Fault::Time) };
        let Some(entry) = found.entry() else { return broken(Fault::Column) };
        if entry.at.to_string() != written {
            return broken(Fault::Rewritten);
        }
        let erased = erase::seal(row.get(6).unwrap_or_default());
        if !is_behind_gap && let Some(what) = self.fault(&entry, erased) {
            return broken(what);
        }
        self.erased += u64::from(erased.is_some());
        self.breaks += u64::from(entry.kind == "ledger.broken");
        self.before = entry.seal;
        self.expected += 1;
        Ok(Ok(()))
    }

    /// What is wrong with an entry; `erased` stands for its body where that was erased.
    fn fault(&self, entry: &Entry, erased: Option<Seal>) -> Option<Fault> {
        let frame = Frame { id: entry.id.0, at: entry.at, realm: entry.realm, kind: &entry.kind };
        let is_plain = || plain(self.before, frame, &entry.body) == entry.seal;
        if erased.is_some() && entry.body != erase::ERASED {
            return Some(Fault::Seal);
        }
        let Some(sealing) = self.sealing.filter(|_| entry.id.0 >= self.keyed) else {
            let is_whole = match (erased, self.sealing) {
                (Some(mark), Some(sealing)) => sealing.frame(frame, entry.seal) == mark,
                _ => is_plain(),
            };
            return (!is_whole).then_some(Fault::Seal);
        };
        let body = erased.unwrap_or_else(|| sealing.body(frame.id, &entry.body));
        if sealing.entry(self.before, frame, body) == entry.seal {
            return None;
        }
        Some(if is_plain() { Fault::Unkeyed } else { Fault::Seal })
    }
}

/// The gaps that the ledger itself says it has since a damaged store was set aside, or one that was gone was begun anew.
fn gaps(connection: &Connection) -> Result<Vec<(i64, i64)>, StoreError> {
    #[derive(serde::Deserialize)]
    struct Lost {
        missing: Vec<(i64, i64)>,
    }
    let mut select = connection.prepare("SELECT body FROM ledger WHERE kind IN ('store.set_aside', 'store.gone')")?;
    let bodies = select.query_map([], |row| row.get::<_, String>(0))?;
    let lost = bodies.filter_map(|body| serde_json::from_str::<Lost>(&body.ok()?).ok());
    Ok(lost.flat_map(|lost| lost.missing).collect())
}
