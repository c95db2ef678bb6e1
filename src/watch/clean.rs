//! Takes secrets and patients out of whatever leaves a line, so that neither a value nor the text that is shown can hold
//! them. Inside JSON it goes by the names of the members, and leaves valid JSON behind. Rules never look at what is left.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::base::redact::{REMOVED, is_private, redact_line, suspects};
use crate::watch::json;

/// What may be shown of `text`, a value of `line` or all of it; `private` says that its name tells that it may not.
pub(super) fn shown<'t>(private: bool, line: &str, text: &'t str) -> Cow<'t, str> {
    if private || is_searched(line, text) { Cow::Borrowed(REMOVED) } else { clean(text) }
}

/// Whether `text` is what a FHIR client searches patients by. In a field of its own it stands apart from what gives it
/// away, the address before the question mark.
fn is_searched(line: &str, text: &str) -> bool {
    const ADDRESS: &[u8] = b"patient";
    if !text.contains('=') {
        return false;
    }
    // Asked for every value that is shown: few lines have a question mark at all.
    let line = line.as_bytes();
    memchr::memchr_iter(b'?', line).any(|mark| {
        let (before, behind) = (&line[..mark], &line[mark + 1..]);
        let address = before.len().checked_sub(ADDRESS.len()).map(|at| &before[at..]);
        address.is_some_and(|address| address.eq_ignore_ascii_case(ADDRESS)) && behind.starts_with(text.as_bytes())
    })
}

/// The text, fit to be shown.
fn clean(text: &str) -> Cow<'_, str> {
    // A JSON string can hide a digit or a letter behind an escape.
    let escapes = || text.contains('{') && text.contains("\\u");
    if !suspects(text) && !escapes() {
        return Cow::Borrowed(text);
    }
    let Some(start) = text.find('{') else { return redact_line(text) };
    let (before, rest) = text.split_at(start);
    let Some(length) = document(rest) else { return redact_line(text) };
    let (json, after) = rest.split_at(length);
    let mut scrubbed = Scrub { rest: json, out: redact_line(before).into_owned(), open: Vec::new() }.run();
    scrubbed.push_str(&redact_line(after));
    if scrubbed == text { Cow::Borrowed(text) } else { Cow::Owned(scrubbed) }
}

/// Length of the JSON document that `text` begins with: of what is read as JSON later, however little of it is right, or
/// of right JSON that is too much to be read.
fn document(text: &str) -> Option<usize> {
    let right = || {
        let mut documents = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
        documents.next()?.ok()?;
        Some(documents.byte_offset())
    };
    json::length(text).or_else(right)
}

/// Copies JSON with its private values taken out.
struct Scrub<'a> {
    rest: &'a str,
    out: String,
    /// For each object and list around the place: whether all it holds is private, and whether a member's name has
    /// just been read that makes its value private.
    open: Vec<Frame>,
}

#[derive(Default)]
struct Frame {
    private: bool,
    next: bool,
}

impl Scrub<'_> {
    fn run(mut self) -> String {
        while let Some(first) = self.rest.chars().next() {
            match first {
                '{' | '[' => {
                    let private = self.is_private() && !(first == '{' && self.out_names_a_kind());
                    self.open.push(Frame { private, next: false });
                    self.copy(1);
                }
                '}' | ']' => {
                    self.open.pop();
                    self.copy(1);
                    self.value_done();
                }
                '"' => self.string(),
                ',' | ':' | ' ' | '\t' | '\r' | '\n' => self.copy(1),
                _ => self.scalar(),
            }
        }
        self.out
    }

    fn copy(&mut self, length: usize) {
        let (head, rest) = self.rest.split_at(length);
        self.out.push_str(head);
        self.rest = rest;
    }

    fn is_private(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.private || frame.next)
    }

    /// Samba calls a kind of event `Authorization`; a header of that name never is an object.
    fn out_names_a_kind(&self) -> bool {
        self.out.trim_end_matches([' ', ':']).ends_with("\"Authorization\"")
    }

    fn value_done(&mut self) {
        if let Some(frame) = self.open.last_mut() {
            frame.next = false;
        }
    }

    fn string(&mut self) {
        let bytes = self.rest.as_bytes();
        let mut end = 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let written = &self.rest[..(end + 1).min(bytes.len())];
        self.rest = &self.rest[written.len()..];
        let mut said = String::new();
        json::unescape(&written[1..written.len() - 1], &mut said);
        if self.rest.trim_start().starts_with(':') {
            let private = is_private(&said);
            if let Some(frame) = self.open.last_mut() {
                frame.next = private;
            }
        } else if self.is_private() {
            self.value_done();
            return self.quote(REMOVED);
        } else {
            self.value_done();
        }
        // Collectors put the JSON of programs into strings.
        match clean(&said) {
            Cow::Borrowed(_) => self.out.push_str(written),
            Cow::Owned(redacted) => self.quote(&redacted),
        }
    }

    /// A number, `true`, `false` or `null`; only the first can tell anything.
    fn scalar(&mut self) {
        let length = self.rest.find([',', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(self.rest.len());
        let (scalar, rest) = self.rest.split_at(length);
        self.rest = rest;
        let number = scalar.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        if number && (self.is_private() || matches!(redact_line(scalar), Cow::Owned(_))) {
            self.quote(REMOVED);
        } else {
            self.out.push_str(scalar);
        }
        self.value_done();
    }

    fn quote(&mut self, text: &str) {
        self.out.push_str(&serde_json::Value::from(text).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_innocent_lines_alone() {
        for text in ["", "Nov 21 19:27:17 srv sshd[1]: Server listening", r#"{"a": 1, "b": [true, null]}"#] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
        for text in [
            r#"{"a": "\u00e9t\u00e9", "type": "Authorization", "Authorization": {"x": [1, -2.5e3, "y"], "z": {}}}"#,
            r#"prefix: {"unicodePwd": {"actions": [{"redacted": true}]}} after"#,
            "{not json\\u0031}",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn takes_private_members_out_of_json_and_leaves_json() {
        for (text, wanted) in [
            (r#"{"PASSWORD": "a\"b, c}", "n": 1}"#, r#"{"PASSWORD": "[…]", "n": 1}"#),
            (r#"{"nir": 185057800608491, "ok":true}"#, r#"{"nir": "[…]", "ok":true}"#),
            (r#"{"id":185057800608491}"#, r#"{"id":"[…]"}"#),
            (
                r#"{"token": ["a", {"b": "c", "d": 5}, true], "x": "y"}"#,
                r#"{"token": ["[…]", {"b": "[…]", "d": "[…]"}, true], "x": "y"}"#,
            ),
            (r#"{"note": "n\u00b0 18505780060849\u0031"}"#, r#"{"note": "n° […]"}"#),
            (r#"{"patient_name": "DUPONT, Marie"} password=x"#, r#"{"patient_name": "[…]"} password=[…]"#),
            (r#"pass=x {"pwd": null, "m": "a.b@c.fr"}"#, r#"pass=[…] {"pwd": null, "m": "a.b@c.fr"}"#),
            (r#"{"headers": {"Authorization": "Basic eDp5"}}"#, r#"{"headers": {"Authorization": "[…]"}}"#),
        ] {
            assert_eq!(clean(text), wanted);
        }
    }

    #[test]
    fn json_that_is_not_quite_right_hides_nobody() {
        for (text, wanted) in [
            (
                "{\"m\":\"a\tb\",\"patientName\":{\"family\":\"DUPONT\"}}",
                "{\"m\":\"a\tb\",\"patientName\":{\"family\":\"[…]\"}}",
            ),
            (r#"{"m":"\q","note":"18505780060849\u0031"}"#, r#"{"m":"\q","note":"[…]"}"#),
            (r#"{"n":007,"p\u0061ssword":["a"]}"#, r#"{"n":007,"p\u0061ssword":["[…]"]}"#),
        ] {
            assert_eq!(clean(text), wanted);
        }
        // Too much to be read as an event, but it may stand in a line of another format.
        let many =
            |name: &str| format!("{{\"patientName\":{{\"family\":\"{name}\"}},\"n\":[{}1]}}", "1,".repeat(30_000));
        assert_eq!(clean(&many("DUPONT")), many("[…]"));
    }

    #[test]
    fn json_inside_of_strings_hides_nobody() {
        let inside = |name: &str| format!(r#"{{"patientName":{{"family":"{name}"}},"n":"\u0031"}}"#);
        let around = |text: &str| serde_json::json!({ "log": text, "stream": "stdout" }).to_string();
        assert_eq!(clean(&around(&inside("DUPONT"))), around(&inside("[…]")));
        assert_eq!(clean(&around(&around(&inside("DUPONT")))), around(&around(&inside("[…]"))));
        let innocent = r#"{"log":"a\u003a {\"token\":\"[…]\"}"}"#;
        assert!(matches!(clean(innocent), Cow::Borrowed(_)), "{}", clean(innocent));
    }

    #[test]
    fn cleans_text_that_only_looks_like_json() {
        assert_eq!(clean(r#"{"password": "abc" "#), r#"{"password": "[…]" "#);
        assert_eq!(clean("x {password=abc}"), "x {password=[…]}");
    }
}
