//! Which files there are for a path or pattern, and which beside them look like rotated ones. Opens none of them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};
use jiff::{SignedDuration, Timestamp};

use super::identity::Identity;
use super::rotation;
use crate::watch::source::trouble::Fault;

/// How long after a change of a directory its entries are not believed to be all: its time of change is coarse.
const SETTLED: SignedDuration = SignedDuration::from_secs(1);

/// How old a list of entries may become. Some network file systems do not change the time of a directory at all.
const STALE: SignedDuration = SignedDuration::from_secs(10);

/// How many directories deep `**` looks.
const DEEPEST: usize = 32;

/// As in a shell, `*` does not match a hidden file.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: false, require_literal_leading_dot: true };

/// A regular file that was seen.
#[derive(Debug, Clone)]
pub(super) struct Sight {
    pub(super) path: PathBuf,
    pub(super) identity: Identity,
    pub(super) size: u64,
    /// Seconds and nanoseconds.
    pub(super) modified: (i64, i64),
    /// Whether the pattern names it; otherwise only its name looks like a rotated one.
    pub(super) matched: bool,
}

impl Sight {
    pub(super) fn new(path: PathBuf, metadata: &Metadata, matched: bool) -> Self {
        let modified = (metadata.mtime(), metadata.mtime_nsec());
        Self { path, identity: Identity::of(metadata), size: metadata.len(), modified, matched }
    }
}

/// What was seen in one look. Each file is there once, however many names it has.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) sights: Vec<Sight>,
    pub(super) faults: Vec<(PathBuf, Fault)>,
    seen: HashMap<(u64, u64), usize>,
}

impl Scan {
    pub(super) fn find(&self, identity: Identity) -> Option<&Sight> {
        self.seen.get(&identity.key()).map(|&index| &self.sights[index]).filter(|sight| sight.identity.is(identity))
    }

    pub(super) fn add(&mut self, sight: Sight) {
        if !self.seen.contains_key(&sight.identity.key()) {
            self.seen.insert(sight.identity.key(), self.sights.len());
            self.sights.push(sight);
        }
    }

    /// Whether both looks found the same files under the same names.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.sights.len() == other.sights.len()
            && self.sights.iter().zip(&other.sights).all(|(a, b)| a.identity == b.identity && a.path == b.path)
    }

    /// Looks at one path; whether there was anything.
    fn look(&mut self, path: &Path, matched: bool) -> bool {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => self.add(Sight::new(path.to_owned(), &metadata, matched)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return false,
            Ok(_) if matched => self.faults.push((path.to_owned(), Fault::NotAFile)),
            Err(error) if matched => self.faults.push((path.to_owned(), fault(&error))),
            Ok(_) | Err(_) => {}
        }
        true
    }
}

/// What an error of the operating system means for a file.
pub(super) fn fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Fault::Denied,
        _ => Fault::Unreadable(error.to_string()),
    }
}

/// One step of a pattern.
#[derive(Debug)]
enum Step {
    Name(OsString),
    Wild(Pattern),
    Anywhere,
}

/// What to look for.
#[derive(Debug)]
enum Shape {
    Exact(PathBuf),
    Wild(Vec<Step>),
    Wrong(String),
}

/// The entries of a directory, and when they were read.
#[derive(Debug)]
struct Listing {
    entries: Vec<Entry>,
    /// The time of change of the directory, and when that was first seen.
    modified: (i64, i64),
    changed: Timestamp,
    listed: Timestamp,
}

#[derive(Debug)]
struct Entry {
    path: PathBuf,
    is_directory: bool,
    compressed: bool,
    /// What it was called before rotation, if its name looks like that.
    base: Option<PathBuf>,
}

/// Looks for the files of one source.
#[derive(Debug)]
pub(super) struct Discovery {
    pattern: String,
    shape: Shape,
    listings: HashMap<PathBuf, Listing>,
}

impl Discovery {
    pub(super) fn new(pattern: &str) -> Self {
        Self { pattern: pattern.to_owned(), shape: shape(pattern), listings: HashMap::new() }
    }

    /// The path, where it is one and not a pattern.
    pub(super) fn exact(&self) -> Option<&Path> {
        match &self.shape {
            Shape::Exact(path) => Some(path),
            _ => None,
        }
    }

    /// Whether a path is one of those looked for.
    pub(super) fn names(&self, path: &Path) -> bool {
        let options = MatchOptions { require_literal_separator: true, ..OPTIONS };
        match &self.shape {
            Shape::Exact(exact) => exact == path,
            Shape::Wild(_) => {
                Pattern::new(&self.pattern).is_ok_and(|it| it.matches_with(&path.to_string_lossy(), options))
            }
            Shape::Wrong(_) => false,
        }
    }

    /// The directories whose changes matter.
    pub(super) fn directories(&self) -> BTreeSet<PathBuf> {
        self.listings.keys().cloned().collect()
    }

    /// Looks at everything the pattern names, in the order of names, then at what looks like a rotated file of one
    /// of `logs`. The order matters: whoever rotates moves the old file away before there is a new one.
    pub(super) fn scan(&mut self, now: Timestamp, fresh: bool, logs: &HashMap<PathBuf, PathBuf>) -> Scan {
        if fresh {
            self.listings.clear();
        }
        let mut scan = Scan::default();
        let mut matched = match &self.shape {
            Shape::Exact(path) => vec![path.clone()],
            Shape::Wild(steps) => {
                let mut found = Vec::new();
                walk(&mut self.listings, now, Path::new(""), steps, DEEPEST, &mut found);
                found
            }
            Shape::Wrong(why) => {
                scan.faults.push((PathBuf::new(), Fault::Pattern(why.clone())));
                return scan;
            }
        };
        // Names are compared as bytes here: comparing paths step by step takes many times longer.
        matched.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
        let mut any = false;
        for path in &matched {
            any |= scan.look(path, true);
        }
        if !any {
            scan.faults.push((self.exact().map(Path::to_owned).unwrap_or_default(), Fault::Missing));
        }
        let folders: HashSet<&OsStr> = logs.keys().filter_map(|log| folder(log)).map(Path::as_os_str).collect();
        let mut rotated = Vec::new();
        for folder in folders {
            let entries = list(&mut self.listings, Path::new(folder), now);
            let is_rotated = |entry: &&Entry| {
                !entry.compressed
                    && !entry.is_directory
                    && entry.base.as_ref().is_some_and(|base| logs.contains_key(base))
            };
            rotated.extend(entries.iter().filter(is_rotated).map(|entry| entry.path.clone()));
        }
        for path in rotated {
            if matched.binary_search_by(|it| it.as_os_str().cmp(path.as_os_str())).is_err() {
                // The pattern may name it all the same, if it came since.
                let matched = self.names(&path);
                scan.look(&path, matched);
            }
        }
        scan
    }
}

fn folder(path: &Path) -> Option<&Path> {
    path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

fn shape(pattern: &str) -> Shape {
    if !pattern.contains(['*', '?', '[']) {
        return Shape::Exact(PathBuf::from(pattern));
    }
    let mut steps = Vec::new();
    for component in Path::new(pattern).components() {
        let text = component.as_os_str().to_string_lossy();
        let wild = matches!(component, Component::Normal(_)) && text.contains(['*', '?', '[']);
        steps.push(match text.as_ref() {
            "**" => Step::Anywhere,
            _ if !wild => Step::Name(component.as_os_str().to_owned()),
            text => match Pattern::new(text) {
                Ok(pattern) => Step::Wild(pattern),
                Err(error) => return Shape::Wrong(error.to_string()),
            },
        });
    }
    Shape::Wild(steps)
}

/// Finds what `steps` name below `at`. Names are matched as they are shown, so that bytes that are not UTF-8 match
/// like any other character.
fn walk(
    listings: &mut HashMap<PathBuf, Listing>,
    now: Timestamp,
    at: &Path,
    steps: &[Step],
    depth: usize,
    found: &mut Vec<PathBuf>,
) {
    let Some((step, rest)) = steps.split_first() else {
        found.push(at.to_owned());
        return;
    };
    match step {
        Step::Name(name) => walk(listings, now, &at.join(name), rest, depth, found),
        Step::Wild(pattern) => {
            let here = if at.as_os_str().is_empty() { Path::new(".") } else { at };
            let entries = list(listings, here, now).iter().filter(|entry| !entry.compressed && fits(entry, pattern));
            let names: Vec<_> = entries.map(|entry| entry.path.clone()).collect();
            for path in names {
                walk(listings, now, &path, rest, depth, found);
            }
        }
        Step::Anywhere => {
            walk(listings, now, at, rest, depth, found);
            let Some(depth) = depth.checked_sub(1) else { return };
            let here = if at.as_os_str().is_empty() { Path::new(".") } else { at };
            let below: Vec<_> = list(listings, here, now)
                .iter()
                .filter(|entry| entry.is_directory)
                .map(|entry| entry.path.clone())
                .collect();
            for path in below {
                walk(listings, now, &path, steps, depth, found);
            }
        }
    }
}

fn fits(entry: &Entry, pattern: &Pattern) -> bool {
    entry.path.file_name().is_some_and(|name| pattern.matches_with(&name.to_string_lossy(), OPTIONS))
}

/// The entries of a directory: those read before where it did not change since.
fn list<'a>(listings: &'a mut HashMap<PathBuf, Listing>, folder: &Path, now: Timestamp) -> &'a [Entry] {
    let modified = fs::metadata(folder).map_or((0, 0), |metadata| (metadata.mtime(), metadata.mtime_nsec()));
    let known = listings.get(folder);
    let changed = known.filter(|known| known.modified == modified).map_or(now, |known| known.changed);
    let usable = |known: &Listing| {
        let age = now.duration_since(known.listed);
        known.modified == modified
            && known.listed.duration_since(known.changed) >= SETTLED
            && age >= SignedDuration::ZERO
            && age < STALE
    };
    if !known.is_some_and(usable) {
        let listing = Listing { entries: entries(folder), modified, changed, listed: now };
        listings.insert(folder.to_owned(), listing);
    }
    &listings[folder].entries
}

fn entries(folder: &Path) -> Vec<Entry> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    let entry = |entry: fs::DirEntry| {
        let path = if folder == Path::new(".") { PathBuf::from(entry.file_name()) } else { entry.path() };
        let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
        Entry { is_directory, compressed: rotation::compressed(&path), base: rotation::base(&path), path }
    };
    read.filter_map(Result::ok).map(entry).collect()
}

#[cfg(test)]
mod tests;
