//! Where a page goes, and which channels lead to whom. Authorities have no address here: what must be declared to them
//! is given to a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::allow::AllowList;
use crate::alert::chain::Reach;
use crate::alert::oncall::{Person, Roster};
use crate::base::id::ChannelName;

/// What a channel needs to know of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Medium {
    /// A mail address.
    Mail,
    /// A mobile number.
    Sms,
    /// Nothing: the page is put in a folder, under the person's name.
    Folder,
}

/// Where a page goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Address {
    /// A mail address.
    Mail(String),
    /// A mobile number in international form.
    Sms(String),
    /// The channel's own folder.
    Folder,
}

impl Address {
    /// A person's own address for `medium`.
    pub fn of(person: &Person, medium: Medium) -> Option<Self> {
        match medium {
            Medium::Mail => person.mail.clone().map(Self::Mail),
            Medium::Sms => person.sms.clone().map(Self::Sms),
            Medium::Folder => Some(Self::Folder),
        }
    }

    /// The medium this is an address of.
    pub fn medium(&self) -> Medium {
        match self {
            Self::Mail(_) => Medium::Mail,
            Self::Sms(_) => Medium::Sms,
            Self::Folder => Medium::Folder,
        }
    }
}

/// Which channels lead to whom for real alerts.
pub fn live_reach(roster: &Roster, media: &BTreeMap<ChannelName, Medium>) -> Reach {
    reach(roster, media, |person, _, medium| Address::of(person, medium).is_some())
}

/// Which channels lead to whom in an exercise.
pub fn drill_reach(roster: &Roster, media: &BTreeMap<ChannelName, Medium>, allow: &AllowList) -> Reach {
    reach(roster, media, |person, channel, medium| allow.admit(&person.id, channel, medium).is_some())
}

fn reach(
    roster: &Roster,
    media: &BTreeMap<ChannelName, Medium>,
    leads: impl Fn(&Person, &ChannelName, Medium) -> bool,
) -> Reach {
    let leads = &leads;
    let pairs = roster.people.values().flat_map(|person| {
        media
            .iter()
            .filter(move |(channel, medium)| leads(person, channel, **medium))
            .map(|(channel, _)| (person.id.clone(), channel.clone()))
    });
    pairs.collect()
}
