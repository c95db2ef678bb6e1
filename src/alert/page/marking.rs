//! The word that says a page belongs to an exercise, at the start and at the end of everything that is read. Both ends,
//! because telephones show the first line, and people who scroll read the last.

use super::draft::Draft;
use super::letter::Words;
use super::short;
use crate::base::language::Language;
use crate::base::visible::{visible, visible_lines};

/// The marking in both languages. They have the same length.
const MARKINGS: [&str; 2] = ["EXERCICE", "EXERCISE"];

/// What the marking takes of a short text: the word and a space, twice.
pub(super) const ROOM: usize = 18;

/// The marking in one language.
fn word(language: Language) -> &'static str {
    let [fr, en] = MARKINGS;
    language.pick(fr, en)
}

/// What stands before and after a body.
fn frame(language: Language) -> (&'static str, &'static str) {
    language.pick(
        (
            "EXERCICE\nCeci est un message d'exercice\u{a0}: rien de ce qu'il annonce n'est réel.\n\n",
            "\n\nFin du message d'exercice.\nEXERCICE",
        ),
        (
            "EXERCISE\nThis is an exercise message: nothing it announces is real.\n\n",
            "\n\nEnd of the exercise message.\nEXERCISE",
        ),
    )
}

/// The words of an exercise.
pub(super) fn marked(draft: &Draft) -> Words {
    let word = word(draft.language());
    let (before, after) = frame(draft.language());
    Words {
        subject: format!("{word} - {} - {word}", draft.subject()),
        body: format!("{before}{}{after}", draft.body()),
        short: format!("{word} {} {word}", draft.short()),
    }
}

/// What `words` say inside the marking; nothing where it is not exactly the marking this house puts there.
pub(super) fn unmarked(words: &Words, language: Language) -> Option<Draft> {
    let word = word(language);
    let (before, after) = frame(language);
    let subject = words.subject.strip_prefix(word)?.strip_prefix(" - ")?.strip_suffix(word)?.strip_suffix(" - ")?;
    let body = words.body.strip_prefix(before)?.strip_suffix(after)?;
    let short = words.short.strip_prefix(word)?.strip_prefix(' ')?.strip_suffix(word)?.strip_suffix(' ')?;
    let draft = Draft::new(language, subject, body, short);
    // A version before this one left more letters unseen.
    let seen = Words {
        subject: visible(&words.subject).into_owned(),
        body: visible_lines(&words.body),
        short: words.short.clone(),
    };
    (marked(&draft) == seen && short::length(&words.short)? <= short::LIMIT).then_some(draft)
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
