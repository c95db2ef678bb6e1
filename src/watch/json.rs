//! JSON as logs hold it, one object a line: a single pass finds the members without decoding them, for most of them
//! concern nobody.
//!
//! Nested objects have dotted names (`Authentication.eventId`). Of a list, each item is said, and the fields of objects
//! in it once for each object; an empty object has no value. What only decoding could find wrong, such as an escape
//! that means nothing, costs that character and not the event.

use super::record::{Field, Said, Unreadable};

mod members;
mod names;
mod spelled;
mod string;
mod wanted;

pub(super) use members::Members;
pub(super) use names::without_names;
pub(super) use spelled::Spelled;
pub(super) use string::{spells_by_number, unescape};
pub(super) use wanted::Wanted;

/// Objects and lists inside each other, at most.
const DEPTH: usize = 64;
/// Values of one line, at most.
const VALUES: usize = 20_000;
/// Bytes of all names of one line, at most: a long name with many values under it is repeated for each of them.
const NAMES: usize = 4 << 20;

const TOO_MUCH: Unreadable = Unreadable("more JSON than a log line holds");
const CUT: Unreadable = Unreadable("JSON that stops in the middle");
const BROKEN: Unreadable = Unreadable("not valid JSON");

/// Whoever wants to know some members of an object.
pub(super) trait Hearer<'a> {
    /// The numbers under which the member with this dotted name is to be heard.
    fn wants(&mut self, name: &str) -> Wanted;

    /// Takes a value of a member.
    fn hear(&mut self, field: Field, said: Said<'a>);
}

/// A way to know the dotted names of members.
pub(super) trait Naming {
    /// A member, or the object itself.
    type Place: Copy;

    /// The object itself.
    fn root(&self) -> Self::Place;

    /// The member of `parent` that stands at the beginning of `rest`, behind the opening quote of its name, if it is one
    /// that was to be expected behind `before`; and how long the name is with its closing quote.
    fn expected(
        &mut self,
        rest: &[u8],
        parent: Self::Place,
        before: Option<Self::Place>,
    ) -> Option<(Self::Place, usize)>;

    /// The member of `parent` that has this name and stands behind `before`.
    fn enter(&mut self, name: Quoted<'_>, parent: Self::Place, before: Option<Self::Place>) -> Self::Place;

    /// How long the dotted name of `place` is.
    fn length(&self, place: Self::Place) -> usize;

    /// What of `place` is wanted.
    fn wanted<'a>(&mut self, place: Self::Place, hearer: &mut impl Hearer<'a>) -> Wanted;
}

/// Says the members of the object that `text` is.
pub(super) fn walk<'a>(
    text: &'a str,
    naming: &mut impl Naming,
    hearer: &mut impl Hearer<'a>,
) -> Result<(), Unreadable> {
    Walk { text, bytes: text.as_bytes(), at: 0, hearer, naming, values: 0, names: 0 }.document()
}

/// How long the object is that `text` begins with, as [`walk`] reads it. Nothing where that cannot read it.
pub(super) fn length(text: &str) -> Option<usize> {
    struct Deaf;
    impl Hearer<'_> for Deaf {
        fn wants(&mut self, _: &str) -> Wanted {
            Wanted::NOTHING
        }

        fn hear(&mut self, _: Field, _: Said<'_>) {}
    }
    let (hearer, naming) = (&mut Deaf, &mut Spelled::default());
    let mut walk = Walk { text, bytes: text.as_bytes(), at: 0, hearer, naming, values: 0, names: 0 };
    walk.object().ok()?;
    Some(walk.at)
}

struct Walk<'a, 'l, N, H> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    hearer: &'l mut H,
    naming: &'l mut N,
    values: usize,
    names: usize,
}

/// A string as it stands between its quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quoted<'a> {
    text: &'a str,
    escaped: bool,
}

impl Quoted<'_> {
    /// Appends it without escapes.
    fn put(self, plain: &mut String) {
        if self.escaped {
            unescape(self.text, plain);
        } else {
            plain.push_str(self.text);
        }
    }
}

impl<'a, N: Naming, H: Hearer<'a>> Walk<'a, '_, N, H> {
    fn document(&mut self) -> Result<(), Unreadable> {
        self.object()?;
        self.skip_space();
        if self.at < self.bytes.len() { Err(BROKEN) } else { Ok(()) }
    }

    fn object(&mut self) -> Result<(), Unreadable> {
        self.expect(b'{').map_err(|_| Unreadable("not a JSON object"))?;
        self.members(self.naming.root(), 0)
    }

    /// The members of an object whose bracket was just read.
    fn members(&mut self, parent: N::Place, depth: usize) -> Result<(), Unreadable> {
        if self.take(b'}') {
            let named = self.naming.length(parent) > 0;
            let wanted = if named { self.naming.wanted(parent, self.hearer) } else { Wanted::NOTHING };
            return self.say(wanted, Said::Null);
        }
        let mut before = None;
        loop {
            self.expect(b'"')?;
            let member = self.name(parent, before)?;
            self.expect(b':')?;
            self.member(member, depth)?;
            before = Some(member);
            if !self.take(b',') {
                return self.expect(b'}');
            }
        }
    }

    /// The name of a member, its opening quote just read.
    fn name(&mut self, parent: N::Place, before: Option<N::Place>) -> Result<N::Place, Unreadable> {
        if let Some((member, length)) = self.naming.expected(&self.bytes[self.at..], parent, before) {
            self.at += length;
            return Ok(member);
        }
        let name = self.string()?;
        Ok(self.naming.enter(name, parent, before))
    }

    fn member(&mut self, member: N::Place, depth: usize) -> Result<(), Unreadable> {
        let next = self.peek()?;
        self.names += self.naming.length(member);
        if self.names > NAMES {
            return Err(TOO_MUCH);
        }
        let wanted = if next == b'{' { Wanted::NOTHING } else { self.naming.wanted(member, self.hearer) };
        self.value(next, member, wanted, depth)
    }

    /// A value that begins with `next`.
    fn value(&mut self, next: u8, member: N::Place, wanted: Wanted, depth: usize) -> Result<(), Unreadable> {
        match next {
            b'"' => {
                self.at += 1;
                let Quoted { text, escaped } = self.string()?;
                self.say(wanted, if escaped { Said::Escaped(text) } else { Said::Text(text) })
            }
            b'{' | b'[' if depth + 1 >= DEPTH => Err(TOO_MUCH),
            b'{' => {
                self.at += 1;
                self.members(member, depth + 1)
            }
            b'[' => {
                self.at += 1;
                self.items(member, wanted, depth + 1)
            }
            b't' => self.word("true", wanted, Said::Bool(true)),
            b'f' => self.word("false", wanted, Said::Bool(false)),
            b'n' => self.word("null", wanted, Said::Null),
            b'-' | b'0'..=b'9' => {
                let number = self.number();
                self.say(wanted, number)
            }
            _ => Err(BROKEN),
        }
    }

    /// The items of a list whose bracket was just read.
    fn items(&mut self, member: N::Place, wanted: Wanted, depth: usize) -> Result<(), Unreadable> {
        if self.take(b']') {
            return self.say(wanted, Said::Empty);
        }
        loop {
            let next = self.peek()?;
            self.value(next, member, wanted, depth)?;
            if !self.take(b',') {
                return self.expect(b']');
            }
        }
    }

    fn say(&mut self, wanted: Wanted, said: Said<'a>) -> Result<(), Unreadable> {
        self.values += 1;
        if self.values > VALUES {
            return Err(TOO_MUCH);
        }
        wanted.each(|field| self.hearer.hear(field, said));
        Ok(())
    }

    /// A number whose first sign is next.
    fn number(&mut self) -> Said<'a> {
        let start = self.at;
        let digits = start + usize::from(self.bytes[start] == b'-');
        self.at = digits + self.bytes[digits..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_more = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
        let whole = !self.bytes.get(self.at).is_some_and(is_more);
        let length = self.at - digits;
        let plain = (1..19).contains(&length) && (self.bytes[digits] != b'0' || self.at - start == 1);
        if whole && plain {
            return Said::Number(&self.text[start..self.at]);
        }
        self.at += self.bytes[self.at..].iter().take_while(|byte| is_more(byte)).count();
        general(&self.text[start..self.at])
    }

    fn word(&mut self, word: &str, wanted: Wanted, said: Said<'a>) -> Result<(), Unreadable> {
        let rest = &self.bytes[self.at..];
        if !rest.starts_with(word.as_bytes()) {
            return Err(if word.as_bytes().starts_with(rest) { CUT } else { BROKEN });
        }
        self.at += word.len();
        self.say(wanted, said)
    }

    /// A string whose opening quote was just read.
    fn string(&mut self) -> Result<Quoted<'a>, Unreadable> {
        let start = self.at;
        let mut escaped = false;
        loop {
            let (quote, slash) = string::quote(&self.bytes[self.at..]).ok_or(CUT)?;
            let end = self.at + quote;
            escaped |= slash;
            self.at = end + 1;
            if !(escaped && string::is_open_escape(&self.bytes[start..end])) {
                let text = self.text.get(start..end).ok_or(BROKEN)?;
                return Ok(Quoted { text, escaped });
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
        // Logs hardly ever have spaces where they mean nothing.
        if self.bytes.get(self.at) == Some(&sign) {
            self.at += 1;
            return true;
        }
        self.skip_space();
        let found = self.bytes.get(self.at) == Some(&sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: u8) -> Result<(), Unreadable> {
        if self.take(sign) {
            return Ok(());
        }
        Err(if self.at < self.bytes.len() { BROKEN } else { CUT })
    }
}

/// A number that may be written in several ways: `1.50` is 1.5, and `1e3` is 1000.0.
fn general(text: &str) -> Said<'_> {
    match (text.parse(), text.parse()) {
        (Ok(number), _) => Said::Int(number),
        (_, Ok(number)) => Said::Float(number),
        _ => Said::Text(text),
    }
}
