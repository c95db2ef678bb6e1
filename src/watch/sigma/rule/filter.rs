//! Filters: what a site leaves out of rules that others wrote, without changing their files (Sigma filters specification
//! 2.1). A rule with a filter matches where its own condition holds and that of the filter does too.

use super::code::{BAD_DETECTION, IDLE_FILTER};
use super::document::{Body, Document};
use super::metadata::Logsource;
use super::reading::Reading;
use crate::text::diagnostic::Diagnostic;
use crate::text::node::{Kind, Node};
use crate::text::spanned::Spanned;
use crate::watch::sigma::engine::link::Directory;
use crate::watch::sigma::matcher::detection::{self, Detection};
use crate::watch::sigma::view::fields::Names;

/// A filter, its references not yet followed.
#[derive(Debug)]
pub(crate) struct Filter {
    /// What must hold besides.
    pub(crate) detection: Detection,
    rules: Reach,
}

/// Which rules a filter is for.
#[derive(Debug)]
enum Reach {
    /// Every rule for the logs of the filter.
    Any,
    /// Rules by name or id.
    Named(Vec<Spanned<String>>),
}

/// Reads the filter at `node`. Nothing where it is wrong, which is then in the findings.
pub(crate) fn read(reading: &mut Reading<'_>, key: &Node, node: &Node, names: &mut Names) -> Option<Filter> {
    let Some(entries) = node.as_map() else {
        reading.wrong("rules, selections and a condition", key, node);
        return None;
    };
    let rules = rules(reading, node);
    let others = entries.iter().filter(|(key, _)| key.as_str() != Some("rules")).cloned();
    let rest = Node { kind: Kind::Map(others.collect()), ..node.clone() };
    let detection = detection::read(reading, key, &rest, names);
    Some(Filter { detection: detection?, rules: rules? })
}

fn rules(reading: &mut Reading<'_>, node: &Node) -> Option<Reach> {
    let (key, value) = reading.needed(node, "rules")?;
    if value.as_str().is_some_and(|word| word.eq_ignore_ascii_case("any")) {
        return Some(Reach::Any);
    }
    let rules = reading.texts(node, "rules");
    if rules.is_empty() {
        let help = "write the `name` or `id` of the rules it is for, or `any` for every rule of these logs".to_owned();
        reading.error(BAD_DETECTION, key.span, "this filter is for no rule", Some(help));
        return None;
    }
    Some(Reach::Named(rules))
}

/// By document, the filters that are for it, as numbers among `documents`.
pub(crate) fn follow(
    documents: &[Document],
    directory: &Directory<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Vec<usize>> {
    let mut filters = vec![Vec::new(); documents.len()];
    for (index, document) in documents.iter().enumerate() {
        let (Body::Filter(filter), None) = (&document.body, document.rule.unarmed()) else { continue };
        let wide = &document.rule.logsource;
        let Reach::Named(rules) = &filter.rules else {
            for (number, other) in documents.iter().enumerate() {
                if matches!(other.body, Body::Detection(_)) && contains(wide, &other.rule.logsource) {
                    filters[number].push(index);
                }
            }
            continue;
        };
        for rule in rules {
            match directory.find(rule, index) {
                Ok(number) => match idle(wide, &documents[number]) {
                    None if filters[number].contains(&index) => {}
                    None => filters[number].push(index),
                    Some((message, help)) => {
                        let message = format!("this filter changes nothing for `{}`: {message}", rule.value);
                        let finding = Diagnostic::warning(IDLE_FILTER, &document.source, rule.span, message);
                        found.push(finding.help(help));
                    }
                },
                Err(lost) => found.push(directory.lost(lost, rule, index)),
            }
        }
    }
    filters
}

/// Why a filter for the logs `wide` changes nothing for a rule.
fn idle(wide: &Logsource, rule: &Document) -> Option<(&'static str, &'static str)> {
    match rule.body {
        Body::Detection(_) if contains(wide, &rule.rule.logsource) => None,
        Body::Detection(_) => {
            Some(("that rule is for other logs", "write under `logsource` what the rule has there, or less"))
        }
        Body::Correlation(_) => Some(("that is a correlation", "name the rules that it counts")),
        Body::Filter(_) | Body::Broken { .. } => Some(("that rule has mistakes of its own", "correct that rule first")),
    }
}

/// Whether everything that is for `narrow` is for `wide` too.
fn contains(wide: &Logsource, narrow: &Logsource) -> bool {
    let same = |wide: &Option<String>, narrow: &Option<String>| {
        wide.as_ref().is_none_or(|wide| narrow.as_ref().is_some_and(|narrow| narrow.eq_ignore_ascii_case(wide)))
    };
    same(&wide.product, &narrow.product)
        && same(&wide.service, &narrow.service)
        && same(&wide.category, &narrow.category)
}
