//! Putting a file into a folder that somebody else empties: whole or not at all, safe from a power cut, and to be read by
//! whoever empties the folder and by nobody else.

use std::fs::{Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
use std::path::Path;

use tokio::fs;
use tokio::io::AsyncWriteExt as _;

use crate::account;
use crate::words::failure::{Failure, system};
use crate::words::receipt as words;

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
    let written = write(folder, &hidden, bytes).await;
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

async fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::options().write(true).create(true).truncate(true).mode(0o600).open(path).await?;
    share(&file, folder).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}

/// Lets the group of the folder read a file in it, whatever the umask. Where that cannot be, a file that nobody would
/// take out is no file.
async fn share(file: &fs::File, folder: &Path) -> io::Result<()> {
    let met = fs::metadata(folder).await?;
    if file.metadata().await?.gid() != met.gid()
        && let Err(error) = fchown(file, None, Some(met.gid()))
        && !reads_alone(&met, account::own())
    {
        let (owner, group) = (account::name(met.uid()), account::group_name(met.gid()));
        let why = Failure(words::left_out(owner, group, system(&error)));
        return Err(io::Error::new(error.kind(), why));
    }
    file.set_permissions(Permissions::from_mode(0o640)).await
}

/// Whether whoever owns a folder can read the files of `account` in it without a group.
fn reads_alone(folder: &Metadata, account: u32) -> bool {
    [account, account::ROOT].contains(&folder.uid())
}

/// Whoever owns `folder` and could not read what `account` puts into it, with the folder's group.
pub(crate) fn left_out(folder: &Metadata, account: u32) -> Option<(String, String)> {
    // A folder with this bit gives its group to every file in it.
    let inherits = folder.mode() & 0o2000 != 0;
    let gives = account == account::ROOT || inherits || account::belongs(account, folder.gid());
    let out = !gives && !reads_alone(folder, account);
    out.then(|| (account::name(folder.uid()), account::group_name(folder.gid())))
}

/// Makes a folder for files that somebody else takes out.
pub(super) async fn make(folder: &Path) -> io::Result<()> {
    if fs::metadata(folder).await.is_ok_and(|met| met.is_dir()) {
        return Ok(());
    }
    fs::create_dir_all(folder).await?;
    fs::set_permissions(folder, Permissions::from_mode(0o750)).await
}

async fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder).await?.sync_all().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_belongs_to_the_folder_and_is_read_by_its_group_alone() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join("spool");
        make(&folder).await.expect("a folder");
        let mode = |path: &Path| std::fs::metadata(path).expect("it is there").mode() & 0o7777;
        assert_eq!(mode(&folder), 0o750);
        if account::own() == account::ROOT {
            std::os::unix::fs::chown(&folder, None, Some(4242)).expect("root may");
        }
        // What was left there by an attempt that broke off is not kept as it was.
        std::fs::write(folder.join(".a.part"), "a longer text").expect("a file");
        std::fs::set_permissions(folder.join(".a.part"), Permissions::from_mode(0o666)).expect("ours");
        put(&folder, "a", b"text").await.expect("put");
        let met = std::fs::metadata(folder.join("a")).expect("it is there");
        assert_eq!(met.mode() & 0o7777, 0o640);
        assert_eq!(met.gid(), std::fs::metadata(&folder).expect("a folder").gid());
        assert_eq!(std::fs::read(folder.join("a")).expect("readable"), b"text");
    }

    #[test]
    fn whoever_empties_a_folder_without_sharing_a_group_is_left_out() {
        let place = tempfile::tempdir().expect("a folder");
        if account::own() != account::ROOT {
            return;
        }
        let stranger = 3_999_999;
        let met = |owner, mode| {
            std::os::unix::fs::chown(place.path(), Some(owner), Some(4242)).expect("root may");
            std::fs::set_permissions(place.path(), Permissions::from_mode(mode)).expect("root may");
            std::fs::metadata(place.path()).expect("it is there")
        };
        let left = left_out(&met(65534, 0o777), stranger);
        assert_eq!(left.map(|(_, group)| group), Some("4242".to_owned()));
        for (folder, account) in [
            (met(65534, 0o2777), stranger),
            (met(65534, 0o770), account::ROOT),
            (met(0, 0o777), stranger),
            (met(stranger, 0o700), stranger),
        ] {
            assert_eq!(left_out(&folder, account), None);
        }
    }
}
