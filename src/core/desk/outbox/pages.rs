//! All pages on their way, found by what they wait for. Whatever changes one puts it in its place again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::item::Item;
use crate::alert::page::Urgency;
use crate::base::id::{AlertId, ChannelName, PageId};
use crate::store::PageState;

/// The pages.
#[derive(Debug, Default)]
pub(super) struct Pages {
    all: BTreeMap<PageId, Item>,
    of_alert: BTreeMap<AlertId, BTreeSet<PageId>>,
    /// What is due, by channel: the most urgent first, then the oldest.
    ready: BTreeMap<ChannelName, BTreeSet<(Urgency, PageId)>>,
    /// What something is to be done about at an instant.
    timed: BTreeSet<(Timestamp, PageId)>,
    /// How many letters a channel has, by their urgency.
    out: BTreeMap<ChannelName, BTreeMap<Urgency, usize>>,
}

impl Pages {
    pub(super) fn get(&self, id: PageId) -> Option<&Item> {
        self.all.get(&id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (PageId, &Item)> {
        self.all.iter().map(|(id, item)| (*id, item))
    }

    /// The pages about one alert.
    pub(super) fn of_alert(&self, alert: AlertId) -> impl Iterator<Item = (PageId, &Item)> {
        let ids = self.of_alert.get(&alert).into_iter().flatten();
        ids.filter_map(|id| self.all.get(id).map(|item| (*id, item)))
    }

    pub(super) fn insert(&mut self, id: PageId, item: Item) {
        if let Some(alert) = item.purpose.alert() {
            self.of_alert.entry(alert).or_default().insert(id);
        }
        self.put(id, &item);
        self.all.insert(id, item);
    }

    /// Changes a page; nothing where there is none.
    pub(super) fn change<T>(&mut self, id: PageId, change: impl FnOnce(&mut Item) -> T) -> Option<T> {
        let mut item = self.all.remove(&id)?;
        self.take(id, &item);
        let changed = change(&mut item);
        self.put(id, &item);
        self.all.insert(id, item);
        Some(changed)
    }

    pub(super) fn remove(&mut self, id: PageId) {
        let Some(item) = self.all.remove(&id) else { return };
        self.take(id, &item);
        if let Some(alert) = item.purpose.alert()
            && let Some(ids) = self.of_alert.get_mut(&alert)
        {
            ids.remove(&id);
            if ids.is_empty() {
                self.of_alert.remove(&alert);
            }
        }
    }

    /// The pages of which something is due that satisfy `which`.
    pub(super) fn due(&self, now: Timestamp, which: impl Fn(&Item) -> bool) -> Vec<PageId> {
        let due = self.timed.iter().take_while(|(due, _)| *due <= now).map(|(_, id)| *id);
        due.filter(|id| self.all.get(id).is_some_and(&which)).collect()
    }

    /// The next instant at which something is due.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.timed.first().map(|(due, _)| *due)
    }

    /// The channels that pages are ready for.
    pub(super) fn wanted_channels(&self) -> Vec<ChannelName> {
        self.ready.keys().cloned().collect()
    }

    /// The page that leaves by a channel after the one given, if any is ready.
    pub(super) fn next(&self, channel: &ChannelName, after: Option<(Urgency, PageId)>) -> Option<(Urgency, PageId)> {
        use std::ops::Bound::{Excluded, Unbounded};
        let ready = self.ready.get(channel)?;
        ready.range((after.map_or(Unbounded, Excluded), Unbounded)).next().copied()
    }

    /// How many letters at least so urgent a channel has.
    pub(super) fn out(&self, channel: &ChannelName, urgency: Urgency) -> usize {
        self.out.get(channel).map_or(0, |out| out.range(..=urgency).map(|(_, count)| count).sum())
    }

    /// Moves every deadline; gives the pages this concerns.
    pub(super) fn shift(&mut self, by: SignedDuration) -> Vec<PageId> {
        let ids: Vec<PageId> = self.all.keys().copied().collect();
        for id in &ids {
            self.change(*id, |item| item.due = item.due.saturating_add(by).unwrap_or(item.due));
        }
        ids
    }

    fn put(&mut self, id: PageId, item: &Item) {
        match item.state {
            PageState::Owed if item.ready => {
                self.ready.entry(item.page.channel().clone()).or_default().insert((item.urgency, id));
                return;
            }
            PageState::Sending => {
                *self.out.entry(item.page.channel().clone()).or_default().entry(item.urgency).or_default() += 1;
            }
            PageState::Owed | PageState::Spooled => {}
            PageState::Accepted | PageState::Failed | PageState::Cancelled => return,
        }
        self.timed.insert((item.due, id));
    }

    fn take(&mut self, id: PageId, item: &Item) {
        self.timed.remove(&(item.due, id));
        let channel = item.page.channel();
        if let Some(ready) = self.ready.get_mut(channel) {
            ready.remove(&(item.urgency, id));
            if ready.is_empty() {
                self.ready.remove(channel);
            }
        }
        if item.state == PageState::Sending
            && let Some(count) = self.out.get_mut(channel).and_then(|out| out.get_mut(&item.urgency))
        {
            *count = count.saturating_sub(1);
        }
    }
}
