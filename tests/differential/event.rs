//! Events by chance, made from what rules look for, so that they often match and often just do not.

use serde_json::{Map, Value, json};

use crate::draw::Draw;
use crate::encoding::{base64, bytes};
use crate::generated::{EXPRESSIONS, FIELDS, NETWORKS, TIMES, words};
use crate::rule::{Item, Rule, Scalar};

/// An event for rules that look for `wanted`.
pub(crate) fn event(draw: &Draw, wanted: &[&Item]) -> Value {
    let mut event = Map::new();
    let nested = draw.percent(60);
    for field in FIELDS.iter().filter(|_| draw.percent(75)) {
        let value = value(draw, field, wanted);
        put(&mut event, field, value, nested);
    }
    for _ in 0..draw.below(3) {
        // What `fieldref` compares: nearly the same value in a second field.
        let (from, to) = (draw.one(&FIELDS), draw.one(&FIELDS[..6]));
        if let Some(value) = event.get(from).filter(|value| !value.is_object()).cloned() {
            let copy = match value {
                Value::String(text) => Value::String(changed(draw, &text)),
                Value::Number(number) if draw.percent(40) => Value::String(number.to_string()),
                other => other,
            };
            event.insert(to.to_owned(), copy);
        }
    }
    if draw.percent(20) {
        let word = wanted.iter().filter(|item| item.field.is_none()).find_map(|item| text_of(item, draw));
        event.insert("note".to_owned(), Value::String(word.unwrap_or_else(|| words(draw, 3))));
    }
    Value::Object(event)
}

/// Writes a field, a dotted one as objects inside each other.
fn put(event: &mut Map<String, Value>, field: &str, value: Value, nested: bool) {
    match field.split_once('.') {
        Some((outer, inner)) if nested => {
            let object = event.entry(outer).or_insert_with(|| json!({}));
            if let Some(object) = object.as_object_mut() {
                put(object, inner, value, true);
            }
        }
        _ => {
            event.insert(field.to_owned(), value);
        }
    }
}

fn value(draw: &Draw, field: &str, wanted: &[&Item]) -> Value {
    let own: Vec<&&Item> = wanted.iter().filter(|item| item.field.as_deref() == Some(field)).collect();
    let value = if own.is_empty() || draw.percent(12) { any(draw) } else { near(draw, own[draw.below(own.len())]) };
    match draw.below(24) {
        0 => json!([value]),
        1 => json!([any(draw), value]),
        2 => json!([value, any(draw), any(draw)]),
        3 => json!([[value], "x"]),
        _ => value,
    }
}

fn any(draw: &Draw) -> Value {
    match draw.below(14) {
        0 => json!(draw.between(-50, 50)),
        1 => json!(4625),
        2 => Value::Null,
        3 => json!(""),
        4 => json!([]),
        5 => json!(draw.percent(50)),
        6 => json!(0.25),
        _ => json!(words(draw, 3)),
    }
}

/// A value that one of the item's values is about.
fn near(draw: &Draw, item: &Item) -> Value {
    match draw.one(&item.values) {
        Scalar::Text(text) => {
            let text = texts(draw, item, &text);
            match text.parse::<i64>() {
                Ok(number) if draw.percent(30) && !text.starts_with('+') => json!(number),
                _ => Value::String(text),
            }
        }
        Scalar::Number(_) if item.modifiers.iter().any(|part| PARTS.contains(part)) => match draw.below(8) {
            0 => json!(draw.between(1_600_000_000, 1_900_000_000)),
            1 => json!(draw.between(1_600_000_000, 1_900_000_000) * 1000),
            _ => json!(draw.one(&TIMES)),
        },
        Scalar::Number(number) => numbers(draw, &number),
        Scalar::Truth(truth) => match draw.below(8) {
            3 => json!(i32::from(truth)),
            4 => json!(draw.one(&["1", "0", "yes", "no", "on"])),
            0 => json!(truth.to_string()),
            1 => json!(truth.to_string().to_uppercase()),
            2 => json!(!truth),
            _ => json!(truth),
        },
        Scalar::Null => match draw.below(3) {
            0 => json!(""),
            1 => json!("null"),
            _ => Value::Null,
        },
    }
}

const PARTS: [&str; 6] = ["minute", "hour", "day", "week", "month", "year"];

fn numbers(draw: &Draw, written: &str) -> Value {
    let whole: Result<i64, _> = written.parse();
    match (draw.below(10), whole) {
        (0, _) => json!(written),
        (4, _) => json!(format!(" {written} ")),
        (5, _) => json!(format!("{written}{}", if written.contains('.') { "0" } else { ".0" })),
        (6, Ok(number)) => serde_json::from_str(&format!("{number}.0")).expect("a number"),
        (1, Ok(number)) => json!(number + 1),
        (2, Ok(number)) => json!(number - 1),
        (3, Ok(number)) => json!(format!("x{number}")),
        (_, Ok(number)) => json!(number),
        (1, Err(_)) => json!(written.parse::<f64>().expect("a number") + 0.5),
        (_, Err(_)) => json!(written.parse::<f64>().expect("a number")),
    }
}

fn text_of(item: &Item, draw: &Draw) -> Option<String> {
    item.values.iter().find_map(|value| match value {
        Scalar::Text(text) => Some(surrounded(draw, "contains", text)),
        _ => None,
    })
}

/// A text that the value `text` of a rule is about.
fn texts(draw: &Draw, item: &Item, text: &str) -> String {
    if item.has("re") {
        let (_, samples) = EXPRESSIONS.iter().find(|(expression, _)| *expression == text).expect("one of the table");
        return draw.one(samples).to_owned();
    }
    if item.has("cidr") {
        let (_, samples) = NETWORKS.iter().find(|(network, _)| *network == text).expect("one of the table");
        return draw.one(samples).to_owned();
    }
    if item.has("base64") {
        return surrounded(draw, place(item), &base64(&bytes(text, &item.modifiers)));
    }
    if item.has("base64offset") {
        let filler = |draw: &Draw| b"xyzq"[..draw.below(4)].to_vec();
        let (before, behind) = (filler(draw), filler(draw));
        return base64(&[before, bytes(text, &item.modifiers), behind].concat());
    }
    let plain = filled(draw, text);
    let plain = if item.has("windash") && draw.percent(50) {
        plain.replace(['-', '/', '\u{2013}'], draw.one(&["-", "/", "\u{2014}", "\u{2015}"]))
    } else {
        plain
    };
    let whole = surrounded(draw, place(item), &plain);
    if draw.percent(30) { changed(draw, &whole) } else { whole }
}

fn place(item: &Item) -> &'static str {
    ["contains", "startswith", "endswith"].into_iter().find(|place| item.has(place)).unwrap_or_default()
}

fn surrounded(draw: &Draw, place: &str, text: &str) -> String {
    let before = if matches!(place, "contains" | "endswith") { words(draw, 2) } else { String::new() };
    let behind = if matches!(place, "contains" | "startswith") { words(draw, 2) } else { String::new() };
    format!("{before}{text}{behind}")
}

/// The pattern with something in the place of its wildcards.
fn filled(draw: &Draw, pattern: &str) -> String {
    let mut text = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '*' => text.push_str(&words(draw, 2)),
            '?' => text.push(draw.one(&['a', 'é', '?', '日'])),
            '\\' if letters.peek().is_some_and(|next| "*?\\".contains(*next)) => text.extend(letters.next()),
            other => text.push(other),
        }
    }
    text
}

/// Nearly the same text.
fn changed(draw: &Draw, text: &str) -> String {
    match draw.below(9) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        2 => format!("x{text}"),
        3 => format!("{text}x"),
        4 => text.chars().skip(1).collect(),
        5 => text.chars().rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
        6 => text.replacen('a', "A", 1),
        7 => text.replacen(' ', "\n", 1),
        _ => text.to_owned(),
    }
}

/// What several rules look for.
pub(crate) fn wanted(rules: &[Rule]) -> Vec<&Item> {
    rules.iter().flat_map(Rule::items).collect()
}
