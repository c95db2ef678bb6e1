//! `vigie ledger`: the main courante, shown and verified.

use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize as _;
use serde_json::{Value, json};

use super::answer::told;
use super::argument;
use super::dossier;
use super::exit::Exit;
use super::place::{Place, Records};
use super::screen::{Paint, Screen};
use super::speaker::Who;
use crate::api::{Answer, Command, Done, DoneBy, EntryView, LedgerView, Query};
use crate::base::id::{AlertId, EntryId};
use crate::base::language::Text;
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
        /// The seal printed on a report, a mail or a paper, or its first digits: the ledger must hold it
        #[arg(long, value_name = "SEAL", value_parser = argument::seal)]
        head: Option<String>,
    },
    Export(dossier::Export),
    /// Erases what entries say, for good: their numbers, times, kinds and seals stay, and the ledger still verifies
    Erase {
        /// What is about this alert, such as A12
        #[arg(long, value_name = "ALERT", value_parser = argument::alert)]
        alert: Option<AlertId>,
        /// What is older than this, such as 2025-12-01
        #[arg(long, value_name = "DATE", value_parser = argument::date)]
        before: Option<Date>,
        /// Why, without a patient's name
        #[arg(long, value_parser = argument::title)]
        reason: String,
        #[command(flatten)]
        who: Who,
        #[command(flatten)]
        place: Place,
    },
}

impl Ledger {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        match self.action {
            Action::Show { records, from, json } => show(records.on(screen), &records, from, json),
            Action::Export(export) => export.run(screen),
            Action::Erase { alert, before, reason, who, place } => {
                let before = before.map(|day| day.to_zoned(place.clock())).transpose()?.map(|day| day.timestamp());
                let command = Command::Erase { alert, before, reason, by: who.into() };
                erase(place.on(screen), &place, &command)
            }
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

/// Erases bit by bit, so that others are served in between.
fn erase(screen: Screen, place: &Place, command: &Command) -> Result<Exit> {
    let mut erased = 0;
    loop {
        match place.ask(command.clone())? {
            Answer::Done(Done::Erased { entries, more }) => {
                erased += entries;
                if !more {
                    return Ok(told(screen, &Answer::Done(Done::Erased { entries: erased, more })));
                }
            }
            other => return Ok(told(screen, &other)),
        }
    }
}

fn verify(screen: Screen, records: &Records, head: Option<String>) -> Result<Exit> {
    let ledger = match records.ask(Query::Ledger { seal: head.clone(), anchor: records.anchored(screen) })? {
        Answer::Ledger(ledger) => ledger,
        other => return Ok(told(screen, &other)),
    };
    if let LedgerView::Whole { holds: Some(false), .. } = ledger {
        let wanted = head.unwrap_or_default();
        screen.aside().paint(Paint::Red, words::rewritten()).put(colon()).put(words::lacks(wanted)).end();
        return Ok(Exit::SealBroken);
    }
    Ok(show_verdict(screen, &ledger))
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
        LedgerView::Whole { entries, head, missing, erased, breaks, keyed, .. } => {
            screen.row().paint(Paint::Green, words::whole()).put(colon()).put(words::head(*entries, head)).end();
            match keyed {
                Some(1) => {}
                Some(from) => screen.note(words::keyed_from(EntryId(*from))),
                None => screen.note(words::keyless()),
            }
            if *breaks > 0 {
                screen.note(words::was_broken(*breaks));
            }
            if *erased > 0 {
                screen.note(words::erased(*erased));
            }
            if *missing > 0 {
                screen.note(words::missing(*missing));
            }
        }
        LedgerView::Broken { entry, what } => {
            screen
                .aside()
                .paint(Paint::Red, words::broken())
                .put(colon())
                .put(words::entry(entry, words::fault(*entry, what)))
                .end();
        }
    }
    verdict(ledger)
}
