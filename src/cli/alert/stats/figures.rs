//! The figures of a month: what was asked and answered, and whom it cost how much.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::base::id::{PersonId, RotaId};

/// What is known of one month.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Month {
    pub(super) answers: Answers,
    pub(super) pages: Load,
    pub(super) people: BTreeMap<PersonId, Person>,
    pub(super) turns: BTreeMap<Turns, Load>,
    /// How many entries could not be counted: they were erased, or another version wrote them.
    pub(super) unread: usize,
}

/// What became of the alerts that were raised in it.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Answers {
    pub(super) alerts: usize,
    /// Of so many somebody was asked.
    pub(super) asked: usize,
    pub(super) answered: usize,
    /// From the first question to the first answer.
    #[serde(rename = "half_within_seconds", serialize_with = "seconds")]
    pub(super) half_within: Option<SignedDuration>,
    #[serde(rename = "nine_tenths_within_seconds", serialize_with = "seconds")]
    pub(super) nine_tenths_within: Option<SignedDuration>,
    #[serde(rename = "longest_seconds", serialize_with = "seconds")]
    pub(super) longest: Option<SignedDuration>,
    /// Of so many somebody said what they are.
    pub(super) qualified: usize,
    #[serde(rename = "false")]
    pub(super) false_alarms: usize,
}

/// What was asked of somebody.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Load {
    /// Messages that arrived.
    pub(super) pages: usize,
    /// Nights with a message, by the day on which they began, and how many.
    pub(super) nights: BTreeMap<Date, usize>,
    /// By day on weekends and holidays.
    pub(super) free_days: usize,
    /// Messages that never arrived.
    pub(super) failed: usize,
}

/// What a person had of it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) load: Load,
    /// Alerts to which they were the first to answer.
    pub(super) answers: usize,
}

/// Turns of one kind in a rota; without a rota, whoever was paged without having a turn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turns {
    pub(super) rota: Option<RotaId>,
    pub(super) kind: &'static str,
}

impl Load {
    pub(super) fn at_night(&self) -> usize {
        self.nights.values().sum()
    }

    /// The most messages in one night.
    pub(super) fn worst_night(&self) -> usize {
        self.nights.values().copied().max().unwrap_or_default()
    }

    fn json(&self) -> Value {
        json!({
            "pages": self.pages,
            "at_night": self.at_night(),
            "nights": self.nights.len(),
            "most_in_one_night": self.worst_night(),
            "free_days": self.free_days,
            "undelivered": self.failed,
        })
    }
}

/// A month as scripts read it.
pub(super) fn json((at, month): (&Date, &Month)) -> Value {
    let people = month
        .people
        .iter()
        .map(|(id, person)| json!({ "person": id, "load": person.load.json(), "answers": person.answers }));
    let turns =
        month.turns.iter().map(|(turn, load)| json!({ "rota": turn.rota, "turn": turn.kind, "load": load.json() }));
    json!({
        "month": name(*at),
        "alerts": month.answers,
        "load": month.pages.json(),
        "people": people.collect::<Vec<_>>(),
        "turns": turns.collect::<Vec<_>>(),
        "not_counted": month.unread,
    })
}

/// What a month is called.
pub(super) fn name(month: Date) -> String {
    month.strftime("%Y-%m").to_string()
}

#[expect(clippy::ref_option, reason = "serde calls it so")]
fn seconds<S: Serializer>(duration: &Option<SignedDuration>, to: S) -> Result<S::Ok, S::Error> {
    duration.map(|duration| duration.as_secs()).serialize(to)
}
