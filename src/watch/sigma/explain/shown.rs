//! What an event says, fit to be shown: nobody who asks "why" is told who a patient is.

use crate::base::redact::redact;
use crate::watch::event::Event;
use crate::watch::record::{Record as _, is_private};
use crate::watch::sigma::view::entry::{Seen, Sort};

/// The longest text of an event that is shown, in characters.
const LONGEST: usize = 200;

/// A value of the field called `name` without what must not be shown.
pub(super) fn shown(event: &Event, name: &str, value: Seen<'_>) -> String {
    let private = is_private(name);
    match value.sort {
        Sort::Null if !private => "null".to_owned(),
        _ => clip(&redact(&event.show(private, value.plain))),
    }
}

/// The whole line, in the same way.
pub(super) fn line_shown(event: &Event) -> String {
    clip(&redact(&event.show(false, &event.text)))
}

/// The text, cut where it is too long to be shown.
fn clip(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
