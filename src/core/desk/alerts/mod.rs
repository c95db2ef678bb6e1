//! The desk of alerts: which are open, who holds them, and how far each is on its chain. Pages are asked for here and
//! sent elsewhere; whether a line is real was decided before.

mod ailments;
mod alarms;
mod answers;
mod declared;
mod digest;
mod duties;
mod escalation;
mod growth;
mod hits;
mod life;
mod muting;
mod recovery;
mod silences;
mod ticks;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::Desk;
use crate::alert::chain::{Escalation, Input, Pace, PageKey, PageReason};
use crate::alert::grouping::Grouping;
use crate::alert::{Alert, Detection, WhyUnmuted};
use crate::api::Purpose;
use crate::base::id::{AlertId, DrillId, RuleId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::{AlertRow, Change, DetectionRow};

use alarms::Alarms;
pub(in crate::core) use answers::{End, Sighting};
pub(in crate::core) use declared::Declared;
use digest::Digests;
use duties::Duties;
use hits::Hit;
pub(crate) use hits::{key_of, seen, ties};
pub(in crate::core) use life::{Finding, Later};
pub(in crate::core) use recovery::Kept;
pub(in crate::core) use silences::Quiet;
use silences::Silences;
pub(in crate::core) use ticks::Ticked;

/// An alert that is not over, or was until a while ago, what it is made of, and its way up its chain: nothing where no
/// chain takes its level. What is large in it is boxed: a node of a map has room for eleven of its values, most of which stay
/// empty.
#[derive(Debug)]
struct OpenAlert {
    alert: Box<Alert>,
    /// By their numbers.
    detections: BTreeMap<u64, Box<Detection>>,
    /// The rules that found something of it.
    rules: HashSet<Option<RuleId>>,
    /// Whether something belongs to it that is not told apart.
    has_untold: bool,
    /// Whether a scan of old logs found it: nobody is told of it.
    of_scan: bool,
    escalation: Option<Box<Escalation>>,
    /// What is to be said that was wrong.
    erratum: Option<String>,
}

impl OpenAlert {
    fn new(alert: Alert) -> Self {
        let (detections, rules) = (BTreeMap::new(), HashSet::new());
        let alert = Box::new(alert);
        Self { alert, detections, rules, has_untold: false, of_scan: false, escalation: None, erratum: None }
    }

    /// Whether it is an incident as grave as they are, and not one of vigie itself.
    fn is_critical(&self) -> bool {
        self.alert.level == Level::Critical && self.alert.ailing.is_none()
    }

    fn deadline(&self, pace: Pace) -> Option<Timestamp> {
        let escalates = self.escalation.as_deref().and_then(Escalation::deadline);
        [escalates, self.more_at(pace), self.cold_at()].into_iter().flatten().min()
    }
}

/// The desk.
#[derive(Debug, Default)]
pub(in crate::core) struct Alerts {
    open: BTreeMap<AlertId, OpenAlert>,
    grouping: Grouping,
    /// The highest number given so far.
    last: u64,
    /// The drills that run, and how fast their clocks run.
    paces: BTreeMap<DrillId, Pace>,
    silences: Silences,
    /// Alerts of which others may be only a consequence.
    explainers: BTreeSet<AlertId>,
    /// What they explain may have changed.
    reweigh: bool,
    digests: Digests,
    duties: Duties,
    /// The open alerts about vigie itself, by what suffers.
    ailments: BTreeMap<String, AlertId>,
    changed: BTreeSet<AlertId>,
    /// When each is to be looked at next, as far as it has not changed since.
    alarms: Alarms,
    /// Detections that are new or were seen again.
    counted: BTreeSet<(AlertId, u64)>,
    /// Detections that were taken out of an alert.
    taken_out: Vec<(AlertId, u64)>,
}

impl Alerts {
    /// The highest number given so far.
    pub(in crate::core) fn last(&self) -> u64 {
        self.last
    }

    /// From now on numbers are higher than this one.
    pub(in crate::core) fn number_from(&mut self, number: u64) {
        self.last = self.last.max(number);
    }

    /// The realm of an alert that is open, or was until a while ago.
    pub(in crate::core) fn realm_of(&self, alert: AlertId) -> Option<Realm> {
        self.open.get(&alert).map(|open| open.alert.realm)
    }

    /// How many wait for somebody to end them.
    pub(in crate::core) fn count(&self) -> usize {
        self.open.values().filter(|open| open.alert.open()).count()
    }

    /// Those that are open, by their numbers.
    pub(in crate::core) fn open(&self) -> Vec<Alert> {
        self.open.values().filter(|open| open.alert.open()).map(|open| (*open.alert).clone()).collect()
    }

    /// Whether an alert is known and waits for somebody to end it.
    fn is_open(&self, id: AlertId) -> bool {
        self.open.get(&id).is_some_and(|open| open.alert.open())
    }

    /// Whether a page of an alert is still wanted: its escalation asked for it and has not given it up since. That it is
    /// over, or was wrong, is to be known also when nothing else of it is.
    pub(in crate::core) fn wants(&self, purpose: &Purpose) -> bool {
        let Purpose::Escalation { alert, restarts, key } = purpose else { return false };
        if matches!(key.reason, PageReason::Over(_) | PageReason::Erratum(_)) && !self.is_open(*alert) {
            return true;
        }
        self.open.get(alert).is_some_and(|open| {
            let escalation = open.escalation.as_deref().filter(|_| open.alert.restarts == *restarts);
            escalation.is_some_and(|escalation| escalation.wants(key))
        })
    }

    /// How serious what a page of a duty speaks of is, where the page is still wanted.
    pub(in crate::core) fn wants_of_duty(&self, alert: AlertId, key: &PageKey) -> Option<Level> {
        self.duties.wants(alert, key)
    }

    fn deadline_of(&self, id: AlertId) -> Option<Timestamp> {
        let open = self.open.get(&id)?;
        open.deadline(self.pace(open.alert.realm))
    }

    /// Notes when each alert that changed is to be looked at next.
    fn set_alarms(&mut self) {
        for id in &self.changed {
            self.alarms.set(*id, self.deadline_of(*id));
        }
    }

    /// Does what is due of an alert.
    fn wake_up(&mut self, context: Context<'_>, id: AlertId, out: &mut Out) {
        // Its alarm has rung: it is set anew with everything that changed.
        self.changed.insert(id);
        let Some(open) = self.open.get(&id) else { return };
        let is_due = |deadline: Option<Timestamp>| deadline.is_some_and(|deadline| deadline <= context.now);
        if is_due(open.cold_at()) {
            return self.forget(id);
        }
        self.weigh(context, id, WhyUnmuted::Over, out);
        let Some(open) = self.open.get(&id) else { return };
        let grown = is_due(open.more_at(self.pace(open.alert.realm)));
        if is_due(open.escalation.as_deref().and_then(Escalation::deadline)) {
            self.drive(context, id, Input::Clock, out);
        }
        if grown {
            self.grew(context, id, out);
        }
    }

    /// How fast the clock of a realm runs.
    fn pace(&self, realm: Realm) -> Pace {
        realm.drill().and_then(|drill| self.paces.get(&drill).copied()).unwrap_or(Pace::REAL)
    }

    /// Ends every alert of a drill.
    fn drill_over(&mut self, context: Context<'_>, drill: DrillId, out: &mut Out) {
        let of_drill = self.open.values().filter(|open| open.alert.realm == Realm::Drill(drill) && open.alert.open());
        let of_drill: Vec<AlertId> = of_drill.map(|open| open.alert.id).collect();
        for alert in of_drill {
            self.end_with_drill(context, alert, out);
        }
        self.withdraw_of_drill(context, drill, out);
        self.paces.remove(&drill);
    }

    fn row(&self, id: AlertId) -> Option<AlertRow> {
        let OpenAlert { alert, escalation, .. } = self.open.get(&id)?;
        Some(AlertRow {
            id,
            realm: alert.realm,
            rule: alert.rule.clone(),
            grouping: alert.rule.as_ref().map(|rule| Alert::grouping(rule, &alert.subject, None)).unwrap_or_default(),
            open: alert.open(),
            body: serde_json::to_string(alert).expect("an alert is plain data"),
            escalation: escalation
                .as_ref()
                .map(|escalation| serde_json::to_string(escalation).expect("an escalation is plain data")),
            changed: alert.resolved.unwrap_or(alert.last.max(alert.raised)),
        })
    }

    fn detection_row(&self, (alert, number): (AlertId, u64)) -> Option<DetectionRow> {
        let detection = self.open.get(&alert)?.detections.get(&number)?;
        let body = serde_json::to_string(detection).expect("a detection is plain data");
        Some(DetectionRow { alert, number, grouping: detection.key().unwrap_or_default(), body: Some(body) })
    }
}

/// Who ends the alerts of a drill that is over, as the ledger keeps it.
const END_OF_DRILL: &str = "end of the drill";

impl Desk for Alerts {
    fn hear(&mut self, context: Context<'_>, event: &Event, out: &mut Out) {
        match event {
            Event::Hit { source, realm, found, place, copy_of } => {
                let (source, place) = (source.as_ref(), place.as_ref());
                self.hit(context, Hit { source, realm: *realm, found, place, copy_of: *copy_of }, out);
            }
            Event::PageEnded { purpose: Purpose::Duty { alert, key }, outcome, .. } => {
                self.duty_page_ended(context, (*alert, key), *outcome, out);
            }
            Event::PageEnded { purpose, outcome, .. } => self.page_ended(context, purpose, *outcome, out),
            Event::Ailing(ailment) => self.ailing(context, ailment, out),
            Event::Well { of } => self.well(context, of, out),
            Event::DrillRuns { drill, pace } => {
                self.paces.insert(*drill, *pace);
            }
            Event::DrillOver { drill } => self.drill_over(context, *drill, out),
            _ => {}
        }
    }

    fn wake(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        let turned = self.silences_turn(context, out);
        self.set_alarms();
        let due = self.alarms.due(context.now);
        for alert in &due {
            self.wake_up(context, *alert, out);
        }
        let reweighed = self.weigh_explained(context, out);
        let told = self.tell_digest(context, out);
        let reminded = self.remind_owners(context, out);
        turned || reweighed || told || reminded || !due.is_empty()
    }

    fn deadline(&self) -> Option<Timestamp> {
        let changed = self.changed.iter().filter_map(|id| self.deadline_of(*id));
        changed
            .chain(self.alarms.next(&self.changed))
            .chain(self.silences.deadline())
            .chain(self.digests.deadline())
            .chain(self.duties.deadline())
            .chain(self.reweigh.then_some(Timestamp::MIN))
            .min()
    }

    fn shift(&mut self, by: SignedDuration) {
        self.silences.clock_moved();
        self.digests.clock_moved();
        self.duties.shift(by);
        for (id, open) in &mut self.open {
            if let Some(escalation) = &mut open.escalation {
                escalation.shift(by);
                self.changed.insert(*id);
            }
        }
    }

    fn keep_all(&mut self) {
        self.silences.keep_all();
        self.digests.keep_all();
        self.duties.keep_all();
        self.changed.extend(self.open.keys());
        let numbers = |(id, open): (&AlertId, &OpenAlert)| {
            open.detections.keys().map(|number| (*id, *number)).collect::<Vec<_>>()
        };
        self.counted.extend(self.open.iter().flat_map(numbers));
    }

    fn rows(&mut self, change: &mut Change) {
        self.silences.rows(change);
        self.digests.rows(change);
        let out = std::mem::take(&mut self.taken_out);
        let gone = |(alert, number)| DetectionRow { alert, number, grouping: String::new(), body: None };
        change.detections.extend(out.into_iter().map(gone));
        let counted = std::mem::take(&mut self.counted);
        change.detections.extend(counted.into_iter().filter_map(|place| self.detection_row(place)));
        self.set_alarms();
        for id in std::mem::take(&mut self.changed) {
            change.alerts.extend(self.row(id));
            // What of an exercise or of vigie itself is over does not come back.
            let ends = |alert: &Alert| !alert.open() && (alert.realm != Realm::Live || alert.ailing.is_some());
            if self.open.get(&id).is_some_and(|open| ends(&open.alert)) {
                self.forget(id);
            }
        }
        self.duties.rows(|alert| self.open.contains_key(&alert), change);
    }
}

#[cfg(test)]
mod tests;
