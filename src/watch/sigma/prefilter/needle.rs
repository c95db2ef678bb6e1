//! What an event must have somewhere for a rule to match at all: its needles.
//!
//! A rule says far more than is needed to rule it out. Of all the ways to see that it cannot match, the few are taken that
//! cost least and fail most: where everything must hold, the rarest parts; where one of several must hold, something
//! of each. What is negated gives no needle.

use super::candidates::NEEDS;
use super::ngram::LONG;
use crate::watch::record::Field;
use crate::watch::sigma::view::number::Number;
use crate::watch::sigma::view::text::Shape;

/// Where a needle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Spot {
    Field(Field),
    /// Anywhere in the line. `values` where the line may also spell it with escapes.
    Line {
        values: bool,
    },
}

/// What is there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sign {
    /// Any value.
    Present,
    Number(Number),
    /// A folded text.
    Text(Box<str>, Shape),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Needle {
    pub(crate) spot: Spot,
    pub(crate) sign: Sign,
}

/// Witnesses of which one must be there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clause {
    pub(crate) needles: Vec<Needle>,
    /// How often one of them will be there in vain, roughly.
    cost: u32,
}

/// What must be there for something to hold: one needle of each clause. No clause where there is nothing that could be
/// looked for; a clause without needles where it cannot hold at all.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Need {
    /// The cheapest first, and not more than are ever looked for.
    clauses: Vec<Clause>,
}

impl Clause {
    /// Whether it is worth being looked for besides a cheaper one. What is nearly always there rules nothing out, and
    /// what is short or anywhere in a line takes longer to be found than the rule to be tried.
    fn adds_something(&self) -> bool {
        let dear = |needle: &Needle| match (needle.spot, &needle.sign) {
            (Spot::Line { .. }, _) => true,
            (Spot::Field(_), Sign::Text(text, Shape::Anywhere)) => text.len() < LONG,
            (Spot::Field(_), _) => false,
        };
        self.cost < COMMON && !self.needles.iter().any(dear)
    }
}

impl Need {
    /// Nothing that could be looked for.
    pub(crate) const NOTHING: Self = Self { clauses: Vec::new() };

    /// What cannot be.
    pub(crate) fn never() -> Self {
        Self { clauses: vec![Clause { needles: Vec::new(), cost: 0 }] }
    }

    /// One needle.
    pub(crate) fn one(spot: Spot, sign: Sign, cost: u32) -> Self {
        Self { clauses: vec![Clause { needles: vec![Needle { spot, sign }], cost }] }
    }

    /// What is needed where all parts must hold: what the best parts need.
    pub(crate) fn of_all(needs: impl IntoIterator<Item = Self>) -> Self {
        let mut clauses: Vec<Clause> = needs.into_iter().flat_map(|need| need.clauses).collect();
        clauses.sort_by_key(|clause| clause.cost);
        clauses.dedup();
        clauses.truncate(NEEDS);
        Self { clauses }
    }

    /// What is needed where one part must hold: something of every part; and where the parts need more than that,
    /// something else of every part that has it.
    pub(crate) fn of_any(needs: impl IntoIterator<Item = Self>) -> Self {
        let needs: Vec<Self> = needs.into_iter().collect();
        if needs.iter().any(|need| need.clauses.is_empty()) {
            return Self::NOTHING;
        }
        let most = needs.iter().map(|need| need.clauses.len()).max().unwrap_or(1);
        let clause = |rank: usize| {
            let parts = || needs.iter().filter_map(|need| need.clauses.get(rank).or(need.clauses.last()));
            let needles = parts().flat_map(|clause| clause.needles.iter().cloned()).collect();
            Clause { needles, cost: parts().fold(0, |cost, clause| cost.saturating_add(clause.cost)) }
        };
        Self { clauses: (0..most).map(clause).collect() }
    }

    /// What is needed where so many of the parts must hold. Of all but `count - 1` of them, one must.
    pub(crate) fn of_some(count: usize, needs: impl IntoIterator<Item = Self>) -> Self {
        let mut needs: Vec<Self> = needs.into_iter().collect();
        if count == 0 || count > needs.len() {
            return if count == 0 { Self::NOTHING } else { Self::never() };
        }
        needs.sort_by_key(Self::cost);
        needs.truncate(needs.len() + 1 - count);
        Self::of_any(needs)
    }

    fn cost(&self) -> u32 {
        self.clauses.first().map_or(u32::MAX, |clause| clause.cost.min(u32::MAX - 1))
    }

    /// The clause that rules out most.
    pub(crate) fn first(&self) -> Option<&Clause> {
        self.clauses.first()
    }

    /// The clauses that are worth being looked for, where `looked` says which needles are looked at and looked through
    /// in any case. What is looked at for one rule alone must spare it many tries.
    pub(crate) fn worthwhile(&self, looked: impl Fn(&Needle) -> bool) -> impl Iterator<Item = &Clause> {
        let often = self.cost() > OFTEN;
        let worth = move |clause: &&Clause| clause.adds_something() && (often || clause.needles.iter().all(&looked));
        self.first().into_iter().chain(self.clauses.iter().skip(1).filter(worth))
    }
}

/// What is there this often, roughly, is hardly rarer than what always is.
const COMMON: u32 = 2_500;

/// A rule whose first clause is met more often than this is tried often.
const OFTEN: u32 = 1_400;

#[cfg(test)]
mod tests {
    use super::*;

    fn need(text: &str, cost: u32) -> Need {
        Need::one(Spot::Field(0), Sign::Text(text.into(), Shape::Anywhere), cost)
    }

    #[test]
    fn the_cheapest_sufficient_witnesses_are_taken() {
        let both = Need::of_all([need("a", 5), Need::NOTHING, need("b", 2)]);
        assert_eq!(both.clauses, [need("b", 2).clauses, need("a", 5).clauses].concat());
        assert_eq!(Need::of_all([]), Need::NOTHING);
        assert_eq!(Need::of_any([need("a", 5), Need::NOTHING]), Need::NOTHING);
        assert_eq!(Need::of_any([]), Need::never());
        assert_eq!(Need::of_any([need("a", 5), need("b", 2)]).cost(), 7);
        // Two of three: either of the two cheapest is there.
        let two = Need::of_some(2, [need("a", 5), need("b", 2), need("c", 9)]);
        assert_eq!(two, Need::of_any([need("b", 2), need("a", 5)]));
        assert_eq!(Need::of_some(0, [need("a", 5)]), Need::NOTHING);
        assert_eq!(Need::of_some(2, [need("a", 5)]), Need::never());
        assert_eq!(Need::of_some(1, [need("a", 5), Need::NOTHING]), Need::NOTHING);
        assert_eq!(Need::of_some(2, [need("a", 5), Need::NOTHING]), need("a", 5));
    }

    #[test]
    fn further_clauses_are_looked_for_where_they_are_rare_and_easily_found() {
        let clauses = |parts: &[(&str, u32)], looked: bool| {
            let need = Need::of_all(parts.iter().map(|(text, cost)| need(text, *cost)));
            need.worthwhile(|_| looked).map(|clause| clause.cost).collect::<Vec<_>>()
        };
        for looked in [true, false] {
            assert_eq!(clauses(&[("short", 1_500), ("long enough", 1_600)], looked), [1_500, 1_600]);
            assert_eq!(clauses(&[("long enough", 1_500), ("short", 1_600)], looked), [1_500]);
            assert_eq!(clauses(&[("long enough", 1_500), ("everywhere", COMMON)], looked), [1_500]);
            assert_eq!(clauses(&[("everywhere", COMMON)], looked), [COMMON]);
        }
        // A rule that is hardly ever tried is not worth another look.
        assert_eq!(clauses(&[("seldom there", 7), ("long enough", 1_600)], true), [7, 1_600]);
        assert_eq!(clauses(&[("seldom there", 7), ("long enough", 1_600)], false), [7]);
    }

    #[test]
    fn of_two_parts_each_gives_something_to_every_clause() {
        let both = Need::of_all([need("a", 1), need("b", 2)]);
        let either = Need::of_any([both, need("c", 4)]);
        let texts = either.clauses.iter().map(|clause| &clause.needles[..]);
        let wanted =
            [["a", "c"], ["b", "c"]].map(|texts| texts.map(|text| need(text, 0).clauses[0].needles[0].clone()));
        assert!(texts.eq(wanted.iter().map(|texts| &texts[..])), "{either:?}");
        assert_eq!(either.cost(), 5);
    }
}
