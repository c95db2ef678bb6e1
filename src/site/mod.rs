//! One hospital's own files: `vigie.yaml`, `people.yaml`, `chains.yaml`. Each part has a file with
//! what its author writes and what it means once it is checked; the conversion happens once, and behind it nothing
//! means "not yet checked" any more.

mod accounts;
mod address;
mod calendar;
mod chains;
mod checker;
mod declaration;
mod declared;
mod digest;
mod exercise;
mod hours;
mod identity;
mod instant;
mod joining;
mod maintenance;
mod name;
mod own_files;
mod people;
mod record;
mod redaction;
mod rota;
mod sets;
mod settings;
mod socket;
mod source;
mod step;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::account;
use crate::alert::chain::Chain;
use crate::alert::channel::Checking;
use crate::alert::digest::Digest;
use crate::alert::oncall::Roster;
use crate::base::id::ChainId;
use crate::base::level::Level;
use crate::finding::site::site_file;
use crate::text::diagnostic::Diagnostic;
use crate::text::ground::Ground;
use crate::text::node::Node;
use crate::text::read::read;
use crate::text::source::Source;
use crate::text::unreadable::why;
use crate::text::yaml;

pub use chains::ChainsFile;
use checker::Checker;
pub(crate) use declared::Declared;
pub(crate) use own_files::own_files;
pub use people::PeopleFile;
pub(crate) use record::anchor_file;
pub(crate) use redaction::own as own_patterns;
pub use sets::RuleSet;
pub use settings::{Settings, SiteFile};
pub use socket::Home;
pub use source::{LogsourceEntry, SourceSettings};

/// What opens the files of a site by their names.
type Files<'a> = &'a dyn Fn(&str) -> std::io::Result<Source>;

/// One hospital, ready to be watched.
#[derive(Debug, Clone)]
pub struct Site {
    /// The folder of its files.
    pub folder: PathBuf,
    /// What `vigie.yaml` says.
    pub settings: Settings,
    /// Who can be reached and who is on call.
    pub roster: Roster,
    /// Who is told for which alerts.
    pub chains: Vec<Chain>,
    /// Who learns once a day what woke nobody.
    pub(crate) digest: Option<Digest>,
    /// The duties that chains name.
    pub(crate) declared: Vec<Declared>,
}

impl Site {
    /// The chain for an alert of `level`: the one that names it, or else the next lower level that is named.
    pub fn chain_for(&self, level: Level) -> Option<&Chain> {
        let nearest = |chain: &Chain| chain.levels.range(..=level).next_back().copied();
        self.chains.iter().filter(|chain| nearest(chain).is_some()).max_by_key(|chain| nearest(chain))
    }

    /// The chain called `id`.
    pub fn chain(&self, id: &ChainId) -> Option<&Chain> {
        self.chains.iter().find(|chain| chain.id == *id)
    }
}

/// Reads the site in `folder` (or whose `vigie.yaml` this is), adding every mistake of every file to `found`. Nothing
/// where a file is missing or so wrong that nothing can be made of it.
pub fn load(folder: &Path, found: &mut Vec<Diagnostic>) -> Option<Site> {
    let folder = if folder.is_file() { folder.parent().unwrap_or(folder) } else { folder };
    let ground = Ground::of(folder);
    load_with(folder, &|name| ground.open(&folder.join(name)), found)
}

/// The same for files that `files` opens by name, wherever they are.
pub fn load_with(
    folder: &Path,
    files: &dyn Fn(&str) -> std::io::Result<Source>,
    found: &mut Vec<Diagnostic>,
) -> Option<Site> {
    let file: Option<(Source, Node, SiteFile)> = open(folder, "vigie.yaml", files, found);
    let people: Option<(Source, Node, PeopleFile)> = open(folder, "people.yaml", files, found);
    let chains: Option<(Source, Node, ChainsFile)> = open(folder, "chains.yaml", files, found);
    let settings = file.as_ref().map(|(source, node, file)| settings::check(folder, source, node, file, found));
    let zone = settings.as_ref().map_or(jiff::tz::TimeZone::UTC, |settings| settings.zone.clone());
    let language = settings.as_ref().map(|settings| settings.language).unwrap_or_default();
    let account = settings.as_ref().map_or_else(account::own, |settings| settings.home.account());
    let roster = people.as_ref().map(|(source, _, file)| {
        people::check(file, &zone, language, files, &mut Checking { folder, account, source, found: &mut *found })
    });
    if let (Some((source, _, file)), Some(roster)) = (&file, &roster) {
        exercise::check(source, &file.drills, roster, found);
        maintenance::owners(source, &file.maintenance, roster, found);
    }
    let chains = match (&chains, &settings, &roster, &file, &people) {
        (Some((source, _, chains)), Some(settings), Some(roster), Some((.., file)), Some((.., people))) => {
            let written = checker::Written { channels: &file.channels, rotas: &people.rotas };
            Some(chains::check(
                chains,
                Checker { source, written, settings, roster, found, older: BTreeSet::new(), declared: Vec::new() },
            ))
        }
        _ => None,
    };
    // Messages name it to people who stand in another folder.
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let (chains, digest, declared) = chains?;
    Some(Site { folder, settings: settings?, roster: roster?, chains, digest, declared })
}

/// Opens and reads one file, noting whatever is wrong with it.
fn open<T: serde::de::DeserializeOwned>(
    folder: &Path,
    name: &str,
    files: Files<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<(Source, Node, T)> {
    let source = match files(name) {
        Ok(source) => source,
        Err(error) => {
            found.push(site_file(why(&error)).of_file(&folder.join(name)));
            return None;
        }
    };
    match yaml::parse(&source) {
        Ok(node) => read(&source, &node, found).map(|value| (source, node, value)),
        Err(error) => {
            found.push(error);
            None
        }
    }
}

/// Where the daemon of the site in `folder` lives, whatever else is wrong with its files.
pub fn home(folder: &Path) -> Option<Home> {
    let folder = if folder.is_file() { folder.parent()? } else { folder };
    let source = Ground::of(folder).open(&folder.join("vigie.yaml")).ok()?;
    let node = yaml::parse(&source).ok()?;
    let socket = |key| node.get("socket").and_then(|socket| socket.get(key)).and_then(Node::as_str);
    let state = node.get("state").and_then(Node::as_str);
    let (group, for_others) = (socket("group"), socket("for_others"));
    Some(Home::new(folder, socket::Written { state, socket: socket("folder"), group, for_others }))
}
