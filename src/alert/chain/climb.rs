//! One alert on its way up a chain.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::definition::{Chain, Pace};
use crate::alert::oncall::Roster;
use crate::base::id::{ChainId, ChannelName, DutyId, PersonId};

/// How long a group of channels has to be accepted by its peers before the next group is tried.
pub const FALLBACK_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// What names one page of one climb for ever: the same key twice is the same page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PageKey {
    /// Which time the chain is climbed, from 0.
    pub lap: u32,
    /// Rung, from 0.
    pub step: usize,
    /// Who.
    pub person: PersonId,
    /// By which channel.
    pub channel: ChannelName,
    /// Why.
    pub reason: PageReason,
}

/// Why a page is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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

/// What happens to a climb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Time has passed; nothing else.
    Clock,
    /// Somebody said "I have it".
    Acked {
        /// Who.
        by: PersonId,
    },
    /// A page reached its peer, or never will.
    Receipt {
        /// Which page.
        page: PageKey,
        /// What became of it.
        outcome: Outcome,
    },
    /// Somebody asks to go on to the next rung now, acknowledged or not.
    Escalate,
    /// The alert is over.
    Resolved,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The peer took it.
    Accepted,
    /// It will never be taken.
    Failed,
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

/// What a climb has to say for the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A rung was reached.
    StepReached {
        /// Which time the chain is climbed, from 0.
        lap: u32,
        /// Rung, from 0.
        step: usize,
        /// Who is told there.
        person: PersonId,
    },
    /// A rung had nobody, or nobody reachable, and was skipped at once.
    StepSkipped {
        /// Which time the chain is climbed, from 0.
        lap: u32,
        /// Rung, from 0.
        step: usize,
        /// Why, for the ledger.
        why: String,
    },
    /// A rung's time passed without an answer.
    StepUnanswered {
        /// Which time the chain is climbed, from 0.
        lap: u32,
        /// Rung, from 0.
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

/// Where a climb stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waiting for somebody to answer.
    Climbing,
    /// Somebody has it.
    Acked {
        /// Who.
        by: PersonId,
        /// Since when.
        at: Timestamp,
    },
    /// Nobody answered up to the end. An acknowledgement still counts.
    Exhausted,
    /// Over.
    Resolved,
}

/// One alert on its way up. Kept whole as JSON; all instants are absolute, so a machine that slept still escalates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Climb {
    /// The chain it climbs.
    pub chain: ChainId,
    /// Where it stands.
    pub status: Status,
    /// The fastness of its clock.
    pub pace: Pace,
}

impl Climb {
    /// Sets out on `chain` at `now`: the first rung is paged at once.
    pub fn start(_chain: &Chain, _roster: &Roster, _pace: Pace, _now: Timestamp) -> (Self, Vec<Effect>) {
        unreachable!("to be written")
    }

    /// Takes one input. Inputs that come late, twice or in any order are harmless.
    pub fn step(&mut self, _chain: &Chain, _roster: &Roster, _now: Timestamp, _input: Input) -> Vec<Effect> {
        unreachable!("to be written")
    }

    /// When to come back with [`Input::Clock`], if nothing happens before.
    pub fn deadline(&self) -> Option<Timestamp> {
        unreachable!("to be written")
    }
}
