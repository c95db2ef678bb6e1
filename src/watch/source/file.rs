//! Follows files as they grow, are rotated, truncated, replaced and linked anew.
//!
//! What is where is decided by looking, never by hints: [`Follower::poll`] compares the files that are there with
//! those that were. Hints of the operating system only say when to look, and a look every second makes up for those
//! that never come. This is the only file that names the crate for hints.
//!
//! What is guaranteed: every line once and in order, across renaming, truncation after copying, and links set anew,
//! even where several rotations happen between two looks, as long as the rotated files stay in the same directory,
//! uncompressed, under a name that looks rotated. A path is enough: no pattern that also names the rotated files is
//! needed. Lines that a truncation destroys before anybody copied them are lost, and said to be.

mod archive;
mod copies;
mod discovery;
mod follower;
mod generation;
mod glimpse;
mod identity;
mod injected;
mod ladder;
mod missing;
mod path;
mod reading;
mod reconcile;
mod rescue;
mod retire;
mod rotation;
mod tail;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::Notify;

pub use follower::{Follower, Settings};
pub(super) use generation::state_at;
pub use written::Logs;

use super::kind::{Outlet, Polled};
use super::trouble::Fault;

/// How often everything is looked at without any hint, and how rarely at most where one look takes long.
const SWEEP: Duration = Duration::from_secs(1);
const SLOWEST_SWEEP: Duration = Duration::from_secs(5);

/// Looking at everything may take this part of the time: one hundredth in sweeps, one tenth when hints ask for it.
const SWEEP_SHARE: u32 = 100;
const HINT_SHARE: u32 = 10;

/// So many looks that hints did not ask for while it was quiet may follow each other at once when they do.
const SAVED: u32 = 3;

/// With more files than this in hints, everything is looked at.
const MANY: usize = 1000;

/// The pause before another look that the last one asked for without finding a line.
const BREATH: Duration = Duration::from_millis(10);

/// Follows until it is told to stop, and hands everything over. Where nobody takes it, nothing more is read: the files
/// keep it. What was handed over and not committed will be read again after a restart.
async fn run(mut follower: Follower, outlet: Outlet) {
    let (stop, now) = (outlet.stop.clone(), outlet.now);
    let hints = Arc::new(Hints::default());
    let mut watch = Watch::new(&hints);
    let mut pace = Pace::default();
    while !stop.is_cancelled() {
        let began = now();
        let look = pace.choose(hints.take(), began);
        let everything = matches!(look, Look::Everything);
        let Some((back, mut polled)) = take(follower, look, began).await else { return };
        follower = back;
        pace.looked(everything, began, now(), &polled);
        if everything && let Some(fault) = watch.follow(&follower.directories(), &hints) {
            let settings = &follower.settings;
            polled.troubles.push(fault.report(&settings.source, settings.pattern.clone()));
        }
        if !outlet.hand_over(&follower.settings.source, polled).await {
            return;
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = hints.wake.notified() => {}
            () = tokio::time::sleep(pace.pause(now())) => {}
        }
    }
}

/// Takes a look without holding up other tasks: a network share can take its time. Nothing where all is ending.
async fn take(mut follower: Follower, look: Look, now: Timestamp) -> Option<(Follower, Polled)> {
    let looked = tokio::task::spawn_blocking(move || {
        let polled = match look {
            Look::Everything => follower.poll(now),
            Look::At(paths) => follower.glance(now, &paths),
        };
        (follower, polled)
    });
    match looked.await {
        Ok(looked) => Some(looked),
        Err(error) => {
            std::panic::resume_unwind(error.try_into_panic().ok()?);
        }
    }
}

/// What to look at.
#[derive(Debug, PartialEq, Eq)]
enum Look {
    Everything,
    At(BTreeSet<PathBuf>),
}

/// Decides when looking at everything is worth its cost.
#[derive(Debug, Default)]
struct Pace {
    /// When the last look at everything ended, and how long it took.
    ended: Option<Timestamp>,
    took: Duration,
    /// What of the time that hints may take was saved by then.
    saved: Duration,
    /// Whether hints asked for one that had to wait.
    asked: bool,
    /// Whether the last look left something, and how long to wait before taking it.
    left: Option<Duration>,
}

impl Pace {
    fn choose(&mut self, wanted: Wanted, now: Timestamp) -> Look {
        self.asked |= wanted.everything;
        let due = self.until(self.sweep(), now).is_zero() || (self.asked && self.wait(now).is_zero());
        if due || self.left.is_some() { Look::Everything } else { Look::At(wanted.paths) }
    }

    fn looked(&mut self, everything: bool, began: Timestamp, ended: Timestamp, polled: &Polled) {
        if everything {
            let saved = self.saved(began);
            self.took = Duration::try_from(ended.duration_since(began)).unwrap_or_default();
            self.saved = if self.asked { saved.saturating_sub(self.took) } else { saved };
            self.asked = false;
            self.ended = Some(ended);
        }
        self.left = polled.more.then_some(if polled.batches.is_empty() { BREATH } else { Duration::ZERO });
    }

    fn pause(&self, now: Timestamp) -> Duration {
        let due = if self.asked { self.wait(now) } else { self.until(self.sweep(), now) };
        self.left.map_or(due, |pause| pause.min(due))
    }

    fn sweep(&self) -> Duration {
        (self.took * SWEEP_SHARE).clamp(SWEEP, SLOWEST_SWEEP)
    }

    /// How long a look that hints ask for has to wait.
    fn wait(&self, now: Timestamp) -> Duration {
        let missing = self.took.saturating_sub(self.saved(now));
        self.until(Duration::MAX, now).min((missing * HINT_SHARE).min(SWEEP))
    }

    /// How much time hints may take by now.
    fn saved(&self, now: Timestamp) -> Duration {
        let since = self.since(now).unwrap_or_default();
        (self.saved + since / HINT_SHARE).min(self.took * SAVED)
    }

    /// How long until `interval` has passed; no time where the clock was set back.
    fn until(&self, interval: Duration, now: Timestamp) -> Duration {
        self.since(now).map_or(Duration::ZERO, |since| interval.saturating_sub(since))
    }

    /// How long ago the last look at everything was; nothing where there was none, or the clock was set back.
    fn since(&self, now: Timestamp) -> Option<Duration> {
        self.ended.and_then(|ended| Duration::try_from(now.duration_since(ended)).ok())
    }
}

/// What hints say.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    everything: bool,
    paths: BTreeSet<PathBuf>,
}

/// Hints that nobody took yet. They come from the thread of the watcher, and are few however many events there are.
#[derive(Debug, Default)]
struct Hints {
    wanted: Mutex<Wanted>,
    wake: Notify,
}

impl Hints {
    fn note(&self, event: notify::Result<notify::Event>) {
        let Ok(event) = event else { return self.everything() };
        let written = matches!(
            event.kind,
            EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))
                | EventKind::Access(AccessKind::Close(AccessMode::Write))
        );
        // An overflow of the queue comes without a path, so it must be asked for first.
        if event.need_rescan() {
            self.everything();
        } else if written {
            self.change(|wanted| wanted.paths.extend(event.paths));
        } else if !matches!(event.kind, EventKind::Access(_)) {
            self.everything();
        }
    }

    fn everything(&self) {
        self.change(|wanted| wanted.everything = true);
    }

    fn change(&self, change: impl FnOnce(&mut Wanted)) {
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut wanted);
        if wanted.paths.len() > MANY {
            *wanted = Wanted { everything: true, paths: BTreeSet::new() };
        }
        self.wake.notify_one();
    }

    fn take(&self) -> Wanted {
        std::mem::take(&mut self.wanted.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Asks the operating system for hints about directories.
struct Watch {
    watcher: notify::Result<RecommendedWatcher>,
    /// The directories watched, and which they were: one created anew must be watched anew.
    known: BTreeMap<PathBuf, (u64, u64)>,
    said: bool,
}

impl Watch {
    fn new(hints: &Arc<Hints>) -> Self {
        let hints = Arc::clone(hints);
        let watcher = notify::recommended_watcher(move |event| hints.note(event));
        Self { watcher, known: BTreeMap::new(), said: false }
    }

    /// Watches `directories` and no others. Says, once, why that is not possible.
    fn follow(&mut self, directories: &BTreeSet<PathBuf>, hints: &Hints) -> Option<Fault> {
        let there = directories.iter().filter_map(|path| Some((path.clone(), inode(path)?)));
        let failed = match &mut self.watcher {
            Err(error) => Some(error.to_string()),
            Ok(watcher) => {
                change(watcher, &mut self.known, &there.collect(), hints).err().map(|error| error.to_string())
            }
        };
        let again = std::mem::replace(&mut self.said, failed.is_some());
        failed.filter(|_| !again).map(Fault::Unwatched)
    }
}

fn change(
    watcher: &mut RecommendedWatcher,
    known: &mut BTreeMap<PathBuf, (u64, u64)>,
    wanted: &BTreeMap<PathBuf, (u64, u64)>,
    hints: &Hints,
) -> notify::Result<()> {
    for (path, _) in known.extract_if(.., |path, inode| wanted.get(path) != Some(inode)) {
        // A directory that is no more was forgotten by the system already, which is as well.
        drop(watcher.unwatch(&path));
    }
    for (path, inode) in wanted {
        if !known.contains_key(path) {
            watcher.watch(path, RecursiveMode::NonRecursive)?;
            known.insert(path.clone(), *inode);
            // Something may have happened between the look and the watch.
            hints.everything();
        }
    }
    Ok(())
}

fn inode(directory: &Path) -> Option<(u64, u64)> {
    std::fs::metadata(directory).ok().filter(Metadata::is_dir).map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(test)]
mod tests;
