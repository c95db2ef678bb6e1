//! The one place that prints. Knows whether there are colours, and that a closed pipe is no mistake.

use std::borrow::Cow;
use std::io::{IsTerminal as _, Write as _};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::text::diagnostic::{Diagnostic, Severity};

/// What `paint` writes.
const OWN_COLOURS: [&str; 5] = ["\u{1b}[1m", "\u{1b}[1;31m", "\u{1b}[32m", "\u{1b}[2m", "\u{1b}[0m"];

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
        drop(writeln!(std::io::stdout(), "{}", harmless(text.as_ref())));
    }

    /// A value as indented JSON.
    pub(super) fn json(self, value: &impl serde::Serialize) {
        // Control characters are escaped in it already, but for those that JSON lets pass; they are nobody's words.
        self.line(serde_json::to_string_pretty(value).unwrap_or_default());
    }

    /// A line beside what was asked for: progress, or what went wrong.
    #[expect(clippy::unused_self, reason = "whoever prints holds the screen")]
    pub(super) fn note(self, text: impl AsRef<str>) {
        drop(writeln!(std::io::stderr(), "{}", harmless(text.as_ref())));
    }

    /// What went wrong, with the causes behind it.
    pub(super) fn failure(self, error: &anyhow::Error) {
        let mut text = error.to_string();
        // Many errors repeat what caused them; a reader needs it once.
        for cause in error.chain().skip(1).map(ToString::to_string) {
            if !text.contains(&cause) {
                text = format!("{text}: {cause}");
            }
        }
        self.note(format!("{}: {text}", self.red("error")));
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
            // The drawing brings its own colours, and draws control characters of the file as pictures of them.
            drop(writeln!(std::io::stderr(), "{}\n", self.render(diagnostic)));
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
        let (message, label) = (harmless(&diagnostic.message), harmless(&diagnostic.label));
        let help = diagnostic.help.as_deref().map(harmless);
        let title = level.primary_title(&*message).id(diagnostic.code.0);
        let mut group = Group::with_title(title);
        if text.is_empty() {
            group = group.element(annotate_snippets::Origin::path(diagnostic.source.name()));
        } else {
            let mark = AnnotationKind::Primary.span(start..end).label(&*label);
            group = group.element(Snippet::source(text).path(diagnostic.source.name()).annotation(mark));
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(&**help));
        }
        let renderer = if self.colours { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// `text` without what could move the cursor, hide words or retitle the window: logs bring words of attackers. Colours
/// of our own stay.
fn harmless(text: &str) -> Cow<'_, str> {
    let mut rest = text;
    let mut clean = String::new();
    while let Some(at) = rest.find(|letter: char| letter.is_control() && letter != '\n') {
        clean.push_str(&rest[..at]);
        rest = &rest[at..];
        let own = OWN_COLOURS.iter().find(|code| rest.starts_with(**code));
        clean.push_str(own.copied().unwrap_or(if rest.starts_with('\t') { " " } else { "\u{fffd}" }));
        let length = own.map_or_else(|| rest.chars().next().map_or(1, char::len_utf8), |code| code.len());
        rest = &rest[length..];
    }
    if clean.is_empty() && rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

impl Default for Screen {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_colours_reach_a_terminal() {
        for (text, shown) in [
            ("écran 🚨\nsuite", "écran 🚨\nsuite"),
            ("a\u{1b}[31mb", "a\u{fffd}[31mb"),
            ("a\u{1b}]0;title\u{7}b", "a\u{fffd}]0;title\u{fffd}b"),
            ("a\tb\r\u{9b}c", "a b\u{fffd}\u{fffd}c"),
        ] {
            assert_eq!(harmless(text), shown);
        }
        let painted = Screen { colours: true }.red("x");
        assert_eq!(harmless(&painted), painted);
        assert_eq!(harmless(&Screen { colours: true }.dim("\u{1b}[2K")), "\u{1b}[2m\u{fffd}[2K\u{1b}[0m");
    }
}
