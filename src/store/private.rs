//! Folders and files that only their owner can read, whatever the umask of whoever started vigie.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// What everybody but the owner may do.
const OTHERS: u32 = 0o077;
/// A folder that is shared with everybody on purpose, such as /tmp.
const SHARED: u32 = 0o1000;

/// Something of vigie's own that others could read or write.
#[derive(Debug)]
pub(crate) struct Wide {
    /// What.
    pub(crate) path: PathBuf,
    /// How it was.
    pub(crate) mode: u32,
    /// Why it still is; nothing where only its owner can read it now.
    pub(crate) kept: Option<io::Error>,
}

/// Makes a folder where there is none. Those above it are made as folders usually are.
pub(crate) fn folder(path: &Path) -> io::Result<()> {
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    }
}

/// Opens or makes a file.
pub(crate) fn file(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
}

/// Writes a whole file.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = file(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    file.set_len(0)?;
    file.write_all(text.as_bytes())
}

/// Takes from others what an older version or somebody's hand gave them in the folder of vigie's state: the folder
/// itself, and in it `files` and everything in `folders`. What is not vigie's own is left alone, and so is a folder that
/// is shared: closing it would lock others out of theirs.
pub(crate) fn tighten(state: &Path, files: &[&str], folders: &[&str]) -> Vec<Wide> {
    let mut found: Vec<Wide> = tighten_one(state).into_iter().collect();
    found.extend(files.iter().filter_map(|name| tighten_one(&state.join(name))));
    for name in folders {
        tighten_all(&state.join(name), &mut found);
    }
    found
}

fn tighten_all(path: &Path, found: &mut Vec<Wide>) {
    found.extend(tighten_one(path));
    let is_folder = fs::symlink_metadata(path).is_ok_and(|met| met.is_dir());
    // What cannot be listed was made by somebody else, and is theirs to close.
    let Some(inside) = is_folder.then(|| fs::read_dir(path).ok()).flatten() else { return };
    inside.flatten().for_each(|entry| tighten_all(&entry.path(), found));
}

fn tighten_one(path: &Path) -> Option<Wide> {
    let met = fs::symlink_metadata(path).ok().filter(|met| met.is_file() || met.is_dir())?;
    let mode = met.permissions().mode() & 0o7777;
    if mode & OTHERS == 0 {
        return None;
    }
    let closed = if mode & SHARED != 0 || path.join("vigie.yaml").exists() {
        Err(io::Error::other("it is shared with others; vigie needs a folder of its own"))
    } else {
        fs::set_permissions(path, Permissions::from_mode(mode & 0o700))
    };
    Some(Wide { path: path.to_owned(), mode, kept: closed.err() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn what_is_made_is_private_and_what_is_above_it_is_not_touched() {
        let place = tempfile::tempdir().unwrap();
        let above = place.path().join("a");
        fs::create_dir(&above).unwrap();
        fs::set_permissions(&above, Permissions::from_mode(0o755)).unwrap();
        for _ in 0..2 {
            folder(&above.join("state")).unwrap();
            write(&above.join("state/card"), "text").unwrap();
        }
        assert_eq!((mode(&above), mode(&above.join("state")), mode(&above.join("state/card"))), (0o755, 0o700, 0o600));
        assert_eq!(fs::read_to_string(above.join("state/card")).unwrap(), "text");
        assert!(folder(&above.join("state/card")).is_err(), "a file is no folder");
    }

    #[test]
    fn what_was_wide_is_closed_and_named_and_what_is_somebody_elses_is_left() {
        let place = tempfile::tempdir().unwrap();
        let state = place.path().join("state");
        fs::create_dir_all(state.join("drills/D1")).unwrap();
        for (name, wide) in [("key", 0o644), ("lock", 0o600), ("drills/D1/card.txt", 0o664), ("other", 0o666)] {
            fs::write(state.join(name), "").unwrap();
            fs::set_permissions(state.join(name), Permissions::from_mode(wide)).unwrap();
        }
        fs::set_permissions(state.join("drills"), Permissions::from_mode(0o700)).unwrap();
        fs::set_permissions(state.join("drills/D1"), Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&state, Permissions::from_mode(0o777)).unwrap();
        std::os::unix::fs::symlink(state.join("other"), state.join("drills/link")).unwrap();
        let found = tighten(&state, &["key", "lock", "absent"], &["drills"]);
        let named: Vec<_> = found.iter().map(|wide| (wide.path.strip_prefix(&state).unwrap(), wide.mode)).collect();
        let expected = [("", 0o777), ("key", 0o644), ("drills/D1", 0o755), ("drills/D1/card.txt", 0o664)];
        assert_eq!(named, expected.map(|(name, mode)| (Path::new(name), mode)));
        assert!(found.iter().all(|wide| wide.kept.is_none()));
        assert_eq!(["", "key", "drills/D1", "drills/D1/card.txt"].map(|name| mode(&state.join(name)) & OTHERS), [0; 4]);
        assert_eq!(mode(&state.join("other")), 0o666, "a link leads nowhere");
        assert!(tighten(&state, &["key"], &["drills"]).is_empty());
    }

    #[test]
    fn a_folder_that_everybody_shares_is_named_and_left() {
        let place = tempfile::tempdir().unwrap();
        let shared = place.path().join("tmp");
        fs::create_dir(&shared).unwrap();
        fs::set_permissions(&shared, Permissions::from_mode(0o1777)).unwrap();
        let site = place.path().join("site");
        fs::create_dir(&site).unwrap();
        fs::write(site.join("vigie.yaml"), "").unwrap();
        fs::set_permissions(&site, Permissions::from_mode(0o755)).unwrap();
        for (folder, before) in [(shared, 0o1777), (site, 0o755)] {
            let found = tighten(&folder, &[], &[]);
            assert!(found.len() == 1 && found[0].kept.is_some());
            assert_eq!(mode(&folder), before);
        }
    }
}
