//! How far a long scan is: one line on the terminal that goes away again, and nothing where standard error is none.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};

use super::inputs::{Inputs, size};
use crate::cli::screen::Screen;
use crate::daemon::clock;
use crate::words::scan as words;
use crate::words::size::Size;
use crate::words::time::Lasted;

/// What is over sooner needs no progress.
const LONG: SignedDuration = SignedDuration::from_secs(1);
/// How often it is told.
const OFTEN: SignedDuration = SignedDuration::from_millis(250);
/// How many lines pass until somebody looks at the clock.
const LINES: u64 = 64;

/// How far a scan is.
#[derive(Debug)]
pub(super) struct Progress {
    screen: Screen,
    /// How many bytes there are, where that is known.
    total: Option<u64>,
    /// How many the files before had.
    before: u64,
    /// How many of the file at hand were read.
    read: Rc<Cell<u64>>,
    lines: u64,
    began: Timestamp,
    told: Timestamp,
    is_shown: bool,
}

impl Progress {
    pub(super) fn new(screen: Screen, inputs: &Inputs) -> Self {
        let (total, began) = (inputs.bytes(), clock::now());
        Self { screen, total, before: 0, read: Rc::default(), lines: 0, began, told: began, is_shown: false }
    }

    /// Where it is to be noted how many bytes of the file at hand were read.
    pub(super) fn read(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.read)
    }

    /// A line was looked at.
    pub(super) fn line(&mut self) {
        self.lines += 1;
        if self.lines.is_multiple_of(LINES) && self.screen.is_watched() {
            self.tell(clock::now());
        }
    }

    /// A file is over, or cannot be read any further.
    pub(super) fn over(&mut self, path: &Path) {
        self.before += size(path).unwrap_or_default().max(self.read.replace(0));
        self.make_way();
    }

    /// Something else is to be shown.
    pub(super) fn make_way(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            self.screen.wipe();
        }
    }

    fn tell(&mut self, now: Timestamp) {
        let took = now.duration_since(self.began);
        if took < LONG || now.duration_since(self.told) < OFTEN {
            return;
        }
        self.told = now;
        self.is_shown = true;
        let done = self.before + self.read.get();
        let speed = per_second(self.lines, took);
        self.screen.passing(&match self.total {
            Some(total) => words::progress(Size(done.min(total)), Size(total), speed, Lasted(left(done, total, took))),
            None => words::progress_without_end(Size(done), speed),
        });
    }
}

fn per_second(lines: u64, took: SignedDuration) -> u64 {
    let millis = u64::try_from(took.as_millis()).unwrap_or_default().max(1);
    lines.saturating_mul(1000) / millis
}

/// How long the rest takes, where it goes on as it went. In whole seconds: nobody knows it better.
fn left(done: u64, total: u64, took: SignedDuration) -> SignedDuration {
    let took = u128::try_from(took.as_millis()).unwrap_or_default();
    let millis = took.saturating_mul(u128::from(total.saturating_sub(done))) / u128::from(done.max(1));
    SignedDuration::from_secs(i64::try_from(millis.div_ceil(1000)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_takes_as_long_as_what_was() {
        let seconds = SignedDuration::from_secs;
        assert_eq!((per_second(3_000, seconds(2)), per_second(7, seconds(0))), (1_500, 7_000));
        for (done, total, took, rest) in [(1, 4, 10, 30), (4, 4, 10, 0), (5, 4, 10, 0), (0, 4, 2, 8), (3, 4, 10, 4)] {
            assert_eq!(left(done, total, seconds(took)), seconds(rest), "{done} of {total}");
        }
        assert_eq!(left(1, u64::MAX, SignedDuration::MAX), seconds(i64::MAX));
    }
}
