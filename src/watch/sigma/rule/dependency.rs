//! The rules under a correlation, and which of them have to be able to match before the correlation can.

use std::sync::Arc;

use super::correlation::Definition;
use super::measure::{Bound, Kind};
use super::rule_expression::RuleExpression;

/// What a correlation counts, in its order.
#[derive(Debug, Clone)]
pub struct Dependencies<R> {
    rules: Vec<Arc<R>>,
    asks: Asks,
}

/// Which parts a correlation asks for.
#[derive(Debug, Clone)]
enum Asks {
    /// Any of them is enough, however many matches are counted.
    Any,
    /// So many different ones as these bounds say.
    Different(Vec<Bound>),
    /// The same, from the first on without a gap.
    FromTheFirst(Vec<Bound>),
    /// Those without which a condition in words cannot hold.
    Words(Arc<RuleExpression>),
}

impl<R> Dependencies<R> {
    /// The parts of the correlation that is so defined.
    pub(crate) fn of(definition: &Definition, rules: Vec<Arc<R>>) -> Self {
        let asks = match (&definition.words, definition.kind) {
            (Some(words), _) => Asks::Words(Arc::clone(words)),
            (None, Kind::Rules) => Asks::Different(definition.bounds.clone()),
            (None, Kind::Steps) => Asks::FromTheFirst(definition.bounds.clone()),
            (None, _) => Asks::Any,
        };
        Self { rules, asks }
    }

    /// The rules that are counted.
    pub fn rules(&self) -> &[Arc<R>] {
        &self.rules
    }

    /// Whether any one of the parts is enough.
    pub(crate) fn any_is_enough(&self) -> bool {
        matches!(self.asks, Asks::Any)
    }

    /// The parts that keep the whole from matching, where only those of which `can` is true can match. None of them
    /// where the whole can match; those that nothing can stand in for, or else all that would help.
    pub(crate) fn lacking(&self, can: &[bool]) -> Vec<usize> {
        if self.suffice(&|part| can[part]) {
            return Vec::new();
        }
        let unable = (0..self.rules.len()).filter(|part| !can[*part] && self.helps(*part));
        let (vital, others): (Vec<usize>, Vec<usize>) = unable.partition(|part| !self.suffice(&|other| other != *part));
        if vital.is_empty() { others } else { vital }
    }

    /// Whether the whole can match where only these parts can.
    fn suffice(&self, can: &impl Fn(usize) -> bool) -> bool {
        let parts = 0..self.rules.len();
        let reached = |most: usize, bounds: &[Bound]| {
            let holds = |count: usize| bounds.iter().all(|bound| bound.holds(number(count)));
            // Nothing is looked at before one of them matched.
            (1..=most).any(holds)
        };
        match &self.asks {
            Asks::Any => parts.into_iter().any(can),
            Asks::Different(bounds) => reached(parts.filter(|part| can(*part)).count(), bounds),
            Asks::FromTheFirst(bounds) => reached(parts.take_while(|part| can(*part)).count(), bounds),
            Asks::Words(words) => words.can_hold(can),
        }
    }

    /// Whether a match of this part can ever bring the whole nearer.
    fn helps(&self, part: usize) -> bool {
        match &self.asks {
            Asks::Words(words) => words.ask_for(part),
            _ => true,
        }
    }
}

fn number(count: usize) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}
