//! An event that is taken apart already, as rules look at it, and as it may be seen.

use std::borrow::Cow;
use std::fmt;

use compact_str::CompactString;
use jiff::Timestamp;

use super::clean;
use super::event::{Event, Value};
use super::json;
use super::record::{Field, Listener, Origin, Record, Said, Unreadable};
use crate::base::redact::{Class, class_of};

impl Record for Event {
    fn tell<'a>(&'a self, listener: &mut impl Listener<'a>) -> Result<(), Unreadable> {
        for (name, value) in &self.fields {
            if let Some(field) = listener.wants(name).or_else(|| listener.otherwise()) {
                say(listener, field, value);
            }
        }
        Ok(())
    }

    fn text(&self) -> &str {
        &self.text
    }

    fn time(&self) -> Timestamp {
        self.time
    }

    fn times(&self) -> u32 {
        self.times.max(1)
    }

    fn without_names(text: &str) -> Option<String> {
        json::without_names(text)
    }

    fn show<'t>(&self, class: Class, text: &'t str) -> Cow<'t, str> {
        match self.hidden.taken_out_of(text) {
            Cow::Borrowed(text) => clean::shown(class, &self.text, text),
            Cow::Owned(left) => Cow::Owned(clean::shown(class, &self.text, &left).into_owned()),
        }
    }

    fn logsource(&self) -> Origin<'_> {
        Origin::Known(&self.logsource)
    }
}

fn say<'a>(listener: &mut impl Listener<'a>, field: Field, value: &'a Value) {
    let said = match value {
        Value::Null => Said::Null,
        Value::Bool(truth) => Said::Bool(*truth),
        Value::Int(number) => Said::Int(*number),
        Value::Float(number) => Said::Float(*number),
        Value::Text(text) => Said::Text(text),
        Value::List(items) if items.is_empty() => Said::Empty,
        Value::List(items) => return items.iter().for_each(|item| say(listener, field, item)),
    };
    listener.hear(field, said);
}

/// As it may be seen: whoever prints an event tells nobody who a patient is.
impl fmt::Debug for Event {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.fields.iter().map(|(name, value)| (name, shown(self, class_of(name), value)));
        let fields: Vec<(&CompactString, Value)> = fields.collect();
        out.debug_struct("Event")
            .field("time", &self.time)
            .field("logsource", &self.logsource)
            .field("fields", &fields)
            .field("text", &self.show(Class::Open, &self.text))
            .finish_non_exhaustive()
    }
}

fn shown(event: &Event, class: Class, value: &Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value.clone(),
        Value::List(items) => Value::List(items.iter().map(|item| shown(event, class, item)).collect()),
        Value::Text(text) => Value::from(event.show(class, text).into_owned()),
        Value::Int(number) => number_shown(event, class, value, &number.to_string()),
        Value::Float(number) => number_shown(event, class, value, &number.to_string()),
    }
}

fn number_shown(event: &Event, class: Class, value: &Value, written: &str) -> Value {
    match event.show(class, written) {
        Cow::Borrowed(text) if text == written => value.clone(),
        shown => Value::from(shown.into_owned()),
    }
}
