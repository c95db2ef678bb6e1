//! One value of one field of an event: decoded and folded when it is asked for, as far as that is asked.

use std::fmt::Write as _;

use super::text::{place, push_folded};
use crate::watch::record::Said;

/// Appends a text without the escapes of its format.
pub(super) type Unescape = fn(&str, &mut String);

/// One value of one field.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    pub(crate) said: Said<'a>,
    /// The next value of the same field.
    pub(crate) next: u32,
    pub(crate) ready: Ready,
    /// Where its text is among the decoded ones; empty where the line has it as it is.
    pub(crate) plain: (u32, u32),
    /// Where its text is among the folded ones.
    pub(crate) folded: (u32, u32),
}

/// How far a value is ready to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ready {
    No,
    /// Its folded text is there: nearly all values are asked for no more than that.
    Folded,
    Fully,
}

/// A value ready to be compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Seen<'v> {
    pub(crate) sort: Sort,
    /// Its text as it is. Empty where it has none.
    pub(crate) plain: &'v str,
    /// The same with every letter folded.
    pub(crate) folded: &'v str,
}

/// What sort of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Null,
    /// A list of nothing.
    Empty,
    Bool,
    Number,
    Text,
}

impl Seen<'_> {
    pub(crate) fn has_text(self) -> bool {
        !matches!(self.sort, Sort::Null | Sort::Empty)
    }
}

impl Entry<'_> {
    /// Decodes and folds the text of a value, as far as is wanted.
    pub(crate) fn decode(&mut self, wanted: Ready, unescape: Unescape, plain: &mut String, folded: &mut String) {
        let is_new = self.ready == Ready::No;
        self.ready = Ready::Fully;
        let start = plain.len();
        match self.said {
            Said::Null | Said::Empty => return,
            Said::Bool(truth) => {
                self.folded = push_folded(folded, if truth { "true" } else { "false" });
                return;
            }
            Said::Text(text) | Said::Number(text) => {
                self.folded = push_folded(folded, text);
                return;
            }
            Said::Int(number) => write!(plain, "{number}").expect("writing to a string cannot fail"),
            Said::Float(number) => write!(plain, "{number:?}").expect("writing to a string cannot fail"),
            Said::Escaped(text) if wanted == Ready::Folded => {
                self.ready = Ready::Folded;
                self.folded = push_unescaped(folded, text, unescape);
                return;
            }
            Said::Escaped(text) => unescape(text, plain),
        }
        self.plain = (place(start), place(plain.len()));
        if is_new {
            self.folded = push_folded(folded, &plain[start..]);
        }
    }
}

/// Appends `text` without its escapes and with every letter folded, and tells where it is.
fn push_unescaped(folded: &mut String, text: &str, unescape: Unescape) -> (u32, u32) {
    let start = folded.len();
    unescape(text, folded);
    if !folded[start..].is_ascii() {
        let plain = folded[start..].to_owned();
        folded.truncate(start);
        return push_folded(folded, &plain);
    }
    folded[start..].make_ascii_lowercase();
    (place(start), place(folded.len()))
}
