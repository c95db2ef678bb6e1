//! Rules at work: an event goes in, matches come out.

mod compile;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::base::id::RuleId;
use crate::base::realm::Realm;
use crate::base::seal::Key;
use crate::watch::event::Event;
use crate::watch::record::{Notes, Record, Unreadable};
use crate::watch::sigma::correlate::counter::{Counters, Feed, Occasion};
use crate::watch::sigma::correlate::disk::WindowChange;
use crate::watch::sigma::keyed_hash::KeyedHash;
use crate::watch::sigma::matched::Match;
use crate::watch::sigma::matcher::facts::Facts;
use crate::watch::sigma::matcher::{About, Hit, Matcher, Rules, Sighting, Watched};
use crate::watch::sigma::rule::Rule;
use crate::watch::sigma::rule::measure::Kind;
use crate::watch::sigma::view::{Scratch, View, Zone};
use crate::watch::sigma::witness::{Asked, Witness};
use crate::watch::tie;

/// Rules, compiled, and what they remember. Made by [`Engine::compile`].
///
/// Looking at events ([`Engine::matcher`], [`Matcher::look`]) remembers nothing and can be done on several threads; counting what
/// was seen ([`Engine::count`]) goes in the order of the events. [`Engine::step`] does both.
#[derive(Debug)]
pub struct Engine {
    rules: Vec<Arc<Rule>>,
    /// The rules over single events, in the order in which matchers know them.
    pub(crate) singles: Vec<Single>,
    pub(crate) counters: Counters,
    watching: Arc<Rules>,
    matcher: Matcher,
    /// What readers of records found out for whoever asks who takes part.
    notes: Notes,
}

/// A rule over single events, once it matched.
#[derive(Debug)]
pub(crate) struct Single {
    pub(crate) rule: Arc<Rule>,
    /// The correlations that count it.
    pub(crate) feeds: Vec<Feed>,
}

impl Single {
    /// A match of the rule; `named` is what it says who it is about, or else what its author finds worth showing.
    fn found(&self, time: Timestamp, About { subject: named, whose }: About, witness: &dyn Witness) -> Match {
        let own = || tie::subject(witness.parties());
        // What the rule names goes first; what its author only finds worth showing goes last.
        let is_told = !self.rule.subject.is_empty() && !named.is_empty();
        let mut subject = if is_told { named } else { Some(own()).filter(|own| !own.is_empty()).unwrap_or(named) };
        for (_, value) in &mut subject {
            *value = tie::presented(value);
        }
        Match { whose, ..Match::new(&self.rule, time, subject) }
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::of(Vec::new(), Vec::new(), Rules::default(), Counters::default())
    }
}

impl Engine {
    fn of(rules: Vec<Arc<Rule>>, singles: Vec<Single>, watching: Rules, counters: Counters) -> Self {
        debug_assert_eq!(singles.len(), watching.watched.len(), "each rule over single events is looked at");
        let watching = Arc::new(watching);
        let matcher = Matcher::new(Arc::clone(&watching));
        Self { rules, singles, counters, matcher, watching, notes: Notes::default() }
    }

    /// The rules, in the order they were given, those that are only counted by others too.
    pub fn rules(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.rules.iter()
    }

    /// Hashes values in windows with the site's own key, so that nobody can guess them from what is on disk. To be
    /// called before [`Engine::restore`] and the first event, with the same key each time.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "whoever has given the key away cannot give a second one")]
    pub fn keyed(self, key: Key) -> Self {
        let keyed_hash = KeyedHash::of(&key);
        let mut keyed = self.watching(|watching| watching.keyed_hash = keyed_hash.clone());
        keyed.counters.keyed_hash = keyed_hash;
        keyed
    }

    /// The same with something changed that its matchers look at.
    fn watching(self, change: impl FnOnce(&mut Rules)) -> Self {
        let Self { rules, singles, counters, watching, matcher, notes } = self;
        drop(matcher);
        let mut watching = Arc::into_inner(watching).expect("nobody looks yet");
        change(&mut watching);
        Self { notes, ..Self::of(rules, singles, watching, counters) }
    }

    /// Takes hours, days and the like of times in this zone, instead of UTC. To be called before the first event.
    #[must_use]
    pub fn in_zone(self, zone: TimeZone) -> Self {
        self.watching(|watching| watching.zone = Zone(zone))
    }

    /// Keeps at most so many windows at once, instead of 100 000.
    #[must_use]
    pub fn limited(mut self, windows: usize) -> Self {
        self.counters.memory.most = windows.max(1);
        self
    }

    /// Another matcher for the same rules, to look at events on another thread.
    pub fn matcher(&self) -> Matcher {
        Matcher::new(Arc::clone(&self.watching))
    }

    /// The rule over single events called `rule`, and how it is looked for.
    pub(crate) fn single(&self, rule: &RuleId) -> Option<(&Single, &Watched)> {
        self.singles.iter().zip(&self.watching.watched).find(|(single, _)| single.rule.id == *rule)
    }

    /// One event as the rules see it.
    pub(crate) fn view<'a>(&'a self, event: &'a Event) -> View<'a> {
        let (mut view, told) = Scratch::default().look(event, &self.watching.table, &self.watching.zone);
        told.expect("an event can always be read");
        view.complete(event);
        view
    }

    /// Looks at one record with the engine's own matcher; see [`Matcher::look`].
    pub fn look(&mut self, record: &impl Record) -> Result<Option<Sighting>, Unreadable> {
        self.matcher.look(record)
    }

    /// Whether any rule was for one of the records that were looked at since this was asked before.
    pub(crate) fn take_watched(&mut self) -> bool {
        self.matcher.take_watched()
    }

    /// Looks at one event and counts it. Gives what is new, without what only goes on.
    pub fn step(&mut self, realm: Realm, event: &Event) -> Vec<Match> {
        let Some(sighting) = self.matcher.look(event).expect("an event can always be read") else { return Vec::new() };
        let mut matches = self.count(realm, sighting, event, &mut |found| !found.goes_on);
        matches.retain(|found| !found.goes_on);
        matches
    }

    /// Counts what a matcher saw in `record`, in the order of the events. Fields, line and ties are told of those matches
    /// that are `wanted` in full: the record has to be read again for them.
    pub fn count(
        &mut self,
        realm: Realm,
        sighting: Sighting,
        record: &impl Record,
        wanted: &mut dyn FnMut(&Match) -> bool,
    ) -> Vec<Match> {
        let whole = if sighting.whole { record.whole() } else { None };
        match whole {
            Some(event) => self.count_in(realm, sighting, &event, wanted),
            None => self.count_in(realm, sighting, record, wanted),
        }
    }

    fn count_in(
        &mut self,
        realm: Realm,
        sighting: Sighting,
        record: &impl Record,
        wanted: &mut dyn FnMut(&Match) -> bool,
    ) -> Vec<Match> {
        let mut matches = Vec::new();
        let witness = Asked::new(record, std::mem::take(&mut self.notes));
        let Sighting { time, times, hits, .. } = sighting;
        let nothing = Facts::default();
        for Hit { rule, about, facts } in hits {
            let (single, before) = (&self.singles[rule as usize], matches.len());
            if single.rule.emits {
                matches.push(Match {
                    events: u64::from(times),
                    ..single.found(time, about.map(|about| *about).unwrap_or_default(), &witness)
                });
            }
            let occasion = Occasion {
                realm,
                time,
                times,
                facts: facts.as_deref().unwrap_or(&nothing),
                groups: &[],
                witness: &witness,
            };
            for feed in &single.feeds {
                self.counters.feed(*feed, occasion, &mut matches);
            }
            for found in matches[before..].iter_mut().filter(|found| wanted(found)) {
                found.fields = self.matcher.fields(record, rule, &single.rule.fields);
                found.fields.retain(|(name, _)| found.subject.iter().all(|(known, _)| known != name));
                found.line = Some(witness.line());
                found.ties = tie::ties(&found.subject, witness.parties());
            }
        }
        self.notes = witness.into_notes();
        matches
    }

    /// Tells a realm what time it is, before the lines that came up to then are looked at. What is waited for is only
    /// missed while somebody looks: see [`Engine::tick`].
    pub fn tell_time(&mut self, realm: Realm, now: Timestamp) {
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
        self.counters.memory.deadlines.keys().copied().collect()
    }

    /// When to ask again what did not come, if nothing happens before.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.counters.memory.reminder()?).ok()
    }

    /// Whether anything is waited for, so that the time of every event counts.
    pub fn waits(&self) -> bool {
        !self.counters.memory.deadlines.is_empty()
    }

    /// Whether any rule may ever wait for something.
    pub fn may_wait(&self) -> bool {
        self.counters.countings.iter().any(|counting| counting.kind == Kind::Absence)
    }

    /// The windows that changed since the last call, to be written to disk together with how far the logs were read.
    pub fn take_windows(&mut self) -> Vec<WindowChange> {
        self.counters.memory.take_changes(&self.counters.names)
    }

    /// Every window as it is now, for another engine to go on with: the same as all changes since the beginning.
    pub fn all_windows(&self) -> Vec<(String, String)> {
        self.counters.memory.all(&self.counters.names)
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

    /// How many kinds of logs are remembered with the rules that are for them.
    #[cfg(test)]
    pub(crate) fn plans(&self) -> usize {
        self.watching.plans()
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
