//! `people.yaml`: people who can be reached, as written and as checked.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;

use super::accounts::{self, Accounts};
use super::address::{self, with_addresses};
use super::identity::shown_name;
use super::name::{Map, Name};
use super::rota::{self, RotaEntry};
use crate::alert::channel::Checking;
use crate::alert::medium::{Medium, every_channel};
use crate::alert::oncall::{Person, Roster};
use crate::base::id::PersonId;
use crate::base::language::Language;
use crate::finding::people::{person_already, same_address};
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
    }
});

/// Converts `people.yaml`, adding every mistake to `found`.
pub(super) fn check(file: &PeopleFile, zone: &TimeZone, language: Language, at: &mut Checking<'_>) -> Roster {
    let people: BTreeMap<PersonId, Person> = file
        .people
        .iter()
        .map(|(name, entry)| (PersonId(name.value.clone()), person(name, entry, language, at)))
        .collect();
    accounts::check(file.people.iter().map(|(name, entry)| (name, entry.account.as_ref())), at);
    shared_addresses(file, at);
    let mut rotas = BTreeMap::new();
    for (name, entry) in &file.rotas {
        if let Some(same) = people.get(&PersonId(name.value.clone())) {
            at.found.push(person_already(name, &same.name).at(at.source, name.span));
        }
        if let Some(rota) = rota::check(name, entry, zone, &people, at) {
            rotas.insert(rota.id.clone(), rota);
        }
    }
    Roster { people, rotas }
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
    }
}
