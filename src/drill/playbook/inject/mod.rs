//! The kinds of stimulus, one file for each. To add one: its file, a line in each of the tables below.

mod decision;
mod log;
mod message;
mod phone;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use decision::{Decision, DecisionOption};
pub use log::Log;
pub use message::Message;
pub use phone::Phone;

use super::checking::Checking;
use super::script::Audience;
use crate::base::id::InjectId;
use crate::base::language::Language;

/// What an inject does, as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum DeedWritten {
    /// Write lines into a log, where the real rules read them.
    Log(log::LogWritten),
    /// Send a message to players.
    Message(message::MessageWritten),
    /// Have the facilitator call players and read out a script.
    Phone(phone::PhoneWritten),
    /// Ask players for a decision.
    Decision(decision::DecisionWritten),
}

impl DeedWritten {
    pub(super) fn check(self, checking: &mut Checking<'_>) -> Option<Deed> {
        match self {
            Self::Log(written) => written.check(checking).map(Deed::Log),
            Self::Message(written) => Some(Deed::Message(written.check(checking))),
            Self::Phone(written) => Some(Deed::Phone(written.check(checking))),
            Self::Decision(written) => Some(Deed::Decision(written.check(checking))),
        }
    }

    /// The injects that options of this one lead to.
    pub(super) fn leads_to(&self) -> Vec<String> {
        match self {
            Self::Decision(decision) => decision.leads_to(),
            _ => Vec::new(),
        }
    }
}

/// What an inject does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Writes lines into a log, where the real rules read them.
    Log(Log),
    /// Sends a message to players.
    Message(Message),
    /// Has the facilitator call players and read out a script.
    Phone(Phone),
    /// Asks players for a decision.
    Decision(Decision),
}

/// The kind of an inject, without what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeedKind {
    /// Log lines.
    Log,
    /// A message.
    Message,
    /// A telephone call.
    Phone,
    /// A decision to take.
    Decision,
}

impl Deed {
    /// Its kind.
    pub fn kind(&self) -> DeedKind {
        match self {
            Self::Log(_) => DeedKind::Log,
            Self::Message(_) => DeedKind::Message,
            Self::Phone(_) => DeedKind::Phone,
            Self::Decision(_) => DeedKind::Decision,
        }
    }

    /// Who it is for; nobody for log lines.
    pub fn audience(&self) -> Option<&Audience> {
        match self {
            Self::Log(_) => None,
            Self::Message(message) => Some(&message.to),
            Self::Phone(phone) => Some(&phone.to),
            Self::Decision(decision) => Some(&decision.to),
        }
    }

    /// How long it takes, in script time.
    pub fn lasts(&self) -> SignedDuration {
        match self {
            Self::Log(log) => log.over,
            Self::Decision(decision) => decision.within,
            Self::Message(_) | Self::Phone(_) => SignedDuration::ZERO,
        }
    }

    pub(super) fn leads_to(&self, inject: &InjectId) -> bool {
        match self {
            Self::Decision(decision) => decision.options.iter().any(|option| option.next.as_ref() == Some(inject)),
            _ => false,
        }
    }
}

impl DeedKind {
    /// The word shown to a person.
    pub fn label(self, language: Language) -> &'static str {
        match self {
            Self::Log => language.pick("journal", "log"),
            Self::Message => language.pick("message", "message"),
            Self::Phone => language.pick("appel", "call"),
            Self::Decision => language.pick("décision", "decision"),
        }
    }
}
