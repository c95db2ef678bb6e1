//! The reader of such logs, on small ones.

use std::io::Write as _;
use std::path::PathBuf;

pub(in super::super) use super::made::{FIRST, chunk, chunk_from, damaged, header};
use crate::watch::source::replay;

/// A file of these bytes, in a folder that lives as long as the test.
pub(in super::super) fn file(folder: &tempfile::TempDir, parts: &[&[u8]]) -> PathBuf {
    let path = folder.path().join("Security.evtx");
    let mut file = std::fs::File::create(&path).unwrap();
    for part in parts {
        file.write_all(part).unwrap();
    }
    path
}

/// The texts of a log, and how many records were broken.
fn read(path: &std::path::Path) -> (Vec<String>, u64) {
    let mut log = replay::open(path).unwrap();
    assert!(log.is_records());
    let mut texts = Vec::new();
    while let Some(block) = log.next(2).unwrap() {
        for (text, _) in block.texts() {
            let json: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(json["Event"]["System"]["Channel"], "System");
            texts.push(json["Event"]["UserData"]["LogFileCleared"]["SubjectUserName"].as_str().unwrap().to_owned());
        }
    }
    (texts, log.broken())
}

#[test]
fn every_record_is_a_line_of_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, &[&header(2), &chunk(&["agent", "é\"\n"]), &chunk(&["later"])]);
    let (texts, broken) = read(&path);
    assert_eq!((texts.as_slice(), broken), (&["agent".to_owned(), "é\"\n".to_owned(), "later".to_owned()][..], 0));
}

#[test]
fn what_is_damaged_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = damaged(chunk(&["first", "second", "third"]), 2, 24, 40);
    let mut lost = chunk(&["lost"]);
    lost[0] = b'x';
    let cut = chunk(&["cut"]);
    let path = file(&folder, &[&header(4), &damaged, &lost, &chunk(&["whole"]), &cut[..20_000]]);
    let (texts, broken) = read(&path);
    assert_eq!((texts.join(" "), broken), ("first third whole cut".to_owned(), 3));
}

/// S15 of issue 11.
#[test]
fn what_is_whole_in_a_log_that_was_cut_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let last = chunk(&["first", "second", "third"]);
    let size = |at: usize| u32::from_le_bytes(last[at + 4..at + 8].try_into().unwrap()) as usize;
    let second = FIRST + size(FIRST);
    for (length, whole) in
        [(second + size(second) + 20, "first second"), (second + 10, "first"), (FIRST + 10, ""), (100, "")]
    {
        let (texts, broken) = read(&file(&folder, &[&header(1), &last[..length]]));
        assert_eq!((texts.join(" ").as_str(), broken), (whole, 1), "{length}");
    }
}

#[test]
fn a_log_that_is_none_is_said_to_be_unreadable_or_text() {
    let folder = tempfile::tempdir().unwrap();
    let error = replay::open(&file(&folder, &[b"ElfFile\0 and nothing more"])).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    for text in [&b"ElfFile"[..], b"", b"Nov 21 19:28:22 srv7 sshd[1]: x\n"] {
        let mut log = replay::open(&file(&folder, &[text])).unwrap();
        assert!(!log.is_records());
        assert_eq!(log.next(2).unwrap().is_some(), !text.is_empty());
    }
}
