//! The command line: one file for each subcommand. The only place that prints.

mod alert;
mod answer;
mod argument;
mod chain;
mod check;
mod csv;
mod demo;
mod dossier;
mod drill;
mod duty;
pub mod exit;
mod findings;
mod formats;
mod help;
mod ledger;
mod note;
mod notice;
mod place;
mod redact;
mod reload;
mod rules;
mod run;
mod scan;
mod schema;
mod screen;
mod several;
mod silence;
mod source;
mod speaker;
mod status;
mod store;
mod test;
mod tongue;
mod when;
mod who;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use exit::Exit;
use place::Place;
use screen::Screen;

/// Watch a hospital's logs, warn the right people, rehearse the crisis.
#[derive(Debug, Parser)]
#[command(name = "vigie", version, about, propagate_version = true)]
struct Vigie {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Run(run::Run),
    Status(status::StatusOf),
    Reload(reload::Reload),
    Check(check::Check),
    Test(test::Test),
    Scan(scan::Scan),
    Formats(formats::Formats),
    Redact(redact::Redact),
    Rules(rules::Rules),
    Alert(alert::Alert),
    Silence(silence::Silence),
    Duty(duty::Duty),
    Source(source::SourceOf),
    Who(who::Who),
    Chain(chain::ChainOf),
    Drill(drill::Drill),
    Note(note::Note),
    Ledger(ledger::Ledger),
    Store(store::StoreOf),
    Schema(schema::SchemaOf),
}

/// Takes out of everything what this site says of its own.
fn redact_as(site: &std::path::Path) {
    crate::base::redact::use_own(crate::site::own_patterns(site));
}

/// Runs one command line and says how it ended.
pub fn run() -> Exit {
    let screen = Screen::new();
    // A terminal that says no language is spoken to in that of the site it stands in.
    let here = Place { site: place::here() }.on(screen);
    let command = help::speaking(Vigie::command(), here.language());
    let vigie = match command.try_get_matches().and_then(|matches| Vigie::from_arg_matches(&matches)) {
        Ok(vigie) => vigie,
        Err(error) => {
            // Help and version also come this way.
            let ended = if error.use_stderr() { Exit::Usage } else { Exit::Fine };
            help::mistake(here, error);
            return ended;
        }
    };
    // Whatever is shown of a log goes through the patterns of the site that is worked on.
    redact_as(&place::here());
    let ended = match vigie.command {
        Command::Demo(command) => command.run(screen),
        Command::Run(command) => command.run(screen),
        Command::Status(command) => command.run(screen),
        Command::Reload(command) => command.run(screen),
        Command::Check(command) => command.run(screen),
        Command::Test(command) => command.run(screen),
        Command::Scan(command) => command.run(screen),
        Command::Formats(command) => command.run(screen),
        Command::Redact(command) => command.run(screen),
        Command::Rules(command) => command.run(screen),
        Command::Alert(command) => command.run(screen),
        Command::Silence(command) => command.run(screen),
        Command::Duty(command) => command.run(screen),
        Command::Source(command) => command.run(screen),
        Command::Who(command) => command.run(screen),
        Command::Chain(command) => command.run(screen),
        Command::Drill(command) => command.run(screen),
        Command::Note(command) => command.run(screen),
        Command::Ledger(command) => command.run(screen),
        Command::Store(command) => command.run(screen),
        Command::Schema(command) => command.run(screen),
    };
    ended.unwrap_or_else(|error| {
        screen.failure(&error);
        Exit::of(&error)
    })
}
