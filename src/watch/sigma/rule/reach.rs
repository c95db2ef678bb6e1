//! Which rules a filter is laid over.

use super::code::IDLE_FILTER;
use super::document::{Body, Document};
use super::filter::Reach;
use super::link::Directory;
use super::metadata::Logsource;
use crate::text::diagnostic::Diagnostic;

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
