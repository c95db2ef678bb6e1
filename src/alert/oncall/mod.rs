//! Who can be reached, and who is on call at a given instant. Pure: takes the instant, returns a person.

pub(crate) mod cover;
mod handovers;
mod holidays;
mod hours;
pub mod person;
pub mod rota;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::base::id::{PersonId, RotaId};

pub(crate) use handovers::Handovers;
pub(crate) use holidays::Holidays;
pub use hours::Hours;
pub use person::Person;
pub use rota::Rota;

use rota::Turn;

/// Somebody a step can name: a person, or whoever a rota says at that instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Always this person.
    Person(PersonId),
    /// Whoever is on call.
    Rota(RotaId),
}

/// All people and rotas of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// People by name.
    pub people: BTreeMap<PersonId, Person>,
    /// Rotas by name.
    pub rotas: BTreeMap<RotaId, Rota>,
    /// Days that count as Sundays.
    pub(crate) holidays: Arc<Holidays>,
}

/// Who is told for a target, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OnCall<'a> {
    pub(crate) person: &'a Person,
    pub(crate) why: Why<'a>,
}

/// Why it is this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why<'a> {
    /// They are named.
    Named,
    /// A rota says so.
    Turn(Turn),
    /// The calendar of this name says so.
    Calendar(&'a str),
    /// This one is away.
    Instead(&'a PersonId),
}

/// Who is told for a target from one instant up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span<'a> {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    /// Nothing where that is nobody.
    pub(crate) who: Option<OnCall<'a>>,
}

impl Why<'_> {
    /// The word that scripts read for it, where it is not somebody's regular turn.
    pub(crate) fn word(self) -> Option<&'static str> {
        match self {
            Self::Turn(Turn::Shift) => Some("shift"),
            Self::Turn(Turn::Cover | Turn::Calendar) | Self::Calendar(_) => Some("override"),
            Self::Turn(Turn::Otherwise) => Some("else"),
            Self::Instead(_) => Some("away"),
            Self::Turn(Turn::Regular) | Self::Named => None,
        }
    }
}

impl Roster {
    /// The person `target` means at `now`; nothing where a rota has nobody then (the step is skipped at once).
    pub(crate) fn who(&self, target: &Target, now: Timestamp) -> Option<&Person> {
        self.on_call(target, now).map(|on_call| on_call.person)
    }

    /// The same, and why it is them. Somebody who is away is told all the same where nobody is there instead: better than
    /// nobody.
    pub(crate) fn on_call(&self, target: &Target, now: Timestamp) -> Option<OnCall<'_>> {
        let (regular, why, others) = match target {
            Target::Person(person) => (self.people.get(person)?, Why::Named, None),
            Target::Rota(rota) => {
                let rota = self.rotas.get(rota)?;
                let (person, turn) = rota.on_call(now)?;
                let person = self.people.get(person)?;
                match (turn, &rota.calendar) {
                    (Turn::Cover, _) => return Some(OnCall { person, why: Why::Turn(turn) }),
                    (Turn::Calendar, Some(calendar)) => {
                        return Some(OnCall { person, why: Why::Calendar(&calendar.name) });
                    }
                    _ => {}
                }
                (person, Why::Turn(turn), Some(rota.others(now)))
            }
        };
        let instead = || {
            let named = self.instead(regular, now);
            named.or_else(|| {
                others.into_iter().flatten().filter_map(|it| self.people.get(it)).find(|it| it.is_there(now))
            })
        };
        if regular.is_there(now) {
            return Some(OnCall { person: regular, why });
        }
        Some(
            instead()
                .map_or(OnCall { person: regular, why }, |person| OnCall { person, why: Why::Instead(&regular.id) }),
        )
    }

    /// Everybody whom `target` can mean at some time.
    pub(crate) fn can_be<'a>(&'a self, target: &'a Target) -> BTreeSet<&'a PersonId> {
        let mut people: BTreeSet<&PersonId> = match target {
            Target::Person(person) => [person].into(),
            Target::Rota(rota) => self.rotas.get(rota).map(Rota::people).unwrap_or_default(),
        };
        // Whoever stands in for somebody may be away too.
        let mut all = 0;
        while all < people.len() {
            all = people.len();
            let away = people.iter().filter_map(|person| self.people.get(*person)).flat_map(|person| &person.away);
            people.extend(away.filter_map(|absence| absence.instead.as_ref()).collect::<Vec<_>>());
        }
        people
    }

    /// Who is told instead of somebody who is away, and is there.
    fn instead(&self, away: &Person, now: Timestamp) -> Option<&Person> {
        let mut next = away.instead(now);
        // Two who name each other lead nowhere.
        for _ in 0..self.people.len() {
            let person = self.people.get(next?)?;
            if person.is_there(now) {
                return Some(person);
            }
            next = person.instead(now);
        }
        None
    }

    /// Who is told for `target` from one instant up to another, without gap and in order.
    pub(crate) fn spans(&self, target: &Target, from: Timestamp, to: Timestamp) -> Vec<Span<'_>> {
        let mut spans: Vec<Span<'_>> = Vec::new();
        let mut at = from;
        while at < to {
            let end = self.next_border(target, at).map_or(to, |border| border.min(to));
            let who = self.on_call(target, at);
            match spans.last_mut().filter(|last| last.who == who) {
                Some(last) => last.to = end,
                None => spans.push(Span { from: at, to: end, who }),
            }
            at = end;
        }
        spans
    }

    /// Who has a rota between two instants, in whole turns that are cut at every hand-over: whenever somebody asks, the same
    /// turn begins and ends at the same instants.
    pub(crate) fn turns(&self, rota: &RotaId, from: Timestamp, to: Timestamp) -> Vec<Span<'_>> {
        let Some(handovers) = self.rotas.get(rota).map(|rota| &rota.handovers) else { return Vec::new() };
        let (first, last) = (handovers.last(from).unwrap_or(from), handovers.next(to).unwrap_or(to));
        let spans = self.spans(&Target::Rota(rota.clone()), first, last);
        let cut = spans.into_iter().flat_map(|span| {
            let borders = std::iter::successors(Some(span.from), |border| handovers.next(*border));
            let begins = borders.take_while(move |border| *border < span.to);
            begins.map(move |from| Span { from, to: handovers.next(from).unwrap_or(span.to).min(span.to), ..span })
        });
        cut.filter(|span| span.to > from && span.from < to).collect()
    }

    /// The first instant after `now`, and no later than so long, at which `target` is somebody else.
    pub(crate) fn next_change(&self, target: &Target, now: Timestamp, within: SignedDuration) -> Option<Timestamp> {
        let before = self.who(target, now).map(|person| &person.id);
        let last = now.saturating_add(within).unwrap_or(Timestamp::MAX);
        let borders = std::iter::successors(self.next_border(target, now), |border| self.next_border(target, *border));
        borders
            .take_while(|border| *border <= last)
            .find(|border| self.who(target, *border).map(|person| &person.id) != before)
    }

    /// The first instant after `now` at which anything changes that says who it is.
    fn next_border(&self, target: &Target, now: Timestamp) -> Option<Timestamp> {
        let own = match target {
            Target::Person(_) => None,
            Target::Rota(rota) => self.rotas.get(rota).and_then(|rota| rota.next_change(now)),
        };
        let away = self.people.values().flat_map(|person| &person.away).flat_map(|absence| [absence.from, absence.to]);
        away.filter(|border| *border > now).chain(own).min()
    }
}
