//! `vigie.yaml`: the site, where its logs are, how people are reached. As written, and as checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;

use super::exercise::{self, DrillEntry};
use super::identity::{self, Identity, shown_name, time_zone};
use super::joining::{self, JoiningEntry};
use super::maintenance::{self, Windows};
use super::name::{Map, Name};
use super::record::{self, LedgerEntry};
use super::redaction;
use super::sets::{self, RuleSet};
use super::socket::{self, Home, SocketEntry};
use super::source::{self, SourceEntry, SourceSettings};
use crate::alert::Joining;
use crate::alert::channel::{self, Checking};
use crate::alert::duty::Country;
use crate::alert::oncall::Person;
use crate::alert::page::AllowList;
use crate::alert::silence::Maintenance;
use crate::base::id::{ChannelName, RuleId};
use crate::base::language::Language;
use crate::base::redact::Own;
use crate::finding::site::no_source;
use crate::text::diagnostic::Diagnostic;
use crate::text::node::Node;
use crate::text::source::Source;

/// `vigie.yaml`: the site, where its logs are, how people are reached.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// Who this hospital is.
    pub site: Identity,
    /// Folder for vigie's own state, from the site's folder; `state` where it is left out.
    #[serde(default)]
    pub state: Option<Name>,
    /// Who may speak to the daemon on its machine; only vigie's own account where it is left out.
    #[serde(default)]
    pub socket: SocketEntry,
    /// What keeps the ledger from being rewritten unseen.
    #[serde(default)]
    pub(super) ledger: LedgerEntry,
    /// A file that the daemon writes the call tree into, for paper, whenever it changes; from the site's folder.
    #[serde(default)]
    pub(super) call_tree: Option<Name>,
    /// Folders of detection rules, from the site's folder; `builtin:health` is the pack inside vigie.
    #[serde(default)]
    pub rules: Vec<Name>,
    /// Processing pipelines, as files from the site's folder: how rules are changed where your events call fields
    /// differently.
    #[serde(default)]
    pub pipelines: Vec<Name>,
    /// Folders of playbooks, from the site's folder; `builtin` stands for those inside vigie.
    #[serde(default)]
    pub playbooks: Vec<Name>,
    /// Lists of values that rules speak of as `%name%`, such as the names of all known imaging machines.
    #[serde(default)]
    pub lists: Map<Vec<Name>>,
    /// Where lines come from, by name.
    pub sources: Map<SourceEntry>,
    /// What makes several detections one alert.
    #[serde(default)]
    pub alerts: JoiningEntry,
    /// When people need not be told of what somebody does to machines, each week.
    #[serde(default)]
    pub(super) maintenance: Windows,
    /// What is taken out of lines besides, before they are kept or shown: regular expressions, by names of yours.
    #[serde(default)]
    pub(super) redact: Map<Name>,
    /// How people are reached, by name.
    #[serde(default)]
    #[expect(clippy::zero_sized_map_values, reason = "an entry is looked at by the form that its keys name")]
    pub channels: Map<channel::Entry>,
    /// What exercises may use.
    #[serde(default)]
    pub drills: DrillEntry,
}

/// What `vigie.yaml` says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The hospital's name.
    pub name: String,
    /// The language of whoever has not their own.
    pub language: Language,
    /// The hospital's time zone.
    pub zone: TimeZone,
    /// The country whose law asks for declarations.
    pub(crate) country: Country,
    /// Where its daemon lives.
    pub home: Home,
    /// The file elsewhere which remembers where the ledger stood.
    pub(crate) anchor: Option<PathBuf>,
    /// The file that the call tree is written into whenever it changes.
    pub(crate) call_tree: Option<PathBuf>,
    /// Where rules come from.
    pub rules: Vec<RuleSet>,
    /// Files of processing pipelines, which change the rules.
    pub pipelines: Vec<PathBuf>,
    /// Lists of values that rules speak of as `%name%`.
    pub lists: BTreeMap<String, Vec<String>>,
    /// Where playbooks come from; nothing for the shipped ones.
    pub playbooks: Vec<Option<PathBuf>>,
    /// Where lines come from.
    pub sources: Vec<SourceSettings>,
    /// What makes several detections one alert.
    pub joining: Joining,
    /// When people need not be told of something.
    pub(crate) maintenance: Vec<Maintenance>,
    /// The rules that maintenance windows name, each with what is to be said where there is no such rule.
    pub(crate) maintained: Vec<(RuleId, Diagnostic)>,
    /// What is taken out of lines besides.
    pub(crate) redact: Vec<Own>,
    /// How people are reached.
    pub channels: BTreeMap<ChannelName, channel::Settings>,
    /// What exercises may use, and the only addresses they reach.
    pub allow: AllowList,
}

impl Settings {
    /// Whether `channel` has an address for `person`.
    pub fn reaches(&self, channel: &ChannelName, person: &Person) -> bool {
        self.channels.get(channel).is_some_and(|channel| person.address(channel.medium()).is_some())
    }
}

/// Converts `vigie.yaml` but for its part on exercises, adding every mistake to `found`.
pub(super) fn check(
    folder: &Path,
    source: &Source,
    node: &Node,
    file: &SiteFile,
    found: &mut Vec<Diagnostic>,
) -> Settings {
    shown_name(source, &file.site.name, found);
    let zone = file.site.zone.as_ref().and_then(|zone| time_zone(source, zone, found));
    let zone = zone.unwrap_or_else(TimeZone::system);
    let country = identity::country(source, &file.site, found);
    if file.sources.is_empty() {
        found.push(no_source().at(source, file.site.name.span));
    }
    let home = home(folder, source, file, found);
    let anchor = record::anchor(folder, (source, &file.ledger), &home.state, found);
    let rules = sets::rule_sets(folder, source, &file.rules, found);
    let pipelines = sets::pipelines(folder, source, &file.pipelines, found);
    let playbooks = sets::playbook_sets(folder, source, &file.playbooks, found);
    let sources = file.sources.iter().filter_map(|entry| source::check(folder, source, entry, &zone, found));
    let sources = sources.collect();
    let joining = joining::check(source, &file.alerts, found);
    let named: Vec<&str> = file.sources.keys().map(|name| name.value.as_str()).collect();
    let maintenance = maintenance::check(source, &file.maintenance, (&named, &zone), found);
    let maintained = maintenance::rules(source, &file.maintenance);
    let redact = redaction::check(source, &file.redact, found);
    let mut at = Checking { folder, account: home.account(), source, found };
    let channels = channels(node, file, &mut at);
    let written: Vec<&str> = file.channels.keys().map(|name| name.value.as_str()).collect();
    Settings {
        name: file.site.name.value.clone(),
        language: file.site.language,
        country,
        home,
        anchor,
        call_tree: file.call_tree.as_ref().map(|name| folder.join(&name.value)),
        rules,
        pipelines,
        lists: sets::lists(&file.lists),
        playbooks,
        sources,
        joining,
        maintenance,
        maintained,
        redact,
        allow: exercise::allow_list(&file.drills, &written, &channels, &mut at),
        channels,
        zone,
    }
}

fn home(folder: &Path, source: &Source, file: &SiteFile, found: &mut Vec<Diagnostic>) -> Home {
    let SocketEntry { folder: socket, group, for_others } = &file.socket;
    let [state, socket, group, for_others] =
        [&file.state, socket, group, for_others].map(|name| name.as_ref().map(|name| name.value.as_str()));
    let home = Home::new(folder, socket::Written { state, socket, group, for_others });
    socket::check(source, &file.socket, &home, found);
    home
}

/// The channels that can work; each kind reads its own entries.
fn channels(node: &Node, file: &SiteFile, at: &mut Checking<'_>) -> BTreeMap<ChannelName, channel::Settings> {
    let entries = node.get("channels");
    let channel = |name: &Name| {
        let entry = entries.and_then(|entries| entries.get(name))?;
        Some((ChannelName(name.value.clone()), at.channel(name, entry)?))
    };
    file.channels.keys().filter_map(channel).collect()
}
