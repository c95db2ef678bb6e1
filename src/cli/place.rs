//! Which site a command speaks of.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::screen::Screen;
use crate::api::{Answer, Ask, Query};
use crate::check::{self, House};
use crate::core;
use crate::daemon::client::{self, ClientError};
use crate::site::{self, Home};
use crate::store::Store;
use crate::text::diagnostic::has_errors;
use crate::watch::sigma::Engine;

/// The site to work on.
#[derive(Debug, Clone, Args)]
pub(super) struct Place {
    /// The site's folder: where vigie.yaml is
    #[arg(long, default_value = ".", value_name = "FOLDER")]
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
    /// Asks the daemon of these records; where none runs, reads what it kept.
    pub(super) fn ask(&self, query: Query) -> Result<Answer> {
        match &self.state {
            Some(folder) => Ok(core::read_records(&Store::read(folder)?, &query)),
            None => self.place.ask(query),
        }
    }
}

impl Place {
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
            None => bail!(
                "{} is not a site: there is no vigie.yaml that can be read; name the site with --site FOLDER",
                self.site.display()
            ),
        }
    }

    /// The whole site, or nothing after showing what is wrong with it. Warnings are left to `vigie check`.
    pub(super) fn open(&self, screen: Screen) -> Option<(House, Engine)> {
        let mut found = Vec::new();
        let opened = check::open(&self.site, &mut found);
        if has_errors(&found) || opened.is_none() {
            super::check::report(screen, &found, false);
            return None;
        }
        opened
    }
}
