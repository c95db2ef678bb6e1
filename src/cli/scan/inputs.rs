//! What `vigie scan` is to look through: files, all files of folders, and the standard input.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::cli::exit::Exit;
use crate::cli::screen::{Paint, Screen};
use crate::site::own_files;
use crate::watch::source::replay::{STANDARD_INPUT, may_be_log};
use crate::words::failure::{Failure, cannot_read, colon, system};
use crate::words::scan as words;

/// So much of a file's beginning says whether it is a log.
const HEAD: u64 = 4096;

/// What was found behind the names that were given.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// The logs, in the order in which they are looked through.
    pub(super) logs: Vec<PathBuf>,
    /// What cannot be read, and why.
    unreadable: Vec<anyhow::Error>,
    /// Files of folders that are no logs.
    left_out: Vec<PathBuf>,
    /// Folders of sites, whose own files are no logs.
    sites: Vec<PathBuf>,
    /// Those files.
    own: Vec<PathBuf>,
    /// Files of folders, by which numbers the system knows them: one that has two names there is one.
    known: BTreeSet<(u64, u64)>,
}

impl Inputs {
    /// Whatever is behind these names. A file that was named is always taken, whatever it is.
    pub(super) fn of(names: &[PathBuf]) -> Self {
        let mut inputs = Self::default();
        for name in names {
            if name != Path::new(STANDARD_INPUT) && name.is_dir() {
                inputs.folder(name);
            } else {
                inputs.logs.push(name.clone());
            }
        }
        inputs
    }

    /// How a scan ends that finds nothing in what was found here.
    pub(super) fn ended(&self) -> Exit {
        if self.unreadable.is_empty() { Exit::Fine } else { Exit::Unreadable }
    }

    /// Says what is not looked through.
    pub(super) fn tell(&self, screen: Screen) {
        for path in &self.left_out {
            let row = screen.aside().paint(Paint::Dim, path.display()).paint(Paint::Dim, colon());
            row.paint(Paint::Dim, words::no_log()).end();
        }
        for path in &self.sites {
            let row = screen.aside().paint(Paint::Dim, path.display()).paint(Paint::Dim, colon());
            row.paint(Paint::Dim, words::of_site()).end();
        }
        self.unreadable.iter().for_each(|error| screen.failure(error));
        if self.logs.is_empty() && self.unreadable.is_empty() {
            screen.aside().paint(Paint::Red, words::nothing_to_scan()).end();
        }
    }

    /// How many bytes all of it is, where all of it is files.
    pub(super) fn bytes(&self) -> Option<u64> {
        self.logs.iter().map(|path| size(path)).sum()
    }

    /// The files of a folder and of those in it, by their names. Links to folders are not followed: they may go around.
    fn folder(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.cannot_read(folder, &error),
        };
        let own = own_files(folder);
        if !own.is_empty() {
            self.sites.push(folder.to_owned());
            self.own.extend(own);
        }
        entries.sort_by_key(fs::DirEntry::file_name);
        for path in entries.iter().map(fs::DirEntry::path) {
            if self.own.contains(&path) {
                continue;
            }
            match fs::metadata(&path) {
                Ok(kind) if kind.is_file() => self.file(path, (kind.dev(), kind.ino())),
                Ok(kind) if kind.is_dir() && !path.is_symlink() => self.folder(&path),
                // Whatever it is, it holds no log that ends.
                Ok(_) => {}
                Err(error) => self.cannot_read(&path, &error),
            }
        }
    }

    fn file(&mut self, path: PathBuf, numbers: (u64, u64)) {
        if !self.known.insert(numbers) {
            return;
        }
        let mut head = Vec::new();
        match File::open(&path).and_then(|file| file.take(HEAD).read_to_end(&mut head)) {
            Ok(_) if may_be_log(&head) => self.logs.push(path),
            Ok(_) => self.left_out.push(path),
            Err(error) => self.cannot_read(&path, &error),
        }
    }

    fn cannot_read(&mut self, path: &Path, error: &io::Error) {
        self.unreadable.push(Failure(cannot_read(path.display(), system(error))).into());
    }
}

/// How many bytes a file has; nothing where it is none.
pub(super) fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|kind| kind.len())
}
