//! What correlations need of an event: the first text and the first number of the fields they group by and count.
//! Owned, so that events can be matched in one place and counted in another. Knows no rules.
//!
//! They count what was written, so that nobody becomes one with another because both are private; what they tell of it is
//! what may be shown.

use std::borrow::Cow;
use std::fmt;

use crate::base::redact::Clean;
use crate::watch::record::Field;
use crate::watch::sigma::view::View;
use crate::watch::sigma::view::number::Number;

/// The fields that the correlations behind one rule ask for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    texts: Vec<Field>,
    numbers: Vec<Field>,
}

impl Wanted {
    pub(crate) fn text(&mut self, field: Field) {
        if !self.texts.contains(&field) {
            self.texts.push(field);
        }
    }

    pub(crate) fn number(&mut self, field: Field) {
        if !self.numbers.contains(&field) {
            self.numbers.push(field);
        }
    }

    /// What one event says in these fields; `show` makes of a field's text what may be shown.
    pub(crate) fn of(&self, view: &mut View<'_>, show: &impl Fn(Field, &str) -> Cow<'_, str>) -> Facts {
        let mut facts = Facts::default();
        for field in &self.texts {
            if let Some(seen) = view.values(*field).find(|seen| seen.has_text()) {
                facts.add(*field, seen.plain, self.texts.len());
                match show(*field, seen.plain) {
                    // Nearly always the text itself.
                    Cow::Borrowed(shown) if std::ptr::eq(shown, seen.plain) => {}
                    shown => facts.shown.get_or_insert_default().0.push((*field, Clean::left(shown))),
                }
            }
        }
        for field in &self.numbers {
            let number = view.values(*field).find_map(|seen| Number::parse(seen.plain)?.amount());
            facts.numbers.extend(number.map(|number| (*field, number)));
        }
        facts
    }
}

/// What one event says in the fields that were asked for. Of several values of one field, the first counts.
#[derive(Clone, Default)]
pub(crate) struct Facts {
    /// All texts, one behind the other: an event that counts has several, and room is made once for all of them.
    said: String,
    /// Where the text of each field ends. It begins where the one before it ends.
    ends: Vec<(Field, usize)>,
    /// What may be shown of texts, where that is not the text. Nearly never any, and small: a hit is moved often.
    shown: Option<Box<Shown>>,
    numbers: Vec<(Field, f64)>,
}

/// What may be shown of the texts of some fields.
#[derive(Clone, Default)]
struct Shown(Vec<(Field, Clean)>);

/// A value of an event.
#[derive(Clone, Copy)]
pub(crate) struct Fact<'a> {
    /// As it was written: to be hashed and compared, in memory only.
    pub(crate) written: &'a str,
    /// As it may be shown, where that is not as it was written.
    shown: Option<&'a Clean>,
}

impl<'a> Fact<'a> {
    /// One that was kept: of it nothing is known but what may be shown.
    pub(crate) fn kept(shown: &'a Clean) -> Self {
        Self { written: shown, shown: Some(shown) }
    }

    /// As it may be shown.
    pub(crate) fn clean(self) -> Clean {
        self.shown.map_or_else(|| Clean::left(Cow::Borrowed(self.written)), Clone::clone)
    }

    /// Whether something was taken out of it.
    pub(crate) fn is_covered(self) -> bool {
        self.shown.is_some_and(|shown| **shown != *self.written)
    }
}

/// How long the text of a field usually is at most.
const USUAL: usize = 24;

impl Facts {
    /// Adds the text of a field, one of so many.
    fn add(&mut self, field: Field, text: &str, many: usize) {
        if self.ends.is_empty() {
            self.ends.reserve_exact(many);
            self.said.reserve(text.len().max(USUAL) + (many - 1) * USUAL);
        }
        self.said.push_str(text);
        self.ends.push((field, self.said.len()));
    }

    pub(crate) fn get(&self, field: Field) -> Option<Fact<'_>> {
        let at = self.ends.iter().position(|(known, _)| *known == field)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].1);
        let written = &self.said[start..self.ends[at].1];
        let shown = self.shown.iter().flat_map(|shown| &shown.0).find(|(known, _)| *known == field);
        Some(Fact { written, shown: shown.map(|(_, shown)| shown) })
    }

    pub(crate) fn number(&self, field: Field) -> Option<f64> {
        self.numbers.iter().find(|(known, _)| *known == field).map(|(_, number)| *number)
    }
}

/// How many there are: what is written may be private.
impl fmt::Debug for Facts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Facts({} texts, {} numbers)", self.ends.len(), self.numbers.len())
    }
}

/// As it may be shown.
impl fmt::Debug for Fact<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Fact({:?})", self.clean())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_found_again_and_empty_ones_are_there() {
        let mut facts = Facts::default();
        for (field, text) in [(7, "élodie"), (3, ""), (9, "a text that is longer than is usual for a field")] {
            facts.add(field, text, 3);
        }
        let texts = [7, 3, 9, 4].map(|field| facts.get(field).map(|fact| fact.written));
        assert_eq!(texts, [Some("élodie"), Some(""), Some("a text that is longer than is usual for a field"), None]);
    }
}
