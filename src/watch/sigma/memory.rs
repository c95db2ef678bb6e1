//! Everything that correlations remember: one window for each correlation, realm and group, within a bound, and which
//! of them changed since they were written to disk last.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::clock::Clock;
use super::window::{Counted, Counting, Window};
use crate::base::realm::Realm;

/// Which window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    /// The number of the correlation.
    pub(super) correlation: u32,
    /// Real lines and lines of an exercise never meet.
    pub(super) realm: Realm,
    /// A number made from the values that are grouped by.
    pub(super) group: u128,
}

/// A window that changed, to be written to disk together with how far the logs were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowChange {
    /// The name of the window, to be handed back to [`super::Engine::restore`].
    pub key: String,
    /// Its content as JSON; nothing where it can be forgotten.
    pub state: Option<String>,
}

/// How many windows are kept at once.
pub(super) const WINDOWS: usize = 100_000;
/// After so many counted events of a realm, its old windows are looked for.
pub(super) const SWEEP: u64 = 4_096;

/// No honest count of events gets this far.
const LAST: u64 = 1 << 62;

/// All windows.
#[derive(Debug)]
pub(super) struct Memory {
    windows: HashMap<Key, Remembered>,
    /// The windows by the number of the event that touched them last.
    order: BTreeMap<u64, Key>,
    clocks: BTreeMap<Realm, Clock>,
    /// The number of the last counted event.
    counted: u64,
    changed: BTreeSet<Key>,
    changed_clocks: BTreeSet<Realm>,
    /// Names on disk that mean nothing any more.
    stale: Vec<String>,
    evicted: u64,
    pub(super) most: usize,
    pub(super) sweep: u64,
}

#[derive(Debug)]
struct Remembered {
    window: Window,
    touched: u64,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            windows: HashMap::new(),
            order: BTreeMap::new(),
            clocks: BTreeMap::new(),
            counted: 0,
            changed: BTreeSet::new(),
            changed_clocks: BTreeSet::new(),
            stale: Vec::new(),
            evicted: 0,
            most: WINDOWS,
            sweep: SWEEP,
        }
    }
}

impl Memory {
    pub(super) fn evicted(&self) -> u64 {
        self.evicted
    }

    pub(super) fn len(&self) -> usize {
        self.windows.len()
    }

    /// Counts an event of `time` in the window of `key`. `all` are the countings by the number of their correlation.
    pub(super) fn count(&mut self, all: &[Counting], key: Key, time: i64, what: u64) -> Counted {
        self.counted += 1;
        let clock = self.clocks.entry(key.realm).or_default();
        clock.hear(self.counted, time);
        let now = clock.now();
        let sweep = clock.counted.is_multiple_of(self.sweep);
        self.changed_clocks.insert(key.realm);

        let counting = &all[key.correlation as usize];
        let remembered = self.windows.entry(key).or_insert(Remembered { window: Window::default(), touched: 0 });
        self.order.remove(&remembered.touched);
        remembered.touched = self.counted;
        self.order.insert(self.counted, key);
        let mut counted = remembered.window.count(counting, time, what);
        // A window whose newest event is far ahead of what everybody else says was led astray by a wrong clock.
        let ahead = |newest: i64| newest.saturating_sub(counting.timespan) > now;
        if counted == Counted::TooLate && remembered.window.newest().is_some_and(ahead) {
            remembered.window = Window::default();
            counted = remembered.window.count(counting, time, what);
        }
        self.changed.insert(key);

        if sweep {
            self.forget_old(all, key.realm, now);
        }
        while self.windows.len() > self.most {
            let Some((_, oldest)) = self.order.first_key_value() else { break };
            let oldest = *oldest;
            self.forget(oldest);
            self.evicted += 1;
        }
        counted
    }

    /// What the window of `key` comes to by now.
    pub(super) fn size(&self, all: &[Counting], key: Key) -> Option<f64> {
        Some(self.windows.get(&key)?.window.size(&all[key.correlation as usize]))
    }

    fn forget(&mut self, key: Key) {
        if let Some(remembered) = self.windows.remove(&key) {
            self.order.remove(&remembered.touched);
            self.changed.insert(key);
        }
    }

    fn forget_old(&mut self, all: &[Counting], realm: Realm, now: i64) {
        let old = |key: &Key, remembered: &Remembered| {
            let timespan = all[key.correlation as usize].timespan;
            key.realm == realm && remembered.window.newest().is_none_or(|newest| newest.saturating_add(timespan) < now)
        };
        let old: Vec<Key> =
            self.windows.iter().filter(|(key, remembered)| old(key, remembered)).map(|(key, _)| *key).collect();
        for key in old {
            self.forget(key);
        }
    }

    /// Forgets everything of one realm, such as an exercise that is over.
    pub(super) fn forget_realm(&mut self, realm: Realm) {
        let keys: Vec<Key> = self.windows.keys().filter(|key| key.realm == realm).copied().collect();
        for key in keys {
            self.forget(key);
        }
        if self.clocks.remove(&realm).is_some() {
            self.changed_clocks.insert(realm);
        }
    }

    /// What changed since the last call. `names` are those of the correlations.
    pub(super) fn take_changes(&mut self, names: &[String]) -> Vec<WindowChange> {
        let unknown = std::mem::take(&mut self.stale).into_iter();
        let mut changes: Vec<_> = unknown.map(|key| WindowChange { key, state: None }).collect();
        for key in std::mem::take(&mut self.changed) {
            let state = self.windows.get(&key).map(|remembered| remembered.window.keep(remembered.touched));
            changes.push(WindowChange { key: window_name(names, key), state });
        }
        for realm in std::mem::take(&mut self.changed_clocks) {
            let state = self
                .clocks
                .get(&realm)
                .map(|clock| serde_json::to_string(clock).expect("numbers can always be written as JSON"));
            changes.push(WindowChange { key: format!("{CLOCK}{realm}"), state });
        }
        changes
    }

    /// Takes back what was on disk. What cannot be read or belongs to no correlation is dropped, here and, with the
    /// next changes, on disk.
    pub(super) fn restore(&mut self, all: &[Counting], names: &[String], kept: (String, String)) {
        let (name, state) = kept;
        if let Some(realm) = name.strip_prefix(CLOCK).and_then(realm) {
            if let Ok(clock) = serde_json::from_str::<Clock>(&state)
                && clock.touched < LAST
                && clock.counted < LAST
            {
                self.counted = self.counted.max(clock.touched);
                self.clocks.insert(realm, clock);
                return;
            }
        } else if let Some(key) = window_key(names, &name)
            && let Some((touched, window)) = Window::read(&all[key.correlation as usize], &state)
            && (1..LAST).contains(&touched)
            && !self.order.contains_key(&touched)
        {
            self.counted = self.counted.max(touched);
            self.order.insert(touched, key);
            self.windows.insert(key, Remembered { window, touched });
            return;
        }
        self.stale.push(name);
    }
}

/// What the names of clocks start with. Names of windows have three colons at least.
const CLOCK: &str = "clock:";

/// `rule:definition:realm:group`, the first two of which are the name of the correlation.
fn window_name(names: &[String], key: Key) -> String {
    format!("{}:{}:{:032x}", names[key.correlation as usize], key.realm, key.group)
}

fn window_key(names: &[String], text: &str) -> Option<Key> {
    let mut parts = text.rsplitn(3, ':');
    let group = parts.next().filter(|group| group.len() == 32)?;
    let group = u128::from_str_radix(group, 16).ok()?;
    let realm = realm(parts.next()?)?;
    let name = parts.next()?;
    let correlation = names.iter().position(|known| known == name)?;
    Some(Key { correlation: u32::try_from(correlation).ok()?, realm, group })
}

fn realm(text: &str) -> Option<Realm> {
    if text == "live" {
        return Some(Realm::Live);
    }
    text.starts_with('D').then(|| text.parse().ok().map(Realm::Drill)).flatten()
}
