//! What the rest of the drill may ask of an inject, whatever its kind. What a kind does not say is as with most kinds.

use std::fmt;

use jiff::SignedDuration;

use super::burst::Burst;
use super::question::Question;
use crate::base::id::{DrillId, InjectId};
use crate::drill::play::effect::Effect;
use crate::drill::playbook::checking::Checking;
use crate::drill::playbook::players::Audience;

/// A kind of inject as written in a playbook.
pub(super) trait Written {
    /// What it means once checked.
    type Means: Means;

    /// Checks it, noting every mistake.
    fn check(self, checking: &mut Checking<'_>) -> Option<Self::Means>;

    /// The injects that it can lead to.
    fn leads_to(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The inject that is played, and in which drill.
#[derive(Debug, Clone, Copy)]
pub(in crate::drill) struct Scene<'a> {
    pub(in crate::drill) drill: DrillId,
    pub(in crate::drill) inject: &'a InjectId,
}

/// The means by which an inject reaches its aim.
pub(in crate::drill) trait Means: fmt::Debug {
    /// Who it is for; nobody where machines are.
    fn audience(&self) -> Option<&Audience> {
        None
    }

    /// The lines that it lets appear in a log.
    fn burst(&self) -> Option<&Burst> {
        None
    }

    /// What it asks the players to decide.
    fn question(&self) -> Option<&Question> {
        None
    }

    /// Whether it has reached the players only when the facilitator says so. A cast says so at once.
    fn waits_for_word(&self) -> bool {
        false
    }

    /// What the world must do when it is played, beside letting its lines appear.
    fn asks(&self, _: Scene<'_>) -> Option<Effect> {
        None
    }

    /// How long it takes, in script time.
    fn lasts(&self) -> SignedDuration {
        let over = self.burst().map(|burst| burst.over);
        over.or(self.question().map(|question| question.within)).unwrap_or_default()
    }

    /// Whether what is decided can lead to `inject`.
    fn leads_to(&self, inject: &InjectId) -> bool {
        self.question()
            .is_some_and(|question| question.answers.iter().any(|answer| answer.next.as_ref() == Some(inject)))
    }
}
