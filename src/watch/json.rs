//! JSON as logs hold it, one object a line: a single pass finds the members without decoding them, for most of them
//! concern nobody.
//!
//! Nested objects have dotted names (`Authentication.eventId`). Of a list, each item is said, and the fields of objects
//! in it once for each object; an empty object has no value. What only decoding could find wrong, such as an escape
//! that means nothing, costs that character and not the event.

use std::borrow::Cow;

use super::record::{Listener, Said, Unreadable};

/// Objects and lists inside each other, at most.
const DEPTH: usize = 64;
/// Values of one line, at most.
const VALUES: usize = 20_000;
/// Bytes of all nested names of one line, at most: a long name with many values under it is repeated for each of them.
const NAMES: usize = 4 << 20;

const TOO_MUCH: Unreadable = Unreadable("more JSON than a log line holds");
const CUT: Unreadable = Unreadable("JSON that stops in the middle");
const BROKEN: Unreadable = Unreadable("not valid JSON");

/// Says the members of the object that `text` is.
pub(super) fn walk<'a>(text: &'a str, listener: &mut impl Listener<'a>) -> Result<(), Unreadable> {
    let name = std::mem::take(listener.room());
    let mut walk = Walk { text, bytes: text.as_bytes(), at: 0, listener, name, values: 0, names: 0 };
    walk.name.clear();
    let walked = walk.document();
    let name = std::mem::take(&mut walk.name);
    *listener.room() = name;
    walked
}

struct Walk<'a, 'l, L> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    listener: &'l mut L,
    /// The dotted name of the object or list that is being read.
    name: String,
    values: usize,
    names: usize,
}

/// A string as it stands between its quotes.
#[derive(Clone, Copy)]
struct Quoted<'a> {
    text: &'a str,
    escaped: bool,
}

impl Quoted<'_> {
    fn decoded(&self) -> Cow<'_, str> {
        if !self.escaped {
            return Cow::Borrowed(self.text);
        }
        let mut plain = String::new();
        unescape(self.text, &mut plain);
        Cow::Owned(plain)
    }
}

impl<'a, L: Listener<'a>> Walk<'a, '_, L> {
    fn document(&mut self) -> Result<(), Unreadable> {
        self.expect(b'{').map_err(|_| Unreadable("not a JSON object"))?;
        self.members(0)?;
        self.skip_space();
        if self.at < self.bytes.len() { Err(BROKEN) } else { Ok(()) }
    }

    /// The members of an object whose bracket was just read.
    fn members(&mut self, depth: usize) -> Result<(), Unreadable> {
        let length = self.name.len();
        if self.take(b'}') {
            let field = if length > 0 { self.listener.wants(&self.name) } else { None };
            return self.say(field, Said::Null);
        }
        loop {
            self.expect(b'"')?;
            let key = self.string()?;
            self.expect(b':')?;
            self.member(key, depth)?;
            self.name.truncate(length);
            if !self.take(b',') {
                return self.expect(b'}');
            }
        }
    }

    fn member(&mut self, key: Quoted<'a>, depth: usize) -> Result<(), Unreadable> {
        let next = self.peek()?;
        let nests = matches!(next, b'{' | b'[');
        if self.name.is_empty() && !key.escaped && !nests {
            // Nearly all members of nearly all events: the name is there already.
            let field = self.listener.wants(key.text);
            return self.value(next, field, depth);
        }
        if !self.name.is_empty() {
            self.name.push('.');
        }
        self.name.push_str(&key.decoded());
        self.names += self.name.len();
        if self.names > NAMES {
            return Err(TOO_MUCH);
        }
        let field = if next == b'{' { None } else { self.listener.wants(&self.name) };
        self.value(next, field, depth)
    }

    /// A value that begins with `next`.
    fn value(&mut self, next: u8, field: Option<u32>, depth: usize) -> Result<(), Unreadable> {
        match next {
            b'"' => {
                self.at += 1;
                let Quoted { text, escaped } = self.string()?;
                self.say(field, if escaped { Said::Escaped(text) } else { Said::Text(text) })
            }
            b'{' | b'[' if depth + 1 >= DEPTH => Err(TOO_MUCH),
            b'{' => {
                self.at += 1;
                self.members(depth + 1)
            }
            b'[' => {
                self.at += 1;
                self.items(field, depth + 1)
            }
            b't' => self.word("true", field, Said::Bool(true)),
            b'f' => self.word("false", field, Said::Bool(false)),
            b'n' => self.word("null", field, Said::Null),
            b'-' | b'0'..=b'9' => {
                let start = self.at;
                self.at += 1;
                while self
                    .bytes
                    .get(self.at)
                    .is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
                {
                    self.at += 1;
                }
                self.say(field, Said::Number(&self.text[start..self.at]))
            }
            _ => Err(BROKEN),
        }
    }

    /// The items of a list whose bracket was just read.
    fn items(&mut self, field: Option<u32>, depth: usize) -> Result<(), Unreadable> {
        if self.take(b']') {
            return self.say(field, Said::Empty);
        }
        loop {
            let next = self.peek()?;
            self.value(next, field, depth)?;
            if !self.take(b',') {
                return self.expect(b']');
            }
        }
    }

    fn say(&mut self, field: Option<u32>, said: Said<'a>) -> Result<(), Unreadable> {
        self.values += 1;
        if self.values > VALUES {
            return Err(TOO_MUCH);
        }
        if let Some(field) = field {
            self.listener.hear(field, said);
        }
        Ok(())
    }

    fn word(&mut self, word: &str, field: Option<u32>, said: Said<'a>) -> Result<(), Unreadable> {
        let rest = &self.bytes[self.at..];
        if !rest.starts_with(word.as_bytes()) {
            return Err(if word.as_bytes().starts_with(rest) { CUT } else { BROKEN });
        }
        self.at += word.len();
        self.say(field, said)
    }

    /// A string whose opening quote was just read.
    fn string(&mut self) -> Result<Quoted<'a>, Unreadable> {
        let start = self.at;
        let mut escaped = false;
        loop {
            self.at += quote_or_escape(&self.bytes[self.at..]).ok_or(CUT)?;
            if self.bytes[self.at] == b'"' {
                let text = self.text.get(start..self.at).ok_or(BROKEN)?;
                self.at += 1;
                return Ok(Quoted { text, escaped });
            }
            escaped = true;
            self.at += 2;
            if self.at > self.bytes.len() {
                return Err(CUT);
            }
        }
    }

    fn skip_space(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&mut self) -> Result<u8, Unreadable> {
        self.skip_space();
        self.bytes.get(self.at).copied().ok_or(CUT)
    }

    fn take(&mut self, sign: u8) -> bool {
        self.skip_space();
        let found = self.bytes.get(self.at) == Some(&sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: u8) -> Result<(), Unreadable> {
        if self.peek()? == sign {
            self.at += 1;
            return Ok(());
        }
        Err(BROKEN)
    }
}

/// The place of the first quote or backslash. Most strings are short, so the first bytes are looked at eight at a time,
/// without a call; the rest of long ones goes to a search that is made for them.
fn quote_or_escape(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = ONES << 7;
    // The highest bit of each byte that is zero. A byte above such a one may be marked in error, never one below.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let mut at = 0;
    while at < 32
        && let Some(chunk) = bytes[at..].first_chunk::<8>()
    {
        let word = u64::from_le_bytes(*chunk);
        let found = zeros(word ^ (ONES * u64::from(b'"'))) | zeros(word ^ (ONES * u64::from(b'\\')));
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    memchr::memchr2(b'"', b'\\', &bytes[at..]).map(|found| at + found)
}

/// Appends `text` to `plain` without the escapes of JSON (RFC 8259, section 7). Half of a pair of surrogates becomes the
/// replacement character; an escape that does not exist stays as it is.
pub(super) fn unescape(text: &str, plain: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(sign) = rest.chars().next() else { return plain.push('\\') };
        if sign == 'u' {
            let (letter, length) = code_point(rest);
            plain.push(letter);
            rest = &rest[length..];
            continue;
        }
        match sign {
            '"' | '\\' | '/' => plain.push(sign),
            'b' => plain.push('\u{8}'),
            'f' => plain.push('\u{c}'),
            'n' => plain.push('\n'),
            'r' => plain.push('\r'),
            't' => plain.push('\t'),
            _ => plain.extend(['\\', sign]),
        }
        rest = &rest[sign.len_utf8()..];
    }
    plain.push_str(rest);
}

/// The letter of `u1234`, or of a pair of surrogates, and how many bytes they are.
fn code_point(text: &str) -> (char, usize) {
    let unit = |text: &str| u32::from_str_radix(text.strip_prefix('u')?.get(..4)?, 16).ok();
    let Some(first) = unit(text) else { return (char::REPLACEMENT_CHARACTER, 1) };
    if (0xD800..0xDC00).contains(&first)
        && let Some(second) = text.get(5..).and_then(|rest| rest.strip_prefix('\\')).and_then(unit)
        && (0xDC00..0xE000).contains(&second)
    {
        let letter = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        return (char::from_u32(letter).unwrap_or(char::REPLACEMENT_CHARACTER), 11);
    }
    (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 5)
}
