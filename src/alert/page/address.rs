//! Which channels lead to whom. Authorities have no address here: what must be declared to them
//! is given to a person.

use std::collections::BTreeMap;

use super::allow::AllowList;
use crate::alert::chain::Reach;
use crate::alert::medium::Medium;
use crate::alert::oncall::{Person, Roster};
use crate::base::id::ChannelName;

/// Which channels lead to whom for real alerts.
pub fn live_reach(roster: &Roster, media: &BTreeMap<ChannelName, Medium>) -> Reach {
    reach(roster, media, |person, _, medium| person.address(medium).is_some())
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
    let named =
        |of: fn(Medium) -> bool| media.iter().filter(move |(_, medium)| of(**medium)).map(|(name, _)| name.clone());
    let reach: Reach = pairs.collect();
    reach.knowing(named(Medium::is_quiet).collect(), named(Medium::is_place).collect())
}
