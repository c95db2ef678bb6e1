//! Which rules a filter is laid over.

use super::document::{Body, Document};
use super::filter::Reach;
use super::link::Directory;
use super::metadata::Logsource;
use crate::finding::Finding;
use crate::finding::correlation::{filters_correlation, filters_mistakes, other_logs};
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
                Ok(number) => match idle(wide, rule, &documents[number]) {
                    None if filters[number].contains(&index) => {}
                    None => filters[number].push(index),
                    Some(idle) => found.push(idle.at(&document.source, rule.span)),
                },
                Err(lost) => found.push(directory.lost(lost, rule, index)),
            }
        }
    }
    filters
}

/// Why a filter for the logs `wide` changes nothing for a rule.
fn idle(wide: &Logsource, name: &str, rule: &Document) -> Option<Finding> {
    match rule.body {
        Body::Detection(_) if contains(wide, &rule.rule.logsource) => None,
        Body::Detection(_) => Some(other_logs(name)),
        Body::Correlation(_) => Some(filters_correlation(name)),
        Body::Filter(_) | Body::Broken { .. } => Some(filters_mistakes(name)),
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
