//! `vigie ledger`: the main courante, shown and verified.

use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use serde::Deserialize as _;
use serde_json::{Value, json};

use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::place::Records;
use super::screen::{Paint, Screen};
use crate::api::{Answer, DoneBy, EntryView, LedgerView, Query};
use crate::base::fault::Fault;
use crate::base::id::EntryId;
use crate::base::language::Text;
use crate::base::seal::Seal;
use crate::words::failure::colon;
use crate::words::ledger as words;
use crate::words::time::At;

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
            Action::Show { records, from, json } => show(records.on(screen), &records, from, json),
            Action::Verify { records, head } => verify(records.on(screen), &records, head),
        }
    }
}

fn show(screen: Screen, records: &Records, from: u64, json: bool) -> Result<Exit> {
    let (clock, mut next) = (records.clock(), from);
    loop {
        let entries = match records.ask(Query::Entries { from: next, most: Query::ENTRIES })? {
            Answer::Entries(entries) => entries,
            other => return Ok(told(screen, &other)),
        };
        let Some(last) = entries.last() else { return Ok(Exit::Fine) };
        next = last.id.0 + 1;
        for entry in &entries {
            if json { line(screen, entry) } else { row(screen, &clock, entry) }
        }
    }
}

/// An entry as one line of JSON, in UTC.
fn line(screen: Screen, entry: &EntryView) {
    let (id, realm) = (entry.id.0, entry.realm.to_string());
    screen.json_line(&json!({
        "id": id, "at": entry.at, "realm": realm, "kind": entry.kind, "body": entry.body, "seal": entry.seal,
    }));
}

fn row(screen: Screen, clock: &TimeZone, entry: &EntryView) {
    let realm = entry.realm.drill().map_or_else(words::real, words::exercise);
    let row =
        screen.row().right(5, entry.id).put("  ").cell(23, At(entry.at, clock)).put("  ").cell(12, realm).put("  ");
    let mut row = row.paint(Paint::Bold, &entry.kind);
    let by = entry.done_by();
    let is_said = |name: &str| by.is_some() && DoneBy::NAMES.contains(&name);
    let body = entry.body.as_object().into_iter().flatten();
    for (name, value) in body.filter(|(name, value)| !value.is_null() && !is_said(name)) {
        row = row.put("  ").paint(Paint::Dim, name).put("=").put(spoken(value, screen));
    }
    let by =
        by.map(|DoneBy { account, as_said }| if as_said { words::as_said(account) } else { words::account(account) });
    row.maybe(by, |row, by| row.put("  (").put(by).put(")")).end();
}

/// A value as it is kept; of a text in both languages the one that is read.
fn spoken(value: &Value, screen: Screen) -> String {
    let is_text = value.as_object().is_some_and(|parts| parts.keys().all(|key| ["fr", "en"].contains(&key.as_str())));
    match Text::deserialize(value) {
        Ok(text) if is_text => text.get(screen.language()).to_owned(),
        _ => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    }
}

fn verify(screen: Screen, records: &Records, head: Option<Seal>) -> Result<Exit> {
    let ledger = match records.ask(Query::Ledger { seal: head.map(|seal| seal.to_string()) })? {
        Answer::Ledger(ledger) => ledger,
        other => return Ok(told(screen, &other)),
    };
    if let LedgerView::Whole { holds: Some(false), .. } = ledger {
        let wanted = head.map(|seal| seal.to_string()).unwrap_or_default();
        screen.aside().paint(Paint::Red, words::rewritten()).put(colon()).put(words::lacks(wanted)).end();
        return Ok(Exit::SealBroken);
    }
    Ok(show_verdict(screen, &ledger))
}

/// What is wrong with an entry.
pub(super) fn fault(entry: EntryId, what: &Fault) -> Text {
    match what {
        Fault::Time => words::no_time(),
        Fault::Column => words::no_column(),
        Fault::Rewritten => words::other_time(),
        Fault::Seal => words::other_seal(),
        Fault::Removed { next } if u64::try_from(*next) == Ok(entry.0 + 1) => words::removed(),
        Fault::Removed { next } => words::removed_up_to(next),
        Fault::Count { counted, found } => words::other_count(counted, found),
        Fault::Head => words::other_head(),
    }
}

/// How a command ends that looked at the ledger.
pub(super) fn verdict(ledger: &LedgerView) -> Exit {
    match ledger {
        LedgerView::Whole { .. } => Exit::Fine,
        LedgerView::Broken { .. } => Exit::SealBroken,
    }
}

/// Says whether the ledger is whole.
pub(super) fn show_verdict(screen: Screen, ledger: &LedgerView) -> Exit {
    match ledger {
        LedgerView::Whole { entries, head, missing, .. } => {
            screen.row().paint(Paint::Green, words::whole()).put(colon()).put(words::head(*entries, head)).end();
            if *missing > 0 {
                screen.note(words::missing(*missing));
            }
        }
        LedgerView::Broken { entry, what } => {
            screen
                .aside()
                .paint(Paint::Red, words::broken())
                .put(colon())
                .put(words::entry(entry, fault(*entry, what)))
                .end();
        }
    }
    verdict(ledger)
}
