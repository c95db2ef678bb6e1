//! A person and the ways to reach them.

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
}

impl Person {
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
