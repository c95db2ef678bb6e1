//! Calendars as others write them, iCalendar (RFC 5545): events with their places, and when they take place. Knows nothing of
//! what they are about.
//!
//! The library behind it, calcard, forgives much and gives no places. So it is handed one event after the other, and what it
//! made of times and rules is compared with what is written: an event is understood as it is meant, or it is a finding.

mod event;
mod lines;
mod moment;
mod series;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

use calcard::icalendar::ICalendarComponentType;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::event::Written;
use self::lines::{Block, Blocks};
use self::moment::{Moment, Read, Zones};
use self::series::Times;
pub(crate) use self::write::{Entry, write};
use super::diagnostic::Diagnostic;
use super::source::{Source, Span};
use crate::finding::calendar::{never_closed, no_calendar, repeats_too_often, too_large, too_many};

/// A calendar is no larger, in MiB.
const LARGEST: usize = 4;
/// So many events may stand in one.
const MOST_EVENTS: usize = 10_000;
/// So many of them may repeat.
const MOST_RULES: usize = 100;
/// One that never has anything take place is looked at up to the year 9999, and counts as so many.
const IN_VAIN: usize = 10;
/// So often all of them may take place.
const MOST_TIMES: usize = 100_000;

/// An event, with each time that it takes place.
#[derive(Debug, PartialEq)]
pub(crate) struct Event {
    /// Where it says what it is.
    pub(crate) place: Span,
    pub(crate) summary: String,
    /// Mail addresses of those who are invited and did not refuse.
    pub(crate) attendees: Vec<String>,
    /// The mail address of whoever invites.
    pub(crate) organizer: Option<String>,
    /// From when until when.
    pub(crate) times: Vec<(Timestamp, Timestamp)>,
}

/// The events of a calendar, in its order, without those that are cancelled; hours that name no zone are on the clocks of
/// `zone`. What is wrong with an event is added to `found` and costs it alone. Nothing where the whole is no calendar.
pub(crate) fn read(source: &Source, zone: &TimeZone, found: &mut Vec<Diagnostic>) -> Option<Vec<Event>> {
    let blocks = match blocks(source) {
        Ok(blocks) => blocks,
        Err(refused) => {
            found.push(refused.at(source, Span::default()));
            return None;
        }
    };
    found.extend(blocks.open.iter().map(|head| never_closed().at(source, *head)));
    let mut zones = Zones { own: zone.clone(), named: BTreeMap::new() };
    let kind = ICalendarComponentType::VTimezone;
    blocks.zones.iter().filter_map(|block| event::component(source, block, &kind)).for_each(|zone| zones.add(&zone));
    let mut written = Vec::new();
    for block in &blocks.events {
        match event::read(source, block, &zones) {
            Ok(event) => written.push((block, event)),
            Err(wrong) => found.push(wrong),
        }
    }
    Some(take_place(source, written, found))
}

/// What the calendar is made of, if it is one of a sensible size.
fn blocks(source: &Source) -> Read<Blocks> {
    if source.text().len() > LARGEST << 20 {
        return Err(too_large(LARGEST).into());
    }
    match Blocks::of(source.text()) {
        blocks if !blocks.is_calendar => Err(no_calendar().into()),
        blocks if blocks.events.len() > MOST_EVENTS => Err(too_many(MOST_EVENTS).into()),
        blocks => Ok(blocks),
    }
}

/// When they take place. What stands for one time of a series takes its place there.
fn take_place(source: &Source, written: Vec<(&Block, Written)>, found: &mut Vec<Diagnostic>) -> Vec<Event> {
    let mut replaced: BTreeMap<String, Vec<Moment>> = BTreeMap::new();
    for (_, event) in &written {
        if let (Some(uid), Some(moment)) = (&event.uid, &event.instead_of) {
            replaced.entry(uid.clone()).or_default().push(moment.clone());
        }
    }
    let mut allowed = Allowed { rules: MOST_RULES, times: MOST_TIMES };
    let mut events = Vec::new();
    for (block, event) in written.into_iter().filter(|(_, event)| !event.is_cancelled) {
        let of_series = event.uid.as_ref().filter(|_| event.instead_of.is_none()).and_then(|uid| replaced.get(uid));
        match allowed.times(&event, of_series.map_or(&[], Vec::as_slice)) {
            Ok(times) => {
                let Written { summary, attendees, organizer, .. } = event;
                events.push(Event { place: block.place("SUMMARY"), summary, attendees, organizer, times });
            }
            Err(wrong) => {
                found.push(wrong.at(source, block.place(if event.rule.is_some() { "RRULE" } else { "DTEND" })));
            }
        }
    }
    events
}

/// How many rules may still be followed, and how often all of them together may have events take place.
struct Allowed {
    rules: usize,
    times: usize,
}

impl Allowed {
    fn times(&mut self, event: &Written, replaced: &[Moment]) -> Read<Times> {
        let repeats = event.rule.is_some();
        if repeats && self.rules == 0 {
            return Err(repeats_too_often(MOST_TIMES).into());
        }
        let most = if repeats { self.times } else { MOST_TIMES };
        let times = series::times(event, replaced, most)?;
        if repeats {
            // What goes beyond is not tried again with the next one.
            let spent = times.as_ref().map(|times| if times.is_empty() { IN_VAIN } else { 1 });
            self.rules = self.rules.saturating_sub(spent.unwrap_or(self.rules));
            self.times -= times.as_ref().map_or(0, Vec::len).min(self.times);
        }
        times.ok_or_else(|| repeats_too_often(MOST_TIMES).into())
    }
}
