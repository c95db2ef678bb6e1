//! Why the store cannot be used, in words for whoever runs it.

use std::path::PathBuf;

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder cannot be made or written.
    #[error("cannot use the state folder {folder}: {error}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// Somebody else holds it.
    #[error("the state folder {0} is in use by another vigie; stop that one first, or give this site its own `state:`")]
    Taken(PathBuf),
    /// Not a file of ours.
    #[error("{0} is not a store of vigie, or of a newer one (table version {1})")]
    Foreign(PathBuf, i32),
    /// There is no store yet.
    #[error("there is no store at {0}: has `vigie run` been started here?")]
    Absent(PathBuf),
    /// Another account's.
    #[error("this account may not use the store at {0}: run the command as the account that runs `vigie run`")]
    NotYours(PathBuf),
    /// Something else under the store's name.
    #[error("{0} is not a store: move it away, or restore it from a backup")]
    NotAStore(PathBuf),
    /// Another file stands where the one that is open did.
    #[error(
        "{0} is not the store that this vigie opened: put that one back, or start vigie again to go on with this one"
    )]
    Displaced(PathBuf),
    /// What is only read, or only in memory, has no key.
    #[error("this store has no folder of its own to keep a key in")]
    Nowhere,
    /// The ledger is sealed with a key that is not here.
    #[error("the ledger is sealed with the site's key, and the file `key` is not beside the store or may not be read")]
    Keyless,
    /// SQLite could not do it.
    #[error("the store cannot be read or written: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// Pages of the file that do not hang together.
    #[error("the store is damaged: {0}")]
    Unsound(String),
    /// A row that cannot be understood.
    #[error("the store holds a row of table `{table}` that cannot be read")]
    Row {
        /// The table.
        table: &'static str,
    },
}
