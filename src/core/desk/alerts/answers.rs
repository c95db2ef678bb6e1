//! What people say of alerts: "I have it", "call the next one", "it is over", "I see an attack".

use super::{Alerts, OpenAlert};
use crate::alert::Alert;
use crate::alert::chain::Input;
use crate::api::{AlertFact, ChainFact, Done, Fact, Refusal};
use crate::base::id::{AlertId, PersonId};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::redact::redact_words;
use crate::core::context::Context;
use crate::core::event::{Event, Out};

/// What somebody saw with their own eyes.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Sighting<'a> {
    pub(in crate::core) title: &'a str,
    pub(in crate::core) level: Level,
    pub(in crate::core) by: &'a PersonId,
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
        let OpenAlert { alert, escalation } = self.opened(id)?;
        alert.acks.push((by.clone(), context.now));
        let (realm, chain, escalates) = (alert.realm, alert.chain.clone(), escalation.is_some());
        self.changed.insert(id);
        if escalates {
            self.drive(context, id, Input::Acked { by: by.clone() }, out);
        } else {
            out.keep(realm, Fact::Chain(ChainFact::Acked { alert: id, by: by.clone() }));
        }
        if let Some(chain) = chain {
            out.say(Event::Acked { realm, alert: id, chain, by: by.clone() });
        }
        Ok(Done::Acked { alert: id, by: by.clone(), name })
    }

    /// Somebody asks for the next step of the chain.
    pub(in crate::core) fn escalate(
        &mut self,
        context: Context<'_>,
        id: AlertId,
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        self.opened(id)?;
        out.keep(self.realm(id), Fact::Chain(ChainFact::Escalated { alert: id }));
        self.drive(context, id, Input::Escalate, out);
        Ok(Done::Escalated { alert: id })
    }

    /// Somebody says that it is over.
    pub(in crate::core) fn resolved(
        &mut self,
        context: Context<'_>,
        id: AlertId,
        by: &PersonId,
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(by)?;
        self.opened(id)?;
        self.resolve(context, id, by.as_str(), out);
        Ok(Done::Resolved { alert: id })
    }

    /// Somebody raises an alert that they saw with their own eyes.
    pub(in crate::core) fn raise_by_hand(
        &mut self,
        context: Context<'_>,
        seen: Sighting<'_>,
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(seen.by)?;
        let id = self.raise(context, by_hand(context, seen), out);
        let chain = self.open.get(&id).and_then(|open| open.alert.chain.clone());
        Ok(Done::Raised { alert: id, chain })
    }

    /// Ends an alert.
    pub(super) fn resolve(&mut self, context: Context<'_>, id: AlertId, by: &str, out: &mut Out) {
        self.drive(context, id, Input::Resolved, out);
        let Some(OpenAlert { alert, .. }) = self.open.get_mut(&id) else { return };
        alert.resolved = Some(context.now);
        self.grouping.over(alert);
        self.ailments.retain(|_, alert| *alert != id);
        out.keep(alert.realm, Fact::Alert(AlertFact::Resolved { alert: id, by: by.to_owned() }));
        self.changed.insert(id);
    }

    /// An alert that is open, or why it is not. Numbers are never given twice, so one up to the last was given once.
    fn opened(&mut self, id: AlertId) -> Result<&mut OpenAlert, Refusal> {
        let given = (1..=self.last).contains(&id.0);
        let refusal = if given { Refusal::AlertOver { alert: id } } else { Refusal::UnknownAlert { alert: id } };
        self.open.get_mut(&id).filter(|open| open.alert.open()).ok_or(refusal)
    }
}

fn by_hand(context: Context<'_>, seen: Sighting<'_>) -> Alert {
    let Sighting { title, level, by } = seen;
    let title = redact_words(title);
    Alert {
        description: crate::words::alert::raised_by_hand(),
        subject: vec![("by".to_owned(), by.to_string())],
        ..Alert::new(Realm::Live, level, Text::both(&title, &title), context.now)
    }
}
