//! One file that is or was followed, whatever it is called by now: a generation of its log.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use super::discovery::Sight;
use super::identity::{Identity, Signature};
use super::path;
use super::tail::{Mark, Tail};
use crate::watch::line::Position;
use crate::watch::source::encoding::Encoding;

/// Where a generation is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Under the name that the writer writes to.
    Base,
    /// Under another name.
    Rotated,
    /// Nowhere; it can be read as long as it is open.
    Gone,
}

/// How far reading is.
#[derive(Debug)]
pub(super) enum Reading {
    /// Known from before; the file was not compared with it yet.
    Marked(Mark),
    /// Compared, and possibly read on.
    Begun(Tail),
}

/// One generation of a log.
#[derive(Debug)]
pub(super) struct Generation {
    /// Unique in its source.
    pub(super) id: String,
    /// Its age among the generations of its log: higher is younger.
    pub(super) order: u64,
    /// The log it is a generation of: the path the writer writes to.
    pub(super) log: PathBuf,
    /// Where it was seen last.
    pub(super) path: PathBuf,
    /// Where that path led to, if it was a symbolic link.
    pub(super) target: Option<PathBuf>,
    pub(super) identity: Identity,
    /// Its size and time of change when it was seen last.
    pub(super) size: u64,
    pub(super) modified: (i64, i64),
    pub(super) place: Place,
    /// When it was last read from, or came to its place.
    pub(super) quiet_since: Timestamp,
    pub(super) reading: Reading,
    /// The generation whose copy it is, being made or just made: it is not read itself.
    pub(super) copy_of: Option<String>,
    /// Open while there is room for it.
    pub(super) file: Option<File>,
    /// When it was last needed, by the count of polls.
    pub(super) used: u64,
    /// Whether it must be compared with what was remembered of it.
    pub(super) suspect: bool,
    /// Whether its position must be kept anew though no line was read.
    pub(super) unsaved: bool,
    /// Whether a program wrote over lines of an exercise in it.
    pub(super) overwritten: bool,
}

impl Generation {
    pub(super) fn new(id: String, log: PathBuf, sight: &Sight, reading: Reading, now: Timestamp) -> Self {
        Self {
            id,
            order: 0,
            place: if sight.path == log { Place::Base } else { Place::Rotated },
            log,
            path: sight.path.clone(),
            target: target(&sight.path),
            identity: sight.identity,
            size: sight.size,
            modified: sight.modified,
            quiet_since: now,
            reading,
            copy_of: None,
            file: None,
            used: 0,
            suspect: true,
            unsaved: true,
            overwritten: false,
        }
    }

    /// Takes note of where and how the file is. Says whether anything but its content changed.
    pub(super) fn see(&mut self, sight: &Sight, now: Timestamp) -> bool {
        let is_base = sight.path.as_os_str() == self.log.as_os_str();
        let place = if is_base { Place::Base } else { Place::Rotated };
        let moved = self.path.as_os_str() != sight.path.as_os_str();
        let changed = moved || self.place != place || self.identity != sight.identity;
        if changed {
            self.path.clone_from(&sight.path);
            self.target = target(&sight.path);
            self.identity = sight.identity;
            (self.place, self.quiet_since, self.unsaved) = (place, now, true);
        }
        if (self.size, self.modified) != (sight.size, sight.modified) {
            (self.size, self.modified, self.suspect) = (sight.size, sight.modified, true);
        }
        changed
    }

    /// What is being read, once it has been compared.
    pub(super) fn tail(&self) -> Option<&Tail> {
        match &self.reading {
            Reading::Begun(tail) => Some(tail),
            Reading::Marked(_) => None,
        }
    }

    /// Where reading is to be taken up after a crash.
    pub(super) fn mark(&self) -> Mark {
        match &self.reading {
            Reading::Begun(tail) => tail.mark(),
            Reading::Marked(mark) => mark.clone(),
        }
    }

    /// Whether no byte of the file was ever seen.
    pub(super) fn is_blank(&self) -> bool {
        match &self.reading {
            Reading::Begun(tail) => tail.is_blank(),
            Reading::Marked(mark) => mark.offset == 0 && mark.head.length == 0,
        }
    }

    /// Whether no byte of the file was ever handed on.
    pub(super) fn is_unread(&self) -> bool {
        self.at() == 0
    }

    /// Offset of the next byte to read.
    pub(super) fn at(&self) -> u64 {
        match &self.reading {
            Reading::Begun(tail) => tail.at(),
            Reading::Marked(mark) => mark.offset,
        }
    }

    /// How many bytes are known to be there and were not read.
    pub(super) fn unread(&self) -> u64 {
        self.size.saturating_sub(self.at())
    }

    /// Opens the file, if it still is the one. Nothing where another one has its name by now.
    pub(super) fn open(&mut self) -> io::Result<bool> {
        if self.file.is_none() {
            let by_name = open(&self.path, self.identity)?;
            self.file = match (by_name, &self.target) {
                (None, Some(target)) => open(target, self.identity)?,
                (file, _) => file,
            };
        }
        Ok(self.file.is_some())
    }

    /// Whether `file` still holds what was remembered. Takes reading up where that is asked for the first time.
    pub(super) fn compare(&mut self) -> io::Result<bool> {
        self.go_back()?;
        let Some(file) = &self.file else { return Ok(true) };
        match &self.reading {
            Reading::Begun(tail) => tail.intact(file),
            Reading::Marked(mark) => {
                let resumed = mark.resume(file)?;
                let fits = resumed.is_some();
                if let Some(tail) = resumed {
                    self.reading = Reading::Begun(tail);
                }
                Ok(fits)
            }
        }
    }

    /// Goes back to where a program wrote over lines of an exercise, if one did.
    pub(super) fn go_back(&mut self) -> io::Result<()> {
        if let (Some(file), Reading::Begun(tail)) = (&self.file, &mut self.reading)
            && tail.go_back(file)?
        {
            (self.overwritten, self.unsaved) = (true, true);
        }
        Ok(())
    }

    /// Notes up to which size it is a copy.
    pub(super) fn grow_copy(&mut self, size: u64) {
        if self.copy_of.is_some() {
            self.reading = Reading::Marked(Mark::at(size));
            (self.suspect, self.unsaved) = (false, true);
        }
    }

    /// Goes on in another file that holds the same.
    pub(super) fn move_to(&mut self, sight: &Sight, file: File, tail: Tail, now: Timestamp) {
        self.path.clone_from(&sight.path);
        self.target = None;
        self.identity = sight.identity;
        (self.size, self.modified) = (sight.size, sight.modified);
        self.place = if self.path == self.log { Place::Base } else { Place::Rotated };
        self.reading = Reading::Begun(tail);
        self.file = Some(file);
        (self.quiet_since, self.unsaved) = (now, true);
    }

    /// What to keep of it.
    pub(super) fn position(&self) -> Position {
        let mark = self.mark();
        let kept = Kept {
            path: path::written(&self.path),
            log: path::written(&self.log),
            identity: self.identity,
            order: self.order,
            size: self.size,
            offset: mark.offset,
            head: mark.head.written(),
            tail: mark.tail.written(),
            encoding: mark.encoding,
            copy_of: self.copy_of.clone(),
            gone: (self.place == Place::Gone).then_some(self.quiet_since),
        };
        let state = serde_json::to_string(&kept).expect("a struct of numbers and texts can be written as JSON");
        Position { file: self.id.clone(), state: Some(state) }
    }

    /// What [`Generation::position`] kept.
    pub(super) fn restore(id: &str, state: &str) -> Option<Self> {
        let kept: Kept = serde_json::from_str(state).ok()?;
        let mark = Mark {
            offset: kept.offset,
            head: Signature::read(&kept.head)?,
            tail: Signature::read(&kept.tail)?,
            encoding: kept.encoding,
        };
        Some(Self {
            id: id.to_owned(),
            order: kept.order,
            log: path::read(&kept.log)?,
            path: path::read(&kept.path)?,
            target: None,
            identity: kept.identity,
            size: kept.size,
            modified: (0, 0),
            place: if kept.gone.is_some() { Place::Gone } else { Place::Rotated },
            quiet_since: kept.gone.unwrap_or(Timestamp::UNIX_EPOCH),
            reading: Reading::Marked(mark),
            copy_of: kept.copy_of,
            file: None,
            used: 0,
            suspect: true,
            unsaved: false,
            overwritten: false,
        })
    }
}

/// A position as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    path: String,
    log: String,
    identity: Identity,
    order: u64,
    size: u64,
    offset: u64,
    head: String,
    tail: String,
    encoding: Option<Encoding>,
    copy_of: Option<String>,
    gone: Option<Timestamp>,
}

/// What [`Generation::position`] kept, moved back to the line that begins at `offset`. Nothing where that is not what it
/// kept, or was not so far yet. The bytes before that line are not at hand: the first ones of the file have to tell.
pub(in crate::watch::source) fn state_at(state: &str, offset: u64) -> Option<String> {
    let kept: Kept = serde_json::from_str(state).ok()?;
    (offset <= kept.offset).then_some(())?;
    serde_json::to_string(&Kept { offset, tail: Signature::of(b"").written(), ..kept }).ok()
}

/// Where a symbolic link leads to.
fn target(path: &Path) -> Option<PathBuf> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    is_link.then(|| fs::canonicalize(path).ok()).flatten()
}

/// Opens `path` for reading, if it is the file meant. Never waits, whatever it turns out to be.
pub(super) fn open(path: &Path, identity: Identity) -> io::Result<Option<File>> {
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).map_err(io::Error::other)?;
    let file = match OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let metadata = file.metadata()?;
    Ok((metadata.is_file() && Identity::of(&metadata).is(identity)).then_some(file))
}
