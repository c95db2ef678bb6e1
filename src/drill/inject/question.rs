//! A question to players: what they answer leads to the next inject. Knows nothing of how it is asked.

use jiff::SignedDuration;

use crate::base::id::InjectId;
use crate::base::language::Text;

/// A question to players.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its wording.
    pub ask: Text,
    /// What can be chosen, in the order written.
    pub answers: Vec<Answer>,
    /// The answer that is taken when nobody decides in time.
    pub default: String,
    /// How long the players have, in script time.
    pub within: SignedDuration,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its name in the playbook.
    pub name: String,
    /// What is shown.
    pub label: Text,
    /// The inject that follows.
    pub next: Option<InjectId>,
}

impl Question {
    /// The answer called `name`.
    pub fn answer(&self, name: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.name == name)
    }

    /// The names of all answers, for advice.
    pub fn names(&self) -> Vec<&str> {
        self.answers.iter().map(|answer| answer.name.as_str()).collect()
    }
}
