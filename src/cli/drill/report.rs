//! `vigie drill report`: the after-action report (RETEX) of an exercise, from what the store kept of it.

use std::collections::BTreeMap;
use std::path::Path;

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
use crate::cli::tongue::of_terminal;
use crate::drill::play::{About, Phase};
use crate::drill::report::{self, LedgerHead, Mode, Record};
use crate::site::Site;
use crate::watch::sigma::Engine;

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

pub(super) fn run(
    screen: Screen,
    drill: DrillId,
    (form, language): (Form, Option<Language>),
    output: Option<&Path>,
    place: &Place,
) -> Result<Exit> {
    let Some((house, engine)) = place.open(screen) else { return Ok(Exit::Findings) };
    let view = match place.ask(Query::Drill { drill })? {
        Answer::Drill(view) => view,
        other => return Ok(told(screen, of_terminal(), &other)),
    };
    let ledger = match place.ask(Query::Head)? {
        Answer::Head(head) => head,
        other => return Ok(told(screen, of_terminal(), &other)),
    };
    if !matches!(view.play.phase(), Phase::Ended { .. }) {
        screen.note(format!("{drill} is still running: this is its state now"));
    }
    let record = record_of(&view, ledger, &house.site, titles(&engine), Mode::Live)?;
    let text = render(&record, form, language.unwrap_or(house.site.settings.language));
    match output {
        None => screen.line(text),
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
            screen.note(format!("report in {}", path.display()));
        }
    }
    Ok(Exit::Fine)
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
    let script = script.context("the playbook of this exercise cannot be read any more")?;
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
