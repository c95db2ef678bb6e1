//! One JSON object a line, its members by dotted names.
//!
//! Taken apart only as far as somebody asks ([`Object`]), or whole ([`flatten`]).

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;

use super::access;
use super::auditd;
use super::draft::{Draft, Fields, Misfit, Reading};
use super::ground::Ground;
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::time::{self, When};
use super::windows;
use crate::base::epoch;
use crate::base::redact::Class;
use crate::watch::clean;
use crate::watch::event::{Event, Value};
use crate::watch::json::{self, Hearer, Members, Spelled, Wanted, unescape, walk};
use crate::watch::kind;
use crate::watch::record::{Date, Field, Listener, Origin, Record, Said, Unreadable};

/// Fields that hold the time of an event in widespread formats, the first one found is used.
const TIMES: [&str; 22] = [
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
    "TimeCreated.value",
    "TimeGenerated",
    "Event.System.TimeCreated.@SystemTime",
    "System.TimeCreated.@SystemTime",
    "System.TimeCreated.SystemTime",
    "System.TimeCreated.#attributes.SystemTime",
    "data.win.system.systemTime",
    "recorded",
];

/// Fields that hold a time in UTC without saying so: Sysmon's, and that of ESET PROTECT, which writes the word with one `r` and
/// documents it with two ("Events exported to JSON format").
const UNIVERSAL: [&str; 4] = ["UtcTime", "utc_time", "occured", "occurred"];

/// One object a line.
pub(super) struct Json;

impl Kind for Json {
    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text.trim_start(), when)
    }

    fn sniff(text: &str, _: When<'_>) -> Option<Surety> {
        let text = text.trim_start();
        Surety::certain(text.starts_with('{') && flatten(text).is_ok())
    }

    fn possible() -> Vec<Possible> {
        // Events of Windows and of the Linux audit system are known as such. What a collector labels otherwise, the site
        // has to say.
        let windows: Vec<&str> = kind::windows::services().collect();
        let any = |product, services: &[&str]| Possible::of(&[product], services, &[]).any_category();
        let request = Possible::of(&[], &[], &["webserver"]);
        vec![request, any("windows", &windows), any("linux", &["sysmon", "auditd"])]
    }
}

/// Reads one line.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    let mut fields = flatten(text)?;
    windows::unfold(text, &mut fields);
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
    walk(text, &mut Spelled::default(), &mut all).map_err(|Unreadable(why)| Misfit(why))?;
    Ok(all.fields)
}

/// When the event happened, where one of the usual fields tells.
fn time_of(value: impl Fn(&str) -> Option<Value>, when: When<'_>) -> Option<Timestamp> {
    let instant = |name: &str| match value(name)? {
        Value::Text(text) => time::written(&text, when).or_else(|| epoch::instant(number_of(&text)?)),
        Value::Int(number) => epoch::instant(number),
        Value::Float(number) => epoch::instant_of_seconds(number),
        _ => None,
    };
    let universal = |name: &str| match value(name)? {
        Value::Text(text) => time::universal(&text),
        _ => None,
    };
    TIMES.iter().find_map(|name| instant(name)).or_else(|| UNIVERSAL.iter().find_map(|name| universal(name)))
}

/// The number that a text is, also as PowerShell writes times: `/Date(1764465124512)/`.
fn number_of(text: &str) -> Option<i64> {
    let inside = text.strip_prefix("/Date(").and_then(|text| text.strip_suffix(")/"));
    inside.unwrap_or(text).parse().ok()
}

/// Wants everything.
#[derive(Default)]
struct All {
    fields: Fields,
    /// The members, and which of the fields each became.
    names: Vec<(String, Option<usize>)>,
}

impl<'a> Hearer<'a> for All {
    fn wants(&mut self, name: &str) -> Wanted {
        self.names.push((name.to_owned(), None));
        Field::try_from(self.names.len() - 1).ok().into()
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
}

fn value_of(said: Said<'_>) -> Value {
    match said {
        Said::Null => Value::Null,
        Said::Empty => Value::List(Vec::new()),
        Said::Bool(truth) => Value::Bool(truth),
        Said::Int(number) => Value::Int(number),
        Said::Float(number) => Value::Float(number),
        Said::Number(text) => text.parse().map_or_else(|_| Value::from(text), Value::Int),
        Said::Text(text) => Value::from(text),
        Said::Escaped(text) => {
            let mut plain = String::new();
            unescape(text, &mut plain);
            Value::from(plain)
        }
    }
}

/// A line of JSON that is only read as far as somebody asks. Nothing was taken out of it: what is kept of its values has
/// to be asked for with [`Record::show`].
#[derive(Clone, Copy)]
pub struct Object<'a> {
    pub(super) text: &'a str,
    pub(super) arrived: Timestamp,
    pub(super) ground: &'a Ground,
}

/// As it may be seen.
impl fmt::Debug for Object<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Object({:?})", self.show(Class::Open, self.text))
    }
}

impl Record for Object<'_> {
    fn tell<'a>(&'a self, listener: &mut impl Listener<'a>) -> Result<(), Unreadable> {
        // The listener cannot be told of members while it holds them.
        let mut notes = std::mem::take(listener.notes());
        let members: &mut Members = notes.of_reader();
        members.begin();
        let mut watching = Watching { listener, request: false, whole: false };
        let walked = walk(self.text, members, &mut watching);
        let Watching { request, whole, .. } = watching;
        *listener.notes() = notes;
        walked?;
        if whole && let Some(field) = listener.wants(kind::WHOLE) {
            listener.hear(field, Said::Text(""));
        }
        if request {
            access::say(self.text, listener)?;
        }
        Ok(())
    }

    fn text(&self) -> &str {
        self.text
    }

    fn time(&self) -> Timestamp {
        let Ok(ear) = Ear::hear(self.text, |name| times().find(|known| *known == name)) else { return self.arrived };
        self.time_of(|name| ear.said(name))
    }

    fn time_told(&self, dates: &[Date<'_>]) -> Timestamp {
        let twice = |date: &Date<'_>| dates.iter().filter(|other| other.rank == date.rank).count() > 1;
        if dates.iter().any(twice) {
            return self.time();
        }
        self.time_of(|name| {
            let rank = times().position(|known| known == name)?;
            dates.iter().find(|date| date.rank as usize == rank).map(|date| date.said)
        })
    }

    fn unescape(text: &str, plain: &mut String) {
        unescape(text, plain);
    }

    fn spells_by_number(text: &str) -> bool {
        json::spells_by_number(text)
    }

    fn without_names(text: &str) -> Option<String> {
        json::without_names(text)
    }

    fn show<'t>(&self, class: Class, text: &'t str) -> Cow<'t, str> {
        clean::shown(class, self.text, text)
    }

    fn logsource(&self) -> Origin<'_> {
        Origin::Said(self.ground.own.as_ref())
    }

    fn whole(&self) -> Option<Event> {
        let draft = read(self.text, When { arrived: self.arrived, zone: &self.ground.zone }).ok().flatten()?;
        Some(draft.finish(self.ground.own.as_ref(), self.arrived, self.text))
    }
}

impl Object<'_> {
    fn time_of<'s>(&self, said: impl Fn(&str) -> Option<Said<'s>>) -> Timestamp {
        let when = When { arrived: self.arrived, zone: &self.ground.zone };
        time_of(|name| said(name).map(value_of), when).unwrap_or(self.arrived)
    }
}

/// All names that tell times, in the order in which they count.
fn times() -> impl Iterator<Item = &'static str> {
    TIMES.iter().chain(&UNIVERSAL).copied()
}

/// Passes everything on as it would be said if all of it were read: by the plain name too where a dotted one stands for it.
/// Notices what may be the time, what may be a request to a web server, and what has to be read whole.
struct Watching<'l, L> {
    listener: &'l mut L,
    request: bool,
    whole: bool,
}

/// Above all numbers of fields: what may be the method of a request.
const METHOD: Field = 1 << 31;
/// And what is only understood once everything is read.
const WHOLE: Field = METHOD + 1;
/// And what may be a time, by its rank behind this number.
const DATES: Field = WHOLE + 1;

impl<'a, L: Listener<'a>> Hearer<'a> for Watching<'_, L> {
    fn wants(&mut self, name: &str) -> Wanted {
        if name.starts_with('\0') {
            return self.listener.otherwise().into();
        }
        let exact = self.listener.wants(name);
        let plain = kind::windows::plain(name);
        let short = plain.as_deref().and_then(|plain| self.listener.wants(plain));
        let whole = plain.as_deref().unwrap_or(name);
        let joined = if whole.contains(' ') { self.listener.wants(&whole.replace(' ', "")) } else { None };
        let mut fields = exact.into_iter().chain(short).chain(joined);
        let mut wanted = Wanted::from(fields.next().or_else(|| self.listener.otherwise()));
        fields.for_each(|field| wanted.add(field));
        if access::is_method(name) {
            wanted.add(METHOD);
        }
        if short.is_some() && kind::windows::goes_first(name) || kind::windows::folded::is_folded(name) {
            wanted.add(WHOLE);
        }
        if let Some(rank) = times().zip(DATES..).find(|(known, _)| *known == name).map(|(_, rank)| rank) {
            wanted.add(rank);
        }
        wanted
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        match field {
            ..METHOD => self.listener.hear(field, said),
            METHOD => self.request = true,
            WHOLE => self.whole = true,
            DATES.. => self.listener.date(Date { rank: field - DATES, said }),
        }
    }
}

/// Hears what a line says of some names.
pub(super) struct Ear<'a, K> {
    /// The name as it is known, where it is one of those.
    known: K,
    /// What each of their members says.
    heard: Vec<(&'static str, Vec<Said<'a>>)>,
}

impl<'a, K: Fn(&str) -> Option<&'static str>> Ear<'a, K> {
    /// Hears what `text` says of the names that `known` knows.
    pub(super) fn hear(text: &'a str, known: K) -> Result<Self, Unreadable> {
        let mut ear = Self { known, heard: Vec::new() };
        walk(text, &mut Spelled::default(), &mut ear)?;
        Ok(ear)
    }

    /// What the first member of this name says. Several values are as good as none.
    pub(super) fn said(&self, name: &str) -> Option<Said<'a>> {
        let (_, said) = self.heard.iter().find(|(known, said)| *known == name && !said.is_empty())?;
        Some(if let [one] = said[..] { one } else { Said::Empty })
    }
}

impl<'a, K: Fn(&str) -> Option<&'static str>> Hearer<'a> for Ear<'a, K> {
    fn wants(&mut self, name: &str) -> Wanted {
        let Some(known) = (self.known)(name) else { return Wanted::NOTHING };
        self.heard.push((known, Vec::new()));
        Field::try_from(self.heard.len() - 1).ok().into()
    }

    fn hear(&mut self, field: Field, said: Said<'a>) {
        self.heard[field as usize].1.push(said);
    }
}

#[cfg(test)]
mod tests;
