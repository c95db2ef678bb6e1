//! `vigie drill rehearse`: a playbook on the virtual clock, with what was met and what was missed.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::report::{Form, record_of, render, titles};
use crate::base::duration;
use crate::base::language::Language;
use crate::check::{self, House};
use crate::cli::exit::Exit;
use crate::cli::place::Place;
use crate::cli::screen::Screen;
use crate::drill::play::Verdict;
use crate::drill::playbook::Awaited;
use crate::drill::report::{InjectRecord, Mode, Outcome, Record};
use crate::rehearsal::{Players, rehearse};
use crate::text::diagnostic::has_errors;
use crate::watch::sigma::Engine;

pub(super) fn run(
    screen: Screen,
    playbooks: &[impl AsRef<Path>],
    players: Players,
    report: Option<&Path>,
    place: &Place,
) -> Result<Exit> {
    let mut ended = Exit::Fine;
    for path in playbooks {
        let exit = rehearse_file(screen, path.as_ref(), place, players, report)?;
        if exit != Exit::Fine {
            ended = exit;
        }
    }
    Ok(ended)
}

/// Rehearses one playbook and shows how it went.
pub(crate) fn rehearse_file(
    screen: Screen,
    path: &Path,
    place: &Place,
    players: Players,
    report: Option<&Path>,
) -> Result<Exit> {
    let mut found = Vec::new();
    let (house, engine) = stage(place, &mut found)?;
    let script = check::open_script(path, &mut found);
    if let Some(script) = &script {
        check::check_script(script, &house.site, &engine, &mut found);
    }
    if has_errors(&found) {
        crate::cli::check::report(screen, &found, false);
        return Ok(Exit::Findings);
    }
    let Some(script) = script else { return Ok(Exit::Findings) };
    let site = house.site.clone();
    let rules = titles(&engine);
    let rehearsed = rehearse(house, engine, script, players)?;
    let record = record_of(&rehearsed.drill, rehearsed.ledger()?, &site, rules, Mode::Rehearsal)?;
    show(screen, &record);
    if let Some(folder) = report {
        write_reports(&record, &folder.join(record.playbook.as_str()), site.settings.language)?;
        screen.note(format!("report in {}", folder.join(record.playbook.as_str()).display()));
    }
    Ok(if missed(&record) == 0 { Exit::Fine } else { Exit::Findings })
}

/// The site to rehearse in: the one named, or the example hospital where there is none here.
fn stage(place: &Place, found: &mut Vec<crate::text::diagnostic::Diagnostic>) -> Result<(House, Engine)> {
    if place.site.join("vigie.yaml").exists() || place.site.is_file() {
        let opened = check::open(&place.site, found);
        // The site's own mistakes are shown with the playbook's; without a site there is nothing to play on.
        return opened.with_context(|| {
            let words: Vec<String> = found.iter().map(ToString::to_string).collect();
            format!("the site in {} cannot be used:\n{}", place.site.display(), words.join("\n"))
        });
    }
    check::example().context("the example hospital inside vigie cannot be opened")
}

fn write_reports(record: &Record, folder: &Path, language: Language) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for form in [Form::Html, Form::Markdown, Form::Json] {
        let file = folder.join(format!("report.{}", form.ending()));
        std::fs::write(&file, render(record, form, language))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn show(screen: Screen, record: &Record) {
    let title = record.title.get(Language::En);
    let length = duration::show(record.duration);
    screen.line(format!(
        "{} — {title}: {} injects, {length}",
        screen.bold(record.playbook.as_str()),
        record.injects.len()
    ));
    for inject in awaited(record) {
        for expected in &inject.expectations {
            let mark = match expected.verdict {
                Verdict::Met => screen.green("met   "),
                _ => screen.red("MISSED"),
            };
            let took = expected.took.map_or_else(|| "never".to_owned(), |took| duration::show(took.script));
            screen.line(format!(
                "  {mark} {:<20} {:<44} {took} of {}",
                inject.id.as_str(),
                what(&expected.awaited),
                duration::show(expected.within)
            ));
        }
    }
    let all = awaited(record).map(|inject| inject.expectations.len()).sum::<usize>();
    let head = record.ledger.as_ref().map(|ledger| ledger.head.as_str()).unwrap_or_default();
    screen.line(format!("  {} of {all} expectations met; ledger head {head}", all - missed(record)));
}

/// The injects that were to be played: a branch that was not taken, or that waited for a hand, awaits nothing.
fn awaited(record: &Record) -> impl Iterator<Item = &InjectRecord> {
    record.injects.iter().filter(|inject| !matches!(inject.outcome, Outcome::NotChosen | Outcome::NotFired))
}

/// What was awaited, in few words.
fn what(awaited: &Awaited) -> String {
    match awaited {
        Awaited::Hit(rule) => format!("rule {rule} matches"),
        Awaited::Ack { chain, by: None } => format!("somebody of {chain} has it"),
        Awaited::Ack { by: Some(by), .. } => format!("{by} has it"),
        Awaited::Page { person: Some(person), .. } => format!("{person} is paged"),
        Awaited::Page { chain: Some(chain), .. } => format!("{chain} pages somebody"),
        Awaited::Page { .. } => "somebody is paged".to_owned(),
        Awaited::Action(action) => action.get(Language::En).to_owned(),
        Awaited::Decision(option) => format!("decision: {option}"),
    }
}

/// How many expectations were not met.
fn missed(record: &Record) -> usize {
    let expected = awaited(record).flat_map(|inject| &inject.expectations);
    expected.filter(|expected| expected.verdict != Verdict::Met).count()
}
