//! A rota: people who take turns, at wall-clock hours of its own zone. Knows calendars and nothing of alerts.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::cover::{Calendar, Cover};
use super::handovers::Handovers;
use super::hours::Hours;
use crate::base::id::{PersonId, RotaId};

/// People who take turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rota {
    /// The name used in the site's files.
    pub id: RotaId,
    /// When the turn passes on.
    pub(crate) handovers: Handovers,
    /// Who takes turns, in order. The first takes the turn that holds `start`.
    pub members: Vec<PersonId>,
    /// Instant from which turns are counted.
    pub start: Timestamp,
    /// Who is told where `members` is empty or before `start`.
    pub otherwise: Option<PersonId>,
    /// Hours that others take: the first whose hours it is counts.
    pub(crate) shifts: Vec<Shift>,
    /// Who takes it for once. The last that counts does.
    pub(crate) covers: Vec<Cover>,
    /// Who takes it for once by a calendar, where `covers` say nothing.
    pub(crate) calendar: Option<Calendar>,
}

/// Hours of the week at which other people take turns than at the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shift {
    /// What goes beyond midnight is two.
    pub(crate) hours: Vec<Hours>,
    pub(crate) members: Vec<PersonId>,
}

/// Why it is somebody's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It is their turn among the members.
    Regular,
    /// It is their turn in a shift.
    Shift,
    /// They took it for once.
    Cover,
    /// They took it for once, as a calendar says.
    Calendar,
    /// Nobody has the turn.
    Otherwise,
}

impl Rota {
    /// Whose turn it is at `now`, and why, whoever may be away.
    pub(crate) fn on_call(&self, now: Timestamp) -> Option<(&PersonId, Turn)> {
        let regular = self.regular(now);
        let person = regular.map(|(person, _)| person);
        let cover = self.covers.iter().rev().find(|cover| cover.holds(now, person));
        let calendar = || self.calendar.as_ref()?.at(now).map(|person| (person, Turn::Calendar));
        cover.map(|cover| (&cover.who, Turn::Cover)).or_else(calendar).or(regular)
    }

    fn regular(&self, now: Timestamp) -> Option<(&PersonId, Turn)> {
        let (members, turn) = self.list(now);
        let member = members.get(self.place(members, now).unwrap_or(usize::MAX));
        member.map(|member| (member, turn)).or(self.otherwise.as_ref().map(|person| (person, Turn::Otherwise)))
    }

    /// Who takes turns at `now`.
    fn list(&self, now: Timestamp) -> (&[PersonId], Turn) {
        let holds = |shift: &&Shift| shift.hours.iter().any(|hours| hours.hold(now));
        self.shifts.iter().find(holds).map_or((&self.members, Turn::Regular), |shift| (&shift.members, Turn::Shift))
    }

    /// Whose place in a list has the turn.
    fn place(&self, members: &[PersonId], now: Timestamp) -> Option<usize> {
        if now < self.start {
            return None;
        }
        let turn = self.handovers.turn_of(now)? - self.handovers.turn_of(self.start)?;
        usize::try_from(turn.checked_rem_euclid(i64::try_from(members.len()).ok()?)?).ok()
    }

    /// Everybody whose turn it can be.
    pub(super) fn people(&self) -> BTreeSet<&PersonId> {
        let shifts = self.shifts.iter().flat_map(|shift| &shift.members);
        let covers = self.covers.iter().map(|cover| &cover.who);
        let calendar = self.calendar.iter().flat_map(Calendar::people);
        self.members.iter().chain(&self.otherwise).chain(shifts).chain(covers).chain(calendar).collect()
    }

    /// Those who come behind whoever has the turn, in their order, then whoever is told where nobody has it.
    pub(crate) fn others(&self, now: Timestamp) -> impl Iterator<Item = &PersonId> {
        let (members, _) = self.list(now);
        let place = self.place(members, now).map_or(0, |place| place + 1);
        members.iter().cycle().skip(place).take(members.len()).chain(&self.otherwise)
    }

    /// The first instant after `now` at which it may be somebody else's turn.
    pub(crate) fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let covers = self.covers.iter().flat_map(|cover| [cover.from, cover.to]);
        let shifts = self.shifts.iter().flat_map(|shift| &shift.hours);
        let borders = shifts.filter_map(|hours| hours.end(now).or_else(|| hours.next(now)));
        let own = [Some(self.start), self.handovers.next(now)].into_iter().flatten();
        let calendar = self.calendar.as_ref().and_then(|calendar| calendar.next_change(now));
        own.chain(covers).chain(borders).chain(calendar).filter(|border| *border > now).min()
    }
}

#[cfg(test)]
mod tests;
