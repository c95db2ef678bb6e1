//! An alert grows: whoever has it learns of new subjects at once and of counts when they have doubled, at a rate that
//! slows down; one that goes on after its end is opened again.

use jiff::{SignedDuration, Timestamp};

use super::{Alerts, OpenAlert};
use crate::alert::Extent;
use crate::alert::chain::{Input, Pace, Standing};
use crate::api::{AlertFact, Fact, WhyReplaced};
use crate::base::id::AlertId;
use crate::core::context::Context;
use crate::core::event::Out;

/// How long nothing more is told after the first time; twice as long after each further one.
const GAP: SignedDuration = SignedDuration::from_mins(1);
/// The longest it gets.
const LONGEST: SignedDuration = SignedDuration::from_mins(30);
/// For so long after its end an alert that goes on is the same.
pub(super) const WARM: SignedDuration = SignedDuration::from_hours(1);

impl OpenAlert {
    /// When whoever has it is to be told of more; nothing where there is no more, or nobody has it.
    pub(super) fn more_at(&self, pace: Pace) -> Option<Timestamp> {
        let Extent { hits, others, times, at } = self.alert.told;
        let is_held = matches!(self.alert.standing, Standing::Held { .. });
        let more = self.alert.others > others || self.alert.hits >= hits.max(1).saturating_mul(2);
        if !is_held || !more || self.alert.muted.is_some() {
            return None;
        }
        let gap = LONGEST.min(GAP * 2_i32.pow(times.saturating_sub(1).min(5)));
        Some(at.map_or(Timestamp::MIN, |at| at.saturating_add(pace.real(gap)).unwrap_or(Timestamp::MAX)))
    }

    /// Whoever looks at it now knows how much there is of it.
    pub(super) fn is_known(&mut self) {
        let (hits, others) = self.alert.extent();
        self.alert.told = Extent { hits, others, times: 0, at: None };
    }

    /// When it is forgotten.
    pub(super) fn cold_at(&self) -> Option<Timestamp> {
        self.alert.resolved.map(|resolved| resolved.saturating_add(WARM).unwrap_or(Timestamp::MAX))
    }
}

impl Alerts {
    /// There is more of an alert: whoever has it is told, if it is time.
    pub(super) fn grew(&mut self, context: Context<'_>, id: AlertId, out: &mut Out) {
        let pace = self.pace(self.realm(id));
        let Some(open) = self.open.get_mut(&id) else { return };
        if open.more_at(pace).is_none_or(|at| at > context.now) {
            return;
        }
        let times = open.alert.told.times.saturating_add(1);
        open.is_known();
        (open.alert.told.times, open.alert.told.at) = (times, Some(context.now));
        self.drive(context, id, Input::Grew, out);
    }

    /// It goes on after its end: somebody is told as of a new one.
    pub(super) fn reopen(&mut self, context: Context<'_>, id: AlertId, out: &mut Out) {
        let Some(open) = self.open.get_mut(&id) else { return };
        let alert = &mut open.alert;
        (alert.resolved, alert.reopened, alert.told) = (None, Some(context.now), Extent::default());
        (alert.muted, alert.unmuted) = (None, None);
        out.keep(alert.realm, Fact::Alert(AlertFact::Reopened { alert: id }));
        for (number, detection) in &open.detections {
            if let Some(key) = detection.key() {
                let place = crate::alert::grouping::Place { realm: alert.realm, alert: id, number: *number };
                self.grouping.holds(place, key, detection, context.now);
            }
        }
        let from = alert.chain.clone();
        self.explains_anew(id);
        self.set_out_anew(context, id, (from, WhyReplaced::WentOn), out);
    }

    /// What belonged to an alert that has been over for long is new.
    pub(super) fn forget(&mut self, id: AlertId) {
        let Some(open) = self.open.remove(&id) else { return };
        self.explainers.remove(&id);
        self.alarms.set(id, None);
        let realm = open.alert.realm;
        if open.has_untold {
            self.grouping.forget_all(realm, id);
        } else {
            self.grouping.forget(realm, id, open.detections.values().filter_map(|detection| detection.key()));
        }
    }
}
