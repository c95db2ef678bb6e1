//! `vigie reload`: a running daemon takes up the site's files as they are now.

use anyhow::Result;
use clap::Args;

use super::answer::told;
use super::exit::Exit;
use super::place::Place;
use super::screen::Screen;
use crate::api::Command;

/// Has the running daemon take up changed rules, lists, pipelines, playbooks, people and chains
#[derive(Debug, Args)]
pub(super) struct Reload {
    #[command(flatten)]
    place: Place,
}

impl Reload {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let answer = self.place.ask(Command::Reload)?;
        Ok(told(self.place.on(screen), &answer))
    }
}
