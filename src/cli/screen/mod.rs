//! The one place that prints. Whatever is printed is one visible line of sentences and values (`row`), a text of lines
//! (`block`), JSON, or a finding drawn into its file (`finding`); there is no way to print anything as it came.

mod failure;
mod finding;
mod row;
mod terminal;

use std::io::{IsTerminal as _, Write as _};

use crate::base::language::Language;
use crate::base::visible::{visible_json, visible_lines};
use crate::text::diagnostic::Diagnostic;
use crate::words::{self, Said};
use row::End;
pub(super) use row::{Paint, Row};

/// Standard output and standard error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Screen {
    colours: bool,
    /// What the terminal or whoever asked says; nothing where nobody did yet.
    language: Option<Language>,
}

impl Screen {
    /// Colours only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    pub(super) fn new() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let colours = wanted && std::io::stderr().is_terminal() && std::io::stdout().is_terminal();
        Self { colours, language: terminal::language() }
    }

    /// The same, speaking `language`.
    pub(super) fn speaking(self, language: Language) -> Self {
        Self { language: Some(language), ..self }
    }

    /// Whether anybody said what to speak.
    pub(super) fn is_told(self) -> bool {
        self.language.is_some()
    }

    /// The same, speaking `language` where nobody asked for another.
    pub(super) fn or_speaking(self, language: Option<Language>) -> Self {
        Self { language: self.language.or(language), ..self }
    }

    /// What it speaks.
    pub(super) fn language(self) -> Language {
        self.language.unwrap_or(Language::En)
    }

    /// A line of what was asked for: one sentence or value.
    pub(super) fn line(self, words: impl Said) {
        self.row().put(words).end();
    }

    /// A line beside what was asked for: progress, or what went wrong.
    pub(super) fn note(self, words: impl Said) {
        self.aside().put(words).end();
    }

    /// Whether somebody looks at standard error as it comes.
    #[expect(clippy::unused_self, reason = "whoever prints holds the screen")]
    pub(super) fn is_watched(self) -> bool {
        std::io::stderr().is_terminal() && std::env::var_os("TERM").is_some_and(|name| name != "dumb")
    }

    /// A line beside what was asked for that takes the place of the one before it, until it is wiped away.
    pub(super) fn passing(self, words: &impl Said) {
        drop(write!(std::io::stderr(), "\r{}\u{1b}[K", words.said(self.language())));
    }

    /// Wipes a passing line away.
    #[expect(clippy::unused_self, reason = "whoever prints holds the screen")]
    pub(super) fn wipe(self) {
        drop(write!(std::io::stderr(), "\r\u{1b}[K"));
    }

    /// A line of what was asked for, to be put together.
    pub(super) fn row(self) -> Row {
        Row::new(self, End::Out)
    }

    /// A line beside what was asked for, to be put together.
    pub(super) fn aside(self) -> Row {
        Row::new(self, End::Error)
    }

    /// A text of several lines, each behind `edge`: lines that somebody wrote must not look like rows.
    #[expect(clippy::unused_self, reason = "whoever prints holds the screen")]
    pub(super) fn block(self, edge: &str, text: &str) {
        for line in visible_lines(text).lines() {
            print(End::Out, format!("{edge}{line}").trim_end());
        }
    }

    /// A text for another program, which ends with a line end. Whoever made it made all that comes from elsewhere visible.
    #[expect(clippy::unused_self, reason = "whoever prints holds the screen")]
    pub(super) fn text(self, text: &str) {
        print(End::Out, text.strip_suffix('\n').unwrap_or(text));
    }

    /// A value as indented JSON.
    #[expect(clippy::unused_self, reason = "whoever prints holds the screen")]
    pub(super) fn json(self, value: &impl serde::Serialize) {
        print(End::Out, &visible_json(&serde_json::to_string_pretty(value).unwrap_or_default()));
    }

    /// A value as JSON on one line.
    #[expect(clippy::unused_self, reason = "whoever prints holds the screen")]
    pub(super) fn json_line(self, value: &impl serde::Serialize) {
        print(End::Out, &visible_json(&serde_json::to_string(value).unwrap_or_default()));
    }

    /// What went wrong, with the causes behind it.
    pub(super) fn failure(self, error: &anyhow::Error) {
        let text = failure::said(error, self.language());
        self.aside().paint(Paint::Red, words::failure::error()).put(words::failure::colon()).put(text).end();
    }

    /// Shows findings, in the order of their places.
    pub(super) fn diagnostics(self, found: &[Diagnostic]) {
        let mut found: Vec<&Diagnostic> = found.iter().collect();
        found.sort_by_key(|diagnostic| (diagnostic.source.name().to_owned(), diagnostic.span.start, diagnostic.code()));
        for diagnostic in found {
            // The drawing brings its own colours; all that it draws was made visible.
            print(End::Error, &format!("{}\n", finding::drawn(diagnostic, self)));
        }
    }
}

/// A reader that went away (`| head`) wants no more; there is nobody to tell.
fn print(end: End, text: &str) {
    drop(match end {
        End::Out => writeln!(std::io::stdout(), "{text}"),
        End::Error => writeln!(std::io::stderr(), "{text}"),
    });
}

impl Default for Screen {
    fn default() -> Self {
        Self::new()
    }
}
