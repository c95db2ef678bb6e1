//! One event as it is written: when, how often, who. What cannot be read costs this event alone.

use calcard::icalendar::{
    ICalendarComponent, ICalendarComponentType, ICalendarDuration, ICalendarEntry, ICalendarParameterName,
    ICalendarParameterValue, ICalendarParticipationStatus, ICalendarProperty as Property, ICalendarRecurrenceRule,
    ICalendarStatus, ICalendarValue,
};
use calcard::{Entry, Parser};
use jiff::SignedDuration;

use super::lines::Block;
use super::moment::{Moment, Read, Zones, is_time};
use crate::finding::Finding;
use crate::finding::calendar::{and_all_later, no_length, no_start, no_time, not_repeated};
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;

/// Properties that hold times.
const TIMES: [&str; 5] = ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"];

/// An event.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) uid: Option<String>,
    pub(super) summary: String,
    /// Mail addresses of those who are invited and did not refuse.
    pub(super) attendees: Vec<String>,
    pub(super) organizer: Option<String>,
    pub(super) start: Moment,
    pub(super) end: End,
    pub(super) rule: Option<Box<ICalendarRecurrenceRule>>,
    pub(super) also: Vec<Moment>,
    pub(super) except: Vec<Moment>,
    /// Which time of a series it stands for.
    pub(super) instead_of: Option<Moment>,
    pub(super) is_cancelled: bool,
}

/// When an event ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum End {
    At(Moment),
    /// So many days of the calendar and so much time later.
    Lasts {
        days: i64,
        time: SignedDuration,
    },
}

/// The component in `block`, or nothing where it is none.
pub(super) fn component(source: &Source, block: &Block, kind: &ICalendarComponentType) -> Option<ICalendarComponent> {
    match Parser::new(source.slice(block.span)).entry() {
        Entry::ICalendar(read) => read.components.into_iter().next().filter(|first| first.component_type == *kind),
        _ => None,
    }
}

/// Reads the event in `block`, or says what is wrong with it.
pub(super) fn read(source: &Source, block: &Block, zones: &Zones) -> Result<Written, Diagnostic> {
    let at = |property: &'static str| move |finding: Box<Finding>| finding.at(source, block.place(property));
    for (name, written) in block.values(source, &TIMES) {
        if !written.split(',').all(is_time) {
            return Err(at(name)(no_time(name).into()));
        }
    }
    let component = component(source, block, &ICalendarComponentType::VEvent);
    let event = Event { component: component.ok_or_else(|| at("BEGIN")(no_start().into()))?, zones };
    let start = event.moment(&Property::Dtstart, "DTSTART").map_err(at("DTSTART"))?;
    let start = start.ok_or_else(|| at("DTSTART")(no_start().into()))?;
    let end = event.end(&start).map_err(at("DTEND"))?;
    let rule = event.rule(block.values(source, &["RRULE"])).map_err(at("RRULE"))?;
    let instead_of = event.instead_of().map_err(at("RECURRENCE-ID"))?;
    Ok(Written {
        also: event.moments(&Property::Rdate, "RDATE").map_err(at("RDATE"))?,
        except: event.moments(&Property::Exdate, "EXDATE").map_err(at("EXDATE"))?,
        uid: event.text(&Property::Uid),
        summary: event.text(&Property::Summary).unwrap_or_default(),
        attendees: event.attendees(),
        organizer: event.entry(&Property::Organizer).and_then(address),
        is_cancelled: event.component.status() == Some(&ICalendarStatus::Cancelled),
        start,
        end,
        rule,
        instead_of,
    })
}

/// An event that was taken apart.
struct Event<'a> {
    component: ICalendarComponent,
    zones: &'a Zones,
}

impl Event<'_> {
    fn entry(&self, property: &Property) -> Option<&ICalendarEntry> {
        self.component.property(property)
    }

    fn text(&self, property: &Property) -> Option<String> {
        let text = self.entry(property)?.values.first()?.as_text()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn moments(&self, property: &Property, name: &str) -> Read<Vec<Moment>> {
        let entries = self.component.properties(property);
        let values = entries.flat_map(|entry| entry.values.iter().map(move |value| (entry.tz_id(), value)));
        let moments = values.map(|(zone, value)| match value.as_partial_date_time() {
            Some(written) => self.zones.moment(written, zone, name),
            None => Err(no_time(name).into()),
        });
        moments.collect()
    }

    fn moment(&self, property: &Property, name: &str) -> Read<Option<Moment>> {
        Ok(self.moments(property, name)?.into_iter().next())
    }

    /// RFC 5545 §3.6.1: without an end, a day lasts the day and everything else no time at all.
    fn end(&self, start: &Moment) -> Read<End> {
        if let Some(end) = self.moment(&Property::Dtend, "DTEND")? {
            return Ok(End::At(end));
        }
        let Some(entry) = self.entry(&Property::Duration) else {
            let days = if start.is_day { 1 } else { return Err(no_length().into()) };
            return Ok(End::Lasts { days, time: SignedDuration::ZERO });
        };
        match entry.values.first() {
            Some(ICalendarValue::Duration(lasts)) if !lasts.neg => Ok(lasting(lasts)),
            _ => Err(no_length().into()),
        }
    }

    /// How it repeats. What the library made of the rule, written down again, has to be the rule: it passes over what it
    /// does not know.
    fn rule<'w>(
        &self,
        mut written: impl Iterator<Item = (&'static str, String)> + 'w,
    ) -> Read<Option<Box<ICalendarRecurrenceRule>>> {
        let Some((_, text)) = written.next() else { return Ok(None) };
        let parts = |text: &str| -> Vec<String> {
            text.split(';')
                .map(|part| part.trim().to_ascii_uppercase().replace('+', ""))
                .filter(|it| !it.is_empty())
                .collect()
        };
        let read = self.entry(&Property::Rrule).and_then(|entry| entry.values.first());
        match (read, written.next()) {
            (Some(ICalendarValue::RecurrenceRule(rule)), None) => {
                let understood = parts(&rule.to_string());
                let is_whole = parts(&text).iter().all(|part| understood.contains(part));
                if is_whole { Ok(Some(rule.clone())) } else { Err(not_repeated(text).into()) }
            }
            _ => Err(not_repeated(text).into()),
        }
    }

    fn instead_of(&self) -> Read<Option<Moment>> {
        let later = self.entry(&Property::RecurrenceId).filter(|id| id.has_parameter(&ICalendarParameterName::Range));
        if later.is_some() {
            return Err(and_all_later().into());
        }
        self.moment(&Property::RecurrenceId, "RECURRENCE-ID")
    }

    fn attendees(&self) -> Vec<String> {
        let refused = ICalendarParameterValue::Partstat(ICalendarParticipationStatus::Declined);
        let is_refusal = |entry: &&ICalendarEntry| {
            entry.parameters(&ICalendarParameterName::Partstat).any(|status| *status == refused)
        };
        self.component.properties(&Property::Attendee).filter(|entry| !is_refusal(entry)).filter_map(address).collect()
    }
}

fn address(entry: &ICalendarEntry) -> Option<String> {
    entry.calendar_address().map(|address| address.trim().to_owned())
}

fn lasting(written: &ICalendarDuration) -> End {
    let seconds = i64::from(written.hours) * 3600 + i64::from(written.minutes) * 60 + i64::from(written.seconds);
    let days = i64::from(written.weeks) * 7 + i64::from(written.days);
    End::Lasts { days, time: SignedDuration::from_secs(seconds) }
}
