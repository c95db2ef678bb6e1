//! A rota: people who take turns, day after day or week after week, at a wall-clock hour. Knows calendars and nothing
//! of alerts.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

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
    /// Hour of the hand-over. On the night the clock jumps over it, the turn passes on later by as much as the clock
    /// jumped (02:30 becomes 03:30); on the night it comes twice, at its first coming.
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
    pub(crate) fn on_call(&self, now: Timestamp) -> Option<&PersonId> {
        if now < self.start || self.members.is_empty() {
            return self.otherwise.as_ref();
        }
        self.member(self.turn_of(now)?, self.turn_of(self.start)?)
    }

    fn member(&self, turn: i64, first: i64) -> Option<&PersonId> {
        let count = i64::try_from(self.members.len()).ok()?;
        let place = (turn - first).rem_euclid(count);
        self.members.get(usize::try_from(place).ok()?)
    }

    /// The number of the turn that holds `instant`: that of the last hand-over not after it. Turns are numbered from
    /// the calendar alone, so that both clock changes leave the numbers as they are.
    fn turn_of(&self, instant: Timestamp) -> Option<i64> {
        let date = self.zone.to_datetime(instant).date();
        let near = days_since_epoch(date)?.saturating_sub(self.first_day()).div_euclid(self.period());
        (near - 2..=near + 1).rev().find(|turn| self.handover(*turn).is_some_and(|handover| handover <= instant))
    }

    /// The instant at which a turn begins.
    fn handover(&self, turn: i64) -> Option<Timestamp> {
        let days = turn.checked_mul(self.period())?.checked_add(self.first_day())?;
        let date = EPOCH.checked_add(Span::new().try_days(days).ok()?).ok()?;
        self.zone.to_timestamp(date.to_datetime(self.time)).ok()
    }

    fn period(&self) -> i64 {
        if self.day.is_some() { 7 } else { 1 }
    }

    /// Days from [`EPOCH`] to the hand-over of turn 0.
    fn first_day(&self) -> i64 {
        self.day.map_or(0, |day| i64::from(day.to_monday_zero_offset()))
    }
}

/// A Monday, so that turns can be counted from it.
const EPOCH: Date = Date::constant(1969, 12, 29);

fn days_since_epoch(date: Date) -> Option<i64> {
    date.since(EPOCH).ok().map(|span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests;
