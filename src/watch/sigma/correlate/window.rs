//! What one correlation remembers of one group of events: a few times and what happened at them.
//!
//! Memory of one window is bounded whatever comes in: no more is kept than the bounds of the correlation can tell
//! apart, and of the steps of an ordered correlation only those that can still lead somewhere.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::aggregate;
use crate::watch::sigma::rule::correlation::Definition;
use crate::watch::sigma::rule::measure::{Bound, Kind};
use crate::watch::sigma::rule::rule_expression::RuleExpression;

/// How a window counts, taken from its correlation.
#[derive(Debug, Clone)]
pub(crate) struct Counting {
    pub(crate) kind: Kind,
    pub(crate) bounds: Vec<Bound>,
    /// In milliseconds.
    pub(crate) timespan: i64,
    /// The number of rules that are counted.
    pub(crate) rules: usize,
    /// How many marks are kept.
    pub(crate) most: usize,
    /// What is asked for where it is said in words, instead of bounds.
    pub(crate) words: Option<Arc<RuleExpression>>,
    /// For how long a new group learns what is usual, in milliseconds.
    pub(crate) learn: i64,
    /// Whether nothing is grouped by, so that there is one window only.
    pub(crate) alone: bool,
}

/// How many numbers are kept.
const NUMBERS_KEPT: usize = 2_048;

/// How many marks of an ordered correlation are kept before those that lead nowhere are looked for.
const STEPS_KEPT: usize = 64;

/// What only remembers moments, and may be waited for, is kept for so many times as long as it counts.
const WAITS: i64 = 4;

impl Counting {
    pub(crate) fn new(kind: Kind, bounds: Vec<Bound>, timespan: i64, rules: usize) -> Self {
        let most = match kind {
            // One more than the highest bound is as good as any higher count.
            Kind::Events | Kind::Values => highest(&bounds) + 1,
            Kind::Rules => rules,
            Kind::Steps => STEPS_KEPT + rules * rules,
            Kind::Sum | Kind::Mean | Kind::Median | Kind::Percentile(_) => NUMBERS_KEPT,
            Kind::Absence | Kind::FirstSeen => 2,
        };
        Self { kind, bounds, timespan, rules, most, words: None, learn: 0, alone: false }
    }

    /// How a correlation counts over so many rules.
    pub(crate) fn of(definition: &Definition, rules: usize) -> Self {
        let Definition { kind, bounds, timespan, words, learn, group_by, .. } = definition;
        let plain = Self::new(*kind, bounds.clone(), *timespan, rules);
        let most = if words.is_some() && *kind == Kind::Steps { STEPS_KEPT + (1 << rules) } else { plain.most };
        Self { most, words: words.clone(), learn: *learn, alone: group_by.is_empty(), ..plain }
    }

    /// For how long a window means something after its newest event.
    pub(crate) fn lasts(&self, window: &Window) -> i64 {
        match self.kind {
            Kind::Absence if self.alone => i64::MAX,
            // Longer than a value, so that who comes back after a long time does not have to learn first.
            Kind::FirstSeen if window.len() < 2 => self.timespan,
            Kind::Absence | Kind::FirstSeen => self.timespan.saturating_mul(WAITS),
            _ => self.timespan,
        }
    }

    fn holds(&self, count: f64) -> bool {
        self.bounds.iter().all(|bound| bound.holds(count))
    }

    /// Whether what is asked for holds where nothing happens.
    fn holds_of_nothing(&self) -> bool {
        !self.kind.reckons() && self.words.is_none() && self.holds(0.0)
    }
}

/// The highest number that a count is compared with.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts are bounded by what can be written"
)]
fn highest(bounds: &[Bound]) -> usize {
    bounds.iter().map(|bound| bound.number).fold(0.0, f64::max) as usize
}

/// One event that counted, or several whose numbers were put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    /// In milliseconds since 1970.
    time: i64,
    /// The value that was seen, as a number made from it, or the rule that matched. Zero where events are counted.
    /// Where numbers are reckoned with, the bits of the number.
    what: u64,
    /// How many events it stands for.
    events: u64,
}

/// What counting one event led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
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
pub(crate) struct Window {
    /// In the order of time.
    marks: VecDeque<Mark>,
    /// Whether the bounds held at the last event, which was then reported.
    pub(crate) reached: bool,
    /// How many events were counted since a match was given last.
    untold: u64,
    /// The values of the group, where they must be named although nothing happens; names and values of what a match was
    /// about, where nothing is grouped by. Without identifiers.
    pub(crate) told: Option<Box<[String]>>,
}

/// What a match of a correlation stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many events that no match before stood for.
    pub(crate) events: u64,
    /// When the first of those happened that the window still looks at.
    pub(crate) began: i64,
}

impl Window {
    /// A window that remembers nothing but these moments, the earliest first.
    pub(crate) fn of_times(times: &[i64], reached: bool) -> Self {
        let marks = times.iter().map(|time| Mark { time: *time, what: 0, events: 1 }).collect();
        let window = Self { marks, reached, ..Self::default() };
        Self { untold: window.usually_untold(), ..window }
    }

    /// The same window, with the values of its group.
    pub(crate) fn telling(self, told: Option<Box<[String]>>) -> Self {
        Self { told, ..self }
    }

    /// How many marks it holds.
    pub(crate) fn len(&self) -> usize {
        self.marks.len()
    }

    /// The time of the oldest event, where there is one.
    pub(crate) fn oldest(&self) -> Option<i64> {
        self.marks.front().map(|mark| mark.time)
    }

    /// The time of the newest event, where there is one.
    pub(crate) fn newest(&self) -> Option<i64> {
        self.marks.back().map(|mark| mark.time)
    }

    /// How many events it remembers.
    fn events(&self) -> u64 {
        self.marks.iter().map(|mark| mark.events).sum()
    }

    /// What a match that is given now stands for.
    pub(crate) fn tally(&mut self, time: i64) -> Tally {
        let untold = std::mem::take(&mut self.untold);
        // Nearly always the one event that was just counted.
        let events = if untold <= 1 { 1 } else { untold.min(self.events()).max(1) };
        Tally { events, began: self.oldest().unwrap_or(time).min(time) }
    }

    /// Counts an event at `time`.
    pub(crate) fn count(&mut self, counting: &Counting, time: i64, what: u64) -> Counted {
        let start = self.newest().unwrap_or(time).max(time).saturating_sub(counting.timespan);
        if time < start {
            return Counted::TooLate;
        }
        while self.marks.front().is_some_and(|mark| mark.time < start) {
            self.marks.pop_front();
        }
        if self.marks.is_empty() && !counting.holds_of_nothing() {
            self.reached = false;
        }
        self.untold += 1;
        self.add(counting, Mark { time, what, events: 1 });
        let reached = self.holds(counting);
        if !reached {
            self.told = None;
        }
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
        self.insert(mark);
        if self.marks.len() > counting.most {
            match counting.kind {
                Kind::Steps if counting.words.is_some() => self.forget_shadows(counting.rules),
                Kind::Steps => self.forget_detours(counting.rules),
                Kind::Sum | Kind::Mean => self.put_together(),
                _ => drop(self.marks.pop_front()),
            }
        }
    }

    fn insert(&mut self, mark: Mark) {
        // Most events come in the order of their times.
        if self.marks.back().is_none_or(|newest| *newest <= mark) {
            return self.marks.push_back(mark);
        }
        let at = self.marks.partition_point(|other| *other <= mark);
        self.marks.insert(at, mark);
    }

    /// Whether what the correlation asks for holds.
    fn holds(&self, counting: &Counting) -> bool {
        let steps = || self.marks.iter().map(|mark| mark.what);
        match (&counting.words, counting.kind) {
            (Some(words), Kind::Steps) => words.hold_in_order(steps),
            (Some(words), _) => words.hold(&|rule| steps().any(|step| step == rule as u64)),
            (None, _) => counting.holds(self.size(counting)),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "windows hold far fewer marks than a fraction can count")]
    pub(crate) fn size(&self, counting: &Counting) -> f64 {
        let numbers = self.marks.iter().map(|mark| f64::from_bits(mark.what));
        match counting.kind {
            Kind::Events | Kind::Values | Kind::Rules | Kind::Absence | Kind::FirstSeen => self.marks.len() as f64,
            // Taking each step as early as it can be leaves the most room for the next ones.
            Kind::Steps => self.marks.iter().fold(0_u64, |step, mark| step + u64::from(mark.what == step)) as f64,
            Kind::Sum => aggregate::sum(numbers),
            Kind::Mean => aggregate::sum(numbers) / self.events() as f64,
            Kind::Median => aggregate::percentile(numbers, 50_000),
            Kind::Percentile(thousandths) => aggregate::percentile(numbers, thousandths),
        }
    }

    /// Makes one mark of the two that are nearest in time, as old as the younger of them: the sum stays what it is, and
    /// leaves the window a little late.
    fn put_together(&mut self) {
        let distance = |at: usize| self.marks[at + 1].time - self.marks[at].time;
        let nearest = (0..self.marks.len().saturating_sub(1)).min_by_key(|at| distance(*at));
        let taken = nearest.and_then(|at| Some((self.marks.remove(at + 1)?, self.marks.remove(at)?)));
        let Some((younger, older)) = taken else {
            debug_assert!(false, "a full window has marks to put together");
            return;
        };
        let sum = aggregate::sum([older.what, younger.what].into_iter().map(f64::from_bits));
        self.insert(Mark { time: younger.time, what: sum.to_bits(), events: older.events + younger.events });
    }

    /// Takes out every step that comes again before the step behind it does: the later one leads to the same, and
    /// lasts longer. What remains is at most half the square of the number of steps.
    fn forget_detours(&mut self, rules: usize) {
        self.forget_again(rules, |step| step.saturating_sub(1)..step);
    }

    /// Takes out every step that comes again before any later step does: whatever the first of the two is part of, the
    /// second is too. What remains is less than two to the power of the number of steps.
    fn forget_shadows(&mut self, rules: usize) {
        self.forget_again(rules, |step| 0..step);
    }

    /// Takes out every step that comes again before a step comes of which it is one of those `before`.
    fn forget_again(&mut self, rules: usize, before: impl Fn(usize) -> Range<usize>) {
        let mut comes_again = vec![false; rules];
        let mut kept = VecDeque::with_capacity(self.marks.len());
        for mark in self.marks.iter().rev() {
            let step = usize::try_from(mark.what).unwrap_or(usize::MAX);
            if comes_again.get(step).copied().unwrap_or(true) {
                continue;
            }
            comes_again[step] = true;
            comes_again[before(step)].fill(false);
            kept.push_front(*mark);
        }
        self.marks = kept;
    }
}

/// No honest count of events gets this far.
const LAST: u64 = 1 << 40;

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
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    events: Vec<u64>,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    told: Option<Box<[String]>>,
    /// Where it is another number than nearly always: none while the bounds hold, else all.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    untold: Option<u64>,
}

impl Window {
    /// The window as JSON.
    pub(crate) fn keep(&self, touched: u64) -> String {
        let mut before = 0;
        let times = self.marks.iter().map(|mark| mark.time - std::mem::replace(&mut before, mark.time)).collect();
        let counts_events = self.marks.iter().all(|mark| mark.what == 0);
        let what = if counts_events { Vec::new() } else { self.marks.iter().map(|mark| mark.what).collect() };
        let single = self.marks.iter().all(|mark| mark.events == 1);
        let events = if single { Vec::new() } else { self.marks.iter().map(|mark| mark.events).collect() };
        let untold = Some(self.untold.min(self.events())).filter(|untold| *untold != self.usually_untold());
        let kept = Kept { touched, reached: self.reached, times, what, events, told: self.told.clone(), untold };
        serde_json::to_string(&kept).expect("numbers can always be written as JSON")
    }

    /// How many events no match stood for, where nothing else is known.
    fn usually_untold(&self) -> u64 {
        if self.reached { 0 } else { self.events() }
    }

    /// Reads what [`Window::keep`] wrote. Nothing where it is not what this correlation could have written.
    pub(crate) fn read(counting: &Counting, text: &str) -> Option<(u64, Self)> {
        let kept: Kept = serde_json::from_str(text).ok()?;
        let complete = |list: &[u64]| list.is_empty() || list.len() == kept.times.len();
        if !complete(&kept.what) || !complete(&kept.events) {
            return None;
        }
        let mut marks = VecDeque::with_capacity(kept.times.len());
        let mut time: i64 = 0;
        for (index, distance) in kept.times.iter().enumerate() {
            time = time.checked_add(*distance).filter(|time| Timestamp::from_millisecond(*time).is_ok())?;
            let what = kept.what.get(index).copied().unwrap_or_default();
            marks.push_back(Mark { time, what, events: kept.events.get(index).copied().unwrap_or(1) });
        }
        let together = matches!(counting.kind, Kind::Sum | Kind::Mean);
        let possible = |mark: &Mark| match counting.kind {
            _ if !(1..LAST).contains(&mark.events) || (mark.events > 1 && !together) => false,
            kind if kind.reckons() => f64::from_bits(mark.what).is_finite(),
            Kind::Events | Kind::Absence | Kind::FirstSeen => mark.what == 0,
            Kind::Rules | Kind::Steps => mark.what < counting.rules as u64,
            _ => true,
        };
        if !marks.iter().is_sorted() || !marks.iter().all(possible) {
            return None;
        }
        while marks.len() > counting.most {
            marks.pop_front();
        }
        let window = Self { marks, reached: kept.reached, told: kept.told, untold: 0 };
        let untold = kept.untold.map_or_else(|| window.usually_untold(), |untold| untold.min(window.events()));
        Some((kept.touched, Self { untold, ..window }))
    }
}
