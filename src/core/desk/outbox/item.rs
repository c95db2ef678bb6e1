//! One page on its way.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::alert::chain::PageReason;
use crate::alert::page::{AnyPage, Urgency};
use crate::api::{Lane, Purpose};
use crate::base::id::{ChannelName, PageId, PersonId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::store::{PageRow, PageState};

/// A page that is not settled yet, or was just now.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) purpose: Purpose,
    pub(super) page: AnyPage,
    pub(super) urgency: Urgency,
    pub(super) state: PageState,
    pub(super) attempts: u32,
    /// While it waits: not before this instant. While a channel has it: when no answer is no answer.
    pub(super) due: Timestamp,
    /// It is due, and leaves as soon as its channel has room.
    pub(super) ready: bool,
    /// An earlier try may have arrived: the next one says so.
    pub(super) again: bool,
    /// Nobody wants it any more, for this reason, but a channel still has it.
    pub(super) unwanted: Option<String>,
    /// Its channel was asked whether it still waits there.
    pub(super) asked_for: bool,
    /// When it was handed over last, or first found where its channel leaves letters to be taken.
    pub(super) since: Timestamp,
    pub(super) receipt: Option<String>,
    pub(super) created: Timestamp,
}

impl Item {
    pub(super) fn new(purpose: Purpose, page: AnyPage, level: Level, now: Timestamp) -> Self {
        let exercise = page.realm() != Realm::Live;
        Self {
            urgency: Urgency::new(purpose.lane() != Lane::First, exercise, level),
            purpose,
            page,
            state: PageState::Owed,
            attempts: 0,
            due: now,
            ready: false,
            again: false,
            unwanted: None,
            asked_for: false,
            since: now,
            receipt: None,
            created: now,
        }
    }

    /// Whom it tells by which channel.
    pub(super) fn way(&self) -> (PersonId, ChannelName) {
        (self.page.person().clone(), self.page.channel().clone())
    }

    /// Whether a newer page about the same alert, to the same person by the same channel, says all that it says. A
    /// declaration is something of its own, and so is what an exercise plays.
    pub(super) fn is_replaceable(&self) -> bool {
        match &self.purpose {
            Purpose::Escalation { key, .. } => !matches!(key.reason, PageReason::Duty(_)),
            Purpose::Duty { .. } | Purpose::Message { .. } | Purpose::Digest { .. } => false,
        }
    }

    pub(super) fn row(&self, id: PageId) -> PageRow {
        PageRow {
            id,
            realm: self.page.realm(),
            alert: self.purpose.alert(),
            key: serde_json::to_string(&self.purpose).expect("a purpose is plain data"),
            person: self.page.person().clone(),
            channel: self.page.channel().clone(),
            // What may have arrived is kept as "sending" until its fate is known, so that it says so after a crash too.
            state: if self.again && !self.state.settled() { PageState::Sending } else { self.state },
            attempts: self.attempts,
            due: self.due,
            letter: self.page.store(),
            receipt: self.receipt.clone(),
            created: self.created,
        }
    }
}

/// When somebody was last told something by a channel, and by which page.
#[derive(Debug, Default)]
pub(super) struct LastTold(BTreeMap<(PersonId, ChannelName), (Timestamp, PageId)>);

/// Nobody gets more than one message in this time by one channel, but news.
const BREATH: SignedDuration = SignedDuration::from_mins(1);

impl LastTold {
    /// Until when a page has to wait because its person was just told something else.
    pub(super) fn until(&self, id: PageId, item: &Item, now: Timestamp) -> Option<Timestamp> {
        let (at, by) = self.0.get(&item.way())?;
        let until = at.saturating_add(BREATH).ok()?;
        (item.urgency.waits() && *by != id && until > now).then_some(until)
    }

    pub(super) fn note(&mut self, id: PageId, item: &Item, now: Timestamp) {
        self.0.insert(item.way(), (now, id));
    }

    /// A page did not arrive after all.
    pub(super) fn take_back(&mut self, id: PageId, item: &Item) {
        if self.0.get(&item.way()).is_some_and(|(_, by)| *by == id) {
            self.0.remove(&item.way());
        }
    }

    /// Moves every instant, because the clock it was read from was itself moved.
    pub(super) fn shift(&mut self, by: SignedDuration) {
        for (at, _) in self.0.values_mut() {
            *at = at.saturating_add(by).unwrap_or(*at);
        }
    }
}
