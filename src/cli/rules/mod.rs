//! `vigie rules`: which rules there are, which can match here, and what they cover.

mod coverage;
mod list;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, Subcommand};

use super::exit::Exit;
use super::place;
use super::screen::Screen;
use super::tongue::Tongue;
use crate::check::{self, Deployment, Readiness, RuleFile};
use crate::text::diagnostic::{Diagnostic, has_errors};
use crate::watch::sigma::Engine;
use crate::words::failure::Failure;
use crate::words::rules as words;

/// Lists rules and says what they cover
#[derive(Debug, Args)]
pub(super) struct Rules {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists rules: for which logs, armed or why not, with a test or not
    List(Asked),
    /// Says which sources are watched, which rules nothing feeds, which techniques would be seen, what no test covers
    Coverage(Asked),
}

/// Which rules, and how they are shown.
#[derive(Debug, Args)]
struct Asked {
    /// Rule files or folders. Where none is named: the rules of the site, or the pack inside vigie without a site
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Hold them against this site: its sources, lists and pipelines. Where no PATH is named either: the site in this
    /// folder, if there is one
    #[arg(long, value_name = "FOLDER")]
    site: Option<PathBuf>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    tongue: Tongue,
}

impl Rules {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let (Action::List(asked) | Action::Coverage(asked)) = &self.action;
        let screen = asked.tongue.on(screen);
        let Some(Shelf { deployment, engine, files, found }) = asked.shelf(screen)? else { return Ok(Exit::Findings) };
        let probed = deployment.as_ref().map(|deployment| deployment.probe_logs(&engine)).unwrap_or_default();
        let place = deployment.as_ref().map(|deployment| &deployment.site);
        let json = asked.json;
        match &self.action {
            Action::List(_) => {
                let readiness = place.map_or_else(Readiness::anywhere, |site| Readiness::at(site, &probed));
                list::show(screen, &list::rows(&readiness, &engine, &files), json);
            }
            Action::Coverage(_) => {
                let coverage = check::coverage(place.map(|site| (site, &probed)), &engine, &files);
                if json {
                    screen.json(&coverage);
                } else {
                    coverage::show(screen, place.map(|site| site.settings.name.as_str()), &coverage);
                }
            }
        }
        Ok(ended(screen, &found))
    }
}

/// The rules that are spoken of.
struct Shelf {
    /// What they are held against.
    deployment: Option<Deployment>,
    engine: Engine,
    files: Vec<RuleFile>,
    /// What is wrong with some of them.
    found: Vec<Diagnostic>,
}

impl Asked {
    /// Opens what was asked for; nothing after showing what is wrong with the site.
    fn shelf(&self, screen: Screen) -> Result<Option<Shelf>> {
        let here = || (self.paths.is_empty() && Path::new("vigie.yaml").exists()).then(|| PathBuf::from("."));
        let mut found = Vec::new();
        let told = || self.paths.is_empty().then(place::named).flatten();
        let Some(site) = self.site.clone().or_else(told).or_else(here) else {
            let files = if self.paths.is_empty() { check::builtin_rules() } else { named(&self.paths, &mut found)? };
            let engine = check::compile(&files, &BTreeMap::new(), &mut found);
            return Ok(Some(Shelf { deployment: None, engine, files, found }));
        };
        let Some((deployment, engine)) = check::open(&site, &mut found) else {
            super::findings::show(screen, &found, false);
            return Ok(None);
        };
        if self.paths.is_empty() {
            // What is wrong with single rules was found above already.
            let files = check::rules_of_site(&deployment.site, &mut Vec::new());
            return Ok(Some(Shelf { deployment: Some(deployment), engine, files, found }));
        }
        // The site's own rules are not spoken of.
        found.clear();
        let files = named(&self.paths, &mut found)?;
        let pipelines = check::pipelines_of(&deployment.site, &mut found);
        let engine = check::compile_through(&pipelines, &files, &deployment.site.settings.lists, &mut found);
        Ok(Some(Shelf { deployment: Some(deployment), engine, files, found }))
    }
}

/// The rule files below `paths`. A folder without any is more likely a slip than what was meant.
fn named(paths: &[PathBuf], found: &mut Vec<Diagnostic>) -> Result<Vec<RuleFile>> {
    let mut files = Vec::new();
    for path in paths {
        let read = check::rule_files(path, found);
        if read.is_empty() && !has_errors(found) {
            bail!(Failure(words::no_rule_file(path.display())));
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
