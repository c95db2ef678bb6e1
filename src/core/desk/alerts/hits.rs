//! Hits become alerts: a hit joins an open one of the same rule and subject, or raises one.

use jiff::Timestamp;

use super::{Alerts, OpenAlert};
use crate::alert::chain::{self, Escalation};
use crate::alert::grouping::Belongs;
use crate::alert::{Alert, clean};
use crate::api::{AlertFact, Fact};
use crate::base::id::{AlertId, SourceName};
use crate::base::language::{Language, Text};
use crate::base::realm::Realm;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::JoinedRow;
use crate::watch::sigma::Match;

/// A rule that matched. What did not come has no source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit<'a> {
    pub(super) source: Option<&'a SourceName>,
    pub(super) realm: Realm,
    pub(super) found: &'a Match,
}

impl Alerts {
    /// A rule matched. One that only goes on matching joins nothing anew: it is counted where it was, and raises an alert
    /// only where none is open any more.
    pub(super) fn hit(&mut self, context: Context<'_>, hit: Hit<'_>, out: &mut Out) {
        let Hit { source, realm, found } = hit;
        let rule = &found.rule.id;
        let subject: Vec<_> = found.subject.iter().map(|(name, value)| clean(name, value)).collect();
        let key = Alert::grouping(rule, &subject);
        let alert = match self.grouping.find(realm, rule, &key, context.now) {
            Belongs::To(alert) => {
                self.absorb(alert, found.time, out);
                if found.goes_on {
                    return;
                }
                alert
            }
            Belongs::Among(alert) => {
                self.absorb(alert, found.time, out);
                self.fold(alert, key, out);
                alert
            }
            Belongs::Nowhere => self.raise(context, alert_of(context.now, source, realm, subject, found), out),
        };
        out.say(Event::Joined { realm, alert, rule: rule.clone() });
    }

    fn absorb(&mut self, id: AlertId, time: Timestamp, out: &mut Out) {
        let Some(open) = self.open.get_mut(&id) else {
            return out.inconsistent("a hit joins an alert that is not open", id);
        };
        open.alert.absorb(time);
        self.changed.insert(id);
    }

    /// A further subject joins an alert that stands for many.
    fn fold(&mut self, id: AlertId, key: String, out: &mut Out) {
        let Some(OpenAlert { alert, .. }) = self.open.get_mut(&id) else {
            return out.inconsistent("a subject joins an alert that is not open", id);
        };
        if !self.grouping.join(alert, key.clone()) {
            return;
        }
        let (realm, rule, first) = (alert.realm, alert.rule.clone(), alert.others == 1);
        self.joined.push(JoinedRow { realm, grouping: key, alert: id });
        if first {
            out.keep(realm, Fact::Alert(AlertFact::StandsForOthers { alert: id, rule }));
        }
    }

    /// Numbers a new alert and sends it up its chain.
    pub(super) fn raise(&mut self, context: Context<'_>, mut alert: Alert, out: &mut Out) -> AlertId {
        self.last += 1;
        alert.id = AlertId(self.last);
        let (id, realm) = (alert.id, alert.realm);
        let chain = context.site().chain_for(alert.level);
        alert.chain = chain.map(|chain| chain.id.clone());
        out.keep(realm, Fact::Alert(AlertFact::raised(&alert, None)));
        if let Some(rule) = &alert.rule {
            let key = Alert::grouping(rule, &alert.subject);
            self.grouping.raised(&alert, key, alert.raised);
        }
        let (escalation, effects) = chain
            .map(|chain| {
                let (roster, reach) = (&context.site().roster, context.reach(realm));
                let of_chain = chain::Context { chain, roster, reach: &reach, now: context.now };
                Escalation::start(of_chain, self.pace(realm))
            })
            .unzip();
        self.open.insert(id, OpenAlert { alert, escalation });
        self.changed.insert(id);
        out.say(Event::Raised { realm, alert: id });
        self.carry_out(context, id, effects.unwrap_or_default(), out);
        id
    }
}

/// What a rule says of its matches, and what is to be said of this one.
fn described(found: &Match) -> Text {
    let Some(note) = &found.note else { return found.rule.description.clone() };
    let both = |language| [found.rule.description.get(language), note.get(language)].join("\n").trim().to_owned();
    Text::both(&both(Language::Fr), &both(Language::En))
}

/// The alert that a hit raises, before it has a number and a chain. `subject` is the hit's, without identifiers.
pub(crate) fn alert_of(
    now: Timestamp,
    source: Option<&SourceName>,
    realm: Realm,
    subject: Vec<(String, String)>,
    found: &Match,
) -> Alert {
    let rule = &found.rule;
    Alert {
        rule: Some(rule.id.clone()),
        description: described(found),
        subject,
        source: source.cloned(),
        raised: now,
        author: rule.author.clone(),
        references: rule.references.clone(),
        ..Alert::new(realm, rule.level, rule.title.clone(), found.time)
    }
}
