//! Lines that are only read as far as somebody asks, whatever they are.

use std::borrow::Cow;

use jiff::Timestamp;

use super::ground::Ground;
use super::json::Object;
use super::plain::{self, Bare};
use super::syslog;
use super::table::Format;
use super::time::When;
use super::wrapped;
use crate::base::redact::Class;
use crate::watch::event::Event;
use crate::watch::record::{Date, Listener, Origin, Record, Unreadable};

/// A line that is only read as far as somebody asks.
#[derive(Debug, Clone, Copy)]
pub enum Raw<'a> {
    /// A JSON object. It may turn out not to be valid.
    Object(Object<'a>),
    /// Nothing but a line.
    Plain(Bare<'a>),
}

/// What is known of all lines of a source that are not taken apart. A line in which its [`super::Decoder`] found one of
/// these can be made the same with it at any time, in any order.
#[derive(Debug, Clone)]
pub struct Raws {
    pub(super) ground: Ground,
    format: Format,
}

impl Raws {
    pub(super) fn new(ground: Ground, format: Format) -> Self {
        Self { ground, format }
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

    /// The event that a line is which turned out not to be readable, where its format was to be found out: nothing that a
    /// program wrote is thrown away because nobody said what it is.
    pub(crate) fn unread(&self, arrived: Timestamp, text: &str) -> Option<Event> {
        (self.format == Format::Auto).then(|| self.as_it_stands(arrived, super::trimmed(text)))
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
