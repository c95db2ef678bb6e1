//! By when something must be declared, counted from when, and when its owner is reminded. All of it is on absolute time:
//! seventy-two hours are that long over a night in which clocks change, too.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::alert::chain::Pace;
use crate::base::duration;
use crate::base::id::DutyId;
use crate::base::language::Text;
use crate::words::duty as words;

/// By when, counted from when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Clock {
    /// From when.
    pub(crate) from: From,
    /// How long.
    pub(crate) within: Within,
}

/// From when a clock runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum From {
    /// From the moment the hospital knows.
    Awareness,
    /// From the moment this other duty was done.
    Done(DutyId),
}

/// How long there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Within {
    /// At once: the law gives no number.
    WithoutDelay,
    /// So many hours.
    Hours(u32),
    /// So many months, to the same day and hour.
    Months(u8),
}

/// When the owner of what has no number is reminded, in minutes from when it was due; each day behind the last.
const WITHOUT_NUMBER: [i64; 4] = [30, 2 * 60, 6 * 60, 24 * 60];
const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Within {
    /// `without_delay`, `72h`, `60 days` or `1 month`.
    pub(super) fn read(written: &str) -> Option<Self> {
        let counted = |unit: &str| written.strip_suffix(unit).map(str::trim_end);
        if written == "without_delay" {
            return Some(Self::WithoutDelay);
        }
        if let Some(months) = counted("months").or(counted("month")) {
            return months.parse().ok().filter(|months| (1..=12).contains(months)).map(Self::Months);
        }
        let hours = match counted("days") {
            Some(days) => days.parse::<u32>().ok()?.checked_mul(24)?,
            None => u32::try_from(duration::parse(written)?.as_hours()).ok()?,
        };
        (hours > 0).then_some(Self::Hours(hours))
    }

    /// The last instant at which it can be done in time; nothing where the law gives no number.
    pub(crate) fn deadline(self, since: Timestamp, pace: Pace) -> Option<Timestamp> {
        let by_the_clock = match self {
            Self::WithoutDelay => return None,
            Self::Hours(hours) => since.saturating_add(SignedDuration::from_hours(i64::from(hours))).ok()?,
            // A month is one of the calendar, and its hour that of UTC: clocks on a wall do not matter.
            Self::Months(months) => {
                since.to_zoned(TimeZone::UTC).checked_add(i32::from(months).months()).ok()?.timestamp()
            }
        };
        since.saturating_add(pace.real(by_the_clock.duration_since(since))).ok()
    }

    /// When its owner is next reminded behind `after`: at half of its time, at nine tenths, when it is over, then each day.
    pub(crate) fn reminder(self, since: Timestamp, pace: Pace, after: Timestamp) -> Timestamp {
        let fixed: Vec<SignedDuration> = match self.deadline(since, pace) {
            Some(deadline) => {
                let whole = deadline.duration_since(since);
                vec![whole / 2, whole / 10 * 9, whole]
            }
            None => WITHOUT_NUMBER.iter().map(|minutes| pace.real(SignedDuration::from_mins(*minutes))).collect(),
        };
        let at = |since: Timestamp, later| since.saturating_add(later).unwrap_or(Timestamp::MAX);
        if let Some(next) = fixed.iter().map(|later| at(since, *later)).find(|next| *next > after) {
            return next;
        }
        let last = at(since, fixed.last().copied().unwrap_or_default());
        let day = pace.real(DAY).max(SignedDuration::from_secs(1));
        let days = i32::try_from(after.duration_since(last).as_millis() / day.as_millis()).unwrap_or(i32::MAX - 1);
        at(last, day.saturating_mul(days + 1))
    }

    /// In words.
    pub(crate) fn said(self) -> Text {
        match self {
            Self::WithoutDelay => words::without_delay(),
            Self::Hours(hours) if hours > 72 => words::days(u64::from(hours / 24)),
            Self::Hours(hours) => words::hours(u64::from(hours)),
            Self::Months(months) => words::months(u64::from(months)),
        }
    }
}

impl Clock {
    /// In words, with what it counts from.
    pub(crate) fn said(&self) -> Text {
        match &self.from {
            From::Awareness => words::from_awareness(self.within.said()),
            From::Done(duty) => words::from_done(self.within.said(), duty),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn what_is_written_is_read() {
        for (written, read) in [
            ("without_delay", Some(Within::WithoutDelay)),
            ("72h", Some(Within::Hours(72))),
            ("60 days", Some(Within::Hours(1440))),
            ("1 month", Some(Within::Months(1))),
            ("2 months", Some(Within::Months(2))),
            ("0h", None),
            ("0 months", None),
            ("13 months", None),
            ("soon", None),
            ("-3 days", None),
        ] {
            assert_eq!(Within::read(written), read, "{written}");
        }
    }

    /// Both nights in which clocks change, in both places: so many hours are so many hours.
    #[test]
    fn a_deadline_is_on_absolute_time() {
        let local = |zone: &str, written: &str, hours| {
            let since = format!("{written}[{zone}]").parse::<jiff::Zoned>().expect("a time").timestamp();
            let deadline = Within::Hours(hours).deadline(since, Pace::REAL).expect("a number");
            assert_eq!(deadline.duration_since(since), SignedDuration::from_hours(i64::from(hours)));
            deadline.to_zoned(TimeZone::get(zone).expect("a zone")).strftime("%Y-%m-%dT%H:%M%:z").to_string()
        };
        for (zone, since, hours, deadline) in [
            // Autumn: the wall shows an hour less.
            ("Europe/Paris", "2026-10-24T03:00", 72, "2026-10-27T02:00+01:00"),
            ("Europe/Paris", "2026-10-25T02:30+02:00", 24, "2026-10-26T01:30+01:00"),
            ("Europe/Paris", "2026-10-25T02:30+01:00", 24, "2026-10-26T02:30+01:00"),
            ("America/Chicago", "2026-10-31T03:00", 72, "2026-11-03T02:00-06:00"),
            ("America/Chicago", "2026-11-01T01:30-05:00", 24, "2026-11-02T00:30-06:00"),
            // Spring: the wall shows an hour more.
            ("Europe/Paris", "2027-03-27T03:00", 72, "2027-03-30T04:00+02:00"),
            ("Europe/Paris", "2027-03-28T01:59", 24, "2027-03-29T02:59+02:00"),
            ("America/Chicago", "2027-03-13T03:00", 72, "2027-03-16T04:00-05:00"),
            ("America/Chicago", "2027-03-14T01:30", 1, "2027-03-14T03:30-05:00"),
        ] {
            assert_eq!(local(zone, since, hours), deadline, "{since} in {zone}");
        }
    }

    #[test]
    fn a_month_is_one_of_the_calendar() {
        for (since, deadline) in [
            ("2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"),
            ("2028-01-31T10:00:00Z", "2028-02-29T10:00:00Z"),
            ("2026-03-15T23:30:00Z", "2026-04-15T23:30:00Z"),
        ] {
            assert_eq!(Within::Months(1).deadline(at(since), Pace::REAL), Some(at(deadline)));
        }
    }

    #[test]
    fn an_owner_is_reminded_at_half_at_nine_tenths_at_the_end_and_each_day() {
        let since = at("2026-10-24T01:00:00Z");
        let mut now = since;
        let mut hours = Vec::new();
        for _ in 0..5 {
            now = Within::Hours(72).reminder(since, Pace::REAL, now);
            hours.push(now.duration_since(since).as_secs_f64() / 3600.0);
        }
        assert_eq!(hours, [36.0, 64.8, 72.0, 96.0, 120.0]);
        // Who slept over several is reminded once.
        let late = Within::Hours(72).reminder(since, Pace::REAL, at("2026-10-28T13:00:00Z"));
        assert_eq!(late, at("2026-10-29T01:00:00Z"));
    }

    #[test]
    fn what_has_no_number_is_reminded_of_all_the_same() {
        let since = at("2026-10-24T01:00:00Z");
        let mut now = since;
        let mut minutes = Vec::new();
        for _ in 0..6 {
            now = Within::WithoutDelay.reminder(since, Pace::REAL, now);
            minutes.push(now.duration_since(since).as_secs() / 60);
        }
        assert_eq!(minutes, [30, 120, 360, 1440, 2880, 4320]);
        assert_eq!(Within::WithoutDelay.deadline(since, Pace::REAL), None);
    }
}
