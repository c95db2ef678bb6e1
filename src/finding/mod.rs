//! Everything that can be wrong with what somebody wrote: one row for each kind of finding, with its code, its severity,
//! what it means, what to do, and every sentence that is said of it, in French and in English side by side.
//!
//! A check takes the sentence from the row and lays it at a place; nothing else of a kind is written anywhere. The rows
//! of what belongs together stand in one file. They know no documents, and not who finds what.

pub(crate) mod calendar;
pub(crate) mod case;
pub(crate) mod chains;
pub(crate) mod channel;
pub(crate) mod correlation;
pub(crate) mod detection;
pub(crate) mod document;
pub(crate) mod duty;
pub(crate) mod expected;
pub(crate) mod maintenance;
pub(crate) mod people;
pub(crate) mod pipeline;
pub(crate) mod playbook;
mod reason;
pub(crate) mod redaction;
pub(crate) mod regex;
mod row;
pub(crate) mod rule;
pub(crate) mod site;
#[cfg(test)]
mod tests;
pub(crate) mod timeline;
pub(crate) mod together;
pub(crate) mod yaml;

use std::borrow::Cow;
use std::fmt;

use crate::base::language::{Language, Text};
use crate::words::Said;

pub(crate) use self::row::findings;

/// All families, in the order of the manual.
pub(crate) const FAMILIES: &[&Family] = &[
    &document::FAMILY,
    &site::FAMILY,
    &maintenance::FAMILY,
    &redaction::FAMILY,
    &channel::FAMILY,
    &people::FAMILY,
    &calendar::FAMILY,
    &chains::FAMILY,
    &duty::FAMILY,
    &rule::FAMILY,
    &detection::FAMILY,
    &correlation::FAMILY,
    &pipeline::FAMILY,
    &playbook::FAMILY,
    &timeline::FAMILY,
    &together::FAMILY,
    &case::FAMILY,
];

/// Kinds of findings about one thing, such as one file.
#[derive(Debug)]
pub(crate) struct Family {
    /// What they are about.
    pub(crate) title: Both,
    /// The kinds, by code.
    pub(crate) kinds: &'static [&'static Kind],
}

/// A kind of finding, as the manual lists it.
#[derive(Debug)]
pub(crate) struct Kind {
    /// Its stable name.
    pub(crate) code: Code,
    /// How bad it is, if a sentence of it does not say otherwise.
    pub(crate) severity: Severity,
    /// What it is, in a few words.
    pub(crate) title: Both,
    /// Why it matters.
    pub(crate) why: Both,
    /// What to do.
    pub(crate) todo: Both,
}

/// The stable name of a kind of finding, such as `V102`. It never changes its meaning and is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// Whether a finding stops the document from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Works as it was meant, but is written better another way.
    Hint,
    /// Works, but is likely not what was meant.
    Warning,
    /// Cannot be used as it is.
    Error,
}

/// A fixed text in both languages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Both {
    /// In French.
    pub(crate) fr: &'static str,
    /// In English.
    pub(crate) en: &'static str,
}

/// What is wrong, in both languages; where, it does not know.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    /// The code of its kind.
    pub(crate) code: Code,
    /// How bad it is.
    pub(crate) severity: Severity,
    /// What is wrong, one sentence without a full stop, starting in lower case.
    pub(crate) message: Text,
    /// A few words written under the place.
    pub(crate) label: Option<Text>,
    /// What to write or do instead.
    pub(crate) help: Option<Text>,
}

impl Finding {
    /// The same with a few words under the place.
    pub(crate) fn label(self, label: Text) -> Self {
        Self { label: Some(label), ..self }
    }

    /// The same with this advice where there is some, such as the name that was meant.
    pub(crate) fn advice(self, help: Option<Text>) -> Self {
        Self { help: help.or(self.help), ..self }
    }
}

impl Finding {
    /// The same as the manual says it, without anything of the document that it is about.
    pub(crate) fn without_words(self) -> Self {
        let both = |both: Both| Text::both(both.fr, both.en);
        let kind = all().find(|kind| kind.code == self.code);
        let message = kind.map_or_else(Text::default, |kind| both(kind.title));
        Self { message, label: None, help: kind.map(|kind| both(kind.todo)), ..self }
    }
}

impl Severity {
    /// Its name in data.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Both {
    /// As it is in `language`.
    pub(crate) fn get(&self, language: Language) -> &'static str {
        language.pick(self.fr, self.en)
    }
}

impl Said for Both {
    fn said(&self, language: Language) -> Cow<'_, str> {
        Cow::Borrowed(self.get(language))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.0)
    }
}

/// The kind with this code, whatever the case of its letter.
pub(crate) fn find(code: &str) -> Option<&'static Kind> {
    all().find(|kind| kind.code.0.eq_ignore_ascii_case(code))
}

/// All kinds, in the order of the manual.
pub(crate) fn all() -> impl Iterator<Item = &'static Kind> + Clone {
    FAMILIES.iter().flat_map(|family| family.kinds.iter().copied())
}
