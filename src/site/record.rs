//! What keeps the ledger from being rewritten unseen: the part `ledger:` of `vigie.yaml`.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

use super::name::Name;
use crate::finding::site::anchor_beside;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;

/// The name of the anchor where a folder is named.
const FILE: &str = "vigie-ledger.txt";

/// What keeps the ledger from being rewritten unseen.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerEntry {
    /// A file or a folder elsewhere, from the site's folder: once a day, and at each start and stop, a line is added to it which
    /// says where the ledger stands. Best on another machine, where vigie's account can only add.
    #[serde(default)]
    anchor: Option<Name>,
}

/// The file of the anchor.
pub(super) fn anchor(
    folder: &Path,
    (source, entry): (&Source, &LedgerEntry),
    state: &Path,
    found: &mut Vec<Diagnostic>,
) -> Option<PathBuf> {
    let name = entry.anchor.as_ref()?;
    let path = anchor_file(folder, &name.value);
    if path.starts_with(state) {
        found.push(anchor_beside(&name.value).at(source, name.span));
    }
    Some(path)
}

/// The file that an anchor's name means.
pub(crate) fn anchor_file(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    if path.is_dir() || name.ends_with('/') { path.join(FILE) } else { path }
}
