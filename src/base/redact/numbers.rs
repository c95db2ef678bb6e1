//! Social security numbers, wherever they stand: a number counts only when its check digits are right (CNIL/INSEE: key = 97 −
//! number mod 97, Corsica's 2A and 2B read as 19 and 18). Patterns alone would eat innocent numbers.

use std::ops::Range;

use super::rule::{Found, Rule};

/// What may stand between two groups of a number.
macro_rules! gap {
    () => {
        r#"(?: [\x20\t]{1,2} | [\x{a0}\x{202f}\x{2009}\x{2011}._/+-] | %20 | %2[Ff] | %C2%A0 | %c2%a0 | &nbsp; | \\u00a0 )?"#
    };
}

pub(super) const RULES: &[Rule] = &[Rule {
    name: "social security number",
    needles: &[],
    of_digits: true,
    pattern: concat!(
        "(?x) (?P<v> (?P<number> [1-478]",
        gap!(),
        "[0-9]{2}",
        gap!(),
        "(?:0[1-9]|1[0-2]|[2-4][0-9]|[5-9][0-9])",
        gap!(),
        "(?:[0-9]{2}|2[ABab])",
        gap!(),
        "[0-9]{3}",
        gap!(),
        "[0-9]{3} )",
        "(?:",
        gap!(),
        "| \\x20?(?:/|%2[Ff]|\\(|clé\\x20|cle\\x20)\\x20? ) (?P<key> [0-9]{2} ) )"
    ),
    judge: numbered,
}];

fn numbered(found: &Found<'_>) -> Option<Range<usize>> {
    let number = found.group("number");
    (is_alone(found) && is_joined_alike(number) && key_is_right(number, found.group("key"))).then(|| found.at())
}

/// Whether neither a longer number nor a hash goes on at its ends. It may be glued to a word or to a sign.
fn is_alone(found: &Found<'_>) -> bool {
    let (before, after) = (found.before(), found.after());
    let encoded = before.len() >= 3 && before.as_bytes()[before.len() - 3] == b'%';
    let last = before.chars().next_back().filter(|_| !encoded);
    let next = after.chars().next();
    let ends_number = |letter: Option<char>| !letter.is_some_and(|letter| letter.is_ascii_digit());
    let goes_on = |beyond: Option<char>| beyond.is_some_and(|letter| letter.is_ascii_digit());
    // A hyphen parts words and dates too, unless the number itself is written with hyphens.
    let joint = |sign: Option<char>| sign == Some('.') || sign == Some('-') && found.value().contains('-');
    let dotted = joint(last) && goes_on(before.chars().rev().nth(1)) || joint(next) && goes_on(after.chars().nth(1));
    // `2.25.…` and `S-1-5-…` go on before.
    ends_number(last) && ends_number(next) && !dotted && !is_in_hash(before, after)
}

/// Whether the letters around are those of a hexadecimal number.
fn is_in_hash(before: &str, after: &str) -> bool {
    let is_part = |letter: &char| letter.is_ascii_alphanumeric();
    let left: String = before.chars().rev().take_while(is_part).collect();
    let right: String = after.chars().take_while(is_part).collect();
    let hex = |text: &str| text.chars().all(|letter| letter.is_ascii_hexdigit());
    !(left.is_empty() && right.is_empty()) && hex(&left) && hex(&right)
}

/// Whether its groups are parted by one kind of sign. What stands before the key may be another.
fn is_joined_alike(number: &str) -> bool {
    let blank = |text: &str| {
        text.replace("%20", " ")
            .replace("%C2%A0", " ")
            .replace("%c2%a0", " ")
            .replace("%2F", "/")
            .replace("%2f", "/")
            .replace("&nbsp;", " ")
            .replace("\\u00a0", " ")
    };
    let mut signs = blank(number)
        .chars()
        .filter(|letter| !letter.is_ascii_alphanumeric())
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .collect::<Vec<_>>();
    signs.dedup();
    signs.len() <= 1
}

fn key_is_right(number: &str, key: &str) -> bool {
    let plain = number.replace("%20", "").replace("%C2%A0", "").replace("%c2%a0", "").replace("\\u00a0", "");
    let plain = plain.replace("%2F", "").replace("%2f", "");
    let digits: String = plain.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = digits.replace("nbsp", "").to_ascii_uppercase().replace("2A", "19").replace("2B", "18");
    match (digits.parse::<u64>(), key.parse::<u64>()) {
        (Ok(number), Ok(key)) => key == 97 - number % 97,
        _ => false,
    }
}
