//! When an event takes place: once, or again and again as its rule says (RFC 5545 §3.8.5), on the clock of its zone.

use std::collections::BTreeSet;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarFrequency, ICalendarProperty as Property,
    ICalendarRecurrenceRule,
};
use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, Span, Timestamp};

use super::event::{End, Written};
use super::moment::{self, Moment, Read};
use crate::finding::calendar::{no_length, not_repeated};

/// A rule without an end is followed up to here.
const LAST: DateTime = date(2100, 1, 1).at(0, 0, 0, 0);
/// Rules before it are nothing that anybody keeps.
const FIRST: DateTime = date(1900, 1, 1).at(0, 0, 0, 0);
/// How often an event may take place on one day: once an hour.
const A_DAY: usize = 24;

/// From when until when, each time.
pub(super) type Times = Vec<(Timestamp, Timestamp)>;

/// When an event takes place, without those that `replaced` says elsewhere; nothing where its rule says so more than `most`
/// times.
pub(super) fn times(event: &Written, replaced: &[Moment], most: usize) -> Read<Option<Times>> {
    let start = &event.start;
    let mut starts = match &event.rule {
        Some(rule) => repeated(rule, start, most)?,
        None => vec![start.clock],
    };
    if starts.len() > most {
        return Ok(None);
    }
    starts.extend(event.also.iter().filter_map(|also| Some(start.zone.to_datetime(also.instant()?))));
    let except = Except::of(event.except.iter().chain(replaced));
    let mut times = Times::new();
    for clock in starts {
        let from = Moment { clock, ..start.clone() };
        let Some(begin) = from.instant().filter(|begin| !except.holds(*begin, clock.date())) else { continue };
        let end = end(event, &from, begin).filter(|end| *end > begin).ok_or_else(no_length)?;
        times.push((begin, end));
    }
    Ok(Some(times))
}

/// When what begins at `from` ends. The end of the first is as it is written; every other time it is the same hour of the clock, in
/// the night of a clock change too. RFC 5545 §3.8.5.3 would have the same exact length there; but who writes 22:00 to 06:00 means
/// those hours, sees them in Thunderbird and Nextcloud, and is on call until somebody comes at six.
fn end(event: &Written, from: &Moment, begin: Timestamp) -> Option<Timestamp> {
    let later = |span: Span| from.zone.to_timestamp(from.clock.checked_add(span).ok()?).ok();
    match &event.end {
        End::At(end) if from.clock == event.start.clock => end.instant(),
        End::At(end) => {
            let clock = from.zone.to_datetime(end.instant()?);
            later(Span::try_from(clock.duration_since(event.start.clock)).ok()?)
        }
        End::Lasts { days: 0, time } => begin.checked_add(*time).ok(),
        End::Lasts { days, time } => later(Span::new().try_days(*days).ok()?)?.checked_add(*time).ok(),
    }
}

/// Times that are left out: an instant, or whatever begins on a day.
struct Except(BTreeSet<Timestamp>, BTreeSet<Date>);

impl Except {
    fn of<'a>(moments: impl Iterator<Item = &'a Moment>) -> Self {
        let (days, instants): (Vec<_>, Vec<_>) = moments.partition(|moment| moment.is_day);
        let days = days.into_iter().map(|moment| moment.clock.date());
        Self(instants.into_iter().filter_map(Moment::instant).collect(), days.collect())
    }

    fn holds(&self, begin: Timestamp, day: Date) -> bool {
        self.0.contains(&begin) || self.1.contains(&day)
    }
}

/// The hours at which a rule has an event begin, on its own clock. The library counts on a clock without a zone, where each
/// day has 24 hours; what instants these are is said by the zone. No more than one beyond `most`.
fn repeated(rule: &ICalendarRecurrenceRule, start: &Moment, most: usize) -> Read<Vec<DateTime>> {
    let refused = || Box::new(not_repeated(rule.to_string()));
    if !is_followed(rule) || !(FIRST..LAST).contains(&start.clock) {
        return Err(refused());
    }
    let until = until(rule, start).ok_or_else(refused)?;
    if until < start.clock {
        return Ok(Vec::new());
    }
    let rule = ICalendarRecurrenceRule { until: Some(floating(until)), ..rule.clone() };
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_property(Property::Dtstart, floating(start.clock));
    event.add_property(Property::Rrule, rule);
    let expanded = ICalendar { components: vec![event] }.expand_dates(Tz::Floating, most + 1);
    if !expanded.errors.is_empty() {
        return Err(refused());
    }
    let clock = |seconds| Some(jiff::tz::Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?));
    Ok(expanded.events.iter().filter_map(|event| clock(event.start.timestamp())).collect())
}

fn is_followed(rule: &ICalendarRecurrenceRule) -> bool {
    let often = [&rule.byhour, &rule.byminute, &rule.bysecond].iter().map(|list| list.len().max(1)).product::<usize>();
    let by_day = matches!(
        rule.freq,
        ICalendarFrequency::Daily
            | ICalendarFrequency::Weekly
            | ICalendarFrequency::Monthly
            | ICalendarFrequency::Yearly
    );
    by_day && often <= A_DAY && rule.rscale.is_none() && rule.skip.is_none()
}

/// The last hour at which it may begin, on its own clock; a day is meant whole.
fn until(rule: &ICalendarRecurrenceRule, start: &Moment) -> Option<DateTime> {
    let Some(written) = &rule.until else { return Some(LAST) };
    let clock = moment::clock(written)?;
    let until = match (written.has_time(), written.has_zone()) {
        (false, _) => clock.checked_add(SignedDuration::from_secs(24 * 3600 - 1)).ok()?,
        (true, false) => clock,
        (true, true) => start.zone.to_datetime(jiff::tz::Offset::UTC.to_timestamp(clock).ok()?),
    };
    Some(until.min(LAST))
}

fn floating(clock: DateTime) -> PartialDateTime {
    let small = |number: i8| u8::try_from(number).ok();
    PartialDateTime {
        year: u16::try_from(clock.year()).ok(),
        month: small(clock.month()),
        day: small(clock.day()),
        hour: small(clock.hour()),
        minute: small(clock.minute()),
        second: small(clock.second()),
        ..PartialDateTime::default()
    }
}
