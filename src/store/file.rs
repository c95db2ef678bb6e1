//! The SQLite file: opened by one writer at a time, read by anybody.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::aside::{self, Mishap};
use super::change::Change;
use super::error::StoreError;
use super::ledger::{self, Break, GENESIS, Verified};
use super::numbers::Last;
use super::place::{self, Place};
use super::remembered::{self, Sealed};
use super::row::{Entry, Recovered};
use super::{holder, schema, write};
use crate::base::cause::Cause;
use crate::base::id::{AlertId, EntryId};
use crate::base::seal::{Key, Seal};

/// The store of one site.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    /// Where it stands, if it may be written and is not only in memory.
    pub(super) place: Option<Place>,
    /// What its ledger is sealed with, and what remembers where that stands.
    sealed: Sealed,
    /// What became of it that people should know.
    mishaps: Vec<Mishap>,
    /// It cannot be written yet, and is only in memory.
    pub(super) adrift: Option<Box<Adrift>>,
}

/// A store that cannot be written at a start, as far as it can be read.
#[derive(Debug)]
pub(super) struct Adrift {
    why: StoreError,
    pub(super) recovered: Recovered,
}

impl Adrift {
    fn of(folder: &Path, why: StoreError) -> Self {
        let read = |connection| Store::on(connection, None, Sealed::default()).recover().ok();
        Self { why, recovered: aside::reading(&place::path(folder)).and_then(read).unwrap_or_default() }
    }
}

impl Store {
    /// Opens the store in `folder` for writing, making it where it is not there, and keeps every other writer out.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let (place, connection) = Place::take(folder)?;
        Ok(Self::on(connection, Some(place), Sealed::of(folder)))
    }

    fn on(connection: Connection, place: Option<Place>, sealed: Sealed) -> Self {
        Self { connection, place, sealed, mishaps: Vec::new(), adrift: None }
    }

    /// Opens the store in `folder` for writing, whatever became of it: one that is damaged is set aside, and one that
    /// cannot be written now is taken up from what can be read of it, until it can.
    pub(crate) fn take_up(folder: &Path, now: Timestamp) -> Result<Self, StoreError> {
        let mut place = Place::lock(folder)?;
        let lost = place.was_emptied().then(|| remembered::head(folder).unwrap_or((0, GENESIS)));
        let mut mishaps: Vec<Mishap> = lost.iter().map(|(entries, _)| Mishap::Gone { entries: *entries }).collect();
        let connection = match place.open_sound() {
            Ok(connection) => Ok(connection),
            Err(StoreError::Foreign(path, version)) if version > schema::VERSION => {
                return Err(StoreError::Foreign(path, version));
            }
            Err(error) if place.is_to_be_renewed(&error) => match place.renew(now, error.to_string()) {
                Ok((connection, mishap)) => {
                    mishaps.push(mishap);
                    Ok(connection)
                }
                Err(_) => Err(error),
            },
            Err(error) => Err(error),
        };
        let (connection, adrift) = match connection {
            Ok(connection) => (connection, None),
            Err(error) => (Self::memory()?.connection, Some(Box::new(Adrift::of(folder, error)))),
        };
        if let Some(head) = lost {
            // What comes is not taken for what was.
            ledger::go_on_behind(&connection, head)?;
        }
        Ok(Self { mishaps, adrift, ..Self::on(connection, Some(place), Sealed::of(folder)) })
    }

    /// Sets the damaged store aside and goes on with a new one.
    pub(crate) fn renew(&mut self, now: Timestamp, why: String) -> Result<(), StoreError> {
        let Some(place) = &mut self.place else { return Err(StoreError::Nowhere) };
        // What is deleted is still whole in the file that is open, and another file is somebody else's.
        if self.adrift.is_none() && !place.holds()? {
            return Err(StoreError::Absent(place::path(place.folder())));
        }
        // Whoever closes the old file later would take what is beside the new one for its own.
        self.connection = Connection::open_in_memory()?;
        let (connection, mishap) = place.renew(now, why)?;
        self.connection = connection;
        self.adrift = None;
        self.mishaps.push(mishap);
        Ok(())
    }

    /// Whether what stands in the file that is open makes no sense any more.
    pub(crate) fn is_damaged(&self) -> bool {
        aside::look_through(&self.connection).is_err_and(|error| error.cause() == Cause::Damaged)
    }

    /// What became of it since this was asked last.
    pub(crate) fn take_mishaps(&mut self) -> Vec<Mishap> {
        std::mem::take(&mut self.mishaps)
    }

    /// Whether it should know how far the logs were read, and does not.
    pub(crate) fn has_lost_positions(&self) -> bool {
        let is_about_them = |mishap: &Mishap| match mishap {
            Mishap::Gone { .. } => true,
            Mishap::SetAside { losses, .. } => losses.tables.iter().any(|table| table == "position"),
            Mishap::Rows(..) => false,
        };
        let is_unread = self.adrift.as_ref().is_some_and(|adrift| adrift.recovered.positions.is_empty());
        is_unread || self.mishaps.iter().any(is_about_them)
    }

    /// Why it cannot be written since it was taken up.
    pub(crate) fn adrift(&self) -> Option<&StoreError> {
        self.adrift.as_ref().map(|adrift| &adrift.why)
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
        Ok(Self::on(connection, None, Sealed::of(folder)))
    }

    /// A store that lives only in memory, for rehearsals.
    pub(crate) fn memory() -> Result<Self, StoreError> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(schema::TABLES)?;
        connection.execute_batch(schema::ADDED)?;
        Ok(Self::on(connection, None, Sealed::default()))
    }

    /// The site's secret key, made at first use, in a file of its own that only the owner can read.
    pub fn key(&mut self) -> Result<Key, StoreError> {
        let key = self.place.as_mut().ok_or(StoreError::Nowhere)?.key()?;
        self.sealed.with(&key);
        Ok(key)
    }

    /// Sees to it that the store stands where it was opened: whoever deleted its folder did not mean to. Says whether
    /// it had to be put back. What stands there now is all that was ever kept.
    pub(crate) fn stay(&mut self) -> Result<bool, StoreError> {
        let Some(place) = &mut self.place else { return Ok(false) };
        if self.adrift.is_some() {
            self.connection = place.open_sound()?;
            self.adrift = None;
            return Ok(false);
        }
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
        // Otherwise it would only be forgotten where it stood in the file.
        self.connection.pragma_update(None, "secure_delete", !change.erase.is_empty())?;
        let transaction = self.connection.transaction()?;
        write::positions(&transaction, &change.positions)?;
        write::windows(&transaction, &change.windows)?;
        write::detections(&transaction, &change.detections)?;
        change.alerts.iter().try_for_each(|alert| write::alert(&transaction, alert))?;
        change.pages.iter().try_for_each(|page| write::page(&transaction, page))?;
        change.silences.iter().try_for_each(|silence| write::silence(&transaction, silence))?;
        change.duties.iter().try_for_each(|duty| write::duty(&transaction, duty))?;
        write::notes(&transaction, &change.notes)?;
        change.drills.iter().try_for_each(|drill| write::drill(&transaction, drill))?;
        self.sealed.prepare(ledger::head(&transaction)?);
        let head = ledger::append(&transaction, &change.entries, self.sealed.sealing.as_ref())?;
        if let Some(sealing) = self.sealed.sealing.as_ref().filter(|_| !change.erase.is_empty()) {
            ledger::erase(&transaction, &change.erase, sealing)?;
        }
        transaction.commit()?;
        self.sealed.remember(head);
        if !change.erase.is_empty() {
            // What was erased also stands in the log that SQLite keeps beside its file, until that is begun anew.
            drop(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
        }
        Ok(())
    }

    /// Ledger entries numbered `from` and later, oldest first.
    pub fn entries(&self, from: u64) -> Result<Vec<Entry>, StoreError> {
        ledger::entries(&self.connection, from, None)
    }

    /// The same, so many at most.
    pub(crate) fn some_entries(&self, from: u64, most: u64) -> Result<Vec<Entry>, StoreError> {
        ledger::entries(&self.connection, from, Some(most))
    }

    /// Whether an entry has a seal that begins so.
    pub(crate) fn holds(&self, seal: &str) -> Result<bool, StoreError> {
        ledger::holds(&self.connection, seal)
    }

    /// Ledger entries that name an alert, oldest first.
    pub(crate) fn entries_about(&self, alert: AlertId) -> Result<Vec<Entry>, StoreError> {
        ledger::entries_about(&self.connection, alert)
    }

    /// Ledger entries whose body can be erased: those about an alert, those of before an instant, so many at most.
    pub(crate) fn erasable(
        &self,
        alert: Option<AlertId>,
        before: Option<Timestamp>,
        most: usize,
    ) -> Result<Vec<EntryId>, StoreError> {
        ledger::erasable(&self.connection, alert, before, most)
    }

    /// Whether the ledger says already that it is broken so.
    pub(crate) fn knows_of(&self, body: &str) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM ledger WHERE kind = 'ledger.broken' AND body = ?1";
        Ok(self.connection.query_row(sql, [body], |row| row.get::<_, u64>(0))? > 0)
    }

    /// Number and seal of the last ledger entry.
    pub(crate) fn head(&self) -> Result<(u64, Seal), StoreError> {
        ledger::head(&self.connection)
    }

    /// Where the ledger stands, as a line that only who has the key can write; nothing where it is not sealed with a key.
    pub(crate) fn head_line(&self) -> Result<Option<String>, StoreError> {
        let Some(sealing) = &self.sealed.sealing else { return Ok(None) };
        Ok(Some(remembered::line(sealing, self.head()?)))
    }

    /// Where the ledger stood at the last commit, where it is sealed with a key.
    pub(crate) fn sealed_head(&self) -> Option<(u64, Seal)> {
        self.sealed.sealing.as_ref().and(self.sealed.last).filter(|(id, _)| *id > 0)
    }

    /// Looks at the end of the ledger, from where it stood at the last commit.
    pub(crate) fn verify_end(&self) -> Result<Option<Break>, StoreError> {
        if self.adrift.is_some() {
            return Ok(None);
        }
        ledger::verify_end(&self.connection, self.sealed.sealing.as_ref(), &self.sealed.memory())
    }

    /// Walks the ledger: whole, or the first entry that does not hold.
    pub fn verify(&self) -> Result<Result<Verified, Break>, StoreError> {
        self.verify_against(&[])
    }

    /// The same; what the lines of an anchor remember of it must hold too.
    pub(crate) fn verify_against(&self, anchored: &[String]) -> Result<Result<Verified, Break>, StoreError> {
        let mut memory = self.sealed.memory();
        memory.heads.extend(anchored.iter().filter_map(|line| self.sealed.anchor(line)));
        ledger::verify(&self.connection, self.sealed.sealing.as_ref(), &memory, None)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
