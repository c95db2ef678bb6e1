//! Looks for files that are nowhere any more: moved into a folder beside, given a name that nobody expects, or rotated and
//! compressed while vigie was stopped. Whatever was written to them meanwhile is read from there, and so is what came and was
//! compressed before anybody saw it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::archive::Archive;
use super::discovery::Sight;
use super::follower::{Catch, Follower};
use super::generation::{Generation, Place, Reading, Search};
use super::reconcile::RECENT;
use super::rescue::TELLING;
use super::retire::GRACE;
use super::rotation;
use super::tail::{HEAD, Mark};
use crate::watch::source::bytes::bytes_at;
use crate::watch::source::trouble::Fault;

/// So many folders inside that of a log are looked into, and so many entries of each.
const FOLDERS: usize = 64;
const ENTRIES: usize = 20_000;

impl Follower {
    /// Looks for what is missing. Says whether something was found, so that everything must be looked at once more.
    pub(super) fn seek(&mut self, catch: &mut Catch) -> bool {
        let sought: Vec<usize> = (0..self.generations.len()).filter(|&at| self.generations[at].is_sought()).collect();
        let mut found = false;
        // All that are known first: an archive that is none of them came after them.
        for &index in &sought {
            found |= self.seek_one(index, catch.now);
        }
        for &index in &sought {
            found |= self.give_up_seeking(index, catch);
        }
        found
    }

    /// Reads the archives that are of no file that was ever seen: they came while vigie was stopped, or are of one that was
    /// seen and is nowhere before it was opened. Right after a start, between two looks that are far apart, anything can have
    /// come where something `changed`. Says whether everything must be looked at once more: one of a file that was still
    /// there in this look is of a known one in the next.
    pub(super) fn seek_unseen(&mut self, changed: bool, now: Timestamp) -> bool {
        let before = std::mem::take(&mut self.unseen);
        let is_early = self.resumed.is_some_and(|resumed| now.duration_since(resumed) <= RECENT);
        let is_wanted = self.polls == 1 || (changed && is_early) || !before.is_empty();
        if !is_wanted && !self.generations.iter().any(Generation::is_sought) {
            return false;
        }
        if self.first
            && let Some(since) = self.since
        {
            self.stopped = self.logs.values().map(|log| (log.clone(), since.as_second())).collect();
        }
        for (log, archives) in packed_since(&self.stopped) {
            let unseen: Vec<&Sight> = archives.iter().filter(|archive| !self.has_seen(&log, archive)).collect();
            self.unseen.extend(unseen.iter().map(|archive| archive.identity));
            let twice: Vec<&Sight> = unseen.into_iter().filter(|archive| before.contains(&archive.identity)).collect();
            self.take_archives(&log, &twice, now);
        }
        !self.unseen.is_empty()
    }

    /// Whether an archive is of a file that is or was followed.
    fn has_seen(&self, log: &Path, archive: &Sight) -> bool {
        let plain = archive.path.with_extension("");
        // As long as the file stands beside its archive, that is being made.
        if plain.exists() {
            return true;
        }
        let is_known = |it: &Generation| {
            let being_packed = it.place != Place::Gone && it.path == plain;
            it.identity.is(archive.identity) || being_packed
        };
        let of_log = || self.generations.iter().filter(|it| it.log == log);
        // Only what begins alike is unpacked and compared: there may be many of both.
        let begins = Archive::head(&archive.path, archive.identity).unwrap_or_default();
        of_log().any(is_known) || of_log().any(|it| it.was_packed_in(archive, &begins))
    }

    /// Looks for one, under any name in its folder, and in archives.
    fn seek_one(&mut self, index: usize, now: Timestamp) -> bool {
        let generation = &mut self.generations[index];
        let around = around(&generation.log);
        let is_it = |sight: &&Sight| {
            sight.identity.is(generation.identity) || sight.identity.is_on_another_device(generation.identity)
        };
        if let Some(sight) = around.iter().find(is_it) {
            generation.see(sight, now);
            return true;
        }
        self.find_in_archives(index, &around, now)
    }

    fn find_in_archives(&mut self, index: usize, around: &[Sight], now: Timestamp) -> bool {
        let generation = &self.generations[index];
        let mark = generation.mark();
        // Two of them are not packed in one archive.
        let is_free = |sight: &Sight| !self.generations.iter().any(|it| it.identity.is(sight.identity));
        // Of a log whose files begin alike, little of this one may have been read: then it also begins as one that was read.
        let is_of_another = |sight: &Sight| {
            let begins = Archive::head(&sight.path, sight.identity).unwrap_or_default();
            let others = self.generations.iter().filter(|it| it.log == generation.log && it.id != generation.id);
            others.filter(|it| it.at() > mark.offset).any(|it| it.was_packed_in(sight, &begins))
        };
        let fits = |sight: &Sight| {
            is_free(sight)
                && matches!(Archive::open(&sight.path, sight.identity, &mark), Ok(Some(_)))
                && !is_of_another(sight)
        };
        // With nothing to know it by, it is in none of them.
        // The log may have been written to for long since then.
        let stopped = self.stopped.get(&generation.log).copied().unwrap_or(i64::MAX);
        let archives = archives(&generation.log, generation.modified.0.min(stopped), around);
        let found = archives.into_iter().find(|sight| mark.head.length > 0 && fits(sight));
        found.map(|sight| self.generations[index].go_on_in_archive(sight, now)).is_some()
    }

    /// Looks in archives for a generation whose file was emptied or written anew: its copy may have been packed since. Says whether it goes on there.
    pub(super) fn seek_copy(&mut self, index: usize, now: Timestamp) -> bool {
        let around = around(&self.generations[index].log);
        let found = self.find_in_archives(index, &around, now);
        if found {
            self.unpack_younger(index, now);
        }
        found
    }

    /// Where one was found in an archive or is believed to be lost: reads the younger archives of its log, all of which was
    /// written and packed while nobody looked. Says whether there are any.
    fn give_up_seeking(&mut self, index: usize, catch: &mut Catch) -> bool {
        let generation = &mut self.generations[index];
        let is_packed = generation.is_packed();
        // A program that packs a log can take its time.
        if generation.is_sought() && catch.now.duration_since(generation.quiet_since) >= GRACE {
            (generation.search, generation.unsaved) = (Search::Over, true);
            // Of what was seen and not read, it is said how much that is.
            if generation.path == generation.log && generation.unread() == 0 {
                let (log, at) = (generation.path.clone(), generation.at());
                self.say(&log, &Fault::Vanished(at), catch);
            }
        } else if !is_packed {
            return false;
        }
        self.unpack_younger(index, catch.now)
    }

    fn unpack_younger(&mut self, index: usize, now: Timestamp) -> bool {
        let generation = &self.generations[index];
        let (log, than) = (generation.log.clone(), generation.modified);
        let around = around(&log);
        let archives = archives(&log, than.0, &around).into_iter();
        let new: Vec<&Sight> = archives.filter(|it| it.modified > than && !self.has_seen(&log, it)).collect();
        self.take_archives(&log, &new, now)
    }

    /// Makes generations of archives, to be read from their start.
    fn take_archives(&mut self, log: &Path, archives: &[&Sight], now: Timestamp) -> bool {
        for sight in archives {
            let mut packed = self.generation(log.to_owned(), sight, Mark::at(0), now);
            packed.old = self.old(u64::MAX);
            self.generations.push(packed);
        }
        if !archives.is_empty() {
            self.by_path = None;
            self.sort_unread(&[log.to_owned()].into());
        }
        !archives.is_empty()
    }
}

impl Generation {
    /// Whether it is to be looked for: it is nowhere, and not known to be lost.
    pub(super) fn is_sought(&self) -> bool {
        let reachable = self.file.is_some() || self.copy_of.is_some();
        self.place == Place::Gone
            && !reachable
            && self.search == Search::Open
            && match self.reading {
                Reading::Marked(_) => true,
                Reading::Begun(_) => self.unread() > 0,
                Reading::Packed(_) => false,
            }
    }

    /// Whether it was packed in this archive. Of one that is still there it must be told from others that only begin alike.
    fn was_packed_in(&self, archive: &Sight, begins: &[u8]) -> bool {
        let is_gone = self.place == Place::Gone;
        let mark = match self.file.as_ref().filter(|_| is_gone).map(|file| bytes_at(file, 0, HEAD)) {
            // Nothing of it may have been read yet.
            Some(Ok(head)) if !head.is_empty() => Mark::start_of(&head),
            _ if is_gone && self.mark().head.length > 0 => self.mark(),
            _ if self.at() >= TELLING => self.mark(),
            _ => return false,
        };
        mark.head.begins(begins) && matches!(Archive::open(&archive.path, archive.identity, &mark), Ok(Some(_)))
    }
}

/// The archives of a log that may hold what was written to it since these `seconds`, the oldest first.
fn archives<'a>(log: &Path, seconds: i64, around: &'a [Sight]) -> Vec<&'a Sight> {
    let is_archive = |sight: &&Sight| {
        let of_log = rotation::packed(&sight.path).is_some_and(|name| name.file_name() == log.file_name());
        of_log && sight.modified.0 >= seconds
    };
    let mut archives: Vec<&Sight> = around.iter().filter(is_archive).collect();
    archives.sort_by(|a, b| a.modified.cmp(&b.modified).then_with(|| rotation::older_first(&a.path, &b.path)));
    archives
}

/// The archives of each of these logs that were written since it was written last. There may be thousands of logs in a
/// folder, so each is looked into once.
fn packed_since(logs: &HashMap<PathBuf, i64>) -> BTreeMap<PathBuf, Vec<Sight>> {
    let folders: BTreeSet<&Path> = logs.keys().map(|log| folder(log)).collect();
    let mut archives: BTreeMap<PathBuf, Vec<Sight>> = BTreeMap::new();
    for folder in folders {
        for sight in files_in(folder, &|name| rotation::packed(name).is_some()) {
            let of = rotation::packed(&sight.path).and_then(|plain| Some(folder.join(plain.file_name()?)));
            let log = of.filter(|log| logs.get(log).is_some_and(|seconds| sight.modified.0 >= *seconds));
            if let Some(log) = log {
                archives.entry(log).or_default().push(sight);
            }
        }
    }
    archives
}

/// The files in the folder of a log and in the folders inside it.
fn around(log: &Path) -> Vec<Sight> {
    files_in(folder(log), &|_| true)
}

fn folder(log: &Path) -> &Path {
    log.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn files_in(folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> Vec<Sight> {
    let mut files = Vec::new();
    let mut folders = Vec::new();
    look(folder, wanted, &mut files, &mut folders);
    for inside in folders.into_iter().take(FOLDERS) {
        look(&inside, wanted, &mut files, &mut Vec::new());
    }
    files
}

fn look(folder: &Path, wanted: &dyn Fn(&Path) -> bool, files: &mut Vec<Sight>, folders: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok).take(ENTRIES) {
        if entry.file_type().is_ok_and(|kind| kind.is_file()) && !wanted(&entry.path()) {
            continue;
        }
        // What a link leads to is looked at where it lies.
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_dir() {
            folders.push(entry.path());
        } else if metadata.is_file() {
            files.push(Sight::new(entry.path(), &metadata, false));
        }
    }
}
