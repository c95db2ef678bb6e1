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
pub(crate) struct Clock {
    /// The number of the last event, over all realms.
    #[serde(rename = "n")]
    pub(crate) touched: u64,
    /// How many events of this realm were counted.
    #[serde(rename = "c")]
    pub(crate) counted: u64,
    /// The times of the last ones, in milliseconds since 1970.
    #[serde(rename = "t")]
    last: VecDeque<i64>,
    /// The same times, the earliest first.
    #[serde(skip)]
    sorted: Vec<i64>,
    /// Whether it was heard of since it was written last.
    #[serde(skip)]
    pub(crate) changed: bool,
}

impl Clock {
    /// Reads what was on disk.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut clock: Self = serde_json::from_str(text).ok()?;
        while clock.last.len() > ASKED {
            clock.last.pop_front();
        }
        clock.sorted = clock.last.iter().copied().collect();
        clock.sorted.sort_unstable();
        Some(clock)
    }

    /// Takes in one more event.
    pub(crate) fn hear(&mut self, number: u64, time: i64) {
        self.touched = number;
        self.counted += 1;
        self.changed = true;
        if self.last.len() >= ASKED
            && let Some(oldest) = self.last.pop_front()
            && let Ok(at) = self.sorted.binary_search(&oldest)
        {
            self.sorted.remove(at);
        }
        self.last.push_back(time);
        // Most events come in the order of their times.
        match self.sorted.last() {
            Some(latest) if *latest > time => {
                let at = self.sorted.partition_point(|other| *other <= time);
                self.sorted.insert(at, time);
            }
            _ => self.sorted.push(time),
        }
    }

    /// The time that most of the last events agree has passed.
    pub(crate) fn now(&self) -> i64 {
        self.sorted.get(self.sorted.len().saturating_sub(1) / 2).copied().unwrap_or(i64::MIN)
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

    #[test]
    fn the_middle_is_that_of_the_last_events_after_a_restart_too() {
        let mut clock = Clock::default();
        for (number, time) in (0..200_u64).map(|number| (number, i64::try_from(number * 7_919 % 101).unwrap())) {
            clock.hear(number, time);
            let mut last: Vec<i64> = clock.last.iter().copied().collect();
            last.sort_unstable();
            assert_eq!(clock.now(), last[(last.len() - 1) / 2]);
            let text = serde_json::to_string(&clock).unwrap();
            let changed = clock.changed;
            clock = Clock::read(&text).unwrap();
            clock.changed = changed;
            assert_eq!(clock.now(), last[(last.len() - 1) / 2]);
        }
    }
}
