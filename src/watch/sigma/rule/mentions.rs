//! What one document mentions: the fields that it names, and the values that wait for lists of the site.

use super::expansion::Expansion;
use crate::watch::record::Field;

/// What is noted while a document is read.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    pub(crate) names: Names,
    /// The values with placeholders, by the numbers under which comparisons know them.
    pub(crate) expansions: Vec<Expansion>,
}

impl Mentions {
    /// The number of one more value with placeholders.
    pub(super) fn expansion(&mut self, expansion: Expansion) -> usize {
        self.expansions.push(expansion);
        self.expansions.len() - 1
    }
}

/// The fields that one document names, in the order of their first mention.
#[derive(Debug, Default)]
pub(crate) struct Names(Vec<String>);

impl Names {
    /// The number of `name`, a new one where it was not mentioned before.
    pub(crate) fn number(&mut self, name: &str) -> Field {
        let known = self.0.iter().position(|other| other == name);
        let index = known.unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        Field::try_from(index).expect("a document names fewer than four thousand million fields")
    }

    /// What the field of this number is called.
    pub(crate) fn name(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}
