//! A rota under `rotas:` of `people.yaml`: who takes turns, as written and as checked. It always has somebody.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;

use super::identity::time_zone;
use super::name::Name;
use super::{Files, calendar, hours, instant};
use crate::alert::channel::Checking;
use crate::alert::oncall::cover::Cover;
use crate::alert::oncall::rota::Shift;
use crate::alert::oncall::{Handovers, Holidays, Person, Rota};
use crate::base::id::{PersonId, RotaId};
use crate::finding::chains::no_hours;
use crate::finding::people::{empty_rota, no_date, no_handover, not_under_people, unclear_handover};
use crate::text::diagnostic::suggest;
use crate::text::one_or_many::OneOrMany;
use crate::text::spanned::Spanned;

/// Turns are counted from this Monday where a rota does not say from when.
const FIRST_MONDAY: Date = Date::constant(2024, 1, 1);

/// A rota.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RotaEntry {
    /// The zone of the hand-over; the site's where it is left out.
    #[serde(default)]
    pub zone: Option<Name>,
    /// When the turn passes on: `mon 08:00` every week, `08:00` every day, or a list: `[08:00, 20:00]`.
    pub(super) handover: Spanned<OneOrMany>,
    /// Who takes turns, in order.
    #[serde(default)]
    pub members: Vec<Name>,
    /// The date from which turns are counted, such as `2026-01-05`: the first member's first turn.
    #[serde(default)]
    pub start: Option<Name>,
    /// Who is told where nobody is on call.
    #[serde(default, rename = "else")]
    pub otherwise: Option<Name>,
    /// Hours that others take. The first whose hours it is counts.
    #[serde(default)]
    pub(super) shifts: Vec<ShiftEntry>,
    /// Who takes it for once. The last that counts does.
    #[serde(default)]
    pub(super) overrides: Vec<CoverEntry>,
    /// A calendar (iCalendar, `.ics`) in the site's folder whose events say who takes it for once, where `overrides` say nothing.
    #[serde(default)]
    pub(super) calendar: Option<Name>,
}

/// Hours of a rota that others take.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShiftEntry {
    /// When, such as `mon-fri 18:00-08:00`, or a list. Hours beyond midnight belong to the day on which they begin; a holiday is
    /// a Sunday.
    hours: Spanned<OneOrMany>,
    /// Who takes turns in them, in order.
    members: Vec<Name>,
}

/// Somebody takes a rota for once.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CoverEntry {
    /// From when on, such as `2026-12-24 18:00`, or a day.
    from: Name,
    /// Up to when; a day is meant whole.
    to: Name,
    /// Who takes it.
    who: Name,
    /// Whose turn alone they take; whoever's it is where this is left out.
    #[serde(default)]
    instead_of: Option<Name>,
}

/// What a rota is checked against.
pub(super) struct Known<'a> {
    pub(super) zone: &'a TimeZone,
    pub(super) people: &'a BTreeMap<PersonId, Person>,
    pub(super) holidays: &'a Arc<Holidays>,
    /// Opens the site's files by name.
    pub(super) files: Files<'a>,
}

impl Known<'_> {
    /// The person of this name, or a finding.
    pub(super) fn person(&self, name: &Name, at: &mut Checking<'_>) -> Option<PersonId> {
        let id = PersonId(name.value.clone());
        if self.people.contains_key(&id) {
            return Some(id);
        }
        let names = self.people.keys().map(PersonId::as_str).collect::<Vec<_>>();
        at.found.push(not_under_people(name).advice(suggest(name, names)).at(at.source, name.span));
        None
    }

    fn persons(&self, names: &[Name], at: &mut Checking<'_>) -> Vec<PersonId> {
        names.iter().filter_map(|name| self.person(name, at)).collect()
    }
}

/// Converts one rota, adding every mistake to `found`.
pub(super) fn check(
    name: &Spanned<String>,
    entry: &RotaEntry,
    known: &Known<'_>,
    at: &mut Checking<'_>,
) -> Option<Rota> {
    let members = known.persons(&entry.members, at);
    let otherwise = entry.otherwise.as_ref().and_then(|name| known.person(name, at));
    if entry.members.is_empty() && entry.otherwise.is_none() {
        at.found.push(empty_rota(name).at(at.source, name.span));
    }
    let zone = match &entry.zone {
        Some(text) => time_zone(at.source, text, at.found)?,
        None => known.zone.clone(),
    };
    let known = Known { zone: &zone, ..*known };
    let shifts = entry.shifts.iter().filter_map(|shift| self::shift(shift, &known, at)).collect();
    let covers = entry.overrides.iter().filter_map(|cover| self::cover(cover, &known, at)).collect();
    let opened = entry.calendar.as_ref().map(|name| (name, (known.files)(name)));
    let calendar = opened.and_then(|(name, opened)| calendar::check(name, opened, known.people, &zone, at));
    let handovers = handovers(&entry.handover, &zone, at)?;
    let start = start(entry.start.as_ref(), &handovers, at)?;
    if let Some(night) = handovers.unclear(start) {
        at.found.push(unclear_handover(written(&entry.handover), night).at(at.source, entry.handover.span));
    }
    Some(Rota { id: RotaId(name.value.clone()), handovers, members, start, otherwise, shifts, covers, calendar })
}

fn shift(entry: &ShiftEntry, known: &Known<'_>, at: &mut Checking<'_>) -> Option<Shift> {
    let members = known.persons(&entry.members, at);
    let mut all = Vec::new();
    for (text, span) in texts(&entry.hours) {
        match hours::over_night(text, known.zone, known.holidays) {
            Some(hours) => all.extend(hours),
            None => at.found.push(no_hours(text).at(at.source, span)),
        }
    }
    // Hours that nobody takes would be a gap that nobody meant: the rota's own members keep them.
    (!members.is_empty()).then_some(Shift { hours: all, members })
}

fn cover(entry: &CoverEntry, known: &Known<'_>, at: &mut Checking<'_>) -> Option<Cover> {
    let who = known.person(&entry.who, at);
    let instead_of = entry.instead_of.as_ref().map(|name| known.person(name, at));
    let (from, to) = instant::span(&entry.from, &entry.to, known.zone, at)?;
    // Whoever is replaced must be known, or the override would take everybody's turn.
    let instead_of = match instead_of {
        Some(person) => Some(person?),
        None => None,
    };
    Some(Cover { from, to, who: who?, instead_of })
}

/// The texts that stand in one place.
fn texts(written: &Spanned<OneOrMany>) -> Vec<(&str, crate::text::source::Span)> {
    match &written.value {
        OneOrMany::One(text) => vec![(text, written.span)],
        OneOrMany::Many(texts) => texts.iter().map(|text| (text.as_str(), text.span)).collect(),
    }
}

fn written(text: &Spanned<OneOrMany>) -> String {
    texts(text).into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(", ")
}

/// When the turn passes on.
fn handovers(entry: &Spanned<OneOrMany>, zone: &TimeZone, at: &mut Checking<'_>) -> Option<Handovers> {
    let texts = texts(entry);
    if texts.is_empty() {
        at.found.push(no_handover("[]").at(at.source, entry.span));
    }
    let mut moments = Vec::new();
    for (text, span) in &texts {
        match moment(text) {
            Some(moment) => moments.push(moment),
            None => at.found.push(no_handover(text).at(at.source, *span)),
        }
    }
    (!moments.is_empty() && moments.len() == texts.len()).then(|| Handovers::new(zone.clone(), moments))
}

fn moment(text: &str) -> Option<(Option<Weekday>, Time)> {
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next());
    let (day, hour) = match second {
        Some(hour) => (Some(weekday(first)?), hour),
        None => (None, first),
    };
    let (hour, minute) = hour.split_once(':')?;
    let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    words.next().is_none().then_some((day, time))
}

/// The first hand-over: on the date written, or the first behind it.
fn start(start: Option<&Name>, handovers: &Handovers, at: &mut Checking<'_>) -> Option<Timestamp> {
    let Some(text) = start else { return handovers.first_from(FIRST_MONDAY) };
    let start = text.parse::<Date>().ok().and_then(|date| handovers.first_from(date));
    if start.is_none() {
        at.found.push(no_date(text).at(at.source, text.span));
    }
    start
}

/// The days of the week in English and French.
const WEEKDAYS: [(Weekday, [&str; 2]); 7] = [
    (Weekday::Monday, ["monday", "lundi"]),
    (Weekday::Tuesday, ["tuesday", "mardi"]),
    (Weekday::Wednesday, ["wednesday", "mercredi"]),
    (Weekday::Thursday, ["thursday", "jeudi"]),
    (Weekday::Friday, ["friday", "vendredi"]),
    (Weekday::Saturday, ["saturday", "samedi"]),
    (Weekday::Sunday, ["sunday", "dimanche"]),
];

/// A weekday by its English or French name, or the beginning of it from three letters on.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let is_meant = |name: &str| word.len() >= 3 && name.starts_with(&word);
    WEEKDAYS.iter().find(|(_, names)| names.iter().any(|name| is_meant(name))).map(|(day, _)| *day)
}
