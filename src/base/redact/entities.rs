//! Signs that XML writes by name or number (`&quot;`, `&#61;`), and CEF behind a backslash (`\=`), and tables twice (`""`). Such a
//! line has somebody's words so, and rules know signs: they look at what is meant as well as at what is written.

/// The names that XML has without anybody's saying.
const NAMES: [(&str, char); 5] = [("quot", '"'), ("apos", '\''), ("amp", '&'), ("lt", '<'), ("gt", '>')];
/// What CEF writes behind a backslash, beside the backslash.
const BEHIND_BACKSLASH: &[u8] = b"=|";
/// The most signs between `&` and `;`: `#x10FFFF`.
const LONGEST: usize = 8;
/// So many values in quotes are looked at of one line.
const MOST: usize = 64;

/// A text as it is meant.
pub(super) struct Meant {
    pub(super) text: String,
    /// Where each byte of it, and its end, stands in what is written.
    pub(super) places: Vec<usize>,
}

/// Whether anything is written so.
pub(super) fn are_in(text: &str) -> bool {
    first(text).is_some() || !doubled(text).is_empty()
}

/// What is meant, where anything is written so.
pub(super) fn meant(text: &str) -> Option<Meant> {
    let (mut meant, mut places, mut from) = (String::new(), Vec::new(), 0);
    for (at, sign, length) in signs(text) {
        if at < from {
            continue;
        }
        meant.push_str(&text[from..at]);
        places.extend(from..at);
        meant.push(sign);
        places.resize(meant.len(), at);
        from = at + length;
    }
    if from == 0 {
        return None;
    }
    meant.push_str(&text[from..]);
    places.extend(from..=text.len());
    Some(Meant { text: meant, places })
}

/// All that is written so, in its order.
fn signs(text: &str) -> Vec<(usize, char, usize)> {
    let (mut signs, mut from) = (Vec::new(), 0);
    while let Some((at, sign, length)) = first(&text[from..]) {
        signs.push((from + at, sign, length));
        from += at + length;
    }
    signs.extend(doubled(text).into_iter().map(|at| (at, '"', 2)));
    signs.sort_by_key(|(at, ..)| *at);
    signs
}

/// The first sign that is written so: where, which, and over how many bytes.
fn first(text: &str) -> Option<(usize, char, usize)> {
    memchr::memchr2_iter(b'&', b'\\', text.as_bytes()).find_map(|at| {
        let rest = &text.as_bytes()[at + 1..];
        if text.as_bytes()[at] == b'\\' {
            let sign = rest.first().filter(|sign| BEHIND_BACKSLASH.contains(sign))?;
            return Some((at, char::from(*sign), 2));
        }
        let end = rest.iter().take(LONGEST + 1).position(|byte| *byte == b';')?;
        let sign = sign(text.get(at + 1..at + 1 + end)?)?;
        Some((at, sign, end + 2))
    })
}

/// Where quotes are written twice in values of a table: in quotes themselves, between commas or the ends of the line.
fn doubled(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let opens = |at: &usize| *at == 0 || bytes[*at - 1] == b',';
    let (mut found, mut end) = (Vec::new(), 0);
    if !text.contains("\"\"") {
        return found;
    }
    for open in memchr::memchr_iter(b'"', bytes).filter(opens).take(MOST) {
        let (mut inside, mut at) = (Vec::new(), open + 1);
        while let Some(quote) = memchr::memchr(b'"', bytes.get(at..).unwrap_or_default()).filter(|_| open >= end) {
            let quote = at + quote;
            match bytes.get(quote + 1) {
                Some(b'"') => inside.push(quote),
                Some(b',') | None => {
                    found.append(&mut inside);
                    end = quote + 1;
                    break;
                }
                Some(_) => break,
            }
            at = quote + 2;
        }
    }
    found
}

fn sign(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMES.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    number.ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::redact::redact;

    #[test]
    fn what_is_meant_is_taken_out_where_it_is_written() {
        for (text, left) in [
            ("password=&quot;deux mots&quot; user=x", "password=&quot;[…]&quot; user=x"),
            ("ipp=&#34;800123456&#x22; é", "ipp=&#34;[…]&#x22; é"),
            ("é ipp&#61;800123456 é", "é ipp&#61;[…] é"),
            ("ipp=&amp;quot;800123456&amp;quot;", "ipp=&amp;quot;[…]&amp;quot;"),
            (r"msg=vu ipp\=800123456 ok", r"msg=vu ipp\=[…] ok"),
            (r#"1,"x ipp=""800123456"" y",2"#, r#"1,"x ipp=""[…]"" y",2"#),
            (r#"{"a":"","password":"","b":"c"}"#, r#"{"a":"","password":"","b":"c"}"#),
            ("a &amp; b &lt;c&gt; &unknown; &#99999999; &", "a &amp; b &lt;c&gt; &unknown; &#99999999; &"),
        ] {
            assert_eq!(redact(text), left);
        }
    }

    #[test]
    fn each_byte_knows_its_place() {
        let text = "é&quot;&#233;x&amp;";
        let found = meant(text).unwrap();
        assert_eq!(found.text, "é\"éx&");
        assert_eq!(found.places, [0, 1, 2, 8, 8, 14, 15, text.len()]);
        assert!(meant("é & x; &y").is_none());
    }
}
