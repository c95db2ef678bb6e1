//! One JSON object a line, flattened to dotted names.

use std::fmt;

use jiff::Timestamp;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::access;
use super::auditd;
use super::draft::{Draft, Fields, Misfit, Reading};
use super::time::{self, When};
use super::windows;
use crate::watch::event::Value;

/// Objects and lists inside each other, at most.
const DEPTH: usize = 64;
/// Values of one line, at most.
const FIELDS: usize = 20_000;
/// Bytes of all names of one line, at most: a long name with many values under it is repeated for each of them.
const NAMES: usize = 4 << 20;

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
    let time = time_of(&fields, when);
    let mut draft = Draft { time, fields, ..Draft::default() };
    access::name(&mut draft);
    windows::describe(&mut draft);
    auditd::describe(&mut draft);
    Ok(Some(draft))
}

/// The fields of the object that `text` is.
pub(super) fn flatten(text: &str) -> Result<Fields, Misfit> {
    if !text.starts_with('{') {
        return Err(Misfit("not a JSON object"));
    }
    let mut flat = Flat::default();
    let mut json = serde_json::Deserializer::from_str(text);
    match (Node { flat: &mut flat, depth: 0, listed: None }).deserialize(&mut json).and_then(|()| json.end()) {
        Ok(()) => Ok(flat.fields),
        Err(_) if flat.too_much => Err(Misfit("more JSON than a log line holds")),
        Err(error) if error.is_eof() => Err(Misfit("JSON that stops in the middle")),
        Err(_) => Err(Misfit("not valid JSON")),
    }
}

/// When the event happened, where one of the usual fields tells.
fn time_of(fields: &Fields, when: When<'_>) -> Option<Timestamp> {
    let instant = |name: &str| match fields.value(name)? {
        Value::Text(text) => time::written(text, when).or_else(|| time::counted(text.parse().ok()?)),
        Value::Int(number) => time::counted(*number),
        Value::Float(number) => time::counted_fraction(*number),
        _ => None,
    };
    let universal = |name: &str| time::universal(fields.text(name)?);
    TIMES.iter().find_map(|name| instant(name)).or_else(|| UNIVERSAL.iter().find_map(|name| universal(name)))
}

/// What has been flattened so far.
#[derive(Default)]
struct Flat {
    /// The name of the place that is being read.
    name: String,
    fields: Fields,
    /// Bytes of all names so far.
    names: usize,
    /// Whether a limit was what ended the reading.
    too_much: bool,
}

impl Flat {
    fn put<E: serde::de::Error>(&mut self, value: Value) -> Result<(), E> {
        self.names += self.name.len();
        if self.fields.0.len() >= FIELDS || self.names > NAMES {
            return Err(self.stop());
        }
        self.fields.put(&self.name, value);
        Ok(())
    }

    fn stop<E: serde::de::Error>(&mut self) -> E {
        self.too_much = true;
        E::custom("over a limit")
    }
}

/// One value of the document: a scalar becomes a field, or a member of the list it stands in.
struct Node<'a> {
    flat: &'a mut Flat,
    depth: usize,
    listed: Option<&'a mut Vec<Value>>,
}

impl Node<'_> {
    fn take<E: serde::de::Error>(self, value: Value) -> Result<(), E> {
        match self.listed {
            Some(list) => {
                list.push(value);
                Ok(())
            }
            None => self.flat.put(value),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.take(Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.take(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.take(Value::Int(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        #[expect(clippy::cast_precision_loss, reason = "what no integer of ours holds is kept as near as possible")]
        self.take(i64::try_from(value).map_or(Value::Float(value as f64), Value::Int))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.take(Value::Float(value))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        self.take(Value::Text(value.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { flat, depth, .. } = self;
        if depth >= DEPTH {
            return Err(flat.stop());
        }
        let length = flat.name.len();
        let mut empty = true;
        while map.next_key_seed(Name(&mut flat.name))?.is_some() {
            map.next_value_seed(Node { flat, depth: depth + 1, listed: None })?;
            flat.name.truncate(length);
            empty = false;
        }
        if empty && length > 0 { flat.put(Value::Null) } else { Ok(()) }
    }

    /// Scalars stay together as a list; the fields of objects are repeated, once for each object.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { flat, depth, listed } = self;
        if depth >= DEPTH {
            return Err(flat.stop());
        }
        let before = flat.fields.0.len();
        let mut list = Vec::new();
        while items.next_element_seed(Node { flat, depth: depth + 1, listed: Some(&mut list) })?.is_some() {
            if list.len() > FIELDS {
                return Err(A::Error::custom("over a limit"));
            }
        }
        let objects = flat.fields.0.len() > before;
        match listed {
            _ if list.is_empty() && objects => Ok(()),
            Some(outer) => {
                outer.push(Value::List(list));
                Ok(())
            }
            None => flat.put(Value::List(list)),
        }
    }
}

/// Appends a member's name to the name of its object.
struct Name<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<(), E> {
        if !self.0.is_empty() {
            self.0.push('.');
        }
        self.0.push_str(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
