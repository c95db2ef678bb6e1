//! A long list of texts, compared with one text all at once instead of one after the other.

use super::comparison::Comparison;
use crate::watch::sigma::prefilter::affix::Affixes;
use crate::watch::sigma::prefilter::ngram::{Ngrams, SHORTEST};
use crate::watch::sigma::prefilter::rarity::Rarity;
use crate::watch::sigma::view::text::Shape;

/// Texts of which one must fit.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    heads: Affixes<()>,
    tails: Affixes<()>,
    inside: Ngrams<()>,
}

/// The fewest texts for which this is quicker than one after the other.
const LONG: usize = 8;

impl List {
    /// The list that does the same as all of `comparisons`. None where they are few, or any of them is more than a text.
    pub(crate) fn new(comparisons: &[Comparison]) -> Option<Self> {
        if comparisons.len() < LONG {
            return None;
        }
        let (mut heads, mut tails, mut inside) = (Vec::new(), Vec::new(), Vec::new());
        for comparison in comparisons {
            let Comparison::Text(patterns) = comparison else { return None };
            for pattern in patterns {
                let (text, shape) = pattern.plain()?;
                match shape {
                    Shape::Whole => tails.push((text.into(), true, ())),
                    Shape::Start => heads.push((text.into(), false, ())),
                    Shape::End => tails.push((text.into(), false, ())),
                    // Of what is shorter, it is only known that it may be there.
                    Shape::Anywhere if text.len() < SHORTEST => return None,
                    Shape::Anywhere => inside.push((text.into(), ())),
                }
            }
        }
        let rarity = Rarity::default();
        Some(Self {
            heads: Affixes::new(true, heads),
            tails: Affixes::new(false, tails),
            inside: Ngrams::new(inside, &rarity),
        })
    }

    /// Whether one of the texts fits a folded text.
    pub(crate) fn fits(&self, folded: &str) -> bool {
        let mut fits = false;
        let mut found = |(): &()| fits = true;
        if !self.tails.is_empty() {
            self.tails.search(folded, &mut found);
        }
        if !self.heads.is_empty() {
            self.heads.search(folded, &mut found);
        }
        if !self.inside.is_empty() {
            self.inside.search(folded.as_bytes(), &mut found);
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::pattern::Pattern;
    use super::super::template::Template;
    use super::*;
    use crate::watch::sigma::view::text::folded;

    fn comparison(text: &str, shape: Shape, cased: bool) -> Comparison {
        Comparison::Text([Pattern::new(&Template::parse(text), shape, cased)].into())
    }

    #[test]
    fn only_long_lists_of_plain_texts_are_compared_at_once() {
        let text = |text: &str| comparison(text, Shape::End, false);
        let list = |other: &[Comparison]| {
            let texts = (0..LONG - 1).map(|number| text(&format!("x{number}")));
            List::new(&texts.chain(other.iter().cloned()).collect::<Vec<_>>()).is_some()
        };
        assert!(list(&[text("y")]) && list(&[text("y"), text("*z")]));
        assert!(!list(&[]));
        for other in [text("a*b"), text("a?b"), text(""), comparison("A", Shape::End, true), Comparison::Exists(true)] {
            assert!(!list(std::slice::from_ref(&other)), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn a_list_fits_what_any_of_its_texts_fits(
            texts in proptest::collection::vec("[aBé]{1,6}", LONG..12),
            text in "[AbÉ]{0,7}",
        ) {
            for shape in [Shape::Whole, Shape::Start, Shape::End, Shape::Anywhere] {
                let comparisons: Vec<Comparison> = texts.iter().map(|text| comparison(text, shape, false)).collect();
                let Some(list) = List::new(&comparisons) else {
                    prop_assert!(shape == Shape::Anywhere && texts.iter().any(|text| text.len() < SHORTEST));
                    continue;
                };
                let folded = folded(&text);
                let any = texts.iter().any(|wanted| {
                    Pattern::new(&Template::parse(wanted), shape, false).matches(&text, &folded)
                });
                prop_assert_eq!(list.fits(&folded), any, "{:?} {:?} {}", shape, texts, text);
            }
        }
    }
}
