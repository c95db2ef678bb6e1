//! Pipelines carried out: each transformation in turn over all documents, which all see what the ones before left.

use std::collections::BTreeSet;

use super::conditions::{Candidate, FieldConditions};
use super::names::{self, Calling, References};
use super::renaming::renamed;
use super::transformation::{Addition, Placeholders, Renaming, Transformation};
use super::{Pipeline, Step};
use crate::base::language::Text;
use crate::finding::pipeline as finding;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;
use crate::watch::sigma::matcher::comparison::Comparison;
use crate::watch::sigma::matcher::condition::Condition;
use crate::watch::sigma::matcher::detection::Detection;
use crate::watch::sigma::matcher::selection::{Selection, Test};
use crate::watch::sigma::prefilter::needle::Spot;
use crate::watch::sigma::rule::document::{Body, Document};
use crate::watch::sigma::rule::expansion::Lists;
use crate::watch::sigma::rule::fill::Filler;
use crate::watch::sigma::rule::filter::Filter;
use crate::watch::sigma::rule::mentions::Names;
use crate::watch::sigma::rule::reading::Reading;
use crate::watch::sigma::rule::selection;
use crate::words::unarmed as words;

pub(super) fn apply(pipelines: &[&Pipeline], documents: &mut [Document], lists: &Lists, found: &mut Vec<Diagnostic>) {
    let references = names::follow(documents);
    let applied = vec![BTreeSet::new(); documents.len()];
    let mut work = Work { documents, references, applied, found };
    for pipeline in pipelines {
        let mut own = lists.clone();
        own.extend(pipeline.vars.clone());
        for step in &pipeline.steps {
            work.carry_out(pipeline, step, &own);
        }
    }
    documents.iter_mut().for_each(forget_old_names);
}

struct Work<'a> {
    documents: &'a mut [Document],
    references: Vec<References>,
    /// By document, the ids of what was carried out on it.
    applied: Vec<BTreeSet<String>>,
    found: &'a mut Vec<Diagnostic>,
}

impl Work<'_> {
    fn carry_out(&mut self, pipeline: &Pipeline, step: &Step, lists: &Lists) {
        let holds: Vec<bool> = (0..self.documents.len()).map(|index| self.holds(step, index)).collect();
        match &step.transformation {
            Transformation::Rename(renaming) => self.rename(renaming, &step.fields, &holds),
            Transformation::Fill(placeholders) => {
                missing(&pipeline.source, placeholders, lists, self.found);
                for document in chosen(self.documents, &holds) {
                    fill(document, placeholders, &step.fields, lists, self.found);
                }
            }
            Transformation::Logsource(logsource) => {
                for document in chosen(self.documents, &holds) {
                    if matches!(document.body, Body::Detection(_) | Body::Filter(_)) {
                        let definition = document.rule.logsource.definition.take();
                        document.rule.logsource =
                            crate::watch::sigma::rule::metadata::Logsource { definition, ..logsource.clone() };
                        document.rule.logsources = vec![document.rule.logsource.clone()];
                    }
                }
            }
            Transformation::Condition(addition) => {
                for document in chosen(self.documents, &holds) {
                    add(document, addition, &pipeline.source);
                }
            }
            Transformation::Drop => {
                for document in chosen(self.documents, &holds) {
                    drop_tests(document, &pipeline.name, &step.fields, self.found);
                }
            }
            Transformation::Failure(why) => {
                for document in chosen(self.documents, &holds) {
                    fail(document, &pipeline.name, why, &step.fields, self.found);
                }
            }
        }
        if let Some(id) = &step.id {
            for (applied, _) in self.applied.iter_mut().zip(holds).filter(|(_, holds)| *holds) {
                applied.insert(id.clone());
            }
        }
    }

    fn holds(&self, step: &Step, index: usize) -> bool {
        let (document, references) = (&self.documents[index], &self.references[index]);
        if matches!(document.body, Body::Broken { .. }) {
            return false;
        }
        let under = references.under.iter().map(|rule| &self.documents[*rule]).collect();
        let candidate = Candidate { document, under, applied: &self.applied[index] };
        // A filter goes to other logs only together with everything that it is laid over.
        if let (Transformation::Logsource(_), Body::Filter(_)) = (&step.transformation, &document.body)
            && !references.under.is_empty()
        {
            return references.under.iter().all(|rule| self.holds(step, *rule));
        }
        step.rules.hold(&candidate)
    }

    fn rename(&mut self, renaming: &Renaming, fields: &FieldConditions, holds: &[bool]) {
        let new = |name: &str| fields.hold(name).then(|| renaming.names(name)).flatten();
        let before = self.references.clone();
        let calling = Calling { references: &before, names: &|index, name| holds[index].then(|| new(name)).flatten() };
        for (index, document) in self.documents.iter_mut().enumerate() {
            if let Body::Correlation(definition) = &mut document.body {
                for (field, name) in names::rename(definition, &mut self.references[index], &calling) {
                    self.found.push(finding::several_names(&field, name).at(&document.source, field.span));
                }
            }
            if !holds[index] {
                continue;
            }
            for shown in [&mut document.rule.fields, &mut document.rule.subject] {
                *shown = shown.drain(..).flat_map(|name| new(&name).unwrap_or_else(|| vec![name])).collect();
            }
            let names = &mut document.mentions.names;
            if let Some(detection) = detection(&mut document.body) {
                rewrite(detection, &mut |test| Some(renamed(test, names, &new)));
            }
        }
    }
}

/// The documents on which a step is carried out.
fn chosen<'d>(documents: &'d mut [Document], holds: &'d [bool]) -> impl Iterator<Item = &'d mut Document> {
    documents.iter_mut().zip(holds).filter(|(_, holds)| **holds).map(|(document, _)| document)
}

fn detection(body: &mut Body) -> Option<&mut Detection> {
    match body {
        Body::Detection(detection) | Body::Filter(Filter { detection, .. }) => Some(detection),
        Body::Correlation(_) | Body::Broken { .. } => None,
    }
}

/// Puts what `change` makes of each test in its place. False where nothing is left to look for.
fn rewrite(detection: &mut Detection, change: &mut dyn FnMut(Test) -> Option<Selection>) -> bool {
    let before = std::mem::take(&mut detection.selections);
    let mut numbers = Vec::with_capacity(before.len());
    for selection in before {
        let kept = changed(selection, change);
        numbers.push(kept.is_some().then_some(detection.selections.len()));
        detection.selections.extend(kept);
    }
    if numbers.iter().all(Option::is_some) {
        return true;
    }
    let condition = std::mem::replace(&mut detection.condition, Condition::Any(Vec::new()));
    match pruned(condition, &numbers) {
        Some(condition) => {
            detection.condition = condition;
            true
        }
        None => false,
    }
}

fn changed(selection: Selection, change: &mut dyn FnMut(Test) -> Option<Selection>) -> Option<Selection> {
    let mut parts = |parts: Vec<Selection>| -> Option<Vec<Selection>> {
        let kept: Vec<_> = parts.into_iter().filter_map(|part| changed(part, change)).collect();
        (!kept.is_empty()).then_some(kept)
    };
    match selection {
        Selection::All(all) => parts(all).map(Selection::All),
        Selection::Any(any) => parts(any).map(Selection::Any),
        Selection::Test(test) => change(test),
    }
}

/// A condition without the selections that are gone, the others under their new numbers.
fn pruned(condition: Condition, numbers: &[Option<usize>]) -> Option<Condition> {
    let parts = |parts: Vec<Condition>| -> Option<Vec<Condition>> {
        let kept: Vec<_> = parts.into_iter().filter_map(|part| pruned(part, numbers)).collect();
        (!kept.is_empty()).then_some(kept)
    };
    match condition {
        Condition::Selection(index) => numbers[index].map(Condition::Selection),
        Condition::Not(inner) => pruned(*inner, numbers).map(|inner| Condition::Not(Box::new(inner))),
        Condition::All(all) => parts(all).map(Condition::All),
        Condition::Any(any) => parts(any).map(Condition::Any),
        Condition::AtLeast(count, indices) => {
            let kept: Vec<usize> = indices.into_iter().filter_map(|index| numbers[index]).collect();
            (!kept.is_empty()).then(|| Condition::AtLeast(count.min(kept.len()), kept))
        }
    }
}

/// Whether a test is on one of the fields that are meant.
fn meant(test: &Test, names: &Names, fields: &FieldConditions) -> bool {
    match test.place {
        Spot::Field(field) => fields.hold(names.name(field)),
        Spot::Line { .. } => fields.is_empty(),
    }
}

/// Says which of the lists that a pipeline asks for are not there.
fn missing(source: &Source, placeholders: &Placeholders, lists: &Lists, found: &mut Vec<Diagnostic>) {
    for name in placeholders.include.iter().flatten().filter(|_| !placeholders.wildcard) {
        if lists.get(&name.value).is_none_or(Vec::is_empty) {
            found.push(finding::no_list(name).at(source, name.span));
        }
    }
}

/// Puts lists, or wildcards, in the place of those placeholders that are meant.
fn fill(
    document: &mut Document,
    placeholders: &Placeholders,
    fields: &FieldConditions,
    lists: &Lists,
    found: &mut Vec<Diagnostic>,
) {
    let Some(detection) = detection(&mut document.body) else { return };
    let (mentions, source) = (&document.mentions, &document.source);
    let mut unarmed = None;
    rewrite(detection, &mut |mut test| {
        let is_meant = meant(&test, &mentions.names, fields);
        for comparison in test.comparisons.iter_mut().filter(|_| is_meant) {
            let Comparison::Waiting(number) = &*comparison else { continue };
            let expansion = &mentions.expansions[*number];
            let own = |name: &str| lists.get(name).filter(|values| !values.is_empty()).cloned();
            let values = |name: &str| {
                if placeholders.wildcard { Some(vec![expansion.anything().to_owned()]) } else { own(name) }
            };
            let take = |name: &str| Some((name.to_owned(), values(name).filter(|_| placeholders.takes(name))?));
            // What is not filled here may be later: by another pipeline, or by the lists of the site.
            let Some(lists) = expansion.lists().map(take).collect::<Option<Lists>>() else { continue };
            let mut filler = Filler {
                lists: &lists,
                expansions: &mentions.expansions,
                reading: Reading::new(source, found),
                unarmed: None,
            };
            filler.fill(comparison);
            unarmed = unarmed.take().or(filler.unarmed);
        }
        Some(Selection::Test(test))
    });
    document.rule.unarmed = document.rule.unarmed.take().or(unarmed);
}

/// Adds a selection and asks for it in the condition. A filter is laid over rules that have it already.
fn add(document: &mut Document, addition: &Addition, source: &Source) {
    let Body::Detection(detection) = &mut document.body else { return };
    let mut told = Vec::new();
    let mut reading = Reading::new(source, &mut told);
    let read = selection::read(&mut reading, &addition.key, &addition.conditions, &mut document.mentions);
    // It was read without mistakes when the pipeline was.
    let Some(selection) = read else { return };
    let added = Condition::Selection(detection.selections.len());
    let added = if addition.negated { Condition::Not(Box::new(added)) } else { added };
    detection.selections.push(selection);
    let condition = std::mem::replace(&mut detection.condition, Condition::All(Vec::new()));
    detection.condition = Condition::All(vec![added, condition]);
}

fn drop_tests(document: &mut Document, pipeline: &str, fields: &FieldConditions, found: &mut Vec<Diagnostic>) {
    let Some(detection) = detection(&mut document.body) else { return };
    let names = &document.mentions.names;
    let left = rewrite(detection, &mut |test| (!meant(&test, names, fields)).then_some(Selection::Test(test)));
    if !left {
        leave_out(document, words::left_out(pipeline, words::nothing_left()), found);
    }
}

fn fail(document: &mut Document, pipeline: &str, why: &str, fields: &FieldConditions, found: &mut Vec<Diagnostic>) {
    let names = &document.mentions.names;
    let counts = match &mut document.body {
        Body::Detection(detection) => {
            let mut hit = fields.is_empty();
            rewrite(detection, &mut |test| {
                hit |= meant(&test, names, fields);
                Some(Selection::Test(test))
            });
            if !hit {
                return;
            }
            None
        }
        Body::Correlation(definition) if fields.is_empty() => {
            Some(definition.rules.iter().map(|rule| rule.value.clone()).collect())
        }
        // The rules under a filter are left out, not the filter over others.
        Body::Correlation(_) | Body::Filter(_) | Body::Broken { .. } => return,
    };
    leave_out(document, words::left_out(pipeline, why), found);
    if let Some(counts) = counts {
        document.body = Body::Broken { counts };
    }
}

/// Says that a rule will not match.
fn leave_out(document: &mut Document, why: Text, found: &mut Vec<Diagnostic>) {
    found.push(finding::left_out(&why).at(&document.source, document.span));
    document.rule.unarmed.get_or_insert(why);
}

/// Forgets the names that nothing is called any more, so that events are not searched for them.
fn forget_old_names(document: &mut Document) {
    let Some(detection) = detection(&mut document.body) else { return };
    let mut used = BTreeSet::new();
    rewrite(detection, &mut |test| {
        used.extend(if let Spot::Field(field) = test.place { Some(field) } else { None });
        used.extend(test.comparisons.iter().filter_map(|comparison| match comparison {
            Comparison::FieldRef { field, .. } => Some(*field),
            _ => None,
        }));
        Some(Selection::Test(test))
    });
    let mut names = Names::default();
    let mut number =
        |(field, name)| u32::try_from(field).is_ok_and(|field| used.contains(&field)).then(|| names.number(name));
    let numbers: Vec<u32> =
        document.mentions.names.iter().enumerate().map(|place| number(place).unwrap_or_default()).collect();
    detection.renumber(&numbers);
    document.mentions.names = names;
}
