//! Alerts taken up again, at a start and after a reload: none is dropped, and each goes on by the files as they are now.

use std::collections::BTreeMap;

use super::{Alerts, END_OF_DRILL, OpenAlert};
use crate::alert::chain::{Escalation, Input, Status};
use crate::alert::grouping::Place;
use crate::alert::{Alert, Detection, WhyUnmuted};
use crate::api::{ChainFact, Fact, StoreFact, WhyReplaced};
use crate::base::id::{AlertId, ChainId, PersonId};
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::{AlertRow, DetectionRow, DutyRow, JoinedRow, SilenceRow};

/// How the grouping of what a scan of old logs found begins: nothing that happens now joins that, since nobody is told
/// of it.
const SCAN: &str = "(scan)";

/// What the store holds of alerts.
#[derive(Debug, Default)]
pub(in crate::core) struct Kept {
    /// The highest number given so far.
    pub(in crate::core) last: u64,
    pub(in crate::core) alerts: Vec<AlertRow>,
    pub(in crate::core) detections: Vec<DetectionRow>,
    pub(in crate::core) joined: Vec<JoinedRow>,
    pub(in crate::core) silences: Vec<SilenceRow>,
    pub(in crate::core) duties: Vec<DutyRow>,
    pub(in crate::core) notes: Vec<(String, String)>,
}

impl Alerts {
    /// Takes up the alerts that the store holds, and who joined them. The drills that run must be known before.
    pub(in crate::core) fn restore(&mut self, context: Context<'_>, kept: Kept, out: &mut Out) {
        self.last = kept.last;
        self.silences.restore(context, kept.silences, out);
        self.duties.restore(kept.duties, out);
        self.digests.restore(&kept.notes);
        self.grouping.joins_by(&context.site().settings.joining);
        let mut detections: BTreeMap<AlertId, Vec<DetectionRow>> = BTreeMap::new();
        for row in kept.detections {
            detections.entry(row.alert).or_default().push(row);
        }
        for row in kept.alerts {
            let of_it = detections.remove(&row.id).unwrap_or_default();
            self.take_up(context, row, of_it, out);
        }
        for JoinedRow { realm, grouping, alert } in kept.joined {
            if let Some(open) = self.open.get_mut(&alert) {
                open.has_untold = true;
                self.grouping.known(Place { realm, alert, number: 0 }, grouping);
            }
        }
        let is_cold = |open: &OpenAlert| open.cold_at().is_some_and(|cold| cold <= context.now);
        let cold: Vec<AlertId> = self.open.iter().filter(|(_, open)| is_cold(open)).map(|(id, _)| *id).collect();
        for id in cold {
            self.forget(id);
        }
        for id in self.open.keys().copied().collect::<Vec<AlertId>>() {
            self.take_up_duties(context, id);
        }
        for id in self.open.keys() {
            self.alarms.set(*id, self.deadline_of(*id));
        }
        self.look_again(context, out);
    }

    /// Looks at every open alert by the files as they are now.
    pub(in crate::core) fn look_again(&mut self, context: Context<'_>, out: &mut Out) {
        self.grouping.joins_by(&context.site().settings.joining);
        self.silences.set_turn(context);
        self.digests.set_next(context);
        for id in self.open.keys().copied().filter(|id| self.is_open(*id)).collect::<Vec<AlertId>>() {
            self.revive(context, id, out);
            self.weigh(context, id, WhyUnmuted::Gone, out);
        }
    }

    fn take_up(&mut self, context: Context<'_>, row: AlertRow, detections: Vec<DetectionRow>, out: &mut Out) {
        let Ok(alert) = serde_json::from_str::<Alert>(&row.body) else {
            return out.keep(row.realm, Fact::Store(StoreFact::Unreadable { alert: row.id }));
        };
        let (realm, last_seen) = (alert.realm, alert.last.max(alert.raised).min(context.now));
        if let Some(of) = alert.ailing.as_ref().filter(|_| alert.open()) {
            self.ailments.insert(of.clone(), alert.id);
        }
        // One that was kept before there were detections is one.
        let only = Detection::from(&alert);
        let escalation = row.escalation.and_then(|escalation| serde_json::from_str(&escalation).ok());
        let (is_open, of_scan) = (alert.open(), row.grouping.starts_with(SCAN));
        self.open.insert(row.id, OpenAlert { of_scan, escalation, ..OpenAlert::new(alert) });
        let read = |row: DetectionRow| Some((row.number, row.grouping, serde_json::from_str(&row.body?).ok()?));
        let mut found: Vec<(u64, String, Detection)> = detections.into_iter().filter_map(read).collect();
        if found.is_empty() {
            found.push((1, row.grouping, only));
        }
        for (number, key, detection) in found {
            let place = Place { realm, alert: row.id, number };
            if is_open && !of_scan {
                self.grouping.holds(place, key, &detection, last_seen);
            } else {
                self.grouping.known(place, key);
            }
            if let Some(open) = self.open.get_mut(&row.id) {
                open.rules.insert(detection.rule.clone());
                if !detection.explains.is_empty() {
                    self.explainers.insert(row.id);
                }
                open.detections.insert(number, Box::new(detection));
            }
        }
    }

    /// Makes sure that an open alert still escalates, if it did.
    fn revive(&mut self, context: Context<'_>, id: AlertId, out: &mut Out) {
        let Some(open) = self.open.get_mut(&id) else {
            return out.inconsistent("an alert is looked at that is not open", id);
        };
        let is_gone = |escalation: &Escalation| context.site().chain(&escalation.chain).is_none();
        let gone = open.escalation.as_deref().is_some_and(is_gone);
        if open.alert.realm.drill().is_some_and(|drill| !self.paces.contains_key(&drill)) {
            // Its chain may be gone as well; it has nothing more to say.
            open.escalation = open.escalation.take().filter(|_| !gone);
            return self.end_with_drill(context, id, out);
        }
        let Some(was) = open.alert.chain.clone() else {
            // There may be a chain for it now.
            if !open.of_scan && context.site().chain_for(open.alert.level).is_some() {
                self.set_out_anew(context, id, (None, WhyReplaced::Gone), out);
            }
            return;
        };
        let why = match &open.escalation {
            None => WhyReplaced::Unreadable,
            Some(_) if gone => WhyReplaced::Gone,
            Some(_) => return self.drive(context, id, Input::LookedAt, out),
        };
        let held_by = holder(open);
        self.set_out_anew(context, id, (Some(was), why), out);
        // Who has it still has it: what was just asked for is taken back before anything leaves.
        if let Some(by) = held_by {
            self.drive(context, id, Input::Acked { by }, out);
        }
    }

    /// Ends an alert of a drill that is over.
    pub(super) fn end_with_drill(&mut self, context: Context<'_>, id: AlertId, out: &mut Out) {
        self.resolve(context, id, super::End { by: END_OF_DRILL, person: None, reason: None }, out);
    }

    /// Sends an alert up the chain that takes its level now.
    pub(super) fn set_out_anew(
        &mut self,
        context: Context<'_>,
        id: AlertId,
        (from, why): (Option<ChainId>, WhyReplaced),
        out: &mut Out,
    ) {
        let Some(open) = self.open.get_mut(&id) else { return };
        let to = context.site().chain_for(open.alert.level).map(|chain| chain.id.clone());
        if let Some(from) = from {
            out.keep(open.alert.realm, Fact::Chain(ChainFact::Replaced { alert: id, from, to: to.clone(), why }));
        }
        open.alert.restarts += 1;
        open.alert.chain = to;
        open.escalation = None;
        open.alert.standing = crate::alert::chain::Standing::default();
        let restarts = open.alert.restarts;
        self.changed.insert(id);
        out.say(Event::SetOutAnew { alert: id, restarts });
        self.set_out(context, id, None, out);
    }
}

/// Who has an alert, as far as can be known.
fn holder(open: &OpenAlert) -> Option<PersonId> {
    match open.escalation.as_deref().map(|escalation| &escalation.status) {
        Some(Status::Acked { by, .. }) => Some(by.clone()),
        Some(_) => None,
        None => open.alert.acks.last().map(|(by, _)| by.clone()),
    }
}
