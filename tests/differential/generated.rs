//! Rules by chance: every modifier, every kind of value, every form of condition.

use crate::draw::Draw;
use crate::rule::{Condition, Item, Rule, Scalar, Selection};

/// The fields of rules and events.
pub(crate) const FIELDS: [&str; 9] = ["Image", "CommandLine", "User", "f1", "f2", "EventID", "n.a", "n.b.c", "Größe"];

/// Regular expressions, with texts that they are about.
pub(crate) const EXPRESSIONS: [(&str, &[&str]); 9] = [
    (r"^cmd", &["cmd.exe", "xcmd", "CMD", "x\ncmd"]),
    (r"\.exe$", &["a.exe", "a.exe ", "a.EXE", "aexe", "a.exe\nb"]),
    (r"a.c", &["abc", "a\nc", "xAbCx", "ac"]),
    (r"^\d+$", &["42", "4.2", "", "42x"]),
    (r"é{2,3}", &["éé", "ÉÉ", "é"]),
    (r"(foo|bar)baz", &["foobaz", "BARBAZ", "foobar"]),
    (r"[^a-z ]", &["abc", "ABC", "a1", ""]),
    (r"-e(nc)?\s+\S{3,}", &["-enc abcd", "-e abc", "-E ABC", "-enc ab"]),
    (r"\\temp\\.*\.ps1", &[r"C:\temp\a.ps1", r"C:\TEMP\a.ps1", r"C:\temp\a"]),
];

/// Networks, with addresses in them and beside them.
pub(crate) const NETWORKS: [(&str, &[&str]); 6] = [
    ("10.0.0.0/8", &["10.1.2.3", "11.0.0.1", "10.255.255.255", "9.255.255.255"]),
    ("192.168.4.0/22", &["192.168.7.255", "192.168.8.0", "192.168.3.255", "192.168.4.0"]),
    ("172.16.5.4/32", &["172.16.5.4", "172.16.5.5", "172.16.5"]),
    ("2001:db8::/32", &["2001:db8::1", "2001:DB8:0:1::", "2001:db9::1", "::1"]),
    ("fe80::/10", &["fe80::1", "febf::1", "fec0::1"]),
    ("0.0.0.0/0", &["1.2.3.4", "::1", "x"]),
];

/// Times as logs write them.
pub(crate) const TIMES: [&str; 7] = [
    "2026-11-21T22:59:59Z",
    "2026-01-01T00:00:00+00:00",
    "2024-02-29T12:30:00.250Z",
    "2027-01-03T07:05:00+02:00",
    "2026-11-21T03:04:05",
    "2026-06-15 13:14:15",
    "no time",
];

const WORDS: [&str; 29] = [
    "cmd",
    ".exe",
    "whoami",
    r"C:\Windows\",
    r"\temp\",
    " -enc ",
    "/c ",
    "-x",
    "été",
    "É",
    "ab",
    "b",
    "AB",
    "a",
    "1",
    "42",
    "日本",
    ".",
    "_",
    " ",
    "mimi",
    "katz",
    "a.b",
    "[x]",
    "(y|z)",
    "\u{2013}q",
    "Σας",
    "kK",
    "\n",
];

/// A text in which nothing is special, or almost nothing.
pub(crate) fn words(draw: &Draw, most: usize) -> String {
    (0..=draw.below(most)).map(|_| draw.one(&WORDS)).collect()
}

/// A text with wildcards and escapes.
fn pattern(draw: &Draw) -> String {
    let mut text = words(draw, 3);
    if draw.percent(35) {
        for _ in 0..=draw.below(2) {
            let at = text.char_indices().map(|(at, _)| at).nth(draw.below(text.chars().count())).unwrap_or_default();
            text.insert_str(at, draw.one(&["*", "?", r"\*", r"\?", r"\\", r"\\*", r"\\\*", "**", "*?"]));
        }
        if draw.percent(25) {
            text.push_str(draw.one(&["*", "?", r"\", r"\\*"]));
        }
    }
    text
}

fn number(draw: &Draw) -> String {
    match draw.below(10) {
        0 => "0".to_owned(),
        1 => (-draw.between(1, 50)).to_string(),
        2 => format!("{}.5", draw.between(0, 50)),
        3 => format!("{}.25", draw.between(-3, 3)),
        4 => "4625".to_owned(),
        5 => "9007199254740991".to_owned(),
        6 => format!("{}.10", draw.between(0, 9)),
        _ => draw.between(1, 50).to_string(),
    }
}

fn scalar(draw: &Draw) -> Scalar {
    match draw.below(20) {
        0..3 => Scalar::Number(number(draw)),
        3 | 7 => Scalar::Truth(draw.percent(50)),
        4 => Scalar::Null,
        5 => Scalar::Text(String::new()),
        6 => Scalar::Text(number(draw)),
        _ => Scalar::Text(pattern(draw)),
    }
}

/// One to a few values, now and then enough of them to be looked for all at once.
fn several(draw: &Draw, one: impl Fn(&Draw) -> Scalar) -> Vec<Scalar> {
    let count = if draw.percent(55) { 1 } else { 2 + draw.below(if draw.percent(15) { 12 } else { 2 }) };
    (0..count).map(|_| one(draw)).collect()
}

/// The modifiers and values behind a field.
fn item(draw: &Draw, field: &str) -> Item {
    let mut modifiers: Vec<&'static str> = Vec::new();
    let text = |draw: &Draw| Scalar::Text(pattern(draw));
    let plain = |draw: &Draw| Scalar::Text(words(draw, 3));
    let values = match draw.below(26) {
        0..5 => several(draw, scalar),
        5..12 => {
            modifiers.push(draw.one(&["contains", "startswith", "endswith"]));
            if draw.percent(8) { several(draw, |draw| Scalar::Number(number(draw))) } else { several(draw, text) }
        }
        12 | 13 => {
            modifiers.extend(draw.one(&[&["cased"][..], &["contains", "cased"], &["cased", "startswith"]]).iter());
            several(draw, text)
        }
        14 => {
            modifiers.extend(draw.one(&[&["windash"][..], &["windash", "contains"], &["endswith", "windash"]]).iter());
            several(draw, plain)
        }
        15 | 16 => {
            modifiers.push("re");
            modifiers.extend(["i", "m", "s"].into_iter().filter(|_| draw.percent(30)));
            several(draw, |draw| Scalar::Text(draw.one(&EXPRESSIONS).0.to_owned()))
        }
        17 => {
            modifiers.push("cidr");
            several(draw, |draw| Scalar::Text(draw.one(&NETWORKS).0.to_owned()))
        }
        18 | 19 => {
            modifiers.push(draw.one(&["lt", "lte", "gt", "gte"]));
            several(draw, |draw| Scalar::Number(number(draw)))
        }
        20 => {
            modifiers.push("exists");
            return Item { field: Some(field.to_owned()), modifiers, values: vec![Scalar::Truth(draw.percent(50))] };
        }
        21 => {
            modifiers.push("fieldref");
            modifiers.extend(["cased"].into_iter().filter(|_| draw.percent(30)));
            modifiers.extend(draw.one(&[&[][..], &["contains"], &["startswith"], &["endswith"]]).iter());
            several(draw, |draw| Scalar::Text(draw.one(&FIELDS).to_owned()))
        }
        22 | 23 => {
            modifiers.extend(["wide", "utf16le", "utf16be", "utf16"].into_iter().find(|_| draw.percent(15)));
            let places = [&["base64"][..], &["base64", "contains"], &["base64offset", "contains"]];
            modifiers.extend(draw.one(&places).iter());
            several(draw, plain)
        }
        _ => {
            let (part, low, high) = draw.one(&[
                ("minute", 0, 59),
                ("hour", 0, 23),
                ("day", 1, 31),
                ("week", 1, 53),
                ("month", 1, 12),
                ("year", 2023, 2027),
            ]);
            modifiers.push(part);
            several(draw, |draw| Scalar::Number(draw.between(low, high).to_string()))
        }
    };
    if values.len() > 1 && draw.percent(30) {
        modifiers.push("all");
    }
    if draw.percent(12) {
        modifiers.push("neq");
    }
    Item { field: Some(field.to_owned()), modifiers, values }
}

fn map(draw: &Draw) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for _ in 0..=draw.below(3) {
        let next = item(draw, FIELDS[draw.below(FIELDS.len())]);
        if items.iter().all(|item| (&item.field, &item.modifiers) != (&next.field, &next.modifiers)) {
            items.push(next);
        }
    }
    items
}

fn selection(draw: &Draw) -> Selection {
    if draw.percent(8) {
        let values = several(draw, |draw| Scalar::Text(words(draw, 2)));
        let modifiers = if values.len() > 1 && draw.percent(30) { vec!["all"] } else { Vec::new() };
        return Selection::Words(Item { field: None, modifiers, values });
    }
    let count = if draw.percent(80) { 1 } else { 2 + draw.below(2) };
    Selection::Maps((0..count).map(|_| map(draw)).collect())
}

/// A whole rule.
pub(crate) fn rule(draw: &Draw) -> Rule {
    let names = ["selection", "sel_main", "sel_b", "filter_main", "filter_b", "_hidden", "words"];
    let start = draw.below(names.len());
    let count = if draw.percent(30) { 1 } else { 2 + draw.below(3) };
    let selections = (0..count).map(|at| (names[(start + at) % names.len()].to_owned(), selection(draw))).collect();
    let mut rule = Rule { selections, conditions: Vec::new() };
    let conditions = if draw.percent(90) { 1 } else { 2 };
    rule.conditions = (0..conditions).map(|_| condition(draw, &rule, 3)).collect();
    rule
}

fn condition(draw: &Draw, rule: &Rule, depth: usize) -> Condition {
    let name = |draw: &Draw| Condition::Name(draw.below(rule.selections.len()));
    match draw.below(if depth == 0 || draw.percent(35) { 4 } else { 8 }) {
        0 | 1 => name(draw),
        2 | 3 => {
            let targets = ["them", "sel*", "filter*", "*_main", "s*n", "_*", "*", "sel_main"];
            let target = draw.one(&targets).to_owned();
            let chosen = rule.chosen(&target).len();
            match draw.below(3) {
                _ if chosen == 0 => name(draw),
                0 => Condition::Of(None, target),
                1 => Condition::Of(Some(1), target),
                _ => Condition::Of(Some(1 + draw.below(chosen)), target),
            }
        }
        4 => Condition::Not(Box::new(condition(draw, rule, depth - 1))),
        5 => Condition::All(parts(draw, rule, depth - 1)),
        6 => Condition::Any(parts(draw, rule, depth - 1)),
        // What most rules say.
        _ => Condition::All(vec![name(draw), Condition::Not(Box::new(condition(draw, rule, depth - 1)))]),
    }
}

fn parts(draw: &Draw, rule: &Rule, depth: usize) -> Vec<Condition> {
    (0..2 + draw.below(2)).map(|_| condition(draw, rule, depth)).collect()
}
