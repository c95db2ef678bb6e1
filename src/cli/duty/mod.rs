//! `vigie duty`: what must be declared, by whom, by when.

mod list;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::exit::Exit;
use super::place::Records;
use super::screen::Screen;
use crate::alert::duty::Country;
use crate::words::duty as words;
use crate::words::failure::Failure;

/// What the law asks to declare: who does it, by when, and what was done
#[derive(Debug, Args)]
pub(super) struct Duty {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists what must be declared here, with the texts that ask for it and when they were looked at
    List {
        #[command(flatten)]
        records: Records,
        /// The duties of this country instead, such as BE
        #[arg(long, value_name = "COUNTRY", value_parser = country)]
        country: Option<Country>,
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Duty {
    #[expect(clippy::unnecessary_wraps, reason = "all commands have the same shape")]
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        match self.action {
            Action::List { records, country, json } => Ok(list::list(records.on(screen), &records, country, json)),
        }
    }
}

fn country(written: &str) -> Result<Country, Failure> {
    Country::read(written).ok_or_else(|| Failure(words::no_country()))
}
