//! The names of fields in a correlation: what it groups by and counts is called as each of its rules calls it.

use std::collections::BTreeSet;

use crate::text::spanned::Spanned;
use crate::watch::sigma::rule::correlation::{Alias, Definition};
use crate::watch::sigma::rule::document::{Body, Document};
use crate::watch::sigma::rule::link::Directory;
use crate::watch::sigma::rule::reach;

/// What a document speaks of, as numbers among the documents. Nothing for a name that means no rule.
#[derive(Debug, Clone, Default)]
pub(super) struct References {
    /// The rules that a correlation counts.
    rules: Vec<Option<usize>>,
    /// By alias of the correlation, the rules that it speaks of.
    aliases: Vec<Vec<Option<usize>>>,
    /// The rules over single events under a correlation, or that a filter is laid over.
    pub(super) under: Vec<usize>,
}

/// Follows what every document speaks of. What leads nowhere is reported later, when the engine is put together.
pub(super) fn follow(documents: &[Document]) -> Vec<References> {
    let directory = Directory::new(documents);
    let mut references: Vec<References> = Vec::with_capacity(documents.len());
    for (index, document) in documents.iter().enumerate() {
        let find = |name: &Spanned<String>| directory.find(name, index).ok();
        references.push(match &document.body {
            Body::Correlation(definition) => References {
                rules: definition.rules.iter().map(find).collect(),
                aliases: definition
                    .aliases
                    .iter()
                    .map(|alias| alias.fields.iter().map(|(rule, _)| find(rule)).collect())
                    .collect(),
                under: Vec::new(),
            },
            _ => References::default(),
        });
    }
    for (rule, filters) in reach::follow(documents, &directory, &mut Vec::new()).into_iter().enumerate() {
        for filter in filters {
            references[filter].under.push(rule);
        }
    }
    for index in 0..documents.len() {
        if matches!(documents[index].body, Body::Correlation(_)) {
            references[index].under = leaves(documents, &references, index);
        }
    }
    references
}

/// The rules over single events that the correlation `from` counts, also by way of other correlations.
fn leaves(documents: &[Document], references: &[References], from: usize) -> Vec<usize> {
    let (mut open, mut seen, mut leaves) = (vec![from], BTreeSet::from([from]), Vec::new());
    while let Some(index) = open.pop() {
        for rule in references[index].rules.iter().flatten().copied().filter(|rule| seen.insert(*rule)) {
            match documents[rule].body {
                Body::Correlation(_) => open.push(rule),
                _ => leaves.push(rule),
            }
        }
    }
    leaves
}

/// How one step calls fields in the rules over single events.
pub(super) struct Calling<'a> {
    pub(super) references: &'a [References],
    /// By rule and name of a field, its new names; nothing where it keeps its own.
    pub(super) names: &'a dyn Fn(usize, &str) -> Option<Vec<String>>,
}

impl Calling<'_> {
    /// What the rule at `index` calls the field `name` now, and whether that is one of several names.
    fn one(&self, index: usize, name: &str) -> (String, bool) {
        let under = &self.references[index].under;
        let Some((first, others)) = under.split_first() else {
            let names = (self.names)(index, name).unwrap_or_default();
            let several = names.len() > 1;
            return (names.into_iter().next().unwrap_or_else(|| name.to_owned()), several);
        };
        // A correlation whose rules disagree keeps the name, as an alias.
        let (first, several) = self.one(*first, name);
        let agree = others.iter().all(|rule| self.one(*rule, name).0 == first);
        if agree { (first, several) } else { (name.to_owned(), false) }
    }
}

/// Renames the fields of a correlation, which speaks of `references`. Gives the fields that have several names now, of
/// which the first is taken: a group needs one value.
pub(super) fn rename(
    definition: &mut Definition,
    references: &mut References,
    calling: &Calling<'_>,
) -> Vec<(Spanned<String>, String)> {
    let mut crowded = Vec::new();
    for (alias, rules) in definition.aliases.iter_mut().zip(&references.aliases) {
        for ((rule, field), index) in alias.fields.iter_mut().zip(rules) {
            let Some(index) = index else { continue };
            let (name, several) = calling.one(*index, field);
            if several {
                crowded.push((Spanned::new(field.clone(), rule.span), name.clone()));
            }
            *field = name;
        }
    }
    for field in definition.group_by.iter_mut().chain(&mut definition.values) {
        if definition.aliases.iter().any(|alias| alias.name == field.value) {
            continue;
        }
        let call = |index: &Option<usize>| {
            let own = || (field.value.clone(), false);
            index.map_or_else(own, |index| calling.one(index, &field.value))
        };
        let called: Vec<(String, bool)> = references.rules.iter().map(call).collect();
        let Some((first, _)) = called.first() else { continue };
        if let Some((name, _)) = called.iter().find(|(_, several)| *several) {
            crowded.push((field.clone(), name.clone()));
        }
        if called.iter().all(|(name, _)| name == first) {
            field.value.clone_from(first);
            continue;
        }
        let fields = definition.rules.iter().cloned().zip(called).map(|(rule, (name, _))| (rule, name)).collect();
        definition.aliases.push(Alias { name: field.value.clone(), fields });
        references.aliases.push(references.rules.clone());
    }
    crowded
}
