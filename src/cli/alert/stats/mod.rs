//! `vigie alert stats`: what was asked and answered, month by month, and whom it cost how much sleep.

mod figures;
mod html;
mod said;
mod sheets;
mod spreadsheet;
mod tally;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use self::said::Figures;
use self::sheets::Sheet;
use self::tally::{Calendar, Tally};
use crate::alert::oncall::Roster;
use crate::api::{Answer, EntryView, Query};
use crate::cli::answer::told;
use crate::cli::argument;
use crate::cli::dossier::names;
use crate::cli::drill::write;
use crate::cli::exit::Exit;
use crate::cli::place::Records;
use crate::cli::screen::{Paint, Screen};
use crate::cli::tongue::LanguageWord;
use crate::daemon::clock;
use crate::words::stats as words;

/// Counts alerts, answers and messages month by month: by person, by turn, and at night
#[derive(Debug, Args)]
pub(super) struct Stats {
    /// So many months up to this one
    #[arg(long, default_value_t = 12, value_name = "MONTHS", value_parser = argument::within::<u16>(1..=120))]
    months: u16,
    /// In which form
    #[arg(long, value_enum, default_value = "table")]
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

/// A form of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Tables of plain text
    Table,
    /// One page that opens anywhere and prints on A4
    Html,
    /// One table for a spreadsheet
    Csv,
    /// Data
    Json,
}

impl Stats {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let screen = self.records.on(screen);
        let screen = self.language.map_or(screen, |language| screen.speaking(language.into()));
        let (site, made, zone) = (self.records.site(), clock::now(), self.records.clock());
        let this_month = made.to_zoned(zone.clone()).date().first_of_month();
        let since = this_month.saturating_sub(Span::new().months(self.months - 1));
        let roster = site.as_ref().map_or_else(Roster::default, |site| site.roster.clone());
        let mut tally = Tally::new(Calendar { zone: zone.clone(), roster: &roster }, since);
        if let Some(other) = entries(&self.records, since, &zone, &mut |entry| tally.add(entry))? {
            return Ok(told(screen, &other));
        }
        let figures = Figures {
            site: self.records.site_name(),
            months: tally.done(made),
            names: site.map(|site| names(&site)).unwrap_or_default(),
            zone,
            made,
            language: screen.language(),
        };
        let text = match self.format {
            Form::Table if self.output.is_none() => {
                shown(screen, &figures);
                return Ok(Exit::Fine);
            }
            Form::Table => plain(&figures),
            Form::Html => html::page(&figures),
            Form::Csv => spreadsheet::csv(&figures),
            Form::Json => {
                let months = figures.months.iter().map(figures::json).collect::<Vec<_>>();
                format!("{}\n", serde_json::to_string_pretty(&months)?)
            }
        };
        match &self.output {
            None => screen.block("", &text),
            Some(path) => {
                write(path, &text)?;
                screen.note(words::written(path.display()));
            }
        }
        Ok(Exit::Fine)
    }
}

/// Gives every entry of the ledger since the day before `since`; an answer that is none, where there is one.
fn entries(
    records: &Records,
    since: Date,
    zone: &TimeZone,
    take: &mut dyn FnMut(&EntryView),
) -> Result<Option<Answer>> {
    // A clock that was set back may have put later entries before earlier ones.
    let from = since.yesterday().unwrap_or(since).to_zoned(zone.clone())?.timestamp();
    let mut next = match first_since(records, from)? {
        Ok(first) => first,
        Err(other) => return Ok(Some(other)),
    };
    loop {
        let entries = match records.ask(Query::Entries { from: next, most: Query::ENTRIES })? {
            Answer::Entries(entries) => entries,
            other => return Ok(Some(other)),
        };
        let Some(last) = entries.last() else { return Ok(None) };
        next = last.id.0 + 1;
        entries.iter().for_each(&mut *take);
    }
}

/// The number of an entry before which all are older than `from`, found by halving.
fn first_since(records: &Records, from: Timestamp) -> Result<Result<u64, Answer>> {
    let (mut low, mut high) = match records.ask(Query::Head)? {
        Answer::Head(head) => (1, head.entries + 1),
        other => return Ok(Err(other)),
    };
    while low < high {
        let middle = low.midpoint(high);
        let entries = match records.ask(Query::Entries { from: middle, most: 1 })? {
            Answer::Entries(entries) => entries,
            other => return Ok(Err(other)),
        };
        match entries.first() {
            Some(entry) if entry.at < from => low = entry.id.0 + 1,
            _ => high = middle,
        }
    }
    Ok(Ok(low))
}

/// The tables on the screen.
fn shown(screen: Screen, figures: &Figures) {
    let sheets = figures.sheets();
    if sheets.is_empty() {
        screen.line(words::nothing());
    }
    for (at, sheet) in sheets.iter().enumerate() {
        if at > 0 {
            screen.line("");
        }
        screen.row().paint(Paint::Bold, &sheet.title).end();
        for row in rows(figures, sheet) {
            screen.line(row);
        }
        screen.row().put("  ").paint(Paint::Dim, &sheet.how).end();
    }
    for remark in figures.remarks() {
        screen.note(remark);
    }
}

/// The tables as plain text.
fn plain(figures: &Figures) -> String {
    let mut lines = Vec::new();
    for sheet in figures.sheets() {
        lines.push(figures.say(&sheet.title));
        lines.extend(rows(figures, &sheet));
        lines.extend([format!("  {}", figures.say(&sheet.how)), String::new()]);
    }
    lines.extend(figures.remarks().iter().map(|remark| figures.say(remark)));
    lines.join("\n") + "\n"
}

/// The head and the rows of a table, in columns as wide as what stands in them.
fn rows(figures: &Figures, sheet: &Sheet) -> Vec<String> {
    let head: Vec<String> = sheet.head.iter().map(|title| figures.say(title)).collect();
    let all: Vec<&Vec<String>> = std::iter::once(&head).chain(&sheet.rows).collect();
    let width = |column: usize| all.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let row = |cells: &&Vec<String>| {
        let cells = cells.iter().zip(&widths).enumerate();
        let cells = cells.map(
            |(at, (cell, width))| {
                if at < sheet.worded { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            },
        );
        format!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    all.iter().map(row).collect()
}
