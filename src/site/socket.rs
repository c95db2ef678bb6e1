//! The local socket: the part `socket:` of `vigie.yaml`, and where the daemon of a site lives on its machine.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

use super::name::Name;
use crate::account;
use crate::finding::site::{no_group, no_group_for_others, socket_inside};
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
    pub(super) folder: Option<Name>,
    /// The group of accounts of this machine that may speak to vigie. Left out: only vigie's own account, and root.
    #[serde(default)]
    pub(super) group: Option<Name>,
    /// The group of accounts that may speak for people who have accounts of their own, such as a duty desk. Left out: only
    /// root and vigie's own account.
    #[serde(default)]
    pub(super) for_others: Option<Name>,
}

/// Where the daemon of a site lives: what it keeps, and where it is spoken to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The folder of its state.
    pub(crate) state: PathBuf,
    /// The folder of its socket.
    pub(crate) socket: PathBuf,
    /// The group that may speak to it.
    pub(crate) group: Option<String>,
    /// The group that may speak for others.
    pub(crate) for_others: Option<String>,
}

/// What `vigie.yaml` says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) state: Option<&'a str>,
    pub(super) socket: Option<&'a str>,
    pub(super) group: Option<&'a str>,
    pub(super) for_others: Option<&'a str>,
}

impl Home {
    /// The home of the site in `folder`, from what its `vigie.yaml` says.
    pub(super) fn new(folder: &Path, written: Written<'_>) -> Self {
        let Written { state, socket, group, for_others } = written;
        let state = folder.join(state.unwrap_or(STATE));
        let socket = match (socket, group) {
            (Some(socket), _) => folder.join(socket),
            (None, Some(_)) => folder.join(FOLDER),
            (None, None) => state.clone(),
        };
        Self { state, socket, group: group.map(str::to_owned), for_others: for_others.map(str::to_owned) }
    }

    /// Where it is spoken to, and by whom.
    pub(crate) fn speaking(&self) -> (&Path, [Option<&str>; 2]) {
        (&self.socket, [self.group.as_deref(), self.for_others.as_deref()])
    }

    /// The account that vigie runs as: whoever owns its state, or who looks where it has none yet.
    pub(super) fn account(&self) -> u32 {
        self.state.metadata().map_or_else(|_| account::own(), |met| met.uid())
    }
}

/// Looks at a site's home, adding every mistake to `found`.
pub(super) fn check(source: &Source, entry: &SocketEntry, home: &Home, found: &mut Vec<Diagnostic>) {
    if let Some(group) = entry.for_others.as_ref().filter(|group| account::group(group).is_none()) {
        found.push(no_group_for_others(group).at(source, group.span));
    }
    let Some(group) = &entry.group else { return };
    if home.socket.starts_with(&home.state) {
        let place = entry.folder.as_ref().unwrap_or(group);
        found.push(socket_inside(group).at(source, place.span));
    }
    if account::group(group).is_none() {
        found.push(no_group(group).at(source, group.span));
    }
}
