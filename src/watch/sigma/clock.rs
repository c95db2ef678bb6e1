//! What time the stream of events says it is.
//!
//! Correlations live on the time of the events, and one device with a wrong clock must neither make the others' windows
//! look old nor keep its own from ever counting again. The median of the last few counted events does not follow a
//! single one that lies.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// How many events are asked.
const ASKED: usize = 15;

/// The clock of one realm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Clock {
    /// The number of the last event, over all realms.
    #[serde(rename = "n")]
    pub(super) touched: u64,
    /// How many events of this realm were counted.
    #[serde(rename = "c")]
    pub(super) counted: u64,
    /// The times of the last ones, in milliseconds since 1970.
    #[serde(rename = "t")]
    last: VecDeque<i64>,
}

impl Clock {
    /// Takes in one more event.
    pub(super) fn hear(&mut self, number: u64, time: i64) {
        self.touched = number;
        self.counted += 1;
        if self.last.len() >= ASKED {
            self.last.pop_front();
        }
        self.last.push_back(time);
    }

    /// The time that most of the last events agree has passed.
    pub(super) fn now(&self) -> i64 {
        let mut times: Vec<i64> = self.last.iter().copied().collect();
        times.sort_unstable();
        times.get(times.len().saturating_sub(1) / 2).copied().unwrap_or(i64::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_event_from_the_future_does_not_move_the_clock() {
        let mut clock = Clock::default();
        clock.hear(1, 9_999_999);
        clock.hear(2, 10);
        assert_eq!(clock.now(), 10);
        for number in 3..30 {
            clock.hear(number, i64::try_from(number).unwrap());
        }
        clock.hear(30, 9_999_999);
        assert!((20..30).contains(&clock.now()), "{}", clock.now());
    }
}
