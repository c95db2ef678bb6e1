//! A YAML document as a tree in which every key and value knows its place.

use super::source::Span;
use crate::base::language::Text;
use crate::finding::expected;

/// One key, value, list or map of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Unique in its document.
    pub id: u32,
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a [`Node`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`, `~`, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text, plain or quoted.
    Str(String),
    /// A list.
    Seq(Vec<Node>),
    /// A map, in the order written.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// What this is, in words for a message.
    pub fn describe(&self) -> Text {
        match &self.kind {
            Kind::Null => expected::nothing(),
            Kind::Bool(value) => expected::the_word(value),
            Kind::Int(value) => expected::the_number(value),
            Kind::Float(value) => expected::the_number(value),
            Kind::Str(value) => expected::the_text(value),
            Kind::Seq(_) => expected::list(),
            Kind::Map(_) => expected::map(),
        }
    }

    /// The text, where this is text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::Str(text) => Some(text),
            _ => None,
        }
    }

    /// A scalar as it would be written, for keys and loosely typed values; nothing for lists and maps.
    pub fn scalar(&self) -> Option<String> {
        match &self.kind {
            Kind::Null => Some(String::new()),
            Kind::Bool(value) => Some(value.to_string()),
            Kind::Int(value) => Some(value.to_string()),
            Kind::Float(value) => Some(value.to_string()),
            Kind::Str(value) => Some(value.clone()),
            Kind::Seq(_) | Kind::Map(_) => None,
        }
    }

    /// The items of a list.
    pub fn as_seq(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::Seq(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a map.
    pub fn as_map(&self) -> Option<&[(Self, Self)]> {
        match &self.kind {
            Kind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under `key`, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The key and the value under `key`, where this is a map that has it.
    pub fn entry(&self, key: &str) -> Option<(&Self, &Self)> {
        self.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(name, value)| (name, value))
    }
}
