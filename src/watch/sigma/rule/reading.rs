//! What the readers of a rule file share: the document, the findings so far, and the way from a part of a text to its
//! place. Knows YAML trees, not what rules mean.

use std::ops::Range;

use crate::base::language::Text;
use crate::finding::document::{missing_key, unknown_key, unlike};
use crate::finding::{Finding, expected};
use crate::text::diagnostic::{Diagnostic, has_errors, suggest};
use crate::text::node::{Kind, Node};
use crate::text::source::{Source, Span};
use crate::text::spanned::Spanned;

/// One pass over one document.
pub(crate) struct Reading<'a> {
    pub(crate) source: &'a Source,
    pub(crate) found: &'a mut Vec<Diagnostic>,
    /// How many findings there were before this document.
    before: usize,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(source: &'a Source, found: &'a mut Vec<Diagnostic>) -> Self {
        let before = found.len();
        Self { source, found, before }
    }

    /// Whether this document has mistakes that keep it from being used.
    pub(crate) fn failed(&self) -> bool {
        has_errors(&self.found[self.before..])
    }

    /// Notes what is wrong at a place.
    pub(crate) fn say(&mut self, finding: Finding, span: Span) {
        self.found.push(finding.at(self.source, span));
    }

    /// Notes that the value under `key` is of the wrong kind.
    pub(crate) fn wrong(&mut self, expected: Text, key: &Node, value: &Node) {
        self.say(unlike(expected, value.describe()), place(key, value));
    }

    /// The value under `key`, or a finding at the head of `map`.
    pub(crate) fn needed<'n>(&mut self, map: &'n Node, key: &str) -> Option<(&'n Node, &'n Node)> {
        let entry = map.entry(key);
        if entry.is_none() {
            self.say(missing_key(key), head(map));
        }
        entry
    }

    /// Notes the keys of `map` that are not `known`, as mistakes.
    pub(crate) fn only(&mut self, map: &Node, known: &[&str]) {
        for (key, _) in map.as_map().unwrap_or_default() {
            let name = self.name(key);
            if !known.contains(&name.as_str()) {
                let help = suggest(&name, known.iter().copied());
                self.say(unknown_key(&name).advice(help), key.span);
            }
        }
    }

    /// The text under `key`, where there is one.
    pub(crate) fn text(&mut self, map: &Node, key: &str) -> Option<Spanned<String>> {
        let (key, value) = map.entry(key)?;
        let text = self.scalar(value);
        if text.is_none() && value.kind != Kind::Null {
            self.wrong(expected::text(), key, value);
        }
        text
    }

    /// The texts under `key`: a list, or a single one written without a list.
    pub(crate) fn texts(&mut self, map: &Node, key: &str) -> Vec<Spanned<String>> {
        let Some((key, value)) = map.entry(key) else { return Vec::new() };
        let items = match &value.kind {
            Kind::Seq(items) => items.as_slice(),
            Kind::Null => &[],
            _ => std::slice::from_ref(value),
        };
        let mut texts = Vec::new();
        for item in items {
            match self.scalar(item) {
                Some(text) => texts.push(text),
                None => self.wrong(expected::text(), key, item),
            }
        }
        texts
    }

    /// A scalar as it is written: `1.10` stays `1.10`, although YAML takes it for a number.
    pub(crate) fn scalar(&self, node: &Node) -> Option<Spanned<String>> {
        let text = match &node.kind {
            Kind::Str(text) => text.clone(),
            Kind::Bool(_) | Kind::Int(_) | Kind::Float(_) => self.written(node).to_owned(),
            Kind::Null | Kind::Seq(_) | Kind::Map(_) => return None,
        };
        Some(Spanned::new(text, node.span))
    }

    /// A key as it is written: `on` stays `on`, although YAML takes it for a truth. Empty where it is no scalar.
    pub(crate) fn name(&self, key: &Node) -> String {
        self.scalar(key).map(|name| name.value).unwrap_or_default()
    }

    /// The bytes of a node in its document, without what surrounds them.
    pub(crate) fn written(&self, node: &Node) -> &'a str {
        self.source.slice(node.span).trim()
    }

    /// Where `part` of the text of `node` is written. Folded and escaped texts differ from what is in the document;
    /// the characters are then matched one by one, blanks left out.
    pub(crate) fn within(&self, node: &Node, part: Range<usize>) -> Span {
        let (Some(text), slice) = (node.as_str(), self.source.slice(node.span)) else { return node.span };
        if let Some(at) = slice.find(text) {
            return node.span.part(at + part.start, part.len());
        }
        let (mut start, mut end) = (None, None);
        let mut written = slice.char_indices();
        for (at, letter) in text.char_indices().filter(|(_, letter)| !letter.is_whitespace()) {
            if at >= part.end {
                break;
            }
            let Some((place, _)) = written.find(|(_, other)| *other == letter) else { return node.span };
            if at >= part.start {
                start = start.or(Some(place));
                end = Some(place + letter.len_utf8());
            }
        }
        match (start, end) {
            (Some(start), Some(end)) => node.span.part(start, end - start),
            _ => node.span,
        }
    }
}

/// Where to point for `value`: an empty value has no place of its own.
pub(crate) fn place(key: &Node, value: &Node) -> Span {
    if value.kind == Kind::Null { key.span } else { value.span }
}

/// Where to point for a whole map or list: its first entry says more than all of it.
pub(crate) fn head(node: &Node) -> Span {
    match &node.kind {
        Kind::Map(entries) => entries.first().map_or(node.span, |(key, _)| key.span),
        _ => node.span,
    }
}
