//! One table of what goes: all rules, by their numbers.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use super::rule::{Found, Rule};
use super::{REMOVED, Taken, audit, commands, contact, dicom, documents, fhir, hl7, keys, numbers, patients, secrets};

const FAMILIES: [&[Rule]; 11] = [
    secrets::RULES,
    keys::RULES,
    commands::RULES,
    patients::RULES,
    audit::RULES,
    documents::RULES,
    numbers::RULES,
    dicom::RULES,
    hl7::RULES,
    fhir::RULES,
    contact::RULES,
];

/// A rule, and its pattern once somebody needed it.
struct Ready {
    rule: &'static Rule,
    regex: OnceLock<Regex>,
}

static TABLE: LazyLock<Vec<Ready>> = LazyLock::new(|| {
    let rules = FAMILIES.into_iter().flatten();
    rules.map(|rule| Ready { rule, regex: OnceLock::new() }).collect()
});

/// All rules, by their numbers. There are at most 64.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    TABLE.iter().map(|ready| ready.rule)
}

/// What rules are called.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    all().map(|rule| rule.name)
}

/// The pattern of a rule.
pub(super) fn regex(number: usize) -> &'static Regex {
    let Ready { rule, regex } = &TABLE[number];
    regex.get_or_init(|| Regex::new(rule.pattern).unwrap_or_else(|error| panic!("{}: {error}", rule.name)))
}

/// Adds what one rule takes out of `text`.
pub(super) fn find(number: usize, text: &str, taken: &mut Vec<Taken>) {
    let (rule, regex) = (TABLE[number].rule, regex(number));
    let mut from = 0;
    while let Some(groups) = regex.captures_at(text, from) {
        let whole = groups.get_match();
        let found = Found { text, groups: &groups };
        let at = found.at();
        let guilty = if is_taken_out(text, &at) { None } else { (rule.judge)(&found) };
        from = match guilty.filter(|at| !at.is_empty()) {
            Some(at) => {
                let end = at.end;
                taken.push(Taken { at, rule: Cow::Borrowed(rule.name) });
                end
            }
            // An innocent value may begin with the name of a guilty one, and an innocent number hide the start of another.
            None if at.start > whole.start() => at.start,
            None if rule.of_digits => next_letter(text, whole.start()),
            None => whole.end().max(next_letter(text, whole.start())),
        };
    }
}

/// Whether what stands there was taken out before.
fn is_taken_out(text: &str, at: &Range<usize>) -> bool {
    let value = text[at.start..].trim_start_matches(['[', '\'', '"', '\\', ' ']);
    value.starts_with(&REMOVED[1..])
}

fn next_letter(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(text.len() + 1, |letter| at + letter.len_utf8())
}
