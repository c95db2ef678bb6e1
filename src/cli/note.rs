//! `vigie note`: what somebody saw, did or decided in a real incident, written into the ledger.

use anyhow::Result;
use clap::Args;

use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::place::Place;
use super::screen::Screen;
use super::speaker::Who;
use super::when::When;
use crate::api::Command;
use crate::base::id::AlertId;
use crate::daemon::clock;

/// Writes down what somebody saw, did or decided, in the ledger
#[derive(Debug, Args)]
pub(super) struct Note {
    /// What, without a patient's name
    #[arg(value_parser = argument::note)]
    text: String,
    /// About which alert, such as A12
    #[arg(long, value_name = "ALERT", value_parser = argument::alert)]
    alert: Option<AlertId>,
    /// When it happened, such as 14:20 or "2026-12-01 14:20"; now where it is left out
    #[arg(long, value_name = "TIME", value_parser = When::read)]
    at: Option<When>,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Note {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let Self { text, alert, at, who, place } = self;
        let happened = at.map(|at| at.before(clock::now(), &place.clock())).transpose()?;
        let command = Command::Note { text, alert, happened, by: who.into() };
        Ok(told(place.on(screen), &place.ask(command)?))
    }
}
