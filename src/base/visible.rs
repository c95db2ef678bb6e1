//! What came from elsewhere, made fit to be read: a value is one line, and nothing in it hides, turns the direction of
//! writing, moves a cursor or pretends to be another row. What cannot be seen is spelled out (`\n`, `\u{202e}`), never
//! taken away: whoever looks into an attack must see that something was there.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What a reader would not see, or not where it stands: control, format and unassigned characters, line and paragraph
/// separators, blanks that are not the usual ones of a sentence, letters that Unicode lets fonts ignore (fillers, tags,
/// variation selectors), and marks that have no letter to stand on or are piled up over the lines around.
const UNSEEN: &str = r"(?x)
    [\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}[\p{Zs}--[\x20\u{a0}\u{202f}]]]
    | ^\p{M}+
    | (?<fine>[\p{M}--\p{Default_Ignorable_Code_Point}]{4}) \p{M}+";

static UNSEEN_LETTERS: LazyLock<Regex> = LazyLock::new(|| Regex::new(UNSEEN).expect("the expression is right"));

/// Whether a letter is one of those that French and English are written with, which all can be seen. Nearly everything that is
/// shown is: making the expression takes longer than all the rest of what a short command does.
fn is_plain(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{2010}'..='\u{2027}' | '\u{202f}' | '€' | '←'..='↙')
}

/// `text` as one line in which everything can be seen. What is visible already stays as it is.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    UNSEEN_LETTERS.replace_all(text, |found: &Captures<'_>| {
        let fine = found.name("fine").map_or("", |marks| marks.as_str());
        let mut shown = fine.to_owned();
        for letter in found.get(0).map_or("", |all| &all.as_str()[fine.len()..]).chars() {
            match letter {
                '\n' => shown.push_str("\\n"),
                '\r' => shown.push_str("\\r"),
                '\t' => shown.push_str("\\t"),
                letter => shown.extend(letter.escape_unicode()),
            }
        }
        shown
    })
}

/// A text of several lines, as people write them: each of its lines is made visible, and a tab is a blank.
pub(crate) fn visible_lines(text: &str) -> String {
    let line = |line: &str| visible(&line.replace('\t', " ")).into_owned();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// JSON in which a terminal shows every letter: the same value, with those that cannot be seen as JSON escapes. They
/// stand in texts only, where an escape means the same.
pub(crate) fn visible_json(text: &str) -> Cow<'_, str> {
    let unseen = |letter: char| {
        !letter.is_ascii() && !is_plain(letter) && UNSEEN_LETTERS.is_match(letter.encode_utf8(&mut [0; 4]))
    };
    if !text.chars().any(|letter| letter == '\u{7f}' || unseen(letter)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter == '\u{7f}' || unseen(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(shown, "\\u{unit:04x}").expect("writing to a string cannot fail");
            }
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TURNED: char = '\u{202e}';

    #[test]
    fn a_letter_that_is_not_looked_at_can_be_seen() {
        let plain = ('\0'..=char::MAX).filter(|letter| is_plain(*letter));
        let unseen: Vec<char> =
            plain.filter(|letter| UNSEEN_LETTERS.is_match(letter.encode_utf8(&mut [0; 4]))).collect();
        assert!(unseen.is_empty(), "{unseen:?}");
        assert!("écran « 🚨 »".chars().filter(|letter| !is_plain(*letter)).eq(['🚨']));
    }

    #[test]
    fn what_can_be_seen_stays() {
        for text in
            ["", "écran « 🚨 »\u{a0}: œuf\u{202f}!", "C:\\Users\\x 'a' \"b\"", "e\u{301}te\u{301}", "日本語", "שלום"]
        {
            assert_eq!(visible(text), text);
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text} is not copied");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_spelled_out() {
        for (text, shown) in [
            ("a\nb\r\nc\td", r"a\nb\r\nc\td"),
            ("\u{1b}[31mx\u{7}\u{7f}\0", r"\u{1b}[31mx\u{7}\u{7f}\u{0}"),
            ("\u{85}\u{9b}2K", r"\u{85}\u{9b}2K"),
            ("a\u{202e}b\u{2066}c\u{2069}\u{61c}", r"a\u{202e}b\u{2066}c\u{2069}\u{61c}"),
            ("a\u{2028}A9 over\u{2029}", r"a\u{2028}A9 over\u{2029}"),
            ("a\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}b", r"a\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}b"),
            ("ad\u{ad}min", r"ad\u{ad}min"),
            ("x\u{e0041}\u{e007f}", r"x\u{e0041}\u{e007f}"),
            ("x\u{fe0f}\u{e0100}\u{180b}\u{34f}", r"x\u{fe0f}\u{e0100}\u{180b}\u{34f}"),
            ("\u{115f}\u{1160}\u{3164}\u{ffa0}", r"\u{115f}\u{1160}\u{3164}\u{ffa0}"),
            ("a\u{3000}b\u{2003}c\u{2800}", r"a\u{3000}b\u{2003}c\u{2800}"),
            ("\u{ffff}\u{e000}\u{fff9}", r"\u{ffff}\u{e000}\u{fff9}"),
            ("\u{301}a", r"\u{301}a"),
        ] {
            assert_eq!(visible(text), shown);
        }
        let piled = format!("a{}", "\u{30d}".repeat(9));
        assert_eq!(visible(&piled), format!("a{}{}", "\u{30d}".repeat(4), "\\u{30d}".repeat(5)));
    }

    #[test]
    fn a_text_of_lines_keeps_its_lines_and_no_more() {
        assert_eq!(visible_lines("a\tb\r\nc\u{2028}d\n\n"), "a b\nc\\u{2028}d\n");
    }

    proptest! {
        #[test]
        fn anything_becomes_one_visible_line(text in any::<String>()) {
            let shown = visible(&text).into_owned();
            prop_assert!(!shown.chars().any(char::is_control));
            prop_assert_eq!(visible(&shown), shown.as_str());
        }

        #[test]
        fn json_means_the_same(text in any::<String>()) {
            let json = serde_json::to_string(&text).expect("a text can be written");
            let shown = visible_json(&json).into_owned();
            prop_assert!(!shown.chars().any(|letter| letter.is_control() || letter == TURNED));
            prop_assert_eq!(serde_json::from_str::<String>(&shown).expect("it is JSON"), text);
        }
    }
}
