//! What a correlation asks for and what it counted, as it was noted (`correlate::trace`).

use serde::Serialize;

use crate::base::id::RuleId;
use crate::base::redact::Clean;
use crate::watch::sigma::correlate::counter::{Counter, Counters, Feed};
pub use crate::watch::sigma::correlate::trace::Tally;
use crate::watch::sigma::correlate::trace::{Notes, Trace};
use crate::watch::sigma::engine::Engine;
use crate::watch::sigma::rule::measure::{Bound, COMPARES, Kind, TYPES};

/// What a correlation asks for, and what it counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Counting {
    /// The correlation.
    pub(crate) rule: RuleId,
    /// Its type, as written.
    pub(crate) kind: &'static str,
    /// The rules it counts.
    pub(crate) rules: Vec<RuleId>,
    /// What it groups by.
    pub(crate) group_by: Vec<String>,
    /// The timespan in seconds.
    pub(crate) timespan: i64,
    /// What the count is compared with: the word as written, such as `gte`, and the number.
    pub(crate) condition: Vec<(&'static str, f64)>,
    /// The groups: those that matched first, then those that came nearest. Their values are redacted.
    pub(crate) groups: Vec<(Vec<Clean>, Tally)>,
    /// How many events of further groups were counted but not noted.
    pub(crate) beyond: u64,
    /// How many events were not counted for want of a field that is grouped by.
    pub(crate) lack_group: u64,
    /// How many were not counted for want of the value that is counted.
    pub(crate) lack_value: u64,
}

impl Engine {
    /// Notes from now on what the correlation called `rule`, and those that it counts, count.
    pub(crate) fn observe(&mut self, rule: &RuleId) {
        let of = self.counters.below(rule).into_iter().map(|number| (number, Notes::default())).collect();
        self.counters.trace = Some(Box::new(Trace { of }));
    }

    /// What was noted since [`Engine::observe`]: the correlation asked for first.
    pub(crate) fn observed(&self) -> Vec<Counting> {
        let Some(trace) = &self.counters.trace else { return Vec::new() };
        trace.of.iter().rev().map(|(number, notes)| self.counting(*number, notes)).collect()
    }

    /// The rules over single events that the correlation called `rule` counts, directly or not; `rule` itself where it
    /// is no correlation.
    pub(crate) fn bases(&self, rule: &RuleId) -> Vec<RuleId> {
        let correlations = self.counters.below(rule);
        let feeds = |feeds: &[Feed]| feeds.iter().any(|feed| correlations.contains(&feed.correlation));
        let counted = self.singles.iter().filter(|single| single.rule.id == *rule || feeds(&single.feeds));
        counted.map(|single| single.rule.id.clone()).collect()
    }

    fn counting(&self, number: usize, notes: &Notes) -> Counting {
        let (counter, counting) = (&self.counters.all[number], &self.counters.countings[number]);
        let mut groups: Vec<_> = notes.groups.values().cloned().collect();
        groups.sort_by(|(_, a), (_, b)| b.matched.cmp(&a.matched).then(b.highest.total_cmp(&a.highest)));
        let feeds = |feeds: &[Feed]| feeds.iter().any(|feed| feed.correlation == number);
        let events = self.singles.iter().filter(|single| feeds(&single.feeds)).map(|single| &single.rule);
        let others = self.counters.all.iter().filter(|counter| feeds(&counter.feeds)).map(|counter| &counter.rule);
        Counting {
            rule: counter.rule.id.clone(),
            kind: kind_word(counting.kind),
            rules: events.chain(others).map(|rule| rule.id.clone()).collect(),
            group_by: counter.group_by.clone(),
            timespan: counting.timespan / 1_000,
            condition: counting.bounds.iter().map(written).collect(),
            groups,
            beyond: notes.beyond,
            lack_group: notes.lack_group,
            lack_value: notes.lack_value,
        }
    }
}

impl Counters {
    /// The number of the correlation called `rule`, and of all those that it counts.
    fn below(&self, rule: &RuleId) -> Vec<usize> {
        let mut numbers: Vec<usize> =
            self.all.iter().position(|counter| counter.rule.id == *rule).into_iter().collect();
        let mut looked = 0;
        while let Some(number) = numbers.get(looked).copied() {
            looked += 1;
            let feeds = |counter: &Counter| counter.feeds.iter().any(|feed| feed.correlation == number);
            let lower = self.all.iter().enumerate().filter(|(_, counter)| feeds(counter)).map(|(lower, _)| lower);
            let new: Vec<usize> = lower.filter(|lower| !numbers.contains(lower)).collect();
            numbers.extend(new);
        }
        numbers
    }
}

fn kind_word(kind: Kind) -> &'static str {
    let same = |other: Kind| std::mem::discriminant(&other) == std::mem::discriminant(&kind);
    TYPES.iter().find(|(_, other)| same(*other)).map_or("", |(word, _)| word)
}

fn written(bound: &Bound) -> (&'static str, f64) {
    let word = COMPARES.iter().find(|(_, compare)| *compare == bound.compare).map_or("", |(word, _)| word);
    (word, bound.number)
}
