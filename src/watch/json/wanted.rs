//! Under which numbers one member of an object is to be heard.

use crate::watch::record::Field;

/// A few numbers of fields, most often one or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::watch) struct Wanted([Field; SEVERAL]);

const SEVERAL: usize = 4;
/// No field.
const NONE: Field = Field::MAX;

impl Wanted {
    /// Of no interest.
    pub(in crate::watch) const NOTHING: Self = Self([NONE; SEVERAL]);

    /// Adds a number; there is room for four.
    pub(in crate::watch) fn add(&mut self, field: Field) {
        if let Some(free) = self.0.iter_mut().find(|place| **place == NONE) {
            *free = field;
        }
    }
}

impl From<Option<Field>> for Wanted {
    fn from(field: Option<Field>) -> Self {
        let mut wanted = Self::NOTHING;
        wanted.0[0] = field.unwrap_or(NONE);
        wanted
    }
}

impl IntoIterator for Wanted {
    type Item = Field;
    type IntoIter = std::iter::TakeWhile<std::array::IntoIter<Field, SEVERAL>, fn(&Field) -> bool>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().take_while(|field| *field != NONE)
    }
}
