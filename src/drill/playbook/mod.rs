//! The script of an exercise, from a YAML document to checked values. Knows no site: names of people, sources, chains
//! and rules are handed over as [`Reference`]s for somebody who does.
//!
//! `written` mirrors the document, `script` and `inject` are what it means once checked. Every mistake of a document is reported in
//! one pass.

mod cast;
mod checked;
pub(super) mod checking;
mod expectation;
mod inject;
mod objective;
mod offset;
mod places;
pub(super) mod players;
mod reach;
pub(super) mod reference;
pub(super) mod scalar;
mod script;
pub(super) mod template;
mod written;

#[cfg(test)]
mod tests;

use std::io;

pub use cast::{Cast, CastDecision};
pub use expectation::{Awaited, Expectation};
pub use inject::{Class, Inject, Start};
pub use objective::Objective;
pub use offset::Offset;
pub use players::{Audience, Cell, PlayerName};
pub use reference::{Reference, ReferenceKind};
pub use script::Playbook;
pub use template::{LogLine, Template};

use crate::text::diagnostic::{Diagnostic, has_errors};
use crate::text::source::Source;
use crate::text::{read as reader, yaml};

/// Reads a playbook, adding every mistake to `found`. `files` gives the text of a file named beside the playbook.
///
/// A playbook is returned whenever enough of it could be understood to go on checking it against a site. One with
/// errors among its findings must not be played: ask [`crate::text::diagnostic::has_errors`].
pub fn read(
    source: &Source,
    files: &dyn Fn(&str) -> io::Result<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<Playbook> {
    let root = yaml::parse(source).map_err(|error| found.push(error)).ok()?;
    let before = found.len();
    let written: written::Playbook = reader::read(source, &root, found)?;
    let sound = !has_errors(&found[before..]);
    Some(checked::check(written, sound, source, files, found))
}

/// The JSON Schema of a playbook, for editors.
pub fn schema() -> serde_json::Value {
    let schema = schemars::schema_for!(written::Playbook);
    schema.to_value()
}
