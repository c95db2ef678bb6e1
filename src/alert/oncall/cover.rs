//! What changes a rota for once: somebody who takes it for a while, and who is away.

use jiff::Timestamp;

use crate::base::id::PersonId;

/// Somebody takes a rota from one instant up to another: whoever's turn it is, or the turn of one person alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cover {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) who: PersonId,
    pub(crate) instead_of: Option<PersonId>,
}

impl Cover {
    /// Whether it counts at `now`, where it would be the turn of `regular`.
    pub(crate) fn holds(&self, now: Timestamp, regular: Option<&PersonId>) -> bool {
        let is_meant = self.instead_of.is_none() || self.instead_of.as_ref() == regular;
        is_meant && self.from <= now && now < self.to
    }
}

/// A person is away from one instant up to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Absence {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    /// Who is told instead.
    pub(crate) instead: Option<PersonId>,
}

impl Absence {
    pub(crate) fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.to
    }
}
