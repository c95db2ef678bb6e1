//! Which alert a hit belongs to. Pure, and the same for what is found as it happens and for what is found in old logs.
//!
//! Hits of one rule about one subject are one *detection*. A new detection joins an open alert with which it shares a
//! machine, an account or an address that was seen there within the hour ([`Joining::within`]), or of whose rules it is one
//! that matched within ten minutes ([`Joining::same_rule`]). What everybody shares joins nothing: what the site says so of,
//! and what was seen to tie more than a dozen others.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::{SignedDuration, Timestamp};

use super::detection::{Detection, Why};
use crate::base::id::{AlertId, RuleId};
use crate::base::realm::Realm;
use crate::base::tie::{Tie, TieKind};

/// How many further detections are told apart in one alert; beyond that only hits are counted, since whoever attacks may
/// choose the names.
pub(crate) const FOLDED: usize = 10_000;
/// What ties more others than this is shared by everybody.
const SHARED_BY: usize = 12;
/// So many ties are remembered; beyond that, those that were not seen for the longest time go first.
const TIES: usize = 200_000;

/// What joins detections, as a site says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// What they must share: any of these.
    pub(crate) by: BTreeSet<TieKind>,
    /// Within this time.
    pub(crate) within: SignedDuration,
    /// Within this time, detections of one rule need share nothing.
    pub(crate) same_rule: SignedDuration,
    /// What everybody shares.
    pub(crate) shared: BTreeSet<Tie>,
}

impl Default for Joining {
    fn default() -> Self {
        Self {
            by: BTreeSet::from([TieKind::Machine, TieKind::Account, TieKind::Address]),
            within: SignedDuration::from_hours(1),
            same_rule: SignedDuration::from_mins(10),
            shared: BTreeSet::new(),
        }
    }
}

/// Where a hit belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Belongs {
    /// To this detection of this alert, which may be over.
    To(AlertId, u64),
    /// To this alert, as a detection that is new there.
    Among(AlertId, Why),
    /// To none: it is a new one.
    Nowhere,
}

/// Something that matched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sign<'a> {
    pub(crate) realm: Realm,
    pub(crate) rule: &'a RuleId,
    /// What its hits share.
    pub(crate) key: &'a str,
    pub(crate) ties: &'a [Tie],
    pub(crate) at: Timestamp,
}

/// Where a detection is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) realm: Realm,
    pub(crate) alert: AlertId,
    /// Its number in the alert, from 1; 0 for what is not told apart there.
    pub(crate) number: u64,
}

/// A machine, an account or an address, and where it was last seen.
#[derive(Debug)]
struct Knot {
    alert: AlertId,
    last: Timestamp,
    /// What else was seen together with it, up to one more than [`SHARED_BY`].
    others: BTreeSet<u64>,
}

/// The alerts that hits can join.
#[derive(Debug, Default)]
pub(crate) struct Grouping {
    joining: Joining,
    /// By what their hits share.
    by_key: HashMap<Realm, HashMap<String, (AlertId, u64)>>,
    by_tie: HashMap<(Realm, Tie), Knot>,
    /// The alert in which each rule last found something, and when.
    by_rule: HashMap<(Realm, RuleId), (Timestamp, AlertId)>,
}

impl Grouping {
    /// Goes on as a site says.
    pub(crate) fn joins_by(&mut self, joining: &Joining) {
        if self.joining != *joining {
            self.joining = joining.clone();
        }
    }

    /// Where something belongs that matched.
    pub(crate) fn find(&self, sign: Sign<'_>) -> Belongs {
        if let Some((alert, number)) = self.by_key.get(&sign.realm).and_then(|keys| keys.get(sign.key)) {
            return Belongs::To(*alert, *number);
        }
        if let Some((alert, tie)) = self.tied(sign) {
            return Belongs::Among(alert, Why::Shares(tie));
        }
        let recent = self.by_rule.get(&(sign.realm, sign.rule.clone()));
        match recent.filter(|(last, _)| near(*last, sign.at, self.joining.same_rule)) {
            Some((_, alert)) => Belongs::Among(*alert, Why::SameRule),
            None => Belongs::Nowhere,
        }
    }

    /// The alert that shares something with it, and what; of several the one where it was seen last.
    fn tied(&self, sign: Sign<'_>) -> Option<(AlertId, Tie)> {
        let knots =
            sign.ties.iter().filter(|tie| self.joining.by.contains(&tie.kind) && !self.is_shared(sign.realm, tie));
        let near = knots.filter_map(|tie| {
            let knot = self.by_tie.get(&(sign.realm, tie.clone()))?;
            near(knot.last, sign.at, self.joining.within).then_some((knot.last, knot.alert, tie))
        });
        near.max_by_key(|(last, ..)| *last).map(|(_, alert, tie)| (alert, tie.clone()))
    }

    /// Whether everybody shares something: it joins nothing.
    pub(crate) fn is_shared(&self, realm: Realm, tie: &Tie) -> bool {
        let seen = self.by_tie.get(&(realm, tie.clone()));
        self.joining.shared.contains(tie) || seen.is_some_and(|knot| knot.others.len() > SHARED_BY)
    }

    /// A detection is in an alert that is open, and was seen at `at`. `key` is what its hits share.
    pub(crate) fn holds(&mut self, place: Place, key: String, detection: &Detection, at: Timestamp) {
        let Place { realm, alert, .. } = place;
        self.known(place, key);
        if let Some(rule) = &detection.rule {
            self.by_rule.insert((realm, rule.clone()), (at, alert));
        }
        for tie in &detection.ties {
            let new = || Knot { alert, last: at, others: BTreeSet::new() };
            let knot = self.by_tie.entry((realm, tie.clone())).or_insert_with(new);
            if !near(knot.last, at, self.joining.within) {
                knot.others.clear();
            }
            (knot.alert, knot.last) = (alert, at);
            let others = detection.ties.iter().filter(|other| *other != tie).map(number_of);
            knot.others.extend(others.take(SHARED_BY + 1 - knot.others.len().min(SHARED_BY + 1)));
        }
        if self.by_tie.len() > TIES {
            self.forget_oldest();
        }
    }

    /// What hits share is known to belong to a detection of an alert.
    pub(crate) fn known(&mut self, place: Place, key: String) {
        self.by_key.entry(place.realm).or_default().insert(key, (place.alert, place.number));
    }

    /// A detection was seen once more.
    pub(crate) fn seen(&mut self, realm: Realm, alert: AlertId, detection: &Detection, at: Timestamp) {
        for tie in &detection.ties {
            if let Some(knot) = self.by_tie.get_mut(&(realm, tie.clone())).filter(|knot| knot.alert == alert) {
                knot.last = at;
            }
        }
        if let Some(rule) = &detection.rule
            && let Some((last, of)) = self.by_rule.get_mut(&(realm, rule.clone()))
            && *of == alert
        {
            *last = at;
        }
    }

    /// An alert is over: nothing new joins it, but what belongs to it comes back to it.
    pub(crate) fn over<'a>(
        &mut self,
        realm: Realm,
        alert: AlertId,
        detections: impl IntoIterator<Item = &'a Detection>,
    ) {
        for detection in detections {
            for tie in &detection.ties {
                let place = (realm, tie.clone());
                if self.by_tie.get(&place).is_some_and(|knot| knot.alert == alert) {
                    self.by_tie.remove(&place);
                }
            }
            if let Some(rule) = &detection.rule {
                let place = (realm, rule.clone());
                if self.by_rule.get(&place).is_some_and(|(_, of)| *of == alert) {
                    self.by_rule.remove(&place);
                }
            }
        }
    }

    /// An alert has been over for long: what belonged to it, by what its hits shared, is new.
    pub(crate) fn forget(&mut self, realm: Realm, alert: AlertId, keys: impl IntoIterator<Item = String>) {
        let Some(known) = self.by_key.get_mut(&realm) else { return };
        for key in keys {
            if known.get(&key).is_some_and(|(of, _)| *of == alert) {
                known.remove(&key);
            }
        }
    }

    /// The same where there are others whose keys are not kept.
    pub(crate) fn forget_all(&mut self, realm: Realm, alert: AlertId) {
        if let Some(known) = self.by_key.get_mut(&realm) {
            known.retain(|_, (of, _)| *of != alert);
        }
    }

    fn forget_oldest(&mut self) {
        let mut times: Vec<Timestamp> = self.by_tie.values().map(|knot| knot.last).collect();
        let middle = times.len() / 2;
        let (_, middle, _) = times.select_nth_unstable(middle);
        let middle = *middle;
        self.by_tie.retain(|_, knot| knot.last > middle);
    }
}

fn near(one: Timestamp, other: Timestamp, within: SignedDuration) -> bool {
    within.is_positive() && one.duration_since(other).abs() <= within
}

/// A tie as a number: what else was seen is only counted.
fn number_of(tie: &Tie) -> u64 {
    let mut hasher = DefaultHasher::new();
    tie.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
