//! What is kept: every change of a step in one transaction, and the clock by which deadlines are kept.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Core, Order};
use crate::base::realm::Realm;
use crate::store::{Change, NewEntry, StoreError};

/// How long to wait before the store is tried again after it failed.
const STORE_RETRY: SignedDuration = SignedDuration::from_secs(1);

/// A clock that steps back by no more than this was only put right a little.
const SET_BACK: SignedDuration = SignedDuration::from_secs(5);

impl Core {
    /// Deadlines are instants on the machine's clock. Where that clock was set back, they are moved with it, or whoever
    /// comes next on a chain would be told an hour late. Set forward, it is as if the machine had slept.
    pub(super) fn look_at_clock(&mut self, now: Timestamp) {
        let back = self.latest.duration_since(now);
        if back <= SET_BACK {
            self.latest = self.latest.max(now);
            return;
        }
        self.latest = now;
        if let Some((_, retry)) = &mut self.trouble {
            *retry = now;
        }
        for (id, case) in &mut self.cases {
            if let Some(climb) = &mut case.climb {
                climb.shift(-back);
                self.changed_cases.insert(*id);
            }
        }
        for (id, owed) in &mut self.pages {
            owed.due = owed.due.saturating_sub(back).unwrap_or(owed.due);
            self.changed_pages.insert(*id);
        }
        let seconds = back.as_secs();
        self.enter(now, Realm::Live, "clock.set_back", &json!({"seconds": seconds}));
        self.orders.push(Order::Tell(format!(
            "the machine's clock was set back by {seconds} s; chains go on without that delay, a running drill waits"
        )));
    }

    /// Writes everything that changed. If that fails the change is kept and tried again, and pages go out all the
    /// same: told twice after a crash is better than not told.
    pub(super) fn commit(&mut self, now: Timestamp) {
        self.collect();
        match self.keep(now) {
            Ok(()) => {
                self.change = Change::default();
                if self.trouble.take().is_some() {
                    self.orders.push(Order::Tell("the store can be written again; nothing was lost".to_owned()));
                }
            }
            Err(error) => {
                self.change.compact();
                if self.trouble.is_none() {
                    self.orders.push(Order::Tell(format!(
                        "{error}; reading waits and is tried again each second, people are still paged. \
                         Free space on the disk of the state folder, or make it writable"
                    )));
                }
                let retry = now.checked_add(STORE_RETRY).unwrap_or(now);
                self.trouble = Some((error.to_string(), retry));
            }
        }
    }

    /// Writes what changed into a store that is sure to be where the next start looks for it.
    fn keep(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if self.store.stay()? {
            self.enter(now, Realm::Live, "store.put_back", &json!({}));
            self.orders.push(Order::Tell(
                "the store was deleted while vigie ran; it was put back with all it held, nothing was lost. Find out who \
                 deletes the state folder: what is deleted while vigie does not run stays deleted"
                    .to_owned(),
            ));
        }
        self.store.commit(&self.change)
    }

    /// Gathers the rows of everything that changed since the last commit.
    fn collect(&mut self) {
        self.change.windows.extend(self.engine.take_windows().into_iter().map(|window| (window.key, window.state)));
        for id in std::mem::take(&mut self.changed_cases) {
            self.collect_case(id);
        }
        for id in std::mem::take(&mut self.changed_pages) {
            self.collect_page(id);
        }
        for id in std::mem::take(&mut self.changed_drills) {
            self.collect_drill(id);
        }
    }

    /// Adds an entry to the ledger.
    pub(super) fn enter(&mut self, now: Timestamp, realm: Realm, kind: &str, body: &Value) {
        self.change.entries.push(NewEntry { at: now, realm, kind: kind.to_owned(), body: body.to_string() });
    }
}
