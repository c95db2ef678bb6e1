//! The daily digest: what woke nobody, once a day, by the site's clock.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Alerts;
use crate::alert::Alert;
use crate::alert::digest::{Digest, WhyQuiet, why_quiet};
use crate::alert::page::words::{DigestOf, digest};
use crate::api::Purpose;
use crate::base::realm::Realm;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::Change;

/// What the day of the last digest is called where it is kept.
const TOLD: &str = "digest";

/// When the digest was told, and is next.
#[derive(Debug, Default)]
pub(super) struct Digests {
    /// The last day on which it was told, or could have been.
    told: Option<Date>,
    next: Option<Timestamp>,
    is_new: bool,
}

impl Digests {
    /// Takes up what was kept.
    pub(super) fn restore(&mut self, notes: &[(String, String)]) {
        self.told = notes.iter().find(|(name, _)| name == TOLD).and_then(|(_, day)| day.parse().ok());
    }

    /// Looks when it is next told, by the files as they are now.
    pub(super) fn set_next(&mut self, context: Context<'_>) {
        let digest = context.site().digest.as_ref();
        if self.told.is_none() {
            self.told = digest.map(|digest| digest.begin(context.now));
            self.is_new = self.told.is_some();
        }
        self.next = digest.zip(self.told).and_then(|(digest, told)| digest.next(told, context.now));
    }

    /// The clock was moved: its hour is looked for again.
    pub(super) fn clock_moved(&mut self) {
        self.next = self.next.and(Some(Timestamp::MIN));
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.next
    }

    pub(super) fn keep_all(&mut self) {
        self.is_new = self.told.is_some();
    }

    pub(super) fn rows(&mut self, change: &mut Change) {
        if std::mem::take(&mut self.is_new) {
            change.notes.extend(self.told.map(|day| (TOLD.to_owned(), day.to_string())));
        }
    }
}

impl Alerts {
    /// Tells the digest, if it is time; says whether it was.
    pub(super) fn tell_digest(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        if self.digests.next.is_none_or(|next| next > context.now) {
            return false;
        }
        self.digests.set_next(context);
        let Some(due) =
            context.site().digest.as_ref().filter(|_| self.digests.next.is_some_and(|next| next <= context.now))
        else {
            return true;
        };
        let day = due.day(context.now);
        let since = self.digests.told.and_then(|told| due.zone.to_timestamp(told.to_datetime(due.at)).ok());
        self.say_digest(context, (due, day, since.unwrap_or(context.now)), out);
        (self.digests.told, self.digests.is_new) = (Some(day), true);
        self.digests.set_next(context);
        true
    }

    fn say_digest(&self, context: Context<'_>, (due, day, since): (&Digest, Date, Timestamp), out: &mut Out) {
        let open = self.open.values().filter(|open| !open.of_scan).map(|open| &*open.alert);
        let mut alerts: Vec<(&Alert, WhyQuiet)> =
            open.filter_map(|alert| Some((alert, why_quiet(alert, since)?))).collect();
        alerts.sort_by_key(|(alert, why)| (std::cmp::Reverse(alert.level), *why, alert.id));
        let Some((gravest, _)) = alerts.first() else { return };
        let level = gravest.level;
        let Some(person) = context.site().roster.who(&due.to, context.now) else { return };
        let settings = &context.site().settings;
        let of = DigestOf { site: &settings.name, zone: &settings.zone, day, alerts: &alerts };
        for channel in &due.by {
            let (person, channel) = (person.id.clone(), channel.clone());
            let draft = Box::new(digest(of, context.language(&person)));
            let purpose = Purpose::Digest { day: day.to_string(), person: person.clone(), channel: channel.clone() };
            out.say(Event::PageWanted { realm: Realm::Live, purpose, person, channel, level, draft });
        }
    }
}
