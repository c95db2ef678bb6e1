//! Putting a file into a folder that somebody else empties: whole or not at all, and safe from a power cut.

use std::io;
use std::path::Path;

use tokio::fs;
use tokio::io::AsyncWriteExt as _;

/// Why a file was not put, or may not have been.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It is not there.
    NotPut(io::Error),
    /// It is there, but whether it survives a power cut is not known.
    NotSure(io::Error),
}

/// Writes `bytes` under a hidden name in the same folder, makes sure of them, then gives them their name. A file of
/// that name is replaced: the same letter sent again is one file.
pub(super) async fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
    let hidden = folder.join(format!(".{name}.part"));
    let written = write(&hidden, bytes).await;
    let named = match written {
        Ok(()) => fs::rename(&hidden, folder.join(name)).await,
        Err(error) => Err(error),
    };
    if let Err(error) = named {
        // Best effort: the folder may be gone or full.
        drop(fs::remove_file(&hidden).await);
        return Err(Trouble::NotPut(error));
    }
    sync_folder(folder).await.map_err(Trouble::NotSure)
}

async fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}

async fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder).await?.sync_all().await
}
