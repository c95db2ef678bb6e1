//! Which channels lead to whom. Worked out beforehand from addresses, which a chain must not know.

use std::collections::BTreeSet;

use crate::base::id::{ChannelName, PersonId};

/// The pairs of a person and a channel by which they can be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    pairs: BTreeSet<(PersonId, ChannelName)>,
    /// Channels that wake nobody: what needs no answer goes there.
    quiet: BTreeSet<ChannelName>,
    /// Channels that lead to a place and not to a person.
    places: BTreeSet<ChannelName>,
}

impl Reach {
    /// Whether `channel` leads to `person`.
    pub(crate) fn has(&self, person: &PersonId, channel: &ChannelName) -> bool {
        self.pairs.contains(&(person.clone(), channel.clone()))
    }

    /// With what is known of channels.
    pub(crate) fn knowing(self, quiet: BTreeSet<ChannelName>, places: BTreeSet<ChannelName>) -> Self {
        Self { quiet, places, ..self }
    }

    /// How to tell a person who was told by `by` something that they need not answer: by a channel that wakes nobody,
    /// else as before. Nothing where that was no way to themselves.
    pub(super) fn quiet_way(&self, person: &PersonId, by: &BTreeSet<ChannelName>) -> Option<ChannelName> {
        let quiet = self.quiet.iter().find(|channel| self.has(person, channel));
        let as_before = by.iter().find(|channel| self.has(person, channel) && !self.is_place(channel));
        quiet.or(as_before).cloned()
    }

    /// Whether `channel` leads to a place and not to a person.
    pub(super) fn is_place(&self, channel: &ChannelName) -> bool {
        self.places.contains(channel)
    }
}

impl FromIterator<(PersonId, ChannelName)> for Reach {
    fn from_iter<I: IntoIterator<Item = (PersonId, ChannelName)>>(pairs: I) -> Self {
        Self { pairs: pairs.into_iter().collect(), ..Self::default() }
    }
}
