//! The accounts of this machine that people have: the key `account:` of a person in `people.yaml`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use super::name::Name;
use crate::account;
use crate::alert::channel::Checking;
use crate::finding::people::{same_account, unknown_account};
use crate::text::spanned::Spanned;

/// An account, or several.
#[derive(Debug)]
pub(super) enum Accounts {
    /// One.
    One(String),
    /// Several.
    Several(Vec<Name>),
}

impl Spanned<Accounts> {
    /// Each account with its place.
    fn each(&self) -> Vec<Name> {
        match &self.value {
            Accounts::One(account) => vec![Spanned::new(account.clone(), self.span)],
            Accounts::Several(accounts) => accounts.clone(),
        }
    }

    /// What the accounts are called.
    pub(super) fn names(&self) -> Vec<String> {
        self.each().into_iter().map(|account| account.value).collect()
    }
}

/// Looks at everybody's accounts: no two people share one, or it would not tell who they are.
pub(super) fn check<'a>(
    people: impl Iterator<Item = (&'a Name, Option<&'a Spanned<Accounts>>)>,
    at: &mut Checking<'_>,
) {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for (person, accounts) in people {
        for account in accounts.map(Spanned::each).unwrap_or_default() {
            if let Some(other) = owners.insert(account.value.clone(), person.value.as_str()) {
                at.found.push(same_account(&account.value, other).at(at.source, account.span));
            } else if !account::is_known(&account.value) {
                at.found.push(unknown_account(&account.value).at(at.source, account.span));
            }
        }
    }
}

impl<'de> Deserialize<'de> for Accounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Accounts;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text or a list of texts")
            }

            fn visit_str<E>(self, text: &str) -> Result<Accounts, E> {
                Ok(Accounts::One(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Accounts, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(items)).map(Accounts::Several)
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Accounts {
    fn schema_name() -> Cow<'static, str> {
        "Accounts".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})
    }
}
