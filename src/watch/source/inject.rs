//! Appends the lines of a drill to a log that is really followed, without ever touching a real line.
//!
//! Lines are appended only where the log's own program was seen to append too, or the site says that it does: a program
//! that keeps a place of its own would write over them, and nobody would read what it wrote. What was appended is looked
//! at again, whole, before anything more is: where it is no longer there, nothing follows it.
//!
//! A log whose last line has no newline yet is left alone: a newline of ours would tear the real line in two, and
//! without one ours would be glued to it. The writer will finish its line, mostly within milliseconds, so the caller
//! tries again. Between that look and our write a writer can still leave half a line; this is noticed afterwards and
//! reported as [`Why::Glued`], because the line then reads as real: its mark does not cover the real half.

mod writers;

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::os::unix::fs::{FileExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

pub(crate) use writers::{Writers, writers_of};

use super::bytes::bytes_at;
use crate::base::seal::Seal;

/// So many of the lines that were appended last are looked at again.
const REMEMBERED: usize = 20_000;

/// Why lines were not all appended, and how many were.
#[derive(Debug)]
pub(crate) struct Halted {
    /// The log.
    pub(crate) path: PathBuf,
    /// How many lines are in the log; where [`Why::Glued`], the last of them is not as it should be.
    pub(crate) written: usize,
    /// The reason.
    pub(crate) why: Why,
}

/// The longest line of an exercise. No bound that a site may set for the lines of its logs is lower: a mark that was cut
/// off would make the line real.
pub(super) const LONGEST: usize = 64 * 1024;

/// Why a line was not appended.
#[derive(Debug)]
pub(crate) enum Why {
    /// The log ends in half a line; worth another try in a moment.
    Unfinished,
    /// Another program left half a line just before ours.
    Glued,
    /// Nothing shows that the log's own program appends to it.
    Unshown(Writers),
    /// Lines that were appended before are not there any more: a program writes over them.
    Overwritten,
    /// The line would not come out of the log as it went in.
    Unfit(Unfit),
    /// The log is not written in UTF-8.
    Foreign,
    /// Not something lines can be appended to.
    NotAFile,
    /// A link that leads out of its folder.
    LeadsAway,
    /// The operating system refused.
    Io(io::Error),
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is two.
    Break,
    /// It holds a NUL.
    Nul,
    /// It begins or ends with something that reading takes off.
    TakenOff,
    /// It is longer than what is read of a line.
    Long,
}

impl From<io::Error> for Why {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Why {
    /// Whether the same lines may well be accepted in a moment.
    pub(crate) fn worth_another_try(&self) -> bool {
        matches!(self, Self::Unfinished)
    }
}

/// A log that lines of exercises are appended to, and what was appended.
#[derive(Debug)]
pub(crate) struct Injector {
    path: PathBuf,
    appended: Vec<Region>,
}

/// A line that was appended.
#[derive(Debug, Clone, Copy)]
struct Region {
    file: (u64, u64),
    start: u64,
    length: usize,
    seal: Seal,
}

impl Injector {
    /// Of the log at `path`. Touches no file yet.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, appended: Vec::new() }
    }

    /// Appends `lines`, each with one write of its own; `promised` says that the site knows the log's program to append.
    /// A missing log is created where its folder exists.
    pub(crate) fn append(&mut self, lines: &[String], promised: bool) -> Result<(), Halted> {
        let mut written = 0;
        let done = self.append_counting(lines, promised, &mut written);
        done.map_err(|why| Halted { path: self.path.clone(), written, why })
    }

    fn append_counting(&mut self, lines: &[String], promised: bool, written: &mut usize) -> Result<(), Why> {
        lines.iter().try_for_each(|line| fit(line)).map_err(Why::Unfit)?;
        let mut log = open(&self.path, promised)?;
        let metadata = log.metadata()?;
        self.look_again(&log, &metadata)?;
        for line in lines {
            if !ends_with_newline(&log, log.metadata()?.len())? {
                return Err(Why::Unfinished);
            }
            let bytes = format!("{line}\n").into_bytes();
            log.write_all(&bytes)?;
            *written += 1;
            let start = log.stream_position()?.saturating_sub(bytes.len() as u64);
            if !ends_with_newline(&log, start)? {
                return Err(Why::Glued);
            }
            self.remember(&metadata, start, &bytes);
            if bytes_at(&log, start, bytes.len())? != bytes {
                return Err(Why::Overwritten);
            }
        }
        Ok(())
    }

    fn remember(&mut self, log: &Metadata, start: u64, bytes: &[u8]) {
        if self.appended.len() >= REMEMBERED {
            self.appended.drain(..REMEMBERED / 2);
        }
        let file = (log.dev(), log.ino());
        self.appended.push(Region { file, start, length: bytes.len(), seal: Seal::of(&[bytes]) });
    }

    /// Whether all that was appended to this file is still there. What stood in another one, or behind where this one ends
    /// by now, went with a rotation.
    fn look_again(&mut self, log: &File, metadata: &Metadata) -> Result<(), Why> {
        let file = (metadata.dev(), metadata.ino());
        self.appended.retain(|region| region.file == file && region.start + region.length as u64 <= metadata.len());
        for region in &self.appended {
            if Seal::of(&[&bytes_at(log, region.start, region.length)?]) != region.seal {
                return Err(Why::Overwritten);
            }
        }
        Ok(())
    }
}

/// A mark is signed over the whole line, so a line that reading would change must not be written.
fn fit(line: &str) -> Result<(), Unfit> {
    if line.contains('\n') {
        return Err(Unfit::Break);
    }
    if line.contains('\0') {
        return Err(Unfit::Nul);
    }
    if line.starts_with('\u{feff}') || line.ends_with('\r') {
        return Err(Unfit::TakenOff);
    }
    if line.len() > LONGEST {
        return Err(Unfit::Long);
    }
    Ok(())
}

fn open(path: &Path, promised: bool) -> Result<File, Why> {
    let path = &resolved(path)?;
    // Opening a FIFO would wait for its reader for ever, and a link could be put there meanwhile.
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOFOLLOW).bits()).map_err(io::Error::other)?;
    let mut options = OpenOptions::new();
    options.read(true).append(true).custom_flags(flags);
    let log = match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && promised => options.create(true).open(path)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Why::Unshown(Writers::Nobody)),
        log => log?,
    };
    let metadata = log.metadata()?;
    if !metadata.is_file() {
        return Err(Why::NotAFile);
    }
    let mut head = [0; 2];
    let read = log.read_at(&mut head, 0)?;
    if read == 2 && (head == *b"\xFF\xFE" || head == *b"\xFE\xFF") {
        return Err(Why::Foreign);
    }
    match writers_of(&metadata) {
        Writers::Append => Ok(log),
        Writers::Nobody | Writers::Unseen if promised => Ok(log),
        // What was seen counts more than what was promised.
        writers => Err(Why::Unshown(writers)),
    }
}

/// Where the path leads. A log may be a link to its newest file, beside it or beneath; no exercise writes elsewhere.
fn resolved(path: &Path) -> Result<PathBuf, Why> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    if !is_link {
        return Ok(path.to_owned());
    }
    let (real, folder) = (fs::canonicalize(path)?, path.parent().unwrap_or(Path::new(".")));
    if real.starts_with(fs::canonicalize(folder)?) { Ok(real) } else { Err(Why::LeadsAway) }
}

/// Whether the byte before `end` is a newline, or there is none.
fn ends_with_newline(log: &File, end: u64) -> io::Result<bool> {
    let Some(last) = end.checked_sub(1) else { return Ok(true) };
    let mut byte = [0];
    Ok(log.read_at(&mut byte, last)? == 0 || byte == *b"\n")
}

#[cfg(test)]
mod tests;
