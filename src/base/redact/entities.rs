//! Signs that XML writes by name or number (`&quot;`, `&#61;`). A line of XML has somebody's words so, and rules know signs:
//! they look at what is meant as well as at what is written.

/// The names that XML has without anybody's saying.
const NAMES: [(&str, char); 5] = [("quot", '"'), ("apos", '\''), ("amp", '&'), ("lt", '<'), ("gt", '>')];
/// The most signs between `&` and `;`: `#x10FFFF`.
const LONGEST: usize = 8;

/// A text as it is meant.
pub(super) struct Meant {
    pub(super) text: String,
    /// Where each byte of it, and its end, stands in what is written.
    pub(super) places: Vec<usize>,
}

/// Whether anything is written so.
pub(super) fn are_in(text: &str) -> bool {
    first(text).is_some()
}

/// What is meant, where anything is written so.
pub(super) fn meant(text: &str) -> Option<Meant> {
    let (mut meant, mut places, mut from) = (String::new(), Vec::new(), 0);
    while let Some((at, sign, length)) = first(&text[from..]) {
        let at = from + at;
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

/// The first sign that is written so: where, which, and over how many bytes.
fn first(text: &str) -> Option<(usize, char, usize)> {
    memchr::memchr_iter(b'&', text.as_bytes()).find_map(|at| {
        let rest = &text.as_bytes()[at + 1..];
        let end = rest.iter().take(LONGEST + 1).position(|byte| *byte == b';')?;
        let sign = sign(text.get(at + 1..at + 1 + end)?)?;
        Some((at, sign, end + 2))
    })
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
