//! What an escalation asks of the world, and what it has to say for the ledger.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::id::{ChainId, ChannelName, DutyId, PersonId};
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
    /// Whether it is news to its person. All others say again, or say more.
    pub(crate) fn is_first(&self) -> bool {
        match self.reason {
            PageReason::Turn
            | PageReason::Graver(_)
            | PageReason::Handed(_)
            | PageReason::OnDuty(_)
            | PageReason::Erratum(_)
            | PageReason::Duty(_)
            | PageReason::LastResort => true,
            PageReason::Again(_)
            | PageReason::Reack(_)
            | PageReason::Update(_)
            | PageReason::Taken(_)
            | PageReason::Relieved(_)
            | PageReason::Over(_) => false,
        }
    }
}

/// Why a page is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PageReason {
    /// It is this person's turn.
    Turn,
    /// It is this person's turn once more, or still. Counts how often somebody was told again, from 1.
    Again(u32),
    /// They have it, and it got graver: they are asked anew. Counts the questions, as the next two do.
    Graver(u32),
    /// Who had it hands it on to them.
    Handed(u32),
    /// They acknowledged, and the alert is still open after the chain's `reack`. Counts how often, from 1.
    Reack(u32),
    /// They have it, and there is more of it. Counts what was told beside the questions, as the next two do.
    Update(u32),
    /// They were told, and somebody else has it now.
    Taken(u32),
    /// Their turn is over.
    Relieved(u32),
    /// Their turn began, and somebody has it.
    OnDuty(u32),
    /// They were told, and it is over.
    Over(u32),
    /// They were told something wrong.
    Erratum(u32),
    /// They own a declaration.
    Duty(DutyId),
    /// Nobody answered at all: the last resort channel.
    LastResort,
}

impl PageReason {
    /// Whether nothing is asked: whoever gets it only knows more.
    pub(crate) fn is_notice(&self) -> bool {
        matches!(self, Self::Update(_) | Self::Taken(_) | Self::Relieved(_) | Self::OnDuty(_) | Self::Over(_))
    }

    /// Which question it asks, of all that are asked about an alert; nothing where it asks none.
    pub(crate) fn question(&self) -> Option<u32> {
        match self {
            Self::Turn | Self::Again(_) => Some(0),
            Self::Graver(number) | Self::Handed(number) | Self::Reack(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether it is somebody's turn, once more or not.
    pub(super) fn is_turn(&self) -> bool {
        matches!(self, Self::Turn | Self::Again(_))
    }

    /// Whether it asks somebody to say "I have it".
    pub(crate) fn asks(&self) -> bool {
        !self.is_notice() && !matches!(self, Self::Duty(_) | Self::LastResort | Self::Erratum(_))
    }
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
    /// All steps were gone through, and nobody has it.
    RoundOver,
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
    /// It got graver, and is asked about anew.
    Graver {
        /// The chain it follows from now on.
        chain: ChainId,
    },
    /// The turn of whoever was waited for, or has it, passed on.
    Relieved {
        /// Whose turn is over.
        of: PersonId,
        /// Whose turn it is.
        by: PersonId,
    },
    /// Who has it hands it on.
    HandedOn {
        /// To whom.
        to: PersonId,
    },
    /// Who has it wants to be asked again later.
    Snoozed {
        /// Who.
        by: PersonId,
        /// When.
        until: Timestamp,
    },
    /// It is out of the chain's hours.
    Waits {
        /// Until then.
        until: Timestamp,
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
    /// This person raised the alert.
    Raiser,
    /// It is out of the step's hours.
    OutOfHours,
    /// This person wants peace at this hour, and the chain allows it.
    Quiet,
}

impl Skip {
    /// The words shown to people.
    pub(crate) fn said(self) -> Text {
        match self {
            Self::NobodyOnCall => words::nobody_on_call(),
            Self::NobodyReachable => words::nobody_reachable(),
            Self::NoChannelTook => words::no_channel_took(),
            Self::JustPaged => words::just_paged(),
            Self::Raiser => words::raiser(),
            Self::OutOfHours => words::out_of_hours(),
            Self::Quiet => words::quiet(),
        }
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.said().get(Language::En))
    }
}
