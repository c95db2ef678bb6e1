//! The desk of the clock. Deadlines are instants on the machine's clock; where that clock was set back, they are moved
//! with it, or whoever comes next on a chain would be told an hour late. Set forward, it is as if the machine had slept.

use jiff::{SignedDuration, Timestamp};

/// A clock that steps back by no more than this was only put right a little.
const SET_BACK: SignedDuration = SignedDuration::from_secs(5);

/// The desk.
#[derive(Debug)]
pub(in crate::core) struct Clock {
    /// The latest instant it was ever told.
    latest: Timestamp,
}

impl Clock {
    /// The clock of a core of which something was kept at `latest`.
    pub(in crate::core) fn new(latest: Timestamp) -> Self {
        Self { latest }
    }

    /// Looks at the clock; gives by how much it was set back, if it was.
    pub(in crate::core) fn look(&mut self, now: Timestamp) -> Option<SignedDuration> {
        let back = self.latest.duration_since(now);
        if back <= SET_BACK {
            self.latest = self.latest.max(now);
            return None;
        }
        self.latest = now;
        Some(back)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_set_back_once_and_little_is_nothing() {
        let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        let mut clock = Clock::new(at(100));
        assert_eq!((clock.look(at(97)), clock.look(at(100))), (None, None));
        assert_eq!(clock.look(at(40)), Some(SignedDuration::from_secs(60)));
        assert_eq!((clock.look(at(41)), clock.look(at(4_000))), (None, None));
    }
}
