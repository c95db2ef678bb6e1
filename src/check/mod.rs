//! All of a site's files together: read, checked on their own, then against each other. Every problem of every file
//! comes out of one pass.

mod arming;
mod cases;
mod contents;
mod coverage;
mod example;
mod playbooks;
mod rules;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::base::id::PlaybookId;
use crate::site::{self, Site};
use crate::text::diagnostic::{Diagnostic, without_echoes};
use crate::watch::sigma::Engine;

pub use arming::{NotArmed, by_reason, not_armed, said, sources_of, why_not};
pub use cases::{Lines, RuleCase, count_cases, only_filters, read_test, test_of};
pub use contents::Contents;
pub use coverage::{Coverage, Covered, Need, Unfed, Watching, coverage, tested};
pub use example::{example, write_example};
pub use playbooks::{Script, check as check_script, open_script, read_script, shipped};
pub use rules::{RuleFile, builtin_rules, compile, of_site as rules_of_site, rule_files};

/// A site with everything that belongs to it.
#[derive(Debug)]
pub struct House {
    /// Who can be told, by what, from which logs.
    pub site: Site,
    /// Playbooks that can be played here.
    pub playbooks: BTreeMap<PlaybookId, Arc<Script>>,
    /// Shipped playbooks that do not fit this site, and the first reason why.
    pub unfit: BTreeMap<PlaybookId, String>,
}

impl House {
    /// What is in it, in one line.
    pub fn summary(&self, engine: &Engine) -> String {
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let people = self.site.roster.people.len();
        let parts = [
            counted(self.site.settings.sources.len(), "source"),
            counted(engine.rules().filter(|rule| rule.emits).count(), "rule"),
            if people == 1 { "1 person".to_owned() } else { format!("{people} people") },
            counted(self.site.roster.rotas.len(), "rota"),
            counted(self.site.chains.len(), "chain"),
            counted(self.site.settings.channels.len(), "channel"),
            counted(self.playbooks.len(), "playbook"),
        ];
        format!("{}: {}", self.site.settings.name, parts.join(", "))
    }
}

/// Opens the site in `folder`, adding every problem of every file to `found`. A rule or playbook with an error is left
/// out; nothing is returned only where the site itself cannot be made.
pub fn open(folder: &Path, found: &mut Vec<Diagnostic>) -> Option<(House, Engine)> {
    let mut own = Vec::new();
    let site = site::load(folder, &mut own);
    let opened = furnish(site, &mut own);
    without_echoes(&mut own);
    found.append(&mut own);
    opened
}

/// Adds rules and playbooks to a site and checks them against it.
fn furnish(site: Option<Site>, found: &mut Vec<Diagnostic>) -> Option<(House, Engine)> {
    let files = match &site {
        Some(site) => rules::of_site(site, found),
        None => builtin_rules(),
    };
    let none = BTreeMap::new();
    let engine = match &site {
        Some(site) => rules::compile(&files, &site.settings.lists, found).in_zone(site.settings.zone.clone()),
        None => rules::compile(&files, &none, found),
    };
    let site = site?;
    let shelf = playbooks::of_site(&site, &engine, found);
    Some((House { site, playbooks: shelf.playable, unfit: shelf.unfit }, engine))
}
