//! The one place that prints. Knows whether there are colours, and that a closed pipe is no mistake.

use std::io::{IsTerminal as _, Write as _};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::text::diagnostic::{Diagnostic, Severity};

/// Standard output and standard error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Screen {
    colours: bool,
}

impl Screen {
    /// Colours only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    pub(super) fn new() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { colours: wanted && std::io::stderr().is_terminal() && std::io::stdout().is_terminal() }
    }

    /// A line of what was asked for.
    #[expect(clippy::unused_self, reason = "whoever prints holds the screen")]
    pub(super) fn line(self, text: impl AsRef<str>) {
        // A reader that went away (`| head`) wants no more; there is nobody to tell.
        drop(writeln!(std::io::stdout(), "{}", text.as_ref()));
    }

    /// A value as indented JSON.
    pub(super) fn json(self, value: &impl serde::Serialize) {
        self.line(serde_json::to_string_pretty(value).unwrap_or_default());
    }

    /// A line beside what was asked for: progress, or what went wrong.
    #[expect(clippy::unused_self, reason = "whoever prints holds the screen")]
    pub(super) fn note(self, text: impl AsRef<str>) {
        drop(writeln!(std::io::stderr(), "{}", text.as_ref()));
    }

    /// What went wrong, with the causes behind it.
    pub(super) fn failure(self, error: &anyhow::Error) {
        self.note(format!("{}: {error:#}", self.red("error")));
    }

    /// `text` in bold.
    pub(super) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// `text` in red.
    pub(super) fn red(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    /// `text` in green.
    pub(super) fn green(self, text: &str) -> String {
        self.paint("32", text)
    }

    /// `text` in grey.
    pub(super) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.colours { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Shows findings, in the order of their places.
    pub(super) fn diagnostics(self, found: &[Diagnostic]) {
        let mut found: Vec<&Diagnostic> = found.iter().collect();
        found.sort_by_key(|diagnostic| (diagnostic.source.name().to_owned(), diagnostic.span.start, diagnostic.code));
        for diagnostic in found {
            self.note(self.render(diagnostic));
            self.note("");
        }
    }

    fn render(self, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let text = diagnostic.source.text();
        // A place behind the last character points at the last one.
        let end = diagnostic.span.end.min(text.len());
        let start = diagnostic.span.start.min(end);
        let title = level.primary_title(&diagnostic.message).id(diagnostic.code.0);
        let mut group = Group::with_title(title);
        if text.is_empty() {
            group = group.element(annotate_snippets::Origin::path(diagnostic.source.name()));
        } else {
            let mark = AnnotationKind::Primary.span(start..end).label(diagnostic.label.as_str());
            group = group.element(Snippet::source(text).path(diagnostic.source.name()).annotation(mark));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if self.colours { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

impl Default for Screen {
    fn default() -> Self {
        Self::new()
    }
}
