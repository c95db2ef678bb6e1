//! One value of a rule, made ready as its modifiers want it.

use std::ops::Range;

use super::encoding::{base64, base64_anywhere};
use super::expansion::Expansion;
use super::mentions::Mentions;
use super::modifier::{Change, Kind, Modifiers};
use super::possessive;
use super::reading::{Reading, place};
use ipnet::{IpNet, Ipv4Net};

use crate::finding::detection::{
    encoded_wildcard, no_network, no_text, other_value, quoted_number, regex_beyond, regex_too_big, regex_twice,
    regex_wrong,
};
use crate::finding::{Finding, expected, regex as regex_words};
use crate::text::node::{Kind as NodeKind, Node};
use crate::watch::sigma::matcher::calendar::{Moment, Part};
use crate::watch::sigma::matcher::comparison::Comparison;
use crate::watch::sigma::matcher::expression::{Expression, Flags};
use crate::watch::sigma::matcher::pattern::Pattern;
use crate::watch::sigma::matcher::template::Template;
use crate::watch::sigma::view::number::{Compare, Number};
use crate::watch::sigma::view::text::Shape;

/// Reads the value at `value`, which stands under `key`. Nothing where its modifiers cannot use it; that is then in the
/// findings.
pub(crate) fn read(
    reading: &mut Reading<'_>,
    key: &Node,
    value: &Node,
    modifiers: &Modifiers,
    mentions: &mut Mentions,
) -> Option<Comparison> {
    if matches!(value.kind, NodeKind::Seq(_) | NodeKind::Map(_)) {
        reading.wrong(expected::scalar(), key, value);
        return None;
    }
    if modifiers.expand {
        let modifiers = &Modifiers { expand: false, ..modifiers.clone() };
        return match Expansion::read(reading, key, value, modifiers) {
            Some(expansion) => Some(Comparison::Waiting(mentions.expansion(expansion))),
            None => read(reading, key, value, modifiers, mentions),
        };
    }
    if let Some(part) = modifiers.part {
        return moment(reading, key, value, part, modifiers.kind);
    }
    match modifiers.kind {
        Kind::Text => text(reading, key, value, modifiers),
        Kind::Regex => regex(reading, key, value, modifiers.flags),
        Kind::Network => network(reading, key, value),
        Kind::Exists => exists(reading, key, value),
        Kind::Compare(compare) => number(reading, key, value, compare),
        Kind::FieldRef => match value.as_str() {
            Some(name) if !name.is_empty() => {
                let field = mentions.names.number(name);
                Some(Comparison::FieldRef { field, shape: modifiers.shape, cased: modifiers.cased })
            }
            _ => bad(reading, key, value, other_value(expected::field(), value.describe())),
        },
    }
}

fn bad<T>(reading: &mut Reading<'_>, key: &Node, value: &Node, finding: Finding) -> Option<T> {
    reading.say(finding, place(key, value));
    None
}

/// Text with wildcards, a number, a truth, or nothing.
fn text(reading: &mut Reading<'_>, key: &Node, value: &Node, modifiers: &Modifiers) -> Option<Comparison> {
    let whole = modifiers.shape == Shape::Whole && modifiers.changes.is_empty();
    let template = match &value.kind {
        NodeKind::Null if whole => return Some(Comparison::Null),
        NodeKind::Null => return bad(reading, key, value, no_text(expected::a_text(), value.describe())),
        NodeKind::Int(number) if whole => {
            return Some(Comparison::Number(Number::Int(*number), reading.written(value).into()));
        }
        NodeKind::Float(number) if whole => {
            return Some(Comparison::Number(Number::Float(*number), reading.written(value).into()));
        }
        NodeKind::Str(text) => Template::parse(text),
        _ => Template::plain(reading.written(value)),
    };
    let mut templates = change(reading, value, template, &modifiers.changes)?;
    // YAML takes `yes` and `on` for truths; an event may hold either the word or the truth.
    if let (true, NodeKind::Bool(truth)) = (whole, &value.kind) {
        templates.push(Template::plain(if *truth { "true" } else { "false" }));
    }
    let pattern = |template: &Template| Pattern::new(template, modifiers.shape, modifiers.cased);
    Some(Comparison::Text(templates.iter().map(pattern).collect()))
}

/// The texts to look for, once the value is changed as its modifiers say.
fn change(reading: &mut Reading<'_>, value: &Node, template: Template, changes: &[Change]) -> Option<Vec<Template>> {
    let Some(first) = changes.first() else { return Some(vec![template]) };
    if *first == Change::AnyDash {
        return Some(vec![template.with_any_dash()]);
    }
    let Some(literal) = template.literal() else {
        reading.say(encoded_wildcard(), value.span);
        return None;
    };
    let mut bytes = literal.into_bytes();
    for change in changes {
        match change {
            Change::Utf16(kind) => bytes = kind.encode(&String::from_utf8_lossy(&bytes)),
            Change::Base64 => return Some(vec![Template::plain(&base64(&bytes))]),
            Change::Base64Anywhere => {
                return Some(base64_anywhere(&bytes).iter().map(|text| Template::plain(text)).collect());
            }
            Change::AnyDash => {}
        }
    }
    None
}

fn regex(reading: &mut Reading<'_>, key: &Node, value: &Node, flags: Flags) -> Option<Comparison> {
    let Some(text) = reading.scalar(value) else {
        return bad(reading, key, value, other_value(expected::regex(), value.describe()));
    };
    match Expression::new(&text, flags) {
        Ok(expression) => {
            if let Some(part) = possessive::find(&text) {
                let span = reading.within(value, part);
                reading.say(regex_twice(), span);
            }
            Some(Comparison::Regex(expression))
        }
        Err(error) => {
            let (part, finding) = explain(&error, &text);
            let span = reading.within(value, part);
            reading.say(finding, span);
            None
        }
    }
}

/// Where a regular expression is wrong, why, and what to do. The crate draws its finding as text: the expression, a
/// line of `^` under the place, and the reason.
fn explain(error: &regex::Error, text: &str) -> (Range<usize>, Finding) {
    if let regex::Error::CompiledTooBig(_) = error {
        return (0..text.len(), regex_too_big());
    }
    let drawn = error.to_string();
    let reason = drawn.lines().rev().find_map(|line| line.strip_prefix("error: ")).unwrap_or_default();
    let said = regex_words::said(reason);
    let is_beyond = reason.contains("look-around") || reason.contains("backreference");
    let finding = if is_beyond { regex_beyond(said) } else { regex_wrong(said) };
    let mark = drawn.lines().find(|line| line.contains('^') && line.trim_start().trim_matches('^').is_empty());
    let part = mark.filter(|_| !text.contains('\n')).map(|line| {
        let letters = line.chars().count();
        let start = line.chars().take_while(|letter| *letter == ' ').count();
        // The drawing is indented by four.
        let byte = |letter: usize| text.char_indices().nth(letter).map_or(text.len(), |(at, _)| at);
        byte(start.saturating_sub(4))..byte(letters.saturating_sub(4))
    });
    (part.unwrap_or(0..text.len()), finding)
}

fn network(reading: &mut Reading<'_>, key: &Node, value: &Node) -> Option<Comparison> {
    let parse = |text: &str| text.parse().or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from)).ok();
    match value.as_str().and_then(parse) {
        Some(network) => Some(Comparison::Network(as_ipv4(network))),
        None => bad(reading, key, value, no_network(expected::network(), value.describe())),
    }
}

/// An IPv4 network that is written as a part of IPv6 (`::ffff:10.0.0.0/104`) is that IPv4 network.
fn as_ipv4(network: IpNet) -> IpNet {
    const INSIDE: u8 = 96;
    let IpNet::V6(inner) = network else { return network };
    let address = inner.network().to_ipv4_mapped();
    let length = inner.prefix_len().checked_sub(INSIDE);
    let ipv4 = address.zip(length).and_then(|(address, length)| Ipv4Net::new(address, length).ok());
    ipv4.map_or(network, IpNet::V4)
}

fn exists(reading: &mut Reading<'_>, key: &Node, value: &Node) -> Option<Comparison> {
    match (&value.kind, value.as_str().map(str::to_ascii_lowercase).as_deref()) {
        (NodeKind::Bool(wanted), _) => Some(Comparison::Exists(*wanted)),
        (_, Some("true" | "yes")) => Some(Comparison::Exists(true)),
        (_, Some("false" | "no")) => Some(Comparison::Exists(false)),
        _ => bad(reading, key, value, other_value(expected::truth(), value.describe())),
    }
}

/// A part of a time.
fn moment(reading: &mut Reading<'_>, key: &Node, value: &Node, part: Part, kind: Kind) -> Option<Comparison> {
    let compare = if let Kind::Compare(compare) = kind { Some(compare) } else { None };
    let range = part.range();
    match &value.kind {
        NodeKind::Int(number) if range.contains(number) => {
            Some(Comparison::Time(Moment { part, compare, number: *number }))
        }
        NodeKind::Str(text) if text.parse::<i64>().is_ok() => {
            bad(reading, key, value, quoted_number(expected::number(), value.describe()))
        }
        _ => {
            let expected = expected::number_between(range.start(), range.end());
            bad(reading, key, value, other_value(expected, value.describe()))
        }
    }
}

fn number(reading: &mut Reading<'_>, key: &Node, value: &Node, compare: Compare) -> Option<Comparison> {
    match &value.kind {
        NodeKind::Int(number) => Some(Comparison::Compare(compare, Number::Int(*number))),
        NodeKind::Float(number) => Some(Comparison::Compare(compare, Number::Float(*number))),
        NodeKind::Str(text) if text.parse::<f64>().is_ok() => {
            bad(reading, key, value, quoted_number(expected::number(), value.describe()))
        }
        _ => bad(reading, key, value, other_value(expected::number(), value.describe())),
    }
}
