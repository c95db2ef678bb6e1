//! A quick look at the ends of a text: enough to pass over most of a long list of values without touching them.
//!
//! The last eight bytes of a text, or the first, are one number. So are those of every value that is tied to an end. The
//! numbers of a list lie side by side, the values themselves are all over the memory.

use super::ends::word;
use super::matcher::Matcher;
use super::pattern::Pattern;
use super::view::Seen;

/// The values of one key, of which one has to fit.
#[derive(Debug, Clone)]
pub(super) struct Gates {
    gates: Box<[Gate]>,
    /// Whether a value of the event alone does not tell if each of them fits.
    special: bool,
}

/// What the end of a text must be for one value to fit.
#[derive(Debug, Clone, Copy)]
struct Gate {
    word: u64,
    /// The bits that count; none where the value may be anywhere.
    mask: u64,
    start: bool,
    matcher: u32,
}

impl Gates {
    pub(super) fn new(matchers: &[Matcher]) -> Self {
        let mut gates: Vec<Gate> = Vec::with_capacity(matchers.len());
        for (number, matcher) in (0..).zip(matchers) {
            let open = Gate { word: 0, mask: 0, start: false, matcher: number };
            let ends: Option<Vec<Gate>> = match matcher {
                Matcher::Text(patterns) => patterns.iter().map(|pattern| Gate::of(pattern, number)).collect(),
                _ => None,
            };
            gates.extend(ends.unwrap_or_else(|| vec![open]));
        }
        Self { gates: gates.into(), special: matchers.iter().any(Matcher::is_special) }
    }

    /// Whether more than a value has to be looked at.
    pub(super) fn are_special(&self) -> bool {
        self.special
    }

    /// Whether any of the `matchers` that the gates were made of fits a value.
    pub(super) fn any_fits(&self, matchers: &[Matcher], value: Seen<'_>) -> bool {
        let (head, tail) = (word(true, value.folded.as_bytes()), word(false, value.folded.as_bytes()));
        let passes = |gate: &Gate| (if gate.start { head } else { tail }) & gate.mask == gate.word;
        self.gates.iter().any(|gate| passes(gate) && matchers[gate.matcher as usize].fits(value))
    }
}

impl Gate {
    /// Nothing where the pattern is not tied to an end.
    fn of(pattern: &Pattern, matcher: u32) -> Option<Self> {
        let (start, text) = pattern.end()?;
        let bits = 8 * u32::try_from(text.len().min(8)).expect("eight is a small number");
        let mask = u64::MAX.checked_shl(64 - bits).unwrap_or(0);
        Some(Self { word: word(start, text.as_bytes()) & mask, mask, start, matcher })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::pattern::{Shape, Template, folded};
    use super::super::view::Sort;
    use super::*;

    fn matcher() -> impl Strategy<Value = Matcher> {
        let shape = prop_oneof![Just(Shape::Whole), Just(Shape::Start), Just(Shape::End), Just(Shape::Anywhere)];
        let pattern = ("[abÉ*?]{0,11}", shape, any::<bool>())
            .prop_map(|(text, shape, cased)| Pattern::new(&Template::parse(&text), shape, cased));
        proptest::collection::vec(pattern, 1..3).prop_map(|patterns| Matcher::Text(patterns.into()))
    }

    proptest! {
        #[test]
        fn what_fits_passes_a_gate(
            matchers in proptest::collection::vec(matcher(), 0..6),
            text in "[abABé]{0,14}",
        ) {
            let folded = folded(&text);
            let value = Seen { sort: Sort::Text, plain: &text, folded: &folded };
            let fits = matchers.iter().any(|matcher| matcher.fits(value));
            prop_assert_eq!(Gates::new(&matchers).any_fits(&matchers, value), fits);
        }
    }
}
