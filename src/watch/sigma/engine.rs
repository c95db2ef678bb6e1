//! Rules at work: an event goes in, matches come out.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::calendar::Zone;
use super::counter::{Counters, Feed, Occasion};
use super::detection::Detection;
use super::disk::WindowChange;
use super::facts::Wanted;
use super::fields::{Fields, View};
use super::matcher::{Field, with_text};
use super::rule::{Logsource, Rule};
use super::veil::Veil;
use crate::base::language::Text;
use crate::base::realm::Realm;
use crate::base::seal::Key;
use crate::watch::event::{self, Event, Value};

/// One rule matching.
#[derive(Debug, Clone)]
pub struct Match {
    /// The rule.
    pub rule: Arc<Rule>,
    /// When the event happened that made it match.
    pub time: Timestamp,
    /// Who or what it is about: names of fields and their values. For a correlation, what it groups by.
    pub subject: Vec<(String, String)>,
    /// What else whoever is told must know, where there is something: that nobody at all is heard of any more, or that
    /// vigie did not look for a while.
    pub note: Option<Text>,
}

/// A rule over single events, ready to be looked at.
#[derive(Debug)]
pub(super) struct Watched {
    pub(super) rule: Arc<Rule>,
    pub(super) detection: Detection,
    /// What must hold besides.
    pub(super) filters: Vec<Arc<Detection>>,
    /// The fields that say who or what a match is about.
    pub(super) subject: Vec<(String, Field)>,
    /// The correlations that count it.
    pub(super) feeds: Vec<Feed>,
    /// What these need of the event.
    pub(super) wanted: Wanted,
}

/// How many kinds of logs are remembered with the rules that are for them. Whoever writes the logs may choose some of
/// the words, so there is a bound.
const PLANS: usize = 1_024;

/// Rules, compiled, and what they remember. Made by [`Engine::compile`].
#[derive(Debug, Default)]
pub struct Engine {
    pub(super) rules: Vec<Arc<Rule>>,
    pub(super) fields: Fields,
    pub(super) watched: Vec<Watched>,
    /// The rules over single events by the kind of log they are for.
    pub(super) groups: Vec<(Logsource, Vec<usize>)>,
    /// The rules for each kind of log that was met, in their order.
    pub(super) plans: HashMap<event::Logsource, Vec<usize>>,
    pub(super) counters: Counters,
    pub(super) zone: Zone,
}

impl Engine {
    /// The rules, in the order they were given, those that are only counted by others too.
    pub fn rules(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.rules.iter()
    }

    /// Hashes values in windows with the site's own key, so that nobody can guess them from what is on disk. To be
    /// called before [`Engine::restore`] and the first event, with the same key each time.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "whoever has given the key away cannot give a second one")]
    pub fn keyed(mut self, key: Key) -> Self {
        self.counters.veil = Veil::of(&key);
        self
    }

    /// Takes hours, days and the like of times in this zone, instead of UTC.
    #[must_use]
    pub fn in_zone(mut self, zone: TimeZone) -> Self {
        self.zone = Zone(zone);
        self
    }

    /// Keeps at most so many windows at once, instead of 100 000.
    #[must_use]
    pub fn limited(mut self, windows: usize) -> Self {
        self.counters.memory.most = windows.max(1);
        self
    }

    /// Looks at one event.
    pub fn step(&mut self, realm: Realm, event: &Event) -> Vec<Match> {
        let mut matches = Vec::new();
        if !self.plans.contains_key(&event.logsource) {
            let plan = self.plan(&event.logsource);
            if self.plans.len() >= PLANS {
                self.plans.clear();
            }
            self.plans.insert(event.logsource.clone(), plan);
        }
        let plan = &self.plans[&event.logsource];
        if plan.is_empty() {
            return matches;
        }
        let view = self.fields.look(event, &self.zone);
        for index in plan {
            let watched = &self.watched[*index];
            if !watched.detection.holds(view) || !watched.filters.iter().all(|filter| filter.holds(view)) {
                continue;
            }
            if watched.rule.emits {
                matches.push(watched.matched(view));
            }
            if watched.feeds.is_empty() {
                continue;
            }
            let facts = watched.wanted.of(view);
            let occasion = Occasion { realm, time: event.time, facts: &facts };
            for feed in &watched.feeds {
                self.counters.feed(*feed, occasion, &[], &mut matches);
            }
        }
        matches
    }

    /// Tells a realm what time it is, before the lines that came up to then are looked at. What is waited for is only
    /// missed while somebody looks: see [`Engine::tick`].
    pub fn look(&mut self, realm: Realm, now: Timestamp) {
        self.counters.look(realm, now);
    }

    /// What did not come although it was waited for, as of `now`. To be asked at [`Engine::next_deadline`] at the
    /// latest: whatever is noticed long after it was due is only missed when the lines written meanwhile had time to be
    /// read.
    pub fn tick(&mut self, realm: Realm, now: Timestamp) -> Vec<Match> {
        self.counters.look(realm, now);
        self.counters.missed(realm)
    }

    /// What did not come up to `time`, where no time passes but that of the events, as in old logs. To be called
    /// before each event is looked at.
    pub fn elapse(&mut self, realm: Realm, time: Timestamp) -> Vec<Match> {
        self.counters.memory.look_at_events(realm, time.as_millisecond());
        self.counters.missed(realm)
    }

    /// The realms in which something is waited for.
    pub fn waiting(&self) -> Vec<Realm> {
        self.counters.memory.vigils.keys().copied().collect()
    }

    /// When to ask again what did not come, if nothing happens before.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.counters.memory.reminder()?).ok()
    }

    /// The rules that are for events of `logsource`.
    fn plan(&self, logsource: &event::Logsource) -> Vec<usize> {
        let groups = self.groups.iter().filter(|(wanted, _)| wanted.covers(logsource));
        let mut plan: Vec<usize> = groups.flat_map(|(_, rules)| rules.iter().copied()).collect();
        plan.sort_unstable();
        plan
    }

    /// The windows that changed since the last call, to be written to disk together with how far the logs were read.
    pub fn take_windows(&mut self) -> Vec<WindowChange> {
        self.counters.memory.take_changes(&self.counters.names)
    }

    /// Takes back windows that were written to disk: their keys and states. Those that cannot be read or belong to no
    /// rule any more are dropped, and appear with the next changes as to be forgotten.
    pub fn restore(&mut self, windows: impl IntoIterator<Item = (String, String)>) {
        self.counters.memory.restore(&self.counters.countings, &self.counters.names, windows);
    }

    /// Forgets the windows of one realm, such as an exercise that is over.
    pub fn forget(&mut self, realm: Realm) {
        self.counters.memory.forget_realm(realm);
    }

    /// How many windows are kept.
    pub fn windows(&self) -> usize {
        self.counters.memory.len()
    }

    /// How many windows were thrown away while they still counted, because there were too many.
    pub fn evicted(&self) -> u64 {
        self.counters.memory.evicted()
    }
}

impl Watched {
    fn matched(&self, view: View<'_>) -> Match {
        let values = |(name, field): &(String, Field)| {
            let texts: Vec<String> = view.values(*field).filter_map(texts).collect();
            (!texts.is_empty()).then(|| (name.clone(), texts.join(", ")))
        };
        let subject = self.subject.iter().filter_map(values).collect();
        Match { rule: Arc::clone(&self.rule), time: view.event.time, subject, note: None }
    }
}

/// A value as one text; nothing where it has none.
fn texts(value: &Value) -> Option<String> {
    let Value::List(items) = value else { return with_text(value, str::to_owned) };
    let items: Vec<String> = items.iter().filter_map(texts).collect();
    (!items.is_empty()).then(|| items.join(", "))
}
