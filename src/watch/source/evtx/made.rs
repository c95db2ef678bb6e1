//! Small logs of Windows, built byte by byte as its documentation describes them. Knows nothing of this crate: tests outside
//! of it make their logs with it too.

/// Numbers of four bytes, as these files write nearly all of them.
fn four(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_le_bytes()
}

/// Where the first record of a chunk is.
pub(crate) const FIRST: usize = 512;

/// One chunk with a record for each text, which is what the record's `UserData` says.
pub(crate) fn chunk(texts: &[&str]) -> Vec<u8> {
    chunk_from(1, texts)
}

/// The same, the first of which has this number.
pub(crate) fn chunk_from(first: u64, texts: &[&str]) -> Vec<u8> {
    chunk_at(first, texts, None)
}

/// The same, of which the records say when they were written.
pub(crate) fn chunk_at(first: u64, texts: &[&str], time: Option<&str>) -> Vec<u8> {
    let end_number = first + texts.len() as u64 - 1;
    let mut bytes = vec![0; FIRST];
    let mut last = 0;
    for (number, text) in (first..).zip(texts) {
        last = bytes.len();
        record(&mut bytes, number, text, time);
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

/// A chunk of whose record of this number, counted from one, these bytes are overwritten.
pub(crate) fn damaged(mut chunk: Vec<u8>, number: usize, from: usize, to: usize) -> Vec<u8> {
    let size = |at: usize| u32::from_le_bytes(chunk[at + 4..at + 8].try_into().unwrap()) as usize;
    let start = (1..number).fold(FIRST, |at, _| at + size(at));
    chunk[start + from..start + to].fill(0xee);
    chunk
}

fn record(bytes: &mut Vec<u8>, number: u64, text: &str, time: Option<&str>) {
    let start = bytes.len();
    bytes.extend(b"**\0\0\0\0\0\0");
    bytes.extend(number.to_le_bytes());
    bytes.extend(133_000_000_000_000_000_u64.to_le_bytes());
    bytes.extend([0x0f, 1, 1, 0]);
    open(bytes, "Event");
    open(bytes, "System");
    element(bytes, "EventID", "104");
    element(bytes, "Channel", "System");
    if let Some(time) = time {
        open(bytes, "TimeCreated");
        element(bytes, "SystemTime", time);
        bytes.push(4);
    }
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

pub(crate) fn header(chunks: u8) -> Vec<u8> {
    let mut bytes = vec![0; 4096];
    bytes[..8].copy_from_slice(b"ElfFile\0");
    bytes[16] = chunks - 1;
    bytes[32] = 128;
    bytes[36..44].copy_from_slice(&[1, 0, 3, 0, 0, 0x10, chunks, 0]);
    bytes
}
