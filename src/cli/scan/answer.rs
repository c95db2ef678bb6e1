//! What is asked of `vigie scan --explain`, and what it answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::base::id::RuleId;
use crate::watch::event::Logsource;
use crate::watch::format::Format;
use crate::watch::sigma::explain::counting::Counting;
use crate::watch::sigma::explain::{Distance, Explanation};
use crate::watch::sigma::rule::Rule;

/// What is asked.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) rule: Arc<Rule>,
    /// The one line to explain; without it, matches and the nearest misses.
    pub(super) line: Option<u64>,
    pub(super) format: Format,
    pub(super) zone: TimeZone,
    /// What kind of log all of it is, where that was said.
    pub(super) own: Option<Logsource>,
}

/// What one file says about a rule.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    pub(super) file: String,
    pub(super) rule: RuleId,
    /// Why the rule cannot match at all.
    pub(super) not_armed: Option<String>,
    pub(super) lines: u64,
    pub(super) events: u64,
    pub(super) malformed: u64,
    pub(super) first_malformed: Option<&'static str>,
    /// The logs that were seen, and how many events of each.
    pub(super) logs: BTreeMap<String, u64>,
    /// How often the rule itself matched.
    pub(super) matches: u64,
    /// What correlations counted, the one asked for first.
    pub(super) counted: Vec<Counting>,
    /// The rule over single events that was asked for, or those that the correlation counts.
    pub(super) rules: Vec<Looked>,
}

/// What one rule over single events made of a file.
#[derive(Debug, Serialize)]
pub(super) struct Looked {
    pub(super) rule: RuleId,
    /// The log source it is for.
    pub(super) logs: String,
    /// How many events were of its log source.
    pub(super) events: u64,
    /// How many of them matched.
    pub(super) matched: u64,
    /// The first matches, then the nearest misses, or the one line that was asked for.
    pub(super) explained: Vec<Explained>,
    #[serde(skip)]
    pub(super) misses: Vec<(Distance, Explained)>,
}

/// One event, and why the rule holds for it or not.
#[derive(Debug, Serialize)]
pub(super) struct Explained {
    pub(super) line: u64,
    pub(super) time: Timestamp,
    /// What kind of log it is from, and whether that is what the rule is for.
    pub(super) logs: String,
    pub(super) of_its_logs: bool,
    #[serde(flatten)]
    pub(super) why: Explanation,
}
