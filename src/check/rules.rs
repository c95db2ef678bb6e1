//! Rule files: found, read, compiled together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::base::id::RuleId;
use crate::finding::together::{unreadable_folder, unreadable_pipeline, unreadable_rule};
use crate::site::{RuleSet, Site};
use crate::text::diagnostic::Diagnostic;
use crate::text::ground::Ground;
use crate::text::source::Source;
use crate::text::unreadable::{Unreadable, why};
use crate::watch::sigma::{self, Engine, Pipeline};

/// The rule pack inside vigie.
static PACK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// What the names of shipped files start with.
const PREFIX: &str = "builtin:health/";

/// A rule file: its text and the id its place gives it.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// `<folder>.<file name>`.
    pub id: RuleId,
    /// The file.
    pub source: Source,
}

/// The rule files of the pack inside vigie.
pub fn builtin_rules() -> Vec<RuleFile> {
    let mut files = Vec::new();
    let mut folders = vec![&PACK];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files().filter(|file| is_rule(file.path())) {
            let name = format!("{PREFIX}{}", file.path().display());
            let text = file.contents_utf8().unwrap_or_default();
            files.push(RuleFile { id: rule_id(file.path()), source: Source::new(name, text) });
        }
    }
    files.sort_by(|a, b| a.id.cmp(&b.id));
    files
}

/// The shipped file called `name`, as the names of shipped rules are written.
pub(super) fn shipped(name: &str) -> Option<Source> {
    let file = PACK.get_file(name.strip_prefix(PREFIX)?)?;
    Some(Source::new(name, file.contents_utf8()?))
}

/// The rule files below `folder`, or `folder` itself where it is a file.
pub fn rule_files(folder: &Path, found: &mut Vec<Diagnostic>) -> Vec<RuleFile> {
    rule_files_on(&Ground::of(folder), folder, found)
}

/// The same where what is read must lie on this ground.
fn rule_files_on(ground: &Ground, folder: &Path, found: &mut Vec<Diagnostic>) -> Vec<RuleFile> {
    let mut files = Vec::new();
    for path in walk(ground, folder, found) {
        match ground.open(&path) {
            Ok(source) => {
                let place =
                    path.strip_prefix(folder).ok().filter(|place| place.components().count() > 1).unwrap_or(&path);
                files.push(RuleFile { id: rule_id(place), source });
            }
            Err(error) => found.push(unreadable_rule(why(&error)).of_file(&path)),
        }
    }
    files
}

/// The rule files of a site.
pub fn of_site(site: &Site, found: &mut Vec<Diagnostic>) -> Vec<RuleFile> {
    let ground = Ground::of(&site.folder);
    let mut files = Vec::new();
    for set in &site.settings.rules {
        match set {
            RuleSet::Builtin => files.extend(builtin_rules()),
            RuleSet::Folder(folder) => files.extend(rule_files_on(&ground.below(folder), folder, found)),
        }
    }
    // A pipeline may lie beside the rules that it changes.
    files.retain(|file| site.settings.pipelines.iter().all(|path| path != Path::new(file.source.name())));
    files
}

/// The pipelines of a site.
pub(super) fn pipelines_of_site(site: &Site, found: &mut Vec<Diagnostic>) -> Vec<Pipeline> {
    pipelines_on(&Ground::of(&site.folder), &site.settings.pipelines, found)
}

/// Reads the pipelines in the files at `paths`; one with a mistake is reported and left out.
pub fn pipelines(paths: &[PathBuf], found: &mut Vec<Diagnostic>) -> Vec<Pipeline> {
    paths.iter().flat_map(|path| pipelines_on(&Ground::of(path), std::slice::from_ref(path), found)).collect()
}

/// The same for files that documents on this ground name.
pub(crate) fn pipelines_on(ground: &Ground, paths: &[PathBuf], found: &mut Vec<Diagnostic>) -> Vec<Pipeline> {
    let mut pipelines = Vec::new();
    for path in paths {
        match ground.below(path).open(path) {
            Ok(source) => pipelines.extend(Pipeline::read(&source, found)),
            Err(error) => found.push(unreadable_pipeline(why(&error)).of_file(path)),
        }
    }
    pipelines
}

/// Reads and compiles `files` with a site's `lists`; a file with an error is reported and left out.
pub fn compile(files: &[RuleFile], lists: &BTreeMap<String, Vec<String>>, found: &mut Vec<Diagnostic>) -> Engine {
    compile_through(&[], files, lists, found)
}

/// The same for rules that `pipelines` change before they are put together.
pub fn compile_through(
    pipelines: &[Pipeline],
    files: &[RuleFile],
    lists: &BTreeMap<String, Vec<String>>,
    found: &mut Vec<Diagnostic>,
) -> Engine {
    let mut documents = files.iter().flat_map(|file| sigma::read(&file.source, &file.id, found)).collect::<Vec<_>>();
    sigma::pipeline::apply(pipelines, &mut documents, lists, found);
    Engine::compile_with(documents, lists, found)
}

/// All rule files below `folder`, in a fixed order. A folder is entered once, however many links lead to it, and never
/// where they lead off the ground.
fn walk(ground: &Ground, folder: &Path, found: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut entered = BTreeSet::new();
    let mut open = vec![(folder.to_owned(), folder.is_dir())];
    while let Some((path, is_folder)) = open.pop() {
        if !is_folder {
            files.push(path);
        } else if !ground.reaches(&path) {
            found.push(unreadable_folder(why(&Unreadable::LeadsOut.into())).of_file(&path));
        } else if path.canonicalize().is_ok_and(|real| entered.insert(real)) {
            match std::fs::read_dir(&path) {
                Ok(entries) => {
                    let mut entries: Vec<DirEntry> = entries.flatten().collect();
                    // What is opened last is next.
                    entries.sort_by_cached_key(|entry| Reverse(entry.file_name()));
                    let entries = entries.into_iter().map(|entry| (entry.path(), leads_to_folder(&entry)));
                    open.extend(entries.filter(|(path, is_folder)| *is_folder || is_rule(path)));
                }
                Err(error) => found.push(unreadable_folder(why(&error)).of_file(&path)),
            }
        }
    }
    files
}

/// Whether `entry` is a folder or a link to one. Only links have to be followed to know.
fn leads_to_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_dir() || kind.is_symlink() && entry.path().is_dir())
}

/// Rule files end in `.yml` or `.yaml`; their tests end in `.test.yml`.
fn is_rule(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (name.ends_with(".yml") || name.ends_with(".yaml")) && !name.ends_with(".test.yml")
}

/// `ransomware/rename_burst.yml` is `ransomware.rename_burst`.
fn rule_id(path: &Path) -> RuleId {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let folder = path.parent().and_then(Path::file_name).map(|folder| folder.to_string_lossy());
    RuleId(folder.map_or_else(|| stem.to_string(), |folder| format!("{folder}.{stem}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_the_order_of_their_paths_and_once() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b/z.yml", "a.yml", "a/c.yaml", "a/b/x.yml", "a-b.yml", "a/c.test.yml", "é.yml", "a/b.yml"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/round")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("a.yml"), folder.path().join("c.yml")).unwrap();
        let (files, mut found) = (walk(&Ground::of(folder.path()), folder.path(), &mut Vec::new()), Vec::new());
        let mut sorted = files.clone();
        sorted.sort();
        assert_eq!(files, sorted);
        assert_eq!(files.len(), 8, "{files:?}");
        assert_eq!(
            walk(&Ground::of(folder.path()), &folder.path().join("a.yml"), &mut found),
            [folder.path().join("a.yml")]
        );
        assert!(found.is_empty());
    }
}
