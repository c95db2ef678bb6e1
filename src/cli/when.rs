//! Times as people type them: an hour of the next or the last day, a day and an hour, an instant.

use anyhow::Result;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::words::failure::Failure;
use crate::words::silence as words;

/// A time as people write it.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// The next time that clocks show this.
    Next(Time),
    /// On this day, on the site's clock.
    On(DateTime),
    At(Timestamp),
}

impl When {
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let text = text.trim();
        let clock = |text: &str| {
            let (hour, minute) = text.split_once(':')?;
            Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
        };
        let read = clock(text)
            .map(Self::Next)
            .or_else(|| text.parse().ok().map(Self::At))
            .or_else(|| text.parse().ok().map(Self::On));
        read.ok_or_else(|| Failure(words::no_time()))
    }

    /// The instant, the first behind `now` where it comes each day.
    pub(super) fn after(self, now: Timestamp, zone: &TimeZone) -> Result<Timestamp> {
        self.next(now, zone, 0)
    }

    /// The instant, the last up to `now` where it comes each day.
    pub(super) fn before(self, now: Timestamp, zone: &TimeZone) -> Result<Timestamp> {
        self.next(now, zone, -1)
    }

    /// Of what comes each day, the last up to `now` where the days looked at begin with yesterday, else the first behind it.
    fn next(self, now: Timestamp, zone: &TimeZone, first: i64) -> Result<Timestamp> {
        let on = |wall: DateTime| zone.to_timestamp(wall);
        match self {
            Self::At(instant) => Ok(instant),
            Self::On(wall) => Ok(on(wall)?),
            Self::Next(time) => {
                let today = zone.to_datetime(now).date();
                let instant = |days| anyhow::Ok(on(today.checked_add(Span::new().days(days))?.to_datetime(time))?);
                let [one, other] = [instant(first)?, instant(first + 1)?];
                let is_other = if first < 0 { other <= now } else { one <= now };
                Ok(if is_other { other } else { one })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let zone = TimeZone::get("Europe/Paris").expect("a zone");
        let now = "2026-11-29T22:00:00Z".parse().expect("an instant");
        let read = |text: &str| When::read(text).ok()?.after(now, &zone).ok().map(|at| at.to_string());
        for (text, at) in [
            ("23:30", "2026-11-29T22:30:00Z"),
            ("6:00", "2026-11-30T05:00:00Z"),
            ("23:00", "2026-11-30T22:00:00Z"),
            ("2026-12-01 06:00", "2026-12-01T05:00:00Z"),
            ("2026-12-01T06:00", "2026-12-01T05:00:00Z"),
            ("2026-12-01T06:00:00Z", "2026-12-01T06:00:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(at), "{text}");
        }
        for text in ["", "25:00", "tomorrow", "6", "2026-13-01 06:00"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_was_is_the_last_time_that_clocks_showed_it() {
        let zone = TimeZone::get("Europe/Paris").expect("a zone");
        let now = "2026-11-29T22:00:00Z".parse().expect("an instant");
        for (text, at) in [
            ("22:30", "2026-11-29T21:30:00Z"),
            ("23:00", "2026-11-29T22:00:00Z"),
            ("23:30", "2026-11-28T22:30:00Z"),
            ("2026-11-28 06:00", "2026-11-28T05:00:00Z"),
        ] {
            let before = When::read(text).ok().and_then(|when| when.before(now, &zone).ok());
            assert_eq!(before.map(|at| at.to_string()).as_deref(), Some(at), "{text}");
        }
    }
}
