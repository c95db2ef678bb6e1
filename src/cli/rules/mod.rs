//! `vigie rules`: which rules there are, which can match here, and what they cover.

mod coverage;
mod list;
mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};

use super::exit::Exit;
use super::screen::Screen;
use super::tongue::Tongue;
use crate::check::{self, Arming, House, RuleFile};
use crate::text::diagnostic::{Diagnostic, has_errors};
use crate::watch::sigma::Engine;

/// Lists rules and says what they cover
#[derive(Debug, Args)]
pub(super) struct Rules {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists rules: for which logs, armed or why not, with a test or not
    List {
        /// Rule files or folders; the pack inside vigie where none is named
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// The rules of this site instead, held against its sources
        #[arg(long, value_name = "FOLDER", conflicts_with = "paths")]
        site: Option<PathBuf>,
        /// Print them as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        tongue: Tongue,
    },
    /// Says which sources are watched, which rules nothing feeds, which techniques would be seen, what no test covers
    Coverage {
        /// The site's folder: where vigie.yaml is
        #[arg(long, default_value = ".", value_name = "FOLDER")]
        site: PathBuf,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        tongue: Tongue,
    },
}

impl Rules {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        match self.action {
            Action::List { paths, site: None, json, tongue } => {
                let mut found = Vec::new();
                let files = if paths.is_empty() { check::builtin_rules() } else { named(&paths, &mut found)? };
                let engine = check::compile(&files, &BTreeMap::new(), &mut found);
                list::show(screen, &list::rows(&Arming::anywhere(), &engine, &files), json, tongue.spoken());
                Ok(ended(screen, &found))
            }
            Action::List { site: Some(site), json, tongue, .. } => {
                let Some((house, engine, files)) = open(screen, &site) else { return Ok(Exit::Findings) };
                let heard = house.listen(&engine);
                let arming = Arming::at(&house.site, &heard);
                list::show(screen, &list::rows(&arming, &engine, &files), json, tongue.spoken());
                Ok(Exit::Fine)
            }
            Action::Coverage { site, json, tongue } => {
                let Some((house, engine, files)) = open(screen, &site) else { return Ok(Exit::Findings) };
                let heard = house.listen(&engine);
                let coverage = check::coverage(Some((&house.site, &heard)), &engine, &files);
                if json {
                    screen.json(&coverage);
                } else {
                    coverage::show(screen, &house.site.settings.name, &coverage, tongue.spoken());
                }
                Ok(Exit::Fine)
            }
        }
    }
}

/// The rule files below `paths`. A folder without any is more likely a slip than what was meant.
fn named(paths: &[PathBuf], found: &mut Vec<Diagnostic>) -> Result<Vec<RuleFile>> {
    let mut files = Vec::new();
    for path in paths {
        let read = check::rule_files(path, found);
        if read.is_empty() && !has_errors(found) {
            bail!("there is no rule file in {}", path.display());
        }
        files.extend(read);
    }
    Ok(files)
}

/// Mistakes leave a rule out of the list: they are told below it. Warnings are left to `vigie check`.
fn ended(screen: Screen, found: &[Diagnostic]) -> Exit {
    if !has_errors(found) {
        return Exit::Fine;
    }
    screen.diagnostics(found);
    Exit::Findings
}

/// A site, its rules and their files; nothing after showing what is wrong with it.
fn open(screen: Screen, folder: &std::path::Path) -> Option<(House, Engine, Vec<RuleFile>)> {
    let mut found = Vec::new();
    let opened = check::open(folder, &mut found);
    let Some((house, engine)) = opened else {
        super::check::report(screen, &found, false);
        return None;
    };
    // What is wrong with single rules was said above already.
    let files = check::rules_of_site(&house.site, &mut Vec::new());
    ended(screen, &found);
    Some((house, engine, files))
}
