//! The sets of documents that `vigie.yaml` names: rules, pipelines that change them, lists they speak of, playbooks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::settings::SiteFile;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// A rule set that cannot be read.
pub(crate) const RULE_SET: Code = Code("V108");
/// A set of playbooks that cannot be read.
pub(crate) const PLAYBOOK_SET: Code = Code("V110");
/// A pipeline that is not there.
pub(crate) const PIPELINE: Code = Code("V112");

/// A set of detection rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleSet {
    /// The pack inside vigie.
    Builtin,
    /// A folder, searched with its subfolders.
    Folder(PathBuf),
}

pub(super) fn rule_sets(folder: &Path, source: &Source, file: &SiteFile, found: &mut Vec<Diagnostic>) -> Vec<RuleSet> {
    if file.rules.is_empty() {
        return vec![RuleSet::Builtin];
    }
    let mut sets = Vec::new();
    for name in &file.rules {
        if name.value == "builtin:health" {
            sets.push(RuleSet::Builtin);
            continue;
        }
        let path = folder.join(&name.value);
        if name.starts_with("builtin:") || !path.is_dir() {
            let message = if name.starts_with("builtin:") {
                format!("there is no rule set `{}` inside vigie", name.value)
            } else {
                format!("the rule folder {} is not there", path.display())
            };
            found.push(
                Diagnostic::error(RULE_SET, source, name.span, message)
                    .help("write `builtin:health`, or a folder of rule files"),
            );
            continue;
        }
        sets.push(RuleSet::Folder(path));
    }
    sets
}

pub(super) fn pipelines(folder: &Path, source: &Source, file: &SiteFile, found: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for name in &file.pipelines {
        let path = folder.join(&name.value);
        if name.is_empty() || !path.is_file() {
            let message = format!("the pipeline {} is not there", path.display());
            let help = "write the path of a pipeline file, such as pipelines/ecs.yml";
            found.push(Diagnostic::error(PIPELINE, source, name.span, message).help(help));
            continue;
        }
        paths.push(path);
    }
    paths
}

pub(super) fn lists(file: &SiteFile) -> BTreeMap<String, Vec<String>> {
    let values = |values: &[Spanned<String>]| values.iter().map(|value| value.value.clone()).collect();
    file.lists.iter().map(|(name, list)| (name.value.clone(), values(list))).collect()
}

pub(super) fn playbook_sets(
    folder: &Path,
    source: &Source,
    file: &SiteFile,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<PathBuf>> {
    if file.playbooks.is_empty() {
        let own = folder.join("playbooks");
        return std::iter::once(None).chain(own.is_dir().then_some(Some(own))).collect();
    }
    let mut sets = Vec::new();
    for name in &file.playbooks {
        let path = folder.join(&name.value);
        if name.value == "builtin" {
            sets.push(None);
        } else if path.is_dir() {
            sets.push(Some(path));
        } else {
            let message = format!("the playbook folder {} is not there", path.display());
            found.push(
                Diagnostic::error(PLAYBOOK_SET, source, name.span, message)
                    .help("write `builtin`, or a folder of playbooks"),
            );
        }
    }
    sets
}
