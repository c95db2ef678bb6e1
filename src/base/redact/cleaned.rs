//! A text that may be shown. What leaves vigie for a person, a page or a disk and comes out of a log is one of these, and only
//! the cleaner makes them.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Class, redact, redact_in};

/// A text without identifiers of patients and without secrets.
///
/// There is no way to make one of a text but to clean it, so that what was not cleaned cannot be given to whoever shows or
/// keeps it:
///
/// ```compile_fail
/// fn tell(found: &mut vigie::watch::sigma::Match, line: &str) {
///     found.line = Some(line.to_owned());
/// }
/// ```
///
/// ```
/// use vigie::base::redact::Clean;
///
/// fn tell(found: &mut vigie::watch::sigma::Match, line: &str) {
///     found.line = Some(Clean::of(line));
/// }
/// assert_eq!(&*Clean::of("NIR 1 85 05 78 006 084 91 admis"), "NIR […] admis");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Clean(String);

impl Clean {
    /// What may be shown of `text`.
    pub fn of(text: &str) -> Self {
        Self(redact(text).into_owned())
    }

    /// What may be shown of a value of a field of this class: an account stays one, a password goes.
    pub(crate) fn in_class(class: Class, value: &str) -> Self {
        Self(redact_in(class, value).into_owned())
    }

    /// What the cleaner of a whole record left of a text. `tests/architecture` keeps the list of those who may say so.
    pub(crate) fn left(cleaned: Cow<'_, str>) -> Self {
        Self(cleaned.into_owned())
    }

    /// The same, made fit for the eye: cut, or with signs for what cannot be seen. What was cut off is gone; nothing is put
    /// in that was not there.
    pub(crate) fn shaped(&self, shape: impl FnOnce(&str) -> String) -> Self {
        Self(shape(&self.0))
    }

    /// Several values of one field.
    pub(crate) fn all_of(values: &[Self]) -> Self {
        let texts: Vec<&str> = values.iter().map(|value| &**value).collect();
        Self(texts.join(", "))
    }
}

impl Deref for Clean {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Clean {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Clean {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// In a schema it is text.
impl JsonSchema for Clean {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// What was kept was cleaned then; it is again by what is known now. Of a mailbox nobody knows any more whether it was an
/// account.
impl<'de> Deserialize<'de> for Clean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::in_class(Class::Account, &String::deserialize(deserializer)?))
    }
}
