//! What became of one attempt to send a letter.

use crate::base::redact::redact;

/// What became of one attempt to send a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// The peer took it. Not yet read by anybody.
    Accepted {
        /// What the peer said, or where the letter is now: kept in the ledger.
        proof: String,
    },
    /// Not now; another attempt may work.
    Retry {
        /// Why.
        reason: String,
        /// Whether the peer may have taken it all the same: the next attempt is marked as a possible repeat.
        ambiguous: bool,
    },
    /// Never: another attempt of the same letter would end the same way.
    Refused {
        /// Why.
        reason: String,
    },
}

impl Receipt {
    /// The peer took it. Peers repeat addresses and numbers: they are taken out.
    pub(super) fn accepted(proof: &str) -> Self {
        Self::Accepted { proof: redact(proof).into_owned() }
    }

    /// Not now, and surely not taken.
    pub(super) fn retry(reason: &str) -> Self {
        Self::Retry { reason: redact(reason).into_owned(), ambiguous: false }
    }

    /// Perhaps taken, perhaps not.
    pub(super) fn unclear(reason: &str) -> Self {
        Self::Retry { reason: redact(reason).into_owned(), ambiguous: true }
    }

    /// Never.
    pub(super) fn refused(reason: &str) -> Self {
        Self::Refused { reason: redact(reason).into_owned() }
    }
}
