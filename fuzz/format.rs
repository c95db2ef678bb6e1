//! What holds for every reader of lines: it reads a line the same way twice, and makes no more of it than is in it.
#![allow(dead_code, reason = "no target needs all of it")]

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::watch::event::Value;
use vigie::watch::format::{Decoded, Decoder, Format};

/// So many fields come of one line at most: what a reader bounds its names to, and the shared names beside them.
const FIELDS: usize = 4_096;
/// So many times the length of a line its values are long together: a value can stand under the vendor's name, under one
/// without its prefix, under a label and under the shared one.
const TIMES: usize = 8;

fn length(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::List(items) => items.iter().map(length).sum(),
        _ => 0,
    }
}

/// Reads the lines of `text` in their order.
pub fn lines(format: Format, text: &str) {
    let new = || Decoder::new(format, TimeZone::UTC, None);
    let (mut one, mut other) = (new(), new());
    // A record may go over several lines, and end with the line before this one.
    let mut said = 0;
    for line in text.lines() {
        said += line.len();
        let read = one.decode(Timestamp::UNIX_EPOCH, line);
        assert_eq!(read, other.decode(Timestamp::UNIX_EPOCH, line), "the same twice");
        if let Decoded::Event(event) | Decoded::Unknown(event) = read
            && format != Format::Json
        {
            assert!(event.fields.len() <= FIELDS, "{} fields", event.fields.len());
            let long: usize = event.fields.iter().map(|(_, value)| length(value)).sum();
            assert!(long <= said * TIMES + 1_024, "{long} letters of {said}");
            said = line.len();
        }
    }
}
