//! What an event says, fit to be shown: nobody who asks "why" is told who a patient is.

use std::borrow::Cow;

use crate::base::redact::{REMOVED, is_private, redact};
use crate::watch::sigma::view::entry::{Seen, Sort};

/// The longest text of an event that is shown, in characters.
const LONGEST: usize = 200;
/// A value of the field called `name` without what must not be shown.
pub(super) fn shown(name: &str, value: Seen<'_>) -> String {
    match value.sort {
        _ if is_private(name) => REMOVED.to_owned(),
        Sort::Null => "null".to_owned(),
        _ => clip(&without_private(name, value.plain)),
    }
}

/// `text`, which is the value of `name`, redacted: some identifiers are known only by the name beside them.
pub(super) fn without_private(name: &str, text: &str) -> String {
    if is_private(name) {
        return REMOVED.to_owned();
    }
    let label = format!("{name}=");
    let line = format!("{label}{text}");
    match redact(&line) {
        Cow::Borrowed(_) => text.to_owned(),
        Cow::Owned(line) => line.strip_prefix(&label).map_or(line.clone(), str::to_owned),
    }
}

/// The text, cut where it is too long to be shown.
pub(super) fn clip(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
