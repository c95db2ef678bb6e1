//! One stimulus of a playbook, as its author means it.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::expectation::Expectation;
use super::players::Audience;
use crate::base::id::InjectId;
use crate::base::language::Text;
use crate::drill::inject::Action;
use crate::words::report as words;

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
    pub action: Action,
    /// What should follow.
    pub expect: Vec<Expectation>,
}

impl Inject {
    /// Who it is for; nobody where machines are.
    pub(crate) fn audience(&self) -> Option<&Audience> {
        self.action.means().audience()
    }
}

/// What plays an inject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The clock of the script.
    Clock(SignedDuration),
    /// The choice of an option, and not before this moment where there is one.
    Chosen(Option<SignedDuration>),
    /// The facilitator, about this moment; or the choice of an option.
    Manual(Option<SignedDuration>),
}

impl Start {
    /// The moment written in the script, if any.
    pub(crate) fn planned(self) -> Option<SignedDuration> {
        match self {
            Self::Clock(at) => Some(at),
            Self::Chosen(at) | Self::Manual(at) => at,
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
    pub(crate) fn label(self) -> Text {
        match self {
            Self::Structurant => words::key(),
            Self::Saturant => words::load(),
            Self::Parasite => words::red_herring(),
            Self::Rattrapage => words::contingency(),
        }
    }
}
