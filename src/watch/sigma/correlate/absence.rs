//! Waiting for what does not come: the deadlines of `absence`, and when they count.
//!
//! A group is waited for from the first event that was heard of it. Time is the machine's own here, since nothing else
//! passes where nothing happens. What was missed is judged only while vigie was there to hear it: after a start, a
//! sleeping machine or a jump of its clock, everything that is due gets some time more, because the lines written
//! meanwhile are only being read now. Where nobody at all is heard of, it is said once, not for each.

use std::cmp::Reverse;

use super::memory::Memory;
use super::window::{Counting, Window};
use super::window_store::{Key, SlotNumber};
use crate::base::realm::Realm;
use crate::watch::sigma::rule::measure::Kind;

/// A deadline that is noticed so much later was not waited for.
const MISSED: i64 = 10_000;
/// A clock that is set back by less does not matter.
const SET_BACK: i64 = 1_000;
/// How many of many are named.
const NAMED: usize = 8;

/// Something that did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missed {
    pub(crate) key: Key,
    /// When that became true.
    pub(crate) time: i64,
    /// The values of the group; those of some of them where nobody is heard of at all.
    pub(crate) who: Vec<Box<[String]>>,
    /// How many groups are not heard of any more, where it is all of them.
    pub(crate) all: Option<usize>,
    /// Since when nobody was heard of.
    pub(crate) heard: i64,
    /// Whether vigie itself did not look when it became true.
    pub(crate) late: bool,
}

impl Memory {
    /// Takes in an event of a group that is waited for.
    pub(crate) fn expect(&mut self, all: &[Counting], key: Key, time: i64, who: Vec<String>) {
        self.hear(all, key.realm, time);
        let counting = &all[key.correlation as usize];
        let looked = self.deadlines.get(&key.realm).and_then(|waiting| waiting.looked);
        // What is old already when it comes, such as the lines of a log that was just added, says nothing of today.
        let current = looked.is_none_or(|looked| time.saturating_add(counting.timespan) > looked);
        let place = self.store.place(key);
        let window = &mut self.store.at_mut(place).window;
        let new = window.newest().is_none();
        let newest = window.newest().map_or(time, |newest| newest.max(time));
        let told = window.told.take().filter(|_| !new);
        let reached = !current && (new || window.reached);
        let told = told.or_else(|| Some(who.into_boxed_slice()));
        *window = Window::of_times(&[newest], reached).telling(told);
        self.store.touch(place, self.counted);
        self.remind(all, place);
        self.bound();
    }

    /// Sees to it that a window is looked at when it is due.
    pub(crate) fn remind(&mut self, all: &[Counting], place: SlotNumber) {
        let kept = self.store.at_mut(place);
        let counting = &all[kept.key.correlation as usize];
        if counting.kind != Kind::Absence || kept.window.reached || kept.reminder != 0 {
            return;
        }
        self.reminders += 1;
        kept.reminder = self.reminders;
        let waiting = self.deadlines.entry(kept.key.realm).or_default();
        let due = waiting.due(counting, &kept.window);
        waiting.reminders.push(Reverse((due, self.reminders, place)));
    }

    /// Tells a realm what time it is, before anything of that moment is counted. `ungrouped` is the group of what is
    /// not grouped.
    pub(crate) fn look(&mut self, all: &[Counting], realm: Realm, now: i64, ungrouped: u128) {
        let waiting = self.deadlines.entry(realm).or_default();
        let first = waiting.looked.is_none();
        let overdue = waiting.reminders.peek().is_some_and(|Reverse((due, ..))| due.saturating_add(MISSED) < now);
        let set_back = waiting.looked.is_some_and(|looked| now < looked.saturating_sub(SET_BACK));
        if first || overdue {
            waiting.since = Some(now);
        }
        waiting.looked = Some(if set_back { now } else { waiting.looked.unwrap_or(now).max(now) });
        if set_back {
            self.set_back(all, realm, now);
        }
        if first && realm == Realm::Live {
            self.wait_for_ungrouped(all, now, ungrouped);
        }
    }

    /// Goes on as if a realm's time were what its events say, with nobody ever looking away.
    pub(crate) fn look_at_events(&mut self, realm: Realm, time: i64) {
        let waiting = self.deadlines.entry(realm).or_default();
        waiting.looked = Some(waiting.looked.unwrap_or(time).max(time));
    }

    /// What was to come and did not, up to the instant that the realm was told last.
    pub(crate) fn missed(&mut self, all: &[Counting], realm: Realm) -> Vec<Missed> {
        let mut missed = Vec::new();
        while let Some((due, place)) = self.next_due(all, realm) {
            missed.push(self.miss(all, place, due));
        }
        missed
    }

    /// When a realm has to be looked at if nothing happens before.
    pub(crate) fn reminder(&self) -> Option<i64> {
        self.deadlines.values().filter_map(|waiting| waiting.reminders.peek()).map(|Reverse((due, ..))| *due).min()
    }

    /// The next window that is due now, taken out of those that wait.
    fn next_due(&mut self, all: &[Counting], realm: Realm) -> Option<(i64, SlotNumber)> {
        let waiting = self.deadlines.get_mut(&realm)?;
        let looked = waiting.looked?;
        loop {
            let Reverse((remind, reminder, place)) = *waiting.reminders.peek()?;
            if remind > looked {
                return None;
            }
            waiting.reminders.pop();
            if !self.store.holds(place, reminder) {
                continue;
            }
            let kept = self.store.at_mut(place);
            if kept.window.reached {
                kept.reminder = 0;
                continue;
            }
            let due = waiting.due(&all[kept.key.correlation as usize], &kept.window);
            if due > remind {
                // It was heard of since. Others may be due before it is again.
                waiting.reminders.push(Reverse((due, reminder, place)));
                continue;
            }
            kept.reminder = 0;
            return Some((due, place));
        }
    }

    fn miss(&mut self, all: &[Counting], place: SlotNumber, due: i64) -> Missed {
        let kept = self.store.at(place);
        let (key, told) = (kept.key, kept.window.told.clone().unwrap_or_default());
        let counting = &all[key.correlation as usize];
        let newest = |place: SlotNumber| self.store.at(place).window.newest().unwrap_or(i64::MIN);
        let time = newest(place).saturating_add(counting.timespan);
        let late = time < due;
        let latest = self.store.latest(key.correlation, key.realm).map_or(i64::MIN, newest);
        // Half of the time without anybody: it is not the one, it is all of them or what brings their lines.
        let hush = latest <= due.saturating_sub(counting.timespan / 2);
        let waiting = if hush { self.store.of(key.correlation, key.realm) } else { vec![place] };
        let waiting: Vec<SlotNumber> =
            waiting.into_iter().filter(|place| !self.store.at(*place).window.reached).collect();
        let whole = waiting.len() > 1;
        let who = waiting.iter().take(NAMED).filter_map(|place| self.store.at(*place).window.told.clone());
        let who = if whole { who.collect() } else { vec![told] };
        let heard = if whole { latest } else { newest(place) };
        for place in &waiting {
            self.store.at_mut(*place).window.reached = true;
            self.store.change(*place);
        }
        Missed { key, time, who, all: whole.then_some(waiting.len()), heard, late }
    }

    /// The machine's clock was set back: nobody was heard of later than now.
    fn set_back(&mut self, all: &[Counting], realm: Realm, now: i64) {
        let waits = |key: Key| key.realm == realm && all[key.correlation as usize].kind == Kind::Absence;
        let places: Vec<SlotNumber> =
            self.store.all().filter(|(_, kept)| waits(kept.key)).map(|(place, _)| place).collect();
        if let Some(waiting) = self.deadlines.get_mut(&realm) {
            waiting.reminders.clear();
            waiting.since = waiting.since.map(|since| since.min(now));
        }
        for place in places {
            let kept = self.store.at_mut(place);
            kept.reminder = 0;
            if kept.window.newest().is_some_and(|newest| newest > now) {
                let told = kept.window.told.take();
                kept.window = Window::of_times(&[now], kept.window.reached).telling(told);
                self.store.change(place);
            }
            self.remind(all, place);
        }
    }

    /// What is not grouped is known without ever having been heard of, and waited for from the start.
    fn wait_for_ungrouped(&mut self, all: &[Counting], now: i64, group: u128) {
        for (correlation, counting) in (0..).zip(all) {
            let key = Key { correlation, realm: Realm::Live, group };
            if counting.kind == Kind::Absence && counting.alone && self.store.find(key).is_none() {
                let place = self.store.place(key);
                self.store.at_mut(place).window = Window::of_times(&[now], false).telling(Some(Box::default()));
                self.counted += 1;
                self.store.touch(place, self.counted);
                self.remind(all, place);
            }
        }
    }
}
