//! The sets of documents that `vigie.yaml` names: rules, pipelines that change them, lists they speak of, playbooks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::name::{Map, Name};
use crate::finding::site::{no_builtin, no_pipeline, no_playbook_folder, no_rule_folder};
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;

/// A set of detection rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleSet {
    /// The pack inside vigie.
    Builtin,
    /// A folder, searched with its subfolders.
    Folder(PathBuf),
}

pub(super) fn rule_sets(folder: &Path, source: &Source, written: &[Name], found: &mut Vec<Diagnostic>) -> Vec<RuleSet> {
    if written.is_empty() {
        return vec![RuleSet::Builtin];
    }
    let mut sets = Vec::new();
    for name in written {
        if name.value == "builtin:health" {
            sets.push(RuleSet::Builtin);
            continue;
        }
        let path = folder.join(&name.value);
        if name.starts_with("builtin:") || !path.is_dir() {
            let missing = if name.starts_with("builtin:") { no_builtin(name) } else { no_rule_folder(path.display()) };
            found.push(missing.at(source, name.span));
            continue;
        }
        sets.push(RuleSet::Folder(path));
    }
    sets
}

pub(super) fn pipelines(folder: &Path, source: &Source, written: &[Name], found: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for name in written {
        let path = folder.join(&name.value);
        if name.is_empty() || !path.is_file() {
            found.push(no_pipeline(path.display()).at(source, name.span));
            continue;
        }
        paths.push(path);
    }
    paths
}

pub(super) fn lists(written: &Map<Vec<Name>>) -> BTreeMap<String, Vec<String>> {
    let values = |values: &[Name]| values.iter().map(|value| value.value.clone()).collect();
    written.iter().map(|(name, list)| (name.value.clone(), values(list))).collect()
}

pub(super) fn playbook_sets(
    folder: &Path,
    source: &Source,
    written: &[Name],
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<PathBuf>> {
    if written.is_empty() {
        let own = folder.join("playbooks");
        return std::iter::once(None).chain(own.is_dir().then_some(Some(own))).collect();
    }
    let mut sets = Vec::new();
    for name in written {
        let path = folder.join(&name.value);
        if name.value == "builtin" {
            sets.push(None);
        } else if path.is_dir() {
            sets.push(Some(path));
        } else {
            found.push(no_playbook_folder(path.display()).at(source, name.span));
        }
    }
    sets
}
