//! The ends of logs as they stand now, looked at once. Nothing is followed, and no position is kept.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::discovery::{Discovery, Sight};
use crate::watch::line::Line;
use crate::watch::source::encoding::Encoding;
use crate::watch::source::kind::Ending;
use crate::watch::source::split::Splitter;

/// So many files of one pattern are looked at, those that were written last.
const FILES: usize = 8;

/// The last whole lines of each file that `pattern` names, from at most `most` bytes of all of them together. What is
/// missing or cannot be read is passed over.
pub(super) fn endings(pattern: &str, most: u64) -> Vec<Ending> {
    // Nothing is looked at twice, so the time does not matter.
    let mut sights = Discovery::new(pattern).scan(Timestamp::UNIX_EPOCH, true, &HashMap::new()).sights;
    sights.sort_by_key(|sight| Reverse(sight.modified));
    sights.truncate(FILES);
    let share = most / u64::try_from(sights.len().max(1)).unwrap_or(1);
    let ending = |sight: &Sight| {
        let (seconds, nanoseconds) = sight.modified;
        let written = Timestamp::new(seconds, i32::try_from(nanoseconds).unwrap_or_default());
        let lines = end_of(&sight.path, share).ok()?;
        Some(Ending { written: written.unwrap_or_default(), lines })
    };
    sights.iter().filter_map(ending).collect()
}

/// The files that `pattern` names, and their numbers; of a path without a file, its plain form.
pub(super) fn there(pattern: &str) -> Vec<(PathBuf, Option<(u64, u64)>)> {
    let mut discovery = Discovery::new(pattern);
    let sights = discovery.scan(Timestamp::UNIX_EPOCH, true, &HashMap::new()).sights;
    let absent = discovery.exact().filter(|_| sights.is_empty()).map(|path| (path.components().collect(), None));
    sights.into_iter().map(|sight| (sight.path, Some(sight.identity.key()))).chain(absent).collect()
}

/// The whole lines in the last `most` bytes of a file.
fn end_of(path: &Path, most: u64) -> io::Result<Vec<Line>> {
    let mut file = File::open(path)?;
    let mut head = [0; 3];
    let known = file.read(&mut head)?;
    let (encoding, mark) = Encoding::sniff(&head[..known]).unwrap_or((Encoding::Bytes, 0));
    let size = file.metadata()?.len();
    // A line in UTF-16 begins at an even place.
    let start = size.saturating_sub(most) & !1;
    let start = if start <= mark as u64 { mark as u64 } else { start };
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(size - start.min(size)).read_to_end(&mut bytes)?;
    let (mut splitter, mut lines) = (Splitter::new(start, Some(encoding)), Vec::new());
    splitter.feed(&bytes, usize::MAX, &mut lines);
    if start > mark as u64 && !lines.is_empty() {
        // It may have begun before.
        lines.remove(0);
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn texts(pattern: &Path, most: u64) -> Vec<Vec<String>> {
        let found = endings(&pattern.display().to_string(), most);
        found.into_iter().map(|ending| ending.lines.into_iter().map(|line| line.text).collect()).collect()
    }

    #[test]
    fn whole_lines_come_from_the_end_of_a_file_and_no_more_than_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.log");
        fs::write(&path, "one\ntwo\nthree\nunfinished").unwrap();
        assert_eq!(texts(&path, 1_000), [["one", "two", "three"]]);
        assert_eq!(texts(&path, 20), [["three"]], "a line that was cut is left out");
        assert_eq!(texts(&path, 0), [Vec::<String>::new()]);
        let wide: Vec<u8> = "\u{feff}un\ndeux\ntrois\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(&path, &wide).unwrap();
        assert_eq!(texts(&path, 1_000), [["un", "deux", "trois"]]);
        assert_eq!(texts(&path, 15), [["trois"]]);
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        assert!(texts(&folder.path().join("missing.log"), 10).is_empty());
        fs::create_dir(folder.path().join("a.log")).unwrap();
        fs::write(folder.path().join("b.log"), "b\n").unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("c.log")).unwrap();
        assert_eq!(texts(&folder.path().join("*.log"), 10), [["b"]]);
        assert!(texts(&folder.path().join("[.log"), 10).is_empty());
    }

    #[test]
    fn several_files_share_what_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.log", "b.log"] {
            fs::write(folder.path().join(name), "one\ntwo\nthree\n").unwrap();
        }
        assert_eq!(texts(&folder.path().join("*.log"), 20), [["three"], ["three"]]);
    }
}
