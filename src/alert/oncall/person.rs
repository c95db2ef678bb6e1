//! A person and the ways to reach them.

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
    /// Mail address.
    pub mail: Option<String>,
    /// Mobile number for text messages, in international form.
    pub sms: Option<String>,
    /// A number to call by hand, printed on cards and on the call tree.
    pub phone: Option<String>,
}
