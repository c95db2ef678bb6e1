//! Lines that stand alone: what one says depends on no other, so they can be read anywhere and in any order, and some of
//! them only as far as somebody asks.

use std::borrow::Cow;

use jiff::Timestamp;

use super::draft::{Misfit, Reading};
use super::ground::Ground;
use super::json::Object;
use super::kind::{Memory, Standing};
use super::plain::{self, Bare};
use super::syslog;
use super::table::{Format, Row};
use super::time::When;
use super::wrapped;
use super::{Decoded, Read, is_blank};
use crate::base::redact::Class;
use crate::watch::event::Event;
use crate::watch::record::{Date, Listener, Ordinary, Origin, Record, Unreadable};

/// A line that is only read as far as somebody asks.
#[derive(Debug, Clone, Copy)]
pub enum Raw<'a> {
    /// A JSON object. It may turn out not to be valid.
    Object(Object<'a>),
    /// Nothing but a line.
    Plain(Bare<'a>),
}

/// What is known of all lines of a source. A line that its [`super::Decoder`] lets pass can be read with it at any time, in
/// any order.
#[derive(Debug, Clone)]
pub struct Raws {
    pub(super) ground: Ground,
    format: Format,
    /// Its row in the table; nothing for what is still to be found out.
    pub(super) row: Option<&'static Row>,
}

impl Raws {
    pub(super) fn new(ground: Ground, format: Format) -> Self {
        Self { ground, format, row: format.row() }
    }

    /// Whether a line of this format stands alone, unless it is part of a record that was begun before.
    pub(super) fn is_alone(&self, text: &str) -> bool {
        match self.format {
            Format::Plain => !is_blank(text),
            Format::Json => is_object(text),
            _ => self.row.is_some_and(|row| row.standing == Standing::Alone) && is_one_record(text),
        }
    }

    /// Reads a line that stands alone, no further than rules need.
    pub(crate) fn read<'a>(&'a self, arrived: Timestamp, line: &'a str) -> Read<'a> {
        self.read_wanted(arrived, line, &mut |_| true)
    }

    /// The same for whoever does not want to know of every ordinary message: those may come to nothing.
    pub(crate) fn read_wanted<'a>(
        &'a self,
        arrived: Timestamp,
        line: &'a str,
        is_wanted: &mut dyn FnMut(Ordinary<'_>) -> bool,
    ) -> Read<'a> {
        let text = super::trimmed(line);
        let is_raw = match self.format {
            Format::Auto => text.starts_with('{'),
            format => matches!(format, Format::Plain | Format::Json),
        };
        match self.row {
            _ if is_raw => Read::Raw(self.trimmed(arrived, text)),
            Some(row) if self.format != Format::Syslog => {
                Read::Decoded(self.record(row, arrived, text, &mut Memory::default()))
            }
            _ => {
                let when = When { arrived, zone: &self.ground.zone };
                let reading = match &self.ground.own {
                    None => syslog::read_wanted(text, when, is_wanted),
                    Some(own) => syslog::read_wanted(text, when, &mut |said| {
                        is_wanted(Ordinary { logsource: &said.logsource.overridden(own), ..said })
                    }),
                };
                Read::Decoded(self.finished(reading, arrived, text))
            }
        }
    }

    /// Reads one record of the format of `row`.
    pub(super) fn record(&self, row: &Row, arrived: Timestamp, text: &str, memory: &mut Memory) -> Decoded {
        let when = When { arrived, zone: &self.ground.zone };
        let reading = match (row.read)(text, when, memory) {
            Err(misfit) if row.in_syslog => syslog::read(text, when).or(Err(misfit)),
            reading => reading,
        };
        self.finished(reading, arrived, text)
    }

    /// What a reading of `text` comes to.
    pub(super) fn finished(&self, reading: Reading, arrived: Timestamp, text: &str) -> Decoded {
        match reading {
            Ok(Some(draft)) => Decoded::Event(draft.finish(self.ground.own.as_ref(), arrived, text)),
            Ok(None) => Decoded::Skipped,
            Err(Misfit(why)) => Decoded::Malformed { why, event: Box::new(self.as_it_stands(arrived, text)) },
        }
    }

    /// The line that arrived at `arrived`, or is in a file last written then.
    pub fn raw<'a>(&'a self, arrived: Timestamp, text: &'a str) -> Raw<'a> {
        self.trimmed(arrived, super::trimmed(text))
    }

    /// The same for a line at whose ends there is nothing to take off.
    pub(super) fn trimmed<'a>(&'a self, arrived: Timestamp, text: &'a str) -> Raw<'a> {
        let ground = &self.ground;
        if self.format == Format::Plain {
            Raw::Plain(Bare { text, arrived, ground })
        } else {
            Raw::Object(Object { text: wrapped::object(text), arrived, ground })
        }
    }

    /// What a line comes to that turned out not to be readable: nothing that a program wrote is thrown away because nobody
    /// said what it is.
    pub(crate) fn unread(&self, arrived: Timestamp, text: &str, Unreadable(why): Unreadable) -> Decoded {
        let event = self.as_it_stands(arrived, super::trimmed(text));
        match self.format {
            Format::Auto => Decoded::Unknown(event),
            _ => Decoded::Malformed { why, event: Box::new(event) },
        }
    }

    /// A line of no format that vigie knows, as far as it goes: the time and the machine where it begins as syslog does,
    /// and all of it.
    pub(super) fn as_it_stands(&self, arrived: Timestamp, text: &str) -> Event {
        let when = When { arrived, zone: &self.ground.zone };
        let reading = syslog::read(text, when).or_else(|_| plain::read(text, when));
        let draft = reading.ok().flatten().unwrap_or_default();
        draft.finish(self.ground.own.as_ref(), arrived, text)
    }
}

/// Whether there is no doubt that a line is of the format that was `picked`, and that it stands alone, unless it is part of a
/// record that was begun before.
pub(super) fn is_surely(picked: Format, text: &str) -> bool {
    match picked {
        Format::Json => is_object(text),
        Format::Syslog => syslog::is_sure(text) && is_one_record(text) && !text.contains('{'),
        _ => false,
    }
}

/// Whether a line is one object, and not one that a collector wrote around a line.
fn is_object(text: &str) -> bool {
    text.starts_with('{') && text.ends_with('}') && !wrapped::is_line(text)
}

/// Whether a line can neither be part of a record of several lines nor hold several records.
fn is_one_record(text: &str) -> bool {
    match text.as_bytes() {
        [b'<', b'0'..=b'9', ..] => !text.contains("</Event"),
        [b'{' | b'[' | b']' | b',' | b'<', ..] | [] => false,
        [first, ..] => first.is_ascii_graphic(),
    }
}

/// Lets the one that it is do it.
macro_rules! whichever {
    ($raw:expr, $it:ident => $done:expr) => {
        match $raw {
            Raw::Object($it) => $done,
            Raw::Plain($it) => $done,
        }
    };
}

impl Record for Raw<'_> {
    fn tell<'a>(&'a self, listener: &mut impl Listener<'a>) -> Result<(), Unreadable> {
        whichever!(self, it => it.tell(listener))
    }

    fn text(&self) -> &str {
        whichever!(self, it => it.text())
    }

    fn time(&self) -> Timestamp {
        whichever!(self, it => it.time())
    }

    fn time_told(&self, dates: &[Date<'_>]) -> Timestamp {
        whichever!(self, it => it.time_told(dates))
    }

    fn unescape(text: &str, plain: &mut String) {
        Object::unescape(text, plain);
    }

    fn spells_by_number(text: &str) -> bool {
        Object::spells_by_number(text)
    }

    fn without_names(text: &str) -> Option<String> {
        Object::without_names(text)
    }

    fn show<'t>(&self, class: Class, text: &'t str) -> Cow<'t, str> {
        whichever!(self, it => it.show(class, text))
    }

    fn logsource(&self) -> Origin<'_> {
        whichever!(self, it => it.logsource())
    }

    fn whole(&self) -> Option<Event> {
        whichever!(self, it => it.whole())
    }
}
