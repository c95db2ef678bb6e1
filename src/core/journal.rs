//! What is kept: everything that follows from a step, in one transaction. If that fails, it is kept in memory and tried
//! again, and pages go out all the same: told twice after a crash is better than not told.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::event::Event;
use super::mishap;
use crate::alert::Ailment;
use crate::api::{Fact, StoreFact, Told};
use crate::base::cause::Cause;
use crate::base::fault::Fault;
use crate::base::id::{AlertId, EntryId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::seal::Seal;
use crate::store::{Change, FIRST, Last, Mishap, NewEntry, Store, StoreError};
use crate::words::store as words;

/// How long to wait before the store is tried again after it failed.
const RETRY: SignedDuration = SignedDuration::from_secs(1);
/// How long to wait before a damaged store is made anew once more, where that failed.
const RENEW: SignedDuration = SignedDuration::from_mins(1);
/// While it lasts, people are told again after so long: somebody may have ended the alert too soon.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// It is well again only after so long without trouble: one that comes and goes is one trouble.
const CALM: SignedDuration = SignedDuration::from_mins(1);
/// How long another program that holds the store is waited for, and how long when it is known to.
const PATIENCE: Duration = Duration::from_secs(2);
const HASTE: Duration = Duration::from_millis(100);

/// What suffers, in alerts about vigie itself.
const STORE: &str = "store";

/// The one writer of the store.
#[derive(Debug)]
pub(super) struct Journal {
    store: Store,
    /// What is not kept yet.
    change: Change,
    /// How many entries behind the first ones were too many to wait.
    omitted: u64,
    /// How much there was to keep when it was thinned out last.
    thinned: usize,
    trouble: Option<Trouble>,
    /// When people are told that the store is well again, if it still is.
    well: Option<Timestamp>,
    /// What became of the store, that is not told yet: to the ledger, and to people.
    came: Vec<StoreFact>,
    unsaid: Vec<Event>,
    /// It was made anew: what is only in memory must be put into it again.
    is_new: bool,
    /// The first entry of the ledger that does not hold.
    broken: Option<(EntryId, Fault)>,
}

/// Why the store cannot be written.
#[derive(Debug)]
struct Trouble {
    why: String,
    cause: Cause,
    /// When it is tried again.
    retry: Timestamp,
    /// When people are told, or told again.
    tell: Timestamp,
}

impl Trouble {
    /// Whether it is too soon to try again. Who waits for an answer hears of the store as it is now.
    fn waits(&self, now: Timestamp, is_awaited: bool) -> bool {
        now < self.retry && !(is_awaited && self.cause != Cause::Damaged)
    }
}

impl Journal {
    /// A journal that writes into `store`. What people believe of it from before is put right.
    pub(super) fn new(store: Store, now: Timestamp) -> Self {
        let mut journal = Self {
            store,
            change: Change::default(),
            omitted: 0,
            thinned: 0,
            trouble: None,
            well: now.checked_add(CALM).ok(),
            came: Vec::new(),
            unsaid: Vec::new(),
            is_new: false,
            broken: None,
        };
        journal.take_mishaps();
        if let Some((why, cause)) = journal.store.adrift().map(|error| (error.to_string(), error.cause())) {
            let fact = journal.begin_trouble(now, why, cause);
            journal.came.push(fact);
        }
        journal
    }

    /// Whether everything so far is kept.
    pub(super) fn is_kept(&self) -> bool {
        self.trouble.is_none()
    }

    /// Why the store could not be written last time, by its kind and in its own words.
    pub(super) fn trouble(&self) -> Option<(Cause, &str)> {
        self.trouble.as_ref().map(|trouble| (trouble.cause, trouble.why.as_str()))
    }

    /// When to come back: to try again, or to tell people.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let at_once = (!self.unsaid.is_empty()).then_some(Timestamp::MIN);
        let trouble = self.trouble.as_ref().map(|trouble| trouble.retry.min(trouble.tell));
        at_once.or(trouble).or(self.well)
    }

    /// The clock was moved: nothing waits for its old instant.
    pub(super) fn clock_moved(&mut self, now: Timestamp) {
        if let Some(trouble) = &mut self.trouble {
            trouble.retry = now;
            trouble.tell = now;
        }
        self.well = self.well.and_then(|_| now.checked_add(CALM).ok());
    }

    /// Gives the store back.
    pub(super) fn into_store(self) -> Store {
        self.store
    }

    /// Where rows are to be put that are to be kept next.
    pub(super) fn change(&mut self) -> &mut Change {
        &mut self.change
    }

    /// What of the ledger does not hold from now on.
    pub(super) fn breaks(&mut self, broken: Option<(EntryId, Fault)>) {
        self.broken = broken;
    }

    /// The first entry of the ledger that does not hold.
    pub(super) fn broken(&self) -> Option<(EntryId, Fault)> {
        self.broken.clone()
    }

    /// Where the ledger stands, where it is sealed with a key.
    pub(super) fn head(&self) -> Option<(EntryId, Seal)> {
        self.store.sealed_head().map(|(id, seal)| (EntryId(id), seal))
    }

    /// The realm of an alert that was kept.
    pub(super) fn realm(&self, alert: AlertId) -> Option<Realm> {
        self.store.alert(alert).ok().flatten().map(|row| row.realm)
    }

    /// Entries of the ledger whose body can be erased.
    pub(super) fn erasable(
        &self,
        alert: Option<AlertId>,
        before: Option<Timestamp>,
        most: usize,
    ) -> Result<Vec<EntryId>, StoreError> {
        self.store.erasable(alert, before, most)
    }

    /// What people are to be told of the store now.
    pub(super) fn news(&mut self, now: Timestamp) -> Vec<Event> {
        let mut news = std::mem::take(&mut self.unsaid);
        news.extend(self.state(now));
        news
    }

    fn state(&mut self, now: Timestamp) -> Option<Event> {
        let Some(trouble) = &mut self.trouble else {
            self.well.take_if(|well| *well <= now)?;
            return Some(Event::Well { of: STORE.to_owned() });
        };
        if now < trouble.tell {
            return None;
        }
        trouble.tell = now.checked_add(AGAIN).unwrap_or(Timestamp::MAX);
        let (cause, folder) = (trouble.cause, self.folder());
        let holders = if cause == Cause::Locked { self.store.holders() } else { Vec::new() };
        Some(Event::Ailing(Box::new(Ailment {
            of: STORE.to_owned(),
            level: Level::High,
            title: words::not_kept_title(words::cause(cause)),
            description: words::not_kept(words::remedy(cause, &folder, &holders.join(", "))),
        })))
    }

    /// Keeps what is new. Returns what came of it that people should know, such as that the store cannot be written.
    /// While it cannot, it is tried each second, or when somebody waits for it.
    pub(super) fn commit(&mut self, now: Timestamp, facts: &[Told], is_awaited: bool) -> Vec<Told> {
        self.change.entries.extend(facts.iter().map(entry));
        if self.trouble.as_ref().is_some_and(|trouble| trouble.waits(now, is_awaited)) {
            self.thin_out();
            return Vec::new();
        }
        let stands = self.stand(now);
        let mut came = std::mem::take(&mut self.came);
        for fact in &came {
            self.note(now, fact);
        }
        match stands.and_then(|()| self.write(now)) {
            Ok(()) => came.extend(self.kept(now)),
            Err(error) => came.extend(self.wait(now, &error)),
        }
        came.into_iter().map(|fact| told(now, fact)).collect()
    }

    /// Sees to it that there is a store to write into: one that was deleted is put back, one that is damaged is set aside.
    fn stand(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if let Some(trouble) = self.trouble.as_ref().filter(|trouble| trouble.cause == Cause::Damaged) {
            self.store.renew(now, trouble.why.clone())?;
            self.is_new = true;
            self.take_mishaps();
        }
        if self.store.stay()? {
            self.came.push(StoreFact::PutBack {});
        }
        Ok(())
    }

    /// Somebody who read the store found it damaged. It is made anew with the next try.
    pub(super) fn found_damaged(&mut self, now: Timestamp, why: String) {
        if self.is_kept() && self.store.is_damaged() {
            let fact = self.begin_trouble(now, why, Cause::Damaged);
            self.came.push(fact);
        }
    }

    /// Whether the store was made anew since this was asked last: whatever is not over must be put into it again.
    pub(super) fn take_new(&mut self) -> bool {
        std::mem::take(&mut self.is_new)
    }

    /// Rows that make no sense were passed over.
    pub(super) fn passed_over(&mut self, rows: Vec<(&'static str, u64)>) {
        for (table, rows) in rows {
            self.met(Mishap::Rows(table, rows));
        }
    }

    fn take_mishaps(&mut self) {
        for mishap in self.store.take_mishaps() {
            self.met(mishap);
        }
    }

    fn met(&mut self, mishap: Mishap) {
        let (fact, ailment) = mishap::told(mishap, self.folder());
        self.came.push(fact);
        self.unsaid.push(Event::Ailing(Box::new(ailment)));
    }

    pub(super) fn folder(&self) -> String {
        self.store.folder().map(|folder| folder.display().to_string()).unwrap_or_default()
    }

    /// Sees to it that no number up to `given` is given again, also if nothing else can be kept. False where even that
    /// cannot be written.
    pub(super) fn reserve(&mut self, given: Last) -> bool {
        self.store.reserve(given).is_ok()
    }

    /// Nothing more is given a number.
    pub(super) fn give_back(&mut self, given: Last) {
        // What is not given back is passed over, which hurts nobody.
        drop(self.store.give_back(given));
    }

    /// Writes all that waits. Where entries had to be left out, an entry in their place says how many.
    fn write(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if self.omitted == 0 {
            return self.store.commit(&self.change);
        }
        let omitted = entry(&told(now, StoreFact::Omitted { entries: self.omitted }));
        self.change.entries.insert(FIRST, omitted);
        let written = self.store.commit(&self.change);
        if written.is_err() {
            self.change.entries.remove(FIRST);
        }
        written
    }

    fn kept(&mut self, now: Timestamp) -> Vec<StoreFact> {
        self.change = Change::default();
        self.thinned = 0;
        if self.trouble.take().is_none() {
            return Vec::new();
        }
        self.well = now.checked_add(CALM).ok();
        // An own matter of the connection, which was opened with it.
        drop(self.store.be_patient(PATIENCE));
        let omitted = std::mem::take(&mut self.omitted);
        let omitted = (omitted > 0).then_some(StoreFact::Omitted { entries: omitted });
        // How many are missing stands where they are missing.
        self.note(now, &StoreFact::Well {});
        [StoreFact::Well {}].into_iter().chain(omitted).collect()
    }

    /// The store cannot be written. What waits must not grow with every try.
    fn wait(&mut self, now: Timestamp, error: &StoreError) -> Option<StoreFact> {
        self.thin_out();
        let (why, cause) = (error.to_string(), error.cause());
        if let Some(trouble) = &mut self.trouble {
            // Making a store anew is work; others go on meanwhile.
            let again = if cause == Cause::Damaged { RENEW } else { RETRY };
            (trouble.retry, trouble.why, trouble.cause) = (now.checked_add(again).unwrap_or(now), why, cause);
            return None;
        }
        let fact = self.begin_trouble(now, why, cause);
        // It stands in the ledger as soon as that can be written: when it began is worth knowing afterwards.
        self.note(now, &fact);
        Some(fact)
    }

    fn begin_trouble(&mut self, now: Timestamp, why: String, cause: Cause) -> StoreFact {
        drop(self.store.be_patient(HASTE));
        let retry = now.checked_add(RETRY).unwrap_or(now);
        self.trouble = Some(Trouble { why: why.clone(), cause, retry, tell: now });
        StoreFact::Trouble { why, cause }
    }

    /// Forgets what waits twice, as soon as there is twice as much as there was.
    fn thin_out(&mut self) {
        if self.change.len() >= self.thinned * 2 {
            self.omitted += self.change.compact();
            self.thinned = self.change.len();
        }
    }

    fn note(&mut self, now: Timestamp, fact: &StoreFact) {
        self.change.entries.push(entry(&told(now, fact.clone())));
    }
}

fn told(now: Timestamp, fact: StoreFact) -> Told {
    Told { at: now, realm: Realm::Live, fact: Fact::Store(fact), by: None }
}

fn entry(told: &Told) -> NewEntry {
    let (kind, body) = told.entry();
    NewEntry { at: told.at, realm: told.realm, kind, body: body.to_string() }
}
