//! What an event must have somewhere for a rule to match at all: its witnesses.
//!
//! A rule says far more than is needed to rule it out. Of all the ways to see that it cannot match, the one is taken that
//! costs least and fails most: where everything must hold, the rarest part; where one of several must hold, something
//! of each. What is negated witnesses nothing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher as _};

use super::matcher::{Field, Number};
use super::mix::Mix;
use super::pattern::Shape;

/// Where a witness is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Spot {
    Field(Field),
    /// Anywhere in the line. `values` where the line may also spell it with escapes.
    Line {
        values: bool,
    },
}

/// What is there.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sign {
    /// Any value.
    Present,
    Number(Number),
    /// A folded text.
    Text(Box<str>, Shape),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Witness {
    pub(super) spot: Spot,
    pub(super) sign: Sign,
}

/// What must be there for something to hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Need {
    /// Nothing that could be looked for.
    Nothing,
    /// One of these at least; how often one of them will be there in vain, roughly.
    Any(Vec<Witness>, u32),
}

impl Need {
    /// One witness.
    pub(super) fn one(spot: Spot, sign: Sign, cost: u32) -> Self {
        Self::Any(vec![Witness { spot, sign }], cost)
    }

    /// What is needed where all parts must hold: what the best part needs.
    pub(super) fn of_all(needs: impl IntoIterator<Item = Self>) -> Self {
        let least = needs.into_iter().min_by_key(Self::cost);
        least.unwrap_or(Self::Nothing)
    }

    /// What is needed where one part must hold: something of every part.
    pub(super) fn of_any(needs: impl IntoIterator<Item = Self>) -> Self {
        let mut witnesses = Vec::new();
        let mut cost: u32 = 0;
        for need in needs {
            match need {
                Self::Nothing => return Self::Nothing,
                Self::Any(more, added) => {
                    witnesses.extend(more);
                    cost = cost.saturating_add(added);
                }
            }
        }
        Self::Any(witnesses, cost)
    }

    /// What is needed where so many of the parts must hold. Of all but `count - 1` of them, one must.
    pub(super) fn of_some(count: usize, needs: impl IntoIterator<Item = Self>) -> Self {
        let mut needs: Vec<Self> = needs.into_iter().collect();
        if count == 0 || count > needs.len() {
            return if count == 0 { Self::Nothing } else { Self::Any(Vec::new(), 0) };
        }
        needs.sort_by_key(Self::cost);
        needs.truncate(needs.len() + 1 - count);
        Self::of_any(needs)
    }

    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::Nothing => u32::MAX,
            Self::Any(_, cost) => (*cost).min(u32::MAX - 1),
        }
    }
}

/// What a value that is merely there costs: it nearly always is.
pub(super) const PRESENT: u32 = 3_000;

/// A piece of text as a number.
pub(super) fn packed(gram: &[u8]) -> u32 {
    u32::from_le_bytes(gram.try_into().expect("pieces are four bytes long"))
}

/// A text as a number. Two that share one are both taken for a little more common than they are.
fn whole(text: &str) -> u64 {
    let mut mix = Mix::default();
    mix.write(text.as_bytes());
    mix.finish()
}

/// How common a piece of text is likely to be in logs: what many rules speak of, logs do too.
#[derive(Debug, Default)]
pub(super) struct Prior {
    grams: HashMap<u32, u32, BuildHasherDefault<Mix>>,
    /// How often each text is named as a whole.
    texts: HashMap<u64, u32, BuildHasherDefault<Mix>>,
}

/// Pieces of text as long as this are looked for.
pub(super) const GRAM: usize = 4;

impl Prior {
    /// Takes in one text that a rule speaks of.
    pub(super) fn hear(&mut self, text: &str) {
        *self.texts.entry(whole(text)).or_default() += 1;
        for gram in text.as_bytes().windows(GRAM) {
            *self.grams.entry(packed(gram)).or_default() += 1;
        }
    }

    /// How often a text is named as a whole.
    fn named(&self, text: &str) -> u32 {
        self.texts.get(&whole(text)).copied().unwrap_or(0)
    }

    /// What it costs to look for a number: events have few kinds, and numbers say which.
    pub(super) fn cost_of_number(&self, written: &str) -> u32 {
        30 + self.named(written).min(50) * 8
    }

    /// How common the pieces of `text` are that begin at `start`, `start + 1` … so many of them.
    pub(super) fn weight(&self, text: &[u8], start: usize, pieces: usize) -> u32 {
        let grams = text[start..].windows(GRAM).take(pieces);
        grams.map(|gram| self.grams.get(&packed(gram)).copied().unwrap_or(0)).sum()
    }

    /// Where in `text` the rarest so many pieces in a row begin.
    pub(super) fn rarest(&self, text: &[u8], pieces: usize) -> (usize, u32) {
        let starts = 0..=text.len().saturating_sub(GRAM - 1 + pieces);
        let weighed = starts.map(|start| (start, self.weight(text, start, pieces)));
        weighed.min_by_key(|(_, weight)| *weight).unwrap_or((0, 0))
    }

    /// What it costs to look for `text`.
    pub(super) fn cost(&self, text: &str, shape: Shape) -> u32 {
        let bytes = text.as_bytes();
        let common = |pieces| self.rarest(bytes, pieces).1.min(1_000);
        match (shape, bytes.len()) {
            (Shape::Whole, 0) => 200,
            (Shape::Whole, 1..GRAM) => 50 + 8 * self.named(text).min(50),
            (_, 0) => PRESENT,
            (Shape::Start | Shape::End, length @ 1..GRAM) => 1_000 / (u32::try_from(length).unwrap_or(1) * 4),
            (Shape::Whole | Shape::Start | Shape::End, _) => 5 + common(1) / 2 + 8 * self.named(text).min(50),
            // What is not ASCII is rare, and is told from the rest at no cost.
            (Shape::Anywhere, 1..3) if !text.is_ascii() => 20,
            (Shape::Anywhere, 1..3) => PRESENT - 500,
            (Shape::Anywhere, 3) => 900,
            (Shape::Anywhere, 4..7) => 120 + common(1),
            (Shape::Anywhere, _) => 8 + common(4) / 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(text: &str, cost: u32) -> Need {
        Need::one(Spot::Field(0), Sign::Text(text.into(), Shape::Anywhere), cost)
    }

    #[test]
    fn the_cheapest_sufficient_witnesses_are_taken() {
        assert_eq!(Need::of_all([need("a", 5), Need::Nothing, need("b", 2)]), need("b", 2));
        assert_eq!(Need::of_all([]), Need::Nothing);
        assert_eq!(Need::of_any([need("a", 5), Need::Nothing]), Need::Nothing);
        assert_eq!(Need::of_any([need("a", 5), need("b", 2)]).cost(), 7);
        // Two of three: either of the two cheapest is there.
        let Need::Any(witnesses, cost) = Need::of_some(2, [need("a", 5), need("b", 2), need("c", 9)]) else {
            panic!("two of three need something")
        };
        assert_eq!((witnesses.len(), cost), (2, 7));
        assert_eq!(Need::of_some(0, [need("a", 5)]), Need::Nothing);
        assert_eq!(Need::of_some(2, [need("a", 5)]), Need::Any(Vec::new(), 0));
        assert_eq!(Need::of_some(1, [need("a", 5), Need::Nothing]), Need::Nothing);
        assert_eq!(Need::of_some(2, [need("a", 5), Need::Nothing]), need("a", 5));
    }
}
