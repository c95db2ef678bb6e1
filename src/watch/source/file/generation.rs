//! One file that is or was followed, whatever it is called by now: a generation of its log.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::archive::Archive;
use super::discovery::Sight;
use super::identity::{Identity, Signature, open};
use super::ladder::Ladder;
use super::path;
use super::rotation;
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

/// Whether a file that is nowhere is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// It is: what happened to it happened while vigie was stopped, or before it could be opened.
    Open,
    /// It was followed all the time, or was looked for in vain.
    Over,
}

/// How far reading is.
#[derive(Debug)]
pub(super) enum Reading {
    /// Known from before; the file was not compared with it yet.
    Marked(Mark),
    /// Compared, and possibly read on.
    Begun(Tail),
    /// Compressed since, and read on from there.
    Packed(Box<Archive>),
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
    /// Its size when it was last known to hold what was read of it: what it is now may be another file's.
    pub(super) sure: u64,
    pub(super) place: Place,
    /// When it was last read from, or came to its place.
    pub(super) quiet_since: Timestamp,
    pub(super) reading: Reading,
    /// Where reading was before.
    ladder: Ladder,
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
    /// Whether it is looked for everywhere once it is nowhere.
    pub(super) search: Search,
    /// What of it may have been read by a vigie that nobody remembers.
    pub(super) old: Option<Old>,
}

/// The part of a file of which it is not known whether it was read.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Old {
    /// What happened before is not wanted.
    pub(super) since: Timestamp,
    /// Where what is new begins.
    pub(super) until: u64,
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
            sure: 0,
            quiet_since: now,
            reading,
            ladder: Ladder::default(),
            copy_of: None,
            file: None,
            used: 0,
            suspect: true,
            unsaved: true,
            overwritten: false,
            search: Search::Over,
            old: None,
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
        if self.is_packed() {
            // Its size is that of what is packed in it, which is not known before its end.
            self.suspect |= self.modified != sight.modified;
            self.modified = sight.modified;
        } else if (self.size, self.modified) != (sight.size, sight.modified) {
            (self.size, self.modified, self.suspect) = (sight.size, sight.modified, true);
        }
        changed
    }

    /// Whether it was compressed.
    pub(super) fn is_packed(&self) -> bool {
        rotation::compressed(&self.path)
    }

    /// Takes note that its file was compressed: reading goes on in that archive.
    pub(super) fn go_on_in_archive(&mut self, sight: &Sight, now: Timestamp) {
        self.reading = Reading::Marked(self.mark());
        self.path.clone_from(&sight.path);
        (self.target, self.file) = (None, None);
        (self.identity, self.modified, self.size) = (sight.identity, sight.modified, self.at());
        (self.place, self.suspect, self.unsaved, self.quiet_since) = (Place::Rotated, true, true, now);
    }

    /// Takes note that its archive ends in the middle, as one does that is still being written: there is more than was read.
    /// It is opened anew at the place that was reached.
    pub(super) fn ends_early(&mut self) {
        self.reading = Reading::Marked(self.mark());
        (self.suspect, self.size) = (false, self.at() + 1);
    }

    /// Lets go of the file.
    pub(super) fn close(&mut self) {
        self.file = None;
        if let Reading::Packed(archive) = &self.reading {
            self.reading = Reading::Marked(archive.mark());
        }
    }

    /// Lets go of the file where too many are open. Should it go away before it is opened again, it is looked for.
    pub(super) fn close_for_now(&mut self) {
        self.file = None;
        if self.unread() > 0 {
            self.search = Search::Open;
        }
    }

    /// What is being read, once it has been compared.
    pub(super) fn tail(&self) -> Option<&Tail> {
        match &self.reading {
            Reading::Begun(tail) => Some(tail),
            Reading::Marked(_) | Reading::Packed(_) => None,
        }
    }

    /// Where reading is to be taken up after a crash.
    pub(super) fn mark(&self) -> Mark {
        match &self.reading {
            Reading::Begun(tail) => tail.mark(),
            Reading::Packed(archive) => archive.mark(),
            Reading::Marked(mark) => mark.clone(),
        }
    }

    /// Whether no byte of the file was ever seen.
    pub(super) fn is_blank(&self) -> bool {
        match &self.reading {
            Reading::Begun(tail) => tail.is_blank(),
            Reading::Packed(_) => false,
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
            Reading::Packed(archive) => archive.at(),
            Reading::Marked(mark) => mark.offset,
        }
    }

    /// How many bytes are known to be there and were not read.
    pub(super) fn unread(&self) -> u64 {
        self.size.saturating_sub(self.at())
    }

    /// How many bytes of it are known to have been there and cannot be read any more, where it was truncated or written
    /// anew.
    pub(super) fn lost(&self) -> u64 {
        self.sure.saturating_sub(self.at())
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
        let intact = self.fits()?;
        if intact {
            self.sure = self.size;
        }
        Ok(intact)
    }

    fn fits(&mut self) -> io::Result<bool> {
        self.go_back()?;
        let Some(file) = &self.file else { return Ok(true) };
        match &self.reading {
            Reading::Begun(tail) => tail.intact(file),
            Reading::Packed(_) => Ok(true),
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

    /// Where to go on in a file whose end is gone since it was last followed, as a power cut takes it: the highest place
    /// that is as it was. Nothing where there is none, or the file was compared before and changed since.
    pub(super) fn cut_back(&self) -> io::Result<Option<Mark>> {
        match (&self.reading, &self.file) {
            (Reading::Marked(mark), Some(file)) => self.ladder.lower(mark, file),
            _ => Ok(None),
        }
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
        (self.size, self.modified, self.sure) = (sight.size, sight.modified, sight.size);
        self.place = if self.path == self.log { Place::Base } else { Place::Rotated };
        self.reading = Reading::Begun(tail);
        self.file = Some(file);
        (self.quiet_since, self.unsaved) = (now, true);
    }

    /// What to keep of it.
    pub(super) fn position(&mut self) -> Position {
        let mark = self.mark();
        self.ladder.add(&mark);
        let kept = Kept {
            path: path::written(&self.path),
            log: path::written(&self.log),
            identity: self.identity,
            order: self.order,
            size: self.sure,
            modified: self.modified.0,
            offset: mark.offset,
            head: mark.head.written(),
            tail: mark.tail.written(),
            encoding: mark.encoding,
            ladder: self.ladder.written(mark.offset),
            copy_of: self.copy_of.clone(),
            old: self.old.filter(|old| mark.offset < old.until),
            // One that is still looked for is looked for after the next start.
            gone: (self.place == Place::Gone && !self.is_sought()).then_some(self.quiet_since),
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
            modified: (kept.modified, 0),
            sure: kept.size,
            place: if kept.gone.is_some() { Place::Gone } else { Place::Rotated },
            quiet_since: kept.gone.unwrap_or(Timestamp::UNIX_EPOCH),
            reading: Reading::Marked(mark),
            ladder: Ladder::read(&kept.ladder),
            copy_of: kept.copy_of,
            file: None,
            used: 0,
            suspect: true,
            unsaved: false,
            overwritten: false,
            search: if kept.gone.is_some() { Search::Over } else { Search::Open },
            old: kept.old,
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
    /// Seconds since 1970; 0 where an older vigie kept it.
    #[serde(default)]
    modified: i64,
    offset: u64,
    head: String,
    tail: String,
    encoding: Option<Encoding>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ladder: Vec<String>,
    copy_of: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    old: Option<Old>,
    gone: Option<Timestamp>,
}

/// What [`Generation::position`] kept, moved back to the line that begins at `offset`. Nothing where that is not what it
/// kept, or was not so far yet. The bytes before that line are not at hand: the first ones of the file have to tell.
pub(in crate::watch::source) fn state_at(state: &str, offset: u64) -> Option<String> {
    let kept: Kept = serde_json::from_str(state).ok()?;
    (offset <= kept.offset).then_some(())?;
    let ladder = Ladder::read(&kept.ladder).written(offset);
    serde_json::to_string(&Kept { offset, tail: Signature::of(b"").written(), ladder, ..kept }).ok()
}

/// Where a symbolic link leads to.
fn target(path: &Path) -> Option<PathBuf> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    is_link.then(|| fs::canonicalize(path).ok()).flatten()
}
