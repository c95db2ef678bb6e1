//! Takes secrets and patients out of whatever leaves a line, so that neither a value nor the text that is shown can hold
//! them. Inside JSON it goes by the names of the members, and leaves valid JSON behind. Rules never look at what is left.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::base::redact::{
    Class, Clean, REMOVED, class_of, hides, is_actor, is_of_person, is_plain, is_suspect, redact, redact_in,
};
use crate::watch::json;

/// What may be shown of `text`, a value of `line` or all of it; `class` is what its name says of it.
pub(super) fn shown<'t>(class: Class, line: &str, text: &'t str) -> Cow<'t, str> {
    match class.within(line) {
        class if is_plain(class, text) => Cow::Borrowed(text),
        _ if is_searched(line, text) => Cow::Borrowed(REMOVED),
        Class::Open => clean(text),
        class => redact_in(class, text),
    }
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

/// What may be shown of a line of which nothing is known.
pub(crate) fn cleaned(line: &str) -> Clean {
    Clean::left(clean(line))
}

/// The text, fit to be shown.
fn clean(text: &str) -> Cow<'_, str> {
    // A JSON string can hide a digit or a letter behind an escape.
    let escapes = || text.contains('{') && text.contains("\\u");
    let of_person = || text.contains('{') && is_of_person(text);
    if !is_suspect(text) && !escapes() && !of_person() {
        return Cow::Borrowed(text);
    }
    let Some(start) = text.find('{') else { return redact(text) };
    let (before, rest) = text.split_at(start);
    let Some(length) = document(rest) else { return redact(text) };
    let (json, after) = rest.split_at(length);
    let of_person = is_of_person(json);
    // What stands before it may be its name.
    let open = vec![Frame {
        class: Some(class_of(label(before))).filter(|class| class.is_private()).unwrap_or_default(),
        ..Frame::default()
    }];
    let mut scrubbed = Scrub { rest: json, out: redact(before).into_owned(), open, of_person }.run();
    scrubbed.push_str(&redact(after));
    if scrubbed == text { Cow::Borrowed(text) } else { Cow::Owned(scrubbed) }
}

/// The name that a text ends with, before a sign and what follows: `… "patient": `.
fn label(text: &str) -> &str {
    let Some(name) = text.trim_end().strip_suffix([':', '=']) else { return "" };
    let name = name.trim_end().trim_end_matches(['"', '\'', '\\']);
    let start = name.rfind(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-' | ','));
    &name[start.map_or(0, |at| at + name[at..].chars().next().map_or(1, char::len_utf8))..]
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
    /// For each object and list around the place.
    open: Vec<Frame>,
    /// Whether the document is about a patient, so that names which everybody uses mean that one.
    of_person: bool,
}

/// An object or a list.
#[derive(Default)]
struct Frame {
    /// What is said of everything in it.
    class: Class,
    /// Whether it tells of somebody who acts: that is no patient.
    acts: bool,
    /// The name of the member that has just been read, and what it says of its value.
    next: Option<(String, Class)>,
}

impl Scrub<'_> {
    fn run(mut self) -> String {
        while let Some(first) = self.rest.chars().next() {
            match first {
                '{' | '[' => self.begin(first),
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

    fn begin(&mut self, sign: char) {
        // Samba calls a kind of event `Authorization`; a header of that name never is an object.
        let of_kind = sign == '{' && self.name() == Some("Authorization");
        let class = if of_kind { Class::Open } else { self.class() };
        let acts = self.open.last().is_some_and(|frame| frame.acts) || self.name().is_some_and(is_actor);
        self.open.push(Frame { class, acts, next: None });
        self.copy(1);
    }

    /// The name of the value that comes.
    fn name(&self) -> Option<&str> {
        self.open.last()?.next.as_ref().map(|(name, _)| name.as_str())
    }

    /// What is said of the value that comes, by its name or by what it is in.
    fn class(&self) -> Class {
        let Some(frame) = self.open.last() else { return Class::Open };
        match &frame.next {
            Some((_, class)) if !frame.class.is_private() => *class,
            _ => frame.class,
        }
    }

    /// Whether it stands inside of a secret, and is not one itself.
    fn in_secret(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.class == Class::Secret)
    }

    fn value_done(&mut self) {
        if let Some(frame) = self.open.last_mut() {
            frame.next = None;
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
        let inside = &written[1..written.len() - 1];
        let said = if inside.contains('\\') {
            let mut said = String::new();
            json::unescape(inside, &mut said);
            Cow::Owned(said)
        } else {
            Cow::Borrowed(inside)
        };
        let class = if self.rest.trim_start().starts_with(':') {
            self.named(&said);
            Class::Open
        } else {
            let class = self.class();
            self.value_done();
            class
        };
        // Collectors put the JSON of programs into strings.
        let left = if class == Class::Open { clean(&said) } else { redact_in(class, &said) };
        match left {
            Cow::Borrowed(same) if *same == *said => self.out.push_str(written),
            left => self.quote(&left),
        }
    }

    /// The name of a member.
    fn named(&mut self, name: &str) {
        let Some(frame) = self.open.last_mut() else { return };
        let class = match class_of(name) {
            Class::OfPerson if self.of_person && !frame.acts => Class::Patient,
            Class::OfPerson => Class::Open,
            class => class,
        };
        frame.next = Some((name.to_owned(), class));
    }

    /// A number, `true`, `false` or `null`; only the first can tell anything.
    fn scalar(&mut self) {
        let length = self.rest.find([',', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(self.rest.len());
        let (scalar, rest) = self.rest.split_at(length);
        self.rest = rest;
        let number = scalar.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        let is_private = match self.class() {
            Class::Patient => true,
            // `"pass": 3` counts tests; inside of a secret nothing counts anything.
            Class::Secret => self.in_secret() || self.name().is_none_or(|name| hides(name, scalar)),
            class => matches!(redact_in(class, scalar), Cow::Owned(_)) || class == Class::Phone && scalar.len() > 7,
        };
        if number && is_private {
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
            (r#"pass=x {"pwd": null, "m": "a.b@c.fr"}"#, r#"pass=[…] {"pwd": null, "m": "[…]@c.fr"}"#),
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
    fn the_name_before_a_document_says_what_may_be_shown_of_it() {
        for (text, wanted) in [
            (
                r#"x "00100020": {"vr": "LO", "Value": ["800123456"]} y"#,
                r#"x "00100020": {"vr": "[…]", "Value": ["[…]"]} y"#,
            ),
            (r#"token={"a": "b1c2"}"#, r#"token={"a": "[…]"}"#),
            (r#"event: {"a": "b1c2"}"#, r#"event: {"a": "b1c2"}"#),
        ] {
            assert_eq!(clean(text), wanted);
        }
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
