//! The record itself, for programs.

use super::record::Record;
use crate::base::visible::visible_json;

/// The record as indented JSON, ending in a line break.
#[expect(clippy::missing_panics_doc, reason = "the shape of a record can always be written as JSON")]
pub fn json(record: &Record) -> String {
    let mut text = serde_json::to_string_pretty(record).expect("a record has only text keys and finite values");
    text.push('\n');
    visible_json(&text).into_owned()
}

/// Reads what [`json`] wrote.
pub fn from_json(text: &str) -> Result<Record, serde_json::Error> {
    serde_json::from_str(text)
}
