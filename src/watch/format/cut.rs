//! The head of a line that was too long: made such that its format can read what stands before the cut.
//!
//! Whoever writes a value without an end must not hide the fields before it, nor the beginning of that value. So a text
//! that ends in the middle is ended, and so is whatever it stands in; a name, a number or a tag that is not whole is left
//! out.

use std::borrow::Cow;

use crate::watch::json::length;

/// Objects and lists inside each other, at most, and elements of XML.
const DEPTH: usize = 64;

/// `head`, ended where the object or the document in it is not.
pub(super) fn mended(head: &str) -> Cow<'_, str> {
    object(head).or_else(|| document(head)).map_or(Cow::Borrowed(head), Cow::Owned)
}

/// What is open in an object up to a place.
#[derive(Default)]
struct Open {
    /// The signs that end what is open, the innermost last.
    ends: Vec<char>,
    /// Where the last whole value ends.
    whole: usize,
    /// Whether a value is to come, and not a name.
    value: bool,
}

/// The first object of `head`, ended, with what stands before it. Nothing where there is none, or it has an end.
fn object(head: &str) -> Option<String> {
    let opens = |(at, _): &(usize, &str)| head[at + 1..].trim_start().starts_with('"');
    let (start, _) = head.match_indices('{').find(opens)?;
    let mut open = Open::default();
    let mut signs = head.bytes().enumerate().skip(start);
    while let Some((at, sign)) = signs.next() {
        match sign {
            b'"' => {
                let Some(length) = string(&head.as_bytes()[at + 1..]) else {
                    let end = if open.value { (whole_letters(head), "\"") } else { (open.whole, "") };
                    return ended(head, start, end, &open);
                };
                signs.nth(length);
                if std::mem::take(&mut open.value) {
                    open.whole = at + length + 2;
                }
            }
            b'{' | b'[' => {
                if open.ends.len() >= DEPTH {
                    return None;
                }
                open.ends.push(if sign == b'{' { '}' } else { ']' });
                (open.whole, open.value) = (at + 1, sign == b'[');
            }
            b'}' | b']' => {
                open.ends.pop();
                if open.ends.is_empty() {
                    return None;
                }
                open.whole = at + 1;
            }
            b':' => open.value = true,
            b',' => (open.whole, open.value) = (at, open.ends.last() == Some(&']')),
            _ => {}
        }
    }
    ended(head, start, (open.whole, ""), &open)
}

/// `head` up to a place, with what ends it there; nothing where that is no object after all.
fn ended(head: &str, start: usize, (place, end): (usize, &str), open: &Open) -> Option<String> {
    // Without a single whole member it may be no object at all, and nothing of it is to be left out.
    (place > start + 1).then_some(())?;
    let mut text = head[..place].to_owned();
    text.push_str(end);
    text.extend(open.ends.iter().rev());
    (length(&text[start..]) == Some(text.len() - start)).then_some(text)
}

/// How many bytes the text has that ends with the first quote; nothing where none ends it.
fn string(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Where the letters of a text end that are whole: an escape of which only a part is there is not.
fn whole_letters(head: &str) -> usize {
    let from = head.len().saturating_sub("\\u0000".len());
    let last = head.as_bytes()[from..].iter().rposition(|&byte| byte == b'\\').map(|at| from + at);
    let Some(last) = last else { return head.len() };
    let slashes = head.as_bytes()[..=last].iter().rev().take_while(|&&byte| byte == b'\\').count();
    let needed = if head.as_bytes().get(last + 1) == Some(&b'u') { 6 } else { 2 };
    if slashes % 2 == 1 && head.len() - last < needed { last } else { head.len() }
}

/// The document in `head`, ended, with what stands before it.
fn document(head: &str) -> Option<String> {
    let start = ["<?xml", "<Event", "<AuditMessage"].iter().filter_map(|mark| head.find(mark)).min()?;
    let mut open: Vec<&str> = Vec::new();
    let mut at = start;
    while let Some(next) = head[at..].find('<').map(|next| at + next) {
        let Some(end) = tag(&head[next..]).map(|end| next + end) else {
            return Some(closed(&head[..next], &open));
        };
        let inner = &head[next + 1..end];
        at = end + 1;
        if inner.starts_with('/') {
            open.pop();
            if open.is_empty() {
                return None;
            }
        } else if !inner.starts_with(['?', '!']) && !inner.ends_with('/') {
            if open.len() >= DEPTH {
                return None;
            }
            open.push(inner.split(|sign: char| sign.is_ascii_whitespace()).next()?);
        }
    }
    // A reference to a letter of which only a part is there is none.
    let text = head.len() - head[at..].len();
    let whole = head[text..].rfind('&').map(|and| text + and).filter(|and| !head[*and..].contains(';'));
    Some(closed(&head[..whole.unwrap_or(head.len())], &open))
}

/// Where the tag ends that `text` begins with. A `>` inside of quotes ends none.
fn tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.bytes().position(|sign| {
        match quote {
            Some(open) if open == sign => quote = None,
            None if matches!(sign, b'"' | b'\'') => quote = Some(sign),
            None => return sign == b'>',
            Some(_) => {}
        }
        false
    })
}

fn closed(text: &str, open: &[&str]) -> String {
    let mut text = text.to_owned();
    open.iter().rev().for_each(|name| text.extend(["</", name, ">"]));
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_stands_before_the_cut_is_whole() {
        for (head, expected) in [
            (r#"{"a":1,"b":"long te"#, r#"{"a":1,"b":"long te"}"#),
            (r#"x: {"a":{"b":[1,"two","th"#, r#"x: {"a":{"b":[1,"two","th"]}}"#),
            (r#"{ "a": "x", "b": ["y" "#, r#"{ "a": "x", "b": ["y"]}"#),
            (r#"{"a":1,"b":12"#, r#"{"a":1}"#),
            (r#"{"a":1,"b":tr"#, r#"{"a":1}"#),
            (r#"{"a":1,"na"#, r#"{"a":1}"#),
            (r#"{"a":1,"b""#, r#"{"a":1}"#),
            (r#"{"a":1,"b":"#, r#"{"a":1}"#),
            (r#"{"a":"x\"#, r#"{"a":"x"}"#),
            (r#"{"a":"x\\"#, r#"{"a":"x\\"}"#),
            (r#"{"a":"x\u00e"#, r#"{"a":"x"}"#),
            (r#"{"a":"x\u00e9"#, r#"{"a":"x\u00e9"}"#),
            (r#"{"a":{"#, r#"{"a":{}}"#),
            (r#"{"a":1} and more"#, r#"{"a":1} and more"#),
            (r#"no {"object: at"#, r#"no {"object: at"#),
            ("Nov 30 01:12:04 srv sshd[7]: plain", "Nov 30 01:12:04 srv sshd[7]: plain"),
            ("<13>1 - <Event><A b='>'>te", "<13>1 - <Event><A b='>'>te</A></Event>"),
            ("<Event><A/><B>x</B><C d='", "<Event><A/><B>x</B></Event>"),
            ("<Event><A>x&am", "<Event><A>x</A></Event>"),
            ("<?xml version='1.0'?><Event><A>x&amp;", "<?xml version='1.0'?><Event><A>x&amp;</A></Event>"),
            ("<Event><A>x</A></Event>", "<Event><A>x</A></Event>"),
        ] {
            assert_eq!(mended(head), expected, "{head}");
        }
    }

    proptest! {
        #[test]
        fn an_object_that_is_cut_anywhere_is_an_object_of_the_same_beginning(
            values in prop::collection::vec("[a-zé\\\\\"\\n{}\\[\\],:0-9]{0,9}", 1..6),
            place in 0_usize..200,
        ) {
            let members = values.iter().enumerate().map(|(at, value)| (format!("m{at}"), value.clone().into()));
            let whole = serde_json::Value::Object(members.collect()).to_string();
            let first = "{\"m0\":\"".len();
            let last = place.min(whole.len() - 1).max(first);
            let place = (first..=last).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(first);
            let read: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&mended(&whole[..place])).unwrap();
            for (name, value) in read {
                let at: usize = name[1..].parse().unwrap();
                prop_assert!(values[at].starts_with(value.as_str().unwrap()));
            }
        }

        #[test]
        fn no_head_is_too_strange(head in "[{}\\[\\]\",:\\\\<>/&;'=a-z ]{0,60}") {
            let document = format!("<Event{head}");
            prop_assert!(mended(&document).len() < 400);
            mended(&head);
        }
    }
}
