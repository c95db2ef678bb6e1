//! The `correlation` of a rule, as written: which rules it counts, per what, within which time, and how many are too
//! many (Sigma correlation rules specification 2.1).

use std::sync::Arc;

use super::measure::{Bound, Kind, TYPES};
use super::reading::{Reading, head};
use super::rule_expression::RuleExpression;
use super::threshold::{self, Threshold};
use crate::finding::{correlation as finding, expected};
use crate::text::diagnostic::suggest;
use crate::text::node::{Kind as NodeKind, Node};
use crate::text::spanned::Spanned;

/// The most rules that one correlation can name.
const MOST_RULES: usize = 32;

/// A correlation as written, its references not yet followed.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) kind: Kind,
    /// Rules by name or id.
    pub(crate) rules: Vec<Spanned<String>>,
    pub(crate) group_by: Vec<Spanned<String>>,
    pub(crate) aliases: Vec<Alias>,
    /// In milliseconds.
    pub(crate) timespan: i64,
    /// For how long a new group only learns, in milliseconds.
    pub(crate) learn: i64,
    pub(crate) bounds: Vec<Bound>,
    /// What is asked for in words, instead of bounds.
    pub(crate) words: Option<Arc<RuleExpression>>,
    /// The fields whose values are counted, or the one whose numbers are reckoned with.
    pub(crate) values: Vec<Spanned<String>>,
    /// Whether the rules match on their own too.
    pub(crate) generate: bool,
}

/// One name for fields that are called differently by different rules.
#[derive(Debug)]
pub(crate) struct Alias {
    pub(crate) name: String,
    /// Rules by name or id, and what they call the field.
    pub(crate) fields: Vec<(Spanned<String>, String)>,
}

/// The keys of a correlation and what they are for.
pub(crate) const KEYS: &[(&str, &str)] = &[
    ("type", "what is counted"),
    ("rules", "the rules whose matches are counted, by name or id"),
    ("group-by", "the fields per whose values it is counted"),
    ("timespan", "within which time, such as 10m"),
    ("condition", "how many are too many, such as {gte: 10}"),
    ("aliases", "one name for fields that different rules call differently"),
    ("generate", "whether the rules match on their own too"),
];

/// Reads the correlation at `node`. `document` is the whole rule, which can say `generate` too. Nothing where it is
/// wrong, which is then in the findings.
pub(crate) fn read(reading: &mut Reading<'_>, document: &Node, key: &Node, node: &Node) -> Option<Definition> {
    if node.as_map().is_none() {
        reading.wrong(expected::correlation(), key, node);
        return None;
    }
    let known: Vec<_> = KEYS.iter().map(|(known, _)| *known).collect();
    reading.only(node, &known);
    let kind = kind(reading, node);
    let rules = rules(reading, node);
    let timespan = timespan(reading, node, "timespan");
    let Threshold { kind, bounds, words, values } = threshold::read(reading, node, kind, &rules);
    let group_by = reading.texts(node, "group-by");
    let aliases = aliases(reading, node);
    let generate = generate(reading, node) || generate(reading, document);
    Some(Definition {
        kind: kind?,
        rules,
        group_by,
        aliases,
        timespan: timespan?,
        learn: 0,
        bounds,
        words: words.map(Arc::new),
        values,
        generate,
    })
}

fn kind(reading: &mut Reading<'_>, node: &Node) -> Option<Kind> {
    reading.needed(node, "type")?;
    let written = reading.text(node, "type")?;
    let kind = TYPES.iter().find(|(name, _)| *name == *written);
    if kind.is_none() {
        let help = suggest(&written, TYPES.iter().map(|(name, _)| *name));
        reading.say(finding::no_type(&written).advice(help), written.span);
    }
    kind.map(|(_, kind)| *kind)
}

pub(crate) fn rules(reading: &mut Reading<'_>, node: &Node) -> Vec<Spanned<String>> {
    let Some((key, value)) = reading.needed(node, "rules") else { return Vec::new() };
    let rules = reading.texts(node, "rules");
    if rules.is_empty() {
        reading.say(finding::counts_nothing(), key.span);
    }
    if rules.len() > MOST_RULES {
        reading.say(finding::too_many_rules(MOST_RULES, rules.len()), head(value));
    }
    for (index, rule) in rules.iter().enumerate() {
        if rules[..index].iter().any(|other| other.value == rule.value) {
            reading.say(finding::named_twice(rule), rule.span);
        }
    }
    rules
}

/// A time such as `90m`, in milliseconds. A month is 30 days, a year 365.
pub(crate) fn timespan(reading: &mut Reading<'_>, node: &Node, key: &str) -> Option<i64> {
    reading.needed(node, key)?;
    let written = reading.text(node, key)?;
    let parsed = parse_timespan(written.trim());
    if parsed.is_none() {
        reading.say(finding::no_timespan(&written), written.span);
    }
    parsed
}

fn parse_timespan(text: &str) -> Option<i64> {
    let unit = text.chars().next_back()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 7 * 86_400,
        'M' => 30 * 86_400,
        'y' => 365 * 86_400,
        _ => return None,
    };
    let digits = &text[..text.len() - 1];
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok().filter(|number| (1..=100_000_000).contains(number))?;
    number.checked_mul(seconds * 1_000)
}

pub(crate) fn aliases(reading: &mut Reading<'_>, node: &Node) -> Vec<Alias> {
    let Some((key, value)) = node.entry("aliases") else { return Vec::new() };
    let Some(entries) = value.as_map() else {
        if value.kind != NodeKind::Null {
            reading.wrong(expected::aliases(), key, value);
        }
        return Vec::new();
    };
    let mut aliases = Vec::new();
    for (key, value) in entries {
        let Some(fields) = value.as_map() else {
            reading.wrong(expected::alias(), key, value);
            continue;
        };
        let mut alias = Alias { name: reading.name(key), fields: Vec::new() };
        for (rule, field) in fields {
            match (reading.scalar(rule), reading.scalar(field)) {
                (Some(rule), Some(field)) => alias.fields.push((rule, field.value)),
                _ => reading.wrong(expected::field(), rule, field),
            }
        }
        aliases.push(alias);
    }
    aliases
}

pub(crate) fn generate(reading: &mut Reading<'_>, node: &Node) -> bool {
    match node.entry("generate") {
        Some((_, Node { kind: NodeKind::Bool(generate), .. })) => *generate,
        Some((key, value)) => {
            reading.wrong(expected::truth(), key, value);
            false
        }
        None => false,
    }
}
