//! What an escalation asks of the world, and what it has to say for the ledger.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::id::{ChannelName, DutyId, PersonId};
use crate::base::language::{Language, Text};
use crate::words::chain as words;

/// What names one page of one escalation for ever: the same key twice is the same page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PageKey {
    /// The round: which time the chain is gone through, from 0.
    #[serde(rename = "lap")]
    pub round: u32,
    /// Step, from 0.
    pub step: usize,
    /// Who.
    pub person: PersonId,
    /// By which channel.
    pub channel: ChannelName,
    /// Why.
    pub reason: PageReason,
}

impl PageKey {
    /// Whether it is news: a turn of the first round, a declaration, the last resort. All others ask again.
    pub(crate) fn is_first(&self) -> bool {
        match self.reason {
            PageReason::Turn => self.round == 0,
            PageReason::Duty(_) | PageReason::LastResort => true,
            PageReason::Reack(_) => false,
        }
    }
}

/// Why a page is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PageReason {
    /// It is this person's turn.
    Turn,
    /// They acknowledged, and the alert is still open after the chain's `reack`. Counts how often, from 1.
    Reack(u32),
    /// They own a declaration.
    Duty(DutyId),
    /// Nobody answered at all: the last resort channel.
    LastResort,
}

/// What the world must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Page somebody.
    Page(PageKey),
    /// Do not send this page any more if it is still waiting.
    Cancel(PageKey),
    /// Something to write in the ledger.
    Fact(Fact),
}

/// What an escalation has to say for the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A step was reached.
    StepReached {
        /// The round: which time the chain is gone through, from 0.
        #[serde(rename = "lap")]
        round: u32,
        /// Step, from 0.
        step: usize,
        /// Who is told there.
        person: PersonId,
    },
    /// A step was skipped at once.
    StepSkipped {
        /// The round: which time the chain is gone through, from 0.
        #[serde(rename = "lap")]
        round: u32,
        /// Step, from 0.
        step: usize,
        /// Why.
        why: Skip,
    },
    /// A step's time passed without an answer.
    StepUnanswered {
        /// The round: which time the chain is gone through, from 0.
        #[serde(rename = "lap")]
        round: u32,
        /// Step, from 0.
        step: usize,
        /// Who did not answer.
        person: PersonId,
    },
    /// Somebody has it.
    Acked {
        /// Who.
        by: PersonId,
    },
    /// The acknowledgement is old and the alert still open: asked again.
    ReackAsked {
        /// Who is asked.
        of: PersonId,
    },
    /// Asked again, they did not answer, or could not be asked: the next round begins at the first step.
    ReackUnanswered {
        /// Who was asked.
        of: PersonId,
    },
    /// A declaration was put in somebody's hands.
    DutyGiven {
        /// What to declare.
        duty: DutyId,
        /// Who must declare it.
        owner: PersonId,
    },
    /// The chain's end was reached and nobody answered.
    Exhausted,
    /// The alert is over.
    Resolved,
}

/// Why a step was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// The rota has nobody at that instant.
    #[serde(alias = "nobody is on call")]
    NobodyOnCall,
    /// None of the step's channels leads to the person.
    #[serde(alias = "no channel leads to this person")]
    NobodyReachable,
    /// Every channel refused the page for good.
    #[serde(alias = "every channel refused the page")]
    NoChannelTook,
    /// The step before has just paged the same person by the same channels.
    #[serde(alias = "this person has just been paged")]
    JustPaged,
}

impl Skip {
    /// The words shown to people.
    pub(crate) fn said(self) -> Text {
        match self {
            Self::NobodyOnCall => words::nobody_on_call(),
            Self::NobodyReachable => words::nobody_reachable(),
            Self::NoChannelTook => words::no_channel_took(),
            Self::JustPaged => words::just_paged(),
        }
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.said().get(Language::En))
    }
}
