//! Pages leave and come home: handed to a channel, tried again, settled.

use jiff::{SignedDuration, Timestamp};

use super::{Item, Outbox};
use crate::alert::chain::Outcome;
use crate::alert::channel::{Receipt, retry_after};
use crate::api::{Fact, PageEnd, PageFact};
use crate::base::id::PageId;
use crate::core::Order;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::PageState;
use crate::words::receipt as words;

/// How long a channel may keep a letter without a word. Channels answer within their own time limits, and a relay may take
/// three quarters of an hour for all its answers together; this is for one that died with a letter in its hands.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

impl Outbox {
    /// Sends everything that is due. The rows say "sending" before anything leaves the house.
    pub(in crate::core) fn dispatch(&mut self, now: Timestamp, out: &mut Out) {
        if self.stays_in {
            return;
        }
        let until = now.checked_add(PATIENCE).unwrap_or(Timestamp::MAX);
        let due = self.pages.iter_mut().filter(|(_, item)| item.state == PageState::Owed && item.due <= now);
        let mut due: Vec<_> = due.collect();
        due.sort_by_key(|(_, item)| item.purpose.lane());
        for (id, item) in due {
            let letter = if item.again { item.page.letter_again() } else { item.page.letter() };
            item.state = PageState::Sending;
            item.attempts = item.attempts.saturating_add(1);
            item.due = until;
            self.changed.insert(*id);
            let channel = item.page.channel().clone();
            out.order(Order::Send { page: *id, channel, letter: Box::new(letter) });
        }
    }

    /// A channel that says nothing for too long has lost the letter, or its answer: it is sent again.
    pub(super) fn miss_receipts(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        let silent = self.pages.iter().filter(|(_, item)| item.state == PageState::Sending && item.due <= context.now);
        let silent: Vec<PageId> = silent.map(|(id, _)| *id).collect();
        for id in &silent {
            self.receipt(context, *id, Receipt::Retry { reason: words::silent(), ambiguous: true }, out);
        }
        !silent.is_empty()
    }

    /// A channel gives back a letter that it had not begun to send. It may answer late, about a page that is settled.
    pub(in crate::core) fn given_back(&mut self, context: Context<'_>, id: PageId, out: &mut Out) {
        let Some(item) = self.pages.get_mut(&id).filter(|item| item.state == PageState::Sending) else { return };
        item.state = PageState::Owed;
        item.due = context.now;
        self.changed.insert(id);
        self.drop_unwanted(context, id, out);
    }

    /// A channel answered. It may answer late, about a page that is settled.
    pub(in crate::core) fn receipt(&mut self, context: Context<'_>, id: PageId, receipt: Receipt, out: &mut Out) {
        if self.pages.get(&id).is_none_or(|item| item.state.settled()) {
            return;
        }
        match receipt {
            Receipt::Accepted { proof } => self.settle(id, PageState::Accepted, &context.kept(&proof), out),
            Receipt::Refused { reason } => self.settle(id, PageState::Failed, &context.kept(&reason), out),
            Receipt::Postponed { reason } => self.delay(context, id, (context.kept(&reason), false), out),
            Receipt::Retry { reason, ambiguous } => self.delay(context, id, (context.kept(&reason), ambiguous), out),
        }
    }

    /// Tries again later. Tries after the first are counted in the page's row; the ledger needs to know only that it was
    /// hard.
    fn delay(&mut self, context: Context<'_>, id: PageId, (why, ambiguous): (String, bool), out: &mut Out) {
        let Some(item) = self.pages.get_mut(&id) else { return };
        item.again |= ambiguous;
        item.state = PageState::Owed;
        item.due = context.now.checked_add(retry_after(item.attempts, id.0)).unwrap_or(context.now);
        item.receipt = Some(why.clone());
        self.changed.insert(id);
        if item.attempts == 1 {
            let (to, channel) = (item.page.person().clone(), item.page.channel().clone());
            out.keep(item.page.realm(), Fact::Page(PageFact::Delayed { page: id, to, channel, why }));
        }
        self.drop_unwanted(context, id, out);
    }

    /// A page that could not be handed over and whose alert has since been taken or ended is not tried again.
    fn drop_unwanted(&mut self, context: Context<'_>, id: PageId, out: &mut Out) {
        if self.pages.get(&id).is_some_and(|item| item.unwanted) {
            self.settle(id, PageState::Cancelled, &context.kept(&words::unwanted()), out);
        }
    }

    /// A page comes to its end: the ledger knows, and so does whoever waits for it.
    pub(super) fn settle(&mut self, id: PageId, state: PageState, words: &str, out: &mut Out) {
        let Some(item) = self.pages.get_mut(&id) else {
            return out.inconsistent("a page is settled that is not owed", id);
        };
        item.state = state;
        item.receipt = Some(words.to_owned());
        self.changed.insert(id);
        let realm = item.page.realm();
        out.keep(realm, Fact::Page(ended(state, end(id, item, words))));
        let outcome = match state {
            PageState::Accepted => Outcome::Accepted,
            PageState::Failed => Outcome::Failed,
            PageState::Owed | PageState::Sending | PageState::Cancelled => return,
        };
        out.say(Event::PageEnded { purpose: item.purpose.clone(), outcome, words: words.to_owned() });
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
        PageState::Owed | PageState::Sending | PageState::Cancelled => PageFact::Cancelled(end),
    }
}
