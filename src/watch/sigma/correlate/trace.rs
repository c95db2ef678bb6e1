//! What correlations counted, group by group, for whoever asks why one matched or not. Notes and never decides: the
//! counting is that of `window`.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use super::window::Counted;
use crate::base::redact::Clean;
use crate::watch::sigma::matcher::facts::Fact;

/// How many groups are told apart. Whoever writes the logs may choose their names, so there is a bound.
const GROUPS: usize = 10_000;

/// Notes of what is counted.
#[derive(Default)]
pub(crate) struct Trace {
    pub(crate) of: BTreeMap<usize, Notes>,
}

/// The same of one correlation.
#[derive(Default)]
pub(crate) struct Notes {
    /// By their values as they were written: what may be shown of them, and what they came to.
    pub(crate) groups: BTreeMap<Vec<String>, (Vec<Clean>, Tally)>,
    pub(crate) beyond: u64,
    pub(crate) lack_group: u64,
    pub(crate) lack_value: u64,
}

/// What one group came to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Tally {
    /// How many events counted.
    pub events: u64,
    /// The highest that was reached within the timespan.
    pub highest: f64,
    /// The lowest.
    pub lowest: f64,
    /// When the highest was reached first, by the log.
    pub at: Timestamp,
    /// How often the condition became true.
    pub matched: u64,
}

/// An event that counted, and what its window came to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) at: Timestamp,
    pub(crate) size: Option<f64>,
    pub(crate) outcome: Counted,
}

impl fmt::Debug for Trace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Trace({} correlations)", self.of.len())
    }
}

impl Trace {
    fn notes(&mut self, correlation: usize) -> Option<&mut Notes> {
        self.of.get_mut(&correlation)
    }

    pub(crate) fn lacks_group(&mut self, correlation: usize) {
        self.notes(correlation).into_iter().for_each(|notes| notes.lack_group += 1);
    }

    pub(crate) fn lacks_value(&mut self, correlation: usize) {
        self.notes(correlation).into_iter().for_each(|notes| notes.lack_value += 1);
    }

    /// An event counted in the window of `group`, which came to `size`.
    pub(crate) fn counted(&mut self, correlation: usize, group: &[Fact<'_>], count: Count) {
        let Count { at, size, outcome } = count;
        let (Some(notes), Some(size)) = (self.notes(correlation), size) else { return };
        let shown = || group.iter().map(|fact| fact.clean()).collect();
        let group: Vec<String> = group.iter().map(|fact| fact.written.to_owned()).collect();
        if notes.groups.len() >= GROUPS && !notes.groups.contains_key(&group) {
            notes.beyond += 1;
            return;
        }
        let new = Tally { highest: size, lowest: size, at, ..Tally::default() };
        let (_, tally) = notes.groups.entry(group).or_insert_with(|| (shown(), new));
        tally.events += 1;
        tally.matched += u64::from(outcome == Counted::Reached);
        tally.lowest = tally.lowest.min(size);
        if size > tally.highest {
            (tally.highest, tally.at) = (size, at);
        }
    }
}
