//! Several alerts in one command: `A1 A2`, `A4-A7`, `--all`. Each is asked for by itself and answered on a line of its
//! own, so that what cannot be done of one holds up no other.

use anyhow::Result;
use clap::Args;

use super::answer::told;
use super::argument::{self, Alerts};
use super::exit::Exit;
use super::place::Place;
use super::screen::Screen;
use crate::alert::Alert;
use crate::alert::chain::Standing;
use crate::api::{Answer, Command, Query};
use crate::base::id::AlertId;
use crate::words::alert as words;

/// Which alerts a command is about.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// Their numbers, such as A12, A12 A14 or A12-A15
    #[arg(required_unless_present = "all", value_parser = argument::alerts)]
    alerts: Vec<Alerts>,
    /// All that are open and that nobody has; with resolve, all that are open
    #[arg(long, conflicts_with = "alerts")]
    all: bool,
}

/// What `--all` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// Those that nobody has.
    Unheld,
    /// Those that are not over.
    Any,
}

impl Which {
    /// Asks for each of them; how the command ends says whether all were done.
    pub(super) fn each(
        &self,
        screen: Screen,
        place: &Place,
        open: Open,
        command: impl Fn(AlertId) -> Command,
    ) -> Result<Exit> {
        let alerts = if self.all {
            match place.ask(Query::Alerts { over: false })? {
                Answer::Alerts(alerts) => alerts.iter().filter(|alert| is_meant(alert, open)).map(|it| it.id).collect(),
                other => return Ok(told(screen, &other)),
            }
        } else {
            self.named()
        };
        if alerts.is_empty() {
            screen.line(words::none_of_these());
        }
        let mut ended = Exit::Fine;
        for alert in alerts {
            match told(screen, &place.ask(command(alert))?) {
                Exit::Fine => {}
                other => ended = other,
            }
        }
        Ok(ended)
    }

    /// Those that are named, each once, in the order in which they were typed.
    fn named(&self) -> Vec<AlertId> {
        let mut named = Vec::new();
        for id in self.alerts.iter().flat_map(Alerts::ids) {
            if !named.contains(&id) {
                named.push(id);
            }
        }
        named
    }
}

fn is_meant(alert: &Alert, open: Open) -> bool {
    let is_held = matches!(alert.standing, Standing::Held { .. });
    alert.open() && (open == Open::Any || !is_held && (alert.standing != Standing::Untold || alert.acks.is_empty()))
}
