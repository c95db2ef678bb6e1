//! The daily digest: once a day, one message about what woke nobody. When it is due, and what stands in it.

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use super::alert::Alert;
use super::chain::Standing;
use super::oncall::Target;
use crate::base::id::ChannelName;
use crate::base::realm::Realm;

/// Who gets the digest, when, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digest {
    /// Who.
    pub(crate) to: Target,
    /// By these channels, all of them.
    pub(crate) by: Vec<ChannelName>,
    /// On these days.
    pub(crate) days: Vec<Weekday>,
    /// At this hour on the clocks of the zone.
    pub(crate) at: Time,
    /// The hospital's.
    pub(crate) zone: TimeZone,
}

impl Digest {
    /// The day on the clocks of the zone.
    pub(crate) fn day(&self, now: Timestamp) -> Date {
        self.zone.to_datetime(now).date()
    }

    /// When it is next told, where it was told last on a day: once a day, and at once where its hour was missed.
    pub(crate) fn next(&self, told: Date, now: Timestamp) -> Option<Timestamp> {
        let today = self.day(now);
        let days = today.series(jiff::Span::new().days(1)).take(9);
        let mut days = days.filter(|day| *day > told && self.days.contains(&day.weekday()));
        self.zone.to_timestamp(days.next()?.to_datetime(self.at)).ok()
    }

    /// The day that counts as told where none is known: what was due before vigie was there is not missed.
    pub(crate) fn begin(&self, now: Timestamp) -> Date {
        let today = self.day(now);
        let is_over = self.zone.to_timestamp(today.to_datetime(self.at)).is_ok_and(|at| at <= now);
        if is_over { today } else { today.yesterday().unwrap_or(today) }
    }
}

/// Why nobody was woken by an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WhyQuiet {
    /// Somebody is asked, and nobody has it.
    Unheld,
    /// A silence or a maintenance window holds it back.
    Muted,
    /// It waits for the hours of its chain.
    Waits,
    /// No chain takes its level.
    Untold,
}

/// Why an alert stands in the digest; nothing where it does not. What no chain takes stands in it only while it goes on:
/// nobody ends it. `since` is when the one before was told.
pub(crate) fn why_quiet(alert: &Alert, since: Timestamp) -> Option<WhyQuiet> {
    if alert.realm != Realm::Live || !alert.open() {
        return None;
    }
    match &alert.standing {
        _ if alert.muted.is_some() => Some(WhyQuiet::Muted),
        Standing::Waits { .. } => Some(WhyQuiet::Waits),
        Standing::Asked { .. } | Standing::Unanswered { .. } | Standing::Silenced { .. } => Some(WhyQuiet::Unheld),
        Standing::Untold if alert.raised >= since || alert.last >= since => Some(WhyQuiet::Untold),
        Standing::Untold | Standing::Held { .. } | Standing::Over => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn digest() -> Digest {
        Digest {
            to: Target::Person("ann".into()),
            by: vec!["mail".into()],
            days: Weekday::Monday.cycle_forward().take(5).collect(),
            at: jiff::civil::time(2, 30, 0, 0),
            zone: TimeZone::get("Europe/Paris").expect("a zone"),
        }
    }

    #[test]
    fn it_is_told_once_a_day_also_when_clocks_change() {
        let (digest, friday) = (digest(), jiff::civil::date(2026, 3, 27));
        assert_eq!(
            digest.next(friday, at("2026-03-27T10:00:00Z")),
            Some(at("2026-03-30T00:30:00Z")),
            "not at weekends"
        );
        let every_day = Digest { days: Weekday::Monday.cycle_forward().take(7).collect(), ..digest.clone() };
        let saturday = jiff::civil::date(2026, 3, 28);
        // That hour is not on the clocks of that night; on another night it is twice.
        assert_eq!(every_day.next(saturday, at("2026-03-28T10:00:00Z")), Some(at("2026-03-29T01:30:00Z")));
        let told = jiff::civil::date(2026, 10, 25);
        assert_eq!(every_day.next(told, at("2026-10-25T01:29:00Z")), Some(at("2026-10-26T01:30:00Z")));
        // vigie did not run at its hour.
        assert_eq!(every_day.next(saturday, at("2026-03-29T09:00:00Z")), Some(at("2026-03-29T01:30:00Z")));
        assert_eq!(every_day.begin(at("2026-03-28T10:00:00Z")), saturday);
        assert_eq!(every_day.begin(at("2026-03-28T00:10:00Z")), friday);
    }
}
