//! A duty as it is meant: what to declare, to whom, by when, by which text.

use jiff::SignedDuration;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::country::Country;
use super::form::Question;
use crate::base::id::DutyId;
use crate::base::language::{Language, Text};
use crate::words::duty as words;

/// What was looked at longer ago is told as old.
const FRESH: SignedDuration = SignedDuration::from_hours(180 * 24);

/// Something the law asks a hospital to declare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Duty {
    /// The name used in `chains.yaml`.
    pub(crate) id: DutyId,
    /// Where it is the law.
    pub(crate) country: Country,
    /// What to declare, to whom.
    pub(crate) title: Text,
    /// Who must do it.
    pub(crate) who: Text,
    /// To whom: a name, never an address.
    pub(crate) to: Text,
    /// What makes it due.
    pub(crate) trigger: Text,
    /// Where and how a person does it.
    pub(crate) how: Text,
    /// By when.
    pub(crate) clock: Clock,
    /// What to do where that cannot be done.
    pub(crate) fallback: Option<Text>,
    /// Whether it is the law.
    pub(crate) status: Status,
    /// What else there is to know of its state.
    pub(crate) note: Option<Text>,
    /// The texts that ask for it.
    pub(crate) sources: Vec<Source>,
    /// What the declaration asks.
    pub(crate) form: Vec<Question>,
}

/// Whether a duty is the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// It is.
    InForce,
    /// It is planned, and no clock runs.
    Pending,
    /// It was.
    Repealed,
    /// It was not possible to look it up.
    Unverified,
}

impl Status {
    /// Whether it can be given to somebody.
    pub(crate) fn binds(self) -> bool {
        matches!(self, Self::InForce | Self::Unverified)
    }

    /// The words shown to people.
    pub(crate) fn said(self) -> Text {
        match self {
            Self::InForce => words::in_force(),
            Self::Pending => words::pending(),
            Self::Repealed => words::repealed(),
            Self::Unverified => words::unverified(),
        }
    }
}

/// A text of the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Source {
    /// What it is called.
    pub(crate) text: Text,
    /// Where it was looked at.
    pub(crate) seen_at: Option<String>,
    /// When; nothing where that was not possible.
    #[schemars(with = "Option<String>")]
    pub(crate) checked_on: Option<Date>,
}

impl Duty {
    /// The day since which none of its sources was looked at again: the oldest of them. Nothing where none was.
    pub(crate) fn checked_on(&self) -> Option<Date> {
        self.sources.iter().filter_map(|source| source.checked_on).min()
    }

    /// Whether that is too long ago on this day.
    pub(crate) fn is_stale(&self, today: Date) -> bool {
        self.checked_on().is_none_or(|day| today.duration_since(day) > FRESH)
    }

    /// The texts that ask for it, on one line: those that could be looked up, if any could.
    pub(crate) fn basis(&self, language: Language) -> String {
        let all_unknown = self.checked_on().is_none();
        let named = self.sources.iter().filter(|source| all_unknown || source.checked_on.is_some());
        named.map(|source| source.text.get(language)).collect::<Vec<_>>().join("; ")
    }
}
