//! Small logs of Windows, built byte by byte as its documentation describes them.

use std::io::Write as _;
use std::path::PathBuf;

use crate::watch::source::replay;

/// Numbers of four bytes, as these files write nearly all of them.
fn four(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_le_bytes()
}

/// Where the first record of a chunk is.
const FIRST: usize = 512;

/// One chunk with a record for each text, which is what the record's `UserData` says.
pub(in super::super) fn chunk(texts: &[&str]) -> Vec<u8> {
    chunk_from(1, texts)
}

/// The same, the first of which has this number.
pub(in super::super) fn chunk_from(first: u64, texts: &[&str]) -> Vec<u8> {
    let end_number = first + texts.len() as u64 - 1;
    let mut bytes = vec![0; FIRST];
    let mut last = 0;
    for (number, text) in (first..).zip(texts) {
        last = bytes.len();
        record(&mut bytes, number, text);
    }
    let end = bytes.len();
    bytes.resize(64 * 1024, 0);
    bytes[..8].copy_from_slice(b"ElfChnk\0");
    for (place, number) in [(8, first), (16, end_number), (24, first), (32, end_number)] {
        bytes[place..place + 8].copy_from_slice(&number.to_le_bytes());
    }
    for (place, number) in [(40, 128), (44, last), (48, end)] {
        bytes[place..place + 4].copy_from_slice(&four(number));
    }
    bytes
}

fn record(bytes: &mut Vec<u8>, number: u64, text: &str) {
    let start = bytes.len();
    bytes.extend(b"**\0\0\0\0\0\0");
    bytes.extend(number.to_le_bytes());
    bytes.extend(133_000_000_000_000_000_u64.to_le_bytes());
    bytes.extend([0x0f, 1, 1, 0]);
    open(bytes, "Event");
    open(bytes, "System");
    element(bytes, "EventID", "104");
    element(bytes, "Channel", "System");
    bytes.push(4);
    open(bytes, "UserData");
    open(bytes, "LogFileCleared");
    element(bytes, "SubjectUserName", text);
    bytes.extend([4, 4, 4, 0]);
    let size = four(bytes.len() + 4 - start);
    bytes.extend(size);
    bytes[start + 4..start + 8].copy_from_slice(&size);
}

/// `<name>`, with its name in the same place.
fn open(bytes: &mut Vec<u8>, name: &str) {
    bytes.push(1);
    bytes.extend([0; 4]);
    bytes.extend(four(bytes.len() + 4));
    bytes.extend([0; 6]);
    wide(bytes, name);
    bytes.extend([0, 0, 2]);
}

fn element(bytes: &mut Vec<u8>, name: &str, text: &str) {
    open(bytes, name);
    bytes.extend([5, 1]);
    wide(bytes, text);
    bytes.push(4);
}

fn wide(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend(&four(text.encode_utf16().count())[..2]);
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
}

pub(in super::super) fn header(chunks: u8) -> Vec<u8> {
    let mut bytes = vec![0; 4096];
    bytes[..8].copy_from_slice(crate::watch::source::evtx::MAGIC);
    bytes[16] = chunks - 1;
    bytes[32] = 128;
    bytes[36..44].copy_from_slice(&[1, 0, 3, 0, 0, 0x10, chunks, 0]);
    bytes
}

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
    let mut damaged = chunk(&["first", "second", "third"]);
    let size = u32::from_le_bytes(damaged[FIRST + 4..FIRST + 8].try_into().unwrap()) as usize;
    damaged[FIRST + size + 24..FIRST + size + 40].fill(0xee);
    let mut lost = chunk(&["lost"]);
    lost[0] = b'x';
    let cut = chunk(&["cut"]);
    let path = file(&folder, &[&header(4), &damaged, &lost, &chunk(&["whole"]), &cut[..20_000]]);
    let (texts, broken) = read(&path);
    assert_eq!((texts.join(" "), broken), ("first third whole cut".to_owned(), 3));
}

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
