//! What every desk may look at and none may change: the instant, and the hospital's files.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::alert::chain::Reach;
use crate::alert::channel::Settings;
use crate::alert::page::{Medium, drill_reach, live_reach};
use crate::api::Refusal;
use crate::base::id::{ChannelName, PersonId};
use crate::base::language::{Language, Text};
use crate::base::realm::Realm;
use crate::check::Deployment;
use crate::site::Site;

/// What every desk may look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// The instant of this step.
    pub(super) now: Timestamp,
    /// The hospital.
    pub(super) deployment: &'a Deployment,
}

impl<'a> Context<'a> {
    /// The hospital's own files.
    pub(super) fn site(self) -> &'a Site {
        &self.deployment.site
    }

    /// The instant as the hospital's clocks show it.
    pub(super) fn written(self) -> jiff::Zoned {
        self.now.to_zoned(self.site().settings.zone.clone())
    }

    /// A text as the hospital keeps it: in its own language.
    pub(super) fn kept(self, text: &Text) -> String {
        text.get(self.site().settings.language).to_owned()
    }

    /// What a channel needs to know of a person.
    pub(super) fn medium(self, channel: &ChannelName) -> Option<Medium> {
        self.site().settings.channels.get(channel).map(Settings::medium)
    }

    /// Which people the channels of a realm lead to.
    pub(super) fn reach(self, realm: Realm) -> Reach {
        let settings = &self.site().settings;
        let media: BTreeMap<_, _> =
            settings.channels.iter().map(|(name, channel)| (name.clone(), channel.medium())).collect();
        match realm {
            Realm::Live => live_reach(&self.site().roster, &media),
            Realm::Drill(_) => drill_reach(&self.site().roster, &media, &settings.allow),
        }
    }

    /// The language to speak to somebody in.
    pub(super) fn language(self, person: &PersonId) -> Language {
        let site = self.site();
        site.roster.people.get(person).map_or(site.settings.language, |person| person.language)
    }

    /// Refuses a name that is not in `people.yaml`; gives the name people say.
    pub(super) fn known(self, person: &PersonId) -> Result<&'a str, Refusal> {
        let people = &self.site().roster.people;
        people.get(person).map(|person| person.name.as_str()).ok_or_else(|| Refusal::UnknownPerson {
            name: person.clone(),
            known: people.keys().map(ToString::to_string).collect(),
        })
    }
}
