//! What vigie counts beyond Sigma, as written: `absence` and `first_seen`, under the key `vigie` of a document of its
//! own. They are correlations in all but their place, so that files stay what the standard says.

use super::correlation::{self, Definition};
use super::measure::Kind;
use super::reading::Reading;
use crate::finding::correlation::{forgets_early, grouped_already, new_values_of_what};
use crate::finding::expected;
use crate::finding::rule::two_extensions;
use crate::text::node::Node;
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// The kinds of documents and what they find.
pub(crate) const KINDS: [(&str, Kind, &str); 2] = [
    ("absence", Kind::Absence, "for a document of its own: the rules whose matches are missed, and after how long"),
    ("first_seen", Kind::FirstSeen, "for a document of its own: the rules in whose matches new values are looked for"),
];

/// The keys of an `absence`.
pub(crate) const ABSENCE: &[(&str, &str)] = &[
    ("rules", "the rules of which one is to match again and again, by name or id"),
    ("group-by", "the fields for each of whose values it is waited for apart"),
    ("within", "after how long without a match it is missed, such as 26h"),
    ("aliases", "one name for fields that different rules call differently"),
    ("generate", "whether the rules match on their own too"),
];

/// The keys of a `first_seen`.
pub(crate) const FIRST_SEEN: &[(&str, &str)] = &[
    ("rules", "the rules in whose matches new values are looked for, by name or id"),
    ("group-by", "the fields for each of whose values it is learnt apart"),
    ("field", "the field, or the fields together, whose new values are reported"),
    ("learn", "for how long a new group only learns, such as 14d"),
    ("forget", "after how long without being seen a value is new again, such as 90d"),
    ("aliases", "one name for fields that different rules call differently"),
    ("generate", "whether the rules match on their own too"),
];

/// What stands under a correlation, Sigma's own or one of vigie's.
pub(crate) fn correlation(document: &Node) -> Option<&Node> {
    document.get("correlation").or_else(|| entry(document).map(|(_, _, value)| value))
}

/// What stands under `vigie` that makes a document one of vigie's own.
pub(crate) fn entry(document: &Node) -> Option<(Kind, &Node, &Node)> {
    let vigie = document.get("vigie")?;
    KINDS.iter().find_map(|(name, kind, _)| vigie.entry(name).map(|(key, value)| (*kind, key, value)))
}

/// Reads a document of vigie's own. Nothing where it is wrong, which is then in the findings.
pub(crate) fn read(reading: &mut Reading<'_>, document: &Node) -> Option<Definition> {
    let (kind, key, node) = entry(document)?;
    for (name, _, _) in KINDS {
        if let Some((other, _)) = document.get("vigie").and_then(|vigie| vigie.entry(name))
            && other.span != key.span
        {
            reading.say(two_extensions(), other.span);
        }
    }
    if node.as_map().is_none() {
        reading.wrong(expected::rules_and_time(), key, node);
        return None;
    }
    let keys = if kind == Kind::Absence { ABSENCE } else { FIRST_SEEN };
    let known: Vec<_> = keys.iter().map(|(known, _)| *known).collect();
    reading.only(node, &known);
    let rules = correlation::rules(reading, node);
    let group_by = reading.texts(node, "group-by");
    let (timespan, learn, values) = match kind {
        Kind::Absence => (correlation::timespan(reading, node, "within"), Some(0), Vec::new()),
        _ => (
            correlation::timespan(reading, node, "forget"),
            correlation::timespan(reading, node, "learn"),
            fields(reading, key.span, node, &group_by),
        ),
    };
    if let (Kind::FirstSeen, Some(forget), Some(learn)) = (kind, timespan, learn)
        && forget < learn
    {
        let span = node.entry("forget").map_or(key.span, |(_, value)| value.span);
        reading.say(forgets_early(), span);
    }
    let aliases = correlation::aliases(reading, node);
    let generate = correlation::generate(reading, node) || correlation::generate(reading, document);
    Some(Definition {
        kind,
        rules,
        group_by,
        aliases,
        timespan: timespan?,
        learn: learn?,
        bounds: Vec::new(),
        words: None,
        values,
        generate,
    })
}

fn fields(reading: &mut Reading<'_>, span: Span, node: &Node, groups: &[Spanned<String>]) -> Vec<Spanned<String>> {
    let fields = reading.texts(node, "field");
    if fields.is_empty() {
        reading.say(new_values_of_what(), span);
    }
    for field in fields.iter().filter(|field| groups.iter().any(|group| group.value == field.value)) {
        reading.say(grouped_already(field), field.span);
    }
    fields
}
