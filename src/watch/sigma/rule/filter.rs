//! Filters: what a site leaves out of rules that others wrote, without changing their files (Sigma filters specification
//! 2.1). A rule with a filter matches where its own condition holds and that of the filter does too.

use super::detection;
use super::mentions::Mentions;
use super::reading::Reading;
use crate::finding::detection::filter_of_none;
use crate::finding::expected;
use crate::text::node::{Kind, Node};
use crate::text::spanned::Spanned;
use crate::watch::sigma::matcher::detection::Detection;

/// A filter, its references not yet followed.
#[derive(Debug)]
pub(crate) struct Filter {
    /// What must hold besides.
    pub(crate) detection: Detection,
    pub(crate) rules: Reach,
}

/// Which rules a filter is for.
#[derive(Debug)]
pub(crate) enum Reach {
    /// Every rule for the logs of the filter.
    Any,
    /// Rules by name or id.
    Named(Vec<Spanned<String>>),
}

/// Reads the filter at `node`. Nothing where it is wrong, which is then in the findings.
pub(crate) fn read(reading: &mut Reading<'_>, key: &Node, node: &Node, mentions: &mut Mentions) -> Option<Filter> {
    let Some(entries) = node.as_map() else {
        reading.wrong(expected::filter(), key, node);
        return None;
    };
    let rules = rules(reading, node);
    let others = entries.iter().filter(|(key, _)| key.as_str() != Some("rules")).cloned();
    let rest = Node { kind: Kind::Map(others.collect()), ..node.clone() };
    let detection = detection::read(reading, key, &rest, mentions);
    Some(Filter { detection: detection?, rules: rules? })
}

fn rules(reading: &mut Reading<'_>, node: &Node) -> Option<Reach> {
    let (key, value) = reading.needed(node, "rules")?;
    if value.as_str().is_some_and(|word| word.eq_ignore_ascii_case("any")) {
        return Some(Reach::Any);
    }
    let rules = reading.texts(node, "rules");
    if rules.is_empty() {
        reading.say(filter_of_none(), key.span);
        return None;
    }
    Some(Reach::Named(rules))
}
