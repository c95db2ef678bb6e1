//! An alert: what one person can take. It gathers detections that belong together, has the level of the gravest, goes up
//! one chain and is told once.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::chain::Standing;
use super::detection::Detection;
use super::duty::Awareness;
use super::muted::{Muted, Unmuted};
use super::qualification::Qualification;
use super::tick::Tick;
use crate::base::address::in_short;
use crate::base::id::{AlertId, ChainId, PersonId, RuleId, SourceName};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::redact::Clean;

/// An alert, as kept and shown. Rule, title, description, subject, author and references are those of its gravest
/// detection, of several the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Alert {
    /// Its number.
    pub id: AlertId,
    /// Real, or of a drill.
    pub realm: Realm,
    /// The rule that matched; nothing for an alert raised by hand.
    pub rule: Option<RuleId>,
    /// What happened, in few words.
    pub title: Text,
    /// What it means.
    pub description: Text,
    /// How serious it is.
    pub level: Level,
    /// What it is about: names and values such as `user`, `src_ip`. Identifiers of patients are taken out.
    pub subject: Vec<(String, Clean)>,
    /// Where the first hit came from.
    pub source: Option<SourceName>,
    /// How many events it holds.
    pub hits: u64,
    /// How many detections it holds beside the first.
    pub others: u64,
    /// How many different rules found something of it.
    #[serde(default = "one")]
    pub signs: u64,
    /// Time of the first event, by the log.
    pub first: Timestamp,
    /// Time of the last event, by the log.
    pub last: Timestamp,
    /// When vigie raised it.
    pub raised: Timestamp,
    /// The chain it follows; nothing where no chain takes its level.
    pub chain: Option<ChainId>,
    /// How far it is on it.
    #[serde(default)]
    pub standing: Standing,
    /// How often it set out anew: its chain was taken out of the site's files, or it went on after its end.
    #[serde(rename = "rounds", default)]
    pub restarts: u32,
    /// Who wrote the rule (the licence of public rules asks for it to be shown).
    pub(crate) author: Option<String>,
    /// Where to read more.
    pub(crate) references: Vec<String>,
    /// Who said "I have it", and when, in order.
    pub acks: Vec<(PersonId, Timestamp)>,
    /// What somebody found out about it, the latest word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) qualified: Option<Qualification>,
    /// Since when the hospital knows of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) aware: Option<Awareness>,
    /// The first gestures that are done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) ticks: Vec<Tick>,
    /// What whoever has it was told of last.
    #[serde(default)]
    pub(crate) told: Extent,
    /// The alert it was taken out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) split_from: Option<AlertId>,
    /// When it was ended.
    pub resolved: Option<Timestamp>,
    /// Who ended it, and what they said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended: Option<(String, Option<String>)>,
    /// When it went on after its end, the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened: Option<Timestamp>,
    /// What keeps people from being told of it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) muted: Option<Muted>,
    /// What kept them from it before, until somebody has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) unmuted: Option<Unmuted>,
    /// What of vigie itself suffers, such as `store`; nothing for everything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ailing: Option<String>,
}

/// How much there was of an alert at some instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub(crate) struct Extent {
    /// How many events.
    pub(crate) hits: u64,
    /// How many detections beside the first.
    pub(crate) others: u64,
    /// How often more of it was told since somebody has it.
    pub(crate) times: u32,
    /// When it was told; nothing where it never was.
    pub(crate) at: Option<Timestamp>,
}

fn one() -> u64 {
    1
}

impl Alert {
    /// An alert of one event at `at`, by no rule, that is not numbered and goes up no chain yet.
    pub fn new(realm: Realm, level: Level, title: Text, at: Timestamp) -> Self {
        Self {
            id: AlertId(0),
            realm,
            rule: None,
            title,
            description: Text::default(),
            level,
            subject: Vec::new(),
            source: None,
            hits: 1,
            others: 0,
            signs: 1,
            first: at,
            last: at,
            raised: at,
            chain: None,
            standing: Standing::default(),
            restarts: 0,
            author: None,
            references: Vec::new(),
            acks: Vec::new(),
            qualified: None,
            aware: None,
            ticks: Vec::new(),
            told: Extent::default(),
            split_from: None,
            resolved: None,
            ended: None,
            reopened: None,
            muted: None,
            unmuted: None,
            ailing: None,
        }
    }

    /// An alert of one detection.
    pub(crate) fn of(realm: Realm, detection: &Detection, now: Timestamp) -> Self {
        let mut alert = Self::new(realm, detection.level, detection.title.clone(), now);
        alert.led_by(detection);
        (alert.hits, alert.first, alert.last) = (detection.hits, detection.first, detection.last);
        alert
    }

    /// What hits must share to be the same detection. `whose` stands for the subject as it was written, where something was
    /// taken out of it.
    pub(crate) fn grouping(rule: &RuleId, subject: &[(String, Clean)], whose: Option<&str>) -> String {
        let mut text = rule.to_string();
        for (name, value) in subject {
            text.push('\u{1f}');
            text.push_str(name);
            text.push('=');
            text.push_str(&in_short(value));
        }
        if let Some(whose) = whose {
            text.push('\u{1e}');
            text.push_str(whose);
        }
        text
    }

    /// From now on this detection stands for the alert.
    fn led_by(&mut self, detection: &Detection) {
        self.rule.clone_from(&detection.rule);
        self.title = detection.title.clone();
        self.description = detection.description.clone();
        self.level = detection.level;
        self.subject.clone_from(&detection.subject);
        self.source.clone_from(&detection.source);
        self.author.clone_from(&detection.author);
        self.references.clone_from(&detection.references);
    }

    /// Takes in `events` more, the last at `time`.
    pub(crate) fn absorb(&mut self, events: u64, time: Timestamp) {
        self.hits = self.hits.saturating_add(events);
        self.first = self.first.min(time);
        self.last = self.last.max(time);
    }

    /// A further detection joins it, of a rule that none so far is of where `is_sign`. Says whether it got graver.
    pub(crate) fn join(&mut self, detection: &Detection, is_sign: bool) -> bool {
        self.absorb(detection.hits, detection.first);
        self.last = self.last.max(detection.last);
        self.others += 1;
        self.signs += u64::from(is_sign);
        let graver = detection.level > self.level;
        if graver {
            self.led_by(detection);
        }
        graver
    }

    /// What it is made of after some was taken out of it or put into it.
    pub(crate) fn made_of(&mut self, detections: &[&Detection]) {
        let gravest = detections.iter().rev().max_by_key(|detection| detection.level);
        let Some(gravest) = gravest else { return };
        self.led_by(gravest);
        let rules: std::collections::BTreeSet<_> = detections.iter().map(|detection| &detection.rule).collect();
        self.signs = rules.len() as u64;
        self.others = detections.len() as u64 - 1;
        self.hits = detections.iter().map(|detection| detection.hits).sum();
        self.first = detections.iter().map(|detection| detection.first).min().unwrap_or(self.first);
        self.last = detections.iter().map(|detection| detection.last).max().unwrap_or(self.last);
    }

    /// Whether it still waits for somebody to end it.
    pub fn open(&self) -> bool {
        self.resolved.is_none()
    }

    /// How much there is of it now.
    pub(crate) fn extent(&self) -> (u64, u64) {
        (self.hits, self.others)
    }
}
