//! Looks for files that are nowhere any more: moved into a folder beside, given a name that nobody expects, or rotated and
//! compressed while vigie was stopped. Whatever was written to them meanwhile is read from there.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::archive::Archive;
use super::discovery::Sight;
use super::follower::{Catch, Follower};
use super::generation::{Generation, Place, Reading, Search};
use super::retire::GRACE;
use super::rotation;
use super::tail::Mark;
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
        let generation = &mut self.generations[index];
        let mark = generation.mark();
        let fits = |sight: &Sight| matches!(Archive::open(&sight.path, sight.identity, &mark), Ok(Some(_)));
        // With nothing to know it by, it is in none of them.
        let found = archives(generation, around).into_iter().find(|sight| mark.head.length > 0 && fits(sight));
        found.map(|sight| generation.go_on_in_archive(sight, now)).is_some()
    }

    /// Looks in archives for a generation whose file was emptied or written anew while vigie was stopped: its copy may have
    /// been packed since. Says whether it goes on there.
    pub(super) fn seek_copy(&mut self, index: usize, now: Timestamp) -> bool {
        let generation = &self.generations[index];
        if generation.search == Search::Over || !matches!(generation.reading, Reading::Marked(_)) {
            return false;
        }
        let around = around(&generation.log);
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
            generation.search = Search::Over;
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
        let known = |sight: &Sight| self.generations.iter().any(|it| it.identity.is(sight.identity));
        let around = around(&log);
        let archives = archives(generation, &around).into_iter();
        let new: Vec<&Sight> = archives.filter(|it| it.modified > than && !known(it)).collect();
        for sight in &new {
            let packed = self.generation(log.clone(), sight, Mark::at(0), now);
            self.generations.push(packed);
        }
        if !new.is_empty() {
            self.by_path = None;
            self.sort_unread(&[log].into());
        }
        !new.is_empty()
    }
}

impl Generation {
    /// Whether it is to be looked for: it is nowhere, and not known to be lost.
    fn is_sought(&self) -> bool {
        let reachable = self.file.is_some() || self.copy_of.is_some();
        self.place == Place::Gone
            && !reachable
            && self.search == Search::Open
            && matches!(self.reading, Reading::Marked(_))
    }
}

/// The archives of a generation's log that may hold it or what came after it, the oldest first.
fn archives<'a>(generation: &Generation, around: &'a [Sight]) -> Vec<&'a Sight> {
    let is_archive = |sight: &&Sight| {
        let of_log = rotation::packed(&sight.path).is_some_and(|name| name.file_name() == generation.log.file_name());
        of_log && sight.modified.0 >= generation.modified.0
    };
    let mut archives: Vec<&Sight> = around.iter().filter(is_archive).collect();
    archives.sort_by(|a, b| a.modified.cmp(&b.modified).then_with(|| rotation::older_first(&a.path, &b.path)));
    archives
}

/// The files in the folder of a log and in the folders inside it.
fn around(log: &Path) -> Vec<Sight> {
    let folder = log.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut files = Vec::new();
    let mut folders = Vec::new();
    look(folder, &mut files, &mut folders);
    for inside in folders.into_iter().take(FOLDERS) {
        look(&inside, &mut files, &mut Vec::new());
    }
    files
}

fn look(folder: &Path, files: &mut Vec<Sight>, folders: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok).take(ENTRIES) {
        // What a link leads to is looked at where it lies.
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_dir() {
            folders.push(entry.path());
        } else if metadata.is_file() {
            files.push(Sight::new(entry.path(), &metadata, false));
        }
    }
}
