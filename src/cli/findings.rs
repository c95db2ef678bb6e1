//! Findings on the screen, as words or as data.

use serde::Serialize;

use super::screen::{Paint, Screen};
use crate::base::language::Language;
use crate::finding::Severity;
use crate::text::diagnostic::Diagnostic;
use crate::words::check as words;

/// Shows findings and how many there are.
pub(super) fn show(screen: Screen, found: &[Diagnostic], json: bool) {
    if json {
        screen.json(&found.iter().map(|diagnostic| Finding::of(diagnostic, screen.language())).collect::<Vec<_>>());
        return;
    }
    screen.diagnostics(found);
    let count = |severity| counted(found.iter().filter(|found| found.severity() == severity).count());
    let (errors, warnings) = (count(Severity::Error), words::warnings(count(Severity::Warning)));
    let others = match count(Severity::Hint) {
        0 => warnings,
        hints => words::errors_and_others(warnings, words::hints(hints)),
    };
    match (errors, found.is_empty()) {
        (0, true) => screen.row().paint(Paint::Green, words::no_problem()).end(),
        (0, false) => screen.line(words::no_errors(others)),
        _ => screen.note(words::errors_and_others(words::errors(errors), others)),
    }
}

pub(super) fn counted(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A finding as data.
#[derive(Debug, Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    help: Option<&'a str>,
}

impl<'a> Finding<'a> {
    fn of(diagnostic: &'a Diagnostic, language: Language) -> Self {
        let (line, column) = diagnostic.position();
        let (end_line, end_column) = diagnostic.source.position(diagnostic.span.end);
        let finding = &diagnostic.finding;
        Finding {
            code: finding.code.0,
            severity: finding.severity.word(),
            file: diagnostic.source.name(),
            line,
            column,
            end_line,
            end_column,
            message: finding.message.get(language),
            help: finding.help.as_ref().map(|help| help.get(language)),
        }
    }
}
