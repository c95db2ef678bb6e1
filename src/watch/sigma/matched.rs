//! What comes out: one rule that matched, and what whoever is told must know of it.
//!
//! All of it may be shown: it passed [`crate::watch::record::Record::show`], is one visible line and bounded.

use std::sync::Arc;

use jiff::Timestamp;

use super::rule::Rule;
use crate::base::language::Text;
use crate::base::redact::Clean;
use crate::base::tie::Tie;

/// One rule matching.
#[derive(Debug, Clone)]
pub struct Match {
    /// The rule.
    pub rule: Arc<Rule>,
    /// When the event happened that made it match.
    pub time: Timestamp,
    /// Who or what it is about: names of fields and their values. For a correlation, what it groups by. Where a rule names
    /// nothing, or nothing that the event has, it is the event's machine, account and address.
    pub subject: Arc<[(String, Clean)]>,
    /// What stands for the subject as it was written, where something was taken out of it: a keyed hash, so that two of whom
    /// nobody may be named are two.
    pub(crate) whose: Option<u128>,
    /// What the rule looked for and found: names of fields and what the event has there. Beside a correlation, those of the
    /// rule that it counted last. None where whoever counted did not want to know ([`super::Engine::count`]).
    pub fields: Vec<(String, Clean)>,
    /// The line itself, or its beginning; the whole record where that goes over several. Nothing where no event made it
    /// match, or nobody wanted to know.
    pub line: Option<Clean>,
    /// The machines, accounts and addresses that have a part in it. None where nobody wanted to know.
    pub ties: Vec<Tie>,
    /// How many events it stands for that no match before stood for. Of a correlation at least so many: of several that are
    /// the same to it, it remembers one.
    pub events: u64,
    /// When the first of them happened that the correlation still looks at.
    pub(crate) began: Timestamp,
    /// Whether it only says that a condition still holds, which was told when it became true. Whoever lists or counts what
    /// was found leaves it out.
    pub goes_on: bool,
    /// What else whoever is told must know, where there is something: that nobody at all is heard of any more, or that
    /// vigie did not look for a while.
    pub(crate) note: Option<Text>,
}

impl Match {
    /// A match of one event, of which nothing more is known yet.
    pub(crate) fn new(rule: &Arc<Rule>, time: Timestamp, subject: impl Into<Arc<[(String, Clean)]>>) -> Self {
        Self {
            rule: Arc::clone(rule),
            time,
            subject: subject.into(),
            whose: None,
            fields: Vec::new(),
            line: None,
            ties: Vec::new(),
            events: 1,
            began: time,
            goes_on: false,
            note: None,
        }
    }
}
