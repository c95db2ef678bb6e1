//! Which alert a hit belongs to. Pure, and the same for what is found as it happens and for what is found in old logs.
//!
//! Hits of one rule about one subject are one alert. A rule that matches many subjects at once raises no alert for each
//! of a thousand: beyond [`STORM`] of them within [`STORM_SPAN`], further subjects join the latest.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::Alert;
use crate::base::id::{AlertId, RuleId};
use crate::base::realm::Realm;

/// When one rule raises more alerts than this within [`STORM_SPAN`], further subjects join the latest of them: a page
/// for each of a thousand attacked accounts would hide the attack.
pub(crate) const STORM: usize = 12;
/// The time within which alerts of one rule are counted.
pub(crate) const STORM_SPAN: SignedDuration = SignedDuration::from_mins(10);
/// How many further subjects are told apart in one alert; beyond that only hits are counted.
pub(crate) const FOLDED: u64 = 10_000;

/// Where a hit belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Belongs {
    /// To this alert, which knows its subject.
    To(AlertId),
    /// To this alert too, which stands for many: its subject is new there.
    Among(AlertId),
    /// To none: it is a new one.
    Nowhere,
}

/// The alerts that hits can join.
#[derive(Debug, Default)]
pub(crate) struct Grouping {
    /// By what their hits share.
    by_key: HashMap<Realm, HashMap<String, AlertId>>,
    /// The latest alerts of each rule and their times, up to [`STORM`]. One pushed out was no part of a storm: had it been
    /// near enough in time to the newest, that one would have joined it.
    recent: HashMap<(Realm, RuleId), VecDeque<(Timestamp, AlertId)>>,
}

impl Grouping {
    /// Where a hit of `rule` belongs that happened at `at` and shares `key` with others.
    pub(crate) fn find(&self, realm: Realm, rule: &RuleId, key: &str, at: Timestamp) -> Belongs {
        match self.by_key.get(&realm).and_then(|keys| keys.get(key)) {
            Some(alert) => Belongs::To(*alert),
            None => self.storm(realm, rule, at).map_or(Belongs::Nowhere, Belongs::Among),
        }
    }

    /// The alert that takes in further subjects of a rule that already raised too many.
    fn storm(&self, realm: Realm, rule: &RuleId, at: Timestamp) -> Option<AlertId> {
        let recent = self.recent.get(&(realm, rule.clone()))?;
        let near = recent.iter().filter(|(raised, _)| at.duration_since(*raised).abs() <= STORM_SPAN).count();
        recent.back().filter(|_| near >= STORM).map(|(_, alert)| *alert)
    }

    /// An alert was raised at `at`, whose hits share `key`.
    pub(crate) fn raised(&mut self, alert: &Alert, key: String, at: Timestamp) {
        let Some(rule) = &alert.rule else { return };
        self.by_key.entry(alert.realm).or_default().insert(key, alert.id);
        let recent = self.recent.entry((alert.realm, rule.clone())).or_default();
        recent.push_back((at, alert.id));
        if recent.len() > STORM {
            recent.pop_front();
        }
    }

    /// Lets a further subject join an alert that stands for many. Counted up to a bound, since whoever attacks may choose
    /// the names; says whether it was.
    pub(crate) fn join(&mut self, alert: &mut Alert, key: String) -> bool {
        if alert.others >= FOLDED {
            return false;
        }
        alert.others += 1;
        self.joined(alert.realm, key, alert.id);
        true
    }

    /// A subject is known to have joined an alert.
    pub(crate) fn joined(&mut self, realm: Realm, key: String, alert: AlertId) {
        self.by_key.entry(realm).or_default().entry(key).or_insert(alert);
    }

    /// An alert is over: nothing joins it any more.
    pub(crate) fn over(&mut self, alert: &Alert) {
        let Some(rule) = &alert.rule else { return };
        let keys = self.by_key.entry(alert.realm).or_default();
        if alert.others > 0 {
            keys.retain(|_, of| *of != alert.id);
        } else {
            keys.remove(&Alert::grouping(rule, &alert.subject));
        }
        let place = (alert.realm, rule.clone());
        if let Some(recent) = self.recent.get_mut(&place) {
            recent.retain(|(_, id)| *id != alert.id);
            if recent.is_empty() {
                self.recent.remove(&place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::language::Text;
    use crate::base::level::Level;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    fn alert(id: u64, realm: Realm) -> Alert {
        Alert {
            id: AlertId(id),
            rule: Some("r".into()),
            subject: vec![("user".to_owned(), id.to_string())],
            ..Alert::new(realm, Level::High, Text::default(), at(0))
        }
    }

    fn key(id: u64) -> String {
        Alert::grouping(&"r".into(), &[("user".to_owned(), id.to_string())])
    }

    fn raise(grouping: &mut Grouping, ids: std::ops::RangeInclusive<u64>, seconds: i64) {
        for id in ids {
            grouping.raised(&alert(id, Realm::Live), key(id), at(seconds));
        }
    }

    fn find(grouping: &Grouping, id: u64, seconds: i64) -> Belongs {
        grouping.find(Realm::Live, &"r".into(), &key(id), at(seconds))
    }

    #[test]
    fn the_same_subject_joins_and_a_storm_takes_in_others() {
        let mut grouping = Grouping::default();
        raise(&mut grouping, 1..=11, 0);
        assert_eq!(find(&grouping, 3, 0), Belongs::To(AlertId(3)));
        assert_eq!(find(&grouping, 99, 0), Belongs::Nowhere);
        raise(&mut grouping, 12..=12, 5);
        assert_eq!(find(&grouping, 99, 5), Belongs::Among(AlertId(12)));
        assert_eq!(find(&grouping, 99, 601), Belongs::Nowhere, "the first eleven are old by then");
        assert_eq!(grouping.find(Realm::Live, &"other".into(), &key(99), at(5)), Belongs::Nowhere);
        let drill = Realm::Drill(crate::base::id::DrillId(1));
        assert_eq!(grouping.find(drill, &"r".into(), &key(3), at(0)), Belongs::Nowhere, "realms never meet");
    }

    #[test]
    fn what_joined_is_known_until_its_alert_is_over() {
        let mut grouping = Grouping::default();
        raise(&mut grouping, 1..=12, 0);
        let mut last = alert(12, Realm::Live);
        assert!(grouping.join(&mut last, key(99)));
        assert_eq!((last.others, find(&grouping, 99, 0)), (1, Belongs::To(AlertId(12))));
        grouping.over(&last);
        assert_eq!(find(&grouping, 99, 0), Belongs::Nowhere, "eleven are no storm");
        assert_eq!(find(&grouping, 12, 0), Belongs::Nowhere);
        last.others = FOLDED;
        assert!(!grouping.join(&mut last, key(100)), "whoever attacks may choose the names");
    }
}
