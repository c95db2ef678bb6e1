//! Who plays: people and rotas, in cells, and those whom an inject addresses.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::alert::oncall::{Roster, Target};
use crate::base::id::{CellId, PersonId, RotaId};

/// A group of players.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its name in the playbook.
    pub id: CellId,
    /// Who is in it.
    pub members: Vec<PlayerName>,
}

/// A person or a rota, as named in `people.yaml`; which of the two only a site can say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PlayerName(pub String);

impl PlayerName {
    /// The person or rota of `roster` with this name.
    pub(crate) fn target(&self, roster: &Roster) -> Option<Target> {
        let (person, rota) = (PersonId(self.0.clone()), RotaId(self.0.clone()));
        if roster.people.contains_key(&person) {
            return Some(Target::Person(person));
        }
        roster.rotas.contains_key(&rota).then_some(Target::Rota(rota))
    }
}

impl fmt::Display for PlayerName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

/// Who an inject is for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Audience {
    /// The names as written, cells or players, for showing.
    pub named: Vec<String>,
    /// Each player once: the members of the cells and those named themselves.
    pub players: Vec<PlayerName>,
}

impl Audience {
    /// The people it means at `now`, each once.
    pub(crate) fn people(&self, roster: &Roster, now: Timestamp) -> Vec<PersonId> {
        let mut people: Vec<PersonId> = Vec::new();
        for player in &self.players {
            let person =
                player.target(roster).and_then(|target| roster.who(&target, now)).map(|person| person.id.clone());
            people.extend(person.filter(|person| !people.contains(person)));
        }
        people
    }
}
