//! What is done with a store that cannot be used as it is: it is set aside under another name, and a new one is made of
//! what can still be read of it. Where not even that can be done, vigie goes on without, and tries again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::ledger::Head;
use super::place::{BESIDE, Place, UNFINISHED, path, remove};
use super::salvage::{self, Losses};
use super::{private, remembered, schema};
use crate::base::cause::Cause;

/// Above this size a store is not looked through at a start: what is damaged in it shows when it is read.
const LOOKED_THROUGH: i64 = 256 * 1024 * 1024;

/// What became of a store that could not be used as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mishap {
    /// It was damaged: this is its name now, what was wrong with it, and what could not be taken over.
    SetAside {
        /// The name in the same folder.
        file: String,
        /// What was wrong.
        why: String,
        /// What is missing in the new one.
        losses: Losses,
    },
    /// It was there once and is not any more; so many entries of the ledger went with it, as far as that is known.
    Gone {
        /// How many.
        entries: u64,
    },
    /// Rows of it make no sense, and are left as they are: the table, and how many.
    Rows(&'static str, u64),
}

impl Place {
    /// Opens the store that stands here, and looks whether it hangs together.
    pub(super) fn open_sound(&mut self) -> Result<Connection, StoreError> {
        let connection = self.open()?;
        look_through(&connection)?;
        Ok(connection)
    }

    /// Whether a new store helps: the old one makes no sense, or cannot even be read.
    pub(super) fn is_to_be_renewed(&self, error: &StoreError) -> bool {
        match error.cause() {
            Cause::Damaged | Cause::Disk => true,
            Cause::Denied => reading(&path(self.folder())).is_none(),
            Cause::Other => matches!(error, StoreError::Foreign(..)),
            Cause::Full | Cause::Locked | Cause::Displaced => false,
        }
    }

    /// Sets the damaged store aside, and makes a new one of what can be read of it.
    pub(super) fn renew(&mut self, now: Timestamp, why: String) -> Result<(Connection, Mishap), StoreError> {
        let failed = |error| StoreError::Folder { folder: self.folder().to_owned(), error };
        let (damaged, unfinished) = (path(self.folder()), self.folder().join(UNFINISHED));
        remove(&unfinished).map_err(failed)?;
        let file = private::file(&unfinished).map_err(failed)?;
        let losses = salvage(&damaged, &unfinished, remembered::head(self.folder()))?;
        file.sync_all().map_err(failed)?;
        let name = set_aside(self.folder(), now).map_err(failed)?;
        fs::rename(&unfinished, &damaged).map_err(failed)?;
        let connection = self.open()?;
        Ok((connection, Mishap::SetAside { file: name, why, losses }))
    }
}

fn salvage(damaged: &Path, new: &Path, head: Option<Head>) -> Result<Losses, StoreError> {
    let mut new = Connection::open(new)?;
    new.execute_batch(&schema::made())?;
    // Where nothing of it can be read, there is nothing to take over.
    let old = reading(damaged).map_or_else(Connection::open_in_memory, Ok)?;
    salvage::copy(&old, &mut new, head)
}

/// Gives the store another name, and what SQLite keeps beside it too. It is there under one of them at any moment.
fn set_aside(folder: &Path, now: Timestamp) -> io::Result<String> {
    let date = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut names = std::iter::once(format!("vigie.db.damaged-{date}"))
        .chain((2..).map(|number| format!("vigie.db.damaged-{date}-{number}")));
    let free = |name: &String| fs::symlink_metadata(folder.join(name)).is_err();
    let name = names.find(free).unwrap_or_default();
    let [log, index] = BESIDE;
    let link = |from: &str, to: &str| match fs::hard_link(folder.join(from), folder.join(to)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        // A file system without links.
        Err(_) => fs::rename(folder.join(from), folder.join(to)),
        linked => linked,
    };
    link("vigie.db", &name)?;
    link(log, &format!("{name}-wal"))?;
    // They would be taken for those of the new one.
    remove(&folder.join(log))?;
    remove(&folder.join(index))?;
    Ok(name)
}

/// A connection that can read what stands at `path`, as far as anybody can: with what is beside it; without writing even
/// an index, where there is no room for one; or only the file itself.
pub(super) fn reading(path: &Path) -> Option<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let alone = || {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        Ok(connection)
    };
    let plain = || Connection::open_with_flags(path, flags);
    let file = || Connection::open_with_flags(immutable(path), flags);
    let ways: [&dyn Fn() -> rusqlite::Result<Connection>; 3] = [&plain, &alone, &file];
    let looked = |connection: &Connection| {
        connection.busy_timeout(super::place::PATIENCE)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
    };
    ways.iter().filter_map(|way| way().ok()).find(|connection| looked(connection).is_ok())
}

/// The name of a file that SQLite is to read as if nobody could change it.
fn immutable(path: &Path) -> PathBuf {
    let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    PathBuf::from(format!("file:{name}?immutable=1"))
}

/// Whether the pages of a store hang together. One too large to be looked through is taken as it is.
pub(super) fn look_through(connection: &Connection) -> Result<(), StoreError> {
    let size: i64 = connection.query_row(
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        [],
        |row| row.get(0),
    )?;
    if size > LOOKED_THROUGH {
        return Ok(());
    }
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Unsound(found)) }
}
