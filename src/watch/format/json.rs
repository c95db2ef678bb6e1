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
    /// The members, and which of the fields each became.
    names: Vec<(String, Option<usize>)>,
    room: String,
}

impl<'a> Listener<'a> for All {
    fn wants(&mut self, name: &str) -> Option<Field> {
        self.names.push((name.to_owned(), None));
        Field::try_from(self.names.len() - 1).ok()
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        let value = value_of(said);
        let (name, place) = &mut self.names[field as usize];
        if let Some(place) = *place {
            // One member with several values is a list.
            let (_, before) = &mut self.fields.0[place];
            match before {
                Value::List(items) if !items.is_empty() => items.push(value),
                _ => *before = Value::List(vec![std::mem::replace(before, Value::Null), value]),
            }
            return;
        }
        *place = Some(self.fields.0.len());
        self.fields.put(name, value);
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
        let mut watching = Watching { listener, request: false, several: Vec::new() };
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
        let when = When { arrived: self.arrived, zone: self.zone };
        let known = |name: &str| TIMES.iter().chain(&UNIVERSAL).copied().find(|known| *known == name);
        let ear = Ear::hear(self.text, known).ok();
        ear.and_then(|ear| time_of(|name| ear.said(name).map(value_of), when)).unwrap_or(self.arrived)
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

/// Passes everything on as it would be said if all of it were read: by the plain name too where a dotted one stands for it,
/// and with numbers as they are written in general. Notices what may be a request to a web server.
struct Watching<'l, L> {
    listener: &'l mut L,
    request: bool,
    /// Where the values of a member go that has several names which are wanted. Its number is [`SEVERAL`] and the place.
    several: Vec<[Option<Field>; 3]>,
}

/// Above all numbers of fields.
const SEVERAL: Field = 1 << 31;

impl<'a, L: Listener<'a>> Listener<'a> for Watching<'_, L> {
    fn wants(&mut self, name: &str) -> Option<Field> {
        if name.starts_with('\0') {
            return self.listener.otherwise();
        }
        self.request |= access::is_method(name);
        let exact = self.listener.wants(name);
        let plain = windows::plain(name);
        let short = plain.and_then(|plain| self.listener.wants(plain));
        let whole = plain.unwrap_or(name);
        let joined = if whole.contains(' ') { self.listener.wants(&whole.replace(' ', "")) } else { None };
        let mut wanted = [exact, short, joined].into_iter().flatten();
        match (wanted.next(), wanted.next()) {
            (None, _) => self.listener.otherwise(),
            (one, None) => one,
            _ => {
                self.several.push([exact, short, joined]);
                Field::try_from(self.several.len() - 1).ok().map(|place| SEVERAL | place)
            }
        }
    }

    fn otherwise(&mut self) -> Option<Field> {
        self.listener.otherwise()
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        let said = general(said);
        if field < SEVERAL {
            return self.listener.hear(field, said);
        }
        for field in self.several[(field & !SEVERAL) as usize].into_iter().flatten() {
            self.listener.hear(field, said);
        }
    }

    fn room(&mut self) -> &mut String {
        self.listener.room()
    }
}

/// A number as [`Value`] holds it, whatever way it is written: `1.50` is 1.5, and `1e3` is 1000.0.
fn general(said: Said<'_>) -> Said<'_> {
    let Said::Number(text) = said else { return said };
    let is_plain = matches!(text.as_bytes(), [b'0'] | [b'1'..=b'9', ..]);
    if is_plain && text.len() < 19 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return said;
    }
    match (text.parse(), text.parse()) {
        (Ok(number), _) => Said::Int(number),
        (_, Ok(number)) => Said::Float(number),
        _ => Said::Text(text),
    }
}

/// Hears what a line says of some names.
pub(super) struct Ear<'a, K> {
    /// The name as it is known, where it is one of those.
    known: K,
    /// What each of their members says.
    heard: Vec<(&'static str, Vec<Said<'a>>)>,
    room: String,
}

impl<'a, K: Fn(&str) -> Option<&'static str>> Ear<'a, K> {
    /// Hears what `text` says of the names that `known` knows.
    pub(super) fn hear(text: &'a str, known: K) -> Result<Self, Unreadable> {
        let mut ear = Self { known, heard: Vec::new(), room: String::new() };
        walk(text, &mut ear)?;
        Ok(ear)
    }

    /// What the first member of this name says. Several values are as good as none.
    pub(super) fn said(&self, name: &str) -> Option<Said<'a>> {
        let (_, said) = self.heard.iter().find(|(known, said)| *known == name && !said.is_empty())?;
        Some(if let [one] = said[..] { one } else { Said::Empty })
    }
}

impl<'a, K: Fn(&str) -> Option<&'static str>> Listener<'a> for Ear<'a, K> {
    fn wants(&mut self, name: &str) -> Option<Field> {
        self.heard.push(((self.known)(name)?, Vec::new()));
        Field::try_from(self.heard.len() - 1).ok()
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        self.heard[field as usize].1.push(general(said));
    }

    fn room(&mut self) -> &mut String {
        &mut self.room
    }
}

#[cfg(test)]
mod tests;
