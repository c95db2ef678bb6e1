//! Who can be reached, and who is on call at a given instant. Pure: takes the instant, returns a person.

mod hours;
pub mod person;
pub mod rota;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::base::id::{PersonId, RotaId};

pub use hours::Hours;
pub use person::Person;
pub use rota::Rota;

/// Somebody a step can name: a person, or whoever a rota says at that instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Always this person.
    Person(PersonId),
    /// Whoever is on call.
    Rota(RotaId),
}

/// All people and rotas of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// People by name.
    pub people: BTreeMap<PersonId, Person>,
    /// Rotas by name.
    pub rotas: BTreeMap<RotaId, Rota>,
}

impl Roster {
    /// The person `target` means at `now`; nothing where a rota has nobody then (the step is skipped at once).
    pub(crate) fn who(&self, target: &Target, now: Timestamp) -> Option<&Person> {
        let id = match target {
            Target::Person(person) => person,
            Target::Rota(rota) => self.rotas.get(rota)?.on_call(now)?,
        };
        self.people.get(id)
    }
}
