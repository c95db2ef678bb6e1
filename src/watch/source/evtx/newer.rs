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
/// How a chunk begins, and where it says which of all records in the file its first and its last one are, and the numbers of
/// both, which go on where the file was emptied or is an excerpt (libyal, "Windows XML Event Log (EVTX) format").
const CHUNK_MAGIC: &[u8] = b"ElfChnk\0";
const PLACES: [usize; 2] = [8, 16];
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
    /// Whether the newest record cannot be read: perhaps it is being written just now.
    pub(in crate::watch::source) waits: bool,
    /// How many records among them are damaged.
    pub(in crate::watch::source) broken: u64,
}

/// A part of the file that holds records.
struct Part {
    at: u64,
    /// Which of all records in the file these are.
    places: [u64; 2],
    first: u64,
    last: u64,
}

impl Part {
    fn count(&self) -> u64 {
        self.places[1].saturating_sub(self.places[0]) + 1
    }
}

/// The number of the newest record; 0 where there is none.
pub(in crate::watch::source) fn newest(file: &File) -> io::Result<u64> {
    Ok(parts(file)?.iter().map(|part| part.last).max().unwrap_or_default())
}

/// The records behind that with the number `behind`. A log that holds only smaller numbers was emptied, and begins anew. What
/// stands at the end and cannot be read is waited for, unless the log `rests`; what others stand behind is damaged.
pub(in crate::watch::source) fn newer(file: &File, behind: u64, rests: bool) -> io::Result<Newer> {
    let mut parts = parts(file)?;
    let newest = parts.iter().map(|part| part.last).max().unwrap_or_default();
    let behind = if newest < behind { 0 } else { behind };
    parts.sort_by_key(|part| part.first);
    let mut found = Newer { last: behind, ..Newer::default() };
    let mut before = None;
    for part in parts {
        let gap = before.map_or(0, |before: u64| part.places[0].saturating_sub(before + 1));
        before = Some(part.places[1]);
        if part.last <= behind {
            continue;
        }
        if found.records.len() >= ROOM {
            found.more = true;
            break;
        }
        // A part in between that cannot be told from nothing is missed as soon as the next one is read.
        found.broken += if part.first > behind { gap } else { 0 };
        found.read(file, &part, behind, part.last < newest || rests)?;
    }
    found.waits = !found.more && found.last < newest;
    Ok(found)
}

impl Newer {
    /// Adds what a part holds; if that `is_final`, nothing more will come of it.
    fn read(&mut self, file: &File, part: &Part, behind: u64, is_final: bool) -> io::Result<()> {
        let mut bytes = vec![0; CHUNK];
        file.read_exact_at(&mut bytes, part.at)?;
        let settings = Arc::new(ParserSettings::new().indent(false));
        let (mut broken, mut is_lost) = (0, true);
        if let Ok(mut chunk) = EvtxChunkData::new(bytes, false)
            && let Ok(mut chunk) = chunk.parse(settings)
        {
            is_lost = false;
            let mut seen = part.first.saturating_sub(1);
            for record in chunk.iter() {
                let Ok(record) = record else {
                    broken += u64::from(seen >= behind);
                    continue;
                };
                seen = record.event_record_id;
                if seen <= behind {
                    continue;
                }
                match record.into_json() {
                    Ok(record) => {
                        self.broken += std::mem::take(&mut broken);
                        self.last = self.last.max(seen);
                        self.records.push((seen, record.data));
                    }
                    Err(_) => broken += 1,
                }
            }
        }
        if is_final {
            self.broken += if is_lost { part.count() } else { broken };
            self.last = self.last.max(part.last);
        }
        Ok(())
    }
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
        if let (true, [Some(from), Some(to), Some(first), Some(last)]) =
            (head.starts_with(CHUNK_MAGIC), [PLACES[0], PLACES[1], FIRST, LAST].map(number))
            && first <= last
            && from <= to
            && last.max(to) < u64::MAX
        {
            parts.push(Part { at, places: [from, to], first, last });
        }
        at += CHUNK as u64;
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::super::records::tests::{chunk, chunk_from, damaged, file, header};
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
            (newest(&file).unwrap(), newer(&file, behind, false).unwrap())
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
    fn what_is_damaged_is_counted_once_and_what_stands_behind_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let look = |parts: &[&[u8]], behind: u64, rests: bool| {
            let found = newer(&File::open(file(&folder, parts)).unwrap(), behind, rests).unwrap();
            (texts(&found).join(" "), found.last, found.broken, found.waits)
        };
        let four = ["a", "b", "c", "d"];
        // Inside of a record, and where it begins.
        for (from, to) in [(24, 40), (0, 24)] {
            let whole = [&header(1)[..], &damaged(chunk(&four), 2, from, to)];
            assert_eq!(look(&whole, 0, false), ("a c d".to_owned(), 4, 1, false), "{from}");
            assert_eq!(look(&whole, 1, false), ("c d".to_owned(), 4, 1, false), "{from}");
            assert_eq!(look(&whole, 3, false), ("d".to_owned(), 4, 0, false), "{from}");
            assert_eq!(look(&whole, 4, false), (String::new(), 4, 0, false), "{from}");
            // At the end it may be whole soon.
            let end = [&header(1)[..], &damaged(chunk(&four), 4, from, to)];
            assert_eq!(look(&end, 0, false), ("a b c".to_owned(), 3, 0, true), "{from}");
            assert_eq!(look(&end, 3, true), (String::new(), 4, 1, false), "{from}");
            // Unless something stands behind it.
            let going_on = [&header(2)[..], &damaged(chunk(&four), 4, from, to), &chunk_from(5, &["e"])];
            assert_eq!(look(&going_on, 3, false), ("e".to_owned(), 5, 1, false), "{from}");
            assert_eq!(look(&going_on, 4, false), ("e".to_owned(), 5, 0, false), "{from}");
        }
        // A part that is none any more.
        let mut lost = chunk_from(5, &["e", "f"]);
        lost[0] = b'x';
        let parts = [&header(3)[..], &chunk(&four), &lost, &chunk_from(7, &["g"])];
        assert_eq!(look(&parts, 2, false), ("c d g".to_owned(), 7, 2, false));
        assert_eq!(look(&parts, 7, false), (String::new(), 7, 0, false));
    }

    #[test]
    fn what_is_no_such_log_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [&b"text, and more of it"[..], b"Elf", b""] {
            assert!(newer(&File::open(file(&folder, &[bytes])).unwrap(), 0, false).is_err());
        }
    }
}
