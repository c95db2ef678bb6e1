//! A chain as its author means it, after checking.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::reach::Reach;
use crate::alert::oncall::{Hours, Target};
use crate::base::id::{ChainId, ChannelName, DutyId, PersonId};
use crate::base::level::Level;

/// Who is told, in which order, for which alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The name used in the site's files.
    pub id: ChainId,
    /// The levels whose alerts take it. A level that no chain names takes the chain of the next lower one.
    pub levels: BTreeSet<Level>,
    /// The steps, from the first.
    pub steps: Vec<Step>,
    /// What happens behind the last step.
    pub unanswered: Unanswered,
    /// When people are told; at any hour where there is nothing.
    pub hours: Option<Hours>,
    /// Whether people are passed over at the hours at which they want peace.
    pub respects_quiet: bool,
    /// After this long an acknowledged but unresolved alert is asked about again; nothing for never.
    pub reack: Option<SignedDuration>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who: a person to notify or the owner of a duty.
    pub to: Target,
    /// What is asked of them.
    pub kind: StepKind,
    /// Groups of channels. All of a group are used at once; the next group only if none of this one was accepted
    /// within [`super::FALLBACK_AFTER`].
    pub by: Vec<Vec<ChannelName>>,
    /// How long to wait for an acknowledgement before the next step.
    pub ack: SignedDuration,
    /// When it is asked; passed over at other hours.
    pub hours: Option<Hours>,
}

impl Step {
    /// The groups of its channels that lead to `person`.
    pub(crate) fn ways(&self, reach: &Reach, person: &PersonId) -> Vec<Vec<ChannelName>> {
        self.by
            .iter()
            .map(|group| group.iter().filter(|channel| reach.has(person, channel)).cloned().collect::<Vec<_>>())
            .filter(|group| !group.is_empty())
            .collect()
    }
}

/// What a step asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// Look at the alert and say "I have it".
    Notify,
    /// Declare it to an authority. The owner is told as soon as somebody has the alert, or once the escalation comes by;
    /// the authority never is, it has no address here. Nothing waits for this step.
    Declare(DutyId),
}

/// What happens when nobody answered up to the last step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unanswered {
    /// How many more rounds there are.
    pub repeat: u32,
    /// The channel on which the alert is put at the very end (a printer, a folder), addressed to the first step.
    pub then: Option<ChannelName>,
}

/// How fast an exercise runs: 60 means a minute of the script passes in a second. Real alerts always run at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Pace(u32);

impl Pace {
    /// Real time.
    pub(crate) const REAL: Self = Self(1);
    /// The fastest pace offered.
    pub const MAX: u32 = 3600;

    /// A pace from 1 to [`Pace::MAX`].
    pub fn new(factor: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&factor).then_some(Self(factor))
    }

    /// The factor.
    pub(crate) fn factor(self) -> u32 {
        self.0
    }

    /// How long a duration of the script takes in real time.
    pub(crate) fn real(self, scripted: SignedDuration) -> SignedDuration {
        let factor = i128::from(self.0);
        SignedDuration::from_nanos_i128(scripted.as_nanos() / factor)
    }

    /// How much of the script passes in a real duration.
    pub(crate) fn scripted(self, real: SignedDuration) -> SignedDuration {
        SignedDuration::from_nanos_i128(real.as_nanos() * i128::from(self.0))
    }
}
