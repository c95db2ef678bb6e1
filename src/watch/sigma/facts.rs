//! What correlations need of an event: the first text and the first number of the fields they group by and count.
//! Owned, so that events can be matched in one place and counted in another. Knows no rules.

use super::fields::View;
use super::matcher::{Field, Number, with_text};
use crate::watch::event::Value;

/// The fields that the correlations behind one rule ask for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    texts: Vec<Field>,
    numbers: Vec<Field>,
}

impl Wanted {
    pub(super) fn text(&mut self, field: Field) {
        if !self.texts.contains(&field) {
            self.texts.push(field);
        }
    }

    pub(super) fn number(&mut self, field: Field) {
        if !self.numbers.contains(&field) {
            self.numbers.push(field);
        }
    }

    /// What one event says in these fields.
    pub(super) fn of(&self, view: View<'_>) -> Facts {
        let text = |field: &Field| Some((*field, view.values(*field).find_map(first_text)?));
        let number = |field: &Field| Some((*field, view.values(*field).find_map(first_number)?));
        Facts {
            texts: self.texts.iter().filter_map(text).collect(),
            numbers: self.numbers.iter().filter_map(number).collect(),
        }
    }
}

/// What one event says in the fields that were asked for. Of several values of one field, the first counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    texts: Vec<(Field, String)>,
    numbers: Vec<(Field, f64)>,
}

impl Facts {
    pub(super) fn text(&self, field: Field) -> Option<&str> {
        self.texts.iter().find(|(known, _)| *known == field).map(|(_, text)| text.as_str())
    }

    pub(super) fn number(&self, field: Field) -> Option<f64> {
        self.numbers.iter().find(|(known, _)| *known == field).map(|(_, number)| *number)
    }
}

/// The first number of a value, however deep in lists.
fn first_number(value: &Value) -> Option<f64> {
    match value {
        Value::List(items) => items.iter().find_map(first_number),
        _ => Number::of(value)?.amount(),
    }
}

/// The first text of a value, however deep in lists.
fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::List(items) => items.iter().find_map(first_text),
        _ => with_text(value, str::to_owned),
    }
}
