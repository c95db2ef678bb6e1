//! Values with placeholders, and the lists of the site that are put in their place (Sigma modifiers appendix 2.1,
//! section "Specific Modifiers", `expand`).
//!
//! A rule file is read before the lists are known, so the value is kept as written until the engine is put together.

use std::collections::BTreeMap;

use super::code::{BAD_VALUE, UNARMED};
use super::modifier::{self, Modifiers};
use super::reading::Reading;
use super::value;
use crate::text::diagnostic::{Diagnostic, nearest};
use crate::text::node::{Kind, Node};
use crate::text::source::Span;
use crate::watch::sigma::matcher::comparison::Matcher;
use crate::watch::sigma::view::fields::Names;

/// The lists of the site by name.
pub(crate) type Lists = BTreeMap<String, Vec<String>>;

/// The most texts that one value can stand for, all of its lists taken together.
const MOST: usize = 100_000;

/// A value with placeholders.
#[derive(Debug, Clone)]
pub(crate) struct Expansion {
    key: Node,
    value: Node,
    pieces: Vec<Piece>,
    modifiers: Modifiers,
}

impl Expansion {
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
enum Piece {
    Text(String),
    /// The name of a list, and where it is written.
    List(String, Span),
}

/// Reads the value at `value`, which stands under `key`. Nothing where it is wrong, which is then in the findings.
pub(crate) fn read(
    reading: &mut Reading<'_>,
    key: &Node,
    value: &Node,
    modifiers: &Modifiers,
    names: &mut Names,
) -> Option<Matcher> {
    let modifiers = Modifiers { expand: false, ..modifiers.clone() };
    let pieces = value.as_str().map(|text| pieces(reading, value, text)).unwrap_or_default();
    if pieces.iter().any(|piece| matches!(piece, Piece::List(..))) {
        let (key, value) = (key.clone(), value.clone());
        return Some(Matcher::Expand(Box::new(Expansion { key, value, pieces, modifiers })));
    }
    value::read(reading, key, value, &modifiers, names)
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

/// Puts lists in the place of placeholders.
pub(crate) struct Filler<'l, 'r> {
    pub(crate) lists: &'l Lists,
    pub(crate) reading: Reading<'r>,
    /// Why something could not be filled.
    pub(crate) unarmed: Option<String>,
}

impl Filler<'_, '_> {
    /// Changes `matcher` where it waits for lists. Where one is missing it stays as it is and fits nothing.
    pub(crate) fn fill(&mut self, matcher: &mut Matcher) {
        let Matcher::Expand(expansion) = matcher else { return };
        let Some(texts) = self.texts(expansion) else { return };
        let before = self.reading.found.len();
        let Expansion { key, value, modifiers, .. } = &**expansion;
        let one = |text: String| {
            let node = Node { kind: Kind::Str(text), ..value.clone() };
            value::read(&mut self.reading, key, &node, modifiers, &mut Names::default())
        };
        // Stops at the first value that does not do: a thousand findings at one place say no more than one.
        let matchers: Option<Vec<Matcher>> = texts.into_iter().map(one).collect();
        match matchers {
            Some(matchers) if self.reading.found.len() == before => *matcher = Matcher::Any(matchers.into()),
            _ => {
                self.unarmed.get_or_insert_with(|| "one of its lists holds a value that it cannot use".to_owned());
            }
        }
    }

    /// Every text that the value stands for.
    fn texts(&mut self, expansion: &Expansion) -> Option<Vec<String>> {
        let mut texts = vec![String::new()];
        for piece in &expansion.pieces {
            match piece {
                Piece::Text(text) => texts.iter_mut().for_each(|start| start.push_str(text)),
                Piece::List(name, span) => {
                    let items = self.lists.get(name).filter(|items| !items.is_empty());
                    let Some(items) = items else {
                        self.missing(name, *span);
                        return None;
                    };
                    if texts.len().saturating_mul(items.len()) > MOST {
                        let message = format!("this value stands for more than {MOST} texts");
                        let help = "use shorter lists, or one list in a value".to_owned();
                        self.reading.error(BAD_VALUE, *span, message.clone(), Some(help));
                        self.unarmed.get_or_insert(message);
                        return None;
                    }
                    let with = |start: &String| items.iter().map(|item| format!("{start}{item}")).collect::<Vec<_>>();
                    texts = texts.iter().flat_map(with).collect();
                }
            }
        }
        Some(texts)
    }

    fn missing(&mut self, name: &str, span: Span) {
        let message = if self.lists.contains_key(name) {
            format!("the list `{name}` is empty")
        } else {
            format!("there is no list `{name}`")
        };
        let meant = nearest(name, self.lists.keys().map(String::as_str));
        let help = match meant {
            Some(meant) if meant != name => format!("did you mean `{meant}`?"),
            _ => format!("write the values of your site into a list called `{name}`"),
        };
        // A value whose field has several names is there several times.
        let told = |finding: &Diagnostic| {
            finding.code == UNARMED && finding.span == span && finding.source.name() == self.reading.source.name()
        };
        if !self.reading.found.iter().any(told) {
            self.reading.warning(UNARMED, span, format!("this is not armed: {message}"), Some(help));
        }
        self.unarmed.get_or_insert(message);
    }
}
