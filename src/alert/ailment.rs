//! What vigie itself suffers: a store that cannot be written, a channel that nobody answers on, a source that fell
//! silent. People hear of it as of an attack: by an alert, up a chain, by whatever channels still work.

use crate::base::language::Text;
use crate::base::level::Level;

/// Before the name of a source, where it is a source that suffers.
pub(crate) const OF_SOURCE: &str = "source:";

/// Something that vigie suffers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ailment {
    /// What suffers, such as `store` or `channel:sms`: one open alert for each.
    pub(crate) of: String,
    /// How serious it is.
    pub(crate) level: Level,
    /// What happened, in few words.
    pub(crate) title: Text,
    /// What it means, and what to do about it.
    pub(crate) description: Text,
}
