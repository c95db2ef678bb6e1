//! What exercises may use: the part `drills:` of `vigie.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::address::{self, with_addresses};
use super::name::{Map, Name};
use crate::alert::channel::{self, Checking};
use crate::alert::medium::{Medium, every_channel};
use crate::alert::oncall::Roster;
use crate::alert::page::AllowList;
use crate::base::id::{ChannelName, PersonId};
use crate::finding::people::not_in_people_yaml;
use crate::finding::site::no_drill_channel;
use crate::text::diagnostic::{Diagnostic, suggest};
use crate::text::source::Source;

/// What exercises may use: channels, and an address for each person and medium.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrillEntry {
    /// Channels that exercises may use. A message takes the first one that leads to its person: the order is yours.
    #[serde(default)]
    pub allow: Vec<Name>,
    /// The only addresses an exercise reaches, by person.
    #[serde(default)]
    pub address: Map<DrillAddress>,
}

every_channel!(with_addresses! {
    /// Where one person is reached in exercises.
    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    pub struct DrillAddress {}
});

/// The channels and addresses that exercises may use. `written` are the names of all channels, sound or not.
pub(super) fn allow_list(
    drills: &DrillEntry,
    written: &[&str],
    channels: &BTreeMap<ChannelName, channel::Settings>,
    at: &mut Checking<'_>,
) -> AllowList {
    let mut allow = AllowList::nobody();
    for name in &drills.allow {
        if written.contains(&name.value.as_str()) {
            let channel = ChannelName(name.value.clone());
            // A channel with mistakes of its own is reported elsewhere.
            if let Some(settings) = channels.get(&channel) {
                allow.allow(channel, settings.medium());
            }
            continue;
        }
        at.found.push(no_drill_channel(name).advice(suggest(name, written.iter().copied())).at(at.source, name.span));
    }
    for (person, entry) in &drills.address {
        for address in address::check(entry.addresses(), at) {
            allow.list(PersonId(person.value.clone()), address);
        }
    }
    allow
}

/// Checks that the people who have an address for exercises exist.
pub(super) fn check(source: &Source, drills: &DrillEntry, roster: &Roster, found: &mut Vec<Diagnostic>) {
    for name in drills.address.keys() {
        if !roster.people.contains_key(&PersonId(name.value.clone())) {
            let known: Vec<&str> = roster.people.keys().map(PersonId::as_str).collect();
            found.push(not_in_people_yaml(name).advice(suggest(name, known)).at(source, name.span));
        }
    }
}
