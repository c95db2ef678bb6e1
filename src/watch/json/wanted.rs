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

    /// Calls `hear` with each of the numbers.
    pub(super) fn each(self, mut hear: impl FnMut(Field)) {
        for field in self.0 {
            if field == NONE {
                return;
            }
            hear(field);
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
