//! The record itself, for programs.

use super::record::Record;

/// The record as indented JSON, ending in a line break.
pub fn json(record: &Record) -> String {
    let mut text = serde_json::to_string_pretty(record).expect("a record has only text keys and finite values");
    text.push('\n');
    text
}

/// Reads what [`json`] wrote.
pub fn from_json(text: &str) -> Result<Record, serde_json::Error> {
    serde_json::from_str(text)
}
