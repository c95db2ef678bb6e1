//! Any bytes over a connection, in any pieces: the same messages however they are cut, and no more in them than came.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vigie::watch::source::listen::frames::cut;

/// So much of a message is kept: short, so that long messages are found soon.
const LONGEST: usize = 64;

fuzz_target!(|input: (u8, &[u8])| {
    let (size, bytes) = input;
    let whole = cut(LONGEST, &[bytes]);
    let pieces: Vec<&[u8]> = bytes.chunks(usize::from(size % 16) + 1).collect();
    assert_eq!(cut(LONGEST, &pieces), whole, "whatever the pieces");
    let last = whole.messages.len().saturating_sub(1);
    for (at, (text, cut_from)) in whole.messages.iter().enumerate() {
        // A byte of Windows-1252 is three bytes of UTF-8 at most.
        assert!(text.len() <= LONGEST * 3, "{} bytes are kept", text.len());
        // Only the end of a connection cuts a short message.
        assert!(cut_from.is_none_or(|length| length > LONGEST as u64 || !whole.is_whole || at == last), "{cut_from:?}");
    }
    assert!(whole.messages.len() <= bytes.len(), "no message out of nothing");
});
