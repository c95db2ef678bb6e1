//! What one correlation remembers of one group of events: a few times and what happened at them.
//!
//! Memory of one window is bounded whatever comes in: no more is kept than the bounds of the correlation can tell
//! apart, and of the steps of an ordered correlation only those that can still lead somewhere.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::correlation::{Bound, Kind};

/// How a window counts, taken from its correlation.
#[derive(Debug, Clone)]
pub(super) struct Counting {
    pub(super) kind: Kind,
    pub(super) bounds: Vec<Bound>,
    /// In milliseconds.
    pub(super) timespan: i64,
    /// The number of rules that are counted.
    pub(super) rules: usize,
    /// How many marks are kept.
    pub(super) most: usize,
}

/// How many marks of an ordered correlation are kept before those that lead nowhere are looked for.
const STEPS_KEPT: usize = 64;

impl Counting {
    pub(super) fn new(kind: Kind, bounds: Vec<Bound>, timespan: i64, rules: usize) -> Self {
        let highest = bounds.iter().map(|bound| bound.number).max().unwrap_or_default();
        let most = match kind {
            // One more than the highest bound is as good as any higher count.
            Kind::Events | Kind::Values => highest + 1,
            Kind::Rules => rules,
            Kind::Steps => STEPS_KEPT + rules * rules,
        };
        Self { kind, bounds, timespan, rules, most }
    }

    fn holds(&self, count: usize) -> bool {
        self.bounds.iter().all(|bound| bound.holds(count))
    }
}

/// One event that counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    /// In milliseconds since 1970.
    time: i64,
    /// The value that was seen, as a number made from it, or the rule that matched. Zero where events are counted.
    what: u64,
}

/// What counting one event led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// The event is older than anything the window still looks at.
    TooLate,
    /// The bounds do not hold.
    Below,
    /// The bounds hold since this event.
    Reached,
    /// The bounds hold, as they did before.
    Still,
}

/// The window of one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Window {
    /// In the order of time.
    marks: VecDeque<Mark>,
    /// Whether the bounds held at the last event, which was then reported.
    reached: bool,
}

impl Window {
    /// The time of the newest event, where there is one.
    pub(super) fn newest(&self) -> Option<i64> {
        self.marks.back().map(|mark| mark.time)
    }

    /// Counts an event at `time`.
    pub(super) fn count(&mut self, counting: &Counting, time: i64, what: u64) -> Counted {
        let start = self.newest().unwrap_or(time).max(time).saturating_sub(counting.timespan);
        if time < start {
            return Counted::TooLate;
        }
        while self.marks.front().is_some_and(|mark| mark.time < start) {
            self.marks.pop_front();
        }
        self.add(counting, Mark { time, what });
        let reached = counting.holds(self.size(counting));
        let before = std::mem::replace(&mut self.reached, reached);
        match (before, self.reached) {
            (_, false) => Counted::Below,
            (false, true) => Counted::Reached,
            (true, true) => Counted::Still,
        }
    }

    fn add(&mut self, counting: &Counting, mark: Mark) {
        // Of a value or a rule that was seen before, only the newest time matters.
        if matches!(counting.kind, Kind::Values | Kind::Rules)
            && let Some(at) = self.marks.iter().position(|other| other.what == mark.what)
        {
            if self.marks[at].time >= mark.time {
                return;
            }
            self.marks.remove(at);
        }
        let at = self.marks.partition_point(|other| *other <= mark);
        self.marks.insert(at, mark);
        if self.marks.len() > counting.most {
            if counting.kind == Kind::Steps {
                self.forget_detours(counting.rules);
            } else {
                self.marks.pop_front();
            }
        }
    }

    fn size(&self, counting: &Counting) -> usize {
        if counting.kind != Kind::Steps {
            return self.marks.len();
        }
        // Taking each step as early as it can be leaves the most room for the next ones.
        self.marks.iter().fold(0, |step, mark| step + usize::from(mark.what == step as u64))
    }

    /// Takes out every step that comes again before the step behind it does: the later one leads to the same, and
    /// lasts longer. What remains is at most half the square of the number of steps.
    fn forget_detours(&mut self, rules: usize) {
        let mut comes_again = vec![false; rules];
        let mut kept = VecDeque::with_capacity(self.marks.len());
        for mark in self.marks.iter().rev() {
            let step = usize::try_from(mark.what).unwrap_or(usize::MAX);
            if comes_again.get(step).copied().unwrap_or(true) {
                continue;
            }
            comes_again[step] = true;
            if let Some(before) = step.checked_sub(1) {
                comes_again[before] = false;
            }
            kept.push_front(*mark);
        }
        self.marks = kept;
    }
}

/// A window as it is kept on disk. `touched` says when it was used last, counted in events.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(rename = "n")]
    touched: u64,
    #[serde(rename = "on", default, skip_serializing_if = "std::ops::Not::not")]
    reached: bool,
    /// The first time, then the distance of each to the one before.
    #[serde(rename = "t")]
    times: Vec<i64>,
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    what: Vec<u64>,
}

impl Window {
    /// The window as JSON.
    pub(super) fn keep(&self, touched: u64) -> String {
        let mut before = 0;
        let times = self.marks.iter().map(|mark| mark.time - std::mem::replace(&mut before, mark.time)).collect();
        let counts_events = self.marks.iter().all(|mark| mark.what == 0);
        let what = if counts_events { Vec::new() } else { self.marks.iter().map(|mark| mark.what).collect() };
        let kept = Kept { touched, reached: self.reached, times, what };
        serde_json::to_string(&kept).expect("numbers can always be written as JSON")
    }

    /// Reads what [`Window::keep`] wrote. Nothing where it is not what this correlation could have written.
    pub(super) fn read(counting: &Counting, text: &str) -> Option<(u64, Self)> {
        let kept: Kept = serde_json::from_str(text).ok()?;
        if !kept.what.is_empty() && kept.what.len() != kept.times.len() {
            return None;
        }
        let mut marks = VecDeque::with_capacity(kept.times.len());
        let mut time: i64 = 0;
        for (index, distance) in kept.times.iter().enumerate() {
            time = time.checked_add(*distance).filter(|time| Timestamp::from_millisecond(*time).is_ok())?;
            marks.push_back(Mark { time, what: kept.what.get(index).copied().unwrap_or_default() });
        }
        let possible = |mark: &Mark| match counting.kind {
            Kind::Events => mark.what == 0,
            Kind::Values => true,
            Kind::Rules | Kind::Steps => mark.what < counting.rules as u64,
        };
        if !marks.iter().is_sorted() || !marks.iter().all(possible) {
            return None;
        }
        while marks.len() > counting.most {
            marks.pop_front();
        }
        Some((kept.touched, Self { marks, reached: kept.reached }))
    }
}
