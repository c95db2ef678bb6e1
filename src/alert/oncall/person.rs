//! A person and the ways to reach them.

use jiff::Timestamp;

use super::cover::Absence;
use super::hours::Hours;
use crate::alert::medium::{Address, Medium};
use crate::base::id::PersonId;
use crate::base::language::Language;

/// Somebody who can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name used in the site's files.
    pub id: PersonId,
    /// The name shown to people.
    pub name: String,
    /// The language of their pages.
    pub language: Language,
    /// Where they are reached, at most once by each medium.
    pub addresses: Vec<Address>,
    /// A number to call by hand, printed on cards and on the call tree.
    pub phone: Option<String>,
    /// Their accounts on the machine that vigie runs on.
    pub(crate) accounts: Vec<String>,
    /// When they are away.
    pub(crate) away: Vec<Absence>,
    /// When they are told only what their chain does not leave for later.
    pub(crate) quiet: Option<Vec<Hours>>,
}

impl Person {
    /// Whether they are not away.
    pub(crate) fn is_there(&self, now: Timestamp) -> bool {
        !self.away.iter().any(|absence| absence.holds(now))
    }

    /// Whether it is an hour at which they want to be left in peace.
    pub(crate) fn wants_peace(&self, now: Timestamp) -> bool {
        self.quiet.iter().flatten().any(|hours| hours.hold(now))
    }

    /// Who is told instead of them, as far as they are away and somebody is named.
    pub(super) fn instead(&self, now: Timestamp) -> Option<&PersonId> {
        self.away.iter().filter(|absence| absence.holds(now)).find_map(|absence| absence.instead.as_ref())
    }

    /// Where `medium` reaches them.
    pub fn address(&self, medium: Medium) -> Option<Address> {
        let own = self.addresses.iter().find(|address| address.medium() == medium).cloned();
        own.or_else(|| medium.shared_address())
    }

    /// The number under which somebody can call them.
    pub(crate) fn number(&self) -> Option<&str> {
        self.phone.as_deref().or_else(|| self.addresses.iter().find_map(Address::telephone))
    }
}
