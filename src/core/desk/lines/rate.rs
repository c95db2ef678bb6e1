//! How fast lines come, over the last minute or so.

use jiff::Timestamp;

/// What is counted together, in milliseconds.
const MINUTE: i64 = 60_000;

/// How many lines came in this minute, and in the one before.
#[derive(Debug, Default)]
pub(super) struct Rate {
    minute: i64,
    now: u64,
    before: u64,
}

impl Rate {
    /// A line came.
    pub(super) fn hear(&mut self, at: Timestamp) {
        self.turn(at);
        self.now += 1;
    }

    /// How many came in the minute up to `at`: of the minute before, the part that is still in it.
    pub(super) fn per_minute(&self, at: Timestamp) -> u64 {
        let mut rate = Self { ..*self };
        rate.turn(at);
        let left = MINUTE - at.as_millisecond().rem_euclid(MINUTE);
        rate.now + rate.before * left.unsigned_abs() / MINUTE.unsigned_abs()
    }

    fn turn(&mut self, at: Timestamp) {
        let minute = at.as_millisecond().div_euclid(MINUTE);
        if minute != self.minute {
            self.before = if minute == self.minute + 1 { self.now } else { 0 };
            (self.minute, self.now) = (minute, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_a_minute_wherever_it_is_cut() {
        let at = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
        let mut rate = Rate::default();
        (0..120).for_each(|second| rate.hear(at(second)));
        assert_eq!([119, 120, 150, 180, 240].map(|second| rate.per_minute(at(second))), [61, 60, 30, 0, 0]);
    }
}
