//! A rota under `rotas:` of `people.yaml`: who takes turns, as written and as checked. It always has somebody.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::Deserialize;

use super::identity::time_zone;
use super::name::Name;
use crate::alert::channel::Checking;
use crate::alert::oncall::{Person, Rota};
use crate::base::id::{PersonId, RotaId};
use crate::finding::people::{empty_rota, no_date, no_handover, not_under_people, unclear_handover};
use crate::text::diagnostic::suggest;
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
    /// When the turn passes on: `mon 08:00` every week, `08:00` every day.
    pub handover: Name,
    /// Who takes turns, in order.
    #[serde(default)]
    pub members: Vec<Name>,
    /// The date from which turns are counted, such as `2026-01-05`: the first member's first turn.
    #[serde(default)]
    pub start: Option<Name>,
    /// Who is told where nobody is on call.
    #[serde(default, rename = "else")]
    pub otherwise: Option<Name>,
}

/// Converts one rota, adding every mistake to `found`.
pub(super) fn check(
    name: &Spanned<String>,
    entry: &RotaEntry,
    zone: &TimeZone,
    people: &BTreeMap<PersonId, Person>,
    at: &mut Checking<'_>,
) -> Option<Rota> {
    let mut known = |person: &Spanned<String>| {
        let id = PersonId(person.value.clone());
        if people.contains_key(&id) {
            return Some(id);
        }
        let names = people.keys().map(PersonId::as_str).collect::<Vec<_>>();
        at.found.push(not_under_people(person).advice(suggest(person, names)).at(at.source, person.span));
        None
    };
    let members: Vec<PersonId> = entry.members.iter().filter_map(&mut known).collect();
    let otherwise = entry.otherwise.as_ref().and_then(&mut known);
    if entry.members.is_empty() && entry.otherwise.is_none() {
        at.found.push(empty_rota(name).at(at.source, name.span));
    }
    let zone = match &entry.zone {
        Some(text) => time_zone(at.source, text, at.found)?,
        None => zone.clone(),
    };
    let handover = Handover::read(&entry.handover, at)?;
    let start = handover.first(entry.start.as_ref(), &zone, at)?;
    if let Some(night) = handover.unclear(start, &zone) {
        at.found.push(unclear_handover(&entry.handover, night).at(at.source, entry.handover.span));
    }
    let Handover { day, time } = handover;
    Some(Rota { id: RotaId(name.value.clone()), zone, day, time, members, start, otherwise })
}

/// When the turn passes on.
struct Handover {
    /// Nothing for every day.
    day: Option<Weekday>,
    time: Time,
}

impl Handover {
    fn read(text: &Name, at: &mut Checking<'_>) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next());
        let (day, hour) = match second {
            Some(hour) => (weekday(first).map(Some), hour),
            None => (Some(None), first),
        };
        let parts = hour.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
        let time = parts.and_then(|(h, m)| Time::new(h, m, 0, 0).ok());
        if let (Some(day), Some(time), None) = (day, time, words.next()) {
            return Some(Self { day, time });
        }
        at.found.push(no_handover(text).at(at.source, text.span));
        None
    }

    /// The first night, within two years of `from`, on which the clock passes this hour twice or not at all.
    fn unclear(&self, from: Timestamp, zone: &TimeZone) -> Option<Date> {
        let dates = from.to_zoned(zone.clone()).date().series(1.day()).take(2 * 366);
        let mut dates = dates.filter(|date| self.day.is_none_or(|day| date.weekday() == day));
        dates.find(|date| zone.to_ambiguous_timestamp(date.to_datetime(self.time)).is_ambiguous())
    }

    /// The first hand-over: on the date written, or on the weekday's first date behind it.
    fn first(&self, start: Option<&Name>, zone: &TimeZone, at: &mut Checking<'_>) -> Option<Timestamp> {
        let first = |date: Date| {
            let date = match self.day {
                Some(day) if date.weekday() != day => date.nth_weekday(1, day).ok()?,
                _ => date,
            };
            Some(date.to_datetime(self.time).to_zoned(zone.clone()).ok()?.timestamp())
        };
        let Some(text) = start else { return first(FIRST_MONDAY) };
        let start = text.parse::<Date>().ok().and_then(first);
        if start.is_none() {
            at.found.push(no_date(text).at(at.source, text.span));
        }
        start
    }
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
