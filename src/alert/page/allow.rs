//! Who may be reached in an exercise, and at which address. What is not listed is not reached: no block list can be
//! forgotten.

use std::collections::BTreeMap;

use super::recipient::Recipient;
use crate::alert::medium::{Address, Medium};
use crate::base::id::{ChannelName, PersonId};

/// The `drills:` part of a site: channels an exercise may use, and the addresses it may use there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowList {
    /// In the order in which they are tried.
    channels: Vec<(ChannelName, Medium)>,
    addresses: BTreeMap<(PersonId, Medium), Address>,
}

/// The proof that an exercise may reach somebody: the only way to a [`Page<Drill>`](super::Page). Made by
/// [`AllowList::admit`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted(Recipient);

impl Admitted {
    /// Where to.
    pub fn address(&self) -> &Address {
        &self.0.address
    }

    pub(super) fn into_recipient(self) -> Recipient {
        self.0
    }
}

impl AllowList {
    /// A list that admits nobody.
    pub fn nobody() -> Self {
        Self::default()
    }

    /// Lists a channel that an exercise may use, and what it needs to know of a person. A message takes the first one
    /// listed that leads to its person.
    pub fn allow(&mut self, channel: ChannelName, medium: Medium) {
        self.channels.retain(|(listed, _)| *listed != channel);
        self.channels.push((channel, medium));
    }

    /// The first channel listed that leads to `person` in an exercise.
    pub(crate) fn first(&self, person: &PersonId) -> Option<&ChannelName> {
        let leads = |(channel, medium): &&(ChannelName, Medium)| self.admit(person, channel, *medium).is_some();
        self.channels.iter().find(leads).map(|(channel, _)| channel)
    }

    /// Lists the address at which an exercise reaches `person` by media of this address's kind. Listed again, the
    /// later address counts.
    pub fn list(&mut self, person: PersonId, address: Address) {
        self.addresses.insert((person, address.medium()), address);
    }

    /// Whether an exercise may reach `person` by `channel`. Media with addresses need one that is listed; the person's
    /// real address never stands in for it.
    pub fn admit(&self, person: &PersonId, channel: &ChannelName, medium: Medium) -> Option<Admitted> {
        if !self.channels.iter().any(|(listed, needs)| (listed, *needs) == (channel, medium)) {
            return None;
        }
        let listed = self.addresses.get(&(person.clone(), medium)).cloned();
        let address = medium.shared_address().or(listed)?;
        Some(Admitted(Recipient { person: person.clone(), channel: channel.clone(), address }))
    }
}
