//! One test of a rule on fields with other names, each of which can be several.

use crate::watch::sigma::matcher::comparison::Comparison;
use crate::watch::sigma::matcher::selection::{Selection, Test};
use crate::watch::sigma::prefilter::needle::Spot;
use crate::watch::sigma::rule::mentions::Names;

/// A test on the fields as they are called now.
pub(super) fn renamed(test: Test, names: &mut Names, new: &dyn Fn(&str) -> Option<Vec<String>>) -> Selection {
    let mut numbers = |field| -> Vec<u32> {
        let called = new(names.name(field));
        called.map_or_else(|| vec![field], |called| called.iter().map(|name| names.number(name)).collect())
    };
    let places: Vec<Spot> = match test.place {
        Spot::Field(field) => numbers(field).into_iter().map(Spot::Field).collect(),
        Spot::Line { values } => vec![Spot::Line { values }],
    };
    let Test { every, negated, comparisons, written, .. } = test;
    // Each value of the rule, and the fields that its own value names.
    let variants: Vec<Vec<Comparison>> = comparisons
        .into_iter()
        .map(|comparison| match comparison {
            Comparison::FieldRef { field, shape, cased } => {
                numbers(field).into_iter().map(|field| Comparison::FieldRef { field, shape, cased }).collect()
            }
            other => vec![other],
        })
        .collect();
    let absence = |comparison: &Comparison| matches!(comparison, Comparison::Null | Comparison::Exists(false));
    let simple = variants.iter().all(|variants| variants.len() == 1 && !absence(&variants[0])) && !every;
    if simple || places.len() == 1 && variants.iter().all(|variants| variants.len() == 1) {
        let comparisons: Vec<Comparison> = variants.into_iter().flatten().collect();
        let on = |place| {
            let (comparisons, written) = (comparisons.clone(), written.clone());
            Selection::Test(Test::new(place, (every, negated), comparisons, written))
        };
        return joined(places.into_iter().map(on).collect(), negated);
    }
    // Any of the fields may hold a value; a field is missing when all of them are. A test turned round turns `any` into
    // `all`.
    let parts = variants.into_iter().enumerate().map(|(at, variants)| {
        let all = variants.iter().any(absence) != negated;
        let on = |place: &Spot| {
            let test = |comparison: &Comparison| {
                let (comparisons, written) = (vec![comparison.clone()], written.of(at));
                Test::new(*place, (false, negated), comparisons, written)
            };
            variants.iter().map(test).map(Selection::Test).collect::<Vec<_>>()
        };
        joined(places.iter().flat_map(on).collect(), all)
    });
    joined(parts.collect(), every != negated)
}

fn joined(mut parts: Vec<Selection>, all: bool) -> Selection {
    match parts.len() {
        1 => parts.swap_remove(0),
        _ if all => Selection::All(parts),
        _ => Selection::Any(parts),
    }
}
