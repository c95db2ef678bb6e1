//! `vigie source`: where lines come from, how fast, and what is wrong there.

use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::answer::told;
use super::exit::Exit;
use super::place::Place;
use super::screen::{Paint, Screen};
use crate::api::{Answer, Query, Refusal, SourceStatus, SourceTrouble};
use crate::base::id::SourceName;
use crate::base::language::Text;
use crate::daemon::clock;
use crate::words::failure::colon;
use crate::words::time::{Ago, At, Lasted};
use crate::words::{source_of as words, status};

/// Shows where lines come from, how fast, and what is wrong there
#[derive(Debug, Args)]
pub(super) struct SourceOf {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists all sources
    List {
        #[command(flatten)]
        place: Place,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows one source with all that is known of it
    Show {
        /// Its name in vigie.yaml
        name: String,
        #[command(flatten)]
        place: Place,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
}

impl SourceOf {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let (place, name, json) = match self.action {
            Action::List { place, json } => (place, None, json),
            Action::Show { name, place, json } => (place, Some(name), json),
        };
        let screen = place.on(screen);
        let mut sources = match place.ask(Query::Status)? {
            Answer::Status(status) => status.sources,
            other => return Ok(told(screen, &other)),
        };
        if let Some(name) = &name {
            let known = sources.iter().map(|source| source.name.clone()).collect();
            sources.retain(|source| source.name == *name);
            if sources.is_empty() {
                let name = SourceName(name.clone());
                return Ok(told(screen, &Answer::Refused(Refusal::UnknownSource { name, known })));
            }
        }
        let well = sources.iter().all(|source| flags(source).is_empty());
        match (json, name) {
            (true, Some(_)) => screen.json(&sources[0]),
            (true, None) => screen.json(&sources),
            (false, Some(_)) => show(screen, &place.clock(), &sources[0]),
            (false, None) => sources.iter().for_each(|source| list(screen, source)),
        }
        Ok(if well { Exit::Fine } else { Exit::Findings })
    }
}

/// What is wrong with a source, in few words each.
fn flags(source: &SourceStatus) -> Vec<Text> {
    let counted = |count: u64, words: fn(u64) -> Text| (count > 0).then(|| words(count));
    [
        source.silent.then(words::is_silent),
        counted(source.dropped, words::dropped),
        counted(source.malformed, words::malformed),
        counted(source.unknown, words::unknown),
        counted(source.cut, words::cut),
        counted(source.troubles.len() as u64, words::troubles),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn list(screen: Screen, source: &SourceStatus) {
    let row = screen.row().cell(16, &source.name).put(" ").cell(20, &source.format).put(" ");
    let last =
        source.last.map_or_else(status::no_line, |last| status::last_line(Ago(clock::now().duration_since(last))));
    let row = row.put(words::per_minute(source.per_minute)).put(last).put(words::and_rules(source.rules));
    flags(source).into_iter().fold(row, |row, flag| row.put(", ").paint(Paint::Red, flag)).end();
}

fn show(screen: Screen, clock: &TimeZone, source: &SourceStatus) {
    screen.row().paint(Paint::Bold, &source.name).put(colon()).put(&source.place).end();
    let line = |words: Text| screen.row().put("  ").put(words).end();
    line(words::format(&source.format));
    line(words::came(status::lines(source.lines), words::per_minute(source.per_minute)));
    line(source.last.map_or_else(words::never, |last| words::last(At(last, clock))));
    if let Some(late) = source.late {
        let by = Lasted(SignedDuration::from_secs(late.abs()));
        line(if late < 0 { words::ahead(by) } else { words::late(by) });
    }
    line(words::rules(source.rules));
    for flag in flags(source) {
        screen.row().put("  ").paint(Paint::Red, flag).end();
    }
    for SourceTrouble { file, what, remedy } in &source.troubles {
        screen.row().put("    ").paint(Paint::Red, status::trouble(file, what, remedy)).end();
    }
}
