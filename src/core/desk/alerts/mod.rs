//! The desk of alerts: which are open, who holds them, and how far each is on its chain. Pages are asked for here and
//! sent elsewhere; whether a line is real was decided before.

mod ailments;
mod answers;
mod escalation;
mod hits;
mod recovery;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::Desk;
use crate::alert::Alert;
use crate::alert::chain::{Escalation, Input, Pace};
use crate::alert::grouping::Grouping;
use crate::api::Purpose;
use crate::base::id::{AlertId, DrillId};
use crate::base::realm::Realm;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::{AlertRow, Change, JoinedRow};

pub(in crate::core) use answers::Sighting;
use hits::Hit;
pub(crate) use hits::alert_of;

/// An alert that is not over, and its way up its chain. Nothing where no chain takes its level.
#[derive(Debug)]
struct OpenAlert {
    alert: Alert,
    escalation: Option<Escalation>,
}

impl OpenAlert {
    fn deadline(&self) -> Option<Timestamp> {
        self.escalation.as_ref()?.deadline()
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
    /// The open alerts about vigie itself, by what suffers.
    ailments: BTreeMap<String, AlertId>,
    changed: BTreeSet<AlertId>,
    joined: Vec<JoinedRow>,
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

    /// How many wait for somebody to end them.
    pub(in crate::core) fn count(&self) -> usize {
        self.open.len()
    }

    /// Those that are open, by their numbers.
    pub(in crate::core) fn open(&self) -> Vec<Alert> {
        self.open.values().map(|open| open.alert.clone()).collect()
    }

    /// Whether a page of an alert is still wanted: its escalation asked for it and has not given it up since.
    pub(in crate::core) fn wants(&self, purpose: &Purpose) -> bool {
        let Purpose::Escalation { alert, restarts, key } = purpose else { return false };
        self.open.get(alert).is_some_and(|open| {
            let escalation = open.escalation.as_ref().filter(|_| open.alert.restarts == *restarts);
            escalation.is_some_and(|escalation| escalation.wants(key))
        })
    }

    /// How fast the clock of a realm runs.
    fn pace(&self, realm: Realm) -> Pace {
        realm.drill().and_then(|drill| self.paces.get(&drill).copied()).unwrap_or(Pace::REAL)
    }

    /// Ends every alert of a drill.
    fn drill_over(&mut self, context: Context<'_>, drill: DrillId, out: &mut Out) {
        let of_drill = self.open.values().filter(|open| open.alert.realm == Realm::Drill(drill));
        let of_drill: Vec<AlertId> = of_drill.map(|open| open.alert.id).collect();
        for alert in of_drill {
            self.resolve(context, alert, END_OF_DRILL, out);
        }
        self.paces.remove(&drill);
    }

    fn row(&self, id: AlertId) -> Option<AlertRow> {
        let OpenAlert { alert, escalation } = self.open.get(&id)?;
        Some(AlertRow {
            id,
            realm: alert.realm,
            rule: alert.rule.clone(),
            grouping: alert.rule.as_ref().map(|rule| Alert::grouping(rule, &alert.subject)).unwrap_or_default(),
            open: alert.open(),
            body: serde_json::to_string(alert).expect("an alert is plain data"),
            escalation: escalation
                .as_ref()
                .map(|escalation| serde_json::to_string(escalation).expect("an escalation is plain data")),
            changed: alert.resolved.unwrap_or(alert.last.max(alert.raised)),
        })
    }
}

/// Who ends the alerts of a drill that is over, as the ledger keeps it.
const END_OF_DRILL: &str = "end of the drill";

impl Desk for Alerts {
    fn hear(&mut self, context: Context<'_>, event: &Event, out: &mut Out) {
        match event {
            Event::Hit { source, realm, found, .. } => {
                self.hit(context, Hit { source: source.as_ref(), realm: *realm, found }, out);
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
        let is_due = |open: &OpenAlert| open.deadline().is_some_and(|deadline| deadline <= context.now);
        let due: Vec<AlertId> = self.open.iter().filter(|(_, open)| is_due(open)).map(|(id, _)| *id).collect();
        for alert in &due {
            self.drive(context, *alert, Input::Clock, out);
        }
        !due.is_empty()
    }

    fn deadline(&self) -> Option<Timestamp> {
        self.open.values().filter_map(OpenAlert::deadline).min()
    }

    fn shift(&mut self, by: SignedDuration) {
        for (id, open) in &mut self.open {
            if let Some(escalation) = &mut open.escalation {
                escalation.shift(by);
                self.changed.insert(*id);
            }
        }
    }

    fn keep_all(&mut self) {
        self.changed.extend(self.open.keys());
    }

    fn rows(&mut self, change: &mut Change) {
        change.joined.append(&mut self.joined);
        for id in std::mem::take(&mut self.changed) {
            change.alerts.extend(self.row(id));
            if self.open.get(&id).is_some_and(|open| !open.alert.open()) {
                self.open.remove(&id);
            }
        }
    }
}

#[cfg(test)]
mod tests;
