//! What came to such a log since it was read last. Every part of the file says which numbers it holds, so parts that are
//! known are not even read.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use evtx::{EvtxChunkData, ParserSettings};

use super::MAGIC;

/// Bytes before the first chunk, and of each chunk.
const HEADER: u64 = 4096;
const CHUNK: usize = 64 * 1024;
/// How a chunk begins, and where it says the numbers of its first and of its last record (libyal, "Windows XML Event Log
/// (EVTX) format").
const CHUNK_MAGIC: &[u8] = b"ElfChnk\0";
const FIRST: usize = 24;
const LAST: usize = 32;
/// After so many records, what was read is handed over.
const ROOM: usize = 1000;

/// Records that are new, in their order.
#[derive(Debug, Default)]
pub(in crate::watch::source) struct Newer {
    /// The number and the text of each.
    pub(in crate::watch::source) records: Vec<(u64, String)>,
    /// The number of the last one that is done with.
    pub(in crate::watch::source) last: u64,
    /// Whether there are more.
    pub(in crate::watch::source) more: bool,
}

/// A part of the file that holds records.
struct Part {
    at: u64,
    first: u64,
    last: u64,
}

/// The number of the newest record; 0 where there is none.
pub(in crate::watch::source) fn newest(file: &File) -> io::Result<u64> {
    Ok(parts(file)?.iter().map(|part| part.last).max().unwrap_or_default())
}

/// The records behind that with the number `behind`. A log that holds only smaller numbers was emptied, and begins anew.
pub(in crate::watch::source) fn newer(file: &File, behind: u64) -> io::Result<Newer> {
    let mut parts = parts(file)?;
    let newest = parts.iter().map(|part| part.last).max().unwrap_or_default();
    let behind = if newest < behind { 0 } else { behind };
    parts.retain(|part| part.last > behind);
    parts.sort_by_key(|part| part.first);
    let mut found = Newer { last: behind, ..Newer::default() };
    let settings = Arc::new(ParserSettings::new().indent(false));
    for part in parts {
        if found.records.len() >= ROOM {
            found.more = true;
            break;
        }
        let mut bytes = vec![0; CHUNK];
        file.read_exact_at(&mut bytes, part.at)?;
        let mut chunk = EvtxChunkData::new(bytes, false).map_err(|error| damaged(&error))?;
        let Ok(mut chunk) = chunk.parse(Arc::clone(&settings)) else { continue };
        for record in chunk.iter().filter_map(Result::ok).filter(|record| record.event_record_id > behind) {
            let number = record.event_record_id;
            // What is being written just now is read when it is whole.
            if let Ok(record) = record.into_json() {
                found.last = found.last.max(number);
                found.records.push((number, record.data));
            }
        }
    }
    Ok(found)
}

fn damaged(error: &impl ToString) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

/// The parts of the file that hold records.
fn parts(file: &File) -> io::Result<Vec<Part>> {
    let length = file.metadata()?.len();
    let mut magic = [0; MAGIC.len()];
    file.read_exact_at(&mut magic, 0)?;
    if magic != MAGIC {
        return Err(damaged(&"not a log as Windows keeps it (.evtx)"));
    }
    let mut parts = Vec::new();
    let mut at = HEADER;
    while at + CHUNK as u64 <= length {
        let mut head = [0; LAST + 8];
        file.read_exact_at(&mut head, at)?;
        let number = |place: usize| head[place..].first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
        if let (true, Some(first), Some(last)) = (head.starts_with(CHUNK_MAGIC), number(FIRST), number(LAST))
            && first <= last
            && last < u64::MAX
        {
            parts.push(Part { at, first, last });
        }
        at += CHUNK as u64;
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::super::records::tests::{chunk, chunk_from, file, header};
    use super::*;

    fn texts(found: &Newer) -> Vec<String> {
        let text = |json: &String| {
            let json: serde_json::Value = serde_json::from_str(json).unwrap();
            json["Event"]["UserData"]["LogFileCleared"]["SubjectUserName"].as_str().unwrap().to_owned()
        };
        found.records.iter().map(|(_, json)| text(json)).collect()
    }

    #[test]
    fn each_record_is_read_once_while_the_log_grows_goes_around_and_is_emptied() {
        let folder = tempfile::tempdir().unwrap();
        let look = |parts: &[&[u8]], behind: u64| {
            let file = File::open(file(&folder, parts)).unwrap();
            (newest(&file).unwrap(), newer(&file, behind).unwrap())
        };
        let (last, found) = look(&[&header(1), &chunk(&["a", "b"])], 0);
        assert_eq!((last, texts(&found).join(" "), found.last, found.more), (2, "a b".to_owned(), 2, false));
        let (_, found) = look(&[&header(1), &chunk(&["a", "b", "c"])], 2);
        assert_eq!((texts(&found).join(" "), found.last), ("c".to_owned(), 3));
        let (_, found) = look(&[&header(2), &chunk(&["a", "b", "c"]), &chunk_from(4, &["d"])], 3);
        assert_eq!(texts(&found), ["d"]);
        // The oldest part is written over.
        let (_, found) = look(&[&header(2), &chunk_from(5, &["e", "f"]), &chunk_from(4, &["d"])], 3);
        assert_eq!((texts(&found).join(" "), found.last), ("d e f".to_owned(), 6));
        let (_, found) = look(&[&header(2), &chunk_from(5, &["e", "f"]), &chunk_from(4, &["d"])], 6);
        assert_eq!((found.records.len(), found.last), (0, 6));
        // It was emptied, which itself is its first record.
        let (_, found) = look(&[&header(1), &chunk(&["cleared"])], 6);
        assert_eq!((texts(&found).join(" "), found.last), ("cleared".to_owned(), 1));
        let (last, found) = look(&[&header(1)], 6);
        assert_eq!((last, found.records.len(), found.last), (0, 0, 0));
    }

    #[test]
    fn what_is_no_such_log_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [&b"text, and more of it"[..], b"Elf", b""] {
            assert!(newer(&File::open(file(&folder, &[bytes])).unwrap(), 0).is_err());
        }
    }
}
