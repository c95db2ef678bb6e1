//! Copies of a file that is still being written: `cp app.log app.log.1`, the first half of a rotation by truncation.
//! A copy is not read as long as its original is; it takes over when the original is truncated before its end was
//! read.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::discovery::{Scan, Sight, fault};
use super::follower::{Catch, Follower};
use super::generation::{Generation, Place};
use super::identity::{Identity, open};
use super::reconcile::Compared;
use super::tail::Mark;
use crate::watch::source::bytes::bytes_at;

/// How much of two files is compared, at the start of the copy and at its end.
const HEAD: usize = 1024;
const END: usize = 256;

/// How an unknown file compares with the one it may be a copy of.
#[derive(PartialEq, Eq)]
enum Likeness {
    Copy,
    Other,
    /// To be asked again with the next poll.
    Undecided,
    /// The original changed meanwhile: to be asked again at once.
    Unclear,
}

impl Follower {
    /// The files of a look that are copies, maybe still being made, of the file their log is written to. Nothing
    /// where that cannot be told because a file changed meanwhile.
    pub(super) fn find_copies(
        &mut self,
        scan: &Scan,
        compared: &Compared,
        catch: &mut Catch,
    ) -> Option<HashSet<Identity>> {
        let known: HashSet<Identity> = self
            .generations
            .iter()
            .filter(|it| it.copy_of.is_none() || !it.suspect)
            .filter_map(|it| Some(scan.find(it.identity)?.identity))
            .collect();
        let bases: HashMap<&Path, &Sight> = scan.sights.iter().map(|sight| (sight.path.as_path(), sight)).collect();
        let mut copies = HashSet::new();
        for sight in scan.sights.iter().filter(|it| !known.contains(&it.identity)) {
            let log = self.log_of(&sight.path);
            let Some(base) = bases.get(log.as_path()).filter(|_| log != sight.path && !self.first) else { continue };
            match self.likeness(sight, base, compared) {
                Ok(Likeness::Copy) => {
                    copies.insert(sight.identity);
                }
                Ok(Likeness::Other) => {}
                Ok(Likeness::Undecided) => {
                    catch.undecided.insert(sight.identity);
                    catch.again = true;
                }
                Ok(Likeness::Unclear) => return None,
                Err(error) => {
                    catch.faults.insert((sight.path.clone(), fault(&error)));
                    catch.undecided.insert(sight.identity);
                }
            }
        }
        Some(copies)
    }

    fn likeness(&mut self, sight: &Sight, base: &Sight, compared: &Compared) -> io::Result<Likeness> {
        if sight.identity.born.zip(base.identity.born).is_some_and(|(copy, original)| copy < original) {
            return Ok(Likeness::Other);
        }
        let Some(copy) = open(&sight.path, sight.identity)? else { return Ok(Likeness::Unclear) };
        let Some(original) = open(&base.path, base.identity)? else { return Ok(Likeness::Unclear) };
        let head = bytes_at(&original, 0, HEAD)?;
        let is_copy = begins_with(&original, &copy)?;
        let generation = self.generations.iter_mut().find(|it| it.identity.is(base.identity));
        let (head, unchanged) = match generation {
            Some(generation) => match compared.new_head(&generation.id) {
                Some(head) => (head.to_vec(), true),
                None if generation.is_blank() => (Vec::new(), true),
                None => (head, generation.open()? && generation.compare()?),
            },
            None => (head, true),
        };
        if is_copy && head.is_empty() && copy.metadata()?.len() > 0 {
            // What the original begins with was not seen before this look, so nothing can be built on it yet.
            return Ok(Likeness::Undecided);
        }
        if !unchanged || bytes_at(&original, 0, head.len())? != head {
            return Ok(Likeness::Unclear);
        }
        Ok(if is_copy { Likeness::Copy } else { Likeness::Other })
    }

    /// Takes copies off the list that are none any more, or whose original is gone from it. Answers up to which size
    /// each of them was a copy: so much of it was or will be read elsewhere.
    pub(super) fn lapse_copies(
        &mut self,
        scan: &Scan,
        copies: &HashSet<Identity>,
        unclear: &HashSet<PathBuf>,
    ) -> HashMap<Identity, u64> {
        let ids: HashSet<&String> = self.generations.iter().map(|it| &it.id).collect();
        let mut lapsed = HashMap::new();
        let mut gone = HashSet::new();
        for generation in self.generations.iter().filter(|it| !unclear.contains(&it.log)) {
            let Some(sight) = scan.find(generation.identity) else { continue };
            let Some(original) = &generation.copy_of else { continue };
            let changed = generation.suspect && !copies.contains(&sight.identity);
            if changed || !ids.contains(original) {
                lapsed.insert(sight.identity, generation.mark().offset);
                gone.insert(generation.id.clone());
            }
        }
        self.forget(|it| gone.contains(&it.id));
        lapsed
    }

    /// Notes a copy, or that it has grown.
    pub(super) fn note_copy(&mut self, sight: &Sight, unclear: &HashSet<PathBuf>, now: Timestamp) {
        let log = self.log_of(&sight.path);
        if unclear.contains(&log) {
            return;
        }
        if let Some(copy) = self.generations.iter_mut().find(|it| it.identity.is(sight.identity)) {
            copy.grow_copy(sight.size);
            return;
        }
        let is_original = |it: &&Generation| it.log == log && it.place == Place::Base && it.copy_of.is_none();
        let Some(original) = self.generations.iter().find(is_original).map(|it| it.id.clone()) else { return };
        let mut copy = self.generation(log, sight, Mark::at(sight.size), now);
        (copy.copy_of, copy.suspect) = (Some(original), false);
        self.generations.push(copy);
    }
}

/// Whether `copy` is a beginning of `original`, by its own first and last bytes.
fn begins_with(original: &File, copy: &File) -> io::Result<bool> {
    let size = copy.metadata()?.len();
    let head = bytes_at(copy, 0, HEAD)?;
    let from = size.saturating_sub(END as u64);
    let end = bytes_at(copy, from, END)?;
    Ok(bytes_at(original, 0, head.len())? == head && bytes_at(original, from, end.len())? == end)
}
