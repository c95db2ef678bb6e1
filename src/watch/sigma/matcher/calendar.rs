//! The numbers that the time modifiers take from a time (Sigma modifiers appendix 2.1, section "Time Modifiers").
//!
//! A time with an offset, or counted since 1970, is an instant, and is looked at in the zone of the site. A time without
//! an offset is taken as it is written.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::base::epoch;
use crate::watch::sigma::view::Zone;
use crate::watch::sigma::view::entry::{Seen, Sort};
use crate::watch::sigma::view::number::{Compare, Number};

/// One number of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A part of a time and what it is compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) part: Part,
    /// Nothing where the two must be the same.
    pub(crate) compare: Option<Compare>,
    pub(crate) number: i64,
}

impl Moment {
    /// Whether the time that `value` says fits.
    pub(crate) fn fits(&self, value: Seen<'_>, zone: &Zone) -> bool {
        let (Some(number), wanted) = (self.part.of(value, zone), Number::Int(self.number)) else { return false };
        match self.compare {
            Some(compare) => Number::Int(number).is(compare, wanted),
            None => number == self.number,
        }
    }
}

impl Part {
    /// What it can be.
    pub(crate) fn range(self) -> RangeInclusive<i64> {
        match self {
            Self::Minute => 0..=59,
            Self::Hour => 0..=23,
            Self::Day => 1..=31,
            Self::Week => 1..=53,
            Self::Month => 1..=12,
            Self::Year => 1..=9999,
        }
    }

    fn of(self, value: Seen<'_>, zone: &Zone) -> Option<i64> {
        let (at, has_time) = match value.sort {
            Sort::Text | Sort::Number => written(value.plain.trim(), zone)?,
            Sort::Null | Sort::Empty | Sort::Bool => return None,
        };
        Some(match self {
            Self::Minute => i64::from(at.minute()),
            Self::Hour => i64::from(at.hour()),
            Self::Day => i64::from(at.day()),
            Self::Week => i64::from(at.date().iso_week_date().week()),
            Self::Month => i64::from(at.month()),
            Self::Year => i64::from(at.year()),
        })
        .filter(|_| has_time || !matches!(self, Self::Minute | Self::Hour))
    }
}

/// A date and time as logs write it, and whether there is a time of day in it.
fn written(text: &str, zone: &Zone) -> Option<(DateTime, bool)> {
    // No log writes a year with a sign; and at the very first instant that there is, the calendar reckons beyond it.
    if text.starts_with(|letter: char| letter.is_ascii_digit()) {
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Some((zone.0.to_datetime(instant), true));
        }
        if text.len() <= "2026-01-01".len() && text.contains('-') {
            return text.parse::<Date>().ok().map(|date| (date.to_datetime(jiff::civil::Time::midnight()), false));
        }
        if let Ok(at) = text.parse::<DateTime>() {
            return Some((at, true));
        }
    }
    let instant = match Number::parse(text)? {
        Number::Int(number) => epoch::instant(number)?,
        Number::Float(number) => epoch::instant_of_seconds(number)?,
    };
    Some((zone.0.to_datetime(instant), true))
}
