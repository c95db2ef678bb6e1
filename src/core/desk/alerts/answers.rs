//! What people say of alerts: "I have it", "call the next one", "it is over", "I see an attack".

use super::{Alerts, OpenAlert};
use crate::alert::chain::Input;
use crate::alert::duty::How;
use crate::alert::{Alert, Detection};
use crate::api::{AlertFact, ChainFact, Done, Fact, Refusal};
use crate::base::id::{AlertId, PersonId};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::redact::{Clean, redact};
use crate::core::context::Context;
use crate::core::event::{Event, Out};

/// What somebody saw with their own eyes, or was told.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Sighting<'a> {
    pub(in crate::core) title: &'a str,
    pub(in crate::core) level: Level,
    pub(in crate::core) by: &'a PersonId,
    /// Who saw it, where that was somebody else.
    pub(in crate::core) told_by: Option<&'a str>,
}

/// How an alert ends.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct End<'a> {
    /// Who or what says so.
    pub(in crate::core) by: &'a str,
    /// Who, where it was a person.
    pub(in crate::core) person: Option<&'a PersonId>,
    /// Why.
    pub(in crate::core) reason: Option<&'a str>,
}

impl Alerts {
    /// Somebody says "I have it".
    pub(in crate::core) fn ack(
        &mut self,
        context: Context<'_>,
        id: AlertId,
        by: &PersonId,
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        let name = context.known(by)?.to_owned();
        self.takes(context, (id, by, Input::Acked { by: by.clone() }), out)?;
        Ok(Done::Acked { alert: id, by: by.clone(), name })
    }

    /// Somebody takes an alert, by this word of theirs.
    pub(super) fn takes(
        &mut self,
        context: Context<'_>,
        (id, by, word): (AlertId, &PersonId, Input),
        out: &mut Out,
    ) -> Result<(), Refusal> {
        let open = self.opened(id)?;
        open.alert.acks.push((by.clone(), context.now));
        open.alert.unmuted = None;
        open.is_known();
        let (realm, chain, escalates) = (open.alert.realm, open.alert.chain.clone(), open.escalation.is_some());
        self.changed.insert(id);
        if escalates {
            self.drive(context, id, word, out);
        } else {
            out.keep(realm, Fact::Chain(ChainFact::Acked { alert: id, by: by.clone() }));
        }
        if self.open.get(&id).is_some_and(OpenAlert::is_critical) {
            self.aware(context, id, How::Acked(by.clone()), out);
        }
        if let Some(chain) = chain {
            out.say(Event::Acked { realm, alert: id, chain, by: by.clone() });
        }
        Ok(())
    }

    /// Somebody asks for a step of the chain, from 1, or for the next.
    pub(in crate::core) fn escalate(
        &mut self,
        context: Context<'_>,
        (id, to): (AlertId, Option<usize>),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        let alert = &self.opened(id)?.alert;
        let realm = alert.realm;
        let chain = alert.chain.as_ref().and_then(|chain| context.site().chain(chain));
        let Some(chain) = chain else { return Err(Refusal::NoChain { alert: id }) };
        let steps = chain.steps.len();
        if to.is_some_and(|step| !(1..=steps).contains(&step)) {
            return Err(Refusal::NoStep { chain: chain.id.clone(), steps });
        }
        out.keep(realm, Fact::Chain(ChainFact::Escalated { alert: id, to }));
        self.drive(context, id, Input::Escalate { to: to.map(|step| step - 1) }, out);
        Ok(Done::Escalated { alert: id })
    }

    /// Somebody says that it is over.
    pub(in crate::core) fn resolved(
        &mut self,
        context: Context<'_>,
        (id, by, reason): (AlertId, &PersonId, Option<&str>),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(by)?;
        self.opened(id)?;
        let reason = reason.map(|words| redact(words).into_owned());
        self.resolve(context, id, End { by: by.as_str(), person: Some(by), reason: reason.as_deref() }, out);
        Ok(Done::Resolved { alert: id })
    }

    /// Somebody raises an alert that they saw with their own eyes, or were told of.
    pub(in crate::core) fn raise_by_hand(
        &mut self,
        context: Context<'_>,
        seen: Sighting<'_>,
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(seen.by)?;
        let alert = by_hand(context, seen);
        let detection = Detection::from(&alert);
        let id = self.raise(context, alert, (detection, Some(seen.by.clone())), out);
        self.aware(context, id, How::Raised(seen.by.clone()), out);
        let chain = self.open.get(&id).and_then(|open| open.alert.chain.clone());
        Ok(Done::Raised { alert: id, chain })
    }

    /// Ends an alert. What belongs to it comes back to it for a while.
    pub(super) fn resolve(&mut self, context: Context<'_>, id: AlertId, end: End<'_>, out: &mut Out) {
        let Some(open) = self.open.get_mut(&id) else { return };
        open.alert.muted = None;
        open.alert.ended = Some((end.by.to_owned(), end.reason.map(str::to_owned)));
        let end_of_drill = open.alert.realm != Realm::Live && end.person.is_none();
        let input = if end_of_drill { Input::Dropped } else { Input::Resolved { by: end.person.cloned() } };
        self.drive(context, id, input, out);
        let Some(OpenAlert { alert, detections, .. }) = self.open.get_mut(&id) else { return };
        alert.resolved = Some(context.now);
        self.grouping.over(alert.realm, id, detections.values().map(AsRef::as_ref));
        self.ailments.retain(|_, alert| *alert != id);
        let reason = end.reason.map(str::to_owned);
        out.keep(alert.realm, Fact::Alert(AlertFact::Resolved { alert: id, by: end.by.to_owned(), reason }));
        self.changed.insert(id);
        self.explains_anew(id);
    }

    /// An alert that is open, or why it is not. Numbers are never given twice, so one up to the last was given once.
    pub(super) fn opened(&mut self, id: AlertId) -> Result<&mut OpenAlert, Refusal> {
        let given = (1..=self.last).contains(&id.0);
        let refusal = if given { Refusal::AlertOver { alert: id } } else { Refusal::UnknownAlert { alert: id } };
        self.open.get_mut(&id).filter(|open| open.alert.open()).ok_or(refusal)
    }
}

fn by_hand(context: Context<'_>, seen: Sighting<'_>) -> Alert {
    let Sighting { title, level, by, told_by } = seen;
    let title = redact(title).into_owned();
    let subject = [("by", Some(Clean::of(by.as_str()))), ("told_by", told_by.map(Clean::of))];
    Alert {
        description: crate::words::alert::raised_by_hand(),
        subject: subject.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect(),
        ..Alert::new(Realm::Live, level, Text::both(&title, &title), context.now)
    }
}
