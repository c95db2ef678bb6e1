//! `vigie drill rehearse`: a playbook on the virtual clock, with what was met and what was missed.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::report::{Form, record_of, render, titles, write};
use crate::base::duration;
use crate::base::language::{Language, Text};
use crate::check::{self, Deployment};
use crate::cli::exit::Exit;
use crate::cli::place::Place;
use crate::cli::screen::{Paint, Screen};
use crate::drill::play::Verdict;
use crate::drill::playbook::Awaited;
use crate::drill::report::{InjectRecord, Mode, Outcome, Record};
use crate::rehearsal::{Players, rehearse};
use crate::text::diagnostic::has_errors;
use crate::watch::sigma::Engine;
use crate::words::exercise as words;
use crate::words::failure::{self, Failure};

/// Where and how playbooks are rehearsed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hall<'a> {
    /// The site.
    pub(crate) place: &'a Place,
    /// Who answers.
    pub(crate) players: Players,
    /// Below which folder reports are written, if they are.
    pub(crate) report: Option<&'a Path>,
}

pub(super) fn run(screen: Screen, playbooks: &[impl AsRef<Path>], hall: Hall<'_>) -> Result<Exit> {
    let mut ended = Exit::Fine;
    for path in playbooks {
        let exit = rehearse_file(screen, path.as_ref(), hall)?;
        if exit != Exit::Fine {
            ended = exit;
        }
    }
    Ok(ended)
}

/// Rehearses one playbook and shows how it went.
pub(crate) fn rehearse_file(screen: Screen, path: &Path, hall: Hall<'_>) -> Result<Exit> {
    let mut found = Vec::new();
    let (deployment, engine) = site(hall.place, &mut found)?;
    let script = check::open_script(path, &mut found);
    if let Some(script) = &script {
        check::check_script(script, &deployment.site, &engine, &mut found);
    }
    if has_errors(&found) {
        crate::cli::findings::show(screen, &found, false);
        return Ok(Exit::Findings);
    }
    let Some(script) = script else { return Ok(Exit::Findings) };
    let site = deployment.site.clone();
    let rules = titles(&engine);
    let rehearsed = rehearse(deployment, engine, script, hall.players)?;
    let record = record_of(&rehearsed.drill, rehearsed.ledger()?, &site, rules, Mode::Rehearsal)?;
    show(screen, &record);
    if let Some(folder) = hall.report {
        write_reports(&record, &folder.join(record.playbook.as_str()), site.settings.language)?;
        screen.note(words::report_in(folder.join(record.playbook.as_str()).display()));
    }
    Ok(if missed(&record) == 0 { Exit::Fine } else { Exit::Findings })
}

/// The site to rehearse in: the one named, or the example hospital where there is none here.
fn site(place: &Place, found: &mut Vec<crate::text::diagnostic::Diagnostic>) -> Result<(Deployment, Engine)> {
    if place.site.join("vigie.yaml").exists() || place.site.is_file() {
        let opened = check::open(&place.site, found);
        // The site's own mistakes are shown with the playbook's; without a site there is nothing to play on.
        return opened.with_context(|| {
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            Failure(words::unusable_site(place.site.display(), found.join("; ")))
        });
    }
    check::example().with_context(|| Failure(words::no_example()))
}

fn write_reports(record: &Record, folder: &Path, language: Language) -> Result<()> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure(failure::cannot_make(folder.display(), failure::system(&error))))?;
    for form in [Form::Html, Form::Markdown, Form::Json] {
        let file = folder.join(format!("report.{}", form.ending()));
        write(&file, &render(record, form, language))?;
    }
    Ok(())
}

fn show(screen: Screen, record: &Record) {
    let length = duration::show(record.duration);
    let injects = words::injects(record.injects.len() as u64);
    let row = screen.row().paint(Paint::Bold, &record.playbook);
    row.put(words::rehearsed(&record.title, injects, length)).end();
    for inject in awaited(record) {
        for expected in &inject.expectations {
            let (paint, mark) = match expected.verdict {
                Verdict::Met => (Paint::Green, words::met()),
                _ => (Paint::Red, words::missed()),
            };
            let took = expected.took.map_or_else(words::never, |took| words::as_it_is(duration::show(took.script)));
            let row = screen.row().put("  ").painted(paint, 7, mark).put(" ").cell(20, &inject.id).put(" ");
            let row = row.cell(44, what(&expected.awaited)).put(" ");
            row.put(words::took(took, duration::show(expected.within))).end();
        }
    }
    let all = awaited(record).map(|inject| inject.expectations.len()).sum::<usize>();
    let head = record.ledger.as_ref().map(|ledger| ledger.head.as_str()).unwrap_or_default();
    screen.row().put("  ").put(words::met_of(all - missed(record), all, head)).end();
}

/// The injects that were to be played: a branch that was not taken, or that waited for a hand, awaits nothing.
fn awaited(record: &Record) -> impl Iterator<Item = &InjectRecord> {
    record.injects.iter().filter(|inject| !matches!(inject.outcome, Outcome::NotChosen | Outcome::NotFired))
}

/// What was awaited, in few words.
fn what(awaited: &Awaited) -> Text {
    match awaited {
        Awaited::Hit(rule) => words::rule_matches(rule),
        Awaited::Ack { chain, by: None } => words::somebody_has_it(chain),
        Awaited::Ack { by: Some(by), .. } => words::has_it(by),
        Awaited::Page { person: Some(person), .. } => words::is_paged(person),
        Awaited::Page { chain: Some(chain), .. } => words::pages_somebody(chain),
        Awaited::Page { .. } => words::somebody_is_paged(),
        Awaited::Action(action) => action.clone(),
        Awaited::Decision(option) => words::decision(option),
    }
}

/// How many expectations were not met.
fn missed(record: &Record) -> usize {
    let expected = awaited(record).flat_map(|inject| &inject.expectations);
    expected.filter(|expected| expected.verdict != Verdict::Met).count()
}
