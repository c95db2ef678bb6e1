//! The desk of the clock. Deadlines are instants on the machine's clock; where that clock was moved, they are moved with
//! it, or whoever comes next on a chain would be told an hour late, or at once. While vigie runs, it is told how far the
//! clock was moved; what it shows after a start it can only compare with what was kept.

use jiff::{SignedDuration, Timestamp};

use crate::alert::Ailment;
use crate::base::level::Level;
use crate::core::event::Event;
use crate::words::clock as words;
use crate::words::time::Lasted;

/// A clock that steps back by no more than this was only put right a little.
const SET_BACK: SignedDuration = SignedDuration::from_secs(5);
/// Moved by so much, what logs and the ledger say of the time misleads people: they must know.
const FAR: SignedDuration = SignedDuration::from_mins(1);
/// What suffers, in alerts about vigie itself.
const CLOCK: &str = "clock";

/// The desk.
#[derive(Debug)]
pub(in crate::core) struct Clock {
    /// The latest instant it was ever told.
    latest: Timestamp,
    /// How far it is from where it was at the start.
    off: SignedDuration,
}

impl Clock {
    /// The clock of a core of which something was kept at `latest`.
    pub(in crate::core) fn new(latest: Timestamp) -> Self {
        Self { latest, off: SignedDuration::ZERO }
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

    /// The clock was moved by so much and shows `now`. Far enough, people are told; moved back where it was, it is well.
    pub(in crate::core) fn moved(&mut self, now: Timestamp, by: SignedDuration) -> Option<Event> {
        self.latest = now;
        let was = self.off;
        self.off = self.off.saturating_add(by);
        if self.off.abs() < FAR {
            return (was.abs() >= FAR).then(|| Event::Well { of: CLOCK.to_owned() });
        }
        (by.abs() >= FAR).then(|| Event::Ailing(Box::new(ailment(by))))
    }
}

fn ailment(by: SignedDuration) -> Ailment {
    let far = Lasted(by.abs());
    let title = if by.is_negative() { words::set_back(far) } else { words::set_forward(far) };
    Ailment { of: CLOCK.to_owned(), level: Level::Medium, title, description: words::what_it_means() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_clock_is_set_back_once_and_little_is_nothing() {
        let mut clock = Clock::new(at(100));
        assert_eq!((clock.look(at(97)), clock.look(at(100))), (None, None));
        assert_eq!(clock.look(at(40)), Some(SignedDuration::from_secs(60)));
        assert_eq!((clock.look(at(41)), clock.look(at(4_000))), (None, None));
    }

    #[test]
    fn what_was_said_to_be_moved_is_not_found_to_be_set_back() {
        let mut clock = Clock::new(at(10_000));
        assert!(clock.moved(at(6_400), SignedDuration::from_hours(-1)).is_some());
        assert_eq!(clock.look(at(6_401)), None);
    }

    #[test]
    fn people_hear_of_a_clock_that_is_far_off_and_of_its_return() {
        let mut clock = Clock::new(at(0));
        let mut moved = |by| clock.moved(at(0), SignedDuration::from_secs(by));
        assert!(moved(59).is_none(), "nothing to speak of");
        assert!(moved(-59).is_none());
        assert!(matches!(moved(3_600), Some(Event::Ailing(ailment)) if ailment.of == "clock"));
        assert!(moved(4).is_none(), "it is known");
        assert!(matches!(moved(-3_600), Some(Event::Well { .. })));
        assert!(matches!(moved(-7_200), Some(Event::Ailing(_))));
    }
}
