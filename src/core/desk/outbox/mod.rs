//! The desk of the outbox: pages owed, decided once, kept before they leave, tried until somebody takes them or nobody
//! wants them any more. It knows addresses and channels; why somebody is told was decided elsewhere.

mod recovery;
mod sending;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::Desk;
use crate::alert::chain::{Outcome, PageKey};
use crate::alert::page::{Address, AnyPage, Draft, Page, Recipient};
use crate::api::{Fact, PageFact, Purpose};
use crate::base::id::{AlertId, ChannelName, DrillId, PageId, PersonId};
use crate::base::realm::{Drill, Live, Realm};
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::{Change, PageRow, PageState};
use crate::words::receipt as words;

/// A page that is not settled yet, or was just now.
#[derive(Debug)]
struct Item {
    purpose: Purpose,
    page: AnyPage,
    state: PageState,
    attempts: u32,
    /// While it waits: not before this instant. While a channel has it: when no answer is no answer.
    due: Timestamp,
    /// An earlier try may have arrived: the next one says so.
    again: bool,
    /// Nobody wants it any more, but a channel still has it.
    unwanted: bool,
    receipt: Option<String>,
    created: Timestamp,
}

impl Item {
    fn new(purpose: Purpose, page: AnyPage, now: Timestamp) -> Self {
        Self {
            purpose,
            page,
            state: PageState::Owed,
            attempts: 0,
            due: now,
            again: false,
            unwanted: false,
            receipt: None,
            created: now,
        }
    }

    fn deadline(&self) -> Option<Timestamp> {
        (!self.state.settled()).then_some(self.due)
    }
}

/// The desk.
#[derive(Debug, Default)]
pub(in crate::core) struct Outbox {
    pages: BTreeMap<PageId, Item>,
    /// The highest number given so far.
    last: u64,
    changed: BTreeSet<PageId>,
    /// Rows of pages that were found in the store and are not taken up.
    given_up: Vec<PageRow>,
    /// Letters are kept in: whoever sends them is closing.
    stays_in: bool,
}

impl Outbox {
    /// How many pages are on their way.
    pub(in crate::core) fn count(&self) -> usize {
        self.pages.len()
    }

    /// What a page on its way is about.
    pub(in crate::core) fn purpose(&self, id: PageId) -> Option<&Purpose> {
        self.pages.get(&id).map(|item| &item.purpose)
    }

    /// From now on letters stay in: what is owed is sent after the next start.
    pub(in crate::core) fn stay_in(&mut self) {
        self.stays_in = true;
    }

    /// Owes a page. Whoever wants it is told at once where its person cannot be reached that way.
    fn owe(&mut self, context: Context<'_>, wanted: Wanted<'_>, out: &mut Out) {
        let id = PageId(self.last + 1);
        let (purpose, to, channel) = (wanted.purpose.clone(), wanted.person.clone(), wanted.channel.clone());
        let Some(page) = wanted.page(context, id) else {
            let words = context.kept(&words::no_address());
            return out.say(Event::PageEnded { purpose, outcome: Outcome::Failed, words });
        };
        self.last = id.0;
        out.keep(page.realm(), Fact::Page(PageFact::Owed { page: id, to, channel, r#for: purpose.clone() }));
        self.pages.insert(id, Item::new(purpose, page, context.now));
        self.changed.insert(id);
    }

    /// Takes back the pages whose purpose is not wanted any more.
    fn take_back_all(&mut self, unwanted: impl Fn(&Item) -> bool, why: &str, out: &mut Out) {
        let found = self.pages.iter().filter(|(_, item)| unwanted(item));
        for id in found.map(|(id, _)| *id).collect::<Vec<PageId>>() {
            self.take_back(id, why, out);
        }
    }

    /// Takes back a page: at once while it waits, else as soon as its channel gives it back, if it still can.
    fn take_back(&mut self, id: PageId, why: &str, out: &mut Out) {
        let Some(item) = self.pages.get_mut(&id) else {
            return out.inconsistent("a page is taken back that is not owed", id);
        };
        match item.state {
            PageState::Owed => self.settle(id, PageState::Cancelled, why, out),
            PageState::Sending => {
                item.unwanted = true;
                out.order(crate::core::Order::Recall { page: id });
            }
            PageState::Accepted | PageState::Failed | PageState::Cancelled => {}
        }
    }

    /// Pages that have not left go to addresses as they are now.
    pub(in crate::core) fn look_again(&mut self, context: Context<'_>) {
        for (id, item) in self.pages.iter_mut().filter(|(_, item)| item.state == PageState::Owed) {
            let AnyPage::Live(page) = &item.page else { continue };
            // Where there is no address any more, the old one is better than none.
            let Some(address) = address(context, page.person(), page.channel()) else { continue };
            if address != *page.address() {
                item.page = page.clone().readdressed(address).into();
                self.changed.insert(*id);
            }
        }
    }

    fn row(&self, id: PageId) -> Option<PageRow> {
        let item = self.pages.get(&id)?;
        Some(PageRow {
            id,
            realm: item.page.realm(),
            alert: item.purpose.alert(),
            key: serde_json::to_string(&item.purpose).expect("a purpose is plain data"),
            person: item.page.person().clone(),
            channel: item.page.channel().clone(),
            // What may have arrived is kept as "sending" until its fate is known, so that it says so after a crash too.
            state: if item.again && !item.state.settled() { PageState::Sending } else { item.state },
            attempts: item.attempts,
            due: item.due,
            letter: item.page.store(),
            receipt: item.receipt.clone(),
            created: item.created,
        })
    }
}

/// A page that is wanted.
#[derive(Debug, Clone, Copy)]
struct Wanted<'a> {
    realm: Realm,
    purpose: &'a Purpose,
    person: &'a PersonId,
    channel: &'a ChannelName,
    draft: &'a Draft,
}

impl Wanted<'_> {
    /// The page, if its person can be reached by its channel: in an exercise only where the allow list admits it.
    fn page(self, context: Context<'_>, id: PageId) -> Option<AnyPage> {
        let (written, draft) = (context.written(), self.draft.clone());
        match self.realm {
            Realm::Live => {
                let address = address(context, self.person, self.channel)?;
                let to = Recipient { person: self.person.clone(), channel: self.channel.clone(), address };
                Some(Page::<Live>::new(id, written, to, draft).into())
            }
            Realm::Drill(drill) => {
                let medium = context.medium(self.channel)?;
                let admitted = context.site().settings.allow.admit(self.person, self.channel, medium)?;
                Some(Page::<Drill>::new(id, written, drill, admitted, draft).into())
            }
        }
    }
}

/// The real address of somebody for a channel.
fn address(context: Context<'_>, person: &PersonId, channel: &ChannelName) -> Option<Address> {
    context.site().roster.people.get(person)?.address(context.medium(channel)?)
}

fn is_of_escalation(purpose: &Purpose, of: AlertId, of_restarts: u32, of_key: &PageKey) -> bool {
    matches!(purpose, Purpose::Escalation { alert, restarts, key } if (*alert, *restarts, key) == (of, of_restarts, of_key))
}

fn is_from_before(purpose: &Purpose, of: AlertId, before: u32) -> bool {
    matches!(purpose, Purpose::Escalation { alert, restarts, .. } if *alert == of && *restarts < before)
}

fn is_of_drill(item: &Item, drill: DrillId) -> bool {
    item.page.realm() == Realm::Drill(drill)
}

impl Desk for Outbox {
    fn hear(&mut self, context: Context<'_>, event: &Event, out: &mut Out) {
        match event {
            Event::PageWanted { realm, purpose, person, channel, draft } => {
                self.owe(context, Wanted { realm: *realm, purpose, person, channel, draft }, out);
            }
            Event::PageUnwanted { alert, restarts, key } => {
                let why = context.kept(&words::unwanted());
                self.take_back_all(|item| is_of_escalation(&item.purpose, *alert, *restarts, key), &why, out);
            }
            Event::SetOutAnew { alert, restarts } => {
                let why = context.kept(&words::unwanted());
                self.take_back_all(|item| is_from_before(&item.purpose, *alert, *restarts), &why, out);
            }
            Event::DrillOver { drill } => {
                let why = context.kept(&words::drill_over());
                self.take_back_all(|item| is_of_drill(item, *drill), &why, out);
            }
            _ => {}
        }
    }

    fn wake(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        self.miss_receipts(context, out)
    }

    fn deadline(&self) -> Option<Timestamp> {
        self.pages.values().filter_map(Item::deadline).min()
    }

    fn shift(&mut self, by: SignedDuration) {
        for (id, item) in &mut self.pages {
            item.due = item.due.saturating_add(by).unwrap_or(item.due);
            self.changed.insert(*id);
        }
    }

    fn rows(&mut self, change: &mut Change) {
        change.pages.append(&mut self.given_up);
        for id in std::mem::take(&mut self.changed) {
            change.pages.extend(self.row(id));
            if self.pages.get(&id).is_some_and(|item| item.state.settled()) {
                self.pages.remove(&id);
            }
        }
    }
}

#[cfg(test)]
mod tests;
