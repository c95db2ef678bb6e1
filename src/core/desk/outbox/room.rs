//! How much a channel takes now. What does not fit stays owed here, where the most urgent is found first, and not in a
//! queue where news would stand behind everything else.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::alert::channel::Rate;
use crate::alert::page::Urgency;
use crate::base::id::ChannelName;

/// How many letters of at least its urgency a channel may have when another one is handed to it: enough to keep it busy
/// while the store keeps what became of those before.
pub(super) const WINDOW: usize = 32;

/// How far the letters of channels with a rate are ahead of it.
#[derive(Debug, Default)]
pub(super) struct Paces(BTreeMap<ChannelName, Timestamp>);

impl Paces {
    /// When a letter may leave: now, or later.
    pub(super) fn when(&self, channel: &ChannelName, rate: Rate, urgency: Urgency) -> Timestamp {
        let made_up_for = self.0.get(channel).copied().unwrap_or(Timestamp::MIN);
        made_up_for.saturating_sub(rate.spacing() * ahead(rate, urgency)).unwrap_or(Timestamp::MIN)
    }

    /// A letter leaves now.
    pub(super) fn spend(&mut self, channel: &ChannelName, rate: Rate, now: Timestamp) {
        let made_up_for = self.0.get(channel).map_or(now, |made_up_for| now.max(*made_up_for));
        self.0.insert(channel.clone(), made_up_for.saturating_add(rate.spacing()).unwrap_or(now));
    }

    /// Moves every instant, because the clock it was read from was itself moved.
    pub(super) fn shift(&mut self, by: SignedDuration) {
        for at in self.0.values_mut() {
            *at = at.saturating_add(by).unwrap_or(*at);
        }
    }
}

/// How many letters may run ahead of a rate, which everything else makes up for afterwards: what somebody has not heard
/// yet does not wait behind reminders, nor an attack behind lesser news.
fn ahead(rate: Rate, urgency: Urgency) -> i32 {
    match (urgency.waits(), urgency.is_critical_news()) {
        (true, _) => 0,
        (false, false) => rate.count().max(3),
        (false, true) => rate.count().saturating_mul(2).max(6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::level::Level;

    /// How many of so many letters of each kind, handed over in this order at once, leave at once.
    fn at_once(rate: &str, letters: &[(usize, Urgency)]) -> Vec<usize> {
        let (rate, now, channel) = (rate.parse().expect("a rate"), Timestamp::UNIX_EPOCH, "sms".into());
        let mut paces = Paces::default();
        let mut leave = |urgency| {
            let may = paces.when(&channel, rate, urgency) <= now;
            if may {
                paces.spend(&channel, rate, now);
            }
            may
        };
        letters.iter().map(|(count, urgency)| (0..*count).filter(|_| leave(*urgency)).count()).collect()
    }

    #[test]
    fn news_runs_ahead_of_a_rate_and_a_critical_one_ahead_of_other_news() {
        let reminder = Urgency::new(true, false, Level::Critical);
        let high = Urgency::new(false, false, Level::High);
        let critical = Urgency::new(false, false, Level::Critical);
        assert_eq!(at_once("12/min", &[(12, reminder), (1, critical)]), [1, 1]);
        assert_eq!(at_once("12/min", &[(100, high), (1, critical)]), [13, 1]);
        assert_eq!(at_once("12/min", &[(12, critical), (1, critical)]), [12, 1]);
        assert_eq!(at_once("1/h", &[(10, high), (10, critical), (1, reminder)]), [4, 3, 0]);
    }

    #[test]
    fn what_ran_ahead_is_made_up_for() {
        let (rate, channel): (Rate, _) = ("12/min".parse().expect("a rate"), "sms".into());
        let (reminder, news) = (Urgency::new(true, false, Level::High), Urgency::new(false, false, Level::High));
        let now = Timestamp::UNIX_EPOCH;
        let mut paces = Paces::default();
        for _ in 0..12 {
            paces.spend(&channel, rate, now);
        }
        assert!(paces.when(&channel, rate, news) <= now);
        assert_eq!(paces.when(&channel, rate, reminder), now + SignedDuration::from_mins(1));
    }
}
