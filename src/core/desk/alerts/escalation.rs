//! The way of an alert up its chain: what its escalation asks for, and what comes back.

use super::{Alerts, OpenAlert};
use crate::alert::WhyUnmuted;
use crate::alert::chain::{self, Effect, Escalation, Input, Outcome};
use crate::alert::duty::How;
use crate::api::{Fact, Purpose};
use crate::base::id::{AlertId, PersonId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::core::context::Context;
use crate::core::event::{Event, Out};

impl Alerts {
    /// Sends an alert up the chain that it follows; whoever raised it is passed over. Where no chain takes its level, it
    /// waits for nobody.
    pub(super) fn set_out(&mut self, context: Context<'_>, id: AlertId, raiser: Option<PersonId>, out: &mut Out) {
        let muted = self.muted_now(context, id);
        let Some(OpenAlert { alert, .. }) = self.open.get(&id) else { return };
        let (reach, pace) = (context.reach(alert.realm), self.pace(alert.realm));
        let Some(chain) = alert.chain.as_ref().and_then(|chain| context.site().chain(chain)) else { return };
        let of_chain = chain::Context { chain, roster: &context.site().roster, reach: &reach, now: context.now };
        let (escalation, effects) = match &muted {
            Some(muted) => (Escalation::start_muted(of_chain, pace, raiser, muted.until), Vec::new()),
            None => Escalation::start(of_chain, pace, raiser),
        };
        self.note_muted(id, muted, out);
        if let Some(open) = self.open.get_mut(&id) {
            open.alert.standing = escalation.standing();
            open.escalation = Some(Box::new(escalation));
        }
        self.carry_out(context, id, effects, out);
    }

    /// Gives an input to the escalation of an alert and carries out what follows. An alert that no chain takes has none,
    /// and waits for nobody.
    pub(super) fn drive(&mut self, context: Context<'_>, id: AlertId, input: Input, out: &mut Out) {
        let Some(OpenAlert { alert, escalation, .. }) = self.open.get_mut(&id) else {
            return out.inconsistent("an alert escalates that is not open", id);
        };
        let Some(escalation) = escalation else { return };
        let follows = if input == Input::Graver { alert.chain.as_ref() } else { Some(&escalation.chain) };
        let chain = follows.and_then(|chain| context.site().chain(chain));
        // What is over is sent up no other chain where its own is gone: whoever it is still told to is as well reached by
        // that of its level.
        let Some(chain) = chain.or_else(|| context.site().chain_for(alert.level).filter(|_| !alert.open())) else {
            if alert.open() {
                out.inconsistent("an alert follows a chain that is not in chains.yaml", id);
            }
            return;
        };
        let reach = context.reach(alert.realm);
        let of_chain = chain::Context { chain, roster: &context.site().roster, reach: &reach, now: context.now };
        let effects = escalation.step(of_chain, input);
        alert.standing = escalation.standing();
        let is_called_for = alert.muted.is_some() && !escalation.is_muted();
        self.changed.insert(id);
        if is_called_for {
            self.let_go(context, id, WhyUnmuted::Asked, out);
        }
        self.carry_out(context, id, effects, out);
    }

    /// Says what an escalation asks for.
    fn carry_out(&mut self, context: Context<'_>, id: AlertId, effects: Vec<Effect>, out: &mut Out) {
        let Some(open) = self.open.get(&id) else {
            return out.inconsistent("an alert asks for something that is not open", id);
        };
        let (realm, restarts, level) = (open.alert.realm, open.alert.restarts, open.alert.level);
        let unanswered = effects.contains(&Effect::RoundOver) && open.is_critical();
        for effect in effects {
            match effect {
                Effect::Page(key) => {
                    let draft = Box::new(super::words::draft(context, open, &key));
                    let (person, channel) = (key.person.clone(), key.channel.clone());
                    let purpose = Purpose::Escalation { alert: id, restarts, key };
                    out.say(Event::PageWanted { realm, purpose, person, channel, level, draft });
                }
                Effect::Cancel(key) => out.say(Event::PageUnwanted { alert: id, restarts, key }),
                Effect::Fact(fact) => out.keep(realm, Fact::of_chain(id, fact)),
                Effect::RoundOver => {}
            }
        }
        if unanswered {
            self.aware(context, id, How::Unanswered, out);
        }
    }

    /// A page came to its end. One of an alert that is forgotten, or from before it set out anew, concerns nobody any more.
    pub(super) fn page_ended(&mut self, context: Context<'_>, purpose: &Purpose, outcome: Outcome, out: &mut Out) {
        let Purpose::Escalation { alert: id, restarts, key } = purpose else { return };
        let id = *id;
        let Some(OpenAlert { alert, .. }) = self.open.get(&id).filter(|open| open.alert.restarts == *restarts) else {
            return;
        };
        let of_drill = alert.realm.drill().zip(alert.chain.clone()).filter(|_| alert.open());
        self.drive(context, id, Input::Receipt { page: key.clone(), outcome }, out);
        if let (Some((drill, chain)), Outcome::Accepted) = (of_drill, outcome) {
            let (person, channel) = (key.person.clone(), key.channel.clone());
            out.say(Event::Paged { drill, chain, person, channel });
        }
    }

    /// How serious an alert is; one that is forgotten is not any more.
    pub(in crate::core) fn level(&self, id: AlertId) -> Level {
        self.open.get(&id).map_or(Level::Informational, |open| open.alert.level)
    }

    /// The realm of an alert that is known.
    pub(super) fn realm(&self, id: AlertId) -> Realm {
        self.open.get(&id).map_or(Realm::Live, |open| open.alert.realm)
    }
}
