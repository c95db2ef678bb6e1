//! Rule files: read, with every mistake at its place. Knows what is written and makes of it what `matcher` can hold
//! against events; never looks at an event itself.

pub(super) mod attack;
mod collection;
mod condition;
pub(super) mod correlation;
pub(super) mod dependency;
mod detection;
pub(super) mod document;
pub(super) mod encoding;
pub(super) mod expansion;
pub(super) mod extension;
pub(super) mod fill;
pub(super) mod filter;
mod gestures;
pub(super) mod link;
pub(super) mod measure;
pub(super) mod mentions;
pub(super) mod metadata;
pub mod modifier;
mod possessive;
pub(super) mod reach;
pub(super) mod reading;
pub(super) mod rule_expression;
pub(super) mod schema;
pub(super) mod selection;
pub(super) mod threshold;
pub(super) mod value;

pub use metadata::{Logsource, Rule};
