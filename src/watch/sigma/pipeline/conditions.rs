//! Where a transformation is carried out: for which rules, and for which of their fields.

use std::collections::BTreeSet;

use crate::watch::sigma::rule::Logsource;
use crate::watch::sigma::rule::document::{Body, Document};

/// The conditions of a transformation on the rule.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleConditions {
    pub(super) all: Vec<RuleCondition>,
    pub(super) linking: Linking,
}

/// The conditions of a transformation on the field.
#[derive(Debug, Clone, Default)]
pub(super) struct FieldConditions {
    pub(super) all: Vec<FieldCondition>,
    pub(super) linking: Linking,
}

/// How several conditions are joined.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Linking {
    /// One of them is enough.
    pub(super) any: bool,
    /// It is carried out where they do *not* hold.
    pub(super) negated: bool,
}

impl Linking {
    fn holds<T>(self, conditions: &[T], holds: impl Fn(&T) -> bool) -> bool {
        if conditions.is_empty() {
            return true;
        }
        let joined = if self.any { conditions.iter().any(holds) } else { conditions.iter().all(holds) };
        joined != self.negated
    }
}

/// Something that a rule is or has.
#[derive(Debug, Clone)]
pub(super) enum RuleCondition {
    /// It is for these logs, or for fewer.
    Logsource(Logsource),
    /// It is a rule over single events.
    Rule,
    /// It is a correlation.
    Correlation,
    /// It has this tag.
    Tag(String),
    /// The transformation of this id was carried out on it.
    Applied(String),
}

/// Something that the name of a field is.
#[derive(Debug, Clone)]
pub(super) enum FieldCondition {
    /// One of these.
    Include(Vec<String>),
    /// None of these.
    Exclude(Vec<String>),
}

/// A document, and what must be known of others to judge it.
pub(super) struct Candidate<'a> {
    pub(super) document: &'a Document,
    /// The rules over single events that it counts or is laid over; for such a rule, none.
    pub(super) under: Vec<&'a Document>,
    /// The ids of what was carried out on it.
    pub(super) applied: &'a BTreeSet<String>,
}

impl RuleConditions {
    pub(super) fn hold(&self, candidate: &Candidate<'_>) -> bool {
        self.linking.holds(&self.all, |condition| condition.holds(candidate))
    }
}

impl RuleCondition {
    fn holds(&self, candidate: &Candidate<'_>) -> bool {
        let document = candidate.document;
        let correlates = matches!(document.body, Body::Correlation(_));
        match self {
            Self::Logsource(wanted) => {
                let own = !correlates && covers(wanted, &document.rule.logsource);
                own || candidate.under.iter().any(|rule| covers(wanted, &rule.rule.logsource))
            }
            Self::Rule => !correlates,
            Self::Correlation => correlates,
            Self::Tag(tag) => document.rule.tags.iter().any(|other| other.eq_ignore_ascii_case(tag)),
            Self::Applied(id) => candidate.applied.contains(id),
        }
    }
}

impl FieldConditions {
    pub(super) fn hold(&self, field: &str) -> bool {
        self.linking.holds(&self.all, |condition| match condition {
            FieldCondition::Include(names) => names.iter().any(|name| name == field),
            FieldCondition::Exclude(names) => names.iter().all(|name| name != field),
        })
    }

    /// Whether what has no field, such as a word looked for in the whole line, is meant too.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// Whether a rule for `logsource` is for nothing but the logs `wanted`.
fn covers(wanted: &Logsource, logsource: &Logsource) -> bool {
    let same = |wanted: &Option<String>, has: &Option<String>| {
        wanted.as_ref().is_none_or(|wanted| has.as_ref().is_some_and(|has| has.eq_ignore_ascii_case(wanted)))
    };
    same(&wanted.product, &logsource.product)
        && same(&wanted.service, &logsource.service)
        && same(&wanted.category, &logsource.category)
}
