//! Pages leave and come home: handed to a channel, tried again, settled.

use jiff::{SignedDuration, Timestamp};

use super::Outbox;
use super::item::Item;
use super::room::WINDOW;
use crate::alert::chain::Outcome;
use crate::alert::channel::{Receipt, Settings, retry_after};
use crate::api::{Fact, PageEnd, PageFact};
use crate::base::id::{ChannelName, PageId};
use crate::core::Order;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::PageState;
use crate::words::receipt as words;

/// How long a channel may keep a letter without a word. Channels answer within their own time limits, and a relay may take
/// three quarters of an hour for all its answers together; this is for one that died with a letter in its hands.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

/// After how long it is asked for the letter back, in case that still waits there.
pub(super) const ASKED_BACK: SignedDuration = SignedDuration::from_mins(5);

impl Outbox {
    /// Sends what is due, as far as channels have room. The rows say "sending" before anything leaves the house.
    pub(in crate::core) fn dispatch(&mut self, context: Context<'_>, out: &mut Out) {
        self.opens = None;
        if self.stays_in {
            return;
        }
        for id in self.pages.due(context.now, |item| item.state == PageState::Owed) {
            self.pages.change(id, |item| item.ready = true);
        }
        for channel in self.pages.wanted_channels() {
            self.hand_over(context, &channel, out);
        }
    }

    /// Hands letters to one channel, the most urgent first.
    fn hand_over(&mut self, context: Context<'_>, channel: &ChannelName, out: &mut Out) {
        let rate = context.site().settings.channels.get(channel).and_then(Settings::rate);
        let mut last = None;
        while let Some((urgency, id)) = self.pages.next(channel, last) {
            last = Some((urgency, id));
            // Whoever comes next is less urgent, and has no more room.
            if self.pages.out(channel, urgency) >= WINDOW {
                return;
            }
            let opens = rate.map(|rate| self.paces.when(channel, rate, urgency));
            if let Some(opens) = opens.filter(|opens| *opens > context.now) {
                self.opens = Some(self.opens.map_or(opens, |earlier| earlier.min(opens)));
                return;
            }
            if self.send(context, id, out)
                && let Some(rate) = rate
            {
                self.paces.spend(channel, rate, context.now);
            }
        }
    }

    /// Sends a page, unless its person has just been told something else and this can wait.
    fn send(&mut self, context: Context<'_>, id: PageId, out: &mut Out) -> bool {
        let now = context.now;
        let Some(item) = self.pages.get(id) else { return false };
        if let Some(until) = self.told.until(id, item, now) {
            self.pages.change(id, |item| (item.ready, item.due) = (false, until));
            return false;
        }
        self.told.note(id, item, now);
        let letter = if item.again { item.page.letter_again() } else { item.page.letter() };
        let (channel, urgency) = (item.page.channel().clone(), item.urgency);
        self.pages.change(id, |item| {
            (item.state, item.ready, item.asked_for) = (PageState::Sending, false, false);
            item.attempts = item.attempts.saturating_add(1);
            item.since = now;
            item.due = now.checked_add(ASKED_BACK).unwrap_or(Timestamp::MAX);
        });
        self.changed.insert(id);
        out.order(Order::Send { page: id, channel, letter: Box::new(letter.urgent(urgency)) });
        true
    }

    /// A channel that says nothing for long is asked for the letter back: one that still waits there was not tried. One of
    /// which nothing is heard for far longer is lost, or its answer is: it is sent again.
    pub(super) fn miss_receipts(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        let silent = self.pages.due(context.now, |item| item.state == PageState::Sending);
        for id in &silent {
            let asked_for = self.pages.change(*id, |item| {
                item.due = context.now.checked_add(PATIENCE).unwrap_or(Timestamp::MAX);
                std::mem::replace(&mut item.asked_for, true)
            });
            if asked_for == Some(true) {
                self.receipt(context, *id, Receipt::Retry { reason: words::silent(), ambiguous: true }, out);
            } else {
                out.order(Order::Recall { page: *id });
            }
        }
        !silent.is_empty()
    }

    /// A channel gives back a letter that it had not begun to send. It may answer late, about a page that is settled.
    pub(in crate::core) fn given_back(&mut self, context: Context<'_>, id: PageId, out: &mut Out) {
        let held = |item: &&Item| matches!(item.state, PageState::Sending | PageState::Spooled);
        let Some(item) = self.pages.get(id).filter(held) else { return };
        self.told.take_back(id, item);
        self.pages.change(id, |item| {
            (item.state, item.due) = (PageState::Owed, context.now);
            item.attempts = item.attempts.saturating_sub(1);
        });
        self.changed.insert(id);
        self.drop_unwanted(id, out);
    }

    /// A channel answered. It may answer late, about a page that is settled.
    pub(in crate::core) fn receipt(&mut self, context: Context<'_>, id: PageId, receipt: Receipt, out: &mut Out) {
        let Some(item) = self.pages.get(id).filter(|item| !item.state.settled()) else { return };
        self.health.hear(context, item, &receipt, out);
        if !receipt.may_have_arrived() {
            self.told.take_back(id, item);
        }
        match receipt {
            Receipt::Spooled { proof } => self.spooled(context, id, &proof, out),
            Receipt::Accepted { proof } => self.settle(id, PageState::Accepted, &context.kept(&proof), out),
            Receipt::Shut { reason } | Receipt::Refused { reason } => {
                self.settle(id, PageState::Failed, &context.kept(&reason), out);
            }
            Receipt::Postponed { reason } => self.delay(context, id, (context.kept(&reason), false), out),
            Receipt::Retry { reason, ambiguous } => self.delay(context, id, (context.kept(&reason), ambiguous), out),
        }
    }

    /// Tries again later. Tries after the first are counted in the page's row; the ledger needs to know only that it was
    /// hard.
    fn delay(&mut self, context: Context<'_>, id: PageId, (why, ambiguous): (String, bool), out: &mut Out) {
        self.pages.change(id, |item| {
            item.again |= ambiguous;
            (item.state, item.ready) = (PageState::Owed, false);
            item.due = context.now.checked_add(retry_after(item.attempts, id.0)).unwrap_or(context.now);
            item.receipt = Some(why.clone());
        });
        self.changed.insert(id);
        if let Some(item) = self.pages.get(id).filter(|item| item.attempts == 1) {
            let (to, channel) = item.way();
            out.keep(item.page.realm(), Fact::Page(PageFact::Delayed { page: id, to, channel, why }));
        }
        self.drop_unwanted(id, out);
    }

    /// A page that could not be handed over and that nobody wants any more is not tried again.
    fn drop_unwanted(&mut self, id: PageId, out: &mut Out) {
        let unwanted = self.pages.change(id, |item| item.unwanted.take()).flatten();
        if let Some(why) = unwanted {
            self.settle(id, PageState::Cancelled, &why, out);
        }
    }

    /// A page comes to its end: the ledger knows, and so does whoever waits for it.
    pub(super) fn settle(&mut self, id: PageId, state: PageState, words: &str, out: &mut Out) {
        let settled = self.pages.change(id, |item| {
            item.state = state;
            item.receipt = Some(words.to_owned());
            (item.page.realm(), end(id, item, words), item.purpose.clone())
        });
        let Some((realm, end, purpose)) = settled else {
            return out.inconsistent("a page is settled that is not owed", id);
        };
        self.changed.insert(id);
        out.keep(realm, Fact::Page(ended(state, end)));
        let outcome = match state {
            PageState::Accepted => Outcome::Accepted,
            PageState::Failed => Outcome::Failed,
            PageState::Owed | PageState::Sending | PageState::Spooled | PageState::Cancelled => return,
        };
        out.say(Event::PageEnded { purpose, outcome, words: words.to_owned() });
    }
}

fn end(page: PageId, item: &Item, words: &str) -> PageEnd {
    PageEnd {
        page,
        to: item.page.person().clone(),
        channel: item.page.channel().clone(),
        proof: words.to_owned(),
        attempts: item.attempts,
        r#for: Some(item.purpose.clone()),
    }
}

/// The fact that a page came to its end.
pub(super) fn ended(state: PageState, end: PageEnd) -> PageFact {
    match state {
        PageState::Accepted => PageFact::Accepted(end),
        PageState::Failed => PageFact::Failed(end),
        PageState::Owed | PageState::Sending | PageState::Spooled | PageState::Cancelled => PageFact::Cancelled(end),
    }
}
