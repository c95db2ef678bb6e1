//! Takes identifiers of patients, and secrets, out of any text before it is kept or shown.
//!
//! What goes is a table of rules (`table::all`), one family a file: each has a name, words without one of which it cannot
//! match, a pattern whose group `v` is what goes, and a judge that lets go what only looks like it. All rules look at the
//! text as it was written; what they take is put together and taken out at once, so that no rule sees what another left.
//! A value ends at its own end: whoever chooses three letters of a line must not hide the rest of it.
//!
//! Nearly every text is innocent, so one pass over its bytes (`suspects`) decides first which rules could match at all.
//! It may err on the side of suspicion, never on the other: a property test holds it to that.
//!
//! What stays is as important: accounts, addresses of machines, numbers of events, of devices and of DICOM objects are what
//! whoever is woken needs. The number of a professional (RPPS, ADELI) stays too: it says who did something, and not whose
//! file it was.

mod audit;
mod cleaned;
mod commands;
mod contact;
mod dicom;
mod documents;
mod entities;
mod fhir;
mod field;
mod hl7;
mod keys;
mod numbers;
mod own;
mod patients;
mod rule;
mod secrets;
mod state;
mod suspects;
mod table;
mod value;

use std::borrow::Cow;
use std::ops::Range;

pub use self::{cleaned::Clean, field::Class};
pub(crate) use fhir::is_of_person;
pub(crate) use field::{class_of, hides, is_actor};
pub(crate) use own::{LONGEST_OWN, Own, OwnError, use_own};
#[cfg(test)]
pub(crate) use table::names;

/// What stands in place of something taken out.
pub(crate) const REMOVED: &str = "[…]";

/// So often at most is what XML writes by name written so again: in a message inside of a message.
const LAYERS: usize = 3;

/// Something that must not be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Where it stands.
    pub(crate) at: Range<usize>,
    /// The rule that says so.
    pub(crate) rule: Cow<'static, str>,
}

/// `text` without identifiers and secrets. Borrowed where nothing had to go.
pub(crate) fn redact(text: &str) -> Cow<'_, str> {
    without(text, &taken(text))
}

/// The same for a value of a field of this class.
pub(crate) fn redact_in(class: Class, text: &str) -> Cow<'_, str> {
    class.taken(text).map_or(Cow::Borrowed(REMOVED), |taken| without(text, &taken))
}

/// Whether a value of this class can be shown as it is at a glance, whatever it stands in: most are a name or an address.
pub(crate) fn is_plain(class: Class, text: &str) -> bool {
    matches!(class, Class::Open | Class::Account | Class::Id) && is_harmless(text)
}

fn is_harmless(text: &str) -> bool {
    suspects::is_word(text) && !own::is_any()
}

/// What must not be shown of `text`, in its order.
pub(crate) fn taken(text: &str) -> Vec<Taken> {
    if is_harmless(text) { Vec::new() } else { taken_under(text, LAYERS) }
}

/// The same of a text that may have its signs written by name, so many times over.
fn taken_under(text: &str, layers: usize) -> Vec<Taken> {
    let mut taken = as_written(text);
    if layers > 0
        && let Some(meant) = entities::meant(text)
    {
        let under = taken_under(&meant.text, layers - 1).into_iter();
        taken.extend(under.map(|Taken { at, rule }| Taken { at: meant.places[at.start]..meant.places[at.end], rule }));
    }
    in_order(taken)
}

fn as_written(text: &str) -> Vec<Taken> {
    let mut taken = Vec::new();
    let mut suspected = suspects::suspects(text);
    while suspected != 0 {
        let number = suspected.trailing_zeros() as usize;
        suspected &= suspected - 1;
        table::find(number, text, &mut taken);
    }
    own::find(text, &mut taken);
    taken
}

/// What overlaps becomes one, under the name of what began first.
fn in_order(mut taken: Vec<Taken>) -> Vec<Taken> {
    taken.sort_by_key(|one| (one.at.start, std::cmp::Reverse(one.at.end)));
    let mut whole: Vec<Taken> = Vec::with_capacity(taken.len());
    for next in taken {
        match whole.last_mut() {
            Some(last) if next.at.start < last.at.end => last.at.end = last.at.end.max(next.at.end),
            _ => whole.push(next),
        }
    }
    whole
}

fn without<'t>(text: &'t str, taken: &[Taken]) -> Cow<'t, str> {
    if taken.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut left = String::with_capacity(text.len());
    let mut kept = 0;
    for Taken { at, .. } in taken {
        left.push_str(&text[kept..at.start]);
        left.push_str(REMOVED);
        kept = at.end;
    }
    left.push_str(&text[kept..]);
    Cow::Owned(left)
}

/// Whether a rule could match in `text`. Wrong only on the side of suspicion.
pub(crate) fn is_suspect(text: &str) -> bool {
    own::is_any() || !suspects::is_word(text) && (suspects::suspects(text) != 0 || entities::are_in(text))
}

#[cfg(test)]
mod tests;
