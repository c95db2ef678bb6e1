//! Whether the times that the lines of a source carry fit to when they come: a clock that is wrong, or lines that come late,
//! for as long as that lasts. One line alone says nothing.

use jiff::{SignedDuration, Timestamp};

use crate::alert::Ailment;
use crate::base::id::SourceName;
use crate::base::level::Level;
use crate::core::event::Event;
use crate::words::source as words;
use crate::words::time::Lasted;

/// Before the name of a source, where its clock is wrong, and where its lines come late.
const OF_CLOCK: &str = "clock:";
const OF_LAG: &str = "lag:";

/// What comes later than this is late; later than that, and no sender holds it back so long: a clock is wrong.
const LATE: SignedDuration = SignedDuration::from_mins(15);
const PAST: SignedDuration = SignedDuration::from_hours(24);
/// Lines from the future for so long, and late ones for so long: whoever catches up, or looks at an old log, is done sooner.
const AHEAD_FOR: SignedDuration = SignedDuration::from_mins(1);
const LATE_FOR: SignedDuration = SignedDuration::from_mins(10);
/// When nothing of it came for so long, it is over.
const OVER: SignedDuration = SignedDuration::from_mins(10);
/// Fewer lines say nothing.
const LINES: u64 = 3;

/// How the times of a source fit.
#[derive(Debug, Default)]
pub(super) struct Timing {
    ahead: Spell,
    past: Spell,
    late: Spell,
    clock_said: bool,
    lag_said: bool,
}

/// For how long something is so.
#[derive(Debug, Default)]
struct Spell {
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    lines: u64,
    worst: SignedDuration,
}

impl Spell {
    fn hear(&mut self, at: Timestamp, by: SignedDuration) {
        if self.is_over(at) {
            *self = Self { first: Some(at), ..Self::default() };
        }
        self.last = Some(at);
        self.lines += 1;
        self.worst = self.worst.max(by);
    }

    fn is_over(&self, now: Timestamp) -> bool {
        self.last.is_none_or(|last| now.duration_since(last) >= OVER)
    }

    fn holds(&self, now: Timestamp, long: SignedDuration) -> bool {
        let lasted = self.first.zip(self.last).map(|(first, last)| last.duration_since(first));
        !self.is_over(now) && self.lines >= LINES && lasted.is_some_and(|lasted| lasted >= long)
    }

    fn shift(&mut self, by: SignedDuration) {
        let moved = |at: Timestamp| at.saturating_add(by).unwrap_or(at);
        (self.first, self.last) = (self.first.map(moved), self.last.map(moved));
    }

    fn ends(&self) -> Option<Timestamp> {
        self.last?.checked_add(OVER).ok()
    }
}

impl Timing {
    /// A line came at `at`, so much later than the time that it carries, or so much ahead of it.
    pub(super) fn hear(&mut self, at: Timestamp, late: SignedDuration, ahead: Option<SignedDuration>) {
        match ahead {
            Some(ahead) => self.ahead.hear(at, ahead),
            None if late >= PAST => self.past.hear(at, late),
            None if late >= LATE => self.late.hear(at, late),
            // Where one line comes in time, all could: nothing holds them back. Of clocks there may be several.
            None => self.late = Spell::default(),
        }
    }

    pub(super) fn shift(&mut self, by: SignedDuration) {
        for spell in [&mut self.ahead, &mut self.past, &mut self.late] {
            spell.shift(by);
        }
    }

    /// When to look again if nothing happens before.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let clock = [self.ahead.ends(), self.past.ends()].into_iter().flatten().max();
        [clock.filter(|_| self.clock_said), self.late.ends().filter(|_| self.lag_said)].into_iter().flatten().min()
    }

    /// What is to be said now, where that is not what was said last.
    pub(super) fn judge(&mut self, now: Timestamp, source: &SourceName) -> [Option<Event>; 2] {
        let (ahead, past) = (self.ahead.holds(now, AHEAD_FOR), self.past.holds(now, LATE_FOR));
        let meaning = if ahead {
            words::what_clock_ahead_means(Lasted(self.ahead.worst))
        } else {
            words::what_clock_behind_means(Lasted(self.past.worst))
        };
        let clock = said(&mut self.clock_said, ahead || past, || Ailment {
            of: format!("{OF_CLOCK}{source}"),
            level: Level::Medium,
            title: words::wrong_clock(source),
            description: meaning,
        });
        let late = self.late.holds(now, LATE_FOR);
        let lag = said(&mut self.lag_said, late, || Ailment {
            of: format!("{OF_LAG}{source}"),
            level: Level::Medium,
            title: words::lagging(source),
            description: words::what_lag_means(Lasted(self.late.worst)),
        });
        [clock, lag]
    }

    /// What is to be said where the source is read no more.
    pub(super) fn over(&self, source: &SourceName) -> impl Iterator<Item = Event> + use<> {
        let of =
            [(self.clock_said, OF_CLOCK), (self.lag_said, OF_LAG)].map(|(said, of)| (said, format!("{of}{source}")));
        of.into_iter().filter(|(said, _)| *said).map(|(_, of)| Event::Well { of })
    }
}

fn said(before: &mut bool, suffers: bool, ailment: impl FnOnce() -> Ailment) -> Option<Event> {
    if *before == suffers {
        return None;
    }
    *before = suffers;
    let ailment = ailment();
    Some(if suffers { Event::Ailing(Box::new(ailment)) } else { Event::Well { of: ailment.of } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(event: Option<Event>) -> Option<(bool, String)> {
        event.map(|event| match event {
            Event::Ailing(ailment) => (true, ailment.of),
            Event::Well { of } => (false, of),
            other => panic!("{other:?}"),
        })
    }

    /// What is said while a line comes each minute that is so late, or so much ahead.
    fn minutes(timing: &mut Timing, from: i64, count: i64, late: SignedDuration) -> Vec<(i64, bool, String)> {
        let source = SourceName::from("nas");
        let mut heard = Vec::new();
        for minute in from..from + count {
            let at = Timestamp::from_second(1_800_000_000 + minute * 60).unwrap();
            timing.hear(at, late, late.is_negative().then(|| -late));
            heard.extend(timing.judge(at, &source).into_iter().filter_map(of).map(|(ill, of)| (minute, ill, of)));
        }
        heard
    }

    #[test]
    fn a_wrong_clock_and_a_lag_are_told_apart_and_once() {
        let hours = SignedDuration::from_hours;
        for (late, minute, kind) in
            [(hours(-1), 2, "clock:nas"), (hours(30), 10, "clock:nas"), (hours(1), 10, "lag:nas")]
        {
            let heard = minutes(&mut Timing::default(), 0, 60, late);
            assert_eq!(heard, [(minute, true, kind.to_owned())], "{late}");
        }
        assert_eq!(minutes(&mut Timing::default(), 0, 60, SignedDuration::from_mins(14)), []);
    }

    #[test]
    fn what_was_caught_up_is_over_and_a_clock_that_was_set_too() {
        let mut timing = Timing::default();
        minutes(&mut timing, 0, 20, SignedDuration::from_hours(1));
        assert_eq!(minutes(&mut timing, 20, 2, SignedDuration::ZERO), [(20, false, "lag:nas".to_owned())]);
        let mut timing = Timing::default();
        minutes(&mut timing, 0, 20, SignedDuration::from_hours(-1));
        let heard = minutes(&mut timing, 20, 20, SignedDuration::ZERO);
        assert_eq!(heard, [(29, false, "clock:nas".to_owned())]);
        let end = Timestamp::from_second(1_800_000_000 + 29 * 60).unwrap();
        let mut silent = Timing::default();
        minutes(&mut silent, 0, 20, SignedDuration::from_hours(-1));
        assert_eq!(silent.deadline(), Some(end), "also where no line comes any more");
        assert_eq!(of(silent.judge(end, &SourceName::from("nas"))[0].take()), Some((false, "clock:nas".to_owned())));
    }

    #[test]
    fn whoever_catches_up_or_brings_a_batch_each_night_is_well() {
        let (mut timing, source) = (Timing::default(), SourceName::from("nas"));
        for night in 0..5 {
            let at = Timestamp::from_second(1_800_000_000 + night * 86_400).unwrap();
            for second in 0..300 {
                let at = at + SignedDuration::from_secs(second);
                timing.hear(at, SignedDuration::from_hours(9), None);
                timing.hear(at, SignedDuration::from_hours(90), None);
                assert!(timing.judge(at, &source).iter().all(Option::is_none));
            }
        }
    }
}
