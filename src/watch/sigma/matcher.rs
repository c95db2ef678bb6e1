//! One value of a rule, ready to be held against one value of an event.
//!
//! What counts as equal: text in any letter case; a number and the text that spells it; `true` and the text "true";
//! `null` and a field that is missing or has no value. An empty text is only an empty text. A list in the event
//! matches when any of its items does.

use std::fmt::{self, Write as _};
use std::net::IpAddr;

use ipnet::IpNet;
use regex::Regex;

use super::calendar::Moment;
use super::expansion::Expansion;
use super::modifier::Compare;
use super::pattern::{Pattern, Shape, fold};
use crate::watch::event::Value;

/// A field by its number in the table of names.
pub(super) type Field = u32;

/// One value of a rule.
#[derive(Debug, Clone)]
pub(super) enum Matcher {
    /// Missing or without a value.
    Null,
    /// There, whatever the value, or not there.
    Exists(bool),
    /// Any of these patterns.
    Text(Box<[Pattern]>),
    /// This number, or its text as written.
    Number(Number, Box<str>),
    /// A regular expression that is found somewhere.
    Regex(Regex),
    /// An address of this network.
    Network(IpNet),
    /// A number on this side of another.
    Compare(Compare, Number),
    /// A part of a time.
    Time(Moment),
    /// Any of these.
    Any(Box<[Self]>),
    /// Waits for lists of the site, and fits nothing until it has them.
    Expand(Box<Expansion>),
    /// The value of another field.
    FieldRef { field: Field, shape: Shape, cased: bool },
}

/// A number of either kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Int(number) => Some(Self::Int(*number)),
            Value::Float(number) => Some(Self::Float(*number)),
            Value::Text(text) => Self::parse(text),
            Value::Null | Value::Bool(_) | Value::List(_) => None,
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // Rust reads `inf` and `nan` as numbers; logs mean words.
        if !text.ends_with(|letter: char| letter.is_ascii_digit() || letter == '.') {
            return None;
        }
        text.parse().map(Self::Int).or_else(|_| text.parse().map(Self::Float)).ok()
    }

    #[expect(clippy::cast_precision_loss, reason = "a whole number beside a fraction is compared as a fraction")]
    fn float(self) -> f64 {
        match self {
            Self::Int(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    /// The number to reckon with; nothing where it is too large to be one.
    pub(super) fn amount(self) -> Option<f64> {
        // Minus nothing is nothing.
        Some(self.float() + 0.0).filter(|number| number.is_finite())
    }

    fn order(self, other: Self) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Self::Int(one), Self::Int(other)) => Some(one.cmp(&other)),
            _ => self.float().partial_cmp(&other.float()),
        }
    }

    pub(super) fn is(self, compare: Compare, other: Self) -> bool {
        self.order(other).is_some_and(|order| match compare {
            Compare::Less => order.is_lt(),
            Compare::LessOrEqual => order.is_le(),
            Compare::Greater => order.is_gt(),
            Compare::GreaterOrEqual => order.is_ge(),
        })
    }
}

impl Matcher {
    /// Whether one value of the event fits. What needs more than the value (`Exists`, `FieldRef`, `Time`) is not asked
    /// here.
    pub(super) fn fits(&self, value: &Value) -> bool {
        if let Value::List(items) = value {
            return items.iter().any(|item| self.fits(item)) || items.is_empty() && matches!(self, Self::Null);
        }
        match self {
            Self::Null => *value == Value::Null,
            Self::Text(_) | Self::Regex(_) => with_text(value, |text| self.fits_text(text)).unwrap_or(false),
            Self::Number(number, written) => {
                let same = |other: Number| number.order(other).is_some_and(std::cmp::Ordering::is_eq);
                matches!(value, Value::Text(text) if text.eq_ignore_ascii_case(written))
                    || Number::of(value).is_some_and(same)
            }
            Self::Network(network) => match value {
                Value::Text(text) => address(text).is_some_and(|address| network.contains(&address)),
                _ => false,
            },
            Self::Compare(compare, other) => Number::of(value).is_some_and(|number| number.is(*compare, *other)),
            Self::Any(matchers) => matchers.iter().any(|matcher| matcher.fits(value)),
            Self::Exists(_) | Self::FieldRef { .. } | Self::Time(_) | Self::Expand(_) => false,
        }
    }

    /// Whether a text fits what is looked for in texts.
    pub(super) fn fits_text(&self, text: &str) -> bool {
        match self {
            Self::Text(patterns) => patterns.iter().any(|pattern| pattern.matches(text)),
            Self::Regex(regex) => regex.is_match(text),
            Self::Any(matchers) => matchers.iter().any(|matcher| matcher.fits_text(text)),
            _ => false,
        }
    }
}

/// An address as logs write it. IPv4 inside IPv6 (`::ffff:10.0.0.1`) is IPv4.
fn address(text: &str) -> Option<IpAddr> {
    text.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// Whether `value` stands in `shape` to `other`, both values of the same event.
pub(super) fn related(value: &Value, other: &Value, shape: Shape, cased: bool) -> bool {
    match (value, other) {
        (Value::List(items), _) => items.iter().any(|item| related(item, other, shape, cased)),
        (_, Value::List(items)) => items.iter().any(|item| related(value, item, shape, cased)),
        _ => with_text(value, |text| with_text(other, |other| compare_texts(text, other, shape, cased)))
            .flatten()
            .unwrap_or(false),
    }
}

fn compare_texts(text: &str, other: &str, shape: Shape, cased: bool) -> bool {
    if cased {
        return match shape {
            Shape::Whole => text == other,
            Shape::Start => text.starts_with(other),
            Shape::End => text.ends_with(other),
            Shape::Anywhere => text.contains(other),
        };
    }
    let same = |(one, other): (char, char)| fold(one) == fold(other);
    let starts = |text: &str| {
        let mut letters = text.chars();
        other.chars().all(|letter| letters.next().is_some_and(|own| same((own, letter))))
    };
    match shape {
        Shape::Whole => text.chars().count() == other.chars().count() && text.chars().zip(other.chars()).all(same),
        Shape::Start => starts(text),
        Shape::End => {
            let mut letters = text.chars();
            other.chars().rev().all(|letter| letters.next_back().is_some_and(|own| same((own, letter))))
        }
        Shape::Anywhere => other.is_empty() || text.char_indices().any(|(at, _)| starts(&text[at..])),
    }
}

/// Gives `look` the text of a value that is not a list; nothing where it has none.
pub(super) fn with_text<R>(value: &Value, look: impl FnOnce(&str) -> R) -> Option<R> {
    match value {
        Value::Null | Value::List(_) => None,
        Value::Bool(true) => Some(look("true")),
        Value::Bool(false) => Some(look("false")),
        Value::Text(text) => Some(look(text)),
        Value::Int(number) => Some(look(Digits::of(*number).as_str())),
        Value::Float(number) => Some(look(&format!("{number:?}"))),
    }
}

/// The digits of a number, without asking for memory: event ids are numbers, and are looked at by nearly every rule.
struct Digits {
    bytes: [u8; 20],
    length: usize,
}

impl Digits {
    fn of(number: i64) -> Self {
        let mut digits = Self { bytes: [0; 20], length: 0 };
        write!(digits, "{number}").expect("20 bytes hold every 64-bit number");
        digits
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).expect("digits are ASCII")
    }
}

impl fmt::Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
