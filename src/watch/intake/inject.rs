//! Appends the lines of a drill to a log that is really followed, without ever touching a real line.
//!
//! A log whose last line has no newline yet is left alone: a newline of ours would tear the real line in two, and
//! without one ours would be glued to it. The writer will finish its line, mostly within milliseconds, so the caller
//! tries again. Between that look and our write a writer can still leave half a line; this is noticed afterwards and
//! reported as [`Why::Glued`], because the line then reads as real: its mark does not cover the real half.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;

use super::split::LONGEST;

/// Why lines were not all appended, and how many were.
#[derive(Debug, thiserror::Error)]
#[error("append to {path}, after {written} lines: {why}")]
pub struct Halted {
    /// The log, for messages.
    pub path: String,
    /// How many lines are in the log; where [`Why::Glued`], the last of them is not as it should be.
    pub written: usize,
    /// The reason.
    pub why: Why,
}

/// Why a line was not appended.
#[derive(Debug, thiserror::Error)]
pub enum Why {
    /// The log ends in half a line; worth another try in a moment.
    #[error("the last line of the log is not finished yet")]
    Unfinished,
    /// Another program left half a line just before ours.
    #[error("another program was writing a line at the same moment, and the two lines are now one")]
    Glued,
    /// The line would not come out of the log as it went in.
    #[error("the line {0}")]
    Unfit(&'static str),
    /// The log is not written in UTF-8.
    #[error("the log is written in UTF-16")]
    Foreign,
    /// Not something lines can be appended to.
    #[error("not a regular file")]
    NotAFile,
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Why {
    /// Whether the same lines may well be accepted in a moment.
    pub fn worth_another_try(&self) -> bool {
        matches!(self, Self::Unfinished)
    }
}

/// Appends `lines`, each with one write of its own. A missing log is created where its folder exists.
pub fn append(path: &Path, lines: &[String]) -> Result<(), Halted> {
    let mut written = 0;
    append_counting(path, lines, &mut written).map_err(|why| Halted { path: path.display().to_string(), written, why })
}

fn append_counting(path: &Path, lines: &[String], written: &mut usize) -> Result<(), Why> {
    lines.iter().try_for_each(|line| fit(line))?;
    let mut log = open(path)?;
    for line in lines {
        if !ends_with_newline(&log, log.metadata()?.len())? {
            return Err(Why::Unfinished);
        }
        log.write_all(format!("{line}\n").as_bytes())?;
        *written += 1;
        let start = log.stream_position()?.saturating_sub(line.len() as u64 + 1);
        if !ends_with_newline(&log, start)? {
            return Err(Why::Glued);
        }
    }
    Ok(())
}

/// A mark is signed over the whole line, so a line that reading would change must not be written.
fn fit(line: &str) -> Result<(), Why> {
    if line.contains('\n') {
        return Err(Why::Unfit("contains a line break"));
    }
    if line.contains('\0') {
        return Err(Why::Unfit("contains a NUL character"));
    }
    if line.starts_with('\u{feff}') || line.ends_with('\r') {
        return Err(Why::Unfit("begins or ends with a character that reading takes off"));
    }
    if line.len() > LONGEST {
        return Err(Why::Unfit("is longer than 64 KiB"));
    }
    Ok(())
}

fn open(path: &Path) -> Result<File, Why> {
    // Opening a FIFO would wait for its reader for ever.
    let nonblocking = i32::try_from(OFlags::NONBLOCK.bits()).map_err(io::Error::other)?;
    let log = OpenOptions::new().read(true).append(true).create(true).custom_flags(nonblocking).open(path)?;
    if !log.metadata()?.is_file() {
        return Err(Why::NotAFile);
    }
    let mut head = [0; 2];
    let read = log.read_at(&mut head, 0)?;
    if read == 2 && (head == *b"\xFF\xFE" || head == *b"\xFE\xFF") {
        return Err(Why::Foreign);
    }
    Ok(log)
}

/// Whether the byte before `end` is a newline, or there is none.
fn ends_with_newline(log: &File, end: u64) -> io::Result<bool> {
    let Some(last) = end.checked_sub(1) else { return Ok(true) };
    let mut byte = [0];
    Ok(log.read_at(&mut byte, last)? == 0 || byte == *b"\n")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn owned(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|&line| line.to_owned()).collect()
    }

    #[test]
    fn lines_come_after_the_real_ones() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.log");
        append(&path, &owned(&["first"])).unwrap();
        append(&path, &owned(&["second", "été"])).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "first\nsecond\nété\n");
        append(&path, &[]).unwrap();
    }

    #[test]
    fn half_a_real_line_is_never_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.log");
        fs::write(&path, "whole\nhal").unwrap();
        let halted = append(&path, &owned(&["drill"])).unwrap_err();
        assert!(matches!(halted.why, Why::Unfinished) && halted.why.worth_another_try() && halted.written == 0);
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole\nhal");
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"f\n").unwrap();
        append(&path, &owned(&["drill"])).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole\nhalf\ndrill\n");
    }

    #[test]
    fn lines_that_reading_would_change_are_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.log");
        for line in ["a\nb", "a\0b", "\u{feff}a", "a\r", &"x".repeat(LONGEST + 1)] {
            let halted = append(&path, &owned(&["good", line])).unwrap_err();
            assert!(matches!(halted.why, Why::Unfit(_)));
            assert!(!path.exists());
        }
    }

    #[test]
    fn what_is_not_a_log_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(append(&folder.path().join("missing/app.log"), &owned(&["x"])).is_err());
        assert!(append(folder.path(), &owned(&["x"])).is_err());
        let foreign = folder.path().join("ERRORLOG");
        fs::write(&foreign, b"\xFF\xFEa\0\n\0").unwrap();
        assert!(matches!(append(&foreign, &owned(&["x"])).unwrap_err().why, Why::Foreign));
        let fifo = folder.path().join("fifo");
        rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        assert!(append(&fifo, &owned(&["x"])).is_err());
    }
}
