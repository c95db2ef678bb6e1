//! Hours of the week as they are written: `mon-fri 08:00-18:00`, `sam,dim 09:00-12:00`, `08:00-20:00` for every day.

use std::sync::Arc;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;

use super::rota::weekday;
use crate::alert::oncall::{Holidays, Hours};

/// The hours that are written, on the clocks of a zone; nothing where they are none.
pub(super) fn of(written: &str, zone: &TimeZone, holidays: &Arc<Holidays>) -> Option<Hours> {
    let (days, from, to) = read(written).filter(|(_, from, to)| from < to)?;
    Some(Hours { zone: zone.clone(), days, from, to, holidays: holidays.clone() })
}

/// The same where they may go beyond midnight: then they are two, and belong to the day on which they begin.
pub(super) fn over_night(written: &str, zone: &TimeZone, holidays: &Arc<Holidays>) -> Option<Vec<Hours>> {
    let (days, from, to) = read(written).filter(|(_, from, to)| from != to)?;
    let hours = |days, from, to| Hours { zone: zone.clone(), days, from, to, holidays: holidays.clone() };
    if from < to {
        return Some(vec![hours(days, from, to)]);
    }
    let next: Vec<Weekday> = days.iter().map(|day| day.next()).collect();
    let mut both = vec![hours(days, from, Time::MAX)];
    both.extend((to > Time::midnight()).then(|| hours(next, Time::midnight(), to)));
    Some(both)
}

fn read(written: &str) -> Option<(Vec<Weekday>, Time, Time)> {
    let words: Vec<&str> = written.split_whitespace().collect();
    let (days, hours) = match words[..] {
        [hours] => (every_day(), hours),
        [days, hours] => (days_of(days)?, hours),
        _ => return None,
    };
    let (from, to) = hours.split_once('-')?;
    Some((days, hour(from)?, hour(to)?))
}

/// An hour on some days of the week: `07:30`, `mon-fri 07:30`.
pub(super) fn moment(written: &str) -> Option<(Vec<Weekday>, Time)> {
    let words: Vec<&str> = written.split_whitespace().collect();
    match words[..] {
        [at] => Some((every_day(), hour(at)?)),
        [days, at] => Some((days_of(days)?, hour(at)?)),
        _ => None,
    }
}

fn every_day() -> Vec<Weekday> {
    Weekday::Monday.cycle_forward().take(7).collect()
}

/// `mon-fri`, `sam,dim`, `lundi`.
fn days_of(written: &str) -> Option<Vec<Weekday>> {
    let mut days = Vec::new();
    for part in written.split(',') {
        match part.split_once('-') {
            Some((first, last)) => {
                let (first, last) = (weekday(first)?, weekday(last)?);
                let until = first.cycle_forward().position(|day| day == last)?;
                days.extend(first.cycle_forward().take(until + 1));
            }
            None => days.push(weekday(part)?),
        }
    }
    Some(days)
}

/// `08:00`, and `24:00` for the end of the day.
fn hour(written: &str) -> Option<Time> {
    if written == "24:00" {
        return Some(Time::MAX);
    }
    let (hour, minute) = written.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let days = |written: &str| of(written, &TimeZone::UTC, &Arc::default()).map(|hours| hours.days.len());
        for (written, count) in [
            ("mon-fri 08:00-18:00", 5),
            ("sam,dim 09:00-12:00", 2),
            ("08:00-24:00", 7),
            ("vendredi-lundi 8:00-9:30", 4),
        ] {
            assert_eq!(days(written), Some(count), "{written}");
        }
        for wrong in
            ["", "8-18", "mon-fri", "mon-fri 18:00-08:00", "foo 08:00-18:00", "mon 08:00-25:00", "mon tue 08:00-09:00"]
        {
            assert_eq!(days(wrong), None, "{wrong}");
        }
        let nights = over_night("mon-fri 18:00-08:00", &TimeZone::UTC, &Arc::default()).unwrap();
        let at = |text: &str| text.parse().unwrap();
        let held = |instant: &str| nights.iter().any(|hours| hours.hold(at(instant)));
        // 30 November 2026 is a Monday.
        assert!(held("2026-11-30T18:00:00Z") && held("2026-12-01T07:59:00Z") && held("2026-12-05T07:59:00Z"));
        assert!(!held("2026-11-30T07:00:00Z") && !held("2026-12-05T18:00:00Z") && !held("2026-12-01T08:00:00Z"));
    }
}
