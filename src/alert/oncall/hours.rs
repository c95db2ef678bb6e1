//! Hours of the week at which people may be told of what can wait.

use std::sync::Arc;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::holidays::Holidays;

/// How many days ahead such an hour is looked for: between two weeks of holidays there is one.
const NEXT: i64 = 22;

/// Some days of the week, from one hour to another, on the clocks of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// The zone of the two hours.
    pub(crate) zone: TimeZone,
    /// The days.
    pub(crate) days: Vec<Weekday>,
    /// From this hour on.
    pub(crate) from: Time,
    /// Up to this one, which lies behind `from`.
    pub(crate) to: Time,
    /// Days that count as Sundays.
    pub(crate) holidays: Arc<Holidays>,
}

impl Hours {
    /// Whether it is such an hour.
    pub(crate) fn hold(&self, now: Timestamp) -> bool {
        let clock = self.zone.to_datetime(now);
        self.days.contains(&self.holidays.weekday(clock.date()))
            && self.from <= clock.time()
            && self.lies_before_end(clock.time())
    }

    /// What ends with the day has no last instant in it.
    fn lies_before_end(&self, time: Time) -> bool {
        time < self.to || self.to == Time::MAX
    }

    /// When such an hour that it is now ends; nothing where it is none.
    pub(crate) fn end(&self, now: Timestamp) -> Option<Timestamp> {
        if !self.hold(now) {
            return None;
        }
        let today = self.zone.to_datetime(now).date();
        let ends =
            if self.to == Time::MAX { today.tomorrow().ok()?.at(0, 0, 0, 0) } else { today.to_datetime(self.to) };
        let ends = self.zone.to_ambiguous_timestamp(ends);
        let first = ends.compatible().ok()?;
        // Where the clock is set back in it, its end comes twice.
        if first > now { Some(first) } else { ends.later().ok() }
    }

    /// When such an hour next begins; `now` where it is one already. Nothing only where no day is named.
    pub(crate) fn next(&self, now: Timestamp) -> Option<Timestamp> {
        if self.hold(now) {
            return Some(now);
        }
        let today = self.zone.to_datetime(now).date();
        (0..=NEXT).find_map(|days| {
            let date = today.checked_add(Span::new().days(days)).ok()?;
            let opens = self.zone.to_timestamp(date.to_datetime(self.from)).ok()?;
            (opens > now && self.days.contains(&self.holidays.weekday(date))).then_some(opens)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn working_hours() -> Hours {
        let zone = TimeZone::get("Europe/Paris").expect("a zone");
        let days = vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        Hours {
            zone,
            days,
            from: jiff::civil::time(8, 0, 0, 0),
            to: jiff::civil::time(18, 0, 0, 0),
            holidays: Arc::default(),
        }
    }

    #[test]
    fn a_holiday_is_a_sunday() {
        let holidays = Arc::new(Holidays { french: true, ..Holidays::default() });
        let hours = Hours { holidays, ..working_hours() };
        // Christmas 2026 is a Friday.
        assert!(!hours.hold(at("2026-12-25T10:00:00Z")) && hours.hold(at("2026-12-24T10:00:00Z")));
        assert_eq!(hours.next(at("2026-12-24T17:30:00Z")), Some(at("2026-12-28T07:00:00Z")));
        assert_eq!(hours.end(at("2026-12-24T10:00:00Z")), Some(at("2026-12-24T17:00:00Z")));
    }

    #[test]
    fn nights_and_weekends_wait_for_the_next_morning() {
        let hours = working_hours();
        // A Friday.
        assert_eq!(hours.next(at("2026-11-27T09:00:00Z")), Some(at("2026-11-27T09:00:00Z")));
        assert_eq!(hours.next(at("2026-11-27T17:00:00Z")), Some(at("2026-11-30T07:00:00Z")), "18:00 is over");
        assert_eq!(hours.next(at("2026-11-30T02:00:00Z")), Some(at("2026-11-30T07:00:00Z")));
        // The night on which the clock is set forward, and the one on which it is set back.
        assert_eq!(hours.next(at("2026-03-28T12:00:00Z")), Some(at("2026-03-30T06:00:00Z")));
        assert_eq!(hours.next(at("2026-10-24T12:00:00Z")), Some(at("2026-10-26T07:00:00Z")));
        assert_eq!(Hours { days: Vec::new(), ..hours }.next(at("2026-11-27T17:00:00Z")), None);
    }
}
