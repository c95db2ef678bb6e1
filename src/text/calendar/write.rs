//! A calendar for other programs: events in UTC, which every clock shows right, in lines that are folded and escaped.

use calcard::common::PartialDateTime;
use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty as Property};
use jiff::Timestamp;

/// An event to be written.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Names it, each time that it is written.
    pub(crate) uid: String,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) category: String,
}

/// The text of a calendar called `name`, made at `now` (RFC 5545). It names no method, so that servers keep it (RFC 4791 §4.1), and
/// whoever is on call is not busy.
pub(crate) fn write(name: &str, now: Timestamp, entries: impl IntoIterator<Item = Entry>) -> String {
    let mut calendar = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    calendar.add_property(Property::Version, "2.0");
    calendar.add_property(Property::Prodid, concat!("-//vigie//", env!("CARGO_PKG_VERSION"), "//EN"));
    calendar.add_property(Property::Other("X-WR-CALNAME".to_owned()), name);
    let mut all = vec![calendar];
    for (number, entry) in (1..).zip(entries) {
        all[0].component_ids.push(number);
        all.push(event(entry, now));
    }
    let mut text = String::new();
    ICalendar { components: all }.write_to(&mut text).expect("a text takes all that is written");
    text
}

fn event(entry: Entry, now: Timestamp) -> ICalendarComponent {
    let utc = |instant: Timestamp| PartialDateTime::from_utc_timestamp(instant.as_second());
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_uid(&entry.uid);
    event.add_dtstamp(utc(now));
    event.add_property(Property::Dtstart, utc(entry.from));
    event.add_property(Property::Dtend, utc(entry.to));
    event.add_property(Property::Summary, entry.summary);
    event.add_property(Property::Description, entry.description);
    event.add_property(Property::Categories, entry.category);
    event.add_property(Property::Transp, "TRANSPARENT");
    event
}
