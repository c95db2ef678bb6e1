//! What happened, as data: what the ledger keeps, and what everybody who wants to know is told. The words for it are
//! made by whoever shows it.
//!
//! In the ledger a fact is a kind, such as `page.accepted`, and its particulars as a JSON object. Kinds and names in
//! them stay for ever: a ledger is read for years.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

mod alert;
mod chain;
mod duty;
mod ledger;
mod silence;

pub use alert::AlertFact;
pub use chain::{ChainFact, WhyReplaced};
pub use duty::DutyFact;
pub(crate) use ledger::LedgerFact;
pub(crate) use silence::SilenceFact;

use super::caller::DoneBy;
use super::purpose::Purpose;
use super::shown;
use crate::base::cause::Cause;
use crate::base::id::{AlertId, ChannelName, DrillId, PageId, PersonId, SourceName};
use crate::base::language::Text;
use crate::base::realm::Realm;
use crate::drill::play;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// To an alert.
    Alert(AlertFact),
    /// On the chain of an alert.
    Chain(ChainFact),
    /// To something that must be declared.
    Duty(DutyFact),
    /// To a silence.
    Silence(SilenceFact),
    /// To a page.
    Page(PageFact),
    /// In an exercise.
    Drill(play::Fact),
    /// To an exercise, from outside of it.
    #[serde(rename = "drill", skip_deserializing)]
    DrillItself(LostDrill),
    /// To a source of lines.
    Source(SourceFact),
    /// To the machine's clock.
    Clock(ClockFact),
    /// To the ledger itself.
    Ledger(LedgerFact),
    /// To the store.
    Store(StoreFact),
    /// To the rules.
    Rules(RulesFact),
    /// To vigie itself.
    Core(CoreFact),
    /// While old logs were looked through.
    Scan(ScanFact),
}

/// A fact as subscribers are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// When it happened.
    pub at: Timestamp,
    /// Real, or of a drill.
    pub realm: Realm,
    /// What happened.
    pub fact: Fact,
    /// By which account, where it was done by a command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<DoneBy>,
}

/// What can happen to a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PageFact {
    /// It is owed to somebody.
    Owed {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        page: PageId,
        /// To whom.
        to: PersonId,
        /// By which channel.
        channel: ChannelName,
        /// Why.
        r#for: Purpose,
    },
    /// Its first try failed; it is tried again until it arrives.
    Delayed {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        page: PageId,
        /// To whom.
        #[serde(default = "nobody")]
        to: PersonId,
        /// By which channel.
        #[serde(default = "nothing")]
        channel: ChannelName,
        /// What the channel said.
        why: String,
    },
    /// It lies where its peer takes it from.
    Spooled {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        page: PageId,
        /// To whom.
        to: PersonId,
        /// By which channel.
        channel: ChannelName,
        /// Where.
        proof: String,
    },
    /// The peer took it.
    Accepted(PageEnd),
    /// It will never be taken.
    Failed(PageEnd),
    /// It is not wanted any more.
    Cancelled(PageEnd),
}

/// How a page came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PageEnd {
    /// Its number.
    #[serde(with = "shown")]
    #[schemars(with = "String")]
    pub page: PageId,
    /// To whom.
    pub to: PersonId,
    /// By which channel.
    pub channel: ChannelName,
    /// What the peer said, or why it ended.
    pub proof: String,
    /// How often it was handed to the channel.
    pub attempts: u32,
    /// Why it was owed; nothing where that could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#for: Option<Purpose>,
}

/// What can happen to an exercise from outside of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LostDrill {
    /// It ran when vigie stopped, and cannot go on.
    Lost {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        drill: DrillId,
        /// Why.
        why: WhyLost,
    },
}

/// Why an exercise cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyLost {
    /// Its row in the store cannot be read.
    #[serde(alias = "its row in the store cannot be read")]
    Row,
    /// This version cannot read its playbook.
    #[serde(alias = "this version cannot read its playbook")]
    Playbook,
}

/// What can happen to a source of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceFact {
    /// It cannot be read as it should.
    Trouble {
        /// Which.
        source: SourceName,
        /// Which file of it.
        file: String,
        /// What happened.
        what: Text,
        /// What to do about it.
        #[serde(default)]
        remedy: Text,
    },
    /// Its format was found out.
    Picked {
        /// Which.
        source: SourceName,
        /// The format.
        format: String,
    },
    /// A first line is not of its format; such lines are counted and looked at as they stand.
    Misread {
        /// Which.
        source: SourceName,
        /// The format.
        format: String,
        /// Why.
        why: String,
    },
    /// Its clock is ahead of this machine's; its lines count from when they arrive.
    Ahead {
        /// Which.
        source: SourceName,
        /// By so many seconds.
        seconds: i64,
    },
}

/// What can happen to the machine's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockFact {
    /// It was set back.
    SetBack {
        /// By so many seconds.
        seconds: i64,
    },
    /// It was set forward while vigie ran.
    SetForward {
        /// By so many seconds.
        seconds: i64,
    },
}

/// What can happen to the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoreFact {
    /// It was deleted while vigie ran, and put back with all it held.
    PutBack {},
    /// It cannot be written. Kept as soon as it can be.
    Trouble {
        /// What it said.
        why: String,
        /// What kind of trouble it is.
        #[serde(default)]
        cause: Cause,
    },
    /// It can be written again, and what waited in memory is kept.
    Well {},
    /// So much happened while it could not be written that not all of the ledger could wait: here entries are missing.
    Omitted {
        /// How many.
        entries: u64,
    },
    /// It was damaged, and is set aside: what could be read of it was taken over into a new one.
    SetAside {
        /// Its name now, in the state folder.
        file: String,
        /// What was wrong with it.
        why: String,
        /// The tables of which rows may be missing.
        tables: Vec<String>,
        /// Entries of the ledger that are missing, from the first to the last of each gap.
        missing: Vec<(u64, u64)>,
    },
    /// It was there once and is not any more; a new one was begun.
    Gone {
        /// Entries of the ledger that are missing, as far as it is known how many there were.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing: Vec<(u64, u64)>,
    },
    /// Rows of a table cannot be read; they are left as they are.
    Rows {
        /// The table.
        table: String,
        /// How many.
        rows: u64,
    },
    /// A row cannot be read; it is left as it is.
    Unreadable {
        /// Of which alert.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
    },
}

/// What can happen to the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RulesFact {
    /// The site's files were taken up as they are now.
    Reloaded(super::Reloaded),
    /// The site's files were not taken up.
    Refused {
        /// How many reasons there were.
        reasons: usize,
    },
    /// Windows are thrown away because there are too many.
    Evicted {
        /// How many so far.
        windows: u64,
        /// How many are kept at most.
        kept: usize,
    },
}

/// What can happen to vigie itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoreFact {
    /// Something that cannot be was met. It is a mistake in vigie.
    Inconsistent {
        /// Where, and what.
        what: String,
        /// About what.
        of: String,
    },
}

/// What can happen while old logs are looked through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScanFact {
    /// A file was looked through to its end.
    Read {
        /// What it is called in alerts.
        source: SourceName,
        /// Its format.
        format: String,
        /// How many lines.
        lines: u64,
        /// How many of them could not be read.
        malformed: u64,
        /// How many hits.
        hits: u64,
        /// Up to which byte.
        to: u64,
    },
}

fn nobody() -> PersonId {
    PersonId(String::new())
}

fn nothing() -> ChannelName {
    ChannelName(String::new())
}

impl Told {
    /// As it stands in the ledger: the fact, and beside its particulars by which account it was done.
    pub(crate) fn entry(&self) -> (String, Value) {
        let (kind, mut body) = self.fact.entry();
        if let (Value::Object(body), Ok(Value::Object(by))) = (&mut body, serde_json::to_value(&self.by)) {
            body.extend(by);
        }
        (kind, body)
    }
}

impl Fact {
    /// As it stands in the ledger: its kind, and its particulars as a JSON object.
    pub(crate) fn entry(&self) -> (String, Value) {
        let whole = serde_json::to_value(self).expect("a fact is plain data");
        let (group, said) = unwrapped(whole);
        let (name, body) = unwrapped(said);
        (format!("{group}.{name}"), body)
    }

    /// Reads a fact out of the ledger. Nothing where it is of a kind that this version does not know: an older or a newer
    /// one wrote it.
    pub fn read(kind: &str, body: &str) -> Option<Self> {
        let (group, name) = kind.split_once('.')?;
        let body: Value = serde_json::from_str(body).ok()?;
        let wrapped = |inner: Value| Value::Object(Map::from_iter([(group.to_owned(), inner)]));
        let named = Value::Object(Map::from_iter([(name.to_owned(), body)]));
        if kind == "drill.lost" {
            return serde_json::from_value(named).ok().map(Self::DrillItself);
        }
        // What has no particulars is written as a word alone.
        let word = Value::String(name.to_owned());
        serde_json::from_value(wrapped(named)).or_else(|_| serde_json::from_value(wrapped(word))).ok()
    }
}

/// The name and the content of a value that is written as an object of one member, or as a word.
fn unwrapped(value: Value) -> (String, Value) {
    match value {
        Value::Object(map) => map.into_iter().next().unwrap_or_default(),
        Value::String(word) => (word, Value::Object(Map::new())),
        _ => (String::new(), Value::Null),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(fact: &Fact) -> (String, String) {
        let (kind, body) = fact.entry();
        let body = body.to_string();
        assert_eq!(Fact::read(&kind, &body).as_ref(), Some(fact), "{kind} {body}");
        (kind, body)
    }

    #[test]
    fn a_fact_is_written_and_read_back() {
        let acked = Fact::Chain(ChainFact::Acked { alert: AlertId(3), by: "rssi".into() });
        assert_eq!(back(&acked), ("chain.acked".to_owned(), r#"{"alert":"A3","by":"rssi"}"#.to_owned()));
        assert_eq!(back(&Fact::Drill(play::Fact::Paused)), ("drill.paused".to_owned(), "{}".to_owned()));
        let lost = Fact::DrillItself(LostDrill::Lost { drill: DrillId(2), why: WhyLost::Row });
        assert_eq!(back(&lost), ("drill.lost".to_owned(), r#"{"drill":"D2","why":"row"}"#.to_owned()));
        assert_eq!(back(&Fact::Store(StoreFact::PutBack {})), ("store.put_back".to_owned(), "{}".to_owned()));
        let key = r#"{"alert":7,"key":{"lap":0,"step":1,"person":"rssi","channel":"mail","reason":"turn"}}"#;
        let purpose: Purpose = serde_json::from_str(&format!(r#"{{"climb":{key}}}"#)).unwrap();
        let owed =
            Fact::Page(PageFact::Owed { page: PageId(9), to: "rssi".into(), channel: "mail".into(), r#for: purpose });
        let body = format!(r#"{{"page":"P9","to":"rssi","channel":"mail","for":{{"climb":{key}}}}}"#);
        assert_eq!(back(&owed), ("page.owed".to_owned(), body));
    }

    #[test]
    fn what_earlier_versions_wrote_is_read() {
        for (kind, body) in [
            ("chain.step_skipped", r#"{"alert":"A1","lap":1,"step":2,"why":"nobody is on call"}"#),
            (
                "chain.replaced",
                r#"{"alert":"A1","from":"a","to":null,"why":"the chain is not in chains.yaml any more"}"#,
            ),
            ("page.delayed", r#"{"page":"P1","why":"451"}"#),
            ("page.cancelled", r#"{"page":"P1","to":"a","channel":"mail","proof":"x","attempts":0}"#),
            ("drill.lost", r#"{"drill":"D1","why":"this version cannot read its playbook"}"#),
            ("drill.resumed", "{}"),
            ("source.trouble", r#"{"source":"pacs","file":"f","what":{"fr":"a","en":"b"}}"#),
            (
                "rules.reloaded",
                r#"{"rules":57,"papers":60,"seal":"ab","new":1,"gone":0,"changed":2,"windows":3,"windows_before":3,"people":false}"#,
            ),
        ] {
            assert!(Fact::read(kind, body).is_some(), "{kind} {body}");
        }
        assert_eq!(Fact::read("moon.risen", "{}"), None);
        assert_eq!(Fact::read("nonsense", "{}"), None);
    }
}
