//! Text for a telephone: the GSM 7-bit default alphabet (3GPP TS 23.038), in which one message holds 160 characters.
//! A single character outside it would cut a message down to 70.

/// How many characters one message holds.
pub(crate) const LIMIT: usize = 160;

/// The default alphabet, without its two line ends and its escape.
const PLAIN: &str = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                     abcdefghijklmnopqrstuvwxyzäöñüà";

/// The extension table: each counts twice.
const EXTENDED: &str = "^{}\\[~]|€";

/// What stands for characters the alphabet lacks.
const REPLACED: [(&str, &str); 24] = [
    ("âáãāăą", "a"),
    ("ÀÂÁÃĀĂĄ", "A"),
    ("çćč", "c"),
    ("ĆČ", "C"),
    ("êëēęě", "e"),
    ("ÈÊËĒĘĚ", "E"),
    ("îïíī", "i"),
    ("ÎÏÍÌĪ", "I"),
    ("ôóõō", "o"),
    ("ÔÓÒÕŌ", "O"),
    ("ûúū", "u"),
    ("ÛÙÚŪ", "U"),
    ("ÿý", "y"),
    ("ŸÝ", "Y"),
    ("šś", "s"),
    ("ŠŚ", "S"),
    ("žźż", "z"),
    ("œ", "oe"),
    ("Œ", "OE"),
    ("’‘ʼ`´", "'"),
    ("«»“”„", "\""),
    ("–—‑‐−", "-"),
    ("…", "..."),
    ("•·", "*"),
];

/// How many characters of a message one character takes; nothing where the alphabet lacks it.
fn width(letter: char) -> Option<usize> {
    if letter.is_ascii_alphanumeric() || PLAIN.contains(letter) {
        Some(1)
    } else if EXTENDED.contains(letter) {
        Some(2)
    } else {
        None
    }
}

/// How many characters of a message `text` takes; nothing where it holds one that the alphabet lacks.
pub(crate) fn length(text: &str) -> Option<usize> {
    text.chars().map(width).sum()
}

/// `text` on one line, in the alphabet: accents it lacks are dropped, what has no likeness becomes a question mark.
pub(crate) fn in_alphabet(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        let blank = letter.is_whitespace() || letter.is_control();
        if blank {
            if !line.ends_with(' ') && !line.is_empty() {
                line.push(' ');
            }
        } else if width(letter).is_some() {
            line.push(letter);
        } else {
            let replaced = REPLACED.iter().find(|(letters, _)| letters.contains(letter));
            line.push_str(replaced.map_or("?", |(_, instead)| instead));
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// `text` in the alphabet and cut to `limit` characters, with three dots where something was cut.
pub(crate) fn fit(text: &str, limit: usize) -> String {
    let mut line = in_alphabet(text);
    if length(&line).is_some_and(|length| length <= limit) {
        return line;
    }
    let dots = "...".get(..limit.min(3)).unwrap_or_default();
    let room = limit - dots.len();
    let mut used = 0;
    let end = line.char_indices().find_map(|(at, letter)| {
        used += width(letter).unwrap_or(1);
        (used > room).then_some(at)
    });
    line.truncate(end.unwrap_or(line.len()));
    line.truncate(line.trim_end().len());
    line.push_str(dots);
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn french_reads_on_any_telephone() {
        assert_eq!(
            in_alphabet("Été : « l’hôpital » est chiffré… Ça va\u{a0}? cœur\n\tœdème 日"),
            "Été : \" l'hopital \" est chiffré... Ça va ? coeur oedème ?"
        );
        assert_eq!(in_alphabet("garçon, île, où"), "garcon, ile, où");
    }

    #[test]
    fn brackets_and_the_euro_count_twice() {
        assert_eq!((length("[a]"), length("a€"), length("日")), (Some(5), Some(3), None));
    }

    #[test]
    fn what_is_too_long_ends_in_dots() {
        assert_eq!(fit("abcdefgh", 8), "abcdefgh");
        assert_eq!(fit("abcdefghi", 8), "abcde...");
        assert_eq!(fit("abcd [[[[", 8), "abcd...");
        assert_eq!(fit("abcdef", 2), "..");
    }

    proptest! {
        #[test]
        fn anything_fits(text in ".{0,300}", limit in 0_usize..200) {
            let line = fit(&text, limit);
            prop_assert!(length(&line).is_some_and(|length| length <= limit), "{line:?}");
            prop_assert_eq!(fit(&line, limit), line);
        }
    }
}
