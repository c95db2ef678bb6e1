//! Windows as rows of text: their names, what changed since they were written last, and the way back. Knows no file;
//! whoever owns one keeps the rows together with how far the logs were read.

use super::clock::Clock;
use super::memory::Memory;
use super::window::{Counting, Window};
use super::window_store::Key;
use crate::base::realm::Realm;

/// A window that changed, to be written to disk together with how far the logs were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowChange {
    /// The name of the window, to be handed back to [`crate::watch::sigma::Engine::restore`].
    pub key: String,
    /// Its content as JSON; nothing where it can be forgotten.
    pub state: Option<String>,
}

/// No honest count of events gets this far.
const LAST: u64 = 1 << 62;

/// What the names of clocks start with. Names of windows have three colons at least.
const CLOCK: &str = "clock:";

impl Memory {
    /// What changed since the last call. `names` are those of the correlations.
    pub(crate) fn take_changes(&mut self, names: &[String]) -> Vec<WindowChange> {
        let (gone, changed) = self.store.take_changes();
        let forget = |key: String| WindowChange { key, state: None };
        let mut rows: Vec<_> = std::mem::take(&mut self.stale).into_iter().map(forget).collect();
        rows.extend(gone.into_iter().map(|key| forget(window_name(names, key))));
        for place in changed {
            let kept = self.store.at(place);
            rows.push(WindowChange { key: window_name(names, kept.key), state: Some(kept.window.keep(kept.touched)) });
        }
        let gone = std::mem::take(&mut self.gone_clocks).into_iter();
        rows.extend(gone.filter(|realm| !self.clocks.contains_key(realm)).map(|realm| forget(clock_name(realm))));
        for (realm, clock) in self.clocks.iter_mut().filter(|(_, clock)| clock.changed) {
            clock.changed = false;
            let state = serde_json::to_string(clock).expect("numbers can always be written as JSON");
            rows.push(WindowChange { key: clock_name(*realm), state: Some(state) });
        }
        rows
    }

    /// Everything, under the names it has on disk.
    pub(crate) fn all(&self, names: &[String]) -> Vec<(String, String)> {
        let windows = self.store.all();
        let windows = windows.map(|(_, kept)| (window_name(names, kept.key), kept.window.keep(kept.touched)));
        let clock = |(realm, clock): (&Realm, &Clock)| {
            let state = serde_json::to_string(clock).expect("numbers can always be written as JSON");
            (clock_name(*realm), state)
        };
        windows.chain(self.clocks.iter().map(clock)).collect()
    }

    /// Takes back what was on disk. What cannot be read or belongs to no correlation is dropped, here and, with the
    /// next changes, on disk.
    pub(crate) fn restore(
        &mut self,
        all: &[Counting],
        names: &[String],
        kept: impl IntoIterator<Item = (String, String)>,
    ) {
        let mut windows = Vec::new();
        for (name, state) in kept {
            if let Some(realm) = name.strip_prefix(CLOCK).and_then(realm) {
                if let Some(clock) = Clock::read(&state)
                    && clock.touched < LAST
                    && clock.counted < LAST
                {
                    self.counted = self.counted.max(clock.touched);
                    self.clocks.insert(realm, clock);
                    continue;
                }
            } else if let Some(key) = window_key(names, &name)
                && let Some((touched, window)) = Window::read(&all[key.correlation as usize], &state)
                && (1..LAST).contains(&touched)
            {
                windows.push((touched, key, window));
                continue;
            }
            self.stale.push(name);
        }
        windows.sort_unstable_by_key(|(touched, key, _)| (*touched, *key));
        for (touched, key, window) in windows {
            self.counted = self.counted.max(touched);
            if self.store.find(key).is_none() {
                let place = self.store.put(key, window, touched, true);
                self.remind(all, place);
            }
        }
    }
}

fn clock_name(realm: Realm) -> String {
    format!("{CLOCK}{realm}")
}

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
