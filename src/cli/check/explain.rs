//! `vigie check --explain V102` and `--list`: what kinds of findings there are, why they matter, what to do.

use serde::Serialize;

use crate::base::language::{Language, Text};
use crate::cli::exit::Exit;
use crate::cli::screen::{Paint, Screen};
use crate::finding::{self, Kind, Severity};
use crate::words::check as words;

/// Explains the kind of finding that `code` names.
pub(super) fn explain(screen: Screen, code: &str, json: bool) -> Exit {
    let Some(kind) = finding::find(code) else {
        screen.note(words::no_code(code));
        return Exit::Usage;
    };
    if json {
        screen.json(&Row::of(kind, screen.language()));
        return Exit::Fine;
    }
    screen.row().paint(Paint::Bold, kind.code).put(" ").put(named(kind.severity)).end();
    screen.line(kind.title);
    screen.line("");
    screen.line(words::why(kind.why));
    screen.line(words::todo(kind.todo));
    Exit::Fine
}

/// Lists all kinds, family by family.
pub(super) fn list(screen: Screen, json: bool) -> Exit {
    if json {
        screen.json(&finding::all().map(|kind| Row::of(kind, screen.language())).collect::<Vec<_>>());
        return Exit::Fine;
    }
    for (number, family) in finding::FAMILIES.iter().enumerate() {
        if number > 0 {
            screen.line("");
        }
        screen.row().paint(Paint::Bold, family.title).end();
        for kind in family.kinds {
            let row = screen.row().put("  ").put(kind.code).put("  ").cell(13, named(kind.severity));
            row.put("  ").put(kind.title).end();
        }
    }
    Exit::Fine
}

fn named(severity: Severity) -> Text {
    match severity {
        Severity::Error => words::error(),
        Severity::Warning => words::warning(),
        Severity::Hint => words::hint(),
    }
}

/// A kind of finding as data.
#[derive(Debug, Serialize)]
struct Row {
    code: &'static str,
    severity: &'static str,
    title: &'static str,
    why: &'static str,
    todo: &'static str,
}

impl Row {
    fn of(kind: &'static Kind, language: Language) -> Self {
        Self {
            code: kind.code.0,
            severity: kind.severity.word(),
            title: kind.title.get(language),
            why: kind.why.get(language),
            todo: kind.todo.get(language),
        }
    }
}
