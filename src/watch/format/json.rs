//! One JSON object a line, its members by dotted names.
//!
//! Taken apart only as far as somebody asks ([`Object`]), or whole ([`flatten`]).

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::access;
use super::auditd;
use super::draft::{Draft, Fields, Misfit, Reading};
use super::time::{self, When};
use super::{clean, windows};
use crate::base::redact::{REMOVED, is_private, redact_line};
use crate::watch::event::{Event, Logsource, Value};
use crate::watch::json::{unescape, walk};
use crate::watch::record::{Field, Listener, Origin, Record, Said, Unreadable};

/// Fields that hold the time of an event in widespread formats, the first one found is used.
const TIMES: [&str; 14] = [
    "@timestamp",
    "timestamp",
    "time",
    "ts",
    "datetime",
    "date",
    "Timestamp",
    "TimeCreated",
    "SystemTime",
    "Event.System.TimeCreated.SystemTime",
    "Event.System.TimeCreated.#attributes.SystemTime",
    "EventTime",
    "time_iso8601",
    "__REALTIME_TIMESTAMP",
];

/// Fields that hold a time in UTC without saying so.
const UNIVERSAL: [&str; 2] = ["UtcTime", "utc_time"];

/// Reads one line.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    let fields = flatten(text)?;
    let time = time_of(|name| fields.value(name).cloned(), when);
    let mut draft = Draft { time, fields, ..Draft::default() };
    access::name(&mut draft);
    windows::describe(&mut draft);
    auditd::describe(&mut draft);
    Ok(Some(draft))
}

/// The fields of the object that `text` is.
pub(super) fn flatten(text: &str) -> Result<Fields, Misfit> {
    let mut all = All::default();
    walk(text, &mut all).map_err(|Unreadable(why)| Misfit(why))?;
    Ok(all.fields)
}

/// When the event happened, where one of the usual fields tells.
fn time_of(value: impl Fn(&str) -> Option<Value>, when: When<'_>) -> Option<Timestamp> {
    let instant = |name: &str| match value(name)? {
        Value::Text(text) => time::written(&text, when).or_else(|| time::counted(text.parse().ok()?)),
        Value::Int(number) => time::counted(number),
        Value::Float(number) => time::counted_fraction(number),
        _ => None,
    };
    let universal = |name: &str| match value(name)? {
        Value::Text(text) => time::universal(&text),
        _ => None,
    };
    TIMES.iter().find_map(|name| instant(name)).or_else(|| UNIVERSAL.iter().find_map(|name| universal(name)))
}

/// Wants everything.
#[derive(Default)]
struct All {
    fields: Fields,
    names: Vec<String>,
    /// The number of the field that was heard last.
    last: Option<Field>,
    room: String,
}

impl<'a> Listener<'a> for All {
    fn wants(&mut self, name: &str) -> Option<Field> {
        self.names.push(name.to_owned());
        Field::try_from(self.names.len() - 1).ok()
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        let value = value_of(said);
        if self.last == Some(field)
            && let Some((_, before)) = self.fields.0.last_mut()
        {
            // One member with several values is a list.
            match before {
                Value::List(items) if !items.is_empty() => items.push(value),
                _ => *before = Value::List(vec![std::mem::replace(before, Value::Null), value]),
            }
            return;
        }
        self.last = Some(field);
        self.fields.put(&self.names[field as usize], value);
    }

    fn room(&mut self) -> &mut String {
        &mut self.room
    }
}

fn value_of(said: Said<'_>) -> Value {
    match said {
        Said::Null => Value::Null,
        Said::Empty => Value::List(Vec::new()),
        Said::Bool(truth) => Value::Bool(truth),
        Said::Int(number) => Value::Int(number),
        Said::Float(number) => Value::Float(number),
        Said::Number(text) => match (text.parse(), text.parse()) {
            (Ok(number), _) => Value::Int(number),
            (_, Ok(number)) => Value::Float(number),
            _ => Value::from(text),
        },
        Said::Text(text) => Value::from(text),
        Said::Escaped(text) => {
            let mut plain = String::with_capacity(text.len());
            unescape(text, &mut plain);
            Value::Text(plain)
        }
    }
}

/// A line of JSON that is only read as far as somebody asks. Nothing was taken out of it: what is kept of its values has
/// to be asked for with [`Record::show`].
#[derive(Debug, Clone, Copy)]
pub struct Object<'a> {
    pub(super) text: &'a str,
    pub(super) arrived: Timestamp,
    pub(super) zone: &'a TimeZone,
    pub(super) own: Option<&'a Logsource>,
}

/// What a source knows of all its objects. Lines in which its [`super::Decoder`] found one can be made the same object
/// with it at any time, in any order.
#[derive(Debug, Clone)]
pub struct Objects {
    pub(super) zone: TimeZone,
    pub(super) own: Option<Logsource>,
}

impl Objects {
    /// The object in a line that arrived at `arrived`, or is in a file last written then.
    pub fn object<'a>(&'a self, arrived: Timestamp, text: &'a str) -> Object<'a> {
        Object { text: super::trimmed(text), arrived, zone: &self.zone, own: self.own.as_ref() }
    }
}

impl Record for Object<'_> {
    fn tell<'a>(&'a self, listener: &mut impl Listener<'a>) -> Result<(), Unreadable> {
        let mut watching = Watching { listener, request: false, also: None };
        walk(self.text, &mut watching)?;
        if watching.request {
            access::say(self.text, listener)?;
        }
        Ok(())
    }

    fn text(&self) -> &str {
        self.text
    }

    fn time(&self) -> Timestamp {
        let mut times = Times::default();
        let when = When { arrived: self.arrived, zone: self.zone };
        let told = walk(self.text, &mut times).ok();
        let value = |name: &str| times.heard.iter().find(|(known, _)| *known == name).map(|(_, said)| value_of(*said));
        told.and_then(|()| time_of(value, when)).unwrap_or(self.arrived)
    }

    fn show<'t>(&self, name: &str, text: &'t str) -> Cow<'t, str> {
        if name.split('.').any(is_private) { Cow::Borrowed(REMOVED) } else { redact_line(text) }
    }

    fn logsource(&self) -> Origin<'_> {
        Origin::Said(self.own)
    }

    fn whole(&self) -> Option<Event> {
        let clean = clean::clean(self.text);
        let draft = read(&clean, When { arrived: self.arrived, zone: self.zone }).ok().flatten()?;
        Some(draft.finish(self.own, self.arrived, &clean))
    }
}

/// Passes everything on, by the plain name too where a dotted one stands for it, and notices what may be a request to a
/// web server.
struct Watching<'l, L> {
    listener: &'l mut L,
    request: bool,
    /// A field that goes by two names, both of which are wanted.
    also: Option<(Field, Field)>,
}

impl<'a, L: Listener<'a>> Listener<'a> for Watching<'_, L> {
    fn wants(&mut self, name: &str) -> Option<Field> {
        self.request |= access::is_method(name);
        let exact = self.listener.wants(name);
        let plain = windows::plain(name);
        let other = plain.and_then(|plain| self.listener.wants(plain));
        let other = other.or_else(|| {
            let short = plain.unwrap_or(name);
            let spaced = exact.is_none() && short.contains(' ');
            spaced.then(|| self.listener.wants(&short.replace(' ', ""))).flatten()
        });
        match (exact, other) {
            (Some(field), Some(other)) => self.also = Some((field, other)),
            (None, None) => return self.listener.otherwise(),
            _ => {}
        }
        exact.or(other)
    }

    fn otherwise(&mut self) -> Option<Field> {
        self.listener.otherwise()
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        self.listener.hear(field, said);
        if let Some((_, other)) = self.also.filter(|(known, _)| *known == field) {
            self.listener.hear(other, said);
        }
    }

    fn room(&mut self) -> &mut String {
        self.listener.room()
    }
}

/// Wants the fields that may hold the time.
#[derive(Default)]
struct Times<'a> {
    heard: Vec<(&'static str, Said<'a>)>,
    room: String,
}

impl<'a> Listener<'a> for Times<'a> {
    fn wants(&mut self, name: &str) -> Option<Field> {
        let at = TIMES.iter().chain(&UNIVERSAL).position(|known| *known == name)?;
        Field::try_from(at).ok()
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        self.heard.extend(TIMES.iter().chain(&UNIVERSAL).nth(field as usize).map(|name| (*name, said)));
    }

    fn room(&mut self) -> &mut String {
        &mut self.room
    }
}

#[cfg(test)]
mod tests;
