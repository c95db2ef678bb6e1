//! Who may be reached in an exercise, and at which address. What is not listed is not reached: no block list can be
//! forgotten.

use std::collections::BTreeMap;

use super::address::{Address, Medium};
use crate::base::id::{ChannelName, PersonId};

/// The `drills:` part of a site: channels an exercise may use, and the addresses it may use there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowList {
    channels: BTreeMap<ChannelName, Medium>,
    addresses: BTreeMap<(PersonId, Medium), Address>,
}

/// The proof that an exercise may reach somebody: the only way to a [`Page<Drill>`](super::Page). Made by
/// [`AllowList::admit`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    person: PersonId,
    channel: ChannelName,
    address: Address,
}

impl Admitted {
    /// Where to.
    pub fn address(&self) -> &Address {
        &self.address
    }

    pub(super) fn into_parts(self) -> (PersonId, ChannelName, Address) {
        (self.person, self.channel, self.address)
    }
}

impl AllowList {
    /// A list that admits nobody.
    pub fn nobody() -> Self {
        Self::default()
    }

    /// Lists a channel that an exercise may use, and what it needs to know of a person.
    pub fn allow(&mut self, channel: ChannelName, medium: Medium) {
        self.channels.insert(channel, medium);
    }

    /// Lists the address at which an exercise reaches `person` by media of this address's kind. Listed again, the
    /// later address counts.
    pub fn list(&mut self, person: PersonId, address: Address) {
        self.addresses.insert((person, address.medium()), address);
    }

    /// Whether an exercise may reach `person` by `channel`. Media with addresses need one that is listed; the person's
    /// real address never stands in for it.
    pub fn admit(&self, person: &PersonId, channel: &ChannelName, medium: Medium) -> Option<Admitted> {
        if self.channels.get(channel) != Some(&medium) {
            return None;
        }
        let address = match medium {
            Medium::Folder => Address::Folder,
            Medium::Mail | Medium::Sms => self.addresses.get(&(person.clone(), medium))?.clone(),
        };
        Some(Admitted { person: person.clone(), channel: channel.clone(), address })
    }
}
