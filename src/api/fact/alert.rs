//! What can happen to an alert.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::shown;
use crate::alert::{Alert, Detection, Muted, Qualification, Why, WhyUnmuted};
use crate::base::id::{AlertId, ChainId, PersonId, RuleId, SourceName};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::base::redact::Clean;

/// What can happen to an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertFact {
    /// It was raised.
    Raised {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// The rule that matched; nothing for an alert raised by hand.
        rule: Option<RuleId>,
        /// How serious it is.
        level: Level,
        /// What happened.
        title: Text,
        /// What it is about.
        subject: Vec<(String, Clean)>,
        /// Where it comes from.
        source: Option<SourceName>,
        /// The chain it follows.
        #[serde(default)]
        chain: Option<ChainId>,
        /// Who wrote the rule, where that is kept beside it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author: Option<String>,
        /// What raised it, where it was not the daemon: `scan`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
    /// Something more was found that belongs to it.
    Joined {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// The number of what joined it.
        number: u64,
        /// The rule that found it.
        rule: Option<RuleId>,
        /// How serious that is.
        level: Level,
        /// What it is about.
        subject: Vec<(String, Clean)>,
        /// Why it joined this alert.
        why: Option<Why>,
    },
    /// It got graver by what joined it.
    Graver {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// How serious it is now.
        level: Level,
    },
    /// It went on after its end.
    Reopened {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
    },
    /// Something keeps people from being told of it.
    Muted {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// What, and until when.
        muted: Muted,
    },
    /// Nothing keeps people from being told of it any more.
    Unmuted {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Why.
        why: WhyUnmuted,
    },
    /// Somebody said what it is.
    Qualified {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// What they said.
        said: Qualification,
    },
    /// Parts of it were taken out into one of their own.
    Split {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// The number of the new one.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        into: AlertId,
        /// Who did it.
        by: PersonId,
        /// The numbers of the parts.
        parts: Vec<u64>,
    },
    /// What was told of it is wrong.
    Erratum {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Who says so.
        by: PersonId,
        /// What is right.
        text: String,
    },
    /// A first gesture is done.
    Ticked {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Which of the list, from 1.
        number: usize,
        /// What that is.
        gesture: Text,
        /// Who did it.
        by: PersonId,
    },
    /// A first gesture is not done after all.
    Unticked {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Which of the list, from 1.
        number: usize,
        /// What that is.
        gesture: Text,
        /// Who says so.
        by: PersonId,
    },
    /// Further subjects of its rule join it from now on, as versions before said.
    StandsForOthers {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// The rule.
        rule: Option<RuleId>,
    },
    /// It is over.
    Resolved {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        alert: AlertId,
        /// Who or what said so.
        by: String,
        /// Why, in their words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}

impl AlertFact {
    /// That `alert` was raised, and by what, where it was not the daemon.
    pub(crate) fn raised(alert: &Alert, by: Option<String>) -> Self {
        Self::Raised {
            alert: alert.id,
            rule: alert.rule.clone(),
            level: alert.level,
            title: alert.title.clone(),
            subject: alert.subject.clone(),
            source: alert.source.clone(),
            chain: alert.chain.clone(),
            author: alert.author.clone().filter(|_| by.is_some()),
            by,
        }
    }
}

impl AlertFact {
    /// That something joined an alert as its `number`th detection.
    pub(crate) fn joined(alert: AlertId, number: u64, detection: &Detection) -> Self {
        Self::Joined {
            alert,
            number,
            rule: detection.rule.clone(),
            level: detection.level,
            subject: detection.subject.clone(),
            why: detection.joined.clone(),
        }
    }
}
