//! A line that is nothing but a line: one field, `message`, which is all of it.
//!
//! Looked at without being taken apart ([`Bare`]), or as an event ([`read`]).

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;

use super::draft::{Draft, Fields, Reading};
use super::ground::Ground;
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::time::{Reader, When};
use crate::base::redact::Class;
use crate::watch::clean;
use crate::watch::event::{Logsource, Value};
use crate::watch::json;
use crate::watch::record::{Listener, Origin, Record, Said, Unreadable};

/// The one field.
const MESSAGE: &str = "message";

/// What a source is that says nothing of itself.
static NOTHING_SAID: Logsource = Logsource { category: Vec::new(), product: None, service: None };

/// Nothing but lines.
pub(super) struct Plain;

impl Kind for Plain {
    const CAN_BE_FOUND: bool = false;

    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text, when)
    }

    fn sniff(_: &str, _: When<'_>) -> Option<Surety> {
        None
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&[], &[], &[])]
    }
}

/// Reads one line.
#[expect(clippy::unnecessary_wraps, reason = "the shape of all formats")]
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    let fields = Fields(vec![(MESSAGE.into(), Value::from(text))]);
    Ok(Some(Draft { time: time_of(text, when), fields, ..Draft::default() }))
}

/// When it happened, where the line begins with a date and a time, with or without a bracket before them.
fn time_of(text: &str, when: When<'_>) -> Option<Timestamp> {
    let text = text.trim_start();
    let mut reader = Reader(text.strip_prefix('[').unwrap_or(text));
    let at = reader.date_time()?;
    let offset = offset(&mut reader);
    // More letters or digits make something else of it.
    if reader.0.starts_with(char::is_alphanumeric) {
        return None;
    }
    match offset {
        Some(offset) => offset.to_timestamp(at).ok(),
        None => when.local(at),
    }
}

/// The offset right behind a time, or behind one space where all four digits of it are there: less may be anything.
fn offset(reader: &mut Reader<'_>) -> Option<jiff::tz::Offset> {
    let mut apart = reader.clone();
    if apart.skip(" ").is_none() {
        return reader.offset();
    }
    let whole = apart.0.trim_start_matches(['+', '-']).replacen(':', "", 1);
    let digits = whole.bytes().take_while(u8::is_ascii_digit).count();
    let offset = apart.offset().filter(|_| digits == 4)?;
    *reader = apart;
    Some(offset)
}

/// A line of which nothing is read before somebody asks. Nothing was taken out of it: what is kept of it has to be asked
/// for with [`Record::show`].
#[derive(Clone, Copy)]
pub struct Bare<'a> {
    pub(super) text: &'a str,
    pub(super) arrived: Timestamp,
    pub(super) ground: &'a Ground,
}

/// As it may be seen.
impl fmt::Debug for Bare<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Bare({:?})", self.show(Class::Open, self.text))
    }
}

impl Record for Bare<'_> {
    fn tell<'a>(&'a self, listener: &mut impl Listener<'a>) -> Result<(), Unreadable> {
        if let Some(field) = listener.wants(MESSAGE).or_else(|| listener.otherwise()) {
            listener.hear(field, Said::Text(self.text));
        }
        Ok(())
    }

    fn text(&self) -> &str {
        self.text
    }

    fn time(&self) -> Timestamp {
        let when = When { arrived: self.arrived, zone: &self.ground.zone };
        time_of(self.text, when).unwrap_or(self.arrived)
    }

    fn without_names(text: &str) -> Option<String> {
        json::without_names(text)
    }

    fn show<'t>(&self, class: Class, text: &'t str) -> Cow<'t, str> {
        clean::shown(class, self.text, text)
    }

    fn logsource(&self) -> Origin<'_> {
        Origin::Known(self.ground.own.as_ref().unwrap_or(&NOTHING_SAID))
    }
}

#[cfg(test)]
mod tests;
