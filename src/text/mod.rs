//! Documents with positions: from bytes to typed values without ever losing where something was written.
//!
//! `source` holds the text, `yaml` turns it into a tree of [`node::Node`]s, `read` turns the tree into the structs of
//! a file format and reports *every* mistake in one pass, `diagnostic` is what a mistake looks like as data.

mod beneath;
pub(crate) mod calendar;
pub mod diagnostic;
pub(crate) mod ground;
pub mod node;
pub(crate) mod one_or_many;
pub mod read;
pub mod source;
pub mod spanned;
pub(crate) mod unreadable;
pub mod yaml;
