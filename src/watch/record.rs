//! One line of a log as rules look at it: something that names its fields, one after the other, to whoever asks for
//! some of them.
//!
//! An [`Event`] is taken apart already. A line of JSON is not, and never is as long as no rule wants to know: most of what
//! a line says concerns no rule, so reading it would be time thrown away. Neither end knows the other: a format does not
//! know what is looked for, a rule does not know how a line is written.

use std::any::Any;
use std::borrow::Cow;

use jiff::Timestamp;

use super::event::{Event, Logsource};
use crate::base::redact::{Class, Clean};

/// The number by which a listener knows a field.
pub type Field = u32;

/// What a line says of one field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Said<'a> {
    /// Present without a value.
    Null,
    /// A list of nothing.
    Empty,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A whole number as it is written, in the only way to write it.
    Number(&'a str),
    /// Text.
    Text(&'a str),
    /// Text with the escapes of its format still in it ([`Record::unescape`]).
    Escaped(&'a str),
}

/// Whoever wants to know some of the fields.
pub trait Listener<'a> {
    /// The number of the field called `name`; nothing where it is of no interest.
    fn wants(&mut self, name: &str) -> Option<Field>;

    /// The number that every other field goes by, where all of them are of interest.
    fn otherwise(&mut self) -> Option<Field> {
        None
    }

    /// Takes a value of a field. Of a list, each item is said.
    fn hear(&mut self, field: Field, said: Said<'a>);

    /// Takes what may be the time of the record.
    fn date(&mut self, date: Date<'a>);

    /// What readers of records found out for this listener. Taken while a record is read.
    fn notes(&mut self) -> &mut Notes;
}

/// What a reader of records found out for one listener, kept from record to record. What is in it is the reader's own.
#[derive(Debug, Default)]
pub struct Notes(Option<Box<dyn Any + Send + Sync>>);

impl Notes {
    /// What this reader kept; something new where nothing was kept, or another reader did.
    #[inline]
    pub(super) fn of_reader<T: Any + Send + Sync + Default>(&mut self) -> &mut T {
        if !self.0.as_ref().is_some_and(|kept| kept.is::<T>()) {
            self.0 = Some(Box::<T>::default());
        }
        self.0.as_mut().and_then(|kept| kept.downcast_mut()).expect("it was seen or made one line above")
    }
}

/// Something in a record that may be its time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Date<'a> {
    /// Its place among the names that tell times, of which the first counts.
    pub rank: u32,
    /// What is said under that name.
    pub said: Said<'a>,
}

/// Why a record cannot be read, in words that never come from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

/// A line of a log.
pub trait Record {
    /// Says all fields, in the order of the line.
    fn tell<'a>(&'a self, listener: &mut impl Listener<'a>) -> Result<(), Unreadable>;

    /// The whole line.
    fn text(&self) -> &str;

    /// When it happened.
    fn time(&self) -> Timestamp;

    /// How often it happened: more than once where a logger put equal messages together.
    fn times(&self) -> u32 {
        1
    }

    /// The same for whoever was told all fields just before: `dates` are what was said of the time then.
    fn time_told(&self, _dates: &[Date<'_>]) -> Timestamp {
        self.time()
    }

    /// Appends to `plain` what was said as [`Said::Escaped`], without its escapes.
    fn unescape(text: &str, plain: &mut String) {
        plain.push_str(text);
    }

    /// Whether a line may spell letters by their numbers, as in `\u00e9`. What cannot be ruled out may be.
    fn spells_by_number(text: &str) -> bool {
        text.contains("\\u")
    }

    /// What a line says without the names under which it says it; nothing where names are a part of what is said.
    fn without_names(_text: &str) -> Option<String> {
        None
    }

    /// What may leave of the text of a field, whose name says what may stand in it. Rules see every text as it was written; a
    /// person, a page and a disk get no more than this.
    fn show<'t>(&self, class: Class, text: &'t str) -> Cow<'t, str>;

    /// The same for whoever passes it on.
    fn clean(&self, class: Class, text: &str) -> Clean {
        Clean::left(self.show(class, text))
    }

    /// What is already known of the kind of log it comes from, and whether it may say more itself.
    fn logsource(&self) -> Origin<'_>;

    /// The event with everything it says, for the few kinds where that is more than its fields; nothing where it is taken
    /// apart already.
    fn whole(&self) -> Option<Event> {
        None
    }
}

/// An ordinary message before it is taken apart: one of the program that wrote it, in no format that has fields of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ordinary<'a> {
    /// What kind of log it comes from.
    pub(crate) logsource: &'a Logsource,
    /// What its field `message` will say.
    pub(crate) message: &'a str,
}

/// Where it is told what kind of log a record comes from.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// Here, all of it.
    Known(&'a Logsource),
    /// In its fields; what the source says of itself goes before.
    Said(Option<&'a Logsource>),
}
