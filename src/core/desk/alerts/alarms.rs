//! When each alert is to be looked at next: of ten thousand that are open, only those that are due are.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::base::id::AlertId;

/// An alarm for each alert that waits for something.
#[derive(Debug, Default)]
pub(super) struct Alarms {
    by_time: BTreeSet<(Timestamp, AlertId)>,
    by_alert: BTreeMap<AlertId, Timestamp>,
}

impl Alarms {
    /// Sets the alarm of an alert, or takes it away.
    pub(super) fn set(&mut self, alert: AlertId, at: Option<Timestamp>) {
        let before = match at {
            Some(at) => self.by_alert.insert(alert, at),
            None => self.by_alert.remove(&alert),
        };
        if before == at {
            return;
        }
        if let Some(before) = before {
            self.by_time.remove(&(before, alert));
        }
        if let Some(at) = at {
            self.by_time.insert((at, alert));
        }
    }

    /// The alerts whose alarms have rung.
    pub(super) fn due(&self, now: Timestamp) -> Vec<AlertId> {
        self.by_time.iter().take_while(|(at, _)| *at <= now).map(|(_, alert)| *alert).collect()
    }

    /// The next alarm of an alert that is none of these.
    pub(super) fn next(&self, but: &BTreeSet<AlertId>) -> Option<Timestamp> {
        self.by_time.iter().find(|(_, alert)| !but.contains(alert)).map(|(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn an_alarm_is_set_moved_and_taken_away() {
        let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        let mut alarms = Alarms::default();
        for (alert, seconds) in [(1, 10), (2, 5), (1, 20), (3, 7)] {
            alarms.set(AlertId(alert), Some(at(seconds)));
        }
        alarms.set(AlertId(3), None);
        assert_eq!(alarms.due(at(10)), [AlertId(2)]);
        assert_eq!((alarms.due(at(4)), alarms.due(at(20))), (vec![], vec![AlertId(2), AlertId(1)]));
        assert_eq!(alarms.next(&BTreeSet::new()), Some(at(5)));
        assert_eq!(alarms.next(&BTreeSet::from([AlertId(2)])), Some(at(20)));
    }
}
