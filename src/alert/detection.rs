//! A detection: one rule and what it matched about, counted. An alert holds one or more of them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::alert::Alert;
use crate::base::id::{RuleId, SourceName};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::base::redact::Clean;
use crate::base::tie::Tie;

/// One rule about one subject. Everything in it may be shown: identifiers of patients and secrets are taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Detection {
    /// The rule; nothing for what a person saw, or what vigie itself suffers.
    pub rule: Option<RuleId>,
    /// What happened, in few words.
    pub(crate) title: Text,
    /// What it means.
    pub(crate) description: Text,
    /// How serious it is.
    pub(crate) level: Level,
    /// What it is about: names and values such as `user`, `src_ip`.
    pub subject: Vec<(String, Clean)>,
    /// What stands for the subject as it was written, where something was taken out of it: two of whom nobody may be named
    /// are two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) whose: Option<String>,
    /// Where the first hit came from.
    pub(crate) source: Option<SourceName>,
    /// How many events.
    pub hits: u64,
    /// Time of the first, by the log.
    pub(crate) first: Timestamp,
    /// Time of the last, by the log.
    pub(crate) last: Timestamp,
    /// What the rule looked for and found, as names of fields and values.
    #[serde(default)]
    pub(crate) fields: Vec<(String, Clean)>,
    /// The line that was matched first.
    #[serde(default)]
    pub(crate) line: Option<Clean>,
    /// Where that line stands: a log and a place in it.
    #[serde(default)]
    pub(crate) place: Option<String>,
    /// The machines, accounts and addresses that have a part in it.
    #[serde(default)]
    pub(crate) ties: Vec<Tie>,
    /// Those of them that something counted later has no part of: a silence of one of these does not cover it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) strayed: Vec<Tie>,
    /// Whether it was seen in other sources too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) roams: bool,
    /// The rules whose alerts are only a consequence of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) explains: Vec<RuleId>,
    /// Why it is in this alert and not in one of its own; nothing for the first.
    #[serde(default)]
    pub(crate) joined: Option<Why>,
    /// What was looked at first by whoever wrote the rule, in order.
    #[serde(default)]
    pub(crate) gestures: Vec<Text>,
    /// What the line looks like besides: a copy of an exercise.
    #[serde(default)]
    pub(crate) remark: Option<Text>,
    /// Who wrote the rule (the licence of public rules asks for it to be shown).
    #[serde(default)]
    pub(crate) author: Option<String>,
    /// Where to read more.
    #[serde(default)]
    pub(crate) references: Vec<String>,
}

/// Why a detection joined an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Both name this machine, account or address.
    Shares(Tie),
    /// The same rule matched about something else shortly before.
    SameRule,
    /// The alert explains it, says the site.
    Explained,
    /// Somebody took it out of another alert.
    Split,
}

impl Detection {
    /// What hits must share to be the same detection.
    pub(crate) fn key(&self) -> Option<String> {
        self.rule.as_ref().map(|rule| Alert::grouping(rule, &self.subject, self.whose.as_deref()))
    }

    /// Takes in `events` more of them, the last at `time`.
    pub(crate) fn absorb(&mut self, events: u64, time: Timestamp) {
        self.hits = self.hits.saturating_add(events);
        self.first = self.first.min(time);
        self.last = self.last.max(time);
    }

    /// It was seen once more, in a source and with machines, accounts and addresses that need not be the same. Says whether
    /// some that were always there are not any more.
    pub(crate) fn seen_with(&mut self, source: Option<&SourceName>, ties: &[Tie]) -> bool {
        let before = (self.strayed.len(), self.roams);
        self.roams |= self.source.as_ref() != source;
        for tie in &self.ties {
            if !ties.contains(tie) && !self.strayed.contains(tie) {
                self.strayed.push(tie.clone());
            }
        }
        before != (self.strayed.len(), self.roams)
    }
}

impl From<&Alert> for Detection {
    /// The detection of an alert that was kept before there were any, or that has just one.
    fn from(alert: &Alert) -> Self {
        Self {
            rule: alert.rule.clone(),
            title: alert.title.clone(),
            description: alert.description.clone(),
            level: alert.level,
            subject: alert.subject.clone(),
            whose: None,
            source: alert.source.clone(),
            hits: alert.hits,
            first: alert.first,
            last: alert.last,
            fields: Vec::new(),
            line: None,
            place: None,
            ties: Vec::new(),
            strayed: Vec::new(),
            roams: false,
            explains: Vec::new(),
            joined: None,
            gestures: Vec::new(),
            remark: None,
            author: alert.author.clone(),
            references: alert.references.clone(),
        }
    }
}
