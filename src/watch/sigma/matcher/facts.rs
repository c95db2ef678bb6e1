//! What correlations need of an event: the first text and the first number of the fields they group by and count.
//! Owned, so that events can be matched in one place and counted in another. Knows no rules.
//!
//! They count what was written, so that nobody becomes one with another because both are private; what they tell of it is
//! what may be shown. That is only found out of what is told: most is only counted.

use std::fmt;

use crate::base::redact::{Class, Clean};
use crate::watch::record::Field;
use crate::watch::sigma::view::View;
use crate::watch::sigma::view::number::Number;
use crate::watch::sigma::witness::Witness;

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

    /// What one event says in these fields; `class` is what the name of a field says of its text.
    pub(crate) fn of(&self, view: &mut View<'_>, class: impl Fn(Field) -> Class) -> Facts {
        let mut facts = Facts::default();
        for field in &self.texts {
            if let Some(seen) = view.values(*field).find(|seen| seen.has_text()) {
                facts.add((*field, class(*field)), seen.plain, self.texts.len());
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
    /// What the name of each field says of its text, and where that ends. It begins where the one before it ends.
    ends: Vec<(Field, Class, usize)>,
    numbers: Vec<(Field, f64)>,
}

/// A value of an event.
#[derive(Clone, Copy)]
pub(crate) struct Fact<'a> {
    /// As it was written: to be hashed and compared, in memory only.
    pub(crate) written: &'a str,
    shown: Shown<'a>,
}

/// Who knows what may be shown of a value.
#[derive(Clone, Copy)]
enum Shown<'a> {
    /// The event it is of.
    By(&'a dyn Witness, Class),
    /// It is this.
    Kept(&'a Clean),
}

impl<'a> Fact<'a> {
    /// One that was kept: of it nothing is known but what may be shown.
    pub(crate) fn kept(shown: &'a Clean) -> Self {
        Self { written: shown, shown: Shown::Kept(shown) }
    }

    /// As it may be shown.
    pub(crate) fn clean(self) -> Clean {
        match self.shown {
            Shown::By(witness, class) => witness.clean(class, self.written),
            Shown::Kept(clean) => clean.clone(),
        }
    }
}

/// How long the text of a field usually is at most.
const USUAL: usize = 24;

impl Facts {
    /// Adds the text of a field, one of so many.
    fn add(&mut self, (field, class): (Field, Class), text: &str, many: usize) {
        if self.ends.is_empty() {
            self.ends.reserve_exact(many);
            self.said.reserve(text.len().max(USUAL) + (many - 1) * USUAL);
        }
        self.said.push_str(text);
        self.ends.push((field, class, self.said.len()));
    }

    /// What the event said in a field; `witness` is the event.
    pub(crate) fn get<'a>(&'a self, field: Field, witness: &'a dyn Witness) -> Option<Fact<'a>> {
        let at = self.ends.iter().position(|(known, ..)| *known == field)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].2);
        let (_, class, end) = self.ends[at];
        Some(Fact { written: &self.said[start..end], shown: Shown::By(witness, class) })
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
    use crate::watch::sigma::witness::Nobody;

    #[test]
    fn each_text_is_found_again_and_empty_ones_are_there() {
        let mut facts = Facts::default();
        for (field, text) in [(7, "élodie"), (3, ""), (9, "a text that is longer than is usual for a field")] {
            facts.add((field, Class::Open), text, 3);
        }
        let texts = [7, 3, 9, 4].map(|field| facts.get(field, &Nobody).map(|fact| fact.written));
        assert_eq!(texts, [Some("élodie"), Some(""), Some("a text that is longer than is usual for a field"), None]);
    }
}
