//! The words of an exercise: a draft with the marking put on, or taken off again.

use super::draft::Draft;
use super::letter::Words;
use super::{marking, short};
use crate::base::language::Language;
use crate::base::visible::{visible, visible_lines};

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
    let word = marking::word(draft.language());
    let (before, after) = frame(draft.language());
    Words {
        subject: format!("{word} - {} - {word}", draft.subject()),
        body: format!("{before}{}{after}", draft.body()),
        short: format!("{word} {} {word}", draft.short()),
    }
}

/// What `words` say inside the marking; nothing where it is not exactly the marking this house puts there.
pub(super) fn unmarked(words: &Words, language: Language) -> Option<Draft> {
    let word = marking::word(language);
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
