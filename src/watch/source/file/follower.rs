//! Follows the files of one source: one look at a time, nothing in between. Knows no clock and no hints.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::discovery::{Discovery, Scan, Sight};
use super::generation::{Generation, Place};
use super::identity::Identity;
use super::path::shown;
use super::reading::Drained;
use super::tail;
use crate::base::id::SourceName;
use crate::watch::line::Position;
use crate::watch::source::beside::From;
use crate::watch::source::kind::Polled;
use crate::watch::source::trouble::{Fault, Trouble};

/// How often one poll looks again because something changed under its eyes.
const ROUNDS: usize = 16;

/// The position that says that the source was followed before, and with which pattern.
pub(super) const MARKER: &str = "source";

/// What to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The source these files are.
    pub source: SourceName,
    /// A path, or a pattern with `*`, `?`, `[…]` and `**`. Compressed files never match.
    pub pattern: String,
    /// Where to begin in files that are there at the very first start. Files that appear later are read from their
    /// start, as are files found after a restart that were not there before.
    pub from: From,
    /// How many bytes of a line are kept.
    pub longest: usize,
}

/// What that position says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Marker {
    pub(super) pattern: String,
}

/// Follows the files of one source. See [`Follower::poll`].
#[derive(Debug)]
pub struct Follower {
    pub(super) settings: Settings,
    pub(super) discovery: Discovery,
    pub(super) generations: Vec<Generation>,
    /// For each path that is or was written to, the log it belongs to: itself, or the link that leads there.
    pub(super) logs: HashMap<PathBuf, PathBuf>,
    /// When a log was last seen to be rotated.
    pub(super) rotated: HashMap<PathBuf, Timestamp>,
    /// The names of all generations, also of those just forgotten.
    pub(super) ids: HashSet<String>,
    /// The order of the youngest generation.
    pub(super) youngest: u64,
    /// Positions to be forgotten with the next batch.
    pub(super) forgotten: Vec<String>,
    /// Logs of which no generation is left, to be said with the next batch.
    pub(super) ended: Vec<PathBuf>,
    /// Whether this pattern is followed for the first time, and nothing was seen yet.
    pub(super) first: bool,
    /// How far it was read is lost: of what is there at the first look, what was written since then is wanted.
    pub(super) since: Option<Timestamp>,
    /// When following was taken up again after a restart.
    pub(super) resumed: Option<Timestamp>,
    /// When each log was written last before that, in seconds: archives that are younger may be of files that nobody saw.
    pub(super) stopped: HashMap<PathBuf, i64>,
    /// Such archives as the last look showed them.
    pub(super) unseen: HashSet<Identity>,
    /// Troubles said already that still last.
    told: HashSet<(PathBuf, Fault)>,
    /// What kept it from being read when that was said last.
    lasting: Vec<(PathBuf, Fault)>,
    /// The log whose newest file went away from its place without being rotated, where none came since.
    vanished: Option<PathBuf>,
    /// Positions that could not be understood.
    unreadable: Vec<String>,
    /// Whether the marker must be kept anew.
    pub(super) unsaved: bool,
    pub(super) polls: u64,
    /// Whether the last poll left something unread.
    behind: bool,
    /// Where each path is among the generations; nothing where some came, went or moved since that was made.
    pub(super) by_path: Option<HashMap<PathBuf, usize>>,
    pub(super) buffer: Vec<u8>,
}

/// What a poll has gathered so far.
pub(super) struct Catch {
    pub(super) now: Timestamp,
    pub(super) polled: Polled,
    /// What is wrong at present.
    pub(super) faults: HashSet<(PathBuf, Fault)>,
    /// What was read so far.
    pub(super) lines: usize,
    pub(super) bytes: u64,
    /// Whether positions may have changed that are in no batch yet.
    pub(super) reconciled: bool,
    /// Whether a generation was found to be broken while it was read.
    pub(super) broken: bool,
    /// Whether another look will show more at once.
    pub(super) again: bool,
    /// Unknown files of which nothing can be said yet.
    pub(super) undecided: HashSet<Identity>,
}

impl Catch {
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            now,
            polled: Polled::default(),
            faults: HashSet::new(),
            lines: 0,
            bytes: 0,
            reconciled: false,
            broken: false,
            again: false,
            undecided: HashSet::new(),
        }
    }
}

impl Follower {
    /// Takes up following where the committed `positions` end. Touches no file yet.
    pub fn new(settings: Settings, positions: Vec<Position>) -> Self {
        let discovery = Discovery::new(&settings.pattern);
        let mut follower = Self {
            logs: discovery.exact().map(|path| (path.to_owned(), path.to_owned())).into_iter().collect(),
            discovery,
            settings,
            generations: Vec::new(),
            rotated: HashMap::new(),
            ids: HashSet::new(),
            youngest: 0,
            forgotten: Vec::new(),
            ended: Vec::new(),
            first: true,
            since: None,
            resumed: None,
            stopped: HashMap::new(),
            unseen: HashSet::new(),
            told: HashSet::new(),
            lasting: Vec::new(),
            vanished: None,
            unreadable: Vec::new(),
            unsaved: true,
            polls: 0,
            behind: false,
            by_path: None,
            buffer: tail::buffer(),
        };
        for position in positions {
            follower.restore(position);
        }
        follower.generations.sort_by_key(|generation| generation.order);
        follower.youngest = follower.generations.last().map_or(0, |generation| generation.order);
        if follower.first {
            // Followed with another pattern before: what that named is not wanted any more.
            let discovery = Discovery::new(&follower.settings.pattern);
            follower.forget(|generation| !discovery.names(&generation.log));
        }
        follower.logs.extend(follower.generations.iter().map(|it| (it.log.clone(), it.log.clone())));
        for generation in &follower.generations {
            let last = follower.stopped.entry(generation.log.clone()).or_insert(i64::MIN);
            *last = generation.modified.0.max(*last);
        }
        follower
    }

    fn restore(&mut self, position: Position) {
        let Some(state) = position.state else { return };
        if position.file == MARKER {
            let marker = serde_json::from_str(&state).ok();
            self.first = marker.is_some_and(|marker: Marker| marker.pattern != self.settings.pattern);
            self.unsaved = self.first;
            return;
        }
        self.ids.insert(position.file.clone());
        match Generation::restore(&position.file, &state) {
            Some(generation) => self.generations.push(generation),
            None => self.unreadable.push(position.file),
        }
    }

    /// Looks at all files of the source, reads what is new, and answers with it. The positions in a batch are those
    /// after its lines: whoever commits them together with what the lines lead to, and gives them back to
    /// [`Follower::new`], loses no line and sees none twice.
    pub fn poll(&mut self, now: Timestamp) -> Polled {
        let mut catch = Catch::new(now);
        if self.polls == 0 && !self.first {
            self.resumed = Some(now);
        }
        self.polls += 1;
        catch.polled.more = true;
        for _ in 0..ROUNDS {
            (catch.broken, catch.again) = (false, false);
            catch.faults.clear();
            catch.undecided.clear();
            let again = self.reconcile(&mut catch);
            catch.reconciled = true;
            if !again {
                catch.polled.more = self.read_all(&mut catch) | catch.again;
                if !catch.broken {
                    break;
                }
            }
        }
        self.retire(&mut catch);
        self.report(&mut catch);
        self.first = false;
        self.behind = catch.polled.more;
        if self.by_path.is_none() {
            self.by_path = Some(self.paths());
        }
        self.finish(catch)
    }

    /// Reads what is new in the files named by hints, without looking for others: files that are not known are left
    /// to the next [`Follower::poll`]. Falls back to that where a file is not what it was.
    pub fn glance(&mut self, now: Timestamp, hints: &BTreeSet<PathBuf>) -> Polled {
        let Some(by_path) = self.by_path.as_ref().filter(|_| !self.behind) else { return self.poll(now) };
        let known: BTreeSet<usize> = hints.iter().filter_map(|path| by_path.get(path).copied()).collect();
        let mut catch = Catch::new(now);
        self.polls += 1;
        for index in known {
            let generation = &self.generations[index];
            let plain = generation.copy_of.is_none() && generation.tail().is_some_and(|tail| tail.at() > 0);
            let read = plain.then(|| self.drain(index, &mut catch));
            self.behind |= read == Some(Drained::Full);
            if !matches!(read, Some(Drained::Empty | Drained::Full)) {
                return self.poll_after(catch);
            }
        }
        catch.polled.more = self.behind;
        self.finish(catch)
    }

    /// The directories in which something may happen.
    pub fn directories(&self) -> BTreeSet<PathBuf> {
        let mut directories = self.discovery.directories();
        let targets = self.generations.iter().filter(|generation| generation.place == Place::Base);
        directories.extend(targets.filter_map(|generation| Some(generation.target.as_ref()?.parent()?.to_owned())));
        directories
    }

    fn poll_after(&mut self, catch: Catch) -> Polled {
        let mut first = catch.polled;
        let rest = self.poll(catch.now);
        first.batches.extend(rest.batches);
        first.troubles.extend(rest.troubles);
        first.lasting = rest.lasting;
        first.more = rest.more;
        first
    }

    /// Looks at everything, and at where generations were last that were not among it.
    pub(super) fn scan(&mut self, now: Timestamp, fresh: bool) -> Scan {
        let mut scan = self.discovery.scan(now, fresh, &self.logs);
        for generation in self.generations.iter().filter(|generation| generation.place != Place::Gone) {
            if scan.find(generation.identity).is_some() {
                continue;
            }
            let last = generation.target.as_ref().unwrap_or(&generation.path);
            if let Ok(metadata) = std::fs::metadata(last)
                && metadata.is_file()
            {
                let sight = Sight::new(last.clone(), &metadata, false);
                if sight.identity.is(generation.identity) {
                    scan.add(sight);
                }
            }
        }
        scan
    }

    /// Reports once what is wrong for as long as it lasts.
    fn report(&mut self, catch: &mut Catch) {
        for id in std::mem::take(&mut self.unreadable) {
            self.say(Path::new(&id), &Fault::Position, catch);
            self.forgotten.push(id);
        }
        let overwritten = self.generations.iter().filter(|generation| generation.overwritten);
        catch.faults.extend(overwritten.map(|generation| (generation.path.clone(), Fault::Overwritten)));
        let lasting = std::mem::replace(&mut self.told, catch.faults.clone());
        let mut new: Vec<_> = catch.faults.difference(&lasting).cloned().collect();
        new.sort_by(|a, b| a.0.cmp(&b.0));
        for (path, fault) in new {
            self.say(&path, &fault, catch);
        }
        let lasting = self.blinding(&catch.faults);
        if lasting != self.lasting {
            catch.polled.lasting = Some(lasting.iter().map(|(path, fault)| self.trouble(path, fault)).collect());
            self.lasting = lasting;
        }
    }

    /// What of all that is wrong keeps the source from being read. A log that was rotated and is not written anew yet is
    /// not gone: its program may have nothing to say.
    fn blinding(&mut self, faults: &HashSet<(PathBuf, Fault)>) -> Vec<(PathBuf, Fault)> {
        let newest = self.generations.iter().max_by_key(|generation| generation.order);
        let here = self.generations.iter().any(|generation| generation.place == Place::Base);
        let gone = newest.filter(|newest| newest.place == Place::Gone && newest.path == newest.log);
        let gone = gone.map(|gone| gone.log.clone()).or_else(|| self.vanished.take());
        self.vanished = gone.filter(|_| !here);
        let blinds = |fault: &Fault| match fault {
            Fault::Denied | Fault::Unreadable(_) | Fault::Pattern(_) => true,
            Fault::Missing => self.vanished.is_none(),
            // Beside files that are read, a folder that the pattern also names is as it should be.
            Fault::NotAFile => !here,
            Fault::Gone
            | Fault::Lost(_)
            | Fault::CutBack { .. }
            | Fault::Vanished(_)
            | Fault::Damaged(_)
            | Fault::Records(_)
            | Fault::Overwritten
            | Fault::Position
            | Fault::Unwatched(_) => false,
        };
        let mut lasting: Vec<_> = faults.iter().filter(|(_, fault)| blinds(fault)).cloned().collect();
        lasting.extend(self.vanished.clone().map(|log| (log, Fault::Gone)));
        lasting.sort_by(|a, b| (&a.0, a.1.rank()).cmp(&(&b.0, b.1.rank())));
        lasting
    }

    /// Reports something that happened.
    pub(super) fn say(&self, path: &Path, fault: &Fault, catch: &mut Catch) {
        catch.polled.troubles.push(self.trouble(path, fault));
    }

    fn trouble(&self, path: &Path, fault: &Fault) -> Trouble {
        let file = if path.as_os_str().is_empty() { self.settings.pattern.clone() } else { shown(path) };
        fault.report(&self.settings.source, file)
    }

    fn paths(&self) -> HashMap<PathBuf, usize> {
        let mut paths = HashMap::new();
        for (index, generation) in self.generations.iter().enumerate().filter(|(_, it)| it.place != Place::Gone) {
            paths.insert(generation.path.clone(), index);
            paths.extend(generation.target.clone().map(|target| (target, index)));
        }
        paths
    }
}
