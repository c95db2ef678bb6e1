//! The folder of a demonstration: a fresh one that nobody else can look or write into, whoever runs it and wherever
//! temporary files are. Whatever somebody put there beforehand is refused, and no link is followed.

use std::fs::{DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use rustix::fs::{Mode, OFlags};

use crate::words::demo as words;
use crate::words::failure::{self, Failure};

/// Only its owner.
const OWNER: u32 = 0o700;

/// A new folder among the temporary ones, with a name that nobody can know beforehand.
pub(super) fn fresh() -> Result<PathBuf> {
    let folder = tempfile::Builder::new().prefix("vigie-demo-").permissions(Permissions::from_mode(OWNER)).tempdir();
    Ok(folder.map_err(|error| cannot_make(&std::env::temp_dir(), &error))?.keep())
}

/// The folder that somebody asked for: made here, or empty and theirs.
pub(super) fn named(folder: &Path) -> Result<()> {
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent).map_err(|error| cannot_make(parent, &error))?;
    }
    match DirBuilder::new().mode(OWNER).create(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken_over(folder),
        Err(error) => Err(cannot_make(folder, &error).into()),
    }
}

fn cannot_make(folder: &Path, error: &io::Error) -> Failure {
    Failure(failure::cannot_make(folder.display(), failure::system(error)))
}

/// Takes over a folder that is there already, if nothing of anybody can be hit there.
fn taken_over(folder: &Path) -> Result<()> {
    let shown = folder.display();
    let cannot_read = |error| Failure(failure::cannot_read(folder.display(), failure::system(&io::Error::from(error))));
    let opened = rustix::fs::open(folder, OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC, Mode::empty());
    let opened = opened.map_err(|_| Failure(words::not_a_folder(&shown)))?;
    let own = rustix::fs::fstat(&opened).map_err(cannot_read)?.st_uid;
    if own != rustix::process::geteuid().as_raw() {
        bail!(Failure(words::not_yours(shown)));
    }
    // Before looking into it: from here on, nobody else puts anything there.
    rustix::fs::fchmod(&opened, Mode::from_raw_mode(OWNER)).map_err(cannot_read)?;
    let inside = std::fs::read_dir(folder);
    let mut inside = inside.map_err(|error| Failure(failure::cannot_read(&shown, failure::system(&error))))?;
    if inside.next().is_some() {
        bail!(Failure(words::not_empty(shown)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt as _, symlink};

    use super::*;

    fn mode(folder: &Path) -> u32 {
        std::fs::symlink_metadata(folder).unwrap().mode() & 0o7777
    }

    #[test]
    fn a_fresh_folder_is_its_owners_alone_and_never_the_same() {
        let (one, other) = (fresh().unwrap(), fresh().unwrap());
        assert_ne!(one, other);
        for folder in [&one, &other] {
            assert_eq!(mode(folder), 0o700);
            std::fs::remove_dir(folder).unwrap();
        }
    }

    #[test]
    fn an_empty_folder_of_ones_own_is_closed_to_others() {
        let place = tempfile::tempdir().unwrap();
        let new = place.path().join("a/b");
        named(&new).unwrap();
        assert_eq!(mode(&new), 0o700);
        std::fs::set_permissions(&new, Permissions::from_mode(0o777)).unwrap();
        named(&new).unwrap();
        assert_eq!(mode(&new), 0o700);
    }

    #[test]
    fn what_somebody_put_there_beforehand_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let (target, link) = (place.path().join("target"), place.path().join("link"));
        std::fs::create_dir(&target).unwrap();
        symlink(&target, &link).unwrap();
        let dangling = place.path().join("dangling");
        symlink(place.path().join("elsewhere"), &dangling).unwrap();
        let file = place.path().join("file");
        std::fs::write(&file, "x").unwrap();
        let full = place.path().join("full");
        std::fs::create_dir(&full).unwrap();
        symlink("/etc/hostname", full.join("vigie.yaml")).unwrap();
        for folder in [&link, &dangling, &file, &full] {
            assert!(named(folder).is_err(), "{}", folder.display());
        }
        assert!(std::fs::read_dir(&target).unwrap().next().is_none());
        assert!(!place.path().join("elsewhere").exists());
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        if !rustix::process::geteuid().is_root() {
            println!("skipped: only root can give a folder away");
            return;
        }
        let place = tempfile::tempdir().unwrap();
        let given = place.path().join("given");
        std::fs::create_dir(&given).unwrap();
        std::os::unix::fs::chown(&given, Some(65534), Some(65534)).unwrap();
        let why = named(&given).unwrap_err().to_string();
        assert!(why.contains("somebody else"), "{why}");
        assert_eq!(mode(&given), 0o755, "it is left as it was");
    }
}
