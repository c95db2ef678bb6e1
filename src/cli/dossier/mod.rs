//! The file of one alert, for whoever was not there: a director, a regulator, an insurer. Who was told what, when, by which
//! channel, with what proof, who took it, what was written down, what is to be declared, and how all that can be checked.

mod html;
mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;

use super::alert::story;
use super::answer::told;
use super::argument;
use super::drill::write;
use super::exit::Exit;
use super::place::Records;
use super::screen::Screen;
use super::tongue::LanguageWord;
use crate::api::{AlertView, Answer, ChainFact, EntryView, Fact, LedgerView, PageEnd, PageFact, Query};
use crate::base::id::{AlertId, PersonId};
use crate::base::language::{Language, Text};
use crate::daemon::clock;
use crate::site::Site;
use crate::words::dossier as words;

/// Exports the file of one alert: who was told what, when, with what proof
#[derive(Debug, Args)]
pub(super) struct Export {
    /// Which alert, such as A12
    #[arg(long, value_name = "ALERT", value_parser = argument::alert)]
    alert: AlertId,
    /// In which form
    #[arg(long, value_enum, default_value = "html")]
    format: Form,
    /// In which language, fr or en; the site's where left out
    #[arg(long, value_enum)]
    language: Option<LanguageWord>,
    /// Into this file instead of on the screen
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    records: Records,
}

/// A form of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One page that opens anywhere and prints on A4
    Html,
    /// The entries, for a spreadsheet
    Csv,
    /// Data
    Json,
}

/// What is in the file.
struct Dossier<'a> {
    site: String,
    people: BTreeMap<PersonId, String>,
    view: &'a AlertView,
    ledger: &'a LedgerView,
    clock: jiff::tz::TimeZone,
    made: jiff::Timestamp,
    language: Language,
}

impl Dossier<'_> {
    fn say(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    fn at(&self, at: jiff::Timestamp) -> String {
        use crate::words::Said as _;
        crate::words::time::At(at, &self.clock).said(self.language).into_owned()
    }

    /// What an entry says; its kind where nobody made words for it.
    fn sentence(&self, entry: &EntryView) -> String {
        if entry.body.get("erased").is_some() {
            return self.say(&words::erased());
        }
        let fact = Fact::read(&entry.kind, &entry.body.to_string());
        let of_page = fact.as_ref().and_then(|fact| match fact {
            Fact::Page(fact) => Some(self.of_page(fact)),
            Fact::Chain(ChainFact::Resolved { .. }) => Some(words::chain_ends()),
            _ => None,
        });
        of_page.or_else(|| story::of(entry)).map_or_else(|| entry.kind.clone(), |text| self.say(&text))
    }

    /// What became of a message.
    fn of_page(&self, fact: &PageFact) -> Text {
        match fact {
            PageFact::Owed { page, to, channel, .. } => words::page_owed(page, self.name(to), channel),
            PageFact::Delayed { page, why, .. } => words::page_delayed(page, why),
            PageFact::Spooled { page, proof, .. } => words::page_spooled(page, proof),
            PageFact::Accepted(PageEnd { page, proof, .. }) => words::page_accepted(page, proof),
            PageFact::Failed(PageEnd { page, proof, .. }) => words::page_failed(page, proof),
            PageFact::Cancelled(PageEnd { page, proof, .. }) => words::page_cancelled(page, proof),
        }
    }

    /// Somebody, by the name that people say, where the site's files still have them.
    fn name(&self, person: &PersonId) -> String {
        self.people.get(person).cloned().unwrap_or_else(|| person.to_string())
    }
}

/// What people are called.
pub(in crate::cli) fn names(site: &Site) -> BTreeMap<PersonId, String> {
    site.roster.people.iter().map(|(id, person)| (id.clone(), person.name.clone())).collect()
}

impl Export {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let screen = self.records.on(screen);
        let view = match self.records.ask(Query::Alert { alert: self.alert })? {
            Answer::Alert(view) => view,
            other => return Ok(told(screen, &other)),
        };
        let anchor = self.records.anchored(screen);
        let ledger = match self.records.ask(Query::Ledger { seal: None, anchor })? {
            Answer::Ledger(ledger) => ledger,
            other => return Ok(told(screen, &other)),
        };
        let dossier = Dossier {
            site: self.records.site_name(),
            people: self.records.site().map(|site| names(&site)).unwrap_or_default(),
            view: &view,
            ledger: &ledger,
            clock: self.records.clock(),
            made: clock::now(),
            language: self.language.map_or(screen.language(), Language::from),
        };
        let text = match self.format {
            Form::Html => html::page(&dossier),
            Form::Csv => table::csv(&dossier),
            Form::Json => {
                let whole = json!({ "site": dossier.site, "made": dossier.made, "ledger": ledger, "file": view });
                format!("{}\n", serde_json::to_string_pretty(&whole)?)
            }
        };
        match &self.output {
            None => screen.block("", &text),
            Some(path) => {
                write(path, &text)?;
                screen.note(words::written(path.display()));
            }
        }
        Ok(if matches!(ledger, LedgerView::Whole { .. }) { Exit::Fine } else { Exit::SealBroken })
    }
}
