//! What a site takes out of lines besides: the part `redact:` of `vigie.yaml`.

use std::path::Path;

use super::name::{Map, Name};
use crate::base::redact::{LONGEST_OWN, Own, OwnError};
use crate::finding::redaction as finding;
use crate::text::diagnostic::Diagnostic;
use crate::text::ground::Ground;
use crate::text::node::Node;
use crate::text::source::Source;
use crate::text::yaml;

/// The patterns that can be used.
pub(super) fn check(source: &Source, patterns: &Map<Name>, found: &mut Vec<Diagnostic>) -> Vec<Own> {
    let pattern = |(name, pattern): (&Name, &Name)| match Own::new(name, pattern) {
        Ok(own) => Some(own),
        Err(error) => {
            let said = match error {
                OwnError::TooLong => finding::too_long(name, LONGEST_OWN),
                OwnError::TooLarge => finding::too_large(name),
                OwnError::Empty => finding::fits_nothing(name),
                OwnError::Invalid(why) => finding::no_pattern(name, why),
            };
            found.push(said.at(source, pattern.span));
            None
        }
    };
    patterns.iter().filter_map(pattern).collect()
}

/// The patterns of the site in `folder`, whatever else is wrong with its files.
pub(crate) fn own(folder: &Path) -> Vec<Own> {
    let folder = if folder.is_file() { folder.parent().unwrap_or(folder) } else { folder };
    let read = || yaml::parse(&Ground::of(folder).open(&folder.join("vigie.yaml")).ok()?).ok();
    let Some(node) = read() else { return Vec::new() };
    let written = node.get("redact").and_then(Node::as_map).unwrap_or_default();
    written.iter().filter_map(|(name, pattern)| Own::new(name.as_str()?, pattern.as_str()?).ok()).collect()
}
