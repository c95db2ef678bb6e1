//! The quick way through documents without anything unusual, which is what nearly all rules, sites and playbooks are.
//!
//! Here the tree is put together straight from the parser's events, and whatever is not plain (an anchor, a tag, a
//! key written twice, a word that may be a number, a mistake) is left to the crate's own reader, which knows all of
//! YAML and says what is wrong. So this file decides only what it is sure of: it gives the same tree or none.

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span as Place, StrInput};

use crate::text::node::{Kind, Node};
use crate::text::source::Span;

/// A text longer than this, one with more documents, with deeper lists and maps or with larger maps is not plain: the
/// crate's reader counts what such texts may cost.
const LENGTH: usize = 1 << 16;
const DOCUMENTS: usize = 64;
const DEPTH: usize = 24;
const KEYS: usize = 128;

/// The documents of `text`, where all of them are plain.
pub(super) fn read(text: &str) -> Option<Vec<Node>> {
    if text.len() > LENGTH {
        return None;
    }
    let options = serde_yaml::granit_parser::options! { strict_indentation: true };
    let mut reader = Reader { events: Parser::new_from_str_with_options(text, options), next: 0 };
    let mut documents = Vec::new();
    loop {
        let (event, place) = reader.event()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_, None) | Event::DocumentEnd => {}
            Event::StreamEnd => return Some(documents),
            _ => {
                let first = reader.next;
                let document = reader.node(event, place, 0)?;
                if document.kind == Kind::Null {
                    // An empty document is none, and takes no number.
                    reader.next = first;
                } else if documents.len() < DOCUMENTS {
                    documents.push(document);
                } else {
                    return None;
                }
            }
        }
    }
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    /// The number of the next node.
    next: u32,
}

impl<'a> Reader<'a> {
    fn event(&mut self) -> Option<(Event<'a>, Place)> {
        self.events.next()?.ok()
    }

    /// The node that `event` begins.
    fn node(&mut self, event: Event<'a>, place: Place, depth: usize) -> Option<Node> {
        let id = self.next;
        self.next += 1;
        let mut span = Span::new(place.start.byte_offset()?, place.end.byte_offset()?);
        let kind = match event {
            Event::Scalar(text, style, 0, None) => scalar(text.into(), style)?,
            Event::SequenceStart(_, 0, None) if depth < DEPTH => {
                let items = self.items(depth + 1)?;
                span.end = items.last().map_or(span.end, |last| span.end.max(last.span.end));
                Kind::Seq(items)
            }
            Event::MappingStart(_, 0, None) if depth < DEPTH => {
                let entries = self.entries(depth + 1)?;
                let last = entries.last().map(|(key, value)| key.span.end.max(value.span.end));
                span.end = last.map_or(span.end, |last| span.end.max(last));
                Kind::Map(entries)
            }
            _ => return None,
        };
        Some(Node { id, span, kind })
    }

    fn items(&mut self, depth: usize) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        loop {
            match self.event()? {
                (Event::SequenceEnd, _) => return Some(items),
                (event, place) => items.push(self.node(event, place, depth)?),
            }
        }
    }

    fn entries(&mut self, depth: usize) -> Option<Vec<(Node, Node)>> {
        let mut entries: Vec<(Node, Node)> = Vec::new();
        loop {
            let key = match self.event()? {
                (Event::MappingEnd, _) => return Some(entries),
                (event, place) => self.node(event, place, depth)?,
            };
            let name = key.as_str().filter(|name| *name != "<<")?;
            if entries.len() == KEYS || entries.iter().any(|(other, _)| other.as_str() == Some(name)) {
                return None;
            }
            let (event, place) = self.event()?;
            let value = self.node(event, place, depth)?;
            entries.push((key, value));
        }
    }
}

/// What a scalar is, where there is no doubt about it.
fn scalar(text: String, style: ScalarStyle) -> Option<Kind> {
    if style != ScalarStyle::Plain {
        return Some(Kind::Str(text));
    }
    match text.as_str() {
        "" | "~" | "null" => return Some(Kind::Null),
        "true" => return Some(Kind::Bool(true)),
        "false" => return Some(Kind::Bool(false)),
        _ => {}
    }
    if let Some(number) = count(&text) {
        return Some(Kind::Int(number));
    }
    (!is_word_of_yaml(&text) && !may_be_number(&text)).then_some(Kind::Str(text))
}

/// A number as people count: nothing but digits, without a zero before them.
fn count(text: &str) -> Option<i64> {
    let counts = text == "0" || (!text.starts_with('0') && text.len() < 19);
    (counts && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Whether this is, in any letter case, one of the words that YAML takes for a truth or for nothing.
fn is_word_of_yaml(text: &str) -> bool {
    let words = ["true", "false", "yes", "no", "y", "n", "on", "off", "null"];
    text.len() <= 5 && words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether this begins as a number does and has only letters that some number has: digits of any base, a sign, an
/// exponent. Dates, identifiers and addresses are told apart by what no number has: a sign that is neither the first nor
/// behind an `e`, a second point.
fn may_be_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|first| first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.'))
        && !bytes.windows(2).any(|pair| matches!(pair, [before, b'+' | b'-'] if !matches!(before, b'e' | b'E')))
        && bytes.iter().filter(|byte| **byte == b'.').count() < 2
        && (bytes.iter().all(|byte| byte.is_ascii_hexdigit() || b"xXoO_.+-".contains(byte)) || is_endless(text))
}

/// Infinity and what is no number, as YAML writes them.
fn is_endless(text: &str) -> bool {
    let text = text.trim_start_matches(['+', '-']);
    text.eq_ignore_ascii_case(".inf") || text.eq_ignore_ascii_case(".nan")
}

#[cfg(test)]
mod tests {
    use include_dir::{Dir, include_dir};
    use proptest::prelude::*;

    use super::*;
    use crate::text::source::Source;
    use crate::text::yaml::thorough;

    static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");
    static PLAYBOOKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/playbooks");
    static VALMONT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/valmont");

    /// Whether `text` is plain; where it is, both ways must give the same tree.
    fn agrees(text: &str) -> bool {
        let Some(quick) = read(text) else { return false };
        let slow = thorough(&Source::new("x", text));
        // Shown, not compared: what is no number is not equal to itself.
        assert_eq!(format!("{slow:?}"), format!("{:?}", Ok::<_, ()>(quick)), "{text:?}");
        true
    }

    #[test]
    fn every_shipped_file_is_read_the_same_way_and_nearly_all_quickly() {
        let mut folders = vec![&RULES, &PLAYBOOKS, &VALMONT];
        let (mut plain, mut all) = (0, 0);
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                let Some(text) = file.contents_utf8() else { continue };
                if file.path().extension().is_some_and(|end| end == "yml" || end == "yaml") {
                    all += 1;
                    plain += usize::from(agrees(text));
                }
            }
        }
        assert!(all > 50 && plain * 10 >= all * 9, "{plain} of {all} are plain");
    }

    #[test]
    fn what_may_be_something_else_is_not_plain() {
        for value in [
            "0x1F",
            "1e3",
            "1.5",
            "017",
            "1_000",
            "-1",
            "+1",
            "Yes",
            "on",
            "n",
            "NULL",
            "True",
            ".inf",
            "-.NaN",
            "0o7",
            "0b1",
            "99999999999999999999",
            "*a",
            "!!str 1",
            "&a x",
            "!x y",
            "1E+5",
            ".5",
            "5.",
            "-0",
            "0_0",
        ] {
            for text in [format!("a: {value}\n"), format!("- {value}\n")] {
                assert_eq!(read(&text), None, "{text}");
            }
        }
        for text in ["a: 1\na: 2\n", "<<: {a: 1}\n", "1: a\n", "? [a]\n: b\n", "a: [1\n", "%YAML 1.2\n---\na: 1\n"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_rules_hold_is_plain() {
        for value in [
            "text",
            "2024-01-05",
            "2024/01/05",
            "10.0.0.1",
            "4688",
            "0",
            "true",
            "null",
            "~",
            "'quoted'",
            "\"1\"",
            "C:\\x",
            "\\\\x",
            "nothing",
            "infinite",
            "inf",
            "NaN",
            "1 of them",
            "[1, a, {b: c}]",
            "|\n        a\n         b",
            ">-\n        a\n        b",
            "",
            "1.2.3",
            "attack.t1486",
            "999999999999999999",
            "12ab-cd",
            "1e8a9b4d-3c2a-4f9b-8d1e-7c6a5b4f3d2e",
            "--1",
            "é ü",
        ] {
            for text in
                [format!("a: {value}\n"), format!("x:\n    - {value}\n    - z\n"), format!("---\na: {value}\n---\n")]
            {
                assert!(agrees(&text), "{text}");
            }
        }
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => "[a-zé*%]{1,6}",
            2 => "[0-9xXoObeE_.+-]{1,6}",
            1 => prop::sample::select(vec!["yes", "Off", "null", "Null", "~", "true", "False", "<<", ".inf", "-.nan"])
                .prop_map(str::to_owned),
            1 => "'[a-z# :]{0,5}'",
            1 => "\"[a-z# :]{0,5}(\\\\n|\\\\u00e9)?\"",
        ]
    }

    /// Pieces that make documents when put one behind the other, many of them broken.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            6 => (0..3_usize, word(), word()).prop_map(|(deep, key, value)| format!("{}{key}: {value}\n", "  ".repeat(deep))),
            3 => (0..3_usize, word()).prop_map(|(deep, key)| format!("{}{key}:\n", "  ".repeat(deep))),
            4 => (0..3_usize, word()).prop_map(|(deep, value)| format!("{}- {value}\n", "  ".repeat(deep))),
            1 => (word(), word(), word()).prop_map(|(a, b, c)| format!("{a}: [{b}, {{{c}: }}]  # {a}\n")),
            1 => (word(), word(), "[>|][+-]?").prop_map(|(key, text, kind)| format!("{key}: {kind}\n  {text}\n   {key}\n\n")),
            1 => prop::sample::select(vec!["---\n", "...\n", "\n", "# x\n", "- - a\n", "\t", "a: &b c\n", "d: *b\n", "\r\n"])
                .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #[test]
        fn both_ways_give_the_same_tree(pieces in prop::collection::vec(piece(), 0..8)) {
            agrees(&pieces.concat());
        }

        #[test]
        fn a_single_word_means_the_same(word in word(), other in "[ -~]{0,8}") {
            agrees(&format!("a: {word}\n"));
            agrees(&format!("a: {other}\n"));
            agrees(&other);
        }
    }
}
