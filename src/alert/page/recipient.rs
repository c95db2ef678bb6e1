//! Whom a page goes to, and how it gets there.

use crate::alert::medium::Address;
use crate::base::id::{ChannelName, PersonId};

/// Whom a page goes to, and how it gets there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// To whom.
    pub person: PersonId,
    /// By which channel.
    pub channel: ChannelName,
    /// Where to.
    pub address: Address,
}
