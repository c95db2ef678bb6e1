//! Brings what is known of the generations of a source into line with the files that are there.
//!
//! The order of steps is what makes lines come in their order however fast a log is rotated: first the known files
//! are compared with what was remembered, then everything is looked at **once more**. Whatever took the place of a
//! known file was therefore there before that second look, and everything older than it must show up in that look.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::discovery::{Scan, Sight, fault};
use super::follower::{Catch, Follower};
use super::generation::{Generation, Old, Place, Reading, Search};
use super::identity::{Identity, open};
use super::retire::OPEN;
use super::rotation;
use super::tail::Mark;
use crate::watch::source::beside::From;
use crate::watch::source::bytes::bytes_at;
use crate::watch::source::trouble::Fault;

/// How often a look is repeated until two agree.
const LOOKS: usize = 8;

/// How long after a rotation an unknown file with the name of a rotated one is taken for a generation that came and
/// went unseen, rather than for an old file that somebody brought back.
pub(super) const RECENT: SignedDuration = SignedDuration::from_secs(60);

/// How much of a file that was written anew is looked at before the next look around.
const HEAD: usize = 1024;

/// What comparing the known files showed.
#[derive(Default)]
pub(super) struct Compared {
    /// Files that are no longer what they were, by generation, and what they begin with now.
    broken: HashMap<String, Vec<u8>>,
    /// Logs whose file was blank and now has a first line.
    begun: HashSet<PathBuf>,
}

impl Compared {
    /// What a file begins with now that is no longer what it was.
    pub(super) fn new_head(&self, id: &str) -> Option<&[u8]> {
        self.broken.get(id).map(Vec::as_slice)
    }
}

/// A file that becomes a generation.
pub(super) struct Newcomer {
    pub(super) sight: Sight,
    pub(super) log: PathBuf,
    pub(super) begin: Begin,
}

/// Where to begin in it.
pub(super) enum Begin {
    Here(Mark),
    End,
    /// At its start, but only after the next look: it was empty before the last one, so what stands in it now may be
    /// younger than what that look found.
    NextTime,
}

impl Follower {
    /// Looks around. Says whether it must be done once more, because something changed meanwhile.
    pub(super) fn reconcile(&mut self, catch: &mut Catch) -> bool {
        let mut scan = self.scan(catch.now, false);
        let changed = self.adopt(&scan, catch.now);
        let compared = self.compare_all(catch);
        let mut again = false;
        let copies = self.generations.iter().any(|it| it.copy_of.is_some() && it.suspect);
        if changed || copies || !compared.broken.is_empty() || !compared.begun.is_empty() {
            for _ in 0..LOOKS {
                let next = self.scan(catch.now, true);
                let agreed = next.agrees(&scan);
                scan = next;
                if agreed {
                    break;
                }
            }
            self.by_path = None;
            self.adopt(&scan, catch.now);
            again = self.learn_logs(&scan) || self.resolve(&scan, &compared, catch);
        }
        again |= self.seek(catch);
        // What is found of the known ones is known before that.
        again |= !again && self.seek_unseen(changed, catch.now);
        let missing = |fault: &Fault| *fault == Fault::Missing && !self.generations.is_empty();
        catch.faults.extend(scan.faults.into_iter().filter(|(_, fault)| !missing(fault)));
        again
    }

    /// Notes where the known files are now. Says whether anything but their content changed.
    fn adopt(&mut self, scan: &Scan, now: Timestamp) -> bool {
        let mut known = HashSet::new();
        let mut changed = false;
        for generation in &mut self.generations {
            let was_base = generation.place == Place::Base;
            if let Some(sight) = find(scan, generation) {
                known.insert(sight.identity);
                changed |= generation.see(sight, now);
            } else if generation.place != Place::Gone {
                changed = true;
                (generation.place, generation.quiet_since, generation.unsaved) = (Place::Gone, now, true);
            }
            if was_base && generation.place != Place::Base {
                self.rotated.insert(generation.log.clone(), now);
            }
        }
        changed || scan.sights.iter().any(|sight| !known.contains(&sight.identity))
    }

    /// Compares every file that changed with what was remembered of it.
    fn compare_all(&mut self, catch: &mut Catch) -> Compared {
        let mut compared = Compared::default();
        let mut open = self.open_files();
        for generation in &mut self.generations {
            let reachable = generation.place != Place::Gone || generation.file.is_some();
            if !generation.suspect || !reachable || generation.copy_of.is_some() || generation.is_packed() {
                continue;
            }
            let was_open = generation.file.is_some();
            if let Err(error) = compare(generation, &mut compared) {
                catch.faults.insert((generation.path.clone(), fault(&error)));
            }
            if !was_open && generation.file.is_some() {
                open += 1;
                if open > OPEN && generation.place != Place::Gone {
                    generation.close_for_now();
                    open -= 1;
                }
            }
        }
        compared
    }

    /// Notes the paths that logs are written to. Says whether there are new ones, whose rotated files must be looked
    /// for as well.
    fn learn_logs(&mut self, scan: &Scan) -> bool {
        let before = self.logs.len();
        let (plain, rotated): (Vec<&Path>, Vec<&Path>) = scan
            .sights
            .iter()
            .filter(|sight| sight.matched && !self.logs.contains_key(&sight.path))
            .map(|sight| sight.path.as_path())
            .partition(|path| rotation::base(path).is_none());
        for path in plain.into_iter().chain(rotated) {
            let log = self.log_of(path);
            if log == path {
                self.logs.insert(log.clone(), log);
            }
        }
        self.logs.len() > before
    }

    /// Explains every difference between what was known and what is there. Says whether it must be tried again.
    fn resolve(&mut self, scan: &Scan, compared: &Compared, catch: &mut Catch) -> bool {
        let Some(copies) = self.find_copies(scan, compared, catch) else { return true };
        let mut newcomers: Vec<Newcomer> = Vec::new();
        let mut unclear = HashSet::new();
        for (id, head) in &compared.broken {
            newcomers.extend(self.replace(id, head, scan, &mut unclear, catch));
        }
        self.find_gone(scan, &mut unclear, catch.now);
        let lapsed = self.lapse_copies(scan, &copies, &unclear);
        let known = self.known(scan);
        let taken: HashSet<Identity> = newcomers.iter().map(|it| it.sight.identity).collect();
        for sight in scan.sights.iter().filter(|it| !known.contains(&it.identity) && !taken.contains(&it.identity)) {
            if copies.contains(&sight.identity) || catch.undecided.contains(&sight.identity) {
                continue;
            }
            let log = self.log_of(&sight.path);
            if unclear.contains(&log) {
                continue;
            }
            let begin = match lapsed.get(&sight.identity) {
                Some(&size) if size <= sight.size => Begin::Here(Mark::at(size)),
                _ => self.beginning(sight, &log, catch.now),
            };
            newcomers.push(Newcomer { sight: sight.clone(), log, begin });
        }
        let again = self.enter(newcomers, catch);
        for sight in scan.sights.iter().filter(|it| copies.contains(&it.identity)) {
            self.note_copy(sight, &unclear, catch.now);
        }
        again || !unclear.is_empty()
    }

    /// The files of a look that belong to known generations.
    pub(super) fn known(&self, scan: &Scan) -> HashSet<Identity> {
        self.generations.iter().filter_map(|it| Some(scan.find(it.identity)?.identity)).collect()
    }

    /// Where to begin in a file that was never seen.
    fn beginning(&self, sight: &Sight, log: &Path, now: Timestamp) -> Begin {
        let recently = |since: &Timestamp| now.duration_since(*since) <= RECENT;
        let wanted = match (sight.matched, self.first) {
            (_, true) if let Some(since) = self.since => sight.modified.0 >= since.as_second(),
            (true, true) => self.settings.from == From::Start,
            (true, false) => true,
            (false, true) => false,
            (false, false) => {
                self.resumed.as_ref().is_some_and(recently)
                    || self.generations.iter().any(|it| it.place == Place::Base && it.is_unread() && it.log == log)
                    || self.rotated.get(log).is_some_and(recently)
            }
        };
        if wanted { Begin::Here(Mark::at(0)) } else { Begin::End }
    }

    /// Makes generations of new files. Says whether there are paths among them that must be looked around as well.
    fn enter(&mut self, newcomers: Vec<Newcomer>, catch: &mut Catch) -> bool {
        let before = self.logs.len();
        let mut open = self.open_files();
        let logs: HashSet<PathBuf> = newcomers.iter().map(|it| it.log.clone()).collect();
        for newcomer in newcomers {
            open += 1;
            self.enter_one(newcomer, open <= OPEN, catch);
        }
        self.sort_unread(&logs);
        self.logs.len() > before
    }

    /// Puts the generations of which nothing was read yet into their order, behind the others: the oldest first, and
    /// what is written to last.
    pub(super) fn sort_unread(&mut self, logs: &HashSet<PathBuf>) {
        let is_unread = |it: &Generation| logs.contains(&it.log) && (it.is_unread() || it.place == Place::Base);
        let mut unread: Vec<&mut Generation> = self.generations.iter_mut().filter(|it| is_unread(it)).collect();
        unread.sort_by(|a, b| {
            (a.place == Place::Base, a.modified)
                .cmp(&(b.place == Place::Base, b.modified))
                .then_with(|| rotation::older_first(&a.path, &b.path))
        });
        for generation in unread {
            self.youngest += 1;
            (generation.order, generation.unsaved) = (self.youngest, true);
        }
    }

    fn enter_one(&mut self, newcomer: Newcomer, room: bool, catch: &mut Catch) {
        let Newcomer { sight, log, begin } = newcomer;
        let file = open(&sight.path, sight.identity).unwrap_or_else(|error| {
            catch.faults.insert((sight.path.clone(), fault(&error)));
            None
        });
        let later = matches!(begin, Begin::NextTime);
        let mark = match (begin, &file) {
            (Begin::Here(mark), _) => mark,
            (Begin::NextTime, _) => Mark::at(0),
            (Begin::End, Some(file)) => Mark::end_of(file).unwrap_or_else(|_| Mark::at(sight.size)),
            (Begin::End, None) => Mark::at(sight.size),
        };
        let mut generation = self.generation(log.clone(), &sight, mark, catch.now);
        generation.old = self.old(sight.size);
        if file.is_none() {
            generation.search = Search::Open;
        }
        generation.file = file;
        if later {
            catch.again |= sight.size > 0;
        } else {
            // Where it cannot be compared, or changed again since, the next look tells more.
            generation.suspect = !matches!(generation.compare(), Ok(true)) || generation.tail().is_none();
            catch.again |= generation.suspect && generation.file.is_some();
        }
        if !room {
            generation.close_for_now();
        }
        self.logs.extend(generation.target.clone().map(|target| (target, log)));
        self.generations.push(generation);
    }

    /// What of a file that was there before the first look may have been read already.
    pub(super) fn old(&self, until: u64) -> Option<Old> {
        self.since.filter(|_| self.first).map(|since| Old { since, until })
    }

    pub(super) fn generation(&mut self, log: PathBuf, sight: &Sight, mark: Mark, now: Timestamp) -> Generation {
        let id = self.new_id(sight.identity);
        self.youngest += 1;
        let mut generation = Generation::new(id, log, sight, Reading::Marked(mark), now);
        generation.order = self.youngest;
        generation
    }

    /// The log a path belongs to.
    pub(super) fn log_of(&self, path: &Path) -> PathBuf {
        let known = |path: &Path| self.logs.get(path).cloned();
        rotation::base(path).and_then(|base| known(&base)).or_else(|| known(path)).unwrap_or_else(|| path.to_owned())
    }

    /// A name for a generation that no other has.
    fn new_id(&mut self, identity: Identity) -> String {
        let stem = format!("{:x}-{:x}", identity.ino, identity.born.unwrap_or(0));
        let mut id = stem.clone();
        let mut turn = 1;
        while !self.ids.insert(id.clone()) {
            turn += 1;
            id = format!("{stem}.{turn}");
        }
        id
    }

    pub(super) fn index_of(&self, id: &str) -> Option<usize> {
        self.generations.iter().position(|generation| generation.id == id)
    }

    /// Drops generations, and their positions with the next batch.
    pub(super) fn forget(&mut self, which: impl Fn(&Generation) -> bool) {
        if !self.generations.iter().any(&which) {
            return;
        }
        self.by_path = None;
        let all = std::mem::take(&mut self.generations);
        let (forgotten, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(which);
        self.generations = kept;
        for generation in forgotten {
            // The one log that a path names goes on, whatever becomes of its files.
            let goes_on = self.discovery.exact() == Some(&*generation.log)
                || self.generations.iter().any(|it| it.log == generation.log);
            if !goes_on {
                self.ended.push(generation.log);
            }
            self.forgotten.push(generation.id);
        }
    }
}

/// The file of a generation in a look. A device can have another number after a restart of the machine.
fn find<'a>(scan: &'a Scan, generation: &Generation) -> Option<&'a Sight> {
    let is_same =
        |sight: &&Sight| sight.identity.is_on_another_device(generation.identity) && sight.path == generation.path;
    let restored = matches!(generation.reading, Reading::Marked(_));
    let elsewhere = || scan.sights.iter().find(is_same).filter(|_| restored);
    scan.find(generation.identity).or_else(|| if restored { elsewhere() } else { None })
}

/// Compares one file with what was remembered of it.
fn compare(generation: &mut Generation, compared: &mut Compared) -> io::Result<()> {
    if !generation.open()? {
        // Another file has its name by now; the next look will tell.
        return Ok(());
    }
    let Some(file) = generation.file.as_ref().map(File::try_clone).transpose()? else { return Ok(()) };
    let was_blank = generation.is_blank();
    if !generation.compare()? {
        compared.broken.insert(generation.id.clone(), bytes_at(&file, 0, HEAD)?);
        return Ok(());
    }
    if let Reading::Begun(tail) = &mut generation.reading
        && tail.is_blank()
    {
        tail.peek(&file)?;
    }
    if was_blank && !generation.is_blank() {
        compared.begun.insert(generation.log.clone());
    }
    generation.suspect = false;
    Ok(())
}

#[cfg(test)]
mod tests;
