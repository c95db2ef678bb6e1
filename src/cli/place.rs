//! Which site a command speaks of.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use jiff::tz::TimeZone;

use super::screen::Screen;
use crate::api::{Answer, Ask, Query};
use crate::base::language::Language;
use crate::check::{self, Deployment};
use crate::core;
use crate::daemon::client::{self, ClientError};
use crate::site::{self, Home, Site};
use crate::store::Store;
use crate::text::diagnostic::has_errors;
use crate::text::ground::Ground;
use crate::text::yaml;
use crate::watch::sigma::Engine;
use crate::words::{self, failure::Failure};

/// Names the site where nobody names one on the command line.
const VARIABLE: &str = "VIGIE_SITE";

/// The site that is meant where none is named: the one of the environment, or the one we stand in.
pub(super) fn here() -> PathBuf {
    named().unwrap_or_else(|| ".".into())
}

/// The site that the environment names.
pub(super) fn named() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The site to work on.
#[derive(Debug, Clone, Args)]
pub(super) struct Place {
    /// The site's folder: where vigie.yaml is; the environment variable `VIGIE_SITE` names it too
    #[arg(long, default_value_os_t = here(), value_name = "FOLDER")]
    pub(super) site: PathBuf,
}

/// Where records are read: those of a site, or what a scan kept in a folder of its own.
#[derive(Debug, Clone, Args)]
pub(super) struct Records {
    #[command(flatten)]
    place: Place,
    /// The folder of `vigie scan --store`, instead of a site
    #[arg(long, value_name = "FOLDER", conflicts_with = "site")]
    state: Option<PathBuf>,
}

impl Records {
    /// The screen, in the site's language where the terminal says none.
    pub(super) fn on(&self, screen: Screen) -> Screen {
        self.place.on(screen)
    }

    /// The clock of the site, or of this machine where there is none.
    pub(super) fn clock(&self) -> TimeZone {
        self.place.clock()
    }

    /// The site, where there is one whose files can be read.
    pub(super) fn site(&self) -> Option<Site> {
        self.place.loaded()
    }

    /// What the site is called.
    pub(super) fn site_name(&self) -> String {
        self.place.written("name").unwrap_or_default()
    }

    /// What remembers the ledger elsewhere, where the site names such a place.
    pub(super) fn anchored(&self, screen: Screen) -> Vec<String> {
        let Some(path) = self.anchor() else { return Vec::new() };
        match std::fs::read_to_string(&path) {
            Ok(text) => text.lines().map(str::to_owned).collect(),
            Err(error) => {
                screen.note(words::ledger::unread_anchor(path.display(), words::failure::system(&error)));
                Vec::new()
            }
        }
    }

    fn anchor(&self) -> Option<PathBuf> {
        let name = self.state.is_none().then(|| self.place.written_in("ledger", "anchor")).flatten()?;
        Some(site::anchor_file(self.place.folder()?, &name))
    }

    /// The same of the site in `folder`, where one is named.
    pub(super) fn or_of(self, folder: Option<PathBuf>) -> Self {
        let place = folder.map_or(self.place, |site| Place { site });
        Self { place, ..self }
    }

    /// Asks the daemon of these records; where none runs, reads what it kept.
    pub(super) fn ask(&self, query: Query) -> Result<Answer> {
        match &self.state {
            Some(folder) => Ok(core::read_records(&Store::read(folder)?, &query)),
            None => self.place.ask(query),
        }
    }
}

impl Place {
    /// What the site is written in; mistakes elsewhere in its files do not matter for it.
    fn written(&self, key: &str) -> Option<String> {
        self.written_in("site", key)
    }

    fn written_in(&self, part: &str, key: &str) -> Option<String> {
        let folder = self.folder()?;
        let source = Ground::of(folder).open(&folder.join("vigie.yaml")).ok()?;
        yaml::parse(&source).ok()?.get(part)?.get(key)?.scalar()
    }

    fn folder(&self) -> Option<&Path> {
        if self.site.is_file() { self.site.parent() } else { Some(&self.site) }
    }

    /// The screen, in the site's language where the terminal says none.
    pub(super) fn on(&self, screen: Screen) -> Screen {
        if screen.is_told() {
            return screen;
        }
        let language = self.written("language");
        let language = if language.as_deref() == Some("en") { Language::En } else { Language::Fr };
        screen.or_speaking(site::home(&self.site).map(|_| language))
    }

    /// The site, where its files can be read; mistakes in them do not matter here.
    fn loaded(&self) -> Option<Site> {
        site::load(&self.site, &mut Vec::new())
    }

    /// The clock of the site, or of this machine where there is none.
    pub(super) fn clock(&self) -> TimeZone {
        let zone = self.written("zone").and_then(|name| TimeZone::get(&name).ok());
        zone.unwrap_or_else(TimeZone::system)
    }

    /// Asks the running daemon. Where none runs, a question is answered from what it kept: nobody else opens the store
    /// while it does.
    pub(super) fn ask(&self, ask: impl Into<Ask>) -> Result<Answer> {
        let (home, ask) = (self.home()?, ask.into());
        match (client::ask(&home, ask.clone()), ask) {
            (Err(ClientError::Absent(_) | ClientError::LeftBehind(_)), Ask::Say(query)) if query != Query::Status => {
                Ok(core::read_records(&Store::read(&home.state)?, &query))
            }
            (answer, _) => Ok(answer?),
        }
    }

    /// Where the site's daemon lives. Mistakes elsewhere in the site's files do not matter for it.
    fn home(&self) -> Result<Home> {
        match site::home(&self.site) {
            Some(home) => Ok(home),
            None => bail!(Failure(words::status::no_site(self.site.display()))),
        }
    }

    /// The whole site, or nothing after showing what is wrong with it. Warnings are left to `vigie check`.
    pub(super) fn open(&self, screen: Screen) -> Option<(Deployment, Engine)> {
        let mut found = Vec::new();
        let opened = check::open(&self.site, &mut found);
        if has_errors(&found) || opened.is_none() {
            super::findings::show(screen, &found, false);
            return None;
        }
        opened
    }
}
