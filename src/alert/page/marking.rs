//! The word that says a page belongs to an exercise, at the start and at the end of everything that is read. Both ends,
//! because telephones show the first line, and people who scroll read the last.

use super::letter::Words;
use crate::base::language::Language;

/// The marking in both languages. They have the same length.
const MARKINGS: [&str; 2] = ["EXERCICE", "EXERCISE"];

/// What the marking takes of a short text: the word and a space, twice.
pub(super) const ROOM: usize = 18;

/// The marking in one language.
pub(super) fn word(language: Language) -> &'static str {
    let [fr, en] = MARKINGS;
    language.pick(fr, en)
}

/// Whether all of `words` carry the marking of either language at both ends.
pub(super) fn is_marked(words: &Words) -> bool {
    [&words.subject, &words.body, &words.short].into_iter().all(|text| opens(text).is_some() && closes(text).is_some())
}

/// `text` without the marking at its ends, so that a draft never pretends.
pub(super) fn stripped(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = opens(text).or_else(|| closes(text)) {
        text = rest.trim();
    }
    text
}

fn opens(text: &str) -> Option<&str> {
    MARKINGS
        .iter()
        .filter_map(|word| text.strip_prefix(word))
        .find(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
}

fn closes(text: &str) -> Option<&str> {
    MARKINGS
        .iter()
        .filter_map(|word| text.strip_suffix(word))
        .find(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
}
