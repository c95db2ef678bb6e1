//! What a file or folder given on the command line holds: sites, playbooks, rules. Told apart by what is in them, never
//! by how they are called.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::rules::{RuleFile, rule_files};
use crate::finding::together::nothing_there;
use crate::text::diagnostic::Diagnostic;
use crate::text::ground::Ground;
use crate::text::source::Source;

/// The three files of a site.
const SITE_FILES: [&str; 3] = ["vigie.yaml", "people.yaml", "chains.yaml"];

/// What was found at a path.
#[derive(Debug, Default)]
pub struct Contents {
    /// Folders of sites.
    pub sites: Vec<PathBuf>,
    /// Playbooks that belong to no site here.
    pub playbooks: Vec<PathBuf>,
    /// Processing pipelines that belong to no site here.
    pub pipelines: Vec<PathBuf>,
    /// Rule files that belong to no site here.
    pub rules: Vec<RuleFile>,
    /// Where all of it lies.
    pub(crate) ground: Ground,
}

impl Contents {
    /// Looks at `path`: a site, a folder that holds anything of vigie's, or one file.
    pub fn of(path: &Path, found: &mut Vec<Diagnostic>) -> Self {
        if !path.exists() {
            found.push(nothing_there().of_file(path));
            return Self::default();
        }
        if let Some(folder) = site_of(path) {
            return Self { sites: vec![folder], ..Self::default() };
        }
        let files = rule_files(path, found);
        let sites: BTreeSet<PathBuf> = files.iter().filter_map(|file| site_of(Path::new(file.source.name()))).collect();
        let own = |file: &RuleFile| !sites.iter().any(|site| Path::new(file.source.name()).starts_with(site));
        let (playbooks, rules): (Vec<_>, Vec<_>) =
            files.into_iter().filter(own).partition(|file| is_playbook(&file.source));
        let (pipelines, rules): (Vec<_>, Vec<_>) = rules.into_iter().partition(|file| is_pipeline(&file.source));
        let paths = |files: &[RuleFile]| files.iter().map(|file| PathBuf::from(file.source.name())).collect();
        let (playbooks, pipelines) = (paths(&playbooks), paths(&pipelines));
        Self { sites: sites.into_iter().collect(), playbooks, pipelines, rules, ground: Ground::of(path) }
    }

    /// Whether there is nothing of vigie's.
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty() && self.playbooks.is_empty() && self.pipelines.is_empty() && self.rules.is_empty()
    }
}

/// The folder of the site that `path` is, or is a file of.
fn site_of(path: &Path) -> Option<PathBuf> {
    let is_file = SITE_FILES.iter().any(|name| path.ends_with(name)) && !path.is_dir();
    let folder = if is_file { path.parent()? } else { path };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    folder.join("vigie.yaml").exists().then(|| folder.to_owned())
}

/// Every playbook says its name under `playbook:`, and nothing else does.
fn is_playbook(source: &Source) -> bool {
    source.text().lines().any(|line| line.starts_with("playbook:"))
}

/// Every pipeline lists its `transformations:`, and no rule has such a key.
fn is_pipeline(source: &Source) -> bool {
    source.text().lines().any(|line| line.starts_with("transformations:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_sorted_by_what_its_files_say() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("plays/one.yaml", "# a play\nplaybook: one\n");
        write("pipelines/ecs.yml", "name: ecs\ntransformations: []\n");
        write("rules/r.yml", "title: r\n");
        write("rules/r.test.yml", "cases: []\n");
        write("house/vigie.yaml", "site: {}\n");
        write("house/people.yaml", "people: {}\n");
        write("house/rules/own.yml", "title: own\n");
        let mut found = Vec::new();
        let contents = Contents::of(folder.path(), &mut found);
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(contents.sites, [folder.path().join("house")]);
        assert_eq!(contents.playbooks, [folder.path().join("plays/one.yaml")]);
        assert_eq!(contents.pipelines, [folder.path().join("pipelines/ecs.yml")]);
        let rules: Vec<_> = contents.rules.iter().map(|file| file.id.as_str()).collect();
        assert_eq!(rules, ["rules.r"]);
        for file in ["house", "house/vigie.yaml", "house/people.yaml"] {
            assert_eq!(Contents::of(&folder.path().join(file), &mut found).sites, [folder.path().join("house")]);
        }
    }

    #[test]
    fn what_is_not_there_is_one_mistake() {
        let mut found = Vec::new();
        assert!(Contents::of(Path::new("/no/such/folder"), &mut found).is_empty());
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn folders_that_hold_each_other_are_walked_once() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("r.yml"), "title: r\n").unwrap();
        for name in ["a", "b", "c"] {
            std::os::unix::fs::symlink(folder.path(), folder.path().join(name)).unwrap();
        }
        let mut found = Vec::new();
        assert_eq!(Contents::of(folder.path(), &mut found).rules.len(), 1);
    }
}
