//! What is held against one event, and whoever does it: detections, their selections and values. Knows no rule file, and
//! remembers nothing from event to event.
//!
//! Looks at one event after the other: which rules over single events match, and what is worth knowing of the event.
//!
//! A matcher changes nothing but itself. Several may look at different events at once, each on its own thread; what they saw
//! is then counted in the order of the events.

pub(super) mod calendar;
pub(super) mod comparison;
pub(super) mod condition;
pub(super) mod detection;
pub(super) mod expression;
pub(super) mod facts;
mod list;
pub(super) mod logsource;
pub(super) mod pattern;
pub(super) mod selection;
pub(super) mod template;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use jiff::Timestamp;

use crate::base::redact::{Clean, REMOVED};
use crate::watch::event;
use crate::watch::kind::{self, Kind};
use crate::watch::record::Field;
use crate::watch::record::{Ordinary, Origin, Record, Said, Unreadable};
use crate::watch::sigma::keyed_hash::KeyedHash;
use crate::watch::sigma::prefilter::candidates::Candidates;
use crate::watch::sigma::prefilter::fast_hash::FastHash;
use crate::watch::sigma::prefilter::needle::Need;
use crate::watch::sigma::prefilter::plan::Plan;
use crate::watch::sigma::prefilter::rarity::Rarity;
use crate::watch::sigma::view::Zone;
use crate::watch::sigma::view::entry::Sort;
use crate::watch::sigma::view::fields::Table;
use crate::watch::sigma::view::{Scratch, View};
use crate::watch::tie;
use detection::Detection;
use facts::{Facts, Wanted};
use logsource::Logsource;

/// A rule over single events, ready to be looked at.
#[derive(Debug)]
pub(crate) struct Watched {
    pub(crate) detection: Detection,
    /// What must hold besides.
    pub(crate) filters: Vec<Arc<Detection>>,
    /// Whether it looks at every value of an event, whatever its name.
    pub(crate) everywhere: bool,
    /// Whether it gives matches of its own, and is not only counted.
    pub(crate) emits: bool,
    /// The fields that say who or what a match is about.
    pub(crate) subject: Vec<(String, Field)>,
    /// What correlations need of the event, where any counts the rule.
    pub(crate) wanted: Option<Wanted>,
    /// What an event must have for the rule to match, once somebody asked.
    pub(crate) need: OnceLock<Need>,
}

/// The rules over single events. Changes no more once they are put together.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    pub(crate) table: Table,
    pub(crate) watched: Vec<Watched>,
    /// The rules by the kind of log they are for.
    pub(crate) groups: Vec<(Logsource, Vec<u32>)>,
    pub(crate) zone: Zone,
    /// What stands for subjects that may not be shown.
    pub(crate) keyed_hash: KeyedHash,
    pub(crate) rarity: Rarity,
    /// The fields by which events say what they are, in the order of [`kind::NAMES`].
    pub(crate) telling: Vec<Field>,
    /// The plans for the kinds of logs that were met.
    plans: RwLock<HashMap<Kind, Arc<Plan>>>,
}

/// How many kinds of logs are remembered with the rules that are for them. Whoever writes the logs may choose some of
/// the words, so there is a bound.
const PLANS: usize = 1_024;

/// How many fields are told of a match.
const FIELDS: usize = 8;

/// What the rules saw in one event.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// When it happened. Whoever knows better, such as that its clock is wrong, may say so before it is counted.
    pub time: Timestamp,
    /// How often it happened.
    pub(crate) times: u32,
    pub(crate) hits: Vec<Hit>,
    /// Whether the record was read as a whole.
    pub(crate) whole: bool,
}

impl Sighting {
    /// The rules that matched, those that are only counted too: their places among the armed rules over single events.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = usize> {
        self.hits.iter().map(|hit| hit.rule as usize)
    }

    /// How many rules matched.
    #[expect(clippy::len_without_is_empty, reason = "where nothing matched there is no sighting")]
    pub fn len(&self) -> usize {
        self.hits.len()
    }
}

/// One rule that matched. Small, because there may be many of an event and most say nothing more.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) rule: u32,
    /// Who or what it is about, where the event has anything of what the rule names.
    pub(crate) about: Option<Box<About>>,
    /// What correlations need of the event, where any counts the rule.
    pub(crate) facts: Option<Box<Facts>>,
}

/// Who or what a match is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    pub(crate) subject: Vec<(String, Clean)>,
    /// What stands for it, where something was taken out of it.
    pub(crate) whose: Option<u128>,
}

/// Looks at events, on one thread. Made by [`crate::watch::sigma::Engine::matcher`].
#[derive(Debug)]
pub struct Matcher {
    rules: Arc<Rules>,
    scratch: Scratch,
    candidates: Candidates,
    routes: Routes,
    /// Whether any rule was for the kind of a record.
    watched: bool,
    /// What was folded last of a message that was not taken apart.
    folded: String,
}

/// The field with what a program says.
const MESSAGE: &str = "message";

/// The way from an event to its plan. Each matcher has its own, so that matchers share nothing that is written to.
#[derive(Debug, Default)]
struct Routes {
    plans: Vec<Arc<Plan>>,
    /// By the kind of log, where a decoder says it. Whoever writes logs may choose the words: there are never many.
    known: HashMap<event::Logsource, usize, BuildHasherDefault<FastHash>>,
    /// By what events say of themselves.
    told: HashMap<Vec<u8>, usize, BuildHasherDefault<FastHash>>,
    words: Vec<u8>,
}

impl Rules {
    #[cfg(test)]
    pub(crate) fn plans(&self) -> usize {
        self.plans.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn plan(&self, kind: Kind) -> Arc<Plan> {
        if let Some(plan) = self.plans.read().unwrap_or_else(PoisonError::into_inner).get(&kind) {
            return Arc::clone(plan);
        }
        let groups = self.groups.iter().filter(|(wanted, _)| wanted.covers(&kind.logsource));
        let mut rules: Vec<u32> = groups.flat_map(|(_, rules)| rules.iter().copied()).collect();
        rules.sort_unstable();
        let need = |rule: u32| (rule, self.watched[rule as usize].need(&self.rarity));
        let alias = |(from, to): &(&str, &str)| Some((self.table.find(from)?, self.table.find(to)?));
        let aliases = kind.aliases.iter().filter_map(alias).collect();
        let sizes = (self.table.len(), self.watched.len());
        let lines = kind.lines.and_then(|name| self.table.find(name));
        let plan = Plan::new(rules.into_iter().map(need), sizes, &self.rarity);
        let plan = Arc::new(plan.with(aliases, lines, kind.whole));
        let mut plans = self.plans.write().unwrap_or_else(PoisonError::into_inner);
        if plans.len() >= PLANS {
            plans.clear();
        }
        plans.insert(kind, Arc::clone(&plan));
        plan
    }
}

impl Matcher {
    pub(crate) fn new(rules: Arc<Rules>) -> Self {
        Self {
            rules,
            scratch: Scratch::default(),
            candidates: Candidates::default(),
            routes: Routes::default(),
            watched: false,
            folded: String::new(),
        }
    }

    /// Looks at one record: what matched, nothing where nothing did, or why it cannot be read.
    pub fn look(&mut self, record: &impl Record) -> Result<Option<Sighting>, Unreadable> {
        let Self { rules, scratch, candidates, routes, watched, .. } = self;
        let (mut view, told) = std::mem::take(scratch).look(record, &rules.table, &rules.zone);
        let mut whole = None;
        let seen = told.map(|()| {
            let plan = routes.plan(rules, record, &mut view);
            if plan.is_whole() {
                whole = record.whole();
            }
            if whole.is_some() || plan.is_empty() {
                return None;
            }
            *watched = true;
            look_for(rules, plan, candidates, record, &mut view)
        });
        *scratch = view.done();
        match whole {
            Some(event) => Ok(self.look(&event)?.map(|sighting| Sighting { whole: true, ..sighting })),
            None => seen,
        }
    }

    /// Whether anything may be seen in a message once it is taken apart.
    pub(crate) fn wants(&mut self, ordinary: Ordinary<'_>) -> bool {
        let at = self.routes.known(&self.rules, ordinary.logsource);
        let plan = &self.routes.plans[at];
        self.watched |= !plan.is_empty();
        plan.may_match(self.rules.table.find(MESSAGE), ordinary.message, &mut self.folded)
    }

    /// Whether any rule was for one of the records since this was asked before, whatever it said.
    pub(crate) fn take_watched(&mut self) -> bool {
        std::mem::take(&mut self.watched)
    }

    /// What a rule looked for and found in a record that it matched, and what stands in the fields that are `worth` showing
    /// beside: names and values. The record is read once more.
    #[cold]
    pub(crate) fn fields(&mut self, record: &impl Record, rule: u32, worth: &[String]) -> Vec<(String, Clean)> {
        let Self { rules, scratch, routes, .. } = self;
        let (mut view, told) = std::mem::take(scratch).look(record, &rules.table, &rules.zone);
        let mut found = Vec::new();
        if told.is_ok() {
            routes.plan(rules, record, &mut view).name(&mut view);
            let mut fields = Vec::new();
            rules.watched[rule as usize].detection.matched(&mut view, &mut fields);
            fields.extend(worth.iter().filter_map(|name| rules.table.find(name)));
            for field in fields {
                let name = rules.table.name(field);
                if found.len() < FIELDS && !found.iter().any(|(known, _)| known == name) {
                    let texts = texts(&rules.table, field, record, &mut view);
                    found.extend(texts.map(|texts| (name.to_owned(), tie::presented(&texts))));
                }
            }
        }
        *scratch = view.done();
        found
    }
}

/// What may be shown of all values of a field; nothing where it has none.
#[inline]
fn texts(table: &Table, field: Field, record: &impl Record, view: &mut View<'_>) -> Option<Clean> {
    let mut values = view.values(field).filter(|seen| seen.has_text());
    let mut clean = || values.next().map(|seen| record.clean(table.class(field), seen.plain));
    let first = clean()?;
    match clean() {
        None => Some(first),
        Some(next) => {
            let all: Vec<Clean> = [first, next].into_iter().chain(std::iter::from_fn(clean)).collect();
            Some(Clean::all_of(&all))
        }
    }
}

/// Looks for the rules of a plan.
fn look_for<'a>(
    rules: &Rules,
    plan: &Plan,
    candidates: &mut Candidates,
    record: &'a impl Record,
    view: &mut View<'a>,
) -> Option<Sighting> {
    plan.find(view, candidates);
    let mut sighting: Option<Sighting> = None;
    let sorted = candidates.sorted();
    for rule in sorted {
        let watched = &rules.watched[*rule as usize];
        if watched.everywhere {
            view.complete(record);
        }
        if watched.detection.holds(view) && watched.filters.iter().all(|filter| filter.holds(view)) {
            let seen = sighting.get_or_insert_with(|| Sighting {
                time: record.time_told(view.dates()),
                times: record.times(),
                hits: Vec::with_capacity(sorted.len()),
                whole: false,
            });
            seen.hits.push(watched.hit(*rule, rules, record, view));
        }
    }
    sighting
}

impl Routes {
    /// The rules for the kind of log that a record comes from.
    #[inline]
    fn plan(&mut self, rules: &Rules, record: &impl Record, view: &mut View<'_>) -> &Plan {
        let at = match record.logsource() {
            Origin::Known(logsource) => self.known(rules, logsource),
            Origin::Said(own) => self.told(rules, own, view),
        };
        &self.plans[at]
    }

    fn known(&mut self, rules: &Rules, logsource: &event::Logsource) -> usize {
        if let Some(at) = self.known.get(logsource) {
            return *at;
        }
        let at = self.keep(rules.plan(Kind::of(logsource)));
        self.known.insert(logsource.clone(), at);
        at
    }

    fn told(&mut self, rules: &Rules, own: Option<&event::Logsource>, view: &mut View<'_>) -> usize {
        self.words.clear();
        for ((field, name), number) in rules.telling.iter().zip(kind::NAMES).zip(0..) {
            if let Some(said) = view.said(*field) {
                self.words.push(number);
                put_word(&mut self.words, name, said);
            }
        }
        if let Some(event::Logsource { category, product, service }) = own {
            self.words.push(b'o');
            for word in [product, service] {
                self.words.push(u8::from(word.is_some()));
                put_text(&mut self.words, word.as_deref().unwrap_or_default());
            }
            for word in category {
                put_text(&mut self.words, word);
            }
        }
        if let Some(at) = self.told.get(&self.words) {
            return *at;
        }
        let mut said = |name: &str| {
            let at = kind::NAMES.iter().position(|known| *known == name)?;
            if name == kind::REQUEST {
                return view.has(rules.telling[at]).then(String::new);
            }
            let mut values = view.values(rules.telling[at]);
            let tells = |sort| sort == Sort::Text || sort == Sort::Number && kind::is_number(name);
            values.next().filter(|seen| tells(seen.sort)).map(|seen| seen.plain.to_owned())
        };
        let at = self.keep(rules.plan(kind::of(&mut said, own)));
        self.told.insert(self.words.clone(), at);
        at
    }

    /// Puts a plan down, and forgets all others where they have become too many.
    fn keep(&mut self, plan: Arc<Plan>) -> usize {
        if let Some(at) = self.plans.iter().position(|known| Arc::ptr_eq(known, &plan)) {
            return at;
        }
        if self.plans.len() >= PLANS || self.told.len() >= PLANS || self.known.len() >= PLANS {
            *self = Self { words: std::mem::take(&mut self.words), ..Self::default() };
        }
        self.plans.push(plan);
        self.plans.len() - 1
    }
}

/// Appends what is said of one field so that no two kinds of events have the same words.
fn put_word(words: &mut Vec<u8>, name: &str, said: Said<'_>) {
    match said {
        Said::Text(text) | Said::Escaped(text) => {
            words.push(b't');
            put_text(words, kind::telling(name, text));
        }
        Said::Number(text) if kind::is_number(name) => {
            words.push(b'n');
            put_text(words, text);
        }
        Said::Int(number) if kind::is_number(name) => {
            words.push(b'i');
            words.extend_from_slice(&number.to_le_bytes());
        }
        Said::Float(_) if kind::is_number(name) => words.push(b'f'),
        _ if name == kind::REQUEST => words.push(b'r'),
        _ => words.push(b'-'),
    }
}

/// With its length, so that no text can look like several.
fn put_text(words: &mut Vec<u8>, text: &str) {
    let length = u32::try_from(text.len()).expect("lines are far shorter than four gigabytes");
    words.extend_from_slice(&length.to_le_bytes());
    words.extend_from_slice(text.as_bytes());
}

impl Watched {
    fn need(&self, rarity: &Rarity) -> &Need {
        self.need.get_or_init(|| {
            let filters = self.filters.iter().map(|filter| filter.need(rarity));
            Need::of_all(std::iter::once(self.detection.need(rarity)).chain(filters))
        })
    }

    fn hit(&self, rule: u32, rules: &Rules, record: &impl Record, view: &mut View<'_>) -> Hit {
        let about = if self.emits { self.about(rules, record, view) } else { None };
        let facts = self.wanted.as_ref().map(|wanted| Box::new(wanted.of(view, |field| rules.table.class(field))));
        Hit { rule, about, facts }
    }

    fn about(&self, rules: &Rules, record: &impl Record, view: &mut View<'_>) -> Option<Box<About>> {
        let mut subject = Vec::new();
        for (name, field) in &self.subject {
            subject.extend(texts(&rules.table, *field, record, view).map(|texts| (name.clone(), texts)));
        }
        let is_covered = subject.iter().any(|(_, shown)| shown.contains(REMOVED));
        let whose = is_covered.then(|| self.whose(&rules.keyed_hash, view));
        (!subject.is_empty()).then(|| Box::new(About { subject, whose }))
    }

    /// What stands for the subject as it was written.
    fn whose(&self, hash: &KeyedHash, view: &mut View<'_>) -> u128 {
        let mut written: Vec<String> = Vec::new();
        for (_, field) in &self.subject {
            written.extend(view.values(*field).filter(|seen| seen.has_text()).map(|seen| seen.plain.to_owned()));
        }
        hash.number(written.iter().map(String::as_str))
    }
}
