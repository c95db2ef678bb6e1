//! A mistake found in a document, as data: what is wrong and where. Rendering is somebody else's work.

use std::fmt;
use std::path::Path;

use super::source::{Source, Span};
use crate::base::language::{Language, Text};
use crate::finding::document::WRONG_VALUE;
use crate::finding::{Code, Finding, Severity};
use crate::words::suggestion::{did_you_mean, known_here, many_known};
use crate::words::words;

/// One mistake: what is wrong, where, and what to write instead.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What is wrong.
    pub(crate) finding: Box<Finding>,
    /// The document.
    pub source: Source,
    /// The place in the document.
    pub span: Span,
    /// Whether what the document says may be shown.
    pub(crate) open: bool,
}

impl Finding {
    /// The same at a place.
    pub(crate) fn at(self, source: &Source, span: Span) -> Diagnostic {
        Diagnostic { finding: Box::new(self), source: source.clone(), span, open: true }
    }

    /// The same of a file of which nothing could be read.
    pub(crate) fn of_file(self, path: &Path) -> Diagnostic {
        self.at(&Source::new(path.display().to_string(), ""), Span::default())
    }
}

impl Diagnostic {
    /// Its stable code.
    pub fn code(&self) -> Code {
        self.finding.code
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.finding.severity
    }

    /// The same with this advice where there is some.
    pub(crate) fn advice(self, help: Option<Text>) -> Self {
        Self { finding: Box::new(self.finding.advice(help)), ..self }
    }

    /// The same without a word of what the document says: its kind and its place.
    pub(crate) fn closed(self) -> Self {
        let finding = self.finding.without_words();
        Self { finding: Box::new(finding), open: false, ..self }
    }

    /// Line and column, both from 1.
    pub fn position(&self) -> (usize, usize) {
        self.source.position(self.span.start)
    }

    /// All of it on one line, in both languages.
    pub(crate) fn words(&self) -> Text {
        let Finding { code, message, help, .. } = &*self.finding;
        let (line, column) = self.position();
        let place = format!("{}:{line}:{column}", self.source.name());
        match help {
            Some(help) => on_a_line_with_help(place, code, message, help),
            None => on_a_line(place, code, message),
        }
    }
}

words! {
    fn on_a_line(place, code, message) {
        fr: "{place} : [{code}] {message}",
        en: "{place}: [{code}] {message}",
    }
    fn on_a_line_with_help(place, code, message, help) {
        fr: "{place} : [{code}] {message} ({help})",
        en: "{place}: [{code}] {message} ({help})",
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.words().get(Language::En))
    }
}

/// Leaves out what later checks said of values that the reader had already called wrong: one mistake, one finding.
pub fn without_echoes(found: &mut Vec<Diagnostic>) {
    let wrong: Vec<(String, Span)> = found
        .iter()
        .filter(|diagnostic| diagnostic.code() == WRONG_VALUE.code)
        .map(|diagnostic| (diagnostic.source.name().to_owned(), diagnostic.span))
        .collect();
    found.retain(|diagnostic| {
        let inside = |(name, span): &(String, Span)| {
            name == diagnostic.source.name() && span.start <= diagnostic.span.start && diagnostic.span.end <= span.end
        };
        diagnostic.code() == WRONG_VALUE.code || !wrong.iter().any(inside)
    });
}

/// Whether any of `found` stops its document from being used.
pub fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// The one of `known` that `written` was most likely meant to be, for "did you mean".
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (written.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&written.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// "did you mean `x`?", or the list of what is known where nothing is near.
pub fn suggest<'a>(written: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<Text> {
    if let Some(name) = nearest(written, known.clone()) {
        return Some(did_you_mean(name));
    }
    let quoted: Vec<_> = known.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.len() {
        0 => None,
        1..=20 => Some(known_here(quoted.join(", "))),
        count => Some(many_known(count, quoted[..5].join(", "))),
    }
}
