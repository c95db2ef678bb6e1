//! Lines written into a log, where the real rules read them.

use std::path::{Component, Path};

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::burst::Burst;
use super::means::{Means, Written};
use crate::base::id::SourceName;
use crate::drill::playbook::checking::Checking;
use crate::drill::playbook::reference::ReferenceKind;
use crate::drill::playbook::template::{Template, UnknownBlank};
use crate::finding::playbook as finding;
use crate::text::diagnostic::{Diagnostic, suggest};
use crate::text::one_or_many::OneOrMany;
use crate::text::source::{Source, Span};
use crate::text::spanned::Spanned;
use crate::text::unreadable::why;
use crate::words::words;

/// The most lines one inject may write: an exercise is not a load test.
const MOST_LINES: usize = 100_000;

/// Lines for a log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drill) struct LogWritten {
    /// The source of `vigie.yaml` in which the lines appear.
    source: Spanned<String>,
    /// A file beside the playbook, or the lines themselves. `{{rfc3164}}`, `{{rfc3339}}`, `{{orthanc}}`, `{{combined}}`,
    /// `{{samba}}`, `{{local}}`, `{{utc}}` and `{{epoch}}` write the moment, `{{n}}` the number of the repetition.
    lines: Spanned<OneOrMany>,
    /// How many times the lines are written, from `{{n}}` = 1.
    #[serde(default)]
    repeat: Option<Spanned<u32>>,
    /// The time over which the lines are spread; all at once where it is left out.
    #[serde(default)]
    over: Option<Spanned<String>>,
}

/// Lines for a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log(Burst);

impl Means for Log {
    fn burst(&self) -> Option<&Burst> {
        Some(&self.0)
    }
}

words! {
    /// What the report calls it.
    pub(super) fn word() { fr: "journal", en: "log" }
}

impl Written for LogWritten {
    type Means = Log;

    fn check(self, checking: &mut Checking<'_>) -> Option<Log> {
        checking.refer(ReferenceKind::Source, &self.source);
        let over = checking.duration_or(self.over.as_ref(), SignedDuration::ZERO);
        let lines = match &self.lines.value {
            OneOrMany::One(name) => from_file(checking, name, self.lines.span)?,
            OneOrMany::Many(lines) => literal(checking, lines),
        };
        let repeat = self.repeat.as_ref().map_or(1, |repeat| repeat.value);
        let span = self.repeat.as_ref().map_or(self.lines.span, |repeat| repeat.span);
        let count = lines.len().saturating_mul(repeat as usize);
        if count == 0 || count > MOST_LINES {
            checking.say(finding::so_many_lines(count, MOST_LINES), span);
            return None;
        }
        Some(Log(Burst { source: SourceName(self.source.value), lines, repeat, over }))
    }
}

fn literal(checking: &mut Checking<'_>, lines: &[Spanned<String>]) -> Vec<Template> {
    let mut templates = Vec::new();
    for line in lines {
        match Template::parse(line) {
            Ok(template) => templates.push(template),
            Err(blank) => {
                let source = checking.source.clone();
                // The blank's own place, where the line is written without escapes.
                let written =
                    source.slice(line.span).find("{{").is_some_and(|_| source.slice(line.span).contains(&**line));
                let quote = source.slice(line.span).find(line.as_str()).unwrap_or_default();
                let span = if written { line.span.part(quote + blank.at, blank.length) } else { line.span };
                checking.found.push(unknown_blank(&source, span, &blank));
            }
        }
    }
    templates
}

fn from_file(checking: &mut Checking<'_>, name: &str, span: Span) -> Option<Vec<Template>> {
    let path = Path::new(name);
    if name.is_empty() || !path.components().all(|part| matches!(part, Component::Normal(_))) {
        checking.say(finding::not_beside(name), span);
        return None;
    }
    let text = match (checking.files)(name) {
        Ok(text) => text,
        Err(error) => {
            checking.say(finding::unreadable_lines(name, why(&error)), span);
            return None;
        }
    };
    let beside = Path::new(checking.source.name()).with_file_name(name);
    let file = Source::new(beside.display().to_string(), text);
    let templates = read_lines(checking, &file);
    checking.read.insert(name.to_owned(), file);
    Some(templates)
}

fn read_lines(checking: &mut Checking<'_>, file: &Source) -> Vec<Template> {
    let mut templates = Vec::new();
    let mut start = 0;
    for line in file.text().split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        match Template::parse(text) {
            Ok(template) if !text.trim().is_empty() => templates.push(template),
            Ok(_) => {}
            Err(blank) => {
                let span = Span::new(start + blank.at, start + blank.at + blank.length);
                checking.found.push(unknown_blank(file, span, &blank));
            }
        }
        start += line.len();
    }
    templates
}

fn unknown_blank(source: &Source, span: Span, blank: &UnknownBlank) -> Diagnostic {
    finding::no_blank(&blank.name).advice(suggest(&blank.name, Template::blanks())).at(source, span)
}
