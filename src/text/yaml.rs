//! YAML text into [`Node`] trees. The only file that names the YAML crate.

use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use super::diagnostic::Diagnostic;
use super::node::{Kind, Node};
use super::source::{Source, Span};
use crate::finding::{Finding, document as finding, yaml as reason};

mod plain;

/// Reads the one document of `source`. An empty document reads as nothing.
pub fn parse(source: &Source) -> Result<Node, Diagnostic> {
    let mut documents = parse_all(source)?;
    if documents.is_empty() {
        return Ok(Node { id: 0, span: Span::default(), kind: Kind::Null });
    }
    // An empty one behind a last `---` hides nothing.
    if let Some(second) = documents.iter().skip(1).find(|document| document.kind != Kind::Null) {
        return Err(finding::second_document().at(source, second.span));
    }
    Ok(documents.swap_remove(0))
}

/// Reads all documents of `source`, which `---` lines separate.
pub fn parse_all(source: &Source) -> Result<Vec<Node>, Diagnostic> {
    plain::read(source.text()).map_or_else(|| thorough(source), Ok)
}

/// The same by way of the crate's own reader, which takes anything that YAML has, and much longer.
fn thorough(source: &Source) -> Result<Vec<Node>, Diagnostic> {
    // Otherwise a quote that somebody forgot to close would swallow the keys below it, up to the next one.
    let options = serde_yaml::options! { strict_indentation: true };
    let raw: Vec<Raw> =
        serde_yaml::from_multiple_with_options(source.text(), options).map_err(|error| located(source, &error))?;
    let next = Cell::new(0);
    Ok(raw.into_iter().map(|raw| raw.into_node(&next)).collect())
}

fn located(source: &Source, error: &serde_yaml::Error) -> Diagnostic {
    let place = error.location();
    let start = place.map_or(0, |place| {
        let index = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        match place.span().byte_offset() {
            Some(offset) if offset > 0 => index(offset),
            _ => source.offset(index(place.line()), index(place.column())),
        }
    });
    let start = start.min(source.text().len());
    let message = error.without_snippet().to_string();
    let message = message.lines().next().unwrap_or_default();
    named(strip_position(message)).label(reason::stopped_here()).at(source, Span::new(start, start))
}

/// The crate's words, and what to do, for somebody who wants to get on with a hospital's files.
fn named(message: &str) -> Finding {
    if let Some(key) = message.strip_prefix("duplicate mapping key: ") {
        return finding::key_twice(key.split(", set ").next().unwrap_or(key));
    }
    match message {
        _ if message.starts_with("tabs ") => finding::tab(),
        _ if message.starts_with("invalid indentation") => finding::outdented(),
        _ if message.starts_with("budget breached: Depth") || message.starts_with("recursion limit") => {
            finding::too_deep()
        }
        _ if message.starts_with("budget breached") => finding::too_large(),
        _ if message.starts_with("recursive references") => finding::alias_inside(),
        _ => finding::not_yaml(reason::said(message)),
    }
}

/// The crate ends its messages with "at line 3, column 4", which our own rendering already says.
fn strip_position(message: &str) -> &str {
    let message = message.strip_prefix("error: ").unwrap_or(message);
    message.find(" at line ").map_or(message, |at| &message[..at])
}

struct Raw(Spanned<RawKind>);

enum RawKind {
    Scalar(Kind),
    Seq(Vec<Raw>),
    Map(Vec<(Raw, Raw)>),
}

impl Raw {
    fn into_node(self, next: &Cell<u32>) -> Node {
        let id = next.replace(next.get() + 1);
        let place = self.0.referenced.span();
        let index = |number: Option<u64>| number.and_then(|number| usize::try_from(number).ok()).unwrap_or_default();
        let start = index(place.byte_offset());
        let mut span = Span::new(start, start + index(place.byte_len()));
        let kind = match self.0.value {
            RawKind::Scalar(kind) => kind,
            RawKind::Seq(items) => Kind::Seq(items.into_iter().map(|item| item.into_node(next)).collect()),
            RawKind::Map(entries) => Kind::Map(
                entries.into_iter().map(|(key, value)| (key.into_node(next), value.into_node(next))).collect(),
            ),
        };
        let last = match &kind {
            Kind::Seq(items) => items.last().map(|item| item.span),
            Kind::Map(entries) => {
                entries.last().map(|(key, value)| if value.span.end > key.span.end { value.span } else { key.span })
            }
            _ => None,
        };
        if let Some(last) = last {
            span.end = span.end.max(last.end);
        }
        Node { id, span, kind }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for RawKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = RawKind;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<RawKind, E> {
        Ok(RawKind::Scalar(Kind::Null))
    }

    fn visit_none<E>(self) -> Result<RawKind, E> {
        Ok(RawKind::Scalar(Kind::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<RawKind, E> {
        Ok(RawKind::Scalar(Kind::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<RawKind, E> {
        Ok(RawKind::Scalar(Kind::Int(value)))
    }

    #[expect(clippy::cast_precision_loss, reason = "a number beyond 63 bits is kept as a float, as YAML readers do")]
    fn visit_u64<E>(self, value: u64) -> Result<RawKind, E> {
        Ok(RawKind::Scalar(i64::try_from(value).map_or(Kind::Float(value as f64), Kind::Int)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<RawKind, E> {
        Ok(RawKind::Scalar(Kind::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<RawKind, E> {
        Ok(RawKind::Scalar(Kind::Str(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<RawKind, E> {
        Ok(RawKind::Scalar(Kind::Str(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<RawKind, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(RawKind::Seq(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<RawKind, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(RawKind::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_value_knows_its_place() {
        let source = Source::new("x.yaml", "a: 1\nb:\n  - é: oui\n  - {c: [x, \"y z\"]}\n");
        let root = parse(&source).unwrap();
        let (key, list) = root.entry("b").unwrap();
        assert_eq!(source.position(key.span.start), (2, 1));
        let items = list.as_seq().unwrap();
        assert_eq!(source.slice(items[0].get("é").unwrap().span), "oui");
        let letters = items[1].get("c").unwrap().as_seq().unwrap();
        assert_eq!(source.slice(letters[1].span), "\"y z\"");
        assert_eq!(root.get("a").unwrap().kind, Kind::Int(1));
    }

    #[test]
    fn a_broken_document_says_where() {
        let error = parse(&Source::new("x.yaml", "a: 1\nb: [1, 2\nc: 3\n")).unwrap_err();
        assert!(error.position().0 >= 2, "{error}");
        assert_eq!(error.code(), finding::NOT_YAML.code);
    }

    #[test]
    fn a_key_written_twice_is_refused() {
        let error = parse(&Source::new("x.yaml", "a: 1\nb: 2\na: 3\n")).unwrap_err();
        assert_eq!(error.position(), (3, 1), "{error}");
    }

    #[test]
    fn what_is_wrong_is_said_in_plain_words() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned()
            + &["ab", "bc", "cd", "de", "ef", "fg"]
                .map(|pair| {
                    let (old, new) = pair.split_at(1);
                    format!("{new}: &{new} [{}]\n", [format!("*{old}").as_str(); 9].join(","))
                })
                .concat();
        for (text, words) in [
            ("a: 1\na: 2\n", "the key `a` is written twice"),
            ("a:\n\tb: 1\n", "a tab stands where spaces belong"),
            (deep.as_str(), "too deep in each other"),
            (bomb.as_str(), "too large"),
            ("a: &a\n  b: *a\n", "stands inside what it stands for"),
            ("a: {b: \"c}", "unclosed quote"),
            // A quote that was not closed takes no key below it for text.
            ("a:\n  b: \"open\n  c: \"closed\"\n", "no further right than the key"),
            ("a:\n  b: [\n    1,\n  ]\n", "no further right than the key"),
        ] {
            let error = parse(&Source::new("x.yaml", text)).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
    }

    #[test]
    fn what_nobody_would_read_is_refused() {
        let error = parse(&Source::new("x", "a: 1\n---\nb: 2\n")).unwrap_err();
        assert_eq!((error.code(), error.position()), (finding::SECOND_DOCUMENT.code, (3, 1)));
        for text in ["---\na: 1\n", "a: 1\n---\n", "a: 1\n...\n"] {
            assert!(parse(&Source::new("x", text)).is_ok(), "{text}");
        }
    }

    #[test]
    fn several_documents_and_none() {
        assert_eq!(parse_all(&Source::new("x", "a: 1\n---\nb: 2\n")).unwrap().len(), 2);
        assert_eq!(parse(&Source::new("x", "")).unwrap().kind, Kind::Null);
        assert_eq!(parse(&Source::new("x", "# only a comment\n")).unwrap().kind, Kind::Null);
    }
}
