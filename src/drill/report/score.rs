//! From judged expectations to a share and a suggested rating. The formula is printed in every report.

use serde::{Deserialize, Serialize};

use crate::base::language::Text;
use crate::drill::play::Verdict;
use crate::words::report as words;

/// How many expectations came out how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Met in time.
    pub met: u32,
    /// Met in part.
    pub partly: u32,
    /// Not met.
    pub missed: u32,
    /// Nobody looked.
    pub not_observed: u32,
    /// Still open when the drill ended.
    pub cut_off: u32,
    /// The inject was not played.
    pub not_reached: u32,
}

impl Tally {
    /// Counts verdicts.
    pub(crate) fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut tally = Self::default();
        for verdict in verdicts {
            let count = match verdict {
                Verdict::Met => &mut tally.met,
                Verdict::Partly => &mut tally.partly,
                Verdict::Missed => &mut tally.missed,
                Verdict::NotObserved => &mut tally.not_observed,
                Verdict::Open => &mut tally.cut_off,
                Verdict::NotReached => &mut tally.not_reached,
            };
            *count += 1;
        }
        tally
    }

    /// How many could be judged.
    pub(crate) fn judged(self) -> u32 {
        self.met + self.partly + self.missed
    }

    /// How many there are.
    pub(crate) fn all(self) -> u32 {
        self.judged() + self.not_observed + self.cut_off + self.not_reached
    }

    /// The share met, in whole percent: one for each met, a half for each met in part, out of those judged.
    pub(crate) fn share(self) -> Option<u32> {
        let judged = self.judged();
        (judged > 0).then(|| ((2 * self.met + self.partly) * 100 + judged) / (2 * judged))
    }

    /// The rating that the share suggests.
    pub(crate) fn suggested(self) -> Option<Rating> {
        self.share().map(|share| match share {
            100.. => Rating::P,
            70.. => Rating::S,
            30.. => Rating::M,
            _ => Rating::U,
        })
    }
}

/// The four ratings of exercise evaluation (HSEEP).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rating {
    /// Performed without challenges.
    P,
    /// Performed with some challenges.
    S,
    /// Performed with major challenges.
    M,
    /// Unable to be performed.
    U,
}

impl Rating {
    /// All of them, from the best.
    pub(crate) const ALL: [Self; 4] = [Self::P, Self::S, Self::M, Self::U];

    /// Its letter.
    pub fn letter(self) -> &'static str {
        match self {
            Self::P => "P",
            Self::S => "S",
            Self::M => "M",
            Self::U => "U",
        }
    }

    /// What it means.
    pub(crate) fn label(self) -> Text {
        match self {
            Self::P => words::without_challenges(),
            Self::S => words::some_challenges(),
            Self::M => words::major_challenges(),
            Self::U => words::unable(),
        }
    }

    /// The smallest share for which it is suggested, in percent.
    pub(crate) fn of_share(self) -> u32 {
        match self {
            Self::P => 100,
            Self::S => 70,
            Self::M => 30,
            Self::U => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_judged_counts() {
        use Verdict::{Met, Missed, NotObserved, NotReached, Open, Partly};
        for (verdicts, share, rating) in [
            (vec![], None, None),
            (vec![NotObserved, NotReached, Open], None, None),
            (vec![Met, Met, NotReached, NotObserved], Some(100), Some(Rating::P)),
            (vec![Met, Met, Met, Met, Missed], Some(80), Some(Rating::S)),
            (vec![Met, Partly], Some(75), Some(Rating::S)),
            (vec![Partly], Some(50), Some(Rating::M)),
            (vec![Met, Missed, Missed], Some(33), Some(Rating::M)),
            (vec![Met, Met, Missed], Some(67), Some(Rating::M)),
            (vec![Missed], Some(0), Some(Rating::U)),
        ] {
            let tally = Tally::of(verdicts.clone());
            assert_eq!((tally.share(), tally.suggested()), (share, rating), "{verdicts:?}");
            assert_eq!(tally.all() as usize, verdicts.len());
        }
    }

    #[test]
    fn a_rating_is_suggested_from_its_own_share_on() {
        for rating in Rating::ALL {
            let met = rating.of_share();
            let tally = Tally { met, missed: 100 - met, ..Tally::default() };
            assert_eq!(tally.suggested(), Some(rating));
        }
    }
}
