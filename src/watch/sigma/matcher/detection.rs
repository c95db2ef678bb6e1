//! The `detection` of a rule: its selections and the condition over them.

use super::comparison::Comparison;
use super::condition::Condition;
use super::selection::{Selection, Test};
use crate::text::source::{Source, Span};
use crate::watch::record::Field;
use crate::watch::sigma::prefilter::needle::Need;
use crate::watch::sigma::prefilter::rarity::Rarity;
use crate::watch::sigma::view::View;

/// What a rule looks for in one event.
#[derive(Debug)]
pub(crate) struct Detection {
    pub(crate) selections: Vec<Selection>,
    pub(crate) condition: Condition,
    pub(crate) written: Written,
}

/// How a detection stands in its rule file, to be shown to whoever asks why it holds or not.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) source: Source,
    /// The names of the selections.
    pub(crate) names: Box<[String]>,
    pub(crate) condition: Span,
}

impl Detection {
    /// Whether `view` shows what the rule looks for.
    pub(crate) fn holds(&self, view: &mut View<'_>) -> bool {
        self.condition.holds(&mut |index| self.selections[index].holds(view))
    }

    /// Adds the fields of `view` in which it found what it looks for, once it holds.
    pub(crate) fn matched(&self, view: &mut View<'_>, fields: &mut Vec<Field>) {
        for selection in &self.selections {
            if selection.holds(view) {
                selection.matched(view, fields);
            }
        }
    }

    /// What a text must hold somewhere for this to hold.
    pub(crate) fn need(&self, rarity: &Rarity) -> Need {
        self.condition.need(&|index| self.selections[index].need(rarity))
    }

    /// Calls `seen` with every test.
    pub(crate) fn visit(&self, seen: &mut impl FnMut(&Test)) {
        self.selections.iter().for_each(|selection| selection.visit(seen));
    }

    /// Calls `change` with every value that is held against events.
    pub(crate) fn change(&mut self, change: &mut impl FnMut(&mut Comparison)) {
        self.selections.iter_mut().for_each(|selection| selection.change(change));
    }

    /// Changes the numbers of one document into those of all documents.
    pub(crate) fn renumber(&mut self, numbers: &[Field]) {
        self.selections.iter_mut().for_each(|selection| selection.renumber(numbers));
    }
}
