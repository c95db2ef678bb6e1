//! The modifiers of Sigma, one row each, and what a chain of them means (Sigma modifiers appendix 2.1).
//!
//! To add a modifier, add its row to [`TABLE`]; what it does to a value is in `value`.

use super::encoding::Utf16;
use super::reading::Reading;
use crate::base::language::Text;
use crate::finding::detection::{cannot_stand, empty_modifier, no_modifier, not_modifier, says_too_little};
use crate::text::diagnostic::suggest;
use crate::text::node::Node;
use crate::text::source::Span;
use crate::watch::sigma::matcher::calendar::Part;
use crate::watch::sigma::matcher::expression::Flags;
use crate::watch::sigma::view::number::Compare;
use crate::watch::sigma::view::text::Shape;
use crate::words::modifier as words;

/// One modifier.
#[derive(Debug)]
pub struct Modifier {
    /// As written behind the `|`.
    pub name: &'static str,
    /// What it does, one sentence.
    pub meaning: &'static str,
    effect: Effect,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Effect {
    /// All values of the list instead of any.
    All,
    /// Letter case counts.
    Cased,
    /// The opposite of the whole comparison.
    Negated,
    Shape(Shape),
    /// A comparison of another kind than text.
    Kind(Kind),
    /// A letter behind `re`.
    Flag(Flag),
    /// The value is changed before it is looked for.
    Change(Change),
    /// Lists of the site stand in the value.
    Expand,
    /// A number taken from a time.
    Part(Part),
}

/// What a value is compared as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// Text with wildcards, or a number.
    #[default]
    Text,
    /// A regular expression.
    Regex,
    /// A range of network addresses.
    Network,
    /// Whether the field is there.
    Exists,
    /// A number to be more or less than.
    Compare(Compare),
    /// The name of another field.
    FieldRef,
}

/// A letter behind `re`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flag {
    Insensitive,
    MultiLine,
    DotAll,
}

/// How a value is changed before it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    AnyDash,
    Utf16(Utf16),
    Base64,
    Base64Anywhere,
}

const fn row(name: &'static str, effect: Effect, meaning: &'static str) -> Modifier {
    Modifier { name, meaning, effect }
}

/// Every modifier of the specification, in its order.
pub const TABLE: &[Modifier] = &[
    row("all", Effect::All, "every value of the list must match, instead of one of them"),
    row("startswith", Effect::Shape(Shape::Start), "the field starts with the value"),
    row("endswith", Effect::Shape(Shape::End), "the field ends with the value"),
    row("contains", Effect::Shape(Shape::Anywhere), "the value is somewhere in the field"),
    row("exists", Effect::Kind(Kind::Exists), "the field is there (`true`) or not (`false`), whatever its value"),
    row("cased", Effect::Cased, "upper and lower case letters differ"),
    row("neq", Effect::Negated, "the comparison does not hold"),
    row("windash", Effect::Change(Change::AnyDash), "a dash before a word stands for any dash or slash"),
    row("re", Effect::Kind(Kind::Regex), "the value is a regular expression, found anywhere in the field"),
    row("i", Effect::Flag(Flag::Insensitive), "behind `re`: upper and lower case letters are the same"),
    row("m", Effect::Flag(Flag::MultiLine), "behind `re`: `^` and `$` match at every line"),
    row("s", Effect::Flag(Flag::DotAll), "behind `re`: `.` matches line ends too"),
    row("base64", Effect::Change(Change::Base64), "the value is looked for in Base64"),
    row(
        "base64offset",
        Effect::Change(Change::Base64Anywhere),
        "the value is looked for inside longer Base64, at all three offsets",
    ),
    row("utf16le", Effect::Change(Change::Utf16(Utf16::Little)), "before a Base64 modifier: as UTF-16, low byte first"),
    row("utf16be", Effect::Change(Change::Utf16(Utf16::Big)), "before a Base64 modifier: as UTF-16, high byte first"),
    row("utf16", Effect::Change(Change::Utf16(Utf16::Marked)), "before a Base64 modifier: as UTF-16 with its mark"),
    row("wide", Effect::Change(Change::Utf16(Utf16::Little)), "the same as `utf16le`"),
    row("lt", Effect::Kind(Kind::Compare(Compare::Less)), "the field is a number less than the value"),
    row("lte", Effect::Kind(Kind::Compare(Compare::LessOrEqual)), "the field is a number, the value at most"),
    row("gt", Effect::Kind(Kind::Compare(Compare::Greater)), "the field is a number greater than the value"),
    row("gte", Effect::Kind(Kind::Compare(Compare::GreaterOrEqual)), "the field is a number, the value at least"),
    row("minute", Effect::Part(Part::Minute), "the value is compared with the minute of a time"),
    row("hour", Effect::Part(Part::Hour), "the value is compared with the hour of a time"),
    row("day", Effect::Part(Part::Day), "the value is compared with the day of the month"),
    row("week", Effect::Part(Part::Week), "the value is compared with the week of the year, as ISO 8601 counts"),
    row("month", Effect::Part(Part::Month), "the value is compared with the month of a date"),
    row("year", Effect::Part(Part::Year), "the value is compared with the year of a date"),
    row("cidr", Effect::Kind(Kind::Network), "the field is an address of this network"),
    row("expand", Effect::Expand, "a name between two `%` in the value stands for a list of the site"),
    row("fieldref", Effect::Kind(Kind::FieldRef), "the value is the name of a field to compare with"),
];

/// What a chain of modifiers means for the values behind it.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one modifier that is there or not, in any combination")]
pub(crate) struct Modifiers {
    pub(crate) every: bool,
    pub(crate) cased: bool,
    pub(crate) negated: bool,
    pub(crate) shape: Shape,
    pub(crate) kind: Kind,
    pub(crate) flags: Flags,
    pub(crate) changes: Vec<Change>,
    pub(crate) expand: bool,
    pub(crate) part: Option<Part>,
}

/// A key of a detection, taken apart: the name of the field, and its modifiers. The name is empty where the whole
/// line is searched. Nothing where a modifier is wrong, which is then in the findings.
pub(crate) fn split<'n>(reading: &mut Reading<'_>, key: &'n Node, name: &'n str) -> Option<(&'n str, Modifiers)> {
    let (field, chain) = name.split_once('|').unwrap_or((name, ""));
    let before = reading.found.len();
    let mut at = field.len() + 1;
    let mut written = Vec::new();
    for word in chain.split('|').filter(|_| name.contains('|')) {
        let span = reading.within(key, at..at + word.len());
        at += word.len() + 1;
        match TABLE.iter().find(|row| row.name == word) {
            Some(row) => written.push((row, span)),
            None => unknown(reading, word, span),
        }
    }
    if reading.found.len() > before {
        return None;
    }
    combine(reading, &written).map(|modifiers| (field, modifiers))
}

fn unknown(reading: &mut Reading<'_>, word: &str, span: Span) {
    let finding = match word {
        "not" => not_modifier(),
        "" => empty_modifier(),
        _ => no_modifier(word).advice(suggest(word, TABLE.iter().map(|row| row.name))),
    };
    reading.say(finding, span);
}

type Written = [(&'static Modifier, Span)];

fn combine(reading: &mut Reading<'_>, written: &Written) -> Option<Modifiers> {
    let mut chain = Modifiers::default();
    for (index, (row, span)) in written.iter().enumerate() {
        if let Some(help) = conflict(&chain, row, &written[..index]) {
            reading.say(cannot_stand(row.name, help), *span);
            return None;
        }
        chain.apply(row.effect);
    }
    if let (Some(help), Some((row, span))) = (chain.unfinished(), written.last()) {
        reading.say(says_too_little(row.name, help), *span);
        return None;
    }
    Some(chain)
}

/// Why `next` cannot follow what stands before it.
fn conflict(chain: &Modifiers, next: &Modifier, before: &Written) -> Option<Text> {
    let name = next.name;
    if before.iter().any(|(row, _)| row.effect == next.effect) {
        return Some(words::twice(name));
    }
    let without = |why: Text| Some(words::take_away(why, name));
    let after_text = || {
        let row = before.iter().find(|(row, _)| {
            matches!(row.effect, Effect::Shape(_) | Effect::Cased | Effect::Change(_) | Effect::Kind(_))
        });
        row.and_then(|(row, _)| without(words::apart(row.name, name)))
    };
    let text_only = matches!(chain.kind, Kind::Text);
    match next.effect {
        Effect::Part(_) if chain.part.is_some() => without(words::one_part()),
        Effect::Shape(_) if chain.shape != Shape::Whole => without(words::one_place()),
        Effect::Shape(_) | Effect::Cased if !text_only && chain.kind != Kind::FieldRef => {
            without(words::for_text(name))
        }
        Effect::Change(_) if !text_only => without(words::for_text(name)),
        Effect::Change(change) => chain.change_conflict(change),
        Effect::Kind(Kind::FieldRef) if text_only && chain.changes.is_empty() => None,
        Effect::Kind(_) => after_text(),
        Effect::Flag(_) if chain.kind != Kind::Regex => Some(words::behind_re(name)),
        Effect::All | Effect::Negated if chain.kind == Kind::Exists => Some(words::exists_alone()),
        _ => None,
    }
}

impl Modifiers {
    fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::All => self.every = true,
            Effect::Cased => self.cased = true,
            Effect::Negated => self.negated = true,
            Effect::Shape(shape) => self.shape = shape,
            Effect::Kind(kind) => self.kind = kind,
            Effect::Flag(Flag::Insensitive) => self.flags.insensitive = true,
            Effect::Flag(Flag::MultiLine) => self.flags.multi_line = true,
            Effect::Flag(Flag::DotAll) => self.flags.dot_all = true,
            Effect::Change(change) => self.changes.push(change),
            Effect::Expand => self.expand = true,
            Effect::Part(part) => self.part = Some(part),
        }
    }

    fn change_conflict(&self, change: Change) -> Option<Text> {
        match (self.changes.last(), change) {
            (None, _) | (Some(Change::Utf16(_)), Change::Base64 | Change::Base64Anywhere) => None,
            (Some(Change::AnyDash), _) | (_, Change::AnyDash) => Some(words::windash_encoded()),
            (Some(Change::Utf16(_)), _) => Some(words::utf16_once()),
            (Some(_), _) => Some(words::base64_last()),
        }
    }

    /// What is missing for the chain to make sense.
    fn unfinished(&self) -> Option<Text> {
        if self.kind == Kind::Exists && (self.every || self.negated) {
            return Some(words::exists_last());
        }
        let plain = self.shape == Shape::Whole && !self.cased && self.changes.is_empty();
        if self.part.is_some() && !(plain && !self.expand && matches!(self.kind, Kind::Text | Kind::Compare(_))) {
            return Some(words::part_is_number());
        }
        if self.expand && !matches!(self.kind, Kind::Text | Kind::Regex | Kind::Network) {
            return Some(words::expand_of_what());
        }
        match self.changes.last() {
            Some(Change::Utf16(_)) => Some(words::utf16_alone()),
            Some(Change::Base64Anywhere) if self.shape != Shape::Anywhere => Some(words::offset_inside()),
            _ => None,
        }
    }
}
