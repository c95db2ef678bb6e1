//! Reading on from a place, and noticing that it is another file.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

struct Log {
    path: PathBuf,
    _folder: TempDir,
}

impl Log {
    fn new(text: impl AsRef<[u8]>) -> Self {
        let folder = TempDir::new().unwrap();
        let log = Self { path: folder.path().join("app.log"), _folder: folder };
        log.write(text);
        log
    }

    fn write(&self, text: impl AsRef<[u8]>) {
        fs::write(&self.path, text).unwrap();
    }

    fn append(&self, text: impl AsRef<[u8]>) {
        fs::OpenOptions::new().append(true).open(&self.path).unwrap().write_all(text.as_ref()).unwrap();
    }

    fn file(&self) -> File {
        File::open(&self.path).unwrap()
    }

    /// Takes up reading at `mark`.
    fn resume(&self, mark: &Mark) -> Option<Tail> {
        mark.resume(&self.file()).unwrap()
    }

    fn read(&self, tail: &mut Tail) -> (Vec<String>, End) {
        let (lines, end) = tail.read(&self.file(), &mut buffer()).unwrap();
        (lines.into_iter().map(|line| line.text).collect(), end)
    }
}

fn lines(count: usize) -> String {
    (0..count).map(|number| format!("line {number:06}\n")).collect::<Vec<_>>().concat()
}

#[test]
fn a_mark_is_found_again_in_the_same_content_only() {
    let log = Log::new(lines(500));
    let mut tail = log.resume(&Mark::at(0)).unwrap();
    log.read(&mut tail);
    log.append("half");
    assert_eq!(log.read(&mut tail), (vec![], End::Reached));
    let mark = tail.mark();
    assert_eq!((mark.offset, mark.head.length, mark.tail.length), (500 * 12, HEAD, WINDOW));
    assert_eq!(log.read(&mut log.resume(&mark).unwrap()).0, [] as [&str; 0]);
    log.append(" a line\n");
    assert_eq!(log.read(&mut log.resume(&mark).unwrap()).0, ["half a line"]);
    for other in [
        lines(499),
        lines(500).replacen("line 000000", "LINE 000000", 1),
        lines(500).replacen("line 000499", "LINE 000499", 1),
        lines(500).replacen("line 000480", "LINE 000480", 1),
    ] {
        assert!(Log::new(other).resume(&mark).is_none());
    }
}

#[test]
fn whatever_stands_before_the_place_must_stay() {
    for at in [1, 20, 25, 300, 5000] {
        let log = Log::new(lines(at));
        let mut tail = log.resume(&Mark::at(0)).unwrap();
        log.read(&mut tail);
        assert!(tail.intact(&log.file()).unwrap());
        log.write(lines(at).replace("line", "LINE") + &lines(10));
        assert!(!tail.intact(&log.file()).unwrap());
        assert_eq!(log.read(&mut tail), (vec![], End::Broken));
        log.write("");
        assert_eq!(log.read(&mut tail), (vec![], End::Broken));
    }
}

#[test]
fn a_start_that_was_seen_must_stay_too() {
    let log = Log::new("first\n");
    let mut tail = log.resume(&Mark::at(0)).unwrap();
    log.write("other\nand more\n");
    assert_eq!(log.read(&mut tail), (vec![], End::Broken));
    let mark = Mark::start_of(b"other");
    assert_eq!(log.read(&mut log.resume(&mark).unwrap()).0, ["other", "and more"]);
    assert!(Log::new("othe").resume(&mark).is_none());
}

#[test]
fn a_blank_file_is_one_of_which_no_byte_was_seen() {
    let log = Log::new("");
    let mut tail = log.resume(&Mark::at(0)).unwrap();
    assert!(tail.is_blank() && !tail.peek(&log.file()).unwrap());
    log.append("a");
    assert!(tail.peek(&log.file()).unwrap() && !tail.is_blank());
}

#[test]
fn a_batch_is_bounded() {
    let log = Log::new(lines(LINES + 500));
    let mut tail = log.resume(&Mark::at(0)).unwrap();
    let (first, end) = log.read(&mut tail);
    assert_eq!((first.len(), end), (LINES, End::Open));
    assert_eq!(log.read(&mut log.resume(&tail.mark()).unwrap()).0.len(), 500);
    assert_eq!(log.read(&mut tail).0.len(), 500);
    let log = Log::new(format!("{}\n", "x".repeat(230)).repeat(LINES + 10));
    let (first, end) = log.read(&mut log.resume(&Mark::at(0)).unwrap());
    assert_eq!((first.len(), end), (LINES, End::Open), "a full batch, though it takes several reads");
    let log = Log::new(format!("{}\n", "x".repeat(1000)).repeat(4000));
    let (lines, _) = log.read(&mut log.resume(&Mark::at(0)).unwrap());
    assert!((1000..=1400).contains(&lines.len()), "about a mebibyte, and not {}", lines.len());
}

#[test]
fn the_end_is_after_the_last_whole_line() {
    for (text, expected) in [("", 0), ("a\n", 2), ("a\nhalf", 2), ("half", 0)] {
        assert_eq!(Mark::end_of(&Log::new(text).file()).unwrap().offset, expected, "{text:?}");
    }
    let endless = "x".repeat(LONGEST + 10);
    assert_eq!(Mark::end_of(&Log::new(&endless).file()).unwrap().offset, endless.len() as u64);
    let utf16 =
        [&b"\xFF\xFE"[..], &"a\nĊb".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), b"x"].concat();
    let log = Log::new(utf16);
    let mark = Mark::end_of(&log.file()).unwrap();
    assert_eq!(mark.offset, 6);
    log.append(b"\0\n\0");
    assert_eq!(log.read(&mut log.resume(&mark).unwrap()).0, ["Ċbx"]);
}

#[test]
fn a_mark_inside_half_a_line_is_at_its_start() {
    let log = Log::new("whole\nhalf");
    let mut tail = log.resume(&Mark::at(0)).unwrap();
    log.read(&mut tail);
    assert_eq!((tail.start(), tail.at(), tail.mark().offset), (6, 10, 6));
    assert_eq!(tail.finish().unwrap().text, "half");
    assert_eq!(tail.mark().offset, 10);
    log.append(" more\n");
    assert_eq!(log.read(&mut log.resume(&tail.mark()).unwrap()).0, [" more"]);
}
