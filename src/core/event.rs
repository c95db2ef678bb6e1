//! What desks tell each other. An event is said by one desk and heard by all; the core carries it from one to the next
//! until nothing is left to be said. Facts go the other way: out, into the ledger and to whoever subscribes.

use std::collections::VecDeque;
use std::fmt::Display;
use std::sync::Arc;

use jiff::Timestamp;

use super::Order;
use crate::alert::Ailment;
use crate::alert::chain::{Outcome, Pace, PageKey};
use crate::alert::page::Draft;
use crate::api::{CoreFact, DoneBy, Fact, Purpose, Told};
use crate::base::id::{AlertId, ChainId, ChannelName, DrillId, InjectId, PersonId, RuleId, SourceName};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::watch::label::CopyOf;
use crate::watch::line::LinePlace;
use crate::watch::sigma::Match;

/// Something one desk says and others may want to hear.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A rule matched, or goes on matching ([`Match::goes_on`]). `place` is that of its line. What did not come has neither
    /// source nor place.
    Hit {
        source: Option<SourceName>,
        realm: Realm,
        found: Arc<Match>,
        place: Option<LinePlace>,
        copy_of: Option<CopyOf>,
    },
    /// A hit has joined an alert, which may be new.
    Joined { realm: Realm, alert: AlertId, rule: RuleId },
    /// vigie itself suffers something that people must know. May be said again while it lasts.
    Ailing(Box<Ailment>),
    /// What suffered is well again.
    Well { of: String },
    /// An alert was raised.
    Raised { realm: Realm, alert: AlertId },
    /// Somebody said "I have it" about an alert that follows a chain.
    Acked { realm: Realm, alert: AlertId, chain: ChainId, by: PersonId },
    /// A page is to be sent.
    PageWanted {
        realm: Realm,
        purpose: Purpose,
        person: PersonId,
        channel: ChannelName,
        /// How serious what it speaks of is: the gravest leaves first.
        level: Level,
        draft: Box<Draft>,
    },
    /// A page of an alert is not wanted any more.
    PageUnwanted { alert: AlertId, restarts: u32, key: PageKey },
    /// A page of a duty is not wanted any more.
    DutyUnwanted { alert: AlertId, key: PageKey },
    /// An alert has set out anew, so often by now: no page from before is wanted any more.
    SetOutAnew { alert: AlertId, restarts: u32 },
    /// A page came to an end that whoever wanted it has to know.
    PageEnded { purpose: Purpose, outcome: Outcome, words: String },
    /// A page of an alert of a drill was accepted by its peer.
    Paged { drill: DrillId, chain: ChainId, person: PersonId, channel: ChannelName },
    /// A drill runs, from its start or again since a start of vigie.
    DrillRuns { drill: DrillId, pace: Pace },
    /// A message of a drill could not be sent to anybody.
    MessageLost { drill: DrillId, inject: InjectId },
    /// A drill is over, and so is everything that belongs to it.
    DrillOver { drill: DrillId },
}

/// Where desks put what they have to say.
#[derive(Debug, Default)]
pub(super) struct Out {
    now: Timestamp,
    events: VecDeque<Event>,
    facts: Vec<Told>,
    /// The account that has it all done, while a command is carried out.
    by: Option<DoneBy>,
    orders: Vec<Order>,
}

impl Out {
    /// What is said from now on is said at this instant.
    pub(super) fn at(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// What is said from now on is done by this account.
    pub(super) fn done_by(&mut self, by: Option<DoneBy>) {
        self.by = by;
    }

    /// Tells the other desks something.
    pub(super) fn say(&mut self, event: Event) {
        self.events.push_back(event);
    }

    /// Has something kept in the ledger.
    pub(super) fn keep(&mut self, realm: Realm, fact: Fact) {
        self.facts.push(Told { at: self.now, realm, fact, by: self.by.clone() });
    }

    /// Has the world do something, once what led to it is kept.
    pub(super) fn order(&mut self, order: Order) {
        self.orders.push(order);
    }

    /// Says that something was met which cannot be. Whoever is watching must not be left alone with it: it is in the
    /// ledger and told to the operator, and a test run stops there.
    pub(super) fn inconsistent(&mut self, what: &str, of: impl Display) {
        debug_assert!(false, "inconsistent: {what}: {of}");
        self.keep(Realm::Live, Fact::Core(CoreFact::Inconsistent { what: what.to_owned(), of: of.to_string() }));
    }

    /// The next event that nobody has heard yet.
    pub(super) fn next_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// The facts so far.
    pub(super) fn take_facts(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.facts)
    }

    /// The orders so far.
    pub(super) fn take_orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }
}

#[cfg(test)]
impl Out {
    /// Everything that was said, for tests of one desk.
    pub(super) fn said(&mut self) -> Vec<Event> {
        self.events.drain(..).collect()
    }
}
