//! The ledger is looked through beside the core, whole, at the start and once a day; and what remembers it elsewhere gets its
//! line.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::core::{self, Input};
use crate::store::{Break, Store, StoreError};

use super::clock;

/// How often the whole ledger is looked through, and anchored.
const DAILY: Duration = Duration::from_hours(24);
/// How long an anchor that does not answer is waited for at the end.
const PATIENCE: Duration = Duration::from_secs(5);

/// The ledger of a site, and what remembers it elsewhere.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) state: PathBuf,
    pub(super) anchor: Option<PathBuf>,
}

impl Record {
    /// Looks through the whole ledger now and once a day, and anchors it, until told to stop.
    pub(super) async fn keep_looking(self, inputs: mpsc::Sender<Input>, stop: CancellationToken) {
        loop {
            let record = self.clone();
            let look = tokio::task::spawn_blocking(move || (record.look(), record.anchor()));
            // A folder of another machine may never answer.
            let looked = tokio::select! {
                () = stop.cancelled() => return,
                looked = look => looked,
            };
            if let Ok((verdict, anchored)) = looked {
                // Nobody is left to tell when the daemon is gone.
                if let Some(verdict) = verdict {
                    drop(inputs.send(verdict).await);
                }
                let why = anchored.err().map(|error| error.to_string());
                drop(inputs.send(Input::Anchored { why }).await);
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(DAILY) => {}
            }
        }
    }

    /// Anchors the ledger as it is at the end.
    pub(super) async fn close(self) {
        let anchor = tokio::task::spawn_blocking(move || self.anchor());
        // The next start anchors it as well.
        drop(tokio::time::timeout(PATIENCE, anchor).await);
    }

    /// What a look at the whole ledger found. A store that cannot be read is told of elsewhere.
    fn look(&self) -> Option<Input> {
        let anchored = self.anchor.as_deref().map(lines).unwrap_or_default();
        let store = Store::read(&self.state).ok()?;
        let found = store.verify_against(&anchored).ok()?;
        Some(looked(&store, Ok(found.err())))
    }

    /// Adds a line to the anchor which says where the ledger stands.
    fn anchor(&self) -> io::Result<()> {
        let Some(path) = &self.anchor else { return Ok(()) };
        let store = Store::read(&self.state).map_err(io::Error::other)?;
        let Some(line) = store.head_line().map_err(io::Error::other)? else { return Ok(()) };
        let mut file = File::options().append(true).create(true).open(path)?;
        file.write_all(format!("{} {line}\n", clock::now()).as_bytes())?;
        file.sync_all()
    }
}

/// The lines of an anchor; none where it cannot be read.
fn lines(anchor: &Path) -> Vec<String> {
    std::fs::read_to_string(anchor).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// What a look at the ledger found, and whether the ledger says so already.
pub(super) fn looked(store: &Store, found: Result<Option<Break>, StoreError>) -> Input {
    let broken = found.ok().flatten().map(|found| (found.entry, found.what));
    let is_told = broken.as_ref().is_some_and(|found| store.knows_of(&core::told_broken(found)).unwrap_or(false));
    Input::Verified { broken, is_told }
}
