//! Letters that lie where somebody takes them from, such as the daemon of a modem. Left there is not taken: until it is,
//! people are told by other channels, and the letter is taken out again where nobody wants it any more.

use jiff::{SignedDuration, Timestamp};

use super::Outbox;
use crate::api::{Fact, PageFact};
use crate::base::id::PageId;
use crate::base::language::Text;
use crate::core::Order;
use crate::core::context::Context;
use crate::core::event::Out;
use crate::store::PageState;

/// How soon a letter is looked for after it was left, and how often at most and at least afterwards.
const SOONEST: SignedDuration = SignedDuration::from_secs(1);
const LATEST: SignedDuration = SignedDuration::from_secs(30);

impl Outbox {
    /// A letter lies where somebody takes it from: it is looked for again, less and less often.
    pub(super) fn spooled(&mut self, context: Context<'_>, id: PageId, proof: &Text, out: &mut Out) {
        let now = context.now;
        let fresh = self.pages.change(id, |item| {
            let fresh = item.state != PageState::Spooled;
            if fresh {
                (item.state, item.since, item.receipt) = (PageState::Spooled, now, Some(context.kept(proof)));
            }
            item.due = again_at(item.since, now);
            fresh
        });
        let Some(item) = self.pages.get(id) else { return };
        if fresh == Some(true) {
            self.changed.insert(id);
            let (to, channel) = item.way();
            let proof = context.kept(proof);
            out.keep(item.page.realm(), Fact::Page(PageFact::Spooled { page: id, to, channel, proof }));
            if item.unwanted.is_some() {
                self.follow(id, out);
            }
        }
    }

    /// Has every letter looked for that is due.
    pub(super) fn follow_spooled(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        let due = self.pages.due(context.now, |item| item.state == PageState::Spooled);
        for id in &due {
            self.pages.change(*id, |item| item.due = again_at(item.since, context.now));
            self.follow(*id, out);
        }
        !due.is_empty()
    }

    /// Has one letter looked for, or taken out where nobody wants it.
    pub(super) fn follow(&mut self, id: PageId, out: &mut Out) {
        let Some(item) = self.pages.get(id) else { return };
        let (channel, letter) = (item.page.channel().clone(), Box::new(item.page.letter()));
        out.order(Order::Follow { page: id, channel, letter, take_out: item.unwanted.is_some() });
    }
}

fn again_at(since: Timestamp, now: Timestamp) -> Timestamp {
    let pause = (now.duration_since(since) / 4).clamp(SOONEST, LATEST);
    now.saturating_add(pause).unwrap_or(Timestamp::MAX)
}
