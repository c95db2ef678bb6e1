//! Correlations at work: which window an event counts in, and what follows from it.
//!
//! Every correlation has one window for each realm and each combination of the values it groups by. Values that differ
//! in letter case only are the same, as everywhere in Sigma. Values never get into a window as text, because they may
//! name people: only a keyed hash does. Numbers that are reckoned with are there as numbers.

use std::sync::Arc;

use jiff::Timestamp;

use super::annotation;
use super::memory::Memory;
use super::trace::{Count, Trace};
use super::window::{Counted, Counting, Tally};
use super::window_store::{About, Key as WindowKey};
use crate::base::realm::Realm;
use crate::base::redact::{Clean, class_of};
use crate::watch::record::Field;
use crate::watch::sigma::keyed_hash::KeyedHash;
use crate::watch::sigma::matched::Match;
use crate::watch::sigma::matcher::facts::{Fact, Facts, Wanted};
use crate::watch::sigma::rule::Rule;
use crate::watch::sigma::rule::measure::Kind;
use crate::watch::sigma::view::number::Number;
use crate::watch::sigma::witness::{Nobody, Witness};
use crate::watch::tie;

/// A correlation, its references followed.
#[derive(Debug)]
pub(crate) struct Counter {
    pub(crate) rule: Arc<Rule>,
    /// The names it groups by, as shown with a match.
    pub(crate) group_by: Vec<String>,
    /// The names of the fields whose values it looks at.
    pub(crate) values: Vec<String>,
    /// What is counted, in the order of its `rules`.
    pub(crate) bases: Vec<Base>,
    /// The correlations that count this one.
    pub(crate) feeds: Vec<Feed>,
}

/// One of the rules that a correlation counts.
#[derive(Debug)]
pub(crate) struct Base {
    pub(crate) group_by: Vec<Origin>,
    pub(crate) values: Vec<Origin>,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin {
    /// A field of the event.
    Field(Field),
    /// What the counted correlation itself groups by.
    Group(usize),
}

/// A correlation to tell about a match, and the place of the matching rule in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Feed {
    pub(crate) correlation: usize,
    pub(crate) base: usize,
    /// Whether a correlation is told of once, when its bounds are reached, and not of every event while they hold.
    pub(crate) once: bool,
}

/// The event that is being counted.
#[derive(Clone, Copy)]
pub(crate) struct Occasion<'a> {
    pub(crate) realm: Realm,
    pub(crate) time: Timestamp,
    /// How often it happened.
    pub(crate) times: u32,
    pub(crate) facts: &'a Facts,
    /// The values that the rule which matched grouped by; none where it looks at single events.
    pub(crate) groups: &'a [Fact<'a>],
    /// The event, for whoever asks who takes part.
    pub(crate) witness: &'a dyn Witness,
}

/// All correlations and what they remember.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) all: Vec<Counter>,
    /// How each of them counts.
    pub(crate) countings: Vec<Counting>,
    /// The name of each of them on disk, which changes with its meaning.
    pub(crate) names: Vec<String>,
    pub(crate) memory: Memory,
    pub(crate) keyed_hash: KeyedHash,
    /// Notes what is counted, where somebody asked why a correlation matches or not.
    pub(crate) trace: Option<Box<Trace>>,
}

impl Counters {
    /// Tells a correlation of a match of one of its rules.
    pub(crate) fn feed(&mut self, feed: Feed, occasion: Occasion<'_>, matches: &mut Vec<Match>) {
        let counter = &self.all[feed.correlation];
        let base = &counter.bases[feed.base];
        // Most correlations group by one or two fields.
        let mut group: Vec<Fact<'_>> = Vec::with_capacity(base.group_by.len());
        for origin in &base.group_by {
            let Some(fact) = origin.get(occasion) else {
                return self.trace.iter_mut().for_each(|trace| trace.lacks_group(feed.correlation));
            };
            group.push(fact);
        }
        let Some(what) = self.what(feed, base, occasion, &group) else {
            return self.trace.iter_mut().for_each(|trace| trace.lacks_value(feed.correlation));
        };
        let correlation = u32::try_from(feed.correlation).expect("there are fewer than four thousand million rules");
        let number = self.keyed_hash.number(group.iter().map(|fact| fact.written));
        let key = WindowKey { correlation, realm: occasion.realm, group: number };
        let time = occasion.time.as_millisecond();
        let outcome = match self.countings[feed.correlation].kind {
            Kind::Absence => {
                let told: Vec<String> = Counter::told(&group);
                self.memory.expect(&self.countings, key, time, told);
                return;
            }
            Kind::FirstSeen if self.memory.is_new(&self.countings, key, what, time) => Counted::Reached,
            Kind::FirstSeen => return,
            _ => self.memory.count_times(&self.countings, key, (time, occasion.times), half(what)),
        };
        if let Some(trace) = &mut self.trace {
            let size = self.memory.size(&self.countings, key);
            trace.counted(feed.correlation, &group, Count { at: occasion.time, size, outcome });
        }
        let reached = match outcome {
            Counted::Reached => true,
            Counted::Still => false,
            Counted::TooLate | Counted::Below => return,
        };
        if counter.rule.emits {
            let found = Found { key, what, group: &group, goes_on: !reached };
            matches.push(self.found(feed, occasion, &found));
        }
        self.pass_on(feed.correlation, reached, Occasion { groups: &group, ..occasion }, matches);
    }

    /// The match of a correlation, and what its window knows of it.
    fn found(&mut self, feed: Feed, occasion: Occasion<'_>, found: &Found<'_>) -> Match {
        let Found { key, goes_on, .. } = *found;
        let time = occasion.time.as_millisecond();
        let tally = match self.countings[feed.correlation].kind {
            // Its windows remember values, not events.
            Kind::FirstSeen => Tally { events: 1, began: time },
            _ => self.memory.tally(key, time),
        };
        // What goes on is about whom it was about: of an attack nearly every event is such a one.
        let told = if goes_on { self.memory.last_told(key) } else { None };
        let About { subject, whose } = told.unwrap_or_else(|| {
            let about = self.about(feed, occasion, found);
            self.memory.remember_told(key, &about);
            about
        });
        let began = Timestamp::from_millisecond(tally.began).unwrap_or(occasion.time);
        let rule = &self.all[feed.correlation].rule;
        Match { events: tally.events, began, goes_on, whose, ..Match::new(rule, occasion.time, subject) }
    }

    /// Who or what a match is about, as it may be shown.
    fn about(&mut self, feed: Feed, occasion: Occasion<'_>, found: &Found<'_>) -> About {
        let (counter, key) = (&self.all[feed.correlation], found.key);
        let (mut subject, is_covered) = named(&counter.group_by, found.group);
        let mut whose = is_covered.then_some(key.group);
        if self.countings[feed.correlation].kind == Kind::FirstSeen {
            let values = counter.bases[feed.base].values.iter();
            let values: Vec<Fact<'_>> = values.filter_map(|origin| origin.get(occasion)).collect();
            let (seen, is_covered) = named(&counter.values, &values);
            // The number of what was seen is that of the group and the values.
            whose = if is_covered { Some(found.what) } else { whose };
            subject.extend(seen);
        }
        if subject.is_empty() {
            // What is counted over everybody is one for as long as it goes on, whoever is met on the way.
            let before = self.memory.about(key).filter(|_| found.goes_on);
            subject = before.unwrap_or_else(|| tie::subject(occasion.witness.parties()));
            self.memory.note_about(key, &subject);
        }
        for (_, value) in &mut subject {
            *value = tie::presented(value);
        }
        About { subject: subject.into(), whose }
    }

    /// Tells the correlations that count this one.
    fn pass_on(&mut self, correlation: usize, reached: bool, occasion: Occasion<'_>, matches: &mut Vec<Match>) {
        for index in 0..self.all[correlation].feeds.len() {
            let next = self.all[correlation].feeds[index];
            if reached || !next.once {
                self.feed(next, occasion, matches);
            }
        }
    }

    /// What is counted of an event, as a number; nothing where it lacks it.
    fn what(&self, feed: Feed, base: &Base, occasion: Occasion<'_>, group: &[Fact<'_>]) -> Option<u128> {
        let texts = || base.values.iter().map(|origin| origin.get(occasion).map(|fact| fact.written));
        let complete = || texts().all(|text| text.is_some());
        Some(match self.countings[feed.correlation].kind {
            Kind::Events | Kind::Absence => 0,
            Kind::Rules | Kind::Steps => (feed.base as u128) << 64,
            Kind::Values => complete().then(|| self.keyed_hash.number(texts().flatten()))?,
            // One text more than the group has keeps the two apart.
            Kind::FirstSeen => {
                let group = group.iter().map(|fact| fact.written);
                complete().then(|| self.keyed_hash.number(group.chain(texts().flatten())))?
            }
            Kind::Sum | Kind::Mean | Kind::Median | Kind::Percentile(_) => {
                let number = base.values.first()?.number(occasion)?;
                u128::from(number.to_bits()) << 64
            }
        })
    }

    /// Tells a realm what time it is: before anything of that moment is counted.
    pub(crate) fn look(&mut self, realm: Realm, now: Timestamp) {
        let ungrouped = self.keyed_hash.number(std::iter::empty());
        self.memory.look(&self.countings, realm, now.as_millisecond(), ungrouped);
    }

    /// What did not come up to the instant that the realm was told last.
    pub(crate) fn missed(&mut self, realm: Realm) -> Vec<Match> {
        let mut matches = Vec::new();
        for missed in self.memory.missed(&self.countings, realm) {
            let correlation = missed.key.correlation as usize;
            let counter = &self.all[correlation];
            let Ok(time) = Timestamp::from_millisecond(missed.time) else {
                debug_assert!(false, "what was missed was due at a time that there is: {missed:?}");
                continue;
            };
            let who = if missed.all.is_some() { &[][..] } else { missed.who.first().map_or(&[][..], |who| &**who) };
            // Of who is missed, only what may be shown was kept.
            let who: Vec<Clean> =
                who.iter().zip(&counter.group_by).map(|(shown, name)| Clean::in_class(class_of(name), shown)).collect();
            let who: Vec<Fact<'_>> = who.iter().map(Fact::kept).collect();
            if counter.rule.emits {
                let (subject, _) = named(&counter.group_by, &who);
                let (ties, note) = (tie::ties(&subject, &[]), annotation::of(&missed));
                matches.push(Match { ties, note, ..Match::new(&counter.rule, time, subject) });
            }
            // Of nobody in particular, nothing can be counted for anybody.
            if missed.all.is_none() || counter.group_by.is_empty() {
                let occasion =
                    Occasion { realm, time, times: 1, facts: &Facts::default(), groups: &who, witness: &Nobody };
                self.pass_on(correlation, true, occasion, &mut matches);
            }
        }
        matches
    }

    /// The fields that the correlations behind `feeds` need of an event, those that count them in turn too.
    pub(crate) fn wanted(&self, feeds: &[Feed]) -> Wanted {
        let mut wanted = Wanted::default();
        let mut waiting = feeds.to_vec();
        let mut seen: Vec<(usize, usize)> = Vec::new();
        while let Some(Feed { correlation, base, .. }) = waiting.pop() {
            if seen.contains(&(correlation, base)) {
                continue;
            }
            seen.push((correlation, base));
            let counter = &self.all[correlation];
            let reckons = self.countings[correlation].kind.reckons();
            let Base { group_by, values } = &counter.bases[base];
            group_by.iter().filter_map(|origin| origin.field()).for_each(|field| wanted.text(field));
            for field in values.iter().filter_map(|origin| origin.field()) {
                if reckons { wanted.number(field) } else { wanted.text(field) }
            }
            waiting.extend(&counter.feeds);
        }
        wanted
    }
}

impl Counter {
    /// The values of a group as they may be kept: who is missed must be named when nothing names them any more, but
    /// identifiers of patients are not written anywhere.
    fn told(group: &[Fact<'_>]) -> Vec<String> {
        group.iter().map(|fact| fact.clean().to_string()).collect()
    }
}

/// A match of a correlation before its window was asked.
struct Found<'a> {
    key: WindowKey,
    /// What was counted.
    what: u128,
    group: &'a [Fact<'a>],
    goes_on: bool,
}

/// Values as they may be shown, with the names of their fields, and whether something was taken out of any.
fn named(names: &[String], values: &[Fact<'_>]) -> (Vec<(String, Clean)>, bool) {
    let shown: Vec<Clean> = values.iter().map(|fact| fact.clean()).collect();
    let is_covered = shown.iter().zip(values).any(|(shown, fact)| **shown != *fact.written);
    (names.iter().cloned().zip(shown).collect(), is_covered)
}

/// Half of a number that stands for texts: enough to tell the values of one window apart.
fn half(number: u128) -> u64 {
    u64::try_from(number >> 64).expect("half of 128 bits are 64")
}

impl Origin {
    fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::Group(_) => None,
        }
    }

    /// The value. Of several values of one field, the first counts.
    fn get(self, occasion: Occasion<'_>) -> Option<Fact<'_>> {
        match self {
            Self::Field(field) => occasion.facts.get(field, occasion.witness),
            Self::Group(index) => occasion.groups.get(index).copied(),
        }
    }

    /// The value as a number. Of several values of one field, the first that is a number counts.
    fn number(self, occasion: Occasion<'_>) -> Option<f64> {
        match self {
            Self::Field(field) => occasion.facts.number(field),
            Self::Group(index) => Number::parse(occasion.groups.get(index)?.written)?.amount(),
        }
    }
}
