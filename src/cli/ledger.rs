//! `vigie ledger`: the main courante, shown and verified.

use std::fmt::Write as _;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;

use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::place::Records;
use super::screen::Screen;
use super::tongue::of_terminal;
use crate::api::{Answer, EntryView, LedgerView, Query};
use crate::base::seal::Seal;

/// Shows and verifies the ledger (main courante): who was told what, when, with what proof
#[derive(Debug, Args)]
pub(super) struct Ledger {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Shows the entries, oldest first
    Show {
        #[command(flatten)]
        records: Records,
        /// Only the entries from this number on, such as 40
        #[arg(long, default_value_t = 1)]
        from: u64,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Finds any entry that was changed, removed or reordered, and names it
    Verify {
        #[command(flatten)]
        records: Records,
        /// The seal printed on a report: the ledger must hold it
        #[arg(long, value_name = "SEAL", value_parser = argument::seal)]
        head: Option<Seal>,
    },
}

impl Ledger {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        match self.action {
            Action::Show { records, from, json } => show(screen, &records, from, json),
            Action::Verify { records, head } => verify(screen, &records, head),
        }
    }
}

fn show(screen: Screen, records: &Records, from: u64, json: bool) -> Result<Exit> {
    let mut next = from;
    loop {
        let entries = match records.ask(Query::Entries { from: next, most: Query::ENTRIES })? {
            Answer::Entries(entries) => entries,
            other => return Ok(told(screen, of_terminal(), &other)),
        };
        let Some(last) = entries.last() else { return Ok(Exit::Fine) };
        next = last.id.0 + 1;
        for entry in &entries {
            if json { screen.line(line(entry)) } else { screen.line(row(screen, entry)) }
        }
    }
}

/// An entry as one line of JSON.
fn line(entry: &EntryView) -> String {
    let (id, realm) = (entry.id.0, entry.realm.to_string());
    json!({"id": id, "at": entry.at, "realm": realm, "kind": entry.kind, "body": entry.body, "seal": entry.seal})
        .to_string()
}

fn row(screen: Screen, entry: &EntryView) -> String {
    let at = entry.at.strftime("%Y-%m-%d %H:%M:%S%.3fZ");
    let realm = entry.realm.drill().map_or_else(|| "real".to_owned(), |drill| format!("EXERCICE {drill}"));
    let mut text = format!("{:>5}  {at}  {realm:<12}  {}", entry.id, screen.bold(&entry.kind));
    for (name, value) in entry.body.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        write!(text, "  {}={value}", screen.dim(name)).expect("writing to a string cannot fail");
    }
    text
}

fn verify(screen: Screen, records: &Records, head: Option<Seal>) -> Result<Exit> {
    let answer = records.ask(Query::Ledger { seal: head.map(|seal| seal.to_string()) })?;
    match answer {
        Answer::Ledger(LedgerView::Whole { holds: Some(false), .. }) => {
            let wanted = head.map(|seal| seal.to_string()).unwrap_or_default();
            screen.note(format!("{}: no entry has the seal {wanted}", screen.red("the ledger was rewritten")));
            Ok(Exit::SealBroken)
        }
        Answer::Ledger(LedgerView::Whole { entries, head, .. }) => {
            screen.line(format!("{}: {entries} entries, head {head}", screen.green("the ledger is whole")));
            Ok(Exit::Fine)
        }
        Answer::Ledger(LedgerView::Broken { entry, what }) => {
            screen.note(format!("{}: entry {entry}: {what}", screen.red("the ledger is broken")));
            Ok(Exit::SealBroken)
        }
        other => Ok(told(screen, of_terminal(), &other)),
    }
}
