//! The one place that asks what time it is, and how much of it has passed.
//!
//! The clock on the wall is set by people and by other machines; the boot clock only ever counts, also while the machine
//! sleeps. Deadlines are instants on the wall that are kept over a start, so while vigie runs it looks at both: what the
//! wall went further than time did is how far it was moved, and deadlines are moved with it.

use jiff::{SignedDuration, Timestamp};
use rustix::time::{ClockId, clock_gettime};

/// The clocks may go apart by so much unsaid: an answer due in ten seconds is not due in ten and a half for anybody.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(1);
/// Both clocks are read within this, or read again: a process that was stopped between them saw no clock being moved.
const TOGETHER: SignedDuration = SignedDuration::from_millis(50);
/// How often they are read again on a machine that never lets them be read together.
const TRIES: u32 = 20;

/// The current instant, to the microsecond: what is kept reads back the same.
#[expect(clippy::disallowed_methods, reason = "this is the clock everybody else is handed")]
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

/// How long this machine has been up, asleep or awake.
fn since_boot() -> SignedDuration {
    let up = clock_gettime(ClockId::Boottime);
    SignedDuration::new(up.tv_sec, i32::try_from(up.tv_nsec).unwrap_or_default())
}

/// Both clocks at one moment.
#[derive(Debug, Clone, Copy)]
struct Moment {
    wall: Timestamp,
    boot: SignedDuration,
}

impl Moment {
    fn here() -> Self {
        let mut before = since_boot();
        for _ in 0..TRIES {
            let (wall, boot) = (now(), since_boot());
            if boot.saturating_sub(before) <= TOGETHER {
                return Self { wall, boot };
            }
            before = boot;
        }
        Self { wall: now(), boot: since_boot() }
    }

    /// What the wall would show at `boot` if nobody had moved it since.
    fn unmoved(self, boot: SignedDuration) -> Timestamp {
        self.wall.saturating_add(boot.saturating_sub(self.boot)).unwrap_or(Timestamp::MAX)
    }

    /// By how much the wall was moved up to `later`, where that is more than nothing.
    fn moved(self, later: Self) -> Option<SignedDuration> {
        let by = later.wall.duration_since(self.unmoved(later.boot));
        (by.abs() > TOLERANCE).then_some(by)
    }
}

/// The machine's clock, as it is watched while vigie runs.
#[derive(Debug)]
pub(super) struct MachineClock {
    /// Since when nobody has moved it.
    since: Moment,
}

impl MachineClock {
    /// A clock that is watched from now on.
    pub(super) fn new() -> Self {
        Self { since: Moment::here() }
    }

    /// What it shows, and by how much it was moved since it was looked at last.
    pub(super) fn look(&mut self) -> (Timestamp, Option<SignedDuration>) {
        let here = Moment::here();
        let moved = self.since.moved(here);
        if moved.is_some() {
            self.since = here;
        }
        (here.wall, moved)
    }

    /// What it would show now if nobody moved it since it was looked at last: how long it is to a deadline.
    pub(super) fn unmoved(&self) -> Timestamp {
        self.since.unmoved(since_boot())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moment(wall: i64, boot: i64) -> Moment {
        let wall = Timestamp::from_millisecond(1_800_000_000_000 + wall).unwrap();
        Moment { wall, boot: SignedDuration::from_millis(boot) }
    }

    #[test]
    fn a_clock_that_only_goes_on_was_not_moved() {
        let start = moment(0, 50_000);
        // Hours pass, also asleep; half a second of slewing is nothing.
        for (wall, boot) in [(0, 50_000), (1, 50_001), (86_400_000, 86_450_000), (10_500, 60_000), (9_000, 60_000)] {
            assert_eq!(start.moved(moment(wall, boot)), None, "{wall} {boot}");
        }
        assert_eq!(start.moved(moment(-4_000, 50_000)), Some(SignedDuration::from_secs(-4)));
        assert_eq!(start.moved(moment(3_610_000, 60_000)), Some(SignedDuration::from_hours(1)));
    }

    #[test]
    fn both_clocks_of_this_machine_are_read_at_one_moment() {
        let mut clock = MachineClock::new();
        let (wall, moved) = clock.look();
        assert_eq!(moved, None);
        assert!(clock.unmoved().duration_since(wall).abs() < SignedDuration::from_secs(60));
    }

    proptest! {
        /// What is said of many small steps adds up to them, within the tolerance.
        #[test]
        fn nothing_of_a_moved_clock_is_forgotten(steps in prop::collection::vec((-9_000..9_000i64, 0..20_000i64), 1..40)) {
            let (mut since, mut said, mut wall, mut boot, mut all) = (moment(0, 0), 0, 0, 0, 0);
            for (step, passes) in steps {
                (wall, boot, all) = (wall + step + passes, boot + passes, all + step);
                let here = moment(wall, boot);
                if let Some(by) = since.moved(here) {
                    said += i64::try_from(by.as_millis()).unwrap();
                    since = here;
                }
                prop_assert!((all - said).abs() <= 1_000, "{all} {said}");
            }
        }
    }
}
