//! Older places in a file, each with what stood before it. After a power cut the end of a log can be gone that was read
//! already; reading then goes on at the highest place that is as it was, and no further back than that.

use std::fs::File;
use std::io;

use super::identity::Signature;
use super::tail::{Mark, WINDOW};
use crate::watch::source::bytes::bytes_at;

/// Places nearer to the newest than this are not told apart.
const GRAIN: u64 = 4096;

/// So many places are kept: with distances that double, they reach back over any log.
const RUNGS: usize = 40;

/// A place that was the newest once: an offset, and the bytes before it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rung {
    offset: u64,
    before: Signature,
}

/// Places in one file, the lowest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ladder(Vec<Rung>);

impl Ladder {
    /// Adds the place that reading has come to. Those before it are thinned out: their distances to it about double.
    pub(super) fn add(&mut self, mark: &Mark) {
        let top = mark.offset;
        // With fewer bytes before it, a place is too easily taken for another.
        if mark.tail.length < WINDOW || self.0.last().is_some_and(|rung| rung.offset >= top) {
            return;
        }
        self.0.push(Rung { offset: top, before: mark.tail });
        let mut at = self.0.len().saturating_sub(2);
        while at > 0 {
            let far = |rung: &Rung| top - rung.offset;
            if far(&self.0[at - 1]) <= 2 * far(&self.0[at + 1]) + GRAIN {
                self.0.remove(at);
            }
            at -= 1;
        }
        let surplus = self.0.len().saturating_sub(RUNGS);
        self.0.drain(..surplus);
    }

    /// The highest place below `mark` that `file` still holds, where it begins as it did.
    pub(super) fn lower(&self, mark: &Mark, file: &File) -> io::Result<Option<Mark>> {
        let size = file.metadata()?.len();
        for rung in self.0.iter().rev().filter(|rung| rung.offset <= size && rung.offset < mark.offset) {
            let before = bytes_at(file, rung.offset - WINDOW as u64, WINDOW)?;
            let lower = Mark { offset: rung.offset, tail: rung.before, ..mark.clone() };
            if rung.before == Signature::of(&before) && lower.resume(file)?.is_some() {
                return Ok(Some(lower));
            }
        }
        Ok(None)
    }

    /// The places up to `offset`, as they are kept.
    pub(super) fn written(&self, offset: u64) -> Vec<String> {
        let up_to = self.0.iter().filter(|rung| rung.offset <= offset);
        up_to.map(|rung| format!("{}:{}", rung.offset, rung.before.written())).collect()
    }

    /// What [`Ladder::written`] gave. A place that cannot be read is left out.
    pub(super) fn read(written: &[String]) -> Self {
        let rung = |text: &String| {
            let (offset, before) = text.split_once(':')?;
            let before = Signature::read(before).filter(|before| before.length == WINDOW)?;
            Some(Rung { offset: offset.parse().ok().filter(|offset| *offset >= WINDOW as u64)?, before })
        };
        Self(written.iter().filter_map(rung).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(offset: u64) -> Mark {
        Mark { tail: Signature::of(&[b'x'; WINDOW]), ..Mark::at(offset) }
    }

    #[test]
    fn distances_double_and_places_stay_few() {
        let mut ladder = Ladder::default();
        for offset in (1..50_000_u64).map(|turn| turn * 1000) {
            ladder.add(&mark(offset));
            let top = offset;
            // Wherever the log is cut, the next lower place is no further than as much again, and the grain.
            for lost in [1, 1000, 10_000, 1_000_000].into_iter().filter(|lost| *lost < top - 1000) {
                let end = top - lost;
                let below = ladder.0.iter().rev().find(|rung| rung.offset <= end);
                assert!(below.is_none_or(|rung| end - rung.offset <= lost + GRAIN), "{offset} {lost} {ladder:?}");
            }
        }
        assert!(ladder.0.len() <= RUNGS, "{}", ladder.0.len());
        assert_eq!(Ladder::read(&ladder.written(u64::MAX)), ladder);
        assert!(Ladder::read(&["x".to_owned(), "12:256:zz".to_owned()]).0.is_empty());
    }
}
