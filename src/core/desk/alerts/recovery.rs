//! Open alerts taken up again, at a start and after a reload: none is dropped, and each goes on by the files as they are
//! now.

use super::{Alerts, END_OF_DRILL, OpenAlert};
use crate::alert::Alert;
use crate::alert::chain::{self, Escalation, Input, Status};
use crate::api::{ChainFact, Fact, StoreFact, WhyReplaced};
use crate::base::id::{AlertId, ChainId, PersonId};
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::{AlertRow, JoinedRow};

impl Alerts {
    /// Takes up the alerts that the store holds, and who joined them. The drills that run must be known before.
    pub(in crate::core) fn restore(
        &mut self,
        context: Context<'_>,
        last: u64,
        (alerts, joined): (Vec<AlertRow>, Vec<JoinedRow>),
        out: &mut Out,
    ) {
        self.last = last;
        for row in alerts {
            self.take_up(row, out);
        }
        for JoinedRow { realm, grouping, alert } in joined {
            if self.open.contains_key(&alert) {
                self.grouping.joined(realm, grouping, alert);
            }
        }
        self.look_again(context, out);
    }

    /// Looks at every open alert by the files as they are now.
    pub(in crate::core) fn look_again(&mut self, context: Context<'_>, out: &mut Out) {
        for id in self.open.keys().copied().collect::<Vec<AlertId>>() {
            self.revive(context, id, out);
        }
    }

    fn take_up(&mut self, row: AlertRow, out: &mut Out) {
        let Ok(alert) = serde_json::from_str::<Alert>(&row.body) else {
            return out.keep(row.realm, Fact::Store(StoreFact::Unreadable { alert: row.id }));
        };
        self.grouping.raised(&alert, row.grouping, alert.raised);
        if let Some(of) = &alert.ailing {
            self.ailments.insert(of.clone(), alert.id);
        }
        let escalation = row.escalation.and_then(|escalation| serde_json::from_str(&escalation).ok());
        self.open.insert(row.id, OpenAlert { alert, escalation });
    }

    /// Makes sure that an open alert still escalates, if it did.
    fn revive(&mut self, context: Context<'_>, id: AlertId, out: &mut Out) {
        let Some(open) = self.open.get_mut(&id) else {
            return out.inconsistent("an alert is looked at that is not open", id);
        };
        let is_gone = |escalation: &Escalation| context.site().chain(&escalation.chain).is_none();
        let gone = open.escalation.as_ref().is_some_and(is_gone);
        if open.alert.realm.drill().is_some_and(|drill| !self.paces.contains_key(&drill)) {
            // Its chain may be gone as well; it has nothing more to say.
            open.escalation = open.escalation.take().filter(|_| !gone);
            return self.resolve(context, id, END_OF_DRILL, out);
        }
        let Some(was) = open.alert.chain.clone() else { return };
        let why = match &open.escalation {
            None => WhyReplaced::Unreadable,
            Some(_) if gone => WhyReplaced::Gone,
            Some(_) => return,
        };
        let held_by = holder(open);
        self.set_out_anew(context, id, (was, why), out);
        // Who has it still has it: what was just asked for is taken back before anything leaves.
        if let Some(by) = held_by {
            self.drive(context, id, Input::Acked { by }, out);
        }
    }

    /// Sends an alert up the chain that takes its level now.
    fn set_out_anew(&mut self, context: Context<'_>, id: AlertId, (from, why): (ChainId, WhyReplaced), out: &mut Out) {
        let Some((realm, level)) = self.open.get(&id).map(|open| (open.alert.realm, open.alert.level)) else { return };
        let chain = context.site().chain_for(level);
        let to = chain.map(|chain| chain.id.clone());
        out.keep(realm, Fact::Chain(ChainFact::Replaced { alert: id, from, to: to.clone(), why }));
        let (roster, reach, pace) = (&context.site().roster, context.reach(realm), self.pace(realm));
        let of_chain = |chain| chain::Context { chain, roster, reach: &reach, now: context.now };
        let (escalation, effects) = chain.map(|chain| Escalation::start(of_chain(chain), pace)).unzip();
        let Some(open) = self.open.get_mut(&id) else { return };
        open.alert.restarts += 1;
        open.alert.chain = to;
        open.escalation = escalation;
        let restarts = open.alert.restarts;
        self.changed.insert(id);
        out.say(Event::SetOutAnew { alert: id, restarts });
        self.carry_out(context, id, effects.unwrap_or_default(), out);
    }
}

/// Who has an alert, as far as can be known.
fn holder(open: &OpenAlert) -> Option<PersonId> {
    match open.escalation.as_ref().map(|escalation| &escalation.status) {
        Some(Status::Acked { by, .. }) => Some(by.clone()),
        Some(_) => None,
        None => open.alert.acks.last().map(|(by, _)| by.clone()),
    }
}
