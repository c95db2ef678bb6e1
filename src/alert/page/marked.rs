//! The words of an exercise: a draft with the marking put on, or taken off again.

use super::draft::Draft;
use super::letter::Words;
use super::{marking, short};
use crate::base::language::Language;
use crate::base::visible::{visible, visible_lines};
use crate::words::page as words;

/// The words of an exercise.
pub(super) fn marked(draft: &Draft) -> Words {
    let word = marking::word(draft.language());
    let [before, after] = [words::opens_exercise(), words::closes_exercise()];
    let [before, after] = [&before, &after].map(|text| text.get(draft.language()));
    Words {
        subject: format!("{word} - {} - {word}", draft.subject()),
        body: format!("{before}{}{after}", draft.body()),
        short: format!("{word} {} {word}", draft.short()),
    }
}

/// What `sent` says inside the marking; nothing where it is not exactly the marking this house puts there.
pub(super) fn unmarked(sent: &Words, language: Language) -> Option<Draft> {
    let word = marking::word(language);
    let [before, after] = [words::opens_exercise(), words::closes_exercise()];
    let [before, after] = [&before, &after].map(|text| text.get(language));
    let subject = sent.subject.strip_prefix(word)?.strip_prefix(" - ")?.strip_suffix(word)?.strip_suffix(" - ")?;
    let body = sent.body.strip_prefix(before)?.strip_suffix(after)?;
    let short = sent.short.strip_prefix(word)?.strip_prefix(' ')?.strip_suffix(word)?.strip_suffix(' ')?;
    let draft = Draft::new(language, subject, body, short);
    // A version before this one left more letters unseen.
    let seen = Words {
        subject: visible(&sent.subject).into_owned(),
        body: visible_lines(&sent.body),
        short: sent.short.clone(),
    };
    (marked(&draft) == seen && short::length(&sent.short)? <= short::LIMIT).then_some(draft)
}
