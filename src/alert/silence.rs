//! Silences and maintenance windows: what people need not be told of for a while, because somebody knows of it and
//! answers for it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::detection::Detection;
use super::oncall::Hours;
use crate::base::id::{PersonId, RuleId, SilenceId, SourceName};
use crate::base::level::Level;
use crate::base::tie::{Tie, TieKind};

/// The longest that a silence can last.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How far ahead one can be planned.
pub(crate) const AHEAD: SignedDuration = SignedDuration::from_hours(366 * 24);
/// Before what suffers, where an alert about vigie itself is named as if a rule had found it: `vigie:channel:sms`.
pub(crate) const AILMENT: &str = "vigie:";

/// Which detections it is about. Of each part that is said, one thing must match.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Matcher {
    /// These rules.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) rules: BTreeSet<RuleId>,
    /// These machines, accounts and addresses: one of each kind that is named.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) ties: BTreeSet<Tie>,
    /// Lines of these sources.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) sources: BTreeSet<SourceName>,
}

impl Matcher {
    /// Whether it says nothing: it would match everything, which nobody may silence.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.ties.is_empty() && self.sources.is_empty()
    }

    /// Whether it matches a detection. What a person saw is matched by nothing, and what vigie itself suffers only by its
    /// name; `ailing` says what that is.
    pub(crate) fn matches(&self, detection: &Detection, ailing: Option<&str>) -> bool {
        let rule = match (&detection.rule, ailing) {
            (Some(rule), _) => self.rules.is_empty() || self.rules.contains(rule),
            (None, Some(of)) => self.rules.iter().any(|rule| rule.as_str().strip_prefix(AILMENT) == Some(of)),
            (None, None) => false,
        };
        let source = || match &detection.source {
            _ if self.sources.is_empty() => true,
            Some(source) => self.sources.contains(source) && !detection.roams,
            None => false,
        };
        rule && source()
            && [TieKind::Machine, TieKind::Account, TieKind::Address].into_iter().all(|kind| self.ties(kind, detection))
    }

    /// Whether all that was counted in a detection has one of the things of this kind, if any is named.
    fn ties(&self, kind: TieKind, detection: &Detection) -> bool {
        let mut named = self.ties.iter().filter(|tie| tie.kind == kind).peekable();
        named.peek().is_none() || named.any(|tie| detection.ties.contains(tie) && !detection.strayed.contains(tie))
    }
}

/// People need not be told of what matches, from one instant to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Silence {
    /// Its number.
    pub(crate) id: SilenceId,
    /// What it is about.
    pub(crate) matcher: Matcher,
    /// Nothing graver than this is silenced.
    pub(crate) up_to: Level,
    /// Why.
    pub(crate) reason: String,
    /// Who answers for it.
    pub(crate) owner: PersonId,
    /// From this instant on.
    pub(crate) from: Timestamp,
    /// Up to this one.
    pub(crate) until: Timestamp,
    /// When it ended; nothing while it is planned or runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended: Option<Timestamp>,
}

impl Silence {
    /// Whether it runs.
    pub(crate) fn runs(&self, now: Timestamp) -> bool {
        self.ended.is_none() && self.from <= now && now < self.until
    }

    /// When it next begins or ends.
    pub(crate) fn turn(&self, now: Timestamp) -> Option<Timestamp> {
        let is_over = self.ended.is_some();
        if is_over { None } else { Some(if now < self.from { self.from } else { self.until }) }
    }
}

/// A silence that comes again each week, as the site's files say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Maintenance {
    /// What it is about.
    pub(crate) matcher: Matcher,
    /// Nothing graver than this is silenced.
    pub(crate) up_to: Level,
    /// When.
    pub(crate) hours: Hours,
    /// Why.
    pub(crate) reason: String,
    /// Who answers for it.
    pub(crate) owner: PersonId,
}

impl Maintenance {
    /// When it next begins or ends.
    pub(crate) fn turn(&self, now: Timestamp) -> Option<Timestamp> {
        self.hours.end(now).or_else(|| self.hours.next(now))
    }
}

#[cfg(test)]
mod tests;
