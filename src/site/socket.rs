//! The local socket: the part `socket:` of `vigie.yaml`, and where the daemon of a site lives on its machine.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

use super::name::Name;
use crate::account;
use crate::finding::site::{no_group, socket_inside};
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;

/// The folder of a socket that a group may reach, where the site does not say it.
const FOLDER: &str = "run";
/// The folder of vigie's own state, where the site does not say it.
const STATE: &str = "state";

/// Who may speak to the daemon on its machine.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SocketEntry {
    /// A folder for the socket alone, from the site's folder. Where it is left out: `run` with a `group`, else the state
    /// folder.
    #[serde(default)]
    pub folder: Option<Name>,
    /// The group of accounts of this machine that may speak to vigie. Left out: only vigie's own account, and root.
    #[serde(default)]
    pub group: Option<Name>,
}

/// Where the daemon of a site lives: what it keeps, and where it is spoken to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The folder of its state.
    pub state: PathBuf,
    /// The folder of its socket.
    pub socket: PathBuf,
    /// The group that may speak to it.
    pub group: Option<String>,
}

impl Home {
    /// The home of the site in `folder`, from what its `vigie.yaml` says.
    pub(super) fn new(folder: &Path, state: Option<&str>, socket: Option<&str>, group: Option<&str>) -> Self {
        let state = folder.join(state.unwrap_or(STATE));
        let socket = match (socket, group) {
            (Some(socket), _) => folder.join(socket),
            (None, Some(_)) => folder.join(FOLDER),
            (None, None) => state.clone(),
        };
        Self { state, socket, group: group.map(str::to_owned) }
    }

    /// The account that vigie runs as: whoever owns its state, or who looks where it has none yet.
    pub(super) fn account(&self) -> u32 {
        self.state.metadata().map_or_else(|_| account::own(), |met| met.uid())
    }
}

/// Looks at a site's home, adding every mistake to `found`.
pub(super) fn check(source: &Source, entry: &SocketEntry, home: &Home, found: &mut Vec<Diagnostic>) {
    let Some(group) = &entry.group else { return };
    if home.socket.starts_with(&home.state) {
        let place = entry.folder.as_ref().unwrap_or(group);
        found.push(socket_inside(group).at(source, place.span));
    }
    if account::group(group).is_none() {
        found.push(no_group(group).at(source, group.span));
    }
}
