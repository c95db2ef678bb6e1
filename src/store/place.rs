//! Where a store stands: its folder, the lock that keeps other writers out, the file itself and the key beside it.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension as _};
use rustix::fs::FlockOperation;

use super::file::StoreError;
use super::schema;
use crate::base::seal::Key;

/// The names of the files in the folder.
const LOCK: &str = "lock";
const FILE: &str = "vigie.db";
const KEY: &str = "key";

/// A place taken by one writer.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
    /// Held as long as the store is open for writing; the kernel lets go when the process ends, however it ends.
    _lock: File,
}

/// The path of the store in `folder`.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

impl Place {
    /// Takes `folder` and opens the store in it, making both where they are not there.
    pub(super) fn take(folder: &Path) -> Result<(Self, Connection), StoreError> {
        let lock = lock(folder)?;
        let connection = open(&path(folder))?;
        Ok((Self { folder: folder.to_owned(), _lock: lock }, connection))
    }

    /// The site's secret key, made at first use, in a file of its own that only the owner can read.
    pub(super) fn key(&mut self) -> Result<Key, StoreError> {
        self.read_key().map_err(|error| StoreError::Folder { folder: self.folder.clone(), error })
    }

    fn read_key(&self) -> io::Result<Key> {
        let mut file = private(&self.folder.join(KEY))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        if let Ok(bytes) = <[u8; 32]>::try_from(bytes.as_slice()) {
            return Ok(Key::from_bytes(bytes));
        }
        let key = Key::random()?;
        file.set_len(0)?;
        file.write_all(&key.to_bytes())?;
        file.sync_all()?;
        Ok(key)
    }
}

/// Keeps every other writer out of `folder`.
fn lock(folder: &Path) -> Result<File, StoreError> {
    let failed = |error| StoreError::Folder { folder: folder.to_owned(), error };
    fs::create_dir_all(folder).map_err(failed)?;
    let lock = private(&folder.join(LOCK)).map_err(failed)?;
    if rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
        return Err(StoreError::Taken(folder.to_owned()));
    }
    Ok(lock)
}

/// Opens or makes a file that only its owner can read.
fn private(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
}

/// Opens the store at `path` for writing.
fn open(path: &Path) -> Result<Connection, StoreError> {
    let failed = |error| StoreError::Folder { folder: path.with_file_name(""), error };
    // SQLite would make it readable by everybody.
    drop(private(path).map_err(failed)?);
    let connection = Connection::open(path).map_err(|error| named(error, path))?;
    prepare(&connection, path).map_err(|error| match error {
        StoreError::Sqlite(error) => named(error, path),
        other => other,
    })?;
    Ok(connection)
}

/// What SQLite's refusal to open the store at `path` means to whoever asked.
pub(super) fn named(error: rusqlite::Error, path: &Path) -> StoreError {
    use rusqlite::ErrorCode::{CannotOpen, NotADatabase, PermissionDenied, ReadOnly};
    match error.sqlite_error_code() {
        Some(NotADatabase) => StoreError::NotAStore(path.to_owned()),
        Some(ReadOnly | CannotOpen | PermissionDenied) => StoreError::NotYours(path.to_owned()),
        _ => StoreError::Sqlite(error),
    }
}

fn prepare(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i32>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    // Every commit is on the disk before anything it decided leaves the house.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    let tables = connection.query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(())).optional()?.is_some();
    if !tables {
        connection.execute_batch(&format!(
            "BEGIN; {} PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT;",
            schema::TABLES,
            schema::APPLICATION_ID,
            schema::VERSION
        ))?;
    } else if application != schema::APPLICATION_ID || version != schema::VERSION {
        return Err(StoreError::Foreign(path.to_owned(), version));
    }
    connection.execute_batch(schema::ADDED)?;
    Ok(())
}
