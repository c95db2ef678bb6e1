//! Values with placeholders, as written (Sigma modifiers appendix 2.1, section "Specific Modifiers", `expand`). A rule
//! file is read before the lists of the site are known, so the value is kept until the engine is put together.

use std::collections::BTreeMap;

use super::modifier::{self, Modifiers};
use super::reading::Reading;
use crate::text::node::Node;
use crate::text::source::Span;

/// The lists of the site by name.
pub(crate) type Lists = BTreeMap<String, Vec<String>>;

/// A value with placeholders.
#[derive(Debug, Clone)]
pub(crate) struct Expansion {
    pub(super) key: Node,
    pub(super) value: Node,
    pub(super) pieces: Vec<Piece>,
    pub(super) modifiers: Modifiers,
}

impl Expansion {
    /// What stands at `value` under `key`, where there is a placeholder in it.
    pub(super) fn read(reading: &Reading<'_>, key: &Node, value: &Node, modifiers: &Modifiers) -> Option<Self> {
        let pieces = pieces(reading, value, value.as_str()?);
        let (key, value, modifiers) = (key.clone(), value.clone(), modifiers.clone());
        let waits = pieces.iter().any(|piece| matches!(piece, Piece::List(..)));
        waits.then_some(Self { key, value, pieces, modifiers })
    }

    /// The names of the lists that it waits for.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::List(name, _) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// What stands for any text in it.
    pub(crate) fn anything(&self) -> &'static str {
        if self.modifiers.kind == modifier::Kind::Regex { ".*" } else { "*" }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    /// The name of a list, and where it is written.
    List(String, Span),
}

/// Cuts a text at its placeholders. A backslash takes the meaning from a `%` behind it.
fn pieces(reading: &Reading<'_>, node: &Node, text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at + letter.len_utf8()..];
        if letter == '\\' && rest.starts_with('%') {
            plain.push('%');
            at += 2;
            continue;
        }
        let name = rest.split_once('%').map(|(name, _)| name).filter(|name| letter == '%' && is_name(name));
        if let Some(name) = name {
            let range = at..at + name.len() + 2;
            at = range.end;
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(Piece::List(name.to_owned(), reading.within(node, range)));
        } else {
            plain.push(letter);
            at += letter.len_utf8();
        }
    }
    pieces.push(Piece::Text(plain));
    pieces
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}
