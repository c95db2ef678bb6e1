//! Where a store stands: its folder, the lock that keeps other writers out, the file itself and the key beside it. Also
//! what is done when somebody deletes them under a vigie that runs: as long as the file is open nothing is lost, so
//! everything is put back before the next thing is kept.

use std::fs::{self, File, Metadata};
use std::io::{self, Seek as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _};
use rustix::fs::FlockOperation;

use super::error::StoreError;
use super::key::{self, FILE as KEY};
use super::numbers::{self, Last, Numbers};
use super::private::{self, Wide};
use super::{remembered, schema};
use crate::base::seal::Key;

/// The names of the files in the folder.
const LOCK: &str = "lock";
const FILE: &str = "vigie.db";
/// What SQLite keeps beside its file.
pub(super) const BESIDE: [&str; 2] = ["vigie.db-wal", "vigie.db-shm"];
/// A store that is being put back. It gets its name when it is whole.
pub(super) const UNFINISHED: &str = "vigie.db-unfinished";

/// How long to wait for another program that holds the file.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// A place taken by one writer.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
    /// Held as long as the store is open for writing; the kernel lets go when the process ends, however it ends.
    lock: File,
    /// Device and number of the file that is open.
    file: (u64, u64),
    /// The site's key, once it was asked for.
    key: Option<Key>,
    /// What says which numbers were given out, once some are.
    numbers: Option<Numbers>,
}

/// The path of the store in `folder`.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Closes a state folder to everybody but its owner, with what the store keeps in it and everything in `folders`. What
/// was open is given back.
pub(crate) fn tighten(state: &Path, folders: &[&str]) -> Vec<Wide> {
    let [log, index] = BESIDE;
    private::tighten(state, &[LOCK, FILE, log, index, KEY, UNFINISHED, numbers::FILE, remembered::FILE], folders)
}

impl Place {
    /// Takes `folder` and opens the store in it, making both where they are not there.
    pub(super) fn take(folder: &Path) -> Result<(Self, Connection), StoreError> {
        let mut place = Self::lock(folder)?;
        let connection = place.open()?;
        Ok((place, connection))
    }

    /// Keeps every other writer out of `folder`; what is in it is not looked at yet.
    pub(super) fn lock(folder: &Path) -> Result<Self, StoreError> {
        let lock = lock(folder)?;
        Ok(Self { folder: folder.to_owned(), lock, file: (0, 0), key: None, numbers: None })
    }

    /// Opens the store that stands here, making it where it is not there.
    pub(super) fn open(&mut self) -> Result<Connection, StoreError> {
        let path = path(&self.folder);
        let connection = open(&path)?;
        self.file = fs::metadata(&path).map(|found| identity(&found)).map_err(|error| self.failed(error))?;
        Ok(connection)
    }

    /// Whether there was a store once, of which nothing is left: its key is made with it.
    pub(super) fn was_emptied(&self) -> bool {
        let is_empty = fs::metadata(path(&self.folder)).map_or(true, |found| found.len() == 0);
        is_empty && fs::metadata(self.folder.join(KEY)).is_ok_and(|found| found.len() > 0)
    }

    /// The site's secret key, made at first use, in a file of its own that only the owner can read.
    pub(super) fn key(&mut self) -> Result<Key, StoreError> {
        let key = self.read_key().map_err(|error| self.failed(error))?;
        self.key = Some(key.clone());
        Ok(key)
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The numbers up to which some may have been given out, as far as it is known here.
    pub(super) fn numbers(&self) -> Last {
        Numbers::read(&self.folder).unwrap_or_default()
    }

    /// Sees to it that numbers up to `given` are never given again.
    pub(super) fn reserve(&mut self, given: Last) -> Result<(), StoreError> {
        let reserved = match &mut self.numbers {
            Some(numbers) => numbers.reserve(given),
            None => Numbers::open(&self.folder, given).map(|numbers| self.numbers = Some(numbers)),
        };
        reserved.map_err(|error| self.failed(error))
    }

    /// Gives back the numbers beyond `given`.
    pub(super) fn give_back(&mut self, given: Last) -> Result<(), StoreError> {
        let back = self.numbers.as_mut().map_or(Ok(()), |numbers| numbers.give_back(given));
        back.map_err(|error| self.failed(error))
    }

    /// Whether the store still stands here. The lock and the key are put back where they are gone.
    pub(super) fn holds(&mut self) -> Result<bool, StoreError> {
        let locked = self.lock.metadata().map(|held| identity(&held)).map_err(|error| self.failed(error))?;
        if ![Seen::File(locked), Seen::Hidden].contains(&seen(&self.folder.join(LOCK))) {
            self.lock = lock(&self.folder)?;
        }
        if let Some(key) = self.key.as_ref().filter(|_| seen(&self.folder.join(KEY)) == Seen::Nothing) {
            private::file(&self.folder.join(KEY))
                .and_then(|mut file| write_key(&mut file, key))
                .map_err(|error| self.failed(error))?;
        }
        if seen(&self.folder.join(numbers::FILE)) == Seen::Nothing {
            // Made anew with the next number that is given.
            self.numbers = None;
        }
        let path = path(&self.folder);
        match seen(&path) {
            Seen::Nothing => Ok(false),
            Seen::File(file) if file != self.file => Err(StoreError::Displaced(path)),
            Seen::File(_) | Seen::Hidden => Ok(true),
        }
    }

    /// Makes the store anew from what is open although it was deleted, and opens it.
    pub(super) fn put_back(&mut self, deleted: &Connection) -> Result<Connection, StoreError> {
        let (path, unfinished) = (path(&self.folder), self.folder.join(UNFINISHED));
        let failed = |error| StoreError::Folder { folder: self.folder.clone(), error };
        remove(&unfinished).map_err(failed)?;
        let file = private::file(&unfinished).map_err(failed)?;
        deleted.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
        file.sync_all().map_err(failed)?;
        // They tell of the file that is gone, and would be taken for those of the new one.
        BESIDE.iter().try_for_each(|name| remove(&self.folder.join(name))).map_err(failed)?;
        fs::rename(&unfinished, &path).map_err(failed)?;
        let opened = open(&path).and_then(|connection| {
            let file = fs::metadata(&path).map(|found| identity(&found)).map_err(failed)?;
            File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
            Ok((connection, file))
        });
        // Where that did not work out, the next try starts from the deleted file again.
        let (connection, file) = opened.inspect_err(|_| drop(remove(&path)))?;
        self.file = file;
        Ok(connection)
    }

    fn read_key(&self) -> io::Result<Key> {
        if let Some(key) = key::kept(&self.folder) {
            return Ok(key);
        }
        let key = Key::random()?;
        let mut file = private::file(&self.folder.join(KEY))?;
        // What was there was cut short, and is not to stand before what is written now.
        file.set_len(0)?;
        file.rewind()?;
        write_key(&mut file, &key)?;
        Ok(key)
    }

    fn failed(&self, error: io::Error) -> StoreError {
        StoreError::Folder { folder: self.folder.clone(), error }
    }
}

/// What is under a name.
#[derive(PartialEq, Eq)]
enum Seen {
    Nothing,
    File((u64, u64)),
    /// Something that cannot be looked at, which says nothing.
    Hidden,
}

fn seen(path: &Path) -> Seen {
    match fs::metadata(path) {
        Ok(found) => Seen::File(identity(&found)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Seen::Nothing,
        Err(_) => Seen::Hidden,
    }
}

fn identity(found: &Metadata) -> (u64, u64) {
    (found.dev(), found.ino())
}

pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn write_key(file: &mut File, key: &Key) -> io::Result<()> {
    file.write_all(&key.to_bytes())?;
    file.sync_all()
}

/// Keeps every other writer out of `folder`.
fn lock(folder: &Path) -> Result<File, StoreError> {
    let failed = |error| StoreError::Folder { folder: folder.to_owned(), error };
    private::folder(folder).map_err(failed)?;
    let lock = private::file(&folder.join(LOCK));
    // One that is there can be held by whoever may only read it.
    let lock = lock.or_else(|error| File::open(folder.join(LOCK)).map_err(|_| error)).map_err(failed)?;
    if rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
        return Err(StoreError::Taken(folder.to_owned()));
    }
    Ok(lock)
}

/// Opens the store at `path` for writing.
fn open(path: &Path) -> Result<Connection, StoreError> {
    let failed = |error| StoreError::Folder { folder: path.with_file_name(""), error };
    // SQLite would make it readable by everybody.
    drop(private::file(path).map_err(failed)?);
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
    connection.busy_timeout(PATIENCE)?;
    let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i32>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    // Every commit is on the disk before anything it decided leaves the house.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    let tables = connection.query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(())).optional()?.is_some();
    if !tables {
        connection.execute_batch(&schema::made())?;
    } else if application != schema::APPLICATION_ID || version != schema::VERSION {
        return Err(StoreError::Foreign(path.to_owned(), version));
    }
    connection.execute_batch(schema::ADDED)?;
    Ok(())
}
