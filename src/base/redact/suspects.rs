//! Which rules could match in a text: one pass for their words, one for numbers.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::table;

/// What is looked for, and which rules each word makes suspect, as bits.
struct Needles {
    search: AhoCorasick,
    rules: Vec<u64>,
    of_digits: u64,
}

static NEEDLES: LazyLock<Needles> = LazyLock::new(|| {
    let mut needles: Vec<(&str, u64)> = Vec::new();
    let mut of_digits = 0;
    for (number, rule) in table::all().enumerate() {
        let bit = 1_u64.checked_shl(u32::try_from(number).unwrap_or(u32::MAX)).expect("there are at most 64 rules");
        if rule.of_digits {
            of_digits |= bit;
        }
        for needle in rule.needles {
            match needles.iter_mut().find(|(known, _)| known == needle) {
                Some((_, rules)) => *rules |= bit,
                None => needles.push((needle, bit)),
            }
        }
    }
    let words = needles.iter().map(|(needle, _)| needle);
    // Whatever is told is searched, and the words are few: a table of all steps is small, and made once.
    let mut search = AhoCorasick::builder();
    search.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA));
    let search = search.build(words).expect("there are few words");
    Needles { search, rules: needles.into_iter().map(|(_, rules)| rules).collect(), of_digits }
});

/// The rules that could match, as bits. Wrong only on the side of suspicion.
pub(super) fn suspects(text: &str) -> u64 {
    let needles = &*NEEDLES;
    let mut suspected = if has_number(text.as_bytes()) { needles.of_digits } else { 0 };
    for found in needles.search.find_overlapping_iter(text) {
        suspected |= needles.rules[found.pattern().as_usize()];
    }
    suspected
}

/// A text this long has no room for a number of somebody, or for a key.
const WORD: usize = 15;

/// Whether a text is too short and too plain for any rule: the name of an account or of a machine, an address. Most values
/// are.
pub(super) fn is_word(text: &str) -> bool {
    let (mut letters, mut digits) = (0, 0);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'a'..=b'z' | b'A'..=b'Z' => letters += 1,
            b'.' | b'-' | b'_' => {}
            _ => return false,
        }
    }
    text.len() <= WORD && (digits <= 3 || letters == 0 && digits < DIGITS)
}

/// So many digits are a telephone number, and more a social security number.
const DIGITS: u32 = 10;
/// So many bytes may stand between two of them: `%C2%A0` does.
const GAP: u32 = 6;

/// Whether ten digits stand near each other with nothing but what may part the digits of one number between them.
fn has_number(text: &[u8]) -> bool {
    let (mut digits, mut gap) = (0, 0);
    for byte in text {
        if byte.is_ascii_digit() {
            digits += 1;
            gap = 0;
            if digits == DIGITS {
                return true;
            }
        } else if digits > 0 {
            gap += 1;
            if gap > GAP || !PARTS[usize::from(*byte)] {
                digits = 0;
            }
        }
    }
    false
}

/// The bytes that may stand between the digits of one number: blanks as they are, as UTF-8, in URLs and in XML.
static PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let bytes = b" .-/_+()%ABCabcEFef&nbsp;\xc2\xa0\xe2\x80\xaf\x89\x91\t\\u";
    let mut at = 0;
    while at < bytes.len() {
        parts[bytes[at] as usize] = true;
        at += 1;
    }
    parts
};
