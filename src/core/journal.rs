//! What is kept: everything that follows from a step, in one transaction. If that fails, it is kept in memory and tried
//! again, and pages go out all the same: told twice after a crash is better than not told.

use jiff::{SignedDuration, Timestamp};

use crate::api::{Fact, StoreFact, Told};
use crate::base::realm::Realm;
use crate::store::{Change, NewEntry, Store, StoreError};

/// How long to wait before the store is tried again after it failed.
const RETRY: SignedDuration = SignedDuration::from_secs(1);

/// The one writer of the store.
#[derive(Debug)]
pub(super) struct Journal {
    store: Store,
    /// What is not kept yet.
    change: Change,
    /// Why the store could not be written last time, and when to try again.
    trouble: Option<(String, Timestamp)>,
}

impl Journal {
    /// A journal that writes into `store`.
    pub(super) fn new(store: Store) -> Self {
        Self { store, change: Change::default(), trouble: None }
    }

    /// Whether everything so far is kept.
    pub(super) fn is_kept(&self) -> bool {
        self.trouble.is_none()
    }

    /// Why the store could not be written last time.
    pub(super) fn trouble(&self) -> Option<&str> {
        self.trouble.as_ref().map(|(why, _)| why.as_str())
    }

    /// When to try again.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.trouble.as_ref().map(|(_, retry)| *retry)
    }

    /// The clock was moved: a retry does not wait for its old instant.
    pub(super) fn clock_moved(&mut self, now: Timestamp) {
        if let Some((_, retry)) = &mut self.trouble {
            *retry = now;
        }
    }

    /// Gives the store back.
    pub(super) fn into_store(self) -> Store {
        self.store
    }

    /// Where rows are to be put that are to be kept next.
    pub(super) fn change(&mut self) -> &mut Change {
        &mut self.change
    }

    /// Keeps what is new. Returns what came of it that people should know, such as that the store cannot be written.
    pub(super) fn commit(&mut self, now: Timestamp, facts: &[Told]) -> Vec<Told> {
        self.change.entries.extend(facts.iter().map(entry));
        let put_back = self.store.stay();
        let mut came = Vec::new();
        if let Ok(true) = put_back {
            came.push(StoreFact::PutBack {});
            self.note(now, &came[0]);
        }
        match put_back.and_then(|_| self.store.commit(&self.change)) {
            Ok(()) => {
                self.change = Change::default();
                if self.trouble.take().is_some() {
                    came.push(StoreFact::Well {});
                }
            }
            Err(error) => came.extend(self.wait(now, &error)),
        }
        came.into_iter().map(|fact| told(now, fact)).collect()
    }

    /// The store cannot be written. What waits must not grow with every try.
    fn wait(&mut self, now: Timestamp, error: &StoreError) -> Option<StoreFact> {
        self.change.compact();
        let why = error.to_string();
        let retry = now.checked_add(RETRY).unwrap_or(now);
        if self.trouble.replace((why.clone(), retry)).is_some() {
            return None;
        }
        let fact = StoreFact::Trouble { why };
        // It stands in the ledger as soon as that can be written: when it began is worth knowing afterwards.
        self.note(now, &fact);
        Some(fact)
    }

    fn note(&mut self, now: Timestamp, fact: &StoreFact) {
        self.change.entries.push(entry(&told(now, fact.clone())));
    }
}

fn told(now: Timestamp, fact: StoreFact) -> Told {
    Told { at: now, realm: Realm::Live, fact: Fact::Store(fact) }
}

fn entry(told: &Told) -> NewEntry {
    let (kind, body) = told.fact.entry();
    NewEntry { at: told.at, realm: told.realm, kind, body: body.to_string() }
}
