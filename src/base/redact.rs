//! Takes identifiers of patients, and secrets, out of any text before it is kept or shown.
//!
//! Patterns alone would eat innocent numbers (timestamps, DICOM UIDs), so a social security number counts only when
//! its check digits are right (CNIL/INSEE: key = 97 − number mod 97, Corsica's 2A and 2B read as 19 and 18).
//!
//! Nearly every line is innocent, so one pass over the bytes ([`suspects`]) decides first whether any pattern could
//! match at all. It may err on the side of suspicion, never on the other: a property test holds it to that.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What stands in place of something taken out.
pub(crate) const REMOVED: &str = "[…]";

/// Ends of names whose value is a secret, in lower case, without `_` and `-`.
const SECRETS: [&str; 13] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "motdepasse",
    "mdp",
    "token",
    "secret",
    "secretstring",
    "apikey",
    "authorization",
    "cookie",
    "communitystring",
];

/// Names whose value tells who a patient is, written as above.
const PERSONS: [&str; 12] = [
    "patientname",
    "patientid",
    "patientbirthdate",
    "nir",
    "ins",
    "nss",
    "ipp",
    "iep",
    "accessionnumber",
    "participantobjectname",
    "participantobjectid",
    "participantobjectquery",
];

/// DICOM attributes that tell who a patient is or what the examination was: all of group 0010, then the accession
/// number, the referring physician and the description of the study.
const ATTRIBUTES: [&str; 4] = ["(0010,", "(0008,0050)", "(0008,0090)", "(0008,1030)"];

static NIR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) (?P<before> ^ | %[0-9A-Fa-f]{2} | [^\w.] )
        (?P<number> [1-478] \x20? [0-9]{2} \x20? (?:0[1-9]|1[0-2]|[2-4][0-9]|[5-9][0-9])
            \x20? (?:[0-9]{2}|2[AB]) \x20? [0-9]{3} \x20? [0-9]{3} ) \x20? (?P<key> [0-9]{2} )
        (?P<after> $ | [^\w.] | \.(?:\s|$) )",
    )
});

static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) (?P<before> ^ | %[0-9A-Fa-f]{2} | [^\w.+-] )
        (?: (?:\+|%2[Bb])33 | 0033 | 0 ) [\x20.-]? [1-9] (?: [\x20.-]? [0-9]{2} ){4}
        (?P<after> $ | [^\w.-] | \.(?:\s|$) )",
    )
});

static MAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\w.+-]+@(?P<domain>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"));

/// Credentials in HTTP headers, however the log writes them: `authorization: Basic …`, `[authorization]: [Basic …]`.
static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?P<label> (?i-u: (?:authorization|cookie) \\? ["'\]]? \s* (?:[:=]|%3[AD]) (?:\s|%20|\+)* ["'\[]*
                (?: (?:basic|bearer|negotiate|ntlm) (?:\s|%20|\+)+ )? ) )
        (?P<value> \[…\] | (?i-u:digest) \s [^\]\n]+ | [^\s",;&\[\]{}…]+ (?: [;,\s]\s* [^\s=:\[\]{}]+ = [^\s;,\[\]{}]+ )* )"#,
    )
});

/// Values of names that end in one of [`SECRETS`]; a quoted value ends at its quote.
static SECRET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?P<label> (?i-u: (?:%[0-9a-f]{2}|\b) (?: [\w.-]* (?: passw(?:or)?d | pwd | passphrase | mot[_-]?de[_-]?passe | mdp
                | token | secret(?:[_-]?string)? | api[_-]?key | community[_-]?string ) | pass )
            \\? ["'\]]? \s* (?:[:=]|%3[AD]) (?:\s|%20|\+)* ) )
        (?P<value> \[…\] | \\"(?:[^"\\]|\\[^"])*\\?"? | "(?:[^"\\]|\\.)*"? | '[^'\n]*'? | [^\s",;&\]}{]+ )"#,
    )
});

/// Values behind the short names of patients' numbers. They end at a blank, but for those between the digits of a number:
/// whoever chooses three letters of a line must not hide the rest of it.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?P<label> (?i-u: (?:%[0-9a-f]{2}|\b) (?: nir | ins | nss | ipp | iep | accession[_-]?number )
            \\? ["'\]]? \s* (?: [:=] | > | %3[AD] ) (?:\s|%20|\+)* ) )
        (?P<value> '\[…\]' | \[…\] | \\"(?:[^"\\]|\\[^"])*\\?"? | "(?:[^"\\]|\\.)*"?
            | [0-9](?:[\x20.-]?[0-9AB])* [^\s",;&<\]}{]* | [^\s",;&<\]}{]+ )"#,
    )
});

/// Values that ATNA, HL7 and FHIR names of a patient carry.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?P<label> (?i-u: (?:%[0-9a-f]{2}|\b) (?: patient[_-]?(?:name|id|birth[_-]?date)
                | participantobject(?:name|id|query) | 0010[0-9a-f]{4} )
            \\? ["'\]]? \s* (?: [:=] | > | %3[AD] ) (?:\s|%20|\+)* ) )
        (?P<value> '\[…\]' | \[…\] | \\"(?:[^"\\]|\\[^"])*\\?"? | "(?:[^"\\]|\\.)*"? | [^\s",;&<\]}{][^",;&<\]}{\n]* )"#,
    )
});

/// A DICOM attribute as dcmtk and Orthanc print it, up to the comment that dcmtk puts behind it.
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?P<label> (?i-u: \( (?: 0010,[0-9a-f]{4} | 0008,(?:0050|0090|1030) ) \) ) [^=\[\n]* [=\[] \s* )
        (?P<value> \[…\] | [^\]"\n]* [^\]"\s] )"#,
    )
});

/// HL7 segments about a person, whole.
static SEGMENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?P<label>(?:%[0-9A-Fa-f]{2}|(?-u:\b))(?:PID|PD1|NK1|IN1|GT1)\|)[0-9]*\|[^"\r\n]*"#));

/// What a FHIR client searches patients by.
static SEARCH: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?P<label>(?i-u:\bpatient\?))[^\s"]+"#));

/// A number that somebody says the name of.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<label>(?i-u:\b(?:nir|ins|nss|ipp|iep)\b)\s*(?:n[°o]\s*)?:?\s*)(?P<value>[0-9][0-9 ]*[0-9AB][0-9 ]{3,}[0-9])",
    )
});

/// A person's name with its parts held together by carets.
static CARETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\pL[\pL'-]*(?:\^[\pL'-]*)+"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern written in this file is valid")
}

/// `text` without social security numbers, French telephone numbers, the local part of mail addresses, passwords,
/// tokens, and values labelled as a patient's name or number. Borrowed where nothing had to go.
pub(crate) fn redact(text: &str) -> Cow<'_, str> {
    let mut text = redact_line(text);
    if text.contains('@') {
        apply(&mut text, &MAIL, |found| Some(format!("{REMOVED}@{}", &found["domain"])));
    }
    text
}

/// As [`redact`], for words that a person typed: also numbers behind "NIR", "INS", "IPP" or "IEP" without a sign between
/// them, and names as DICOM and HL7 write them (`DUPONT^JEAN`).
pub(crate) fn redact_words(text: &str) -> String {
    let mut text = redact(text);
    apply(&mut text, &SPOKEN, labelled);
    apply(&mut text, &CARETS, |_| Some(REMOVED.to_owned()));
    text.into_owned()
}

/// As [`redact`], but leaves `name@domain` alone: in a log that is how accounts are written, and rules have to tell one
/// account from another.
pub(crate) fn redact_line(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if suspects(&text) {
        for (pattern, replace) in STEPS {
            apply(&mut text, pattern, *replace);
        }
    }
    text
}

/// What stands in place of a match, up to its group `after`; nothing where the match is innocent.
type Replace = fn(&Captures<'_>) -> Option<String>;

const STEPS: &[(&LazyLock<Regex>, Replace)] = &[
    (&SEGMENT, labelled),
    (&ATTRIBUTE, labelled),
    (&SEARCH, labelled),
    (&HEADER, labelled),
    (&SECRET, secret),
    (&NUMBERED, labelled),
    (&NAMED, labelled),
    (&NIR, numbered),
    (&PHONE, |found| Some(format!("{}{REMOVED}", &found["before"]))),
];

#[expect(clippy::unnecessary_wraps, reason = "one shape for all steps")]
fn labelled(found: &Captures<'_>) -> Option<String> {
    let quote = found.name("value").map_or("", |value| quote_of(value.as_str()));
    Some(format!("{}{quote}{REMOVED}{quote}", &found["label"]))
}

/// As [`labelled`], but for the working directory, which sudo and shells write as `PWD=/…`.
fn secret(found: &Captures<'_>) -> Option<String> {
    if found["label"] == *"PWD=" && found["value"].starts_with('/') {
        return None;
    }
    labelled(found)
}

fn numbered(found: &Captures<'_>) -> Option<String> {
    key_is_right(&found["number"], &found["key"]).then(|| format!("{}{REMOVED}", &found["before"]))
}

fn quote_of(value: &str) -> &str {
    ["\"", "'", "\\\""].into_iter().find(|quote| value.starts_with(quote)).unwrap_or_default()
}

/// Replaces each match for which `replace` gives another text; leaves `text` alone where there is none.
fn apply(text: &mut Cow<'_, str>, pattern: &Regex, replace: Replace) {
    let mut replaced = String::new();
    let (mut kept, mut from) = (0, 0);
    while let Some(found) = pattern.captures_at(text, from) {
        let whole = found.get_match();
        // What stands behind one number is what stands before the next.
        let end = found.name("after").map_or(whole.end(), |after| after.start());
        // What was taken out before is not taken out again.
        let instead = replace(&found).filter(|instead| **instead != text[whole.start()..end]);
        if let Some(instead) = instead {
            replaced.push_str(&text[kept..whole.start()]);
            replaced.push_str(&instead);
            (kept, from) = (end, end);
        } else {
            // An innocent number may hide the start of another one.
            from = found.name("number").map_or(end, |number| number.start() + 1);
        }
    }
    if !replaced.is_empty() {
        replaced.push_str(&text[kept..]);
        *text = Cow::Owned(replaced);
    }
}

fn key_is_right(number: &str, key: &str) -> bool {
    let digits = number.replace(' ', "").replace("2A", "19").replace("2B", "18");
    match (digits.parse::<u64>(), key.parse::<u64>()) {
        (Ok(number), Ok(key)) => key == 97 - number % 97,
        _ => false,
    }
}

/// Whether whatever is called `name` must not be kept: a secret, or what tells who a patient is.
pub(crate) fn is_private(name: &str) -> bool {
    let name = name.as_bytes();
    let last = &name[name.iter().rposition(|byte| matches!(byte, b'.' | b' ' | b'/' | b':')).map_or(0, |at| at + 1)..];
    let Some(end) = joined(last).next_back().map(|byte| byte.to_ascii_lowercase()) else { return false };
    // Asked for every value that is shown; most names are told by their last letter.
    let may_be = |known: &str| known.as_bytes().last() == Some(&end);
    let is = |known: &str| joined(last).map(|byte| byte.to_ascii_lowercase()).eq(known.bytes());
    SECRETS.iter().any(|known| may_be(known) && ends_with_joined(last, known.as_bytes()))
        || PERSONS.iter().chain(&["pass"]).any(|known| may_be(known) && is(known))
        || is_attribute_joined(last)
}

/// Whether [`redact_line`] could change `text`. Wrong only on the side of suspicion.
pub(crate) fn suspects(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut number = Number::default();
    let mut escape = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if !TELLING[usize::from(byte)] {
            number.other(byte);
            continue;
        }
        let (before, after) = (&bytes[..at], &bytes[at + 1..]);
        let found = match byte {
            b'0'..=b'9' => number.digit(byte, before.last().copied().filter(|_| at != escape)),
            b':' | b'=' | b'>' => is_label(before),
            b'(' => ATTRIBUTES.iter().any(|attribute| bytes[at..].starts_with(attribute.as_bytes())),
            b'?' => ends_with(before, b"patient"),
            b'|' => [&b"PID"[..], b"PD1", b"NK1", b"IN1", b"GT1"].iter().any(|name| before.ends_with(name)),
            b'+' => after.starts_with(b"33"),
            _ => {
                escape = at + 3;
                escaped(before, after)
            }
        };
        if found {
            return true;
        }
        if !byte.is_ascii_digit() {
            number.other(byte);
        }
    }
    false
}

/// The bytes that [`suspects`] has to look at; all others only end a number.
static TELLING: [bool; 256] = {
    let mut telling = [false; 256];
    let bytes = b"0123456789:=>(?|+%";
    let mut at = 0;
    while at < bytes.len() {
        telling[bytes[at] as usize] = true;
        at += 1;
    }
    telling
};

/// Digits that could be, or become, a social security number or a telephone number.
#[derive(Default)]
struct Number {
    /// Digits so far of a run that could be a social security number, 15 with its key (14 with Corsica's letter).
    nir: u32,
    /// Digits so far of a run that begins like a French telephone number.
    phone: u32,
    /// Whether the last byte stood between two digits of such a run.
    gap: bool,
}

impl Number {
    fn digit(&mut self, byte: u8, before: Option<u8>) -> bool {
        let inside = before.is_some_and(|before| before.is_ascii_alphanumeric() || matches!(before, b'_' | b'.'));
        if self.nir > 0 || !inside {
            self.nir += 1;
        }
        let signed = matches!(before, Some(b'+' | b'-'));
        if self.phone > 0 || (byte == b'0' && !inside && !signed) {
            self.phone += 1;
        }
        self.gap = false;
        self.nir >= 14 || self.phone >= 10
    }

    fn other(&mut self, byte: u8) {
        if self.nir + self.phone == 0 {
            return;
        }
        // Corsica's letter may have a space behind it.
        if !matches!(byte, b' ' | b'A' | b'B') || (self.gap && byte != b' ') {
            self.nir = 0;
        }
        if self.gap || !matches!(byte, b' ' | b'.' | b'-') {
            self.phone = 0;
        }
        self.gap = true;
    }
}

/// Whether what stands right before a `:`, `=` or `>` names something private.
fn is_label(bytes: &[u8]) -> bool {
    let end = bytes.iter().rposition(|byte| !byte.is_ascii_whitespace() && *byte != 0x0b).map_or(0, |last| last + 1);
    let name = bytes[..end].strip_suffix(b"\"").or_else(|| bytes[..end].strip_suffix(b"'"));
    let name = name.or_else(|| bytes[..end].strip_suffix(b"]")).unwrap_or(&bytes[..end]);
    let name = name.strip_suffix(b"\\").unwrap_or(name);
    let Some(last) = name.last().map(u8::to_ascii_lowercase) else { return false };
    let is = |end: &str| end.as_bytes().last() == Some(&last) && ends_with_joined(name, end.as_bytes());
    SECRETS.iter().any(|end| is(end)) || PERSONS.iter().any(|person| is(person)) || is("pass") || is_attribute(name)
}

/// Whether a URL's `%` writes the `+` of a telephone number, or the `:` or `=` behind a label.
fn escaped(before: &[u8], after: &[u8]) -> bool {
    match after {
        [b'2', b'B' | b'b', b'3', b'3', ..] => true,
        [b'3', b'A' | b'a' | b'D' | b'd', ..] => is_label(before),
        _ => false,
    }
}

/// `00100010`, as `DICOMweb` writes an attribute.
fn is_attribute(name: &[u8]) -> bool {
    let tail = &name[name.len().saturating_sub(8)..];
    tail.len() == 8 && tail.starts_with(b"0010") && tail.iter().all(u8::is_ascii_hexdigit)
}

/// As [`is_attribute`] for a whole name, with `_` and `-` passed over.
fn is_attribute_joined(name: &[u8]) -> bool {
    let mut digits = joined(name);
    b"0010".iter().all(|wanted| digits.next() == Some(*wanted))
        && digits.clone().count() == 4
        && digits.all(|byte| byte.is_ascii_hexdigit())
}

fn ends_with(text: &[u8], end: &[u8]) -> bool {
    text.len() >= end.len() && text[text.len() - end.len()..].eq_ignore_ascii_case(end)
}

/// The bytes of a name without the `_` and `-` that hold its words together.
fn joined(name: &[u8]) -> impl DoubleEndedIterator<Item = u8> + Clone {
    name.iter().copied().filter(|byte| !matches!(byte, b'_' | b'-'))
}

/// As [`ends_with`], with `_` and `-` in `text` passed over.
fn ends_with_joined(text: &[u8], end: &[u8]) -> bool {
    let mut text = joined(text).rev();
    end.iter().rev().all(|wanted| text.next().is_some_and(|byte| byte.eq_ignore_ascii_case(wanted)))
}

#[cfg(test)]
mod tests;
