//! Times of a calendar on the clocks of its zones: in UTC, with a zone, on whatever clock there is, or whole days.

use std::collections::BTreeMap;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::ICalendarComponent;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::finding::Finding;
use crate::finding::calendar::{no_time, no_zone};

/// What was read, or what is wrong with it.
pub(super) type Read<T> = Result<T, Box<Finding>>;

/// A time as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moment {
    pub(super) clock: DateTime,
    pub(super) zone: TimeZone,
    /// Whether it is a day alone.
    pub(super) is_day: bool,
}

impl Moment {
    /// The instant. Of an hour that comes twice the first, of one that is missing as much later as the clock jumps
    /// (RFC 5545 §3.3.5).
    pub(super) fn instant(&self) -> Option<Timestamp> {
        self.zone.to_timestamp(self.clock).ok()
    }
}

/// Whether this is a time as RFC 5545 §3.3.4 and §3.3.5 have it: `20261224`, `20261224T170000`, `20261224T170000Z`.
pub(super) fn is_time(written: &str) -> bool {
    let (date, time) = written.split_once('T').unwrap_or((written, "000000"));
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(date, 8) && digits(time.strip_suffix('Z').unwrap_or(time), 6)
}

/// The zones that a calendar speaks of.
#[derive(Debug)]
pub(super) struct Zones {
    /// That of times which name none.
    pub(super) own: TimeZone,
    /// What the calendar itself says of its names.
    pub(super) named: BTreeMap<String, TimeZone>,
}

impl Zones {
    /// Adds what a `VTIMEZONE` says: the name of the zone, never its rules, which are known better here.
    pub(super) fn add(&mut self, component: &ICalendarComponent) {
        let known = component.timezone().and_then(|(name, zone)| Some((name.to_owned(), known(zone)?)));
        self.named.extend(known);
    }

    fn find(&self, name: &str) -> Option<TimeZone> {
        let database = || TimeZone::get(name).ok();
        self.named.get(name).cloned().or_else(database).or_else(|| known(name.parse().ok()?))
    }

    /// The time that `property` says, with the zone that it names.
    pub(super) fn moment(&self, written: &PartialDateTime, zone: Option<&str>, property: &str) -> Read<Moment> {
        let is_day = !written.has_time();
        let clock = clock(written).ok_or_else(|| no_time(property))?;
        let zone = match zone {
            _ if written.has_zone() => TimeZone::UTC,
            Some(name) if !is_day => self.find(name).ok_or_else(|| no_zone(name))?,
            _ => self.own.clone(),
        };
        Ok(Moment { clock, zone, is_day })
    }
}

/// The zone of the IANA database that names of Windows and others mean; no other.
fn known(zone: Tz) -> Option<TimeZone> {
    match zone {
        Tz::Tz(_) => TimeZone::get(&zone.name()?).ok(),
        Tz::Fixed(_) | Tz::Floating => None,
    }
}

pub(super) fn clock(written: &PartialDateTime) -> Option<DateTime> {
    let small = |number: u8| i8::try_from(number).ok();
    let date = Date::new(i16::try_from(written.year?).ok()?, small(written.month?)?, small(written.day?)?).ok()?;
    let part = |number: Option<u8>| small(number.unwrap_or_default());
    let time = Time::new(part(written.hour)?, part(written.minute)?, part(written.second)?, 0).ok()?;
    Some(date.to_datetime(time))
}
