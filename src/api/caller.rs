//! Who has something done, as the machine knows it: the account behind the local socket.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::id::PersonId;

/// The account of this machine that asks over the local socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// What it is called; its number where it has no name.
    pub(crate) account: String,
    /// Whether it may speak for people who have accounts of their own.
    pub(crate) for_others: bool,
}

/// Who says something: somebody named, or whomever the account that asks belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Speaker(pub(crate) Option<PersonId>);

/// By which account something was done; kept beside what was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DoneBy {
    /// What the account is called.
    pub(crate) account: String,
    /// The person who is named has another account or none: the account said that it was them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) as_said: bool,
}

impl DoneBy {
    /// What its parts are called in the ledger, beside the particulars of the fact.
    pub(crate) const NAMES: [&str; 2] = ["account", "as_said"];
}

impl<T: Into<PersonId>> From<T> for Speaker {
    fn from(person: T) -> Self {
        Self(Some(person.into()))
    }
}
