//! Where the ledger stood at the last commit, in a small file beside the store: entries that are cut off the end of the
//! ledger, with its own head put back, are missed.
//!
//! It is written behind each commit, in place and without waiting for the disk: after a crash it can be behind the
//! ledger, never ahead of it.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use super::ledger::{Head, Memory, Sealing};
use super::{key, private};
use crate::base::fault::Witness;
use crate::base::seal::{Key, Seal};

/// The name of the file.
pub(super) const FILE: &str = "head";

/// A head as one line, which only who has the key can write.
pub(super) fn line(sealing: &Sealing, (id, seal): Head) -> String {
    format!("entry {id:020} seal {seal} mark {}", sealing.head(id, seal))
}

/// Reads such a line; nothing where it was not written with this key.
fn read_line(sealing: &Sealing, line: &str) -> Option<Head> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ["entry", id, "seal", seal, "mark", mark] = words[..] else { return None };
    let head = (id.parse().ok()?, Seal::from_hex(seal)?);
    (Seal::from_hex(mark)? == sealing.head(head.0, head.1)).then_some(head)
}

/// What the file in `folder` says; nothing where there is none that was written with this key.
fn read(folder: &Path, sealing: &Sealing) -> Option<Head> {
    read_line(sealing, std::fs::read_to_string(folder.join(FILE)).ok()?.trim_end())
}

/// Where the ledger of the store in `folder` stood at its last commit.
pub(super) fn head(folder: &Path) -> Option<Head> {
    read(folder, &Sealing::of(&key::kept(folder)?))
}

/// The file.
#[derive(Debug)]
pub(super) struct Remembered(File);

impl Remembered {
    /// The file in `folder`, made where it is not there.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        private::file(&folder.join(FILE)).map(Self)
    }

    /// Writes it. The text has one length, so that it takes the place of the one before.
    pub(super) fn write(&self, sealing: &Sealing, head: Head) -> io::Result<()> {
        self.0.write_all_at(format!("{}\n", line(sealing, head)).as_bytes(), 0)
    }
}

/// What a store seals with, and where it remembers its head.
#[derive(Debug, Default)]
pub(super) struct Sealed {
    folder: Option<PathBuf>,
    pub(super) sealing: Option<Sealing>,
    file: Option<Remembered>,
    /// Where the ledger stood at the last commit.
    pub(super) last: Option<Head>,
}

impl Sealed {
    /// That of the store in `folder`: with its key, where it has one already.
    pub(super) fn of(folder: &Path) -> Self {
        let sealing = key::kept(folder).map(|key| Sealing::of(&key));
        Self { folder: Some(folder.to_owned()), sealing, file: None, last: None }
    }

    /// From now on this key counts.
    pub(super) fn with(&mut self, key: &Key) {
        self.sealing = Some(Sealing::of(key));
    }

    /// What the file beside the store remembers.
    pub(super) fn memory(&self) -> Memory {
        let Some((folder, sealing)) = self.folder.as_ref().zip(self.sealing.as_ref()) else { return Memory::default() };
        let head = read(folder, sealing);
        Memory { is_lost: head.is_none(), heads: head.map(|head| (head, Witness::Beside)).into_iter().collect() }
    }

    /// What a line of an anchor remembers; nothing where it was not written with this key.
    pub(super) fn anchor(&self, line: &str) -> Option<(Head, Witness)> {
        let (at, rest) = line.split_once(' ')?;
        Some((read_line(self.sealing.as_ref()?, rest)?, Witness::Anchor(at.to_owned())))
    }

    /// Sees to it that there is a file before anything is kept that it must not be behind of for long. `head` is where the
    /// ledger stands.
    pub(super) fn prepare(&mut self, head: Head) {
        let Some((folder, sealing)) = self.folder.as_ref().zip(self.sealing.as_ref()) else { return };
        let is_there = folder.join(FILE).exists();
        if self.file.is_some() && is_there {
            return;
        }
        self.file = Remembered::open(folder).ok();
        if let Some(file) = self.file.as_ref().filter(|_| read(folder, sealing).is_none()) {
            // What cannot be remembered is missed by whoever verifies; it keeps nothing from being kept.
            drop(file.write(sealing, head).and_then(|()| file.0.sync_all()));
        }
    }

    /// Remembers where the ledger stands now.
    pub(super) fn remember(&mut self, head: Head) {
        self.last = Some(head);
        if let Some((file, sealing)) = self.file.as_ref().zip(self.sealing.as_ref()) {
            drop(file.write(sealing, head));
        }
    }
}
