//! Why a rule holds for one event or does not: the same detection that matches, walked selection by selection and item
//! by item, with the same questions. Returns what it saw and never decides anything itself.
//!
//! What the event says is redacted here, so that nobody who asks "why" is told who a patient is.

mod alike;
pub mod counting;
mod shown;

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::Serialize;

use alike::alike;
use shown::{line_shown, shown};

use crate::base::id::RuleId;
use crate::base::redact::REMOVED;
use crate::base::redact::class_of;
use crate::text::source::Span;
use crate::watch::event::Event;
use crate::watch::record::Field;
use crate::watch::sigma::engine::Engine;
use crate::watch::sigma::matcher::Watched;
use crate::watch::sigma::matcher::comparison::Comparison;
use crate::watch::sigma::matcher::condition::Condition;
use crate::watch::sigma::matcher::detection::Detection;
use crate::watch::sigma::matcher::selection::{Selection, Test};
use crate::watch::sigma::prefilter::needle::Spot;
use crate::watch::sigma::view::View;

/// How many values of one field are shown.
const VALUES: usize = 8;

/// How far an event is from matching: how many selections must turn out otherwise, and how many items at least.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Distance {
    /// Selections.
    pub selections: usize,
    /// Items in them.
    pub items: usize,
}

impl Distance {
    fn and(self, other: Self) -> Self {
        Self { selections: self.selections + other.selections, items: self.items + other.items }
    }

    /// Whether the event matches.
    pub(crate) fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// Why a rule holds for an event or does not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Explanation {
    /// The rule over single events.
    pub rule: RuleId,
    /// Whether it matches the event.
    pub matches: bool,
    /// How far it is from matching.
    pub distance: Distance,
    /// Its own condition, then those of the filters that are laid over it. All must hold.
    pub conditions: Vec<Asked>,
}

/// A condition and what it is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Asked {
    /// Whether it is that of a filter.
    pub filter: bool,
    /// The rule file.
    pub file: String,
    /// Its line in that file.
    pub line: usize,
    /// The condition as written.
    pub written: String,
    /// Whether it holds.
    pub holds: bool,
    /// The selections, in the order of the file.
    pub selections: Vec<Chosen>,
}

/// A selection of a condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// Whether it holds.
    pub holds: bool,
    /// Whether it is one of the fewest that would have to turn out otherwise for the condition to hold.
    pub to_blame: bool,
    /// What it looks for.
    pub looks_for: Looked,
}

/// What a selection looks for, as in the rule file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Looked {
    /// All of these.
    All {
        /// Whether that is so.
        holds: bool,
        /// The parts.
        of: Vec<Self>,
    },
    /// At least one of these.
    Any {
        /// Whether that is so.
        holds: bool,
        /// The parts.
        of: Vec<Self>,
    },
    /// A field and its values.
    Item(Item),
}

/// One field, how it is compared, with what, and what the event has there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// The field; nothing where words are looked for in the whole line.
    pub field: Option<String>,
    /// The modifiers as written.
    pub modifiers: Vec<String>,
    /// Whether it holds.
    pub holds: bool,
    /// The values wanted, as written.
    pub values: Vec<Sought>,
    /// What the event has there, redacted; nothing where the field is missing.
    pub has: Vec<String>,
    /// A field of the event that may be meant, where this one is missing: behind another prefix, or spelled nearly like it.
    pub alike: Option<String>,
}

/// One value wanted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sought {
    /// As written in the rule file.
    pub written: String,
    /// Whether the event fits it, before `neq` turns the answer round.
    pub fits: bool,
    /// For `fieldref`: what the event has in that other field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<String>,
}

impl Engine {
    /// How far `event` is from matching the rule over single events called `rule`. Nothing where there is no such rule
    /// at work or the event is not of its logs.
    pub(crate) fn distance(&self, rule: &RuleId, event: &Event) -> Option<Distance> {
        let (single, watched) = self.single(rule)?;
        if !single.rule.logsource.covers(&event.logsource) {
            return None;
        }
        Some(distance(watched, &self.scene(event)))
    }

    /// Why the rule over single events called `rule` holds for `event` or does not. Nothing where there is no such rule
    /// at work.
    pub(crate) fn explain(&self, rule: &RuleId, event: &Event) -> Option<Explanation> {
        let (_, watched) = self.single(rule)?;
        let view = &self.scene(event);
        let mut conditions = vec![asked(&watched.detection, view, false)];
        conditions.extend(watched.filters.iter().map(|filter| asked(filter, view, true)));
        let matches = conditions.iter().all(|asked| asked.holds);
        Some(Explanation { rule: rule.clone(), matches, distance: distance(watched, view), conditions })
    }
}

/// An event that is asked about, and the view of it.
struct Scene<'a> {
    event: &'a Event,
    view: RefCell<View<'a>>,
}

impl<'a> Scene<'a> {
    fn ask<R>(&self, question: impl FnOnce(&mut View<'a>) -> R) -> R {
        question(&mut self.view.borrow_mut())
    }
}

impl Engine {
    fn scene<'a>(&'a self, event: &'a Event) -> Scene<'a> {
        Scene { event, view: RefCell::new(self.view(event)) }
    }
}

fn distance(watched: &Watched, view: &Scene<'_>) -> Distance {
    let own = missing(&watched.detection, view);
    watched.filters.iter().fold(own, |sum, filter| sum.and(missing(filter, view)))
}

/// What must change for the detection to hold.
fn missing(detection: &Detection, view: &Scene<'_>) -> Distance {
    if view.ask(|view| detection.holds(view)) {
        return Distance::default();
    }
    condition_cost(&detection.condition, &costs(detection, view), true)
}

/// How many items of each selection must turn out otherwise for it to be false, and for it to be true.
struct Costs(Vec<(usize, usize)>);

impl Costs {
    fn of(&self, index: usize, wanted: bool) -> Distance {
        let (to_fail, to_hold) = self.0[index];
        let items = if wanted { to_hold } else { to_fail };
        Distance { selections: usize::from(items > 0), items }
    }
}

fn costs(detection: &Detection, view: &Scene<'_>) -> Costs {
    let cost = |selection: &Selection| (items(selection, view, false), items(selection, view, true));
    Costs(detection.selections.iter().map(cost).collect())
}

/// How many items of a selection must turn out otherwise for it to be as `wanted`.
fn items(selection: &Selection, view: &Scene<'_>, wanted: bool) -> usize {
    let each = |parts: &[Selection]| parts.iter().map(|part| items(part, view, wanted)).collect::<Vec<_>>();
    match (selection, wanted) {
        (Selection::Test(test), _) => usize::from(view.ask(|view| test.holds(view)) != wanted),
        (Selection::All(parts), true) | (Selection::Any(parts), false) => each(parts).into_iter().sum(),
        (Selection::All(parts), false) | (Selection::Any(parts), true) => each(parts).into_iter().min().unwrap_or(0),
    }
}

/// The same for a condition, from what its selections cost.
fn condition_cost(condition: &Condition, costs: &Costs, wanted: bool) -> Distance {
    let each = |parts: &[Condition]| parts.iter().map(|part| condition_cost(part, costs, wanted)).collect::<Vec<_>>();
    let sum = |parts: Vec<Distance>| parts.into_iter().fold(Distance::default(), Distance::and);
    match (condition, wanted) {
        (Condition::Selection(index), _) => costs.of(*index, wanted),
        (Condition::Not(inner), _) => condition_cost(inner, costs, !wanted),
        (Condition::All(parts), true) | (Condition::Any(parts), false) => sum(each(parts)),
        (Condition::All(parts), false) | (Condition::Any(parts), true) => {
            each(parts).into_iter().min().unwrap_or_default()
        }
        (Condition::AtLeast(count, indices), _) => {
            let mut parts: Vec<Distance> = indices.iter().map(|index| costs.of(*index, wanted)).collect();
            parts.sort_unstable();
            parts.truncate(enough(*count, indices.len(), wanted));
            sum(parts)
        }
    }
}

fn asked(detection: &Detection, view: &Scene<'_>, filter: bool) -> Asked {
    let written = &detection.written;
    let holds = view.ask(|view| detection.holds(view));
    let mut blamed = BTreeSet::new();
    if !holds {
        blame(&detection.condition, &costs(detection, view), true, &mut blamed);
    }
    let chosen = |(index, (selection, name)): (usize, (&Selection, &String))| Chosen {
        name: name.clone(),
        holds: view.ask(|view| selection.holds(view)),
        to_blame: blamed.contains(&index),
        looks_for: looked(selection, detection, view),
    };
    Asked {
        filter,
        file: written.source.name().to_owned(),
        line: written.source.position(written.condition.start).0,
        written: as_written(detection, written.condition),
        holds,
        selections: detection.selections.iter().zip(&written.names).enumerate().map(chosen).collect(),
    }
}

/// Adds the fewest selections that must turn out otherwise for the condition to be as `wanted`.
fn blame(condition: &Condition, costs: &Costs, wanted: bool, blamed: &mut BTreeSet<usize>) {
    let nearest = |parts: &[Condition]| -> Option<usize> {
        (0..parts.len()).min_by_key(|part| condition_cost(&parts[*part], costs, wanted))
    };
    match (condition, wanted) {
        (Condition::Selection(index), _) => {
            if costs.of(*index, wanted).items > 0 {
                blamed.insert(*index);
            }
        }
        (Condition::Not(inner), _) => blame(inner, costs, !wanted, blamed),
        (Condition::All(parts), true) | (Condition::Any(parts), false) => {
            for part in parts {
                blame(part, costs, wanted, blamed);
            }
        }
        (Condition::All(parts), false) | (Condition::Any(parts), true) => {
            if let Some(part) = nearest(parts) {
                blame(&parts[part], costs, wanted, blamed);
            }
        }
        (Condition::AtLeast(count, indices), _) => {
            let mut nearest = indices.clone();
            nearest.sort_by_key(|index| costs.of(*index, wanted));
            let needed = nearest.into_iter().take(enough(*count, indices.len(), wanted));
            blamed.extend(needed.filter(|index| costs.of(*index, wanted).items > 0));
        }
    }
}

/// How many of `all` selections decide whether at least `count` of them hold.
fn enough(count: usize, all: usize, wanted: bool) -> usize {
    if wanted { count } else { all + 1 - count }
}

fn looked(selection: &Selection, detection: &Detection, view: &Scene<'_>) -> Looked {
    let each = |parts: &[Selection]| parts.iter().map(|part| looked(part, detection, view)).collect();
    let holds = view.ask(|view| selection.holds(view));
    match selection {
        Selection::All(parts) => Looked::All { holds, of: each(parts) },
        Selection::Any(parts) => Looked::Any { holds, of: each(parts) },
        Selection::Test(test) => Looked::Item(item(test, detection, view)),
    }
}

fn item(test: &Test, detection: &Detection, view: &Scene<'_>) -> Item {
    let key = as_written(detection, test.written.key);
    let key = key.trim_matches(['"', '\'']);
    let (name, modifiers) = key.split_once('|').unwrap_or((key, ""));
    let field = match test.place {
        Spot::Field(number) => Some((number, name)),
        Spot::Line { .. } => None,
    };
    // Without a field, the key is the name of the selection where it has no modifiers.
    let modifiers = if field.is_some() || name.is_empty() { modifiers } else { "" };
    let has = match field {
        Some((number, name)) => shown_values(view, number, name),
        None => vec![line_shown(view.event)],
    };
    let compared = |span: &Span| as_written(detection, *span).trim_matches(['"', '\'']).to_owned();
    let spans = test.written.values.iter();
    let sought = |(comparison, span): (&Comparison, &Span)| Sought {
        // A missing value may have nothing of its own in the file.
        written: if matches!(comparison, Comparison::Null) { "null".to_owned() } else { as_written(detection, *span) },
        fits: view.ask(|view| test.fits(comparison, view)),
        other: match comparison {
            Comparison::FieldRef { field, .. } => shown_values(view, *field, &compared(span)),
            _ => Vec::new(),
        },
    };
    // What is held against something private may well be it.
    let against_private = |(comparison, span): (&Comparison, &Span)| {
        matches!(comparison, Comparison::FieldRef { .. }) && class_of(&compared(span)).is_private()
    };
    let private = test.comparisons.iter().zip(spans.clone()).any(against_private);
    let has = if private { has.iter().map(|_| REMOVED.to_owned()).collect() } else { has };
    let alike = field.filter(|_| has.is_empty()).and_then(|(_, name)| {
        let there: Vec<&str> = view.event.fields.iter().map(|(field, _)| field.as_str()).collect();
        alike(name, &there).map(str::to_owned)
    });
    Item {
        field: field.map(|(_, name)| name.to_owned()),
        modifiers: modifiers.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        holds: view.ask(|view| test.holds(view)),
        values: test.comparisons.iter().zip(spans).map(sought).collect(),
        has,
        alike,
    }
}

/// A part of the rule file, its line ends made blanks.
fn as_written(detection: &Detection, span: Span) -> String {
    detection.written.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the event has in a field, fit to be shown.
fn shown_values(view: &Scene<'_>, field: Field, name: &str) -> Vec<String> {
    let event = view.event;
    view.ask(|view| view.values(field).take(VALUES).map(|value| shown(event, name, value)).collect())
}
