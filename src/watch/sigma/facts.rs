//! What correlations need of an event: the first text and the first number of the fields they group by and count.
//! Owned, so that events can be matched in one place and counted in another. Knows no rules.

use super::matcher::{Field, Number};
use super::view::View;

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

    /// What one event says in these fields; `show` makes of a field's text what may be kept.
    pub(super) fn of(&self, view: &mut View<'_>, show: &impl Fn(Field, &str) -> String) -> Facts {
        let mut facts = Facts::default();
        for field in &self.texts {
            if let Some(seen) = view.values(*field).find(|seen| seen.has_text()) {
                facts.texts.push((*field, show(*field, seen.plain)));
            }
        }
        for field in &self.numbers {
            let number = view.values(*field).find_map(|seen| Number::parse(&show(*field, seen.plain))?.amount());
            facts.numbers.extend(number.map(|number| (*field, number)));
        }
        facts
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
