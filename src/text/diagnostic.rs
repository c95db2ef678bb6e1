//! A mistake found in a document, as data. Rendering is somebody else's work.

use std::fmt;

use super::source::{Source, Span};

/// The stable name of a kind of mistake, such as `V102`. Listed in `docs/diagnostics.md`; never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.0)
    }
}

/// Whether a finding stops the document from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Works, but is likely not what was meant.
    Warning,
    /// Cannot be used as it is.
    Error,
}

/// One mistake: what is wrong, where, and what to write instead.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, one sentence without a full stop, starting in lower case.
    pub message: String,
    /// The document.
    pub source: Source,
    /// The place in the document.
    pub span: Span,
    /// A few words written under the place; may be empty.
    pub label: String,
    /// What to write or do instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span` of `source`.
    pub fn error(code: Code, source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            source: source.clone(),
            span,
            label: String::new(),
            help: None,
        }
    }

    /// A warning at `span` of `source`.
    pub fn warning(code: Code, source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, source, span, message) }
    }

    /// The same with a few words under the place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with advice where there is some.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Line and column, both from 1.
    pub fn position(&self) -> (usize, usize) {
        self.source.position(self.span.start)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.position();
        write!(out, "{}:{line}:{column}: [{}] {}", self.source.name(), self.code, self.message)?;
        match &self.help {
            Some(help) => write!(out, " ({help})"),
            None => Ok(()),
        }
    }
}

/// Leaves out what later checks said of values that the reader had already called wrong: one mistake, one finding.
pub fn without_echoes(found: &mut Vec<Diagnostic>) {
    let wrong: Vec<(String, Span)> = found
        .iter()
        .filter(|diagnostic| diagnostic.code == super::read::WRONG_VALUE)
        .map(|diagnostic| (diagnostic.source.name().to_owned(), diagnostic.span))
        .collect();
    found.retain(|diagnostic| {
        let inside = |(name, span): &(String, Span)| {
            name == diagnostic.source.name() && span.start <= diagnostic.span.start && diagnostic.span.end <= span.end
        };
        diagnostic.code == super::read::WRONG_VALUE || !wrong.iter().any(inside)
    });
}

/// Whether any of `found` stops its document from being used.
pub fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
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
pub fn suggest<'a>(written: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(name) = nearest(written, known.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let known: Vec<_> = known.into_iter().map(|name| format!("`{name}`")).collect();
    match known.len() {
        0 => None,
        1..=20 => Some(format!("known here: {}", known.join(", "))),
        _ => Some(format!("{} names are known here, for example {}", known.len(), known[..5].join(", "))),
    }
}
