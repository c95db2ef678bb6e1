//! Texts in which upper and lower case are the same, and where in a text another one stands.

/// Where in the text a pattern must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Shape {
    /// From end to end.
    #[default]
    Whole,
    /// At the start.
    Start,
    /// At the end.
    End,
    /// Anywhere.
    Anywhere,
}

/// A letter as it counts where upper and lower case are the same: Unicode's simple case folding.
pub(crate) fn fold(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let mut lower = letter.to_lowercase();
    let lower = match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => letter,
    };
    // Letters with one upper case and two lower cases: going up and down again picks one.
    let mut upper = lower.to_uppercase();
    match (upper.next(), upper.next()) {
        // The dotless ı is a letter of its own, although its upper case is I.
        (Some(upper), None) if lower != '\u{131}' => {
            let mut lower_again = upper.to_lowercase();
            match (lower_again.next(), lower_again.next()) {
                (Some(again), None) => again,
                _ => lower,
            }
        }
        _ => lower,
    }
}

/// A text as it counts where upper and lower case are the same.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Appends `text` with every letter folded, and tells where it is.
pub(crate) fn push_folded(folded: &mut String, text: &str) -> (u32, u32) {
    let start = folded.len();
    if text.is_ascii() {
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
    } else {
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
            let from = folded.len();
            folded.push_str(&rest[..at]);
            folded[from..].make_ascii_lowercase();
            let mut letters = rest[at..].chars();
            folded.extend(letters.next().map(fold));
            rest = letters.as_str();
        }
        let from = folded.len();
        folded.push_str(rest);
        folded[from..].make_ascii_lowercase();
    }
    (place(start), place(folded.len()))
}

pub(crate) fn place(at: usize) -> u32 {
    u32::try_from(at).expect("lines are far shorter than four gigabytes")
}

#[cfg(test)]
mod tests {
    use regex::RegexBuilder;

    use super::*;

    #[test]
    fn letters_that_differ_in_case_only_are_the_same() {
        for (one, other) in [('É', 'é'), ('Σ', 'ς'), ('\u{212A}', 'k'), ('ſ', 'S'), ('µ', 'μ'), ('Ω', '\u{2126}')]
        {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold('ı'), fold('i'));
        // Above, the standard library knows letters that the tables of the crate do not have yet.
        for letter in ('\0'..='\u{2FFF}').filter(|letter| fold(*letter) != *letter) {
            let pattern = format!("^{}$", regex::escape(&fold(letter).to_string()));
            let regex = RegexBuilder::new(&pattern).case_insensitive(true).build().unwrap();
            assert!(regex.is_match(&letter.to_string()), "{letter} folds to {}", fold(letter));
        }
    }
}
