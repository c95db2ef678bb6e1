//! Everything that correlations remember: one window for each correlation, realm and group, within a bound.

use std::collections::BTreeMap;

use super::clock::Clock;
use super::deadlines::Deadlines;
use super::window::{Counted, Counting, Tally, Window};
use super::window_store::{About, Key, SlotNumber, WindowStore};
use crate::base::realm::Realm;
use crate::base::redact::{Clean, class_of};

/// How many windows are kept at once.
pub(crate) const WINDOWS: usize = 100_000;
/// How many marks all windows together may hold: about a hundred megabytes.
const MARKS: usize = 4_000_000;
/// After so many counted events of a realm, its old windows are looked for.
pub(crate) const SWEEP: u64 = 4_096;

/// All windows.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) store: WindowStore,
    pub(crate) clocks: BTreeMap<Realm, Clock>,
    /// Clocks that are to be forgotten on disk.
    pub(crate) gone_clocks: Vec<Realm>,
    /// Who waits for something that does not come.
    pub(crate) deadlines: BTreeMap<Realm, Deadlines>,
    /// The number of the last reminder.
    pub(crate) reminders: u64,
    /// The number of the last counted event.
    pub(crate) counted: u64,
    /// Names on disk that mean nothing any more.
    pub(crate) stale: Vec<String>,
    pub(crate) evicted: u64,
    /// How many windows may be kept.
    pub(crate) most: usize,
    /// How many marks they may hold together.
    pub(crate) most_marks: usize,
    pub(crate) sweep: u64,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            store: WindowStore::default(),
            clocks: BTreeMap::new(),
            gone_clocks: Vec::new(),
            deadlines: BTreeMap::new(),
            reminders: 0,
            counted: 0,
            stale: Vec::new(),
            evicted: 0,
            most: WINDOWS,
            most_marks: MARKS,
            sweep: SWEEP,
        }
    }
}

impl Memory {
    pub(crate) fn evicted(&self) -> u64 {
        self.evicted
    }

    pub(crate) fn len(&self) -> usize {
        self.store.len()
    }

    /// Counts an event of `time` in the window of `key`. `all` are the countings by the number of their correlation.
    pub(crate) fn count(&mut self, all: &[Counting], key: Key, time: i64, what: u64) -> Counted {
        let now = self.hear(all, key.realm, time);
        let counting = &all[key.correlation as usize];
        let place = self.store.place(key);
        let window = &mut self.store.at_mut(place).window;
        let mut counted = window.count(counting, time, what);
        // A window whose newest event is far ahead of what everybody else says was led astray by a wrong clock.
        let ahead = |newest: i64| newest.saturating_sub(counting.timespan) > now;
        if counted == Counted::TooLate && window.newest().is_some_and(ahead) {
            *window = Window::default();
            counted = window.count(counting, time, what);
        }
        self.store.touch(place, self.counted);
        self.bound();
        counted
    }

    /// The same for an event that happened several times at once. No window remembers more than its bounds can tell apart,
    /// so that is also the most that one line can count for.
    pub(crate) fn count_times(&mut self, all: &[Counting], key: Key, (time, times): (i64, u32), what: u64) -> Counted {
        let mut outcome = self.count(all, key, time, what);
        let counting = &all[key.correlation as usize];
        // What was seen twice was seen.
        let again = if counting.kind.tells_apart() { 1 } else { (times as usize).min(counting.most) };
        for _ in 1..again {
            let next = self.count(all, key, time, what);
            outcome = if outcome == Counted::Reached { outcome } else { next };
        }
        outcome
    }

    /// What a match of the window of `key` stands for that an event at `time` gives now.
    pub(crate) fn tally(&mut self, key: Key, time: i64) -> Tally {
        let place = self.store.find(key);
        place.map_or(Tally { events: 1, began: time }, |place| self.store.at_mut(place).window.tally(time))
    }

    /// Who the last match of the window of `key` was about, as it was told.
    pub(crate) fn last_told(&self, key: Key) -> Option<About> {
        self.store.at(self.store.find(key)?).about.clone()
    }

    /// Remembers who a match of the window of `key` is about.
    pub(crate) fn remember_told(&mut self, key: Key, about: &About) {
        if let Some(place) = self.store.find(key) {
            self.store.at_mut(place).about = Some(about.clone());
        }
    }

    /// What the last match of the window of `key` was about, where it groups by nothing.
    pub(crate) fn about(&self, key: Key) -> Option<Vec<(String, Clean)>> {
        let told = self.store.at(self.store.find(key)?).window.told.as_ref()?;
        Some(
            told.chunks_exact(2).map(|pair| (pair[0].clone(), Clean::in_class(class_of(&pair[0]), &pair[1]))).collect(),
        )
    }

    /// Notes what a match of the window of `key` is about.
    pub(crate) fn note_about(&mut self, key: Key, subject: &[(String, Clean)]) {
        if let Some(place) = self.store.find(key) {
            let told = subject.iter().flat_map(|(name, value)| [name.clone(), value.to_string()]);
            self.store.at_mut(place).window.told = Some(told.collect());
        }
    }

    /// What the window of `key` comes to by now.
    pub(crate) fn size(&self, all: &[Counting], key: Key) -> Option<f64> {
        let place = self.store.find(key)?;
        Some(self.store.at(place).window.size(&all[key.correlation as usize]))
    }

    /// Takes in one more event, forgets what has become old, and says what time most events agree on.
    pub(crate) fn hear(&mut self, all: &[Counting], realm: Realm, time: i64) -> i64 {
        self.counted += 1;
        let clock = self.clocks.entry(realm).or_default();
        clock.hear(self.counted, time);
        let (now, counted) = (clock.now(), clock.counted);
        // Looking through all windows is spread over as many events as there are windows.
        let rounds = (self.store.len() as u64 / self.sweep.max(1) / 2).next_power_of_two();
        if counted.is_multiple_of(self.sweep.saturating_mul(rounds)) {
            self.forget_old(all, realm, now);
        }
        now
    }

    /// Throws windows away until there are no more than may be kept.
    pub(crate) fn bound(&mut self) {
        while self.store.len() > self.most {
            let Some(place) = self.store.most_crowded() else {
                debug_assert!(false, "where there are windows, one row has the most of them");
                return;
            };
            self.store.remove(place);
            self.evicted += 1;
        }
        while self.store.marks() > self.most_marks && self.store.len() > 1 {
            let Some(place) = self.store.heaviest() else {
                debug_assert!(false, "where there are marks, one row has the most of them");
                return;
            };
            self.store.remove(place);
            self.evicted += 1;
        }
    }

    fn forget_old(&mut self, all: &[Counting], realm: Realm, now: i64) {
        let windows = self.store.all().filter(|(_, kept)| kept.key.realm == realm);
        let old = windows.filter(|(_, kept)| {
            let lasts = all[kept.key.correlation as usize].lasts(&kept.window);
            kept.window.newest().is_none_or(|newest| newest.saturating_add(lasts) < now)
        });
        let old: Vec<SlotNumber> = old.map(|(place, _)| place).collect();
        for place in old {
            self.store.remove(place);
        }
    }

    /// Forgets everything of one realm, such as an exercise that is over.
    pub(crate) fn forget_realm(&mut self, realm: Realm) {
        let of_realm = self.store.all().filter(|(_, kept)| kept.key.realm == realm);
        let places: Vec<SlotNumber> = of_realm.map(|(place, _)| place).collect();
        for place in places {
            self.store.remove(place);
        }
        self.deadlines.remove(&realm);
        if self.clocks.remove(&realm).is_some() {
            self.gone_clocks.push(realm);
        }
    }
}
