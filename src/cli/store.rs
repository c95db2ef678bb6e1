//! `vigie store`: what is kept, looked through and asked. Always read-only, and safe beside a running daemon.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::Value;

use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::ledger;
use super::place::Records;
use super::screen::{Paint, Screen};
use crate::api::{Answer, Query, RowsView, StoreView};
use crate::base::visible::visible;
use crate::words::failure::colon;
use crate::words::inspection as words;

/// The widest a cell of a table is, in letters; `--json` gives all of it.
const WIDEST: usize = 60;

/// Looks through the store, or puts a question in SQL to it; changes nothing
#[derive(Debug, Args)]
pub(super) struct StoreOf {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Looks through every table, every index and the sealed ledger
    Check {
        /// The site's folder, instead of --site
        #[arg(value_name = "SITE", conflicts_with_all = ["site", "state"])]
        folder: Option<PathBuf>,
        #[command(flatten)]
        records: Records,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
    /// Answers one SELECT; patients and secrets are taken out of what it shows
    #[command(allow_missing_positional = true)]
    Query {
        /// The site's folder, instead of --site
        #[arg(value_name = "SITE", conflicts_with_all = ["site", "state"])]
        folder: Option<PathBuf>,
        /// One statement, such as "SELECT kind, count(*) FROM ledger GROUP BY kind"
        #[arg(value_parser = argument::question)]
        sql: String,
        /// So many rows at most
        #[arg(long, value_name = "ROWS", default_value_t = 100)]
        most: u64,
        #[command(flatten)]
        records: Records,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
}

impl StoreOf {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        match self.action {
            Action::Check { folder, records, json } => {
                let records = records.or_of(folder);
                check(records.on(screen), &records, json)
            }
            Action::Query { folder, sql, most, records, json } => {
                let records = records.or_of(folder);
                let question = Query::Select { sql, most: most.min(Query::ROWS) };
                match records.ask(question)? {
                    Answer::Rows(found) => {
                        rows(records.on(screen), &found, json);
                        Ok(Exit::Fine)
                    }
                    other => Ok(told(records.on(screen), &other)),
                }
            }
        }
    }
}

fn check(screen: Screen, records: &Records, json: bool) -> Result<Exit> {
    let view = match records.ask(Query::Store)? {
        Answer::Store(view) => view,
        other => return Ok(told(screen, &other)),
    };
    if json {
        screen.json(&view);
    } else {
        tables(screen, &view);
    }
    let unread = view.tables.iter().any(|table| table.unreadable > 0);
    let sound = if view.damage.is_empty() && view.ledger.is_some() && !unread { Exit::Fine } else { Exit::Findings };
    let sealed = match &view.ledger {
        Some(ledger) if json => ledger::verdict(ledger),
        Some(ledger) => ledger::show_verdict(screen, ledger),
        None => {
            screen.aside().paint(Paint::Red, words::ledger_unread()).end();
            Exit::Findings
        }
    };
    Ok(if sealed == Exit::SealBroken { sealed } else { sound })
}

fn tables(screen: Screen, view: &StoreView) {
    for table in &view.tables {
        let row = screen.row().put("  ").cell(12, &table.table).put(" ").put(words::rows(table.rows));
        let unread = (table.unreadable > 0).then(|| words::unreadable_rows(table.unreadable));
        row.maybe(unread, |row, unread| row.put(", ").paint(Paint::Red, unread)).end();
    }
    if view.damage.is_empty() {
        screen.row().paint(Paint::Green, words::sound()).end();
        return;
    }
    screen.aside().paint(Paint::Red, words::damaged(view.damage.len() as u64)).end();
    for fault in &view.damage {
        screen.aside().put("  ").put(words::sqlite_says()).put(colon()).put(fault).end();
    }
    screen.note(words::what_to_do_with_damage());
}

/// Rows in columns as wide as what stands in them.
fn rows(screen: Screen, found: &RowsView, json: bool) {
    if json {
        screen.json(found);
        return;
    }
    let cells: Vec<Vec<String>> = found.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let width = |at: usize, name: &String| {
        let cells = cells.iter().map(|row| row[at].chars().count());
        cells.chain([name.chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = found.columns.iter().enumerate().map(|(at, name)| width(at, name)).collect();
    let heading = found.columns.iter().zip(&widths);
    heading.fold(screen.row(), |row, (name, width)| row.painted(Paint::Bold, *width, name).put("  ")).end();
    for row in &cells {
        row.iter().zip(&widths).fold(screen.row(), |line, (cell, width)| line.cell(*width, cell).put("  ")).end();
    }
    if found.more {
        screen.note(words::more_rows(found.rows.len() as u64));
    }
}

/// A value in few letters, each of them to be seen.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => visible(text).into_owned(),
        other => other.to_string(),
    };
    if text.chars().count() <= WIDEST {
        return text;
    }
    text.chars().take(WIDEST - 1).chain(['…']).collect()
}
