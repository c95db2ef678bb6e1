//! The `.test.yml` beside a rule: lines and how often the rule must match them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::rules::{RuleFile, shipped};
use crate::base::language::Text;
use crate::finding::case::{lines_or_file, unreadable_lines, unreadable_test};
use crate::site::LogsourceEntry;
use crate::text::diagnostic::Diagnostic;
use crate::text::ground::Ground;
use crate::text::read::read;
use crate::text::source::{Source, Span};
use crate::text::spanned::Spanned;
use crate::text::unreadable::why;
use crate::text::yaml;
use crate::watch::event::Logsource;
use crate::watch::format::Format;
use crate::watch::sigma::{self, Document};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TestFile {
    cases: Vec<CaseEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseEntry {
    name: Text,
    #[serde(default)]
    format: Format,
    #[serde(default)]
    logsource: Option<LogsourceEntry>,
    #[serde(default)]
    file: Option<Spanned<String>>,
    #[serde(default)]
    lines: Option<Spanned<String>>,
    hits: Spanned<usize>,
    #[serde(default)]
    subject: BTreeMap<String, String>,
}

/// One case of a rule's test.
#[derive(Debug, Clone)]
pub struct RuleCase {
    /// What it shows.
    pub name: Text,
    /// What its lines look like.
    pub format: Format,
    /// What kind of log they are, where the format alone does not say it.
    pub logsource: Option<Logsource>,
    /// Its lines.
    pub lines: String,
    /// How often the rule must match.
    pub hits: usize,
    /// What each match must be about.
    pub subject: BTreeMap<String, String>,
    /// The document and the place of `hits`, for a failure.
    pub source: Source,
    /// The place of `hits`.
    pub span: Span,
}

/// The test that belongs to the rule file at `rule`: `x.yml` has `x.test.yml`.
pub fn test_of(rule: &Path) -> PathBuf {
    rule.with_extension("test.yml")
}

/// How many cases the test beside a rule file has, shipped or not.
pub fn count_cases(file: &RuleFile) -> usize {
    let path = test_of(Path::new(file.source.name()));
    let source = shipped(&path.display().to_string()).or_else(|| Ground::of(&path).open(&path).ok());
    let node = source.and_then(|source| yaml::parse(&source).ok());
    node.and_then(|node| node.get("cases")?.as_seq().map(<[_]>::len)).unwrap_or_default()
}

/// Whether a rule file holds nothing but filters, which are tested with the rules they are for.
pub fn only_filters(file: &RuleFile) -> bool {
    let documents = sigma::read(&file.source, &file.id, &mut Vec::new());
    !documents.is_empty() && documents.iter().all(Document::is_filter)
}

/// Reads the test file at `path` and the lines that it names, all of which must lie on this ground. Every mistake is
/// added to `found`.
pub(crate) fn read_test(ground: &Ground, path: &Path, found: &mut Vec<Diagnostic>) -> Vec<RuleCase> {
    let source = match ground.open(path) {
        Ok(source) => source,
        Err(error) => {
            found.push(unreadable_test(why(&error)).of_file(path));
            return Vec::new();
        }
    };
    let node = match yaml::parse(&source) {
        Ok(node) => node,
        Err(error) => {
            found.push(error);
            return Vec::new();
        }
    };
    let Some(file): Option<TestFile> = read(&source, &node, found) else { return Vec::new() };
    let folder = path.parent().unwrap_or(Path::new("."));
    let beside = |name: &str| ground.open(&folder.join(name)).map(|lines| lines.text().to_owned());
    file.cases.into_iter().filter_map(|case| checked(&source, &beside, case, found)).collect()
}

fn checked(
    source: &Source,
    beside: &dyn Fn(&str) -> std::io::Result<String>,
    case: CaseEntry,
    found: &mut Vec<Diagnostic>,
) -> Option<RuleCase> {
    let lines = match (case.lines, case.file) {
        (Some(lines), None) => lines.value,
        (None, Some(file)) => match beside(&file) {
            Ok(lines) => lines,
            Err(error) => {
                found.push(unreadable_lines(&file, why(&error)).at(source, file.span));
                return None;
            }
        },
        _ => {
            found.push(lines_or_file().at(source, case.hits.span));
            return None;
        }
    };
    Some(RuleCase {
        name: case.name,
        format: case.format,
        logsource: case.logsource.as_ref().map(LogsourceEntry::said),
        lines,
        hits: case.hits.value,
        subject: case.subject,
        source: source.clone(),
        span: case.hits.span,
    })
}
