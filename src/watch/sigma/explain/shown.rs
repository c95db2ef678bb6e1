//! What an event says, fit to be shown: nobody who asks "why" is told who a patient is.

use crate::base::redact::{Class, class_of};
use crate::watch::event::Event;
use crate::watch::record::Record as _;
use crate::watch::sigma::view::entry::{Seen, Sort};

/// The longest text of an event that is shown, in characters.
const LONGEST: usize = 200;

/// A value of the field called `name` without what must not be shown.
pub(super) fn shown(event: &Event, name: &str, value: Seen<'_>) -> String {
    let class = class_of(name);
    match value.sort {
        Sort::Null if !class.is_private() => "null".to_owned(),
        _ => clip(&event.show(class, value.plain)),
    }
}

/// The whole line, in the same way.
pub(super) fn line_shown(event: &Event) -> String {
    clip(&event.show(Class::Open, &event.text))
}

/// The text, cut where it is too long to be shown.
fn clip(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
