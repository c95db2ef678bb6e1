//! `vigie duty`: what must be declared, by whom, by when, and what was.

mod draft;
mod list;

use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;

use super::answer::told;
use super::argument;
use super::exit::Exit;
use super::place::{Place, Records};
use super::screen::{Paint, Screen};
use super::speaker::Who;
use super::tongue::Tongue;
use super::when::When;
use crate::alert::duty::{Country, Ended, Given, all, find};
use crate::api::{Command, Proof};
use crate::base::id::{AlertId, DutyId};
use crate::base::language::Text;
use crate::base::realm::Realm;
use crate::daemon::clock as now_of;
use crate::text::diagnostic::suggest;
use crate::words::duty as words;
use crate::words::failure::Failure;
use crate::words::time::At;

/// Longer than this is no number of a receipt, and no reason.
const LONGEST: usize = 200;

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
        /// The duties of this country instead, such as DE
        #[arg(long, value_name = "COUNTRY", value_parser = country)]
        country: Option<Country>,
        /// Also those of alerts that are done with
        #[arg(long)]
        all: bool,
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Writes a draft of the declaration, with what is known of the alert, to print or to copy from
    Draft {
        /// The duty, such as cert-sante
        #[arg(value_name = "DUTY", value_parser = known)]
        duty: DutyId,
        /// The alert it is about, such as A12
        #[arg(long, value_parser = argument::alert)]
        alert: AlertId,
        /// Text, or one page that prints on A4
        #[arg(long, value_enum, default_value = "text")]
        format: draft::Form,
        #[command(flatten)]
        tongue: Tongue,
        #[command(flatten)]
        records: Records,
    },
    /// Says that it was declared, with the receipt, or that it need not be: reminders end
    Done(Box<DoneWith>),
}

#[derive(Debug, Args)]
struct DoneWith {
    /// The duty, such as cert-sante
    #[arg(value_name = "DUTY", value_parser = known)]
    duty: DutyId,
    /// The alert it is about, such as A12
    #[arg(long, value_parser = argument::alert)]
    alert: AlertId,
    /// The number of the receipt
    #[arg(long, value_name = "NUMBER", value_parser = proof, required_unless_present = "not_due", conflicts_with = "not_due")]
    receipt: Option<String>,
    /// Why it need not be declared, without a patient's name
    #[arg(long, value_name = "WHY", value_parser = proof)]
    not_due: Option<String>,
    /// When it was declared, such as 14:05 or "2026-12-01 14:05"; now where it is left out
    #[arg(long, value_name = "TIME", value_parser = When::read)]
    at: Option<When>,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Duty {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        match self.action {
            Action::List { records, country, all, json } => {
                Ok(list::list(records.on(screen), &records, list::Asked { country, all, json }))
            }
            Action::Draft { duty, alert, format, tongue, records } => {
                draft::draft(tongue.on(records.on(screen)), &records, (&duty, alert), format)
            }
            Action::Done(done) => done.run(screen),
        }
    }
}

impl DoneWith {
    fn run(self, screen: Screen) -> Result<Exit> {
        let Self { duty, alert, receipt, not_due, at, who, place } = self;
        let at = at.map(|at| at.before(now_of::now(), &place.clock())).transpose()?;
        let proof = match (receipt, not_due) {
            (Some(receipt), _) => Proof::Receipt(receipt),
            (None, reason) => Proof::NotDue(reason.unwrap_or_default()),
        };
        let command = Command::Declared { alert, duty, proof, at, by: who.into() };
        Ok(told(place.on(screen), &place.ask(command)?))
    }
}

fn country(written: &str) -> Result<Country, Failure> {
    Country::read(written).ok_or_else(|| Failure(words::no_country()))
}

fn known(written: &str) -> Result<DutyId, Failure> {
    let help = || suggest(written, all().iter().map(|duty| duty.id.as_str()).collect::<Vec<_>>()).unwrap_or_default();
    find(written).map(|duty| duty.id.clone()).ok_or_else(|| Failure(words::unknown_duty(written, help())))
}

fn proof(written: &str) -> Result<String, Failure> {
    let written = written.trim();
    let fine = !written.is_empty() && written.chars().count() <= LONGEST && !written.chars().any(char::is_control);
    fine.then(|| written.to_owned()).ok_or_else(|| Failure(words::no_receipt()))
}

/// A duty that was given because of an alert, on one line.
pub(super) fn row(screen: Screen, given: &Given, clock: &TimeZone) {
    let at = |instant| At(instant, clock);
    let owner = given.owner.as_ref().map_or_else(words::nobody, |owner| Text::quoted(owner.as_str()));
    let state = match (&given.ended, given.deadline, given.since) {
        (Some(Ended::Done { by, at: then, receipt }), ..) => words::done(by, at(*then), receipt),
        (Some(Ended::NotDue { by, at: then, reason }), ..) => words::not_due(by, at(*then), reason),
        (Some(Ended::Withdrawn { at: then }), ..) => words::withdrawn(at(*then)),
        (None, Some(deadline), _) => words::open_until(owner, at(deadline)),
        (None, None, Some(since)) => words::open_since(owner, at(since)),
        (None, None, None) => words::waits(given.clock.said()),
    };
    let head = screen.row().put("      ").right(4, given.alert).put("  ");
    let paint = if given.is_open() { Paint::Bold } else { Paint::Dim };
    let row = head.painted(paint, 14, &given.duty).put(" ").put(state);
    let drill = (given.realm != Realm::Live).then(words::of_drill);
    let late = given.is_overdue(now_of::now()).then(words::late);
    let row = row.maybe(drill, |row, words| row.put("  (").put(words).put(")"));
    row.maybe(late, |row, words| row.put("  ").paint(Paint::Red, words)).end();
}
