//! A decoded line: what happened, when, in named fields.

use compact_str::CompactString;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::hidden::Hidden;

/// What kind of log an event comes from (Sigma specification, rules, section "Log source").
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Logsource {
    /// Kinds of activity, such as `webserver`; an event can be of several.
    pub category: Vec<String>,
    /// The program or system, such as `orthanc`, `samba`, `linux`.
    pub product: Option<CompactString>,
    /// The part of it, such as `sshd`, `full_audit`.
    pub service: Option<CompactString>,
}

impl Logsource {
    /// The same with a source's `own` words over it. A service belongs to its product and goes with it.
    #[must_use]
    pub fn overridden(&self, own: &Self) -> Self {
        let mut category = self.category.clone();
        category.extend(own.category.iter().filter(|own| !self.category.contains(own)).cloned());
        let same = own.product.is_none() || own.product == self.product;
        let service = own.service.clone().or_else(|| self.service.clone().filter(|_| same));
        Self { category, product: own.product.clone().or_else(|| self.product.clone()), service }
    }
}

/// A value and its name. Most names and many values are short: those are in the pair itself, without memory of their own.
pub type Named = (CompactString, Value);

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Present without a value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(CompactString),
    /// Several values; a rule matches if it matches any of them.
    List(Vec<Self>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

/// One decoded line, as it was written: what leaves it for a person or a disk passes [`super::record::Record::show`].
#[derive(Clone, PartialEq)]
pub struct Event {
    /// When it happened: the line's own time, or its arrival where it has none.
    pub time: Timestamp,
    /// What kind of log it comes from.
    pub logsource: Logsource,
    /// Named values in the order of the line. Nested objects are flattened to dotted names
    /// (`Authentication.eventId`). A name can occur twice where the line says it twice.
    pub fields: Vec<Named>,
    /// The whole line, which keyword searches look at.
    pub text: String,
    /// What its format knows must not be shown.
    pub hidden: Hidden,
    /// How often it happened: a logger that says `message repeated 5 times` writes five events in one line.
    pub times: u32,
}

impl Event {
    /// All values of the field called `name`, exactly as spelled.
    pub fn get<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Value> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value)
    }
}
