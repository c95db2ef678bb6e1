//! Opens a file that a document names, beneath the document's own folder.
//!
//! Who may only propose documents (a pull request that a pipeline checks) must not have other files of the machine read
//! and printed. So a name or a link that leads out of the folder is refused, and so is whatever is no ordinary file: a
//! pipe would never end. It knows nothing of what the file holds.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Component, Path};

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, fstat, openat, readlinkat, statat};

use super::unreadable::Unreadable;

/// So many links are followed on the way to a file, as many as the kernel follows.
const MOST_LINKS: usize = 40;

/// Opens the file that is called `name` as seen from `folder`. Links are followed as long as they stay in the folder:
/// a folder that is published by swapping a link is made of them.
pub(crate) fn open(folder: &Path, name: &Path) -> io::Result<File> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let is_here = folder == Path::new(".");
    if is_here && let Some(file) = at_once(CWD, name) {
        return Ok(file);
    }
    let top = openat(CWD, folder, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    if !is_here && let Some(file) = at_once(top.as_fd(), name) {
        return Ok(file);
    }
    let mut walk = Walk { top, below: Vec::new(), ahead: Vec::new(), links: 0 };
    walk.plan(name)?;
    walk.go()
}

/// The same in one call, which thousands of rules need. Kernels before 5.6 and some sandboxes do not have it, and it
/// does not say why something is refused: then each step is taken, and what is wrong is seen there.
#[cfg(target_os = "linux")]
fn at_once(top: BorrowedFd<'_>, name: &Path) -> Option<File> {
    use rustix::fs::{ResolveFlags, openat2};

    // Opening a pipe must not wait for somebody at its other end.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    let file: File = openat2(top, name, flags, Mode::empty(), resolve).ok()?.into();
    file.metadata().is_ok_and(|met| met.is_file()).then_some(file)
}

#[cfg(not(target_os = "linux"))]
fn at_once(_: BorrowedFd<'_>, _: &Path) -> Option<File> {
    None
}

/// The way from a folder to a file. Each step is taken from the folder that is held open, so that nobody can swap what
/// was looked at already.
struct Walk {
    top: OwnedFd,
    /// The folders gone into, the innermost last.
    below: Vec<OwnedFd>,
    /// The steps still to take, the next one last.
    ahead: Vec<OsString>,
    links: usize,
}

impl Walk {
    /// Puts the steps of `path` before those still to take.
    fn plan(&mut self, path: &Path) -> io::Result<()> {
        for component in path.components().rev() {
            match component {
                Component::Normal(_) | Component::ParentDir => self.ahead.push(component.as_os_str().to_owned()),
                Component::CurDir => {}
                Component::RootDir | Component::Prefix(_) => return Err(Unreadable::LeadsOut.into()),
            }
        }
        Ok(())
    }

    fn go(&mut self) -> io::Result<File> {
        while let Some(step) = self.ahead.pop() {
            if step == ".." {
                self.below.pop().ok_or(Unreadable::LeadsOut)?;
                continue;
            }
            let here = self.below.last().unwrap_or(&self.top);
            let kind = FileType::from_raw_mode(statat(here, &step, AtFlags::SYMLINK_NOFOLLOW)?.st_mode);
            match kind {
                FileType::Symlink => self.follow(&step)?,
                FileType::Directory => {
                    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
                    let folder = openat(here, &step, flags, Mode::empty())?;
                    self.below.push(folder);
                }
                FileType::RegularFile if self.ahead.is_empty() => return regular(here, &step),
                FileType::RegularFile => return Err(ErrorKind::NotADirectory.into()),
                _ => return Err(Unreadable::NoFile.into()),
            }
        }
        Err(ErrorKind::IsADirectory.into())
    }

    fn follow(&mut self, link: &OsString) -> io::Result<()> {
        self.links += 1;
        if self.links > MOST_LINKS {
            return Err(Unreadable::Circle.into());
        }
        let here = self.below.last().unwrap_or(&self.top);
        let target = readlinkat(here, link, Vec::new())?.into_bytes();
        self.plan(Path::new(&OsString::from_vec(target)))
    }
}

/// Opens what was an ordinary file a moment ago. Should it be swapped for a pipe meanwhile, opening it does not wait.
fn regular(folder: &OwnedFd, name: &OsString) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = openat(folder, name, flags, Mode::empty())?;
    match FileType::from_raw_mode(fstat(&file)?.st_mode) {
        FileType::RegularFile => Ok(file.into()),
        _ => Err(Unreadable::NoFile.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read as _;
    use std::os::unix::fs::symlink;

    use super::*;

    /// A folder with a file, beside a secret.
    fn place() -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir_all(place.path().join("own/deep")).unwrap();
        fs::create_dir(place.path().join("other")).unwrap();
        fs::write(place.path().join("own/deep/lines.log"), "mine").unwrap();
        fs::write(place.path().join("other/secret"), "secret").unwrap();
        place
    }

    fn read(place: &tempfile::TempDir, name: &str) -> Result<String, String> {
        let mut text = String::new();
        let opened = open(&place.path().join("own"), Path::new(name));
        opened.and_then(|mut file| file.read_to_string(&mut text)).map_err(|error| error.to_string())?;
        Ok(text)
    }

    #[test]
    fn what_is_in_the_folder_is_read_whatever_way_leads_there() {
        let place = place();
        let own = place.path().join("own");
        symlink("deep", own.join("..data")).unwrap();
        symlink("..data/lines.log", own.join("swapped.log")).unwrap();
        symlink("../deep/lines.log", own.join("deep/up.log")).unwrap();
        for name in ["deep/lines.log", "./deep/../deep/lines.log", "swapped.log", "..data/lines.log", "deep/up.log"] {
            assert_eq!(read(&place, name).as_deref(), Ok("mine"), "{name}");
        }
    }

    #[test]
    fn no_name_and_no_link_leads_out() {
        let place = place();
        let (own, secret) = (place.path().join("own"), place.path().join("other/secret"));
        symlink(&secret, own.join("absolute.log")).unwrap();
        symlink("../other/secret", own.join("relative.log")).unwrap();
        symlink("../other", own.join("folder")).unwrap();
        symlink("../../other/secret", own.join("deep/up.log")).unwrap();
        symlink("relative.log", own.join("twice.log")).unwrap();
        symlink("../own/deep/lines.log", own.join("and-back.log")).unwrap();
        let names = ["absolute.log", "relative.log", "folder/secret", "deep/up.log", "twice.log", "and-back.log"];
        for name in names.into_iter().chain(["../other/secret", "deep/../../other/secret", secret.to_str().unwrap()]) {
            assert_eq!(read(&place, name), Err("it leads out of its folder".to_owned()), "{name}");
        }
    }

    #[test]
    fn only_an_ordinary_file_is_opened() {
        let place = place();
        let own = place.path().join("own");
        rustix::fs::mknodat(CWD, own.join("pipe"), FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(own.join("socket")).unwrap();
        symlink("circle", own.join("circle")).unwrap();
        for (name, why) in [
            ("pipe", "it is not an ordinary file"),
            ("socket", "it is not an ordinary file"),
            ("circle", "its links lead in a circle"),
        ] {
            assert_eq!(read(&place, name), Err(why.to_owned()), "{name}");
        }
        for name in ["", ".", "deep", "deep/lines.log/more", "missing", "missing/lines.log"] {
            assert!(read(&place, name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_device_gives_nothing() {
        let error = open(Path::new("/dev"), Path::new("zero")).unwrap_err();
        assert_eq!(error.to_string(), "it is not an ordinary file");
    }
}
