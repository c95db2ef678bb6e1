//! A playbook as its author means it, after checking.

use std::fmt;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cast::Cast;
use super::expectation::Expectation;
use super::inject::Deed;
use super::reference::Reference;
use super::written::ClassWritten;
use crate::alert::oncall::{Roster, Target};
use crate::base::id::{CellId, InjectId, ObjectiveId, PersonId, PlaybookId, RotaId};
use crate::base::language::{Language, Text};
use crate::base::seal::Seal;

/// The script of an exercise.
#[derive(Debug, Clone)]
pub struct Playbook {
    /// Its name.
    pub id: PlaybookId,
    /// What people call it.
    pub title: Text,
    /// The real event it follows.
    pub leans_on: Option<Text>,
    /// How long it lasts at most, in script time.
    pub duration: SignedDuration,
    /// What the exercise is for, in the order written.
    pub objectives: Vec<Objective>,
    /// Who plays, in the order written.
    pub cells: Vec<Cell>,
    /// The injects, in the order written.
    pub timeline: Vec<Inject>,
    /// Who answers how fast in a rehearsal.
    pub cast: Cast,
    /// The digest of the document and of the files of log lines it uses: two drills with the same digest followed the
    /// same script.
    pub digest: Seal,
    pub(super) references: Vec<Reference>,
}

impl Playbook {
    /// The inject called `id`.
    pub fn inject(&self, id: &InjectId) -> Option<&Inject> {
        self.timeline.iter().find(|inject| inject.id == *id)
    }

    /// Everything the playbook names that only a site can know, with its place.
    pub fn references(&self) -> Vec<Reference> {
        self.references.clone()
    }
}

/// Something the exercise is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Its name in the playbook.
    pub id: ObjectiveId,
    /// Its wording.
    pub title: Text,
}

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
    pub fn target(&self, roster: &Roster) -> Option<Target> {
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

/// One stimulus of the script.
#[derive(Debug, Clone)]
pub struct Inject {
    /// Its name.
    pub id: InjectId,
    /// What plays it.
    pub start: Start,
    /// What it is for.
    pub class: Class,
    /// What the facilitator sees in the list; the name where the author gave no title.
    pub title: Text,
    /// What is done.
    pub deed: Deed,
    /// What should follow.
    pub expect: Vec<Expectation>,
}

/// What plays an inject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The clock of the script.
    Clock(SignedDuration),
    /// The choice of an option, and not before this moment where there is one.
    Chosen(Option<SignedDuration>),
    /// The facilitator, about this moment; or the choice of an option.
    Hand(Option<SignedDuration>),
}

impl Start {
    /// The moment written in the script, if any.
    pub fn planned(self) -> Option<SignedDuration> {
        match self {
            Self::Clock(at) => Some(at),
            Self::Chosen(at) | Self::Hand(at) => at,
        }
    }
}

/// What an inject is for (the four classes of French crisis exercises).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Moves the story.
    Structurant,
    /// Keeps people busy.
    Saturant,
    /// Misleads.
    Parasite,
    /// Brings the players back on track.
    Rattrapage,
}

impl Class {
    /// The word shown to a person.
    pub fn label(self, language: Language) -> &'static str {
        match self {
            Self::Structurant => language.pick("structurant", "key"),
            Self::Saturant => language.pick("saturant", "load"),
            Self::Parasite => language.pick("parasite", "red herring"),
            Self::Rattrapage => language.pick("rattrapage", "contingency"),
        }
    }
}

impl From<ClassWritten> for Class {
    fn from(written: ClassWritten) -> Self {
        match written {
            ClassWritten::Structurant | ClassWritten::Key => Self::Structurant,
            ClassWritten::Saturant | ClassWritten::Load => Self::Saturant,
            ClassWritten::Parasite | ClassWritten::RedHerring => Self::Parasite,
            ClassWritten::Rattrapage | ClassWritten::Contingency => Self::Rattrapage,
        }
    }
}
