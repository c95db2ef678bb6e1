//! Pairs of a name and a value, `name=value name="a value"`, as firewalls and logfmt write them. Everything in a value may
//! be a stranger's: quotes that nobody escaped, backslashes at its end, names of other fields. Nothing that is written
//! gets lost for it, and of a name that is there twice both values are kept.

use std::borrow::Cow;

/// So many pairs of one line are read; what follows is one text.
pub(super) const MOST: usize = 1_024;
/// Length of a name, at most.
const NAME: usize = 64;

/// What a line is made of.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Pairs<'a> {
    /// Names and values, in the order of the line.
    pub(super) all: Vec<(&'a str, Cow<'a, str>)>,
    /// What follows behind the last that is read.
    pub(super) rest: &'a str,
}

impl<'a> Pairs<'a> {
    /// The pairs that `text` is made of; nothing where it does not begin with one.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let mut rest = text.trim_start();
        named(rest)?;
        let mut reader = Reader { between: if is_comma_separated(rest) { ',' } else { ' ' }, closes: true };
        let mut pairs = Self::default();
        while let Some((name, after)) = named(rest) {
            if pairs.all.len() == MOST {
                pairs.rest = rest;
                break;
            }
            let (value, after) = reader.value(after);
            pairs.all.push((name, value));
            rest = reader.next(after);
        }
        Some(pairs)
    }

    /// The first value called `name`.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }

    /// Whether there is a value called `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// The name that `text` begins with, and what stands behind its equals sign.
pub(super) fn named(text: &str) -> Option<(&str, &str)> {
    let end = memchr::memchr(b'=', &text.as_bytes()[..text.len().min(NAME + 1)])?;
    let name = &text[..end];
    is_name(name).then(|| (name, &text[end + 1..]))
}

fn is_name(text: &str) -> bool {
    let of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':' | b'/' | b'@');
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && text.bytes().all(of_name)
}

/// Whether the first value is followed by a comma and a name.
fn is_comma_separated(text: &str) -> bool {
    let Some((_, after)) = named(text) else { return false };
    let behind = match after.strip_prefix('"') {
        Some(quoted) => quoted.find('"').map(|end| &quoted[end + 1..]),
        None => after.find([',', ' ']).map(|end| &after[end..]),
    };
    behind.and_then(|rest| rest.strip_prefix(',')).is_some_and(|rest| named(rest.trim_start()).is_some())
}

/// Reads values.
struct Reader {
    /// What stands between pairs.
    between: char,
    /// Whether quotes have been seen to close. Once one did not, the nearest is as good as any: none is looked for to the
    /// end of the line twice.
    closes: bool,
}

impl Reader {
    fn value<'a>(&mut self, text: &'a str) -> (Cow<'a, str>, &'a str) {
        match text.strip_prefix('"') {
            Some(quoted) => self.quoted(quoted),
            None => self.bare(text),
        }
    }

    /// A value without quotes goes on to the next name: devices write dates and sentences that way.
    fn bare<'a>(&self, text: &'a str) -> (Cow<'a, str>, &'a str) {
        let mut from = 0;
        while let Some(at) = memchr::memchr(b'=', &text.as_bytes()[from..]).map(|at| from + at) {
            if let Some(gap) = text[..at].rfind(self.between)
                && is_name(text[gap + 1..at].trim_start())
                && at - gap <= NAME + 1
            {
                return (Cow::Borrowed(text[..gap].trim_end_matches([' ', ','])), &text[gap..]);
            }
            from = at + 1;
        }
        (Cow::Borrowed(text.trim_end()), "")
    }

    /// A value in quotes, from behind the first of them.
    fn quoted<'a>(&mut self, text: &'a str) -> (Cow<'a, str>, &'a str) {
        let end = if self.closes { self.closing(text) } else { None };
        self.closes &= end.is_some();
        let Some(end) = end.or_else(|| text.find('"')) else { return (unescaped(text), "") };
        (unescaped(&text[..end]), &text[end + 1..])
    }

    /// Where a value in quotes ends: at a quote behind which the next pair begins, or nothing.
    ///
    /// A quote behind a backslash is part of it, unless a quote that opens another value is met before one that closes: then
    /// whoever wrote the line escapes nothing, and the backslash is the stranger's.
    fn closing(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut escaped = None;
        for at in memchr::memchr_iter(b'"', bytes) {
            let slashes = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
            let ends = self.goes_on(&text[at + 1..]);
            if slashes % 2 == 1 {
                escaped = escaped.or(Some(at).filter(|_| ends));
            } else if ends {
                return Some(at);
            } else if escaped.is_some() && opens(&text[..at]) {
                return escaped;
            }
        }
        escaped
    }

    /// Whether the next pair begins here, or nothing is left.
    fn goes_on(&self, rest: &str) -> bool {
        let Some(rest) = rest.strip_prefix(self.between) else { return rest.trim_end().is_empty() };
        let rest = rest.trim_start();
        rest.is_empty() || named(rest).is_some()
    }

    /// What follows behind a value: the next pair, past words that have no name.
    fn next<'a>(&self, text: &'a str) -> &'a str {
        let mut rest = text.trim_start_matches([' ', '\t', ',', ';']);
        while !rest.is_empty() && named(rest).is_none() {
            let Some(gap) = rest.find(self.between) else { return "" };
            rest = rest[gap..].trim_start_matches([' ', '\t', ',', ';']);
        }
        rest
    }
}

/// Whether a quote behind `text` opens a value.
fn opens(text: &str) -> bool {
    let Some(text) = text.strip_suffix('=') else { return false };
    let start = text.rfind([' ', ',']).map_or(0, |gap| gap + 1);
    is_name(&text[start..])
}

/// Quotes that were escaped, without their backslash. Other backslashes stand for themselves: paths have them.
fn unescaped(text: &str) -> Cow<'_, str> {
    if text.contains("\\\"") { Cow::Owned(text.replace("\\\"", "\"")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let pairs = Pairs::of(text).unwrap_or_default();
        pairs.all.into_iter().map(|(name, value)| (name.to_owned(), value.into_owned())).collect()
    }

    #[test]
    fn values_end_where_the_next_name_begins() {
        for (text, wanted) in [
            (r#"a=1 b="x y" c="#, &[("a", "1"), ("b", "x y"), ("c", "")][..]),
            ("time=2025-10-29 09:56:16 fw=SN1", &[("time", "2025-10-29 09:56:16"), ("fw", "SN1")]),
            ("ivs=Default Network user=bob", &[("ivs", "Default Network"), ("user", "bob")]),
            (r#"a=1,b="x, y",c=2"#, &[("a", "1"), ("b", "x, y"), ("c", "2")]),
            ("u=http://x/?a=b&c=d e=f", &[("u", "http://x/?a=b&c=d"), ("e", "f")]),
            ("vlan=int-v,94,15 b=2", &[("vlan", "int-v,94,15"), ("b", "2")]),
            (r#"m="he said \"hi\" twice" b=2"#, &[("m", "he said \"hi\" twice"), ("b", "2")]),
            (r#"m="User "bob" failed" b=2"#, &[("m", "User \"bob\" failed"), ("b", "2")]),
            // The stranger's backslash takes no field away.
            (r#"user="bob\" srcip=1.2.3.4 msg="x""#, &[("user", "bob\\"), ("srcip", "1.2.3.4"), ("msg", "x")]),
            (r#"p="C:\dir\\" b="2""#, &[("p", r"C:\dir\\"), ("b", "2")]),
            // Nor do the names of other fields that he writes.
            (r#"user="a" user="b" c=1"#, &[("user", "a"), ("user", "b"), ("c", "1")]),
            (r#"a="never closed b=2"#, &[("a", "never closed b=2")]),
            (r#"a="x" stray words b=2"#, &[("a", "x"), ("b", "2")]),
            ("a = 1", &[]),
            ("1a=1", &[]),
            ("", &[]),
        ] {
            let wanted: Vec<(String, String)> =
                wanted.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn ten_thousand_names_are_bounded() {
        let many: Vec<String> = (0..10_000).map(|number| format!("k{number}=\"v\"")).collect();
        let many = many.join(" ");
        let pairs = Pairs::of(&many).unwrap();
        assert_eq!(pairs.all.len(), MOST);
        assert!(pairs.rest.starts_with("k1024="));
        for piece in ["a=\"", "a=\"b\\", "=\"", "a=\"b\" c", "\\\" a=", "a=b,"] {
            assert!(read(&piece.repeat(20_000)).len() <= MOST, "{piece}");
        }
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_back(values in prop::collection::vec("[^\\\\\n]{0,20}", 1..6)) {
            let text: Vec<String> =
                values.iter().enumerate().map(|(n, value)| format!("k{n}=\"{}\"", value.replace('"', "\\\""))).collect();
            let read = read(&text.join(" "));
            prop_assert_eq!(read.into_iter().map(|(_, value)| value).collect::<Vec<_>>(), values);
        }

        #[test]
        fn nothing_is_too_odd(text in "[a-c=\"\\\\ ,;é]{0,80}") {
            drop(Pairs::of(&text));
            drop(Pairs::of(&format!("a=\"{text}")));
        }
    }
}
