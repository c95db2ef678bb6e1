//! The text between two quotes: where it ends, and what it says without its escapes.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// How many bytes are looked at together.
const STEP: usize = 8;

/// Most strings are short, so their first bytes are looked at without a call; the rest of long ones goes to a search that
/// is made for them.
const NEAR: usize = 4 * STEP;

/// Whether `text` ends in a backslash that makes something else of what stands behind it.
pub(super) fn is_open_escape(text: &[u8]) -> bool {
    text.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// The place of the first quote, and whether a backslash stands before it.
pub(super) fn quote(bytes: &[u8]) -> Option<(usize, bool)> {
    let (mut at, mut slash) = (0, false);
    while at < NEAR
        && let Some(chunk) = bytes[at..].first_chunk::<STEP>()
    {
        let word = u64::from_le_bytes(*chunk);
        let (quotes, slashes) = (marks(word, b'"'), marks(word, b'\\'));
        if quotes != 0 {
            let before = (quotes & quotes.wrapping_neg()) - 1;
            return Some((at + place(quotes), slash || slashes & before != 0));
        }
        slash |= slashes != 0;
        at += STEP;
    }
    let found = at + memchr::memchr(b'"', &bytes[at..])?;
    Some((found, slash || memchr::memchr(b'\\', &bytes[at..found]).is_some()))
}

/// The place of the first backslash.
fn backslash(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < NEAR
        && let Some(chunk) = bytes[at..].first_chunk::<STEP>()
    {
        let slashes = marks(u64::from_le_bytes(*chunk), b'\\');
        if slashes != 0 {
            return Some(at + place(slashes));
        }
        at += STEP;
    }
    memchr::memchr(b'\\', &bytes[at..]).map(|found| at + found)
}

/// A mark in the highest bit of each byte of `word` that is `sign`. A byte above such a one may be marked in error, never
/// one below.
fn marks(word: u64, sign: u8) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let word = word ^ (ONES * u64::from(sign));
    word.wrapping_sub(ONES) & !word & (ONES << 7)
}

/// Which byte the lowest mark is in.
fn place(marks: u64) -> usize {
    marks.trailing_zeros() as usize / STEP
}

/// Whether letters are spelled by their numbers (`\u00e9`) anywhere in `text`.
pub(in crate::watch) fn spells_by_number(text: &str) -> bool {
    static SPELLED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\\u"));
    let bytes = text.as_bytes();
    // In `C:\\users` the second backslash is the letter, and the `u` a letter too.
    SPELLED.find_iter(bytes).any(|at| is_open_escape(&bytes[..=at]))
}

/// Appends `text` to `plain` without the escapes of JSON (RFC 8259, section 7). Half of a pair of surrogates, or a number
/// that is none, becomes the replacement character; an escape that does not exist stays as it is.
pub(in crate::watch) fn unescape(text: &str, plain: &mut String) {
    plain.reserve(text.len());
    let mut rest = text;
    while let Some(at) = backslash(rest.as_bytes()) {
        let (letter, length) = escape(&rest[at..]);
        if letter == '\\' {
            // By far the most common, for logs are full of paths: it goes along with what stands before it.
            plain.push_str(&rest[..=at]);
        } else {
            plain.push_str(&rest[..at]);
            plain.push(letter);
        }
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
}

/// What an escape, beginning with its backslash, stands for, and how long it is.
fn escape(text: &str) -> (char, usize) {
    match text.as_bytes().get(1) {
        Some(b'\\') => ('\\', 2),
        Some(b'"') => ('"', 2),
        Some(b'/') => ('/', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'n') => ('\n', 2),
        Some(b'r') => ('\r', 2),
        Some(b't') => ('\t', 2),
        Some(b'u') => {
            let (letter, length) = code_point(&text[1..]);
            (letter, length + 1)
        }
        // Not an escape: it is a backslash, and what stands behind it is read as it is.
        _ => ('\\', 1),
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Letters, and everything that has a meaning after a backslash or none.
    fn text() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                Just("\\".to_owned()),
                Just("\\\\".to_owned()),
                Just("\\u".to_owned()),
                Just("\\u00e9".to_owned()),
                Just("\\ud83d\\ude80".to_owned()),
                Just("\\ud83d".to_owned()),
                "[nrtbfu/\"x0é😀]",
                "[a-z]{1,9}",
            ],
            0..12,
        )
        .prop_map(|parts| parts.concat())
    }

    fn unescaped(text: &str) -> String {
        let mut plain = String::new();
        unescape(text, &mut plain);
        plain
    }

    /// One letter after the other, the escapes by the list of RFC 8259.
    fn plainly(mut rest: &str) -> String {
        let mut plain = String::new();
        while let Some(letter) = rest.chars().next() {
            let two = rest.get(..2).unwrap_or_default();
            let known = [
                ("\\\\", '\\'),
                ("\\\"", '"'),
                ("\\/", '/'),
                ("\\b", '\u{8}'),
                ("\\f", '\u{c}'),
                ("\\n", '\n'),
                ("\\r", '\r'),
                ("\\t", '\t'),
            ];
            let (said, length) = match known.iter().find(|(written, _)| *written == two) {
                Some((_, meant)) => (*meant, 2),
                None if two == "\\u" => {
                    let (said, length) = code_point(&rest[1..]);
                    (said, length + 1)
                }
                None => (letter, letter.len_utf8()),
            };
            plain.push(said);
            rest = &rest[length..];
        }
        plain
    }

    proptest! {
        #[test]
        fn eight_bytes_at_a_time_say_the_same_as_one_letter_after_the_other(text in text()) {
            prop_assert_eq!(unescaped(&text), plainly(&text));
        }

        #[test]
        fn what_was_written_is_read_again(text in any::<String>()) {
            let written = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(unescaped(&written[1..written.len() - 1]), text);
        }

        #[test]
        fn the_first_quote_and_a_backslash_before_it_are_found(text in "[\"\\\\a]{0,70}") {
            let found = text.find('"').map(|at| (at, text[..at].contains('\\')));
            prop_assert_eq!(quote(text.as_bytes()), found);
        }
    }

    #[test]
    fn a_letter_by_its_number_is_told_from_a_path() {
        for (text, by_number) in [("\\u0041", true), ("C:\\\\users", false), ("\\\\\\u0041", true), ("u", false)] {
            assert_eq!(spells_by_number(text), by_number, "{text}");
        }
        assert_eq!(unescaped(&"\\u".repeat(9)), "\u{FFFD}".repeat(9));
    }
}
