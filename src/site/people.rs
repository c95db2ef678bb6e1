//! `people.yaml`: people who can be reached, as written and as checked.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;

use super::accounts::{self, Accounts};
use super::address::{self, with_addresses};
use super::identity::shown_name;
use super::name::{Map, Name};
use super::rota::{self, Known, RotaEntry};
use super::{Files, hours, instant};
use crate::alert::channel::Checking;
use crate::alert::medium::{Medium, every_channel};
use crate::alert::oncall::cover::Absence;
use crate::alert::oncall::{Holidays, Person, Roster};
use crate::base::id::PersonId;
use crate::base::language::Language;
use crate::finding::chains::no_hours;
use crate::finding::people::{instead_of_themselves, no_holiday, person_already, same_address};
use crate::text::spanned::Spanned;

/// `people.yaml`: who can be told, and who takes turns.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeopleFile {
    /// People by name.
    pub people: Map<PersonEntry>,
    /// Rotas by name.
    #[serde(default)]
    pub rotas: Map<RotaEntry>,
    /// Days that count as Sundays for all hours: dates, `fr` for the public holidays of France, `fr-alsace-moselle` for the
    /// two more that they have there.
    #[serde(default)]
    pub(super) holidays: Vec<Name>,
}

every_channel!(with_addresses! {
    /// A person.
    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    pub struct PersonEntry {
        /// The name shown to people.
        name: Name,
        /// The language of their pages; the site's where it is left out.
        #[serde(default)]
        language: Option<Language>,
        /// A number to call by hand.
        #[serde(default)]
        phone: Option<Name>,
        /// Their account on the machine that vigie runs on, or a list of them: it tells who they are.
        #[serde(default)]
        account: Option<Spanned<Accounts>>,
        /// When they are away, and who is told instead.
        #[serde(default)]
        away: Vec<AwayEntry>,
        /// When they want to be left in peace, such as `22:00-07:00`: chains with `respects_quiet: true` pass them over then.
        #[serde(default)]
        quiet: Option<Name>,
    }
});

/// When somebody is away.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AwayEntry {
    /// From when on, such as `2026-12-24`, or `2026-12-24 18:00`.
    from: Name,
    /// Up to when; a day is meant whole.
    to: Name,
    /// Who is told instead.
    #[serde(default)]
    instead: Option<Name>,
}

/// Converts `people.yaml` and the calendars that it names among `files`, adding every mistake to `found`.
pub(super) fn check(
    file: &PeopleFile,
    zone: &TimeZone,
    language: Language,
    files: Files<'_>,
    at: &mut Checking<'_>,
) -> Roster {
    let people: BTreeMap<PersonId, Person> = file
        .people
        .iter()
        .map(|(name, entry)| (PersonId(name.value.clone()), person(name, entry, language, at)))
        .collect();
    accounts::check(file.people.iter().map(|(name, entry)| (name, entry.account.as_ref())), at);
    shared_addresses(file, at);
    let holidays = Arc::new(holidays(file, at));
    let people = with_plans(&people, file, &Known { zone, people: &BTreeMap::new(), holidays: &holidays, files }, at);
    let known = Known { zone, people: &people, holidays: &holidays, files };
    let mut rotas = BTreeMap::new();
    for (name, entry) in &file.rotas {
        if let Some(same) = people.get(&PersonId(name.value.clone())) {
            at.found.push(person_already(name, &same.name).at(at.source, name.span));
        }
        if let Some(rota) = rota::check(name, entry, &known, at) {
            rotas.insert(rota.id.clone(), rota);
        }
    }
    Roster { people, rotas, holidays }
}

fn holidays(file: &PeopleFile, at: &mut Checking<'_>) -> Holidays {
    let mut holidays = Holidays::default();
    for name in &file.holidays {
        match (name.as_str(), name.parse()) {
            ("fr", _) => holidays.french = true,
            ("fr-alsace-moselle", _) => (holidays.french, holidays.alsace_moselle) = (true, true),
            (_, Ok(day)) => drop(holidays.days.insert(day)),
            _ => at.found.push(no_holiday(name).at(at.source, name.span)),
        }
    }
    holidays
}

/// People with when they are away and when they want peace: whoever is named there must be known by then.
fn with_plans(
    people: &BTreeMap<PersonId, Person>,
    file: &PeopleFile,
    known: &Known<'_>,
    at: &mut Checking<'_>,
) -> BTreeMap<PersonId, Person> {
    let mut planned = people.clone();
    let known = Known { people, ..*known };
    for (name, entry) in &file.people {
        let Some(person) = planned.get_mut(&PersonId(name.value.clone())) else { continue };
        for away in &entry.away {
            let instead = away.instead.as_ref().and_then(|name| known.person(name, at));
            if instead.as_ref() == Some(&person.id) {
                at.found.push(instead_of_themselves(name).at(at.source, away.from.span));
            }
            if let Some((from, to)) = instant::span(&away.from, &away.to, known.zone, at) {
                person.away.push(Absence { from, to, instead });
            }
        }
        person.quiet = entry.quiet.as_ref().and_then(|written| {
            let hours = hours::over_night(written, known.zone, known.holidays);
            if hours.is_none() {
                at.found.push(no_hours(written).at(at.source, written.span));
            }
            hours
        });
    }
    planned
}

/// Where two people have one address, the next to be told is whoever did not answer.
fn shared_addresses(file: &PeopleFile, at: &mut Checking<'_>) {
    let mut taken: BTreeMap<(Medium, String), &Name> = BTreeMap::new();
    for (name, entry) in &file.people {
        for (medium, text) in entry.addresses() {
            let letters = text.chars().filter(|letter| !letter.is_whitespace());
            let address = letters.flat_map(char::to_lowercase).collect();
            match taken.entry((medium, address)) {
                Entry::Vacant(place) => drop(place.insert(name)),
                Entry::Occupied(first) => at.found.push(same_address(first.get(), name).at(at.source, text.span)),
            }
        }
    }
}

fn person(name: &Spanned<String>, entry: &PersonEntry, language: Language, at: &mut Checking<'_>) -> Person {
    shown_name(at.source, &entry.name, at.found);
    Person {
        id: PersonId(name.value.clone()),
        name: entry.name.value.clone(),
        language: entry.language.unwrap_or(language),
        addresses: address::check(entry.addresses(), at),
        phone: entry.phone.as_ref().map(|number| number.value.clone()),
        accounts: entry.account.as_ref().map(Spanned::names).unwrap_or_default(),
        away: Vec::new(),
        quiet: None,
    }
}
