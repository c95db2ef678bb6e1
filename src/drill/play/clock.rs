//! Script time: real time times the pace, without the pauses.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::alert::chain::Pace;

/// The script's clock, with all its stops and starts, so that any past instant can be placed in the script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptClock {
    pace: Pace,
    /// Never empty; instants decrease only where the machine's clock was set back.
    segments: Vec<Segment>,
}

/// From this instant on, the clock ran or stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The real instant.
    pub from: Timestamp,
    /// What the script's clock showed then.
    pub script: SignedDuration,
    /// Whether it ran from then on.
    pub runs: bool,
}

/// A time during which the script stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Since when.
    pub from: Timestamp,
    /// Until when; nothing where it still stands.
    pub to: Option<Timestamp>,
}

impl ScriptClock {
    pub(super) fn start(pace: Pace, now: Timestamp) -> Self {
        Self { pace, segments: vec![Segment { from: now, script: SignedDuration::ZERO, runs: true }] }
    }

    /// How many times as fast as real time the script runs.
    pub(crate) fn pace(&self) -> Pace {
        self.pace
    }

    /// What the script's clock showed at a real instant.
    pub fn script(&self, at: Timestamp) -> SignedDuration {
        // Of an hour that the machine's clock showed twice, the second counts.
        let Some(segment) = self.segments.iter().rfind(|segment| segment.from <= at) else {
            return SignedDuration::ZERO;
        };
        if !segment.runs {
            return segment.script;
        }
        segment.script.saturating_add(self.pace.scripted(at.duration_since(segment.from)))
    }

    /// The real instant at which the script's clock will show `script`; nothing while it stands still.
    pub(crate) fn real(&self, script: SignedDuration) -> Option<Timestamp> {
        let segment = self.last();
        if !segment.runs {
            return None;
        }
        let left = script.saturating_sub(segment.script).max(SignedDuration::ZERO);
        let mut real = self.pace.real(left);
        // Rounded up, or the machine would be woken a nanosecond before there is anything to do, again and again.
        if self.pace.scripted(real) < left {
            real = real.saturating_add(SignedDuration::from_nanos(1));
        }
        Some(segment.from.checked_add(real).unwrap_or(Timestamp::MAX))
    }

    pub(super) fn runs(&self) -> bool {
        self.last().runs
    }

    pub(super) fn stand(&mut self, now: Timestamp) {
        let script = self.script(now);
        self.segments.push(Segment { from: now, script, runs: false });
    }

    pub(super) fn go(&mut self, now: Timestamp) {
        let script = self.script(now);
        self.segments.push(Segment { from: now, script, runs: true });
    }

    /// The machine's clock was moved: what it would have shown at `at` it shows `by` later. The script does not notice.
    pub(super) fn shift(&mut self, at: Timestamp, by: SignedDuration) {
        let (script, runs) = (self.script(at), self.runs());
        self.segments.push(Segment { from: at.saturating_add(by).unwrap_or(at), script, runs });
    }

    /// The times during which the script stood still.
    pub(crate) fn gaps(&self) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = Vec::new();
        for segment in &self.segments {
            match gaps.last_mut() {
                Some(gap) if gap.to.is_none() && segment.runs => gap.to = Some(segment.from),
                // Its machine's clock was moved meanwhile.
                Some(gap) if gap.to.is_none() => {}
                _ if !segment.runs => gaps.push(Gap { from: segment.from, to: None }),
                _ => {}
            }
        }
        gaps
    }

    fn last(&self) -> Segment {
        *self.segments.last().expect("a clock starts with one segment and none is ever taken away")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + seconds).unwrap()
    }

    #[test]
    fn stands_still_in_a_pause_and_runs_at_its_pace() {
        let mut clock = ScriptClock::start(Pace::new(60).unwrap(), at(0));
        clock.stand(at(10));
        clock.go(at(100));
        for (real, script) in [(-5, 0), (0, 0), (10, 600), (50, 600), (100, 600), (101, 660)] {
            assert_eq!(clock.script(at(real)), SignedDuration::from_secs(script), "{real}");
        }
        assert_eq!(clock.real(SignedDuration::from_secs(660)), Some(at(101)));
        assert_eq!(clock.gaps(), [Gap { from: at(10), to: Some(at(100)) }]);
    }

    #[test]
    fn it_does_not_notice_that_the_machines_clock_was_moved() {
        for by in [3_600, -3_600, -4] {
            let mut clock = ScriptClock::start(Pace::REAL, at(0));
            clock.shift(at(100), SignedDuration::from_secs(by));
            assert_eq!(clock.script(at(by + 130)), SignedDuration::from_secs(130), "{by}");
            assert_eq!(clock.real(SignedDuration::from_secs(200)), Some(at(by + 200)), "{by}");
            clock.stand(at(by + 300));
            clock.shift(at(by + 400), SignedDuration::from_secs(-by));
            assert_eq!(clock.script(at(500)), SignedDuration::from_secs(300), "{by}");
            assert_eq!(clock.gaps(), [Gap { from: at(by + 300), to: None }], "{by}");
        }
    }

    #[test]
    fn an_alarm_never_rings_too_early() {
        for factor in [1, 3, 7, 60, 999, 3600] {
            let clock = ScriptClock::start(Pace::new(factor).unwrap(), at(0));
            for nanos in [1, 2, 999, 1_000_000_007, 7_199_999_999_999] {
                let script = SignedDuration::from_nanos(nanos);
                assert!(clock.script(clock.real(script).unwrap()) >= script, "{factor} {nanos}");
            }
        }
    }
}
