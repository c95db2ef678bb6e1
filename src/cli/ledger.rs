//! `vigie ledger`: the main courante, shown and verified.

use std::fmt::Write as _;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;

use super::argument;
use super::exit::Exit;
use super::place::Records;
use super::screen::Screen;
use crate::base::seal::Seal;
use crate::store::{Entry, Store};

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
            Action::Show { records, from, json } => show(screen, &Store::read(&records.state()?)?, from, json),
            Action::Verify { records, head } => verify(screen, &Store::read(&records.state()?)?, head),
        }
    }
}

fn show(screen: Screen, store: &Store, from: u64, json: bool) -> Result<Exit> {
    for entry in store.entries(from)? {
        let body: serde_json::Value = serde_json::from_str(&entry.body).unwrap_or_default();
        if json {
            let value = json!({
                "id": entry.id.0, "at": entry.at, "realm": entry.realm.to_string(), "kind": entry.kind, "body": body,
                "seal": entry.seal.to_string(),
            });
            screen.line(value.to_string());
        } else {
            screen.line(row(screen, &entry, &body));
        }
    }
    Ok(Exit::Fine)
}

fn row(screen: Screen, entry: &Entry, body: &serde_json::Value) -> String {
    let at = entry.at.strftime("%Y-%m-%d %H:%M:%S%.3fZ");
    let realm = entry.realm.drill().map_or_else(|| "real".to_owned(), |drill| format!("EXERCICE {drill}"));
    let mut text = format!("{:>5}  {at}  {realm:<12}  {}", entry.id, screen.bold(&entry.kind));
    for (name, value) in body.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        write!(text, "  {}={value}", screen.dim(name)).expect("writing to a string cannot fail");
    }
    text
}

fn verify(screen: Screen, store: &Store, head: Option<Seal>) -> Result<Exit> {
    let verified = match store.verify()? {
        Ok(verified) => verified,
        Err(broken) => {
            screen.note(format!("{}: entry {}: {}", screen.red("the ledger is broken"), broken.entry, broken.what));
            return Ok(Exit::SealBroken);
        }
    };
    if let Some(wanted) = head
        && !store.entries(1)?.iter().any(|entry| entry.seal == wanted)
    {
        screen.note(format!("{}: no entry has the seal {wanted}", screen.red("the ledger was rewritten")));
        return Ok(Exit::SealBroken);
    }
    screen.line(format!(
        "{}: {} entries, head {}",
        screen.green("the ledger is whole"),
        verified.entries,
        verified.head
    ));
    Ok(Exit::Fine)
}
