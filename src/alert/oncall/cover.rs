//! What changes a rota for once: somebody who takes it for a while, and who is away.

use jiff::Timestamp;

use crate::base::id::PersonId;

/// Somebody takes a rota from one instant up to another: whoever's turn it is, or the turn of one person alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cover {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) who: PersonId,
    pub(crate) instead_of: Option<PersonId>,
}

impl Cover {
    /// Whether it counts at `now`, where it would be the turn of `regular`.
    pub(crate) fn holds(&self, now: Timestamp, regular: Option<&PersonId>) -> bool {
        let is_meant = self.instead_of.is_none() || self.instead_of.as_ref() == regular;
        is_meant && self.from <= now && now < self.to
    }
}

/// What a calendar says of a rota: who takes it for once. In order, and never two at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Calendar {
    /// The name of its file, for people.
    pub(crate) name: String,
    covers: Vec<Cover>,
}

/// Two people who both have an hour.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Overlap {
    /// Which of the covers began first, by its number, and which counts.
    pub(crate) first: usize,
    pub(crate) second: usize,
    pub(crate) at: Timestamp,
}

impl Calendar {
    /// Of covers at the same time the one that begins later counts as long as it lasts, of those that begin together the one
    /// that is written later. Says where two of them are not of one person.
    pub(crate) fn new(name: String, all: &[Cover]) -> (Self, Vec<Overlap>) {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|number| all[*number].from);
        let mut merged = Merged::default();
        for number in order {
            merged.up_to(all, all[number].from);
            let other = merged.going_on.last().filter(|other| all[**other].who != all[number].who);
            let overlap = other.map(|first| Overlap { first: *first, second: number, at: all[number].from });
            merged.overlaps.extend(overlap);
            merged.going_on.push(number);
        }
        merged.up_to(all, Timestamp::MAX);
        (Self { name, covers: merged.covers }, merged.overlaps)
    }

    /// Who takes the rota at `now`.
    pub(crate) fn at(&self, now: Timestamp) -> Option<&PersonId> {
        let next = self.covers.partition_point(|cover| cover.from <= now);
        let last = self.covers[..next].last()?;
        last.holds(now, None).then_some(&last.who)
    }

    /// The first instant after `now` at which it says something else.
    pub(crate) fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let next = self.covers.partition_point(|cover| cover.to <= now);
        let cover = self.covers.get(next)?;
        Some(if cover.from > now { cover.from } else { cover.to })
    }

    /// Everybody whom it names.
    pub(crate) fn people(&self) -> impl Iterator<Item = &PersonId> {
        self.covers.iter().map(|cover| &cover.who)
    }
}

/// Covers while they are put in order.
#[derive(Default)]
struct Merged {
    covers: Vec<Cover>,
    /// Those that have begun: the last of them counts, and the one before it goes on where it ends.
    going_on: Vec<usize>,
    overlaps: Vec<Overlap>,
    at: Timestamp,
}

impl Merged {
    /// What counts up to `border`, where the next one begins.
    fn up_to(&mut self, all: &[Cover], border: Timestamp) {
        while let Some(number) = self.going_on.last() {
            let cover = &all[*number];
            let (from, to) = (self.at.max(cover.from), cover.to.min(border));
            match self.covers.last_mut().filter(|last| last.to == from && last.who == cover.who) {
                Some(last) => last.to = last.to.max(to),
                None if from < to => self.covers.push(Cover { from, to, who: cover.who.clone(), instead_of: None }),
                None => {}
            }
            self.at = self.at.max(to);
            if cover.to > border {
                break;
            }
            self.going_on.pop();
        }
        self.at = border;
    }
}

/// A person is away from one instant up to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Absence {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    /// Who is told instead.
    pub(crate) instead: Option<PersonId>,
}

impl Absence {
    pub(crate) fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.to
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;

    fn hour(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
    }

    fn cover(from: i64, to: i64, who: &str) -> Cover {
        Cover { from: hour(from), to: hour(to), who: who.into(), instead_of: None }
    }

    #[test]
    fn of_two_at_one_time_the_later_counts_and_it_is_said() {
        let all =
            [cover(0, 10, "ann"), cover(2, 4, "bob"), cover(2, 3, "carla"), cover(12, 14, "ann"), cover(13, 15, "ann")];
        let (calendar, overlaps) = Calendar::new("x".to_owned(), &all);
        let who = |at| calendar.at(hour(at)).map(PersonId::as_str);
        let told: Vec<_> = [0, 2, 3, 4, 9, 10, 12, 14, 15].map(who).into();
        let (ann, bob, carla) = (Some("ann"), Some("bob"), Some("carla"));
        assert_eq!(told, [ann, carla, bob, ann, ann, None, ann, ann, None]);
        let changes: Vec<_> = std::iter::successors(Some(hour(-1)), |now| calendar.next_change(*now)).collect();
        assert_eq!(changes, [-1, 0, 2, 3, 4, 10, 12, 15].map(hour));
        let pairs: Vec<_> = overlaps.iter().map(|overlap| (overlap.first, overlap.second)).collect();
        assert_eq!(pairs, [(0, 1), (1, 2)]);
    }

    proptest! {
        #[test]
        fn it_is_who_the_slow_way_round_says(spans in prop::collection::vec((0_i64..40, 1_i64..12, 0_usize..3), 0..12)) {
            let all: Vec<Cover> =
                spans.iter().map(|(from, lasts, who)| cover(*from, from + lasts, ["ann", "bob", "carla"][*who])).collect();
            let (calendar, _) = Calendar::new("x".to_owned(), &all);
            for at in -1..60 {
                let now = hour(at);
                let slow = all.iter().filter(|cover| cover.holds(now, None)).max_by_key(|cover| cover.from);
                prop_assert_eq!(calendar.at(now), slow.map(|cover| &cover.who), "{}", at);
                let next = (at + 1..60).find(|later| calendar.at(hour(*later)) != calendar.at(now));
                prop_assert_eq!(calendar.next_change(now).map_or(60, |next| next.as_second() / 3600), next.unwrap_or(60));
            }
        }
    }
}
