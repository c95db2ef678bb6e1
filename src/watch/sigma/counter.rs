//! Correlations at work: which window an event counts in, and what follows from it.
//!
//! Every correlation has one window for each realm and each combination of the values it groups by. Values that differ
//! in letter case only are the same, as everywhere in Sigma. Values never get into a window as text, because they may
//! name people: only a keyed hash does. Numbers that are reckoned with are there as numbers.

use std::sync::Arc;

use jiff::Timestamp;

use super::correlation::Kind;
use super::engine::Match;
use super::fields::View;
use super::matcher::{Field, Number, with_text};
use super::memory::{Key as WindowKey, Memory};
use super::pattern::folded;
use super::rule::Rule;
use super::window::{Counted, Counting};
use super::witness::Witness;
use crate::base::realm::Realm;
use crate::base::seal::{Key, Seal};
use crate::watch::event::Value;

/// A correlation, its references followed.
#[derive(Debug)]
pub(super) struct Counter {
    pub(super) rule: Arc<Rule>,
    /// The names it groups by, as shown with a match.
    pub(super) group_by: Vec<String>,
    /// What is counted, in the order of its `rules`.
    pub(super) bases: Vec<Base>,
    /// The correlations that count this one.
    pub(super) feeds: Vec<Feed>,
}

/// One of the rules that a correlation counts.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) group_by: Vec<Origin>,
    pub(super) values: Vec<Origin>,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    /// A field of the event.
    Field(Field),
    /// What the counted correlation itself groups by.
    Group(usize),
}

/// A correlation to tell about a match, and the place of the matching rule in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feed {
    pub(super) correlation: usize,
    pub(super) base: usize,
    /// Whether a correlation is told of once, when its bounds are reached, and not of every event while they hold.
    pub(super) once: bool,
}

/// The event that is being looked at.
#[derive(Clone, Copy)]
pub(super) struct Occasion<'a> {
    pub(super) realm: Realm,
    pub(super) view: View<'a>,
}

impl Occasion<'_> {
    fn time(self) -> Timestamp {
        self.view.event.time
    }
}

/// All correlations and what they remember.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) all: Vec<Counter>,
    /// How each of them counts.
    pub(super) countings: Vec<Counting>,
    /// The name of each of them on disk, which changes with its meaning.
    pub(super) names: Vec<String>,
    pub(super) memory: Memory,
    pub(super) key: Option<Key>,
    /// Notes what is counted, where somebody asked why a correlation matches or not.
    pub(super) witness: Option<Box<Witness>>,
}

impl Counters {
    /// Tells a correlation of a match of one of its rules; `groups` are the values that rule grouped by.
    pub(super) fn feed(&mut self, feed: Feed, occasion: Occasion<'_>, groups: &[String], matches: &mut Vec<Match>) {
        let counter = &self.all[feed.correlation];
        let base = &counter.bases[feed.base];
        let texts = |origins: &[Origin]| -> Option<Vec<String>> {
            origins.iter().map(|origin| origin.text(occasion.view, groups)).collect()
        };
        let Some(group) = texts(&base.group_by) else {
            return self.witness.iter_mut().for_each(|witness| witness.lacks_group(feed));
        };
        let lacks_value = |witness: &mut Box<Witness>| witness.lacks_value(feed);
        let what = match self.countings[feed.correlation].kind {
            Kind::Events => 0,
            Kind::Rules | Kind::Steps => feed.base as u64,
            Kind::Values => match texts(&base.values) {
                Some(values) => half(self.number(&values)),
                None => return self.witness.iter_mut().for_each(lacks_value),
            },
            Kind::Sum | Kind::Mean | Kind::Median | Kind::Percentile(_) => {
                match base.values.first().and_then(|origin| origin.number(occasion.view, groups)) {
                    Some(number) => number.to_bits(),
                    None => return self.witness.iter_mut().for_each(lacks_value),
                }
            }
        };
        let correlation = u32::try_from(feed.correlation).expect("there are fewer than four thousand million rules");
        let key = WindowKey { correlation, realm: occasion.realm, group: self.number(&group) };
        let time = occasion.time().as_millisecond();
        let outcome = self.memory.count(&self.countings, key, time, what);
        if let Some(witness) = &mut self.witness {
            let size = self.memory.size(&self.countings, key);
            witness.counted(feed, &group, occasion.time(), size, outcome);
        }
        if !matches!(outcome, Counted::Reached | Counted::Still) {
            return;
        }
        let reached = outcome == Counted::Reached;
        let counter = &self.all[feed.correlation];
        if reached && counter.rule.emits {
            let subject = counter.group_by.iter().cloned().zip(group.iter().cloned()).collect();
            matches.push(Match { rule: Arc::clone(&counter.rule), time: occasion.time(), subject });
        }
        for index in 0..self.all[feed.correlation].feeds.len() {
            let next = self.all[feed.correlation].feeds[index];
            if reached || !next.once {
                self.feed(next, occasion, &group, matches);
            }
        }
    }

    /// A number that stands for texts without telling them.
    fn number(&self, texts: &[String]) -> u128 {
        let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
        let parts: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        let Seal(seal) = Seal::of(&parts);
        match &self.key {
            Some(key) => u128::from_str_radix(&key.sign(&seal), 16).expect("a signature is 32 hexadecimal digits"),
            None => u128::from_be_bytes(*seal.first_chunk().expect("a seal has 32 bytes")),
        }
    }
}

/// Half of a number that stands for texts: enough to tell the values of one window apart.
fn half(number: u128) -> u64 {
    u64::try_from(number >> 64).expect("half of 128 bits are 64")
}

impl Origin {
    /// The value as text. Of several values of one field, the first counts.
    fn text(self, view: View<'_>, groups: &[String]) -> Option<String> {
        match self {
            Self::Field(field) => view.values(field).find_map(first_text),
            Self::Group(index) => groups.get(index).cloned(),
        }
    }

    /// The value as a number. Of several values of one field, the first that is a number counts.
    fn number(self, view: View<'_>, groups: &[String]) -> Option<f64> {
        match self {
            Self::Field(field) => view.values(field).find_map(first_number),
            Self::Group(index) => Number::parse(groups.get(index)?)?.amount(),
        }
    }
}

/// The first number of a value, however deep in lists.
fn first_number(value: &Value) -> Option<f64> {
    match value {
        Value::List(items) => items.iter().find_map(first_number),
        _ => Number::of(value)?.amount(),
    }
}

/// The first text of a value, however deep in lists.
pub(super) fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::List(items) => items.iter().find_map(first_text),
        _ => with_text(value, str::to_owned),
    }
}
