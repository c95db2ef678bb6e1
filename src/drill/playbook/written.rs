//! A playbook exactly as written: the shape of the document and nothing about its meaning. The doc comments end up in
//! the JSON Schema that editors show.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::cast::CastWritten;
use super::expectation::ExpectationWritten;
use super::inject::Class;
use super::scalar::Wording;
use crate::base::language::Text;
use crate::drill::inject::ActionWritten;
use crate::text::spanned::Spanned;

/// The script of an exercise.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the fields are the keys of the document")]
pub(super) struct Playbook {
    /// Its name: small letters, digits and hyphens, the same as the file without `.yaml`.
    pub(super) playbook: Spanned<String>,
    /// What people call it.
    pub(super) title: Spanned<Text>,
    /// The real event it follows, with its date and where that can be read.
    #[serde(default)]
    pub(super) leans_on: Option<Spanned<Wording>>,
    /// How long it lasts at most, such as `20m` or `3h`.
    pub(super) duration: Spanned<String>,
    /// What the exercise is for: a name for each objective, and its wording.
    #[serde(default)]
    pub(super) objectives: BTreeMap<Spanned<String>, Spanned<Text>>,
    /// Who plays: a name for each group, and the people or rotas in it.
    #[serde(default)]
    pub(super) cells: BTreeMap<Spanned<String>, Spanned<Vec<Spanned<String>>>>,
    /// What happens, in order.
    pub(super) timeline: Spanned<Vec<InjectWritten>>,
    /// Who answers how fast when the playbook is rehearsed without people.
    #[serde(default)]
    pub(super) cast: Option<CastWritten>,
}

/// One stimulus.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InjectWritten {
    /// Its name, unique in the playbook.
    pub(super) id: Spanned<String>,
    /// When, counted from the start: `T+0:05` or `T+0:05:30`. Needed unless the inject is `manual` or the `next` of an
    /// option; for those it means "not before" and "about then".
    #[serde(default)]
    pub(super) at: Option<Spanned<String>>,
    /// What it is for: `structurant` (the default) moves the story, `saturant` keeps people busy, `parasite` misleads,
    /// `rattrapage` brings the players back.
    #[serde(default)]
    pub(super) class: ClassWritten,
    /// What the facilitator sees in the list.
    #[serde(default)]
    pub(super) title: Option<Spanned<Text>>,
    /// Played by the facilitator's hand only.
    #[serde(default)]
    pub(super) manual: bool,
    /// What is done.
    #[serde(rename = "do")]
    pub(super) action: ActionWritten,
    /// What should follow.
    #[serde(default)]
    pub(super) expect: Vec<Spanned<ExpectationWritten>>,
}

/// The classes under their French and English names.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ClassWritten {
    #[default]
    Structurant,
    Saturant,
    Parasite,
    Rattrapage,
    Key,
    Load,
    RedHerring,
    Contingency,
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
