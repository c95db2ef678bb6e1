//! `vigie drill report`: the after-action report (RETEX) of an exercise, from what the store kept of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::ValueEnum;

use crate::api::{Answer, DrillView, HeadView, Query};
use crate::base::id::{DrillId, RuleId};
use crate::base::language::{Language, Text};
use crate::check::kept_script;
use crate::cli::answer::told;
use crate::cli::exit::Exit;
use crate::cli::place::Place;
use crate::cli::screen::Screen;
use crate::drill::play::{About, Phase};
use crate::drill::report::{self, LedgerHead, Mode, Record};
use crate::site::Site;
use crate::watch::sigma::Engine;
use crate::words::exercise as words;
use crate::words::failure::{self, Failure};

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// One page that opens anywhere and prints on A4
    Html,
    /// Text for a wiki or a mail
    Markdown,
    /// Data
    Json,
}

impl Form {
    /// The ending of its files.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }
}

/// Which report is asked for.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) drill: DrillId,
    pub(super) form: Form,
    /// The site's where none is named.
    pub(super) language: Option<Language>,
    /// The screen where no file is named.
    pub(super) output: Option<PathBuf>,
}

pub(super) fn run(screen: Screen, asked: &Asked, place: &Place) -> Result<Exit> {
    let drill = asked.drill;
    let Some((deployment, engine)) = place.open(screen) else { return Ok(Exit::Findings) };
    let view = match place.ask(Query::Drill { drill })? {
        Answer::Drill(view) => view,
        other => return Ok(told(screen, &other)),
    };
    let ledger = match place.ask(Query::Head)? {
        Answer::Head(head) => head,
        other => return Ok(told(screen, &other)),
    };
    if !matches!(view.play.phase(), Phase::Ended { .. }) {
        screen.note(words::still_running(drill));
    }
    let record = record_of(&view, ledger, &deployment.site, titles(&engine), Mode::Live)?;
    let text = render(&record, asked.form, asked.language.unwrap_or(deployment.site.settings.language));
    match &asked.output {
        None => screen.block("", &text),
        Some(path) => {
            write(path, &text)?;
            screen.note(words::report_in(path.display()));
        }
    }
    Ok(Exit::Fine)
}

/// Writes a report.
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |error| Failure(failure::cannot_write(path.display(), failure::system(&error)));
    Ok(std::fs::write(path, text).map_err(failed)?)
}

/// Everything a report says, from a kept drill and the site it was played in.
pub(crate) fn record_of(
    view: &DrillView,
    ledger: HeadView,
    site: &Site,
    rules: BTreeMap<RuleId, Text>,
    mode: Mode,
) -> Result<Record> {
    let script = kept_script(&view.name, &view.text, &view.files);
    let script = script.with_context(|| Failure(words::no_script()))?;
    let people = site.roster.people.iter().map(|(id, person)| (id.to_string(), person.name.clone())).collect();
    let about = About {
        site: site.settings.name.clone(),
        mode,
        zone: site.settings.zone.clone(),
        ledger: Some(LedgerHead { head: ledger.head, entries: ledger.entries }),
        people,
        rules,
    };
    Ok(view.play.record(&script.playbook, about))
}

/// The titles of all rules.
pub(crate) fn titles(engine: &Engine) -> BTreeMap<RuleId, Text> {
    engine.rules().map(|rule| (rule.id.clone(), rule.title.clone())).collect()
}

/// The report in one form and language.
pub(crate) fn render(record: &Record, form: Form, language: Language) -> String {
    match form {
        Form::Html => report::html(record, language),
        Form::Markdown => report::markdown(record, language),
        Form::Json => report::json(record),
    }
}
