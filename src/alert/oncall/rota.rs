//! A rota: people who take turns, week after week, at a wall-clock hour.

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;

use crate::base::id::{PersonId, RotaId};

/// People who take turns. The turn passes on every `day` at `time` of the rota's own zone, whatever the clock change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rota {
    /// The name used in the site's files.
    pub id: RotaId,
    /// The zone of `time`.
    pub zone: TimeZone,
    /// Weekday of the hand-over; nothing for a daily hand-over.
    pub day: Option<Weekday>,
    /// Hour of the hand-over.
    pub time: Time,
    /// Who takes turns, in order. The first takes the turn that holds `start`.
    pub members: Vec<PersonId>,
    /// Instant from which turns are counted.
    pub start: Timestamp,
    /// Who is told where `members` is empty or before `start`.
    pub otherwise: Option<PersonId>,
}

impl Rota {
    /// Who is on call at `now`.
    pub fn on_call(&self, _now: Timestamp) -> Option<&PersonId> {
        unreachable!("to be written")
    }
}
