//! The condition of a detection: what it says of an event, and what must be there for it to hold. Knows selections by
//! number only.

use crate::watch::sigma::prefilter::needle::Need;

/// What must hold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// The selection of this number.
    Selection(usize),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
    /// At least so many of these selections.
    AtLeast(usize, Vec<usize>),
}

impl Condition {
    /// Whether it holds where `selection` says which selections do.
    pub(crate) fn holds(&self, selection: &mut impl FnMut(usize) -> bool) -> bool {
        match self {
            Self::Selection(index) => selection(*index),
            Self::Not(inner) => !inner.holds(selection),
            Self::All(parts) => parts.iter().all(|part| part.holds(selection)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(selection)),
            Self::AtLeast(count, indices) => at_least(*count, indices, selection),
        }
    }

    /// What must be there for it to hold, where `selection` says it of each selection.
    pub(crate) fn need(&self, selection: &impl Fn(usize) -> Need) -> Need {
        match self {
            Self::Selection(index) => selection(*index),
            Self::Not(inner) => match &**inner {
                Self::Not(inner) => inner.need(selection),
                _ => Need::NOTHING,
            },
            Self::All(parts) => Need::of_all(parts.iter().map(|part| part.need(selection))),
            Self::Any(parts) => Need::of_any(parts.iter().map(|part| part.need(selection))),
            Self::AtLeast(count, indices) => Need::of_some(*count, indices.iter().map(|index| selection(*index))),
        }
    }

    /// Whether it can hold at all where `can` says which selections ever do. Any of them may fail to.
    pub(crate) fn can_hold(&self, can: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::Selection(index) => can(*index),
            Self::Not(inner) => inner.can_fail(can),
            Self::All(parts) => parts.iter().all(|part| part.can_hold(can)),
            Self::Any(parts) => parts.iter().any(|part| part.can_hold(can)),
            Self::AtLeast(count, indices) => indices.iter().filter(|index| can(**index)).count() >= *count,
        }
    }

    fn can_fail(&self, can: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::Selection(_) | Self::AtLeast(..) => true,
            Self::Not(inner) => inner.can_hold(can),
            Self::All(parts) => parts.iter().any(|part| part.can_fail(can)),
            Self::Any(parts) => parts.iter().all(|part| part.can_fail(can)),
        }
    }

    /// Whether it ever holds because the selection of this number does; `not` turns that round.
    pub(crate) fn asks_for(&self, wanted: usize, negated: bool) -> bool {
        match self {
            Self::Selection(index) => !negated && *index == wanted,
            Self::Not(inner) => inner.asks_for(wanted, !negated),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.asks_for(wanted, negated)),
            Self::AtLeast(_, indices) => !negated && indices.contains(&wanted),
        }
    }

    /// Calls `seen` with every selection that is named.
    pub(crate) fn visit(&self, seen: &mut impl FnMut(usize)) {
        match self {
            Self::Selection(index) => seen(*index),
            Self::Not(inner) => inner.visit(seen),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(seen)),
            Self::AtLeast(_, indices) => indices.iter().copied().for_each(seen),
        }
    }
}

/// Asks no further than it has to.
fn at_least(count: usize, indices: &[usize], selection: &mut impl FnMut(usize) -> bool) -> bool {
    let (mut held, mut left) = (0, indices.len());
    for index in indices {
        if held >= count || held + left < count {
            break;
        }
        held += usize::from(selection(*index));
        left -= 1;
    }
    held >= count
}
