//! A finding drawn into the lines of its file.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Screen;
use crate::base::language::Text;
use crate::base::visible::{visible, visible_lines};
use crate::finding::{Finding, Severity};
use crate::text::diagnostic::Diagnostic;
use crate::words::check as words;

/// A finding with the lines that it is about.
pub(super) fn drawn(diagnostic: &Diagnostic, screen: Screen) -> String {
    let said = |text: &Text| visible(text.get(screen.language())).into_owned();
    let (level, word) = match diagnostic.severity() {
        Severity::Error => (Level::ERROR, words::error()),
        Severity::Warning => (Level::WARNING, words::warning()),
        Severity::Hint => (Level::NOTE, words::hint()),
    };
    let Finding { code, message, label, help, .. } = &*diagnostic.finding;
    let name = visible(diagnostic.source.name());
    let (text, start, end) = marked(diagnostic);
    let title = level.with_name(said(&word)).primary_title(said(message)).id(code.0);
    let mut group = Group::with_title(title);
    if !diagnostic.open {
        let (line, column) = diagnostic.position();
        group = group.element(Origin::path(&*name).line(line).char_column(column));
    } else if text.is_empty() {
        group = group.element(Origin::path(&*name));
    } else {
        let mark = AnnotationKind::Primary.span(start..end).label(label.as_ref().map(said));
        group = group.element(Snippet::source(&*text).path(&*name).annotation(mark));
    }
    if let Some(help) = help {
        group = group.element(Level::HELP.with_name(said(&words::help())).message(said(help)));
    }
    let renderer = if screen.colours { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// The file's text with everything in it visible, and where the place of the finding is in that.
fn marked(diagnostic: &Diagnostic) -> (String, usize, usize) {
    let text = diagnostic.source.text();
    // A place behind the last character points at the last one.
    let end = diagnostic.span.end.min(text.len());
    let start = diagnostic.span.start.min(end);
    let shown = |text: &str| {
        let mut lines = visible_lines(text);
        if text.ends_with('\n') {
            lines.push('\n');
        }
        lines
    };
    let (before, inside) = (shown(&text[..start]), shown(&text[start..end]));
    let (from, to) = (before.len(), before.len() + inside.len());
    (format!("{before}{inside}{}", shown(&text[end..])), from, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::language::Language;
    use crate::finding::Code;
    use crate::text::source::{Source, Span};

    #[test]
    fn a_file_cannot_draw_lines_of_its_own() {
        let source = Source::new("a\nb.yaml".to_owned(), "one: x\u{202e}\ntwo: \u{200b}y\u{2028}z # é\nthree: 3\n");
        let start = source.text().find('y').expect("it is there");
        let text = |text: &str| Text::both(text, text);
        let finding = Finding {
            code: Code("V999"),
            severity: Severity::Error,
            message: text("bad\u{7}\nword"),
            label: Some(text("here\u{2029}")),
            help: Some(text("write\ny")),
        };
        let screen = Screen { colours: false, language: Some(Language::En) };
        let drawn = drawn(&finding.at(&source, Span { start, end: start + 1 }), screen);
        assert!(!drawn.chars().any(|letter| letter != '\n' && visible(&letter.to_string()) != letter.to_string()));
        for words in [r"bad\u{7}\nword", r"a\nb.yaml:2:14", r"two: \u{200b}y\u{2028}z # é", r"write\ny"] {
            assert!(drawn.contains(words), "{words}: {drawn}");
        }
    }
}
