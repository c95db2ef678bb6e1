//! The `condition` of a correlation: what is compared with which numbers (Sigma correlation rules specification 2.1,
//! section "Condition"). Knows the text, not windows.

use super::condition::{self, Noun};
use super::measure::{Bound, COMPARES, Compare, Kind};
use super::reading::{Reading, place};
use super::rule_expression::RuleExpression;
use crate::finding::correlation as finding;
use crate::finding::document::{counts_too_far, no_comparison};
use crate::finding::expected;
use crate::text::node::{Kind as NodeKind, Node};
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// The most events that one window can be asked to count, and the most values, which are compared one by one.
const MOST_EVENTS: u32 = 100_000;
const MOST_VALUES: u32 = 10_000;

/// The keys of a condition beside the comparisons.
pub(crate) const FIELD: &str = "field";
pub(crate) const PERCENTILE: &str = "percentile";

/// What a correlation asks for.
#[derive(Debug, Default)]
pub(crate) struct Threshold {
    /// What is counted, the percentile known.
    pub(crate) kind: Option<Kind>,
    pub(crate) bounds: Vec<Bound>,
    /// What is asked for in words, instead of bounds.
    pub(crate) words: Option<RuleExpression>,
    /// The fields whose values are counted, or the one whose numbers are reckoned with.
    pub(crate) values: Vec<Spanned<String>>,
}

/// Reads the condition of the correlation at `node` of this `kind` over these `rules`.
pub(crate) fn read(reading: &mut Reading<'_>, node: &Node, kind: Option<Kind>, names: &[Spanned<String>]) -> Threshold {
    let rules = u32::try_from(names.len()).unwrap_or(u32::MAX);
    match (node.entry("condition"), kind) {
        (Some((_, value)), Some(kind @ (Kind::Rules | Kind::Steps))) if value.as_str().is_some() => {
            Threshold { kind: Some(kind), words: in_words(reading, value, kind, names), ..Threshold::default() }
        }
        (Some((key, value)), _) => written(reading, key, value, kind, rules),
        // Without a condition, all of the rules are asked for.
        (None, Some(Kind::Rules | Kind::Steps)) => {
            let all = Bound { compare: Compare::AtLeast, number: rules.into() };
            Threshold { kind, bounds: vec![all], ..Threshold::default() }
        }
        (None, _) => {
            reading.needed(node, "condition");
            Threshold { kind, ..Threshold::default() }
        }
    }
}

/// The most rules that an ordered condition in words can be over: each doubles what a window may have to keep.
const MOST_ORDERED: usize = 8;

fn in_words(reading: &mut Reading<'_>, value: &Node, kind: Kind, rules: &[Spanned<String>]) -> Option<RuleExpression> {
    let names: Vec<String> = rules.iter().map(|rule| rule.value.clone()).collect();
    let condition = condition::read_of(reading, value, &names, Noun::Rule)?;
    let mut asked = vec![false; names.len()];
    condition.visit(&mut |rule| asked[rule] = true);
    for (rule, _) in rules.iter().zip(asked).filter(|(_, asked)| !asked) {
        reading.say(finding::not_asked_for(rule), rule.span);
    }
    if kind == Kind::Steps && names.len() > MOST_ORDERED {
        reading.say(finding::too_many_ordered(MOST_ORDERED), value.span);
        return None;
    }
    let words =
        if kind == Kind::Steps { RuleExpression::ordered(condition) } else { Some(RuleExpression::new(condition)) };
    let wrong = match &words {
        None => finding::too_many_ways(),
        Some(words) if words.hold_of_nothing() => finding::holds_of_nothing(),
        Some(_) => return words,
    };
    reading.say(wrong, value.span);
    None
}

fn written(reading: &mut Reading<'_>, key: &Node, value: &Node, kind: Option<Kind>, rules: u32) -> Threshold {
    let Some(entries) = value.as_map() else {
        reading.say(no_comparison(value.describe()), place(key, value));
        return Threshold { kind, ..Threshold::default() };
    };
    let mut known: Vec<_> = COMPARES.iter().map(|(name, _)| *name).collect();
    known.extend([FIELD, PERCENTILE]);
    reading.only(value, &known);
    let most = match kind {
        Some(Kind::Values) => MOST_VALUES,
        Some(Kind::Rules | Kind::Steps) => rules,
        _ => MOST_EVENTS,
    };
    let reckons = kind.is_some_and(Kind::reckons);
    let mut bounds = Vec::new();
    for (key, number) in entries {
        let word = key.as_str().unwrap_or_default();
        let Some((_, compare)) = COMPARES.iter().find(|(name, _)| *name == word) else { continue };
        let number = if reckons { amount(reading, key, number) } else { count(reading, key, number, most) };
        bounds.extend(number.map(|number| Bound { compare: *compare, number }));
    }
    if !entries.iter().any(|(key, _)| COMPARES.iter().any(|(name, _)| key.as_str() == Some(name))) {
        reading.say(finding::compares_nothing(), key.span);
    }
    let most = if matches!(kind, Some(Kind::Rules | Kind::Steps)) { f64::from(rules) } else { f64::INFINITY };
    if !bounds.is_empty() && kind.is_some() && rules > 0 && !can_hold(&bounds, (!reckons).then_some(most)) {
        reading.say(finding::never_holds(), place(key, value));
    }
    let values = fields(reading, key, value, kind);
    Threshold { kind: percentile(reading, key, value, kind), bounds, words: None, values }
}

/// Whether anything is within all bounds. What is counted is looked at when one more comes, so it is one at least and `most` at
/// most; what is reckoned can be any number.
fn can_hold(bounds: &[Bound], most: Option<f64>) -> bool {
    let hold = |number: f64| bounds.iter().all(|bound| bound.holds(number));
    let mut at: Vec<f64> = bounds.iter().map(|bound| bound.number).collect();
    at.sort_by(f64::total_cmp);
    let Some(most) = most else {
        let between = at.windows(2).map(|two| two[0].midpoint(two[1])).chain([at[0] - 1.0, at[at.len() - 1] + 1.0]);
        return at.iter().copied().chain(between).any(hold);
    };
    // Between two bounds all counts are alike.
    let near = at.iter().flat_map(|number| [number - 1.0, *number, number + 1.0]);
    near.chain([1.0]).any(|number| (1.0..=most).contains(&number) && hold(number))
}

/// How many things.
fn count(reading: &mut Reading<'_>, key: &Node, value: &Node, most: u32) -> Option<f64> {
    let number = match &value.kind {
        NodeKind::Int(number) => u32::try_from(*number).ok().or((*number > 0).then_some(u32::MAX)),
        _ => None,
    };
    let Some(number) = number else {
        reading.wrong(expected::count(), key, value);
        return None;
    };
    if number > most {
        reading.say(counts_too_far(most), value.span);
        return None;
    }
    Some(number.into())
}

/// What numbers come to.
#[expect(clippy::cast_precision_loss, reason = "sums of numbers are fractions, and so is what they are compared with")]
fn amount(reading: &mut Reading<'_>, key: &Node, value: &Node) -> Option<f64> {
    let number = match &value.kind {
        NodeKind::Int(number) => Some(*number as f64),
        NodeKind::Float(number) if number.is_finite() => Some(*number),
        _ => None,
    };
    if number.is_none() {
        reading.wrong(expected::number(), key, value);
    }
    // Minus nothing is nothing.
    number.map(|number| number + 0.0)
}

fn fields(reading: &mut Reading<'_>, key: &Node, value: &Node, kind: Option<Kind>) -> Vec<Spanned<String>> {
    let fields = reading.texts(value, FIELD);
    let span: Option<Span> = value.entry(FIELD).map(|(key, _)| key.span);
    let takes_field = kind.is_none_or(|kind| kind.reckons() || kind == Kind::Values);
    if kind.is_some() && takes_field && fields.is_empty() {
        let which = if kind == Some(Kind::Values) { finding::which_values() } else { finding::which_numbers() };
        reading.say(which, span.unwrap_or(key.span));
    }
    match (span, fields.get(1)) {
        (Some(span), _) if !takes_field => {
            reading.say(finding::field_of_no_use(), span);
        }
        (_, Some(second)) if kind.is_some_and(Kind::reckons) => {
            reading.say(finding::one_field_only(), second.span);
        }
        _ => {}
    }
    fields
}

/// The kind, with the percentile that the condition asks for.
fn percentile(reading: &mut Reading<'_>, key: &Node, value: &Node, kind: Option<Kind>) -> Option<Kind> {
    let entry = value.entry(PERCENTILE);
    match (kind, entry) {
        (Some(Kind::Percentile(_)), None) => {
            reading.say(finding::which_percentile(), key.span);
            None
        }
        (Some(Kind::Percentile(_)), Some((key, value))) => {
            let thousandths = thousandths(value);
            if thousandths.is_none() {
                reading.wrong(expected::percentile(), key, value);
            }
            thousandths.map(Kind::Percentile)
        }
        (Some(_), Some((key, _))) => {
            reading.say(finding::percentile_of_no_use(), key.span);
            kind
        }
        (_, _) => kind,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100 000, as was just seen")]
fn thousandths(value: &Node) -> Option<u32> {
    match &value.kind {
        NodeKind::Int(percent) => u32::try_from(*percent).ok().filter(|percent| *percent <= 100).map(|p| p * 1_000),
        NodeKind::Float(percent) if (0.0..=100.0).contains(percent) => Some((percent * 1_000.0).round() as u32),
        _ => None,
    }
}
