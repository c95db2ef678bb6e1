//! Instants and spans of time as people write them: `2026-12-24`, `2026-12-24 18:00`, on the clocks of a zone.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::name::Name;
use crate::alert::channel::Checking;
use crate::finding::people::{ends_first, no_instant};

/// From one instant up to another; a day alone is meant whole. Everything else is a finding.
pub(super) fn span(from: &Name, to: &Name, zone: &TimeZone, at: &mut Checking<'_>) -> Option<(Timestamp, Timestamp)> {
    let mut read = |text: &Name, is_end: bool| {
        let instant = read(text, is_end).and_then(|local| zone.to_timestamp(local).ok());
        if instant.is_none() {
            at.found.push(no_instant(text).at(at.source, text.span));
        }
        instant
    };
    let (begin, end) = (read(from, false), read(to, true));
    let (begin, end) = (begin?, end?);
    if begin >= end {
        at.found.push(ends_first(from, to).at(at.source, to.span));
        return None;
    }
    Some((begin, end))
}

fn read(written: &str, is_end: bool) -> Option<DateTime> {
    let mut words = written.split(['T', ' ']).filter(|word| !word.is_empty());
    let date: Date = words.next()?.parse().ok()?;
    let (hour, rest) = (words.next(), words.next());
    let day = |time| Some(date.to_datetime(time));
    match (hour, rest) {
        (None, _) if is_end => Some(date.tomorrow().ok()?.to_datetime(Time::midnight())),
        (None, _) => day(Time::midnight()),
        (Some("24:00"), None) => Some(date.tomorrow().ok()?.to_datetime(Time::midnight())),
        (Some(hour), None) => {
            let (hour, minute) = hour.split_once(':')?;
            day(Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?)
        }
        _ => None,
    }
}
