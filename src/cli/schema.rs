//! `vigie schema`: JSON Schemas, so that editors complete and check while people write.

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::exit::Exit;
use super::screen::Screen;
use crate::api;
use crate::drill::playbook;
use crate::site::{ChainsFile, PeopleFile, SiteFile};
use crate::watch::sigma;

/// Prints the JSON Schema of a file, for editors
#[derive(Debug, Args)]
pub(super) struct SchemaOf {
    /// Which file
    #[arg(value_enum, value_name = "FILE")]
    of: Of,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// vigie.yaml
    Site,
    /// people.yaml
    People,
    /// chains.yaml
    Chains,
    /// A playbook
    Playbook,
    /// A detection rule
    Rule,
    /// A processing pipeline
    Pipeline,
    /// What is asked of a running vigie over its local socket, and what it answers and tells of
    Api,
}

impl SchemaOf {
    #[expect(clippy::unnecessary_wraps, reason = "all commands have the same shape")]
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let schema = match self.of {
            Of::Site => schemars::schema_for!(SiteFile).to_value(),
            Of::People => schemars::schema_for!(PeopleFile).to_value(),
            Of::Chains => schemars::schema_for!(ChainsFile).to_value(),
            Of::Playbook => playbook::schema(),
            Of::Rule => sigma::schema(),
            Of::Pipeline => sigma::pipeline::schema(),
            Of::Api => schemars::schema_for!(api::Conversation).to_value(),
        };
        screen.json(&schema);
        Ok(Exit::Fine)
    }
}
