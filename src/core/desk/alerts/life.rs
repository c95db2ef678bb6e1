//! What else people do with an alert: hand it on, be asked later, say what it is, take it apart, put right what was told.

use jiff::SignedDuration;

use super::{Alerts, OpenAlert};
use crate::alert::chain::{Input, Standing};
use crate::alert::duty::How;
use crate::alert::grouping::Place;
use crate::alert::{Alert, Detection, Qualification, Verdict, Why, WhyUnmuted};
use crate::api::{AlertFact, Done, Fact, Refusal};
use crate::base::id::{AlertId, PersonId};
use crate::base::redact::redact;
use crate::core::context::Context;
use crate::core::event::Out;

/// What somebody found out.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Finding<'a> {
    pub(in crate::core) verdict: Verdict,
    pub(in crate::core) personal_data: Option<bool>,
    pub(in crate::core) care: Option<bool>,
    pub(in crate::core) note: Option<&'a str>,
    pub(in crate::core) by: &'a PersonId,
}

/// Somebody wants to be asked again after a while.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Later<'a> {
    pub(in crate::core) by: &'a PersonId,
    pub(in crate::core) after: SignedDuration,
}

/// The longest that an alert can wait for whoever has it.
const LATEST: SignedDuration = SignedDuration::from_hours(24);

impl Alerts {
    /// Somebody who has it, or takes it with this word, hands it on.
    pub(in crate::core) fn hand_on(
        &mut self,
        context: Context<'_>,
        (id, by, to): (AlertId, &PersonId, &PersonId),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(by)?;
        let name = context.known(to)?.to_owned();
        let open = self.opened(id)?;
        if open.escalation.is_none() {
            return Err(Refusal::NoChain { alert: id });
        }
        let is_held = matches!(open.alert.standing, Standing::Held { .. });
        if !is_held {
            self.takes(context, (id, by, Input::Acked { by: by.clone() }), out)?;
        }
        self.drive(context, id, Input::HandedOn { to: to.clone() }, out);
        Ok(Done::HandedOn { alert: id, to: to.clone(), name })
    }

    /// Somebody has it and wants to be asked again later.
    pub(in crate::core) fn snooze(
        &mut self,
        context: Context<'_>,
        (id, later): (AlertId, Later<'_>),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        let name = context.known(later.by)?.to_owned();
        if !later.after.is_positive() || later.after > LATEST {
            return Err(Refusal::TooLate { hours: LATEST.as_hours() });
        }
        let until = context.now.saturating_add(later.after).unwrap_or(context.now);
        let by = later.by.clone();
        self.takes(context, (id, later.by, Input::Snoozed { by: by.clone(), until }), out)?;
        Ok(Done::Snoozed { alert: id, by, name, until, seconds: later.after.as_secs() })
    }

    /// Somebody says what it is.
    pub(in crate::core) fn qualify(
        &mut self,
        context: Context<'_>,
        (id, finding): (AlertId, Finding<'_>),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(finding.by)?;
        let Finding { verdict, personal_data, care, note, by } = finding;
        let note = note.map(|words| redact(words).into_owned());
        let OpenAlert { alert, .. } = self.opened(id)?;
        // What is known stays known where the new word says nothing of it.
        let before = alert.qualified.take();
        let known =
            |new: Option<bool>, of: fn(&Qualification) -> Option<bool>| new.or_else(|| before.as_ref().and_then(of));
        let (personal_data, care) = (known(personal_data, |q| q.personal_data), known(care, |q| q.care));
        let said = Qualification { verdict, personal_data, care, by: by.clone(), at: context.now, note };
        out.keep(alert.realm, Fact::Alert(AlertFact::Qualified { alert: id, said: said.clone() }));
        alert.qualified = Some(said);
        self.changed.insert(id);
        match verdict {
            Verdict::Confirmed => self.aware(context, id, How::Qualified(by.clone()), out),
            Verdict::False => self.withdraw_duties(context, id, out),
            Verdict::ToBeChecked => {}
        }
        Ok(Done::Qualified { alert: id })
    }

    /// Somebody takes detections out of an alert into one of their own: they did not belong together.
    pub(in crate::core) fn split(
        &mut self,
        context: Context<'_>,
        (id, numbers, by): (AlertId, &[u64], &PersonId),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(by)?;
        let OpenAlert { alert, detections, .. } = self.opened(id)?;
        let known: Vec<u64> = detections.keys().copied().collect();
        let taken: Vec<u64> = known.iter().copied().filter(|number| numbers.contains(number)).collect();
        let all_known = numbers.iter().all(|number| known.contains(number));
        if taken.is_empty() || taken.len() == known.len() || !all_known {
            return Err(Refusal::NoSuchPart { alert: id, parts: known });
        }
        let realm = alert.realm;
        let parts: Vec<Detection> =
            taken.iter().filter_map(|number| detections.remove(number)).map(|part| *part).collect();
        alert.made_of(&detections.values().map(AsRef::as_ref).collect::<Vec<_>>());
        self.grouping.over(realm, id, &parts);
        self.taken_out.extend(taken.iter().map(|number| (id, *number)));
        self.changed.insert(id);
        let new = self.set_apart(context, id, (parts, by), out);
        self.weigh(context, id, WhyUnmuted::Uncovered, out);
        out.keep(realm, Fact::Alert(AlertFact::Split { alert: id, into: new, by: by.clone(), parts: taken }));
        Ok(Done::Split { alert: id, into: new })
    }

    /// Raises an alert of parts of another one.
    fn set_apart(
        &mut self,
        context: Context<'_>,
        from: AlertId,
        (parts, by): (Vec<Detection>, &PersonId),
        out: &mut Out,
    ) -> AlertId {
        let realm = self.realm(from);
        let parts: Vec<Detection> =
            parts.into_iter().map(|part| Detection { joined: Some(Why::Split), ..part }).collect();
        let mut rest = parts.into_iter();
        let Some(first) = rest.next() else { return from };
        let mut alert = Alert { split_from: Some(from), ..Alert::of(realm, &first, context.now) };
        let rest: Vec<Detection> = rest.collect();
        let all: Vec<&Detection> = std::iter::once(&first).chain(&rest).collect();
        alert.made_of(&all);
        let id = self.raise(context, alert, (first, Some(by.clone())), out);
        for (number, detection) in (2..).zip(rest) {
            self.hold(context.now, Place { realm, alert: id, number }, detection);
        }
        id
    }

    /// What was told of an alert is wrong: exactly those who were told it learn so.
    pub(in crate::core) fn put_right(
        &mut self,
        context: Context<'_>,
        (id, by, text): (AlertId, &PersonId, &str),
        out: &mut Out,
    ) -> Result<Done, Refusal> {
        context.known(by)?;
        let Some(open) = self.open.get_mut(&id) else {
            self.opened(id)?;
            return Err(Refusal::UnknownAlert { alert: id });
        };
        let text = redact(text).into_owned();
        open.erratum = Some(text.clone());
        let realm = open.alert.realm;
        let told = open.escalation.as_deref().map_or(0, crate::alert::chain::Escalation::reached);
        out.keep(realm, Fact::Alert(AlertFact::Erratum { alert: id, by: by.clone(), text }));
        self.drive(context, id, Input::Erratum, out);
        Ok(Done::PutRight { alert: id, told })
    }
}
