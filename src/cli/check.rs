//! `vigie check`: every problem of every file, in one pass.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::exit::Exit;
use super::screen::{Paint, Screen};
use super::status::unarmed_words;
use crate::base::language::Language;
use crate::check::{self, Contents, House};
use crate::text::diagnostic::{Diagnostic, Severity, has_errors};
use crate::watch::sigma::Engine;

/// Checks a site's files, or rules and playbooks on their own
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Site folders, rule files or folders, playbooks
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    #[expect(clippy::unnecessary_wraps, reason = "all commands have the same shape")]
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let mut found = Vec::new();
        let mut read = Vec::new();
        for path in &self.paths {
            read.extend(check_path(path, &mut found));
        }
        // Beside mistakes, what is there and what fits would only mislead.
        if !self.json && !has_errors(&found) {
            for words in &read {
                screen.line(words);
            }
        }
        report(screen, &found, self.json);
        Ok(if has_errors(&found) { Exit::Findings } else { Exit::Fine })
    }
}

/// Checks whatever is at `path`, and says what was there.
fn check_path(path: &Path, found: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut contents = Contents::of(path, found);
    if contents.is_empty() && path.is_dir() {
        // Says which files a site needs.
        contents.sites.push(path.to_owned());
    }
    let mut read = Vec::new();
    for site in &contents.sites {
        let Some((house, engine)) = check::open(site, found) else { continue };
        read.push(house.summary(&engine));
        let unfit = house.unfit.iter().map(|(id, why)| format!("  the playbook {id} is not for this site: {why}"));
        read.extend(unfit);
        read.extend(not_armed(&house, &engine));
    }
    for playbook in &contents.playbooks {
        if let Some(script) = check::open_script(playbook, found) {
            let injects = script.playbook.timeline.len();
            read.push(format!("{}: a playbook of {injects} injects", playbook.display()));
        }
    }
    let pipelines = check::pipelines(&contents.pipelines, found);
    read.extend(pipelines.iter().map(|pipeline| format!("the pipeline {}", pipeline.name)));
    if !contents.rules.is_empty() {
        check::compile(&contents.rules, &BTreeMap::new(), found);
        read.push(format!("{}: {} rule files", path.display(), contents.rules.len()));
    }
    read
}

/// Rules that nothing here can feed, by reason. No mistake: a pack is for more logs than any one site has.
fn not_armed(house: &House, engine: &Engine) -> Vec<String> {
    let heard = house.listen(engine);
    let reasons = check::by_reason(&check::Arming::at(&house.site, &heard).not_armed(engine));
    reasons.iter().map(|(why, rules)| format!("  {}", unarmed_words(why, rules).get(Language::En))).collect()
}

/// Shows findings and how many there are.
pub(super) fn report(screen: Screen, found: &[Diagnostic], json: bool) {
    if json {
        screen.json(&found.iter().map(Finding::from).collect::<Vec<_>>());
        return;
    }
    screen.diagnostics(found);
    let errors = found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = found.len() - errors;
    match (errors, warnings) {
        (0, 0) => screen.row().paint(Paint::Green, "no problem found").end(),
        (0, _) => screen.line(format!("{warnings} warning(s), no error")),
        _ => screen.note(format!("{errors} error(s), {warnings} warning(s)")),
    }
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

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(diagnostic: &'a Diagnostic) -> Self {
        let (line, column) = diagnostic.position();
        let (end_line, end_column) = diagnostic.source.position(diagnostic.span.end);
        Finding {
            code: diagnostic.code.0,
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: diagnostic.source.name(),
            line,
            column,
            end_line,
            end_column,
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
        }
    }
}
