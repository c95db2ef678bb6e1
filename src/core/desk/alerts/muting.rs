//! Whether people are told of an alert: it is looked at again whenever the alert, a silence or the site's files change, and
//! when something that covers it begins or ends.

use jiff::Timestamp;

use super::{Alerts, OpenAlert};
use crate::alert::chain::{Escalation, Input};
use crate::alert::grouping::FOLDED;
use crate::alert::muting::{Cover, muted};
use crate::alert::{Detection, Muted, MutedBy, Unmuted, WhyUnmuted};
use crate::api::{AlertFact, Fact};
use crate::base::id::AlertId;
use crate::base::realm::Realm;
use crate::core::context::Context;
use crate::core::event::Out;

impl OpenAlert {
    /// Whether anything can keep people from being told of it: never in an exercise, and never where it holds more than can
    /// be told apart.
    fn can_be_muted(&self) -> bool {
        let is_real = self.alert.realm == Realm::Live && self.alert.open() && !self.of_scan;
        is_real && self.detections.len() <= FOLDED
    }
}

impl Alerts {
    /// What covers detections now: silences that run, and maintenance windows that are open.
    fn covers<'a>(&'a self, context: Context<'a>, of: AlertId) -> Vec<Cover<'a>> {
        let windows = context.site().settings.maintenance.iter();
        let windows = windows.filter_map(|window| Cover::window(window, context.now));
        let silences = self.silences.running(context.now).filter_map(|silence| Cover::of(silence, context.now));
        silences.chain(windows).chain(self.explained(context.now, of)).collect()
    }

    /// What other alerts explain, as long as people are told of those.
    fn explained(&self, now: Timestamp, of: AlertId) -> impl Iterator<Item = Cover<'_>> {
        let others = self.explainers.iter().filter(move |id| **id != of).filter_map(|id| self.open.get(id));
        let told = others.filter(|open| open.can_be_muted() && open.alert.muted.is_none() && open.escalation.is_some());
        told.flat_map(move |open| {
            let causes = open.detections.values().filter(|detection| !detection.explains.is_empty());
            let (by, up_to) = (open.alert.id, open.alert.level);
            causes.map(move |cause| Cover::after(cause, (by, up_to), now))
        })
    }

    /// What an alert explains, or that it does, may have changed: others are looked at as soon as it is settled.
    pub(super) fn explains_anew(&mut self, id: AlertId) {
        self.reweigh |= self.explainers.contains(&id);
    }

    /// Looks at every alert after what explains them changed; says whether anything had.
    pub(super) fn weigh_explained(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        let reweigh = std::mem::take(&mut self.reweigh);
        if reweigh {
            self.weigh_all(context, WhyUnmuted::Unexplained, out);
        }
        reweigh
    }

    fn muted_by<'d>(
        &self,
        context: Context<'_>,
        open: &OpenAlert,
        detections: impl IntoIterator<Item = &'d Detection>,
    ) -> Option<Muted> {
        let covers = self.covers(context, open.alert.id);
        if covers.is_empty() || !open.can_be_muted() {
            return None;
        }
        muted(detections, open.alert.ailing.as_deref(), &covers, context.now)
    }

    /// What keeps people from being told of an alert, as it is now.
    pub(super) fn muted_now(&self, context: Context<'_>, id: AlertId) -> Option<Muted> {
        let open = self.open.get(&id)?;
        self.muted_by(context, open, open.detections.values().map(AsRef::as_ref))
    }

    /// Whether what joined a muted alert last is not covered as long as the others are.
    pub(super) fn is_uncovered(&self, context: Context<'_>, id: AlertId) -> bool {
        let Some((open, before)) = self.open.get(&id).and_then(|open| Some((open, open.alert.muted.as_ref()?))) else {
            return false;
        };
        let now = self.muted_by(context, open, open.detections.values().next_back().map(AsRef::as_ref));
        now.is_none_or(|now| now.until < before.until)
    }

    /// Looks whether people are to be told of an alert, where that may have changed.
    pub(super) fn weigh(&mut self, context: Context<'_>, id: AlertId, why: WhyUnmuted, out: &mut Out) {
        let now = self.muted_now(context, id);
        let Some(open) = self.open.get(&id).filter(|open| open.escalation.is_some()) else { return };
        let Some(now) = now else {
            if open.alert.muted.is_some() {
                self.let_go(context, id, why, out);
                self.drive(context, id, Input::Unmuted, out);
            }
            return;
        };
        let is_as_before =
            open.alert.muted.as_ref().is_some_and(|muted| (muted.until, &muted.by) == (now.until, &now.by));
        if !is_as_before {
            self.drive(context, id, Input::Muted { until: now.until }, out);
            let is_muted =
                self.open.get(&id).and_then(|open| open.escalation.as_deref()).is_some_and(Escalation::is_muted);
            self.note_muted(id, is_muted.then_some(now), out);
        }
    }

    /// People are told of it after all: what follows from that is up to whoever asks for it.
    pub(super) fn lift(&mut self, context: Context<'_>, id: AlertId, why: WhyUnmuted, out: &mut Out) {
        self.let_go(context, id, why, out);
        if let Some(escalation) = self.open.get_mut(&id).and_then(|open| open.escalation.as_mut()) {
            escalation.lift();
        }
    }

    /// Notes that nothing keeps people from being told of an alert any more.
    pub(super) fn let_go(&mut self, context: Context<'_>, id: AlertId, why: WhyUnmuted, out: &mut Out) {
        let Some(alert) = self.open.get_mut(&id).map(|open| &mut open.alert) else { return };
        let Some(muted) = alert.muted.take() else { return };
        let is_explained = matches!(muted.by, MutedBy::Explained { .. });
        let why = match why {
            WhyUnmuted::Over | WhyUnmuted::Ended | WhyUnmuted::Gone if is_explained => WhyUnmuted::Unexplained,
            why if is_explained => why,
            _ if muted.until <= context.now => WhyUnmuted::Over,
            why => why,
        };
        out.keep(alert.realm, Fact::Alert(AlertFact::Unmuted { alert: id, why }));
        alert.unmuted = Some(Unmuted { muted, why });
        self.changed.insert(id);
        self.explains_anew(id);
    }

    /// Notes what keeps people from being told of an alert, if anything does.
    pub(super) fn note_muted(&mut self, id: AlertId, muted: Option<Muted>, out: &mut Out) {
        let Some(alert) = self.open.get_mut(&id).map(|open| &mut open.alert) else { return };
        let before = alert.muted.take();
        let Some(mut muted) = muted else { return };
        if let Some(before) = before {
            muted.since = before.since;
            alert.muted = Some(muted);
            return;
        }
        alert.muted = Some(muted.clone());
        out.keep(alert.realm, Fact::Alert(AlertFact::Muted { alert: id, muted }));
        self.changed.insert(id);
        self.explains_anew(id);
    }

    /// Looks at every open alert.
    pub(super) fn weigh_all(&mut self, context: Context<'_>, why: WhyUnmuted, out: &mut Out) {
        for id in self.open.keys().copied().filter(|id| self.is_open(*id)).collect::<Vec<AlertId>>() {
            self.weigh(context, id, why, out);
        }
    }
}
