//! The desk of the outbox: pages owed, decided once, kept before they leave, tried until somebody takes them or nobody
//! wants them any more. It knows addresses and channels; why somebody is told was decided elsewhere.

mod health;
mod item;
mod pages;
mod recovery;
mod room;
mod sending;
mod spooled;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use self::health::Health;
use self::item::{Item, LastTold};
use self::pages::Pages;
use self::room::Paces;
use super::Desk;
use crate::alert::chain::{Outcome, PageKey};
use crate::alert::page::{Address, AnyPage, Draft, Page, Recipient, Urgency};
use crate::api::{Fact, PageFact, Purpose};
use crate::base::id::{AlertId, ChannelName, DrillId, EntryId, PageId, PersonId};
use crate::base::level::Level;
use crate::base::realm::{Drill, Live, Realm};
use crate::base::seal::Seal;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::{Change, PageRow, PageState};
use crate::words::{ledger, receipt as words};

/// The desk.
#[derive(Debug, Default)]
pub(in crate::core) struct Outbox {
    pages: Pages,
    /// The highest number given so far.
    last: u64,
    changed: BTreeSet<PageId>,
    /// Rows of pages that were found in the store and are not taken up.
    given_up: Vec<PageRow>,
    /// Letters are kept in: whoever sends them is closing.
    stays_in: bool,
    told: LastTold,
    paces: Paces,
    health: Health,
    /// When a rate lets the next letter through that is ready.
    opens: Option<Timestamp>,
    /// Where the ledger stands: it is written at the foot of whatever leaves.
    head: Option<(EntryId, Seal)>,
}

impl Outbox {
    /// The highest number given so far.
    pub(in crate::core) fn last(&self) -> u64 {
        self.last
    }

    /// From now on numbers are higher than this one.
    pub(in crate::core) fn number_from(&mut self, number: u64) {
        self.last = self.last.max(number);
    }

    /// Where the ledger stands from now on; nothing where it is not sealed with a key.
    pub(in crate::core) fn stands(&mut self, head: Option<(EntryId, Seal)>) {
        self.head = head;
    }

    /// How many pages are owed: those that lie where somebody takes them from have left.
    pub(in crate::core) fn count(&self) -> usize {
        self.pages.iter().filter(|(_, item)| item.state != PageState::Spooled).count()
    }

    /// What a page on its way is about.
    pub(in crate::core) fn purpose(&self, id: PageId) -> Option<&Purpose> {
        self.pages.get(id).map(|item| &item.purpose)
    }

    /// From now on letters stay in: what is owed is sent after the next start.
    pub(in crate::core) fn stay_in(&mut self) {
        self.stays_in = true;
    }

    /// Owes a page. Whoever wants it is told at once where its person cannot be reached that way.
    fn owe(&mut self, context: Context<'_>, wanted: Wanted<'_>, out: &mut Out) {
        let id = PageId(self.last + 1);
        let (purpose, to, channel) = (wanted.purpose.clone(), wanted.person.clone(), wanted.channel.clone());
        let foot = self.head.map(|(entry, seal)| ledger::foot(entry, seal.short()));
        let draft = foot.map(|foot| wanted.draft.clone().with_foot(&foot));
        let wanted = Wanted { draft: draft.as_ref().unwrap_or(wanted.draft), ..wanted };
        let Some(page) = wanted.page(context, id) else {
            let words = context.kept(&words::no_address());
            return out.say(Event::PageEnded { purpose, outcome: Outcome::Failed, words });
        };
        self.last = id.0;
        out.keep(page.realm(), Fact::Page(PageFact::Owed { page: id, to, channel, r#for: purpose.clone() }));
        self.pages.insert(id, Item::new(purpose, page, wanted.level, context.now));
        self.changed.insert(id);
        self.replace_older(context, id, out);
    }

    /// Of several pages about one alert, to one person by one channel, only the newest leaves. Where the person has not
    /// heard of the alert that way, it is the news now.
    fn replace_older(&mut self, context: Context<'_>, id: PageId, out: &mut Out) {
        let Some(item) = self.pages.get(id).filter(|item| item.is_replaceable()) else { return };
        let (Some(alert), way) = (item.purpose.alert(), item.way()) else { return };
        let of_same = self.pages.of_alert(alert).filter(|(other, older)| {
            *other < id && !older.state.settled() && older.is_replaceable() && older.way() == way
        });
        let older: Vec<(PageId, Urgency)> = of_same.map(|(other, older)| (other, older.urgency)).collect();
        for (other, urgency) in older {
            self.pages.change(id, |item| item.urgency = item.urgency.min(urgency));
            self.take_back(other, &context.kept(&words::replaced()), out);
        }
    }

    /// Takes back the pages about an alert whose purpose is not wanted any more.
    fn take_back_of(
        &mut self,
        context: Context<'_>,
        alert: AlertId,
        unwanted: impl Fn(&Purpose) -> bool,
        out: &mut Out,
    ) {
        let found = self.pages.of_alert(alert).filter(|(_, item)| unwanted(&item.purpose));
        for id in found.map(|(id, _)| id).collect::<Vec<PageId>>() {
            self.take_back(id, &context.kept(&words::unwanted()), out);
        }
    }

    /// Takes back everything that an exercise has under way.
    fn end_drill(&mut self, context: Context<'_>, drill: DrillId, out: &mut Out) {
        let of_drill = self.pages.iter().filter(|(_, item)| item.page.realm() == Realm::Drill(drill));
        for id in of_drill.map(|(id, _)| id).collect::<Vec<PageId>>() {
            self.take_back(id, &context.kept(&words::drill_over()), out);
        }
    }

    /// Takes back a page: at once while it waits, else as soon as its channel gives it back, if it still can.
    fn take_back(&mut self, id: PageId, why: &str, out: &mut Out) {
        let Some(item) = self.pages.get(id) else {
            return out.inconsistent("a page is taken back that is not owed", id);
        };
        match item.state {
            PageState::Owed => self.settle(id, PageState::Cancelled, why, out),
            PageState::Sending => {
                self.pages.change(id, |item| item.unwanted = Some(why.to_owned()));
                out.order(crate::core::Order::Recall { page: id });
            }
            PageState::Spooled => {
                self.pages.change(id, |item| item.unwanted = Some(why.to_owned()));
                self.follow(id, out);
            }
            PageState::Accepted | PageState::Failed | PageState::Cancelled => {}
        }
    }

    /// Pages that have not left go to addresses as they are now.
    pub(in crate::core) fn look_again(&mut self, context: Context<'_>) {
        let moved = self.pages.iter().filter(|(_, item)| item.state == PageState::Owed).filter_map(|(id, item)| {
            let AnyPage::Live(page) = &item.page else { return None };
            // Where there is no address any more, the old one is better than none.
            let address = address(context, page.person(), page.channel())?;
            (address != *page.address()).then(|| (id, page.clone().readdressed(address)))
        });
        for (id, page) in moved.collect::<Vec<_>>() {
            self.pages.change(id, |item| item.page = page.into());
            self.changed.insert(id);
        }
    }
}

/// A page that is wanted.
#[derive(Debug, Clone, Copy)]
struct Wanted<'a> {
    realm: Realm,
    purpose: &'a Purpose,
    person: &'a PersonId,
    channel: &'a ChannelName,
    level: Level,
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

fn is_of_escalation(purpose: &Purpose, of_restarts: u32, of_key: &PageKey) -> bool {
    matches!(purpose, Purpose::Escalation { restarts, key, .. } if (*restarts, key) == (of_restarts, of_key))
}

fn is_from_before(purpose: &Purpose, before: u32) -> bool {
    matches!(purpose, Purpose::Escalation { restarts, .. } if *restarts < before)
}

impl Desk for Outbox {
    fn hear(&mut self, context: Context<'_>, event: &Event, out: &mut Out) {
        match event {
            Event::PageWanted { realm, purpose, person, channel, level, draft } => {
                self.owe(context, Wanted { realm: *realm, purpose, person, channel, level: *level, draft }, out);
            }
            Event::PageUnwanted { alert, restarts, key } => {
                self.take_back_of(context, *alert, |purpose| is_of_escalation(purpose, *restarts, key), out);
            }
            Event::DutyUnwanted { alert, key: of } => {
                let is_it = |purpose: &Purpose| matches!(purpose, Purpose::Duty { key, .. } if key == of);
                self.take_back_of(context, *alert, is_it, out);
            }
            Event::SetOutAnew { alert, restarts } => {
                self.take_back_of(context, *alert, |purpose| is_from_before(purpose, *restarts), out);
            }
            Event::DrillOver { drill } => self.end_drill(context, *drill, out),
            _ => {}
        }
    }

    fn wake(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        let followed = self.follow_spooled(context, out);
        self.miss_receipts(context, out) || followed
    }

    fn deadline(&self) -> Option<Timestamp> {
        [self.pages.deadline(), self.opens].into_iter().flatten().min()
    }

    fn shift(&mut self, by: SignedDuration) {
        self.changed.extend(self.pages.shift(by));
        self.told.shift(by);
        self.paces.shift(by);
        self.health.shift(by);
    }

    fn keep_all(&mut self) {
        self.changed.extend(self.pages.iter().map(|(id, _)| id));
    }

    fn rows(&mut self, change: &mut Change) {
        change.pages.append(&mut self.given_up);
        for id in std::mem::take(&mut self.changed) {
            let Some(item) = self.pages.get(id) else { continue };
            change.pages.push(item.row(id));
            if item.state.settled() {
                self.pages.remove(id);
            }
        }
    }
}

#[cfg(test)]
mod tests;
