//! `vigie who`: who is on call, now or at any other time.

mod ics;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::argument;
use super::exit::Exit;
use super::place::Place;
use super::screen::{Paint, Row, Screen};
use super::when::When;
use crate::alert::oncall::rota::Turn;
use crate::alert::oncall::{OnCall, Roster, Span, Target, Why};
use crate::base::id::{PersonId, RotaId};
use crate::base::language::Text;
use crate::daemon::clock;
use crate::words::exercise::as_it_is;
use crate::words::failure::Failure;
use crate::words::oncall as words;
use crate::words::time::At;

/// How far ahead the next hand-over is looked for.
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 400);

/// Says who is on call, now or at any other time
#[derive(Debug, Args)]
pub(super) struct Who {
    /// A rota or a person of people.yaml; all rotas where none is named
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// At which time: an hour such as 22:00, or a day and hour such as `2026-12-24T22:00`
    #[arg(long, value_name = "TIME", value_parser = When::read)]
    at: Option<When>,
    /// The plan of so many days instead
    #[arg(long, value_name = "DAYS", value_parser = argument::within::<u16>(1..=400))]
    days: Option<u16>,
    #[command(flatten)]
    place: Place,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
    /// Write a calendar of their turns instead (iCalendar, .ics), of 90 days unless --days says otherwise
    #[arg(long, conflicts_with = "json")]
    ics: bool,
    /// The file of the calendar
    #[arg(short, long, value_name = "FILE", requires = "ics")]
    output: Option<PathBuf>,
}

/// Who is on call from one instant up to another, as scripts read it.
#[derive(Debug, Serialize)]
struct Turns<'a> {
    rota: &'a str,
    from: Timestamp,
    /// Nothing where nobody comes then, as far as anybody looks ahead.
    until: Option<Timestamp>,
    person: Option<&'a PersonId>,
    name: Option<&'a str>,
    number: Option<&'a str>,
    /// Why it is them, where that is not their turn in the rota.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead_of: Option<&'a PersonId>,
    /// The calendar that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<&'a str>,
}

impl Who {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let screen = self.place.on(screen);
        let Some((deployment, _)) = self.place.open(screen) else { return Ok(Exit::Findings) };
        let (roster, zone) = (&deployment.site.roster, &deployment.site.settings.zone);
        let targets = self.targets(roster)?;
        let now = match self.at {
            Some(at) => at.after(clock::now(), zone)?,
            None => clock::now(),
        };
        if targets.is_empty() {
            screen.note(words::no_rota());
        }
        if self.ics {
            ics::write(screen, &deployment.site, &targets, ics::Asked { now, days: self.days, file: self.output })?;
            return Ok(Exit::Fine);
        }
        let spans: Vec<(&Target, Vec<Span<'_>>)> =
            targets.iter().map(|target| (target, self.spans(roster, target, now))).collect();
        match (self.json, self.days) {
            (true, _) => {
                let rows =
                    spans.iter().flat_map(|(target, spans)| spans.iter().map(move |span| Turns::of(target, span)));
                screen.json(&rows.collect::<Vec<_>>());
            }
            (false, Some(_)) => {
                for (target, spans) in &spans {
                    screen.row().paint(Paint::Bold, name(target)).end();
                    for span in spans {
                        plan(screen, span, zone);
                    }
                }
            }
            (false, None) => {
                for (target, spans) in &spans {
                    present(screen, roster, (target, &spans[0]), zone);
                }
            }
        }
        Ok(Exit::Fine)
    }

    /// The rotas, or what was named.
    fn targets(&self, roster: &Roster) -> Result<Vec<Target>> {
        let Some(name) = &self.name else { return Ok(roster.rotas.keys().cloned().map(Target::Rota).collect()) };
        let (rota, person) = (RotaId(name.clone()), PersonId(name.clone()));
        if roster.rotas.contains_key(&rota) {
            return Ok(vec![Target::Rota(rota)]);
        }
        if roster.people.contains_key(&person) {
            return Ok(vec![Target::Person(person)]);
        }
        bail!(Failure(words::unknown(name)))
    }

    fn spans<'a>(&self, roster: &'a Roster, target: &Target, now: Timestamp) -> Vec<Span<'a>> {
        if let Some(days) = self.days {
            let to = now.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX);
            return roster.spans(target, now, to);
        }
        let end = roster.next_change(target, now, AHEAD);
        vec![Span { from: now, to: end.unwrap_or(Timestamp::MAX), who: roster.on_call(target, now) }]
    }
}

impl<'a> Turns<'a> {
    fn of(target: &'a Target, span: &Span<'a>) -> Self {
        let why = span.who.map(|who| who.why);
        Self {
            rota: name(target),
            from: span.from,
            until: Some(span.to).filter(|to| *to != Timestamp::MAX),
            person: span.who.map(|who| &who.person.id),
            name: span.who.map(|who| who.person.name.as_str()),
            number: span.who.and_then(|who| who.person.number()),
            why: why.and_then(Why::word),
            instead_of: match why {
                Some(Why::Instead(of)) => Some(of),
                _ => None,
            },
            calendar: match why {
                Some(Why::Calendar(name)) => Some(name),
                _ => None,
            },
        }
    }
}

fn name(target: &Target) -> &str {
    match target {
        Target::Person(person) => person.as_str(),
        Target::Rota(rota) => rota.as_str(),
    }
}

/// Who is on call now, and until when.
fn present(screen: Screen, roster: &Roster, (target, span): (&Target, &Span<'_>), zone: &TimeZone) {
    let row = who(screen.row().painted(Paint::Bold, 16, name(target)).put("  "), span);
    let next = roster.on_call(target, span.to).map_or_else(words::nobody, |next| as_it_is(&next.person.name));
    let until = if span.to == Timestamp::MAX { words::for_long() } else { words::until(At(span.to, zone), next) };
    row.put("  ").put(until).end();
}

fn plan(screen: Screen, span: &Span<'_>, zone: &TimeZone) {
    let row = screen.row().put("  ").cell(46, words::span(At(span.from, zone), At(span.to, zone))).put("  ");
    who(row, span).end();
}

fn who(row: Row, span: &Span<'_>) -> Row {
    let Some(on_call) = span.who else { return row.paint(Paint::Red, words::nobody()) };
    let person = on_call.person;
    let row = row.put(&person.name).put(" (").put(&person.id).put(")");
    let row = row.maybe(person.number(), |row, number| row.put("  ").put(number));
    row.maybe(why(&on_call, span.from), |row, why| row.put("  ").paint(Paint::Dim, why))
}

/// Why it is them, where that is not their turn.
fn why(on_call: &OnCall<'_>, at: Timestamp) -> Option<Text> {
    let said = match on_call.why {
        Why::Instead(of) => Some(words::instead(of)),
        Why::Turn(Turn::Shift) => Some(words::shift()),
        Why::Turn(Turn::Cover) => return Some(words::cover()),
        Why::Calendar(name) => return Some(words::cover_of(name)),
        Why::Turn(Turn::Otherwise) => Some(words::otherwise()),
        Why::Turn(Turn::Regular | Turn::Calendar) | Why::Named => None,
    };
    if on_call.person.is_there(at) { said } else { Some(words::away_too()) }
}
