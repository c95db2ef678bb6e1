//! The numbers of alerts, pages and drills, none of which is ever given out twice: also where the store could not be
//! written when they were given, and vigie died before it could.
//!
//! A small file beside the store says up to which numbers some may have been given out. It runs ahead of them, and is
//! written in place, which needs no room on the disk. Who stops in order gives back what was not given out; after a
//! crash a few numbers are passed over. Where not even that file can be written, numbers are taken from the clock.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use jiff::Timestamp;

use super::private;

/// The name of the file.
pub(super) const FILE: &str = "numbers";

/// How far the file runs ahead: the more, the seldomer it is written, and the more numbers a crash passes over.
const AHEAD: Last = Last { alert: 16, page: 256, drill: 1 };
/// How far it must be ahead at least.
const LEAST: Last = Last { alert: 8, page: 64, drill: 1 };

/// From here on numbers were taken from the clock; those that follow on the small ones never get here.
const OF_CLOCK: u64 = 1_000_000_000;

/// The highest numbers given so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Last {
    /// Of alerts.
    pub alert: u64,
    /// Of pages.
    pub page: u64,
    /// Of drills.
    pub drill: u64,
}

impl Last {
    /// Both numbers of each kind, put together.
    pub(super) fn with(self, other: Self, one: impl Fn(u64, u64) -> u64) -> Self {
        Self {
            alert: one(self.alert, other.alert),
            page: one(self.page, other.page),
            drill: one(self.drill, other.drill),
        }
    }

    /// Whether none is beyond the other's.
    fn is_within(self, other: Self) -> bool {
        self.alert <= other.alert && self.page <= other.page && self.drill <= other.drill
    }

    /// Numbers of alerts and pages that nobody was given before this instant: milliseconds since 1970, far beyond all
    /// others.
    pub(crate) fn or_of_clock(self, now: Timestamp) -> Self {
        let number = u64::try_from(now.as_millisecond()).unwrap_or_default().max(OF_CLOCK);
        Self { alert: self.alert.max(number), page: self.page.max(number), ..self }
    }
}

/// What a table says is its last number, without those from the clock: nobody goes on from them after a start.
pub(super) fn below_clock() -> String {
    format!("id < {OF_CLOCK}")
}

/// The file.
#[derive(Debug)]
pub(super) struct Numbers {
    file: File,
    /// What it says.
    reserved: Last,
}

impl Numbers {
    /// What the file in `folder` says; nothing where there is none that can be read.
    pub(super) fn read(folder: &Path) -> Option<Last> {
        let text = std::fs::read_to_string(folder.join(FILE)).ok()?;
        let mut words = text.split_whitespace();
        let mut number =
            |name: &str| words.next().filter(|word| *word == name).and_then(|_| words.next()?.parse().ok());
        Some(Last { alert: number("alert")?, page: number("page")?, drill: number("drill")? })
    }

    /// The file in `folder`, made where it is not there. It says that `given` were given out.
    pub(super) fn open(folder: &Path, given: Last) -> io::Result<Self> {
        let file = private::file(&folder.join(FILE))?;
        let mut numbers = Self { file, reserved: Last::default() };
        numbers.write(given.with(AHEAD, u64::saturating_add))?;
        Ok(numbers)
    }

    /// Sees to it that the file is ahead of what was given out by now.
    pub(super) fn reserve(&mut self, given: Last) -> io::Result<()> {
        // Those from the clock need no file.
        let given = given.with(Last::default(), |given, none| if given < OF_CLOCK { given } else { none });
        if given.with(LEAST, u64::saturating_add).is_within(self.reserved) {
            return Ok(());
        }
        self.write(given.with(AHEAD, u64::saturating_add).with(self.reserved, u64::max))
    }

    /// Gives back what is reserved and was not given out: nothing more is given out.
    pub(super) fn give_back(&mut self, given: Last) -> io::Result<()> {
        self.write(given.with(self.reserved, u64::min))
    }

    /// The text has one length, so that it takes the place of the one before.
    fn write(&mut self, reserved: Last) -> io::Result<()> {
        let Last { alert, page, drill } = reserved;
        let text = format!("alert {alert:020} page {page:020} drill {drill:020}\n");
        self.file.write_all_at(text.as_bytes(), 0)?;
        self.file.sync_data()?;
        self.reserved = reserved;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn last(alert: u64, page: u64, drill: u64) -> Last {
        Last { alert, page, drill }
    }

    #[test]
    fn the_file_is_always_ahead_and_says_the_truth_after_an_orderly_stop() {
        let folder = tempfile::tempdir().unwrap();
        let mut numbers = Numbers::open(folder.path(), last(3, 9, 0)).unwrap();
        for step in 0..1000 {
            let given = last(3 + step, 9 + step * 3, step / 100);
            numbers.reserve(given).unwrap();
            let said = Numbers::read(folder.path()).unwrap();
            assert!(given.is_within(said), "{given:?} {said:?}");
            assert!(said.alert - given.alert <= AHEAD.alert, "{given:?} {said:?}");
        }
        let given = last(1002, 3006, 9);
        numbers.give_back(given).unwrap();
        assert_eq!(Numbers::read(folder.path()), Some(given));
    }

    #[test]
    fn a_file_that_was_cut_or_is_of_somebody_else_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["", "alert 1 page 2", "alert x page 2 drill 3", "hello"] {
            std::fs::write(folder.path().join(FILE), text).unwrap();
            assert_eq!(Numbers::read(folder.path()), None, "{text}");
        }
    }

    #[test]
    fn numbers_from_the_clock_are_beyond_all_others_and_leave_the_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut numbers = Numbers::open(folder.path(), last(3, 9, 1)).unwrap();
        let now: Timestamp = "2026-02-01T22:00:00Z".parse().unwrap();
        let given = last(3, 9, 1).or_of_clock(now);
        assert!(given.alert > OF_CLOCK && given.page > OF_CLOCK && given.drill == 1, "{given:?}");
        numbers.reserve(given).unwrap();
        assert_eq!(Numbers::read(folder.path()), Some(last(19, 265, 2)));
    }
}
