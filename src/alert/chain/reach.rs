//! Which channels lead to whom. Worked out beforehand from addresses, which a chain must not know.

use std::collections::BTreeSet;

use crate::base::id::{ChannelName, PersonId};

/// The pairs of a person and a channel by which they can be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach(BTreeSet<(PersonId, ChannelName)>);

impl Reach {
    /// Whether `channel` leads to `person`.
    pub(crate) fn has(&self, person: &PersonId, channel: &ChannelName) -> bool {
        self.0.contains(&(person.clone(), channel.clone()))
    }
}

impl FromIterator<(PersonId, ChannelName)> for Reach {
    fn from_iter<I: IntoIterator<Item = (PersonId, ChannelName)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}
