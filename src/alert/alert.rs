//! An alert: one or more hits of the same rule about the same subject that a person must look at. Counted, never a page
//! for each line.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::base::id::{AlertId, ChainId, PersonId, RuleId, SourceName};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::redact::redact;

/// A name and value without identifiers. Some are known only by the name beside them: both are looked at together.
pub fn clean(name: &str, value: &str) -> (String, String) {
    let line = redact(&format!("{name}={value}")).into_owned();
    match line.split_once('=') {
        Some((name, value)) => (name.to_owned(), value.to_owned()),
        None => (name.to_owned(), line),
    }
}

/// An alert, as kept and shown.
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
    pub subject: Vec<(String, String)>,
    /// Where the first hit came from.
    pub source: Option<SourceName>,
    /// How many hits it holds.
    pub hits: u64,
    /// How many further subjects joined it when one rule matched many at once.
    pub others: u64,
    /// Time of the first hit, by the log.
    pub first: Timestamp,
    /// Time of the last hit, by the log.
    pub last: Timestamp,
    /// When vigie raised it.
    pub raised: Timestamp,
    /// The chain it follows; nothing where no chain takes its level.
    pub chain: Option<ChainId>,
    /// How often it set out anew because its chain was taken out of the site's files.
    #[serde(rename = "rounds", default)]
    pub restarts: u32,
    /// Who wrote the rule (the licence of public rules asks for it to be shown).
    pub author: Option<String>,
    /// Where to read more.
    pub references: Vec<String>,
    /// Who said "I have it", and when, in order.
    pub acks: Vec<(PersonId, Timestamp)>,
    /// When it was ended.
    pub resolved: Option<Timestamp>,
    /// What of vigie itself suffers, such as `store`; nothing for everything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ailing: Option<String>,
}

impl Alert {
    /// An alert of one hit at `at`, by no rule, that is not numbered and goes up no chain yet.
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
            first: at,
            last: at,
            raised: at,
            chain: None,
            restarts: 0,
            author: None,
            references: Vec::new(),
            acks: Vec::new(),
            resolved: None,
            ailing: None,
        }
    }

    /// What hits must share to join the same alert.
    pub(crate) fn grouping(rule: &RuleId, subject: &[(String, String)]) -> String {
        let mut text = rule.to_string();
        for (name, value) in subject {
            text.push('\u{1f}');
            text.push_str(name);
            text.push('=');
            text.push_str(value);
        }
        text
    }

    /// Takes in one more hit at `time`.
    pub(crate) fn absorb(&mut self, time: Timestamp) {
        self.hits += 1;
        self.first = self.first.min(time);
        self.last = self.last.max(time);
    }

    /// Whether it still waits for somebody to end it.
    pub fn open(&self) -> bool {
        self.resolved.is_none()
    }
}
