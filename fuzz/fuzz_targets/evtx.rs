//! Any bytes as a log that Windows keeps: it is read to its end, or refused.
#![no_main]

use std::fs;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use vigie::watch::source::replay;

/// A file in memory.
static PLACE: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir_in("/dev/shm").expect("room in memory"));

/// A log of one chunk, in which `records` stand.
fn log_of(records: &[u8]) -> Vec<u8> {
    let mut log = vec![0; 4096 + 512];
    log[..8].copy_from_slice(b"ElfFile\0");
    log[32] = 128;
    log[36..44].copy_from_slice(&[1, 0, 3, 0, 0, 0x10, 1, 0]);
    log[4096..4104].copy_from_slice(b"ElfChnk\0");
    let end = u32::try_from(512 + records.len()).unwrap_or(u32::MAX);
    for (place, number) in [(8, 1), (16, 1), (24, 1), (32, 1), (40, 128), (44, 512), (48, end)] {
        log[4096 + place..4100 + place].copy_from_slice(&number.to_le_bytes());
    }
    log.extend(records);
    log
}

fuzz_target!(|input: (bool, &[u8])| {
    let (is_whole, bytes) = input;
    let log = if is_whole { bytes.to_vec() } else { log_of(bytes) };
    let path = PLACE.path().join(std::process::id().to_string());
    fs::write(&path, log).expect("room in memory");
    let Ok(mut log) = replay::open(&path) else { return };
    while let Ok(Some(block)) = log.next(replay::ROOM) {
        assert!(!block.lines.is_empty(), "a block of nothing");
    }
});
