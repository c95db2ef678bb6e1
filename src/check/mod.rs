//! All of a site's files together: read, checked on their own, then against each other. Every problem of every file
//! comes out of one pass.

mod cases;
mod contents;
mod coverage;
mod duties;
mod example;
mod injection;
mod log_probe;
mod logs;
mod manifest;
mod playbooks;
mod readiness;
mod rotas;
mod rule_sources;
mod rules;
mod shared_logs;
mod understanding;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::base::id::{PlaybookId, RuleId};
use crate::base::language::Text;
use crate::site::{self, Site};
use crate::text::diagnostic::{Diagnostic, has_errors, suggest, without_echoes};
use crate::text::ground::Ground;
use crate::watch::sigma::{Engine, Pipeline};

pub(crate) use cases::read_test;
pub use cases::{RuleCase, count_cases, only_filters, test_of};
pub use contents::Contents;
pub use coverage::{Coverage, Covered, Need, Unfed, Watching, coverage, tested};
pub(crate) use duties::check_duties;
pub use example::{example, write_example};
pub use log_probe::{Probed, probe, worth_probing};
pub use logs::check_logs;
pub use manifest::{Manifest, Turnover};
pub(crate) use playbooks::open_script_on;
pub use playbooks::{Script, check as check_script, kept_script, open_script, read_script, shipped};
pub use readiness::{NotArmed, Readiness, by_reason, said};
pub use rotas::check_rotas;
pub use rule_sources::sources_of;
pub(crate) use rules::pipelines_on;
pub use rules::{RuleFile, builtin_rules, compile, compile_through, of_site as rules_of_site, pipelines, rule_files};
pub(crate) use understanding::{Understood, understood};

/// A site with everything that belongs to it.
#[derive(Debug)]
pub struct Deployment {
    /// Who can be told, by what, from which logs.
    pub site: Site,
    /// Playbooks that can be played here.
    pub playbooks: BTreeMap<PlaybookId, Arc<Script>>,
    /// Shipped playbooks that do not fit this site, and the first reason why.
    pub unfit: BTreeMap<PlaybookId, Text>,
    /// What its rules were made from.
    pub manifest: Manifest,
}

impl Deployment {
    /// What the sources for which it matters have written of late. Looks at the ends of their logs.
    pub fn probe_logs(&self, engine: &Engine) -> Probed {
        probe(&worth_probing(&self.site, engine))
    }
}

/// Opens the site in `folder`, adding every problem of every file to `found`. A rule or playbook with an error is left
/// out; nothing is returned only where the site itself cannot be made.
pub fn open(folder: &Path, found: &mut Vec<Diagnostic>) -> Option<(Deployment, Engine)> {
    let mut own = Vec::new();
    let site = site::load(folder, &mut own);
    let opened = load(site, &mut own);
    without_echoes(&mut own);
    found.extend(own.into_iter().map(|finding| shown_at(folder, finding)));
    opened
}

/// The pipelines of a site, without its rules.
pub fn pipelines_of(site: &Site, found: &mut Vec<Diagnostic>) -> Vec<Pipeline> {
    let mut own = Vec::new();
    let pipelines = rules::pipelines_of_site(site, &mut own);
    found.extend(own.into_iter().map(|finding| shown_at(&site.folder, finding)));
    pipelines
}

/// A finding as it may be shown: a site can name files anywhere, but nothing they say is shown beside it.
fn shown_at(folder: &Path, finding: Diagnostic) -> Diagnostic {
    if Ground::of(folder).holds(Path::new(finding.source.name())) { finding } else { finding.closed() }
}

/// Adds rules and playbooks to a site and checks them against it.
fn load(site: Option<Site>, found: &mut Vec<Diagnostic>) -> Option<(Deployment, Engine)> {
    let files = match &site {
        Some(site) => rules::of_site(site, found),
        None => builtin_rules(),
    };
    let none = BTreeMap::new();
    let pipelines = site.as_ref().map(|site| rules::pipelines_of_site(site, found)).unwrap_or_default();
    let lists = site.as_ref().map_or(&none, |site| &site.settings.lists);
    let engine = rules::compile_through(&pipelines, &files, lists, found);
    let manifest = Manifest::of(&files, &pipelines, lists);
    let site = site?;
    let engine = engine.in_zone(site.settings.zone.clone());
    // A rule with mistakes of its own is there.
    if !has_errors(found) {
        found.extend(unknown_rules(&site, &engine));
    }
    let shelf = playbooks::of_site(&site, &engine, found);
    shared_logs::check(&site, found);
    injection::check(&site, shelf.playable.values().map(Arc::as_ref), found);
    Some((Deployment { site, playbooks: shelf.playable, unfit: shelf.unfit, manifest }, engine))
}

/// Maintenance windows that name rules which are not there.
fn unknown_rules(site: &Site, engine: &Engine) -> Vec<Diagnostic> {
    let known: BTreeSet<&RuleId> = engine.rules().map(|rule| &rule.id).collect();
    let unknown = site.settings.maintained.iter().filter(|(rule, _)| !known.contains(rule));
    let said = |(rule, finding): &(RuleId, Diagnostic)| {
        let known = known.iter().map(|rule| rule.as_str());
        finding.clone().advice(suggest(rule.as_str(), known))
    };
    unknown.map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "title: t\nlevel: low\nlogsource: {category: webserver}\n\
        detection: {s: {Own: x}, condition: s}\nvigie: {subject: [Own], fr: {title: t}}\n";

    fn opened(pipeline: &str) -> (Option<(Deployment, Engine)>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        write_example(folder.path()).unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let site = std::fs::read_to_string(folder.path().join("vigie.yaml")).unwrap();
        let rules = "rules: [rules]\npipelines: [rules/one.yml]\n";
        write(
            "vigie.yaml",
            &site.replace("rules: [\"builtin:health\"]\n", rules).replace("playbooks: [builtin]\n", ""),
        );
        write("rules/own/rule.yml", RULE);
        if !pipeline.is_empty() {
            write("rules/one.yml", pipeline);
        }
        let mut found = Vec::new();
        let opened = open(folder.path(), &mut found);
        let inside = format!("{}/", folder.path().display());
        (opened, found.iter().map(|finding| finding.to_string().replace(&inside, "")).collect())
    }

    #[test]
    fn a_maintenance_window_names_rules_that_are_there() {
        let folder = tempfile::tempdir().unwrap();
        write_example(folder.path()).unwrap();
        let path = folder.path().join("vigie.yaml");
        let site = std::fs::read_to_string(&path).unwrap();
        let window = |rule: &str| {
            format!("maintenance: [{{rules: [{rule}], hours: \"sun 02:00-04:00\", reason: disks, owner: rssi}}]\n")
        };
        let mut said = Vec::new();
        for rule in ["ransomware.rename_burst", "vigie:channel:sms", "ransomware.rename_brust"] {
            std::fs::write(&path, format!("{site}\n{}", window(rule))).unwrap();
            let mut found = Vec::new();
            open(folder.path(), &mut found);
            said.extend(found.iter().map(|finding| (finding.code().0, finding.to_string())));
        }
        let [("V152", words)] = &said[..] else { panic!("{said:#?}") };
        assert!(words.contains("did you mean `ransomware.rename_burst`?"), "{words}");
    }

    #[test]
    fn pipelines_of_a_site_change_its_rules() {
        let (opened, found) = opened("name: p\ntransformations: [{type: field_name_prefix, prefix: my.}]\n");
        assert_eq!(found, Vec::<String>::new());
        let (_, engine) = opened.unwrap();
        assert_eq!(engine.rules().next().unwrap().subject, ["my.Own"]);
    }

    #[test]
    fn mistakes_in_a_pipeline_are_findings_of_the_site() {
        let (_, found) = opened("name: p\ntransformations: [{type: field_name_prefx, prefix: my.}]\n");
        assert_eq!(
            found,
            ["rules/one.yml:2:26: [V231] vigie has no transformation `field_name_prefx` (did you mean \
             `field_name_prefix`?)"]
        );
        let (_, found) = opened("");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("vigie.yaml:11:13: [V112] the pipeline "), "{found:?}");
    }
}
