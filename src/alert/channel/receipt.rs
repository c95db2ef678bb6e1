//! What became of one attempt to send a letter.

use crate::base::language::Text;
use crate::base::redact::redact;

/// What became of one attempt to send a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// The peer took it. Not yet read by anybody.
    Accepted {
        /// What the peer said, or where the letter is now: kept in the ledger.
        proof: Text,
    },
    /// It lies where its peer takes letters from, and is still to be taken: [`Channel::look`](super::Channel::look) tells.
    Spooled {
        /// Where.
        proof: Text,
    },
    /// Not now; another attempt may work.
    Retry {
        /// Why.
        reason: Text,
        /// Whether the peer may have taken it all the same: the next attempt is marked as a possible repeat.
        ambiguous: bool,
    },
    /// Not now, for a reason that lies with its recipient, such as a full mailbox: the channel works.
    Postponed {
        /// Why.
        reason: Text,
    },
    /// The channel itself could not be opened: no letter leaves by it.
    Shut {
        /// Why.
        reason: Text,
    },
    /// Never: another attempt of the same letter would end the same way.
    Refused {
        /// Why.
        reason: Text,
    },
}

impl Receipt {
    /// The peer took it. Peers repeat addresses and numbers: they are taken out.
    pub(super) fn accepted(proof: Text) -> Self {
        Self::Accepted { proof: clean(proof) }
    }

    /// Left for the peer, and not yet taken.
    pub(super) fn spooled(proof: Text) -> Self {
        Self::Spooled { proof: clean(proof) }
    }

    /// Not now, and surely not taken.
    pub(super) fn retry(reason: Text) -> Self {
        Self::Retry { reason: clean(reason), ambiguous: false }
    }

    /// Perhaps taken, perhaps not.
    pub(super) fn unclear(reason: Text) -> Self {
        Self::Retry { reason: clean(reason), ambiguous: true }
    }

    /// Whether the letter may have arrived.
    pub(crate) fn may_have_arrived(&self) -> bool {
        match self {
            Self::Accepted { .. } | Self::Spooled { .. } => true,
            Self::Retry { ambiguous, .. } => *ambiguous,
            Self::Postponed { .. } | Self::Shut { .. } | Self::Refused { .. } => false,
        }
    }

    /// Not now, by this recipient.
    pub(super) fn postponed(reason: Text) -> Self {
        Self::Postponed { reason: clean(reason) }
    }

    /// Never.
    pub(super) fn refused(reason: Text) -> Self {
        Self::Refused { reason: clean(reason) }
    }
}

/// A text without what must not be kept.
fn clean(text: Text) -> Text {
    let clean = |words: String| redact(&words).into_owned();
    Text { fr: text.fr.map(clean), en: text.en.map(clean) }
}
