//! Playbooks: found, read with the files beside them, checked against the site they will be played in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::base::id::{ChainId, PersonId, PlaybookId, RotaId, SourceName};
use crate::base::language::Text;
use crate::drill::playbook::{self, Playbook, ReferenceKind};
use crate::finding::{Severity, together as finding};
use crate::site::Site;
use crate::text::diagnostic::{Diagnostic, has_errors, suggest, without_echoes};
use crate::text::ground::Ground;
use crate::text::source::{Source, Span};
use crate::text::unreadable::{Unreadable, why};
use crate::watch::sigma::Engine;

/// The playbooks inside vigie.
static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/playbooks");

/// A playbook and the very texts it was read from, so that a drill goes on unchanged after a restart even where the
/// files were edited meanwhile.
#[derive(Debug, Clone)]
pub struct Script {
    /// What it means.
    pub playbook: Playbook,
    /// The name of its file.
    pub name: String,
    /// The text of its file.
    pub text: String,
    /// The files beside it that it uses.
    pub files: BTreeMap<String, String>,
}

/// A playbook as it was kept with a drill, beside its `files`: these may have been edited since.
pub fn kept_script(name: &str, text: &str, files: &BTreeMap<String, String>) -> Option<Script> {
    let beside = |name: &str| {
        let text = files.get(name).cloned();
        text.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))
    };
    read_script(&Source::new(name.to_owned(), text.to_owned()), &beside, &mut Vec::new())
}

/// Reads a playbook from `source`; `beside` opens the files it names.
pub fn read_script(
    source: &Source,
    beside: &dyn Fn(&str) -> std::io::Result<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<Script> {
    let used = std::cell::RefCell::new(BTreeMap::new());
    let open = |name: &str| {
        let text = beside(name)?;
        used.borrow_mut().insert(name.to_owned(), text.clone());
        Ok(text)
    };
    let mut own = Vec::new();
    let playbook = playbook::read(source, &open, &mut own);
    without_echoes(&mut own);
    let sound = !has_errors(&own);
    found.append(&mut own);
    let playbook = playbook.filter(|_| sound)?;
    Some(Script { playbook, name: source.name().to_owned(), text: source.text().to_owned(), files: used.into_inner() })
}

/// Reads the playbook at `path`, adding every mistake to `found`.
pub fn open_script(path: &Path, found: &mut Vec<Diagnostic>) -> Option<Script> {
    open_script_on(&Ground::of(path), path, found)
}

/// The same where what is read must lie on this ground.
pub(crate) fn open_script_on(ground: &Ground, path: &Path, found: &mut Vec<Diagnostic>) -> Option<Script> {
    let source = match ground.open(path) {
        Ok(source) => source,
        Err(error) => {
            found.push(finding::unreadable_playbook(why(&error)).of_file(path));
            return None;
        }
    };
    let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
    let beside = |name: &str| Source::open_beneath(&folder, name).map(|file| file.text().to_owned());
    read_script(&source, &beside, found)
}

/// Playbooks that a site can play, and the shipped ones that do not fit it.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub(super) playable: BTreeMap<PlaybookId, Arc<Script>>,
    pub(super) unfit: BTreeMap<PlaybookId, Text>,
}

/// The playbooks of a site: the shipped ones that fit it, and its own, which must.
pub(super) fn of_site(site: &Site, engine: &Engine, found: &mut Vec<Diagnostic>) -> Shelf {
    let mut shelf = Shelf::default();
    for (script, shipped) in all(site, found) {
        let mut own = Vec::new();
        check(&script, site, engine, &mut own);
        let id = script.playbook.id.clone();
        match own.iter().find(|diagnostic| diagnostic.severity() == Severity::Error) {
            // Nobody wrote it for this site: that it does not fit is no mistake.
            Some(misfit) if shipped => {
                shelf.unfit.insert(id, misfit.finding.message.clone());
            }
            _ => {
                found.append(&mut own);
                shelf.playable.insert(id, Arc::new(script));
            }
        }
    }
    shelf
}

/// All playbooks of a site, and whether each was shipped with vigie.
fn all(site: &Site, found: &mut Vec<Diagnostic>) -> Vec<(Script, bool)> {
    let ground = Ground::of(&site.folder);
    let mut scripts: Vec<(Script, bool)> = Vec::new();
    for set in &site.settings.playbooks {
        let read = match set {
            None => shipped(found),
            Some(folder) => in_folder(&ground.below(folder), folder, found),
        };
        for script in read {
            let same = scripts.iter().find(|(known, _)| known.playbook.id == script.playbook.id);
            if let Some((first, _)) = same {
                let source = Source::new(script.name.clone(), script.text.clone());
                let again = finding::playbook_again(&script.playbook.id, &first.name);
                found.push(again.at(&source, Span::default()));
                continue;
            }
            scripts.push((script, set.is_none()));
        }
    }
    scripts
}

/// The playbooks inside vigie.
pub fn shipped(found: &mut Vec<Diagnostic>) -> Vec<Script> {
    let mut files: Vec<_> = SHIPPED.files().filter(|file| is_playbook(file.path())).collect();
    files.sort_by_key(|file| file.path());
    files
        .into_iter()
        .filter_map(|file| {
            let source = Source::new(format!("builtin/{}", file.path().display()), file.contents_utf8()?);
            read_script(&source, &shipped_text, found)
        })
        .collect()
}

fn shipped_text(name: &str) -> std::io::Result<String> {
    let file = SHIPPED.get_file(name).and_then(|file| file.contents_utf8());
    file.map(str::to_owned).ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))
}

fn in_folder(ground: &Ground, folder: &Path, found: &mut Vec<Diagnostic>) -> Vec<Script> {
    if !ground.reaches(folder) {
        found.push(finding::unreadable_playbook(why(&Unreadable::LeadsOut.into())).of_file(folder));
        return Vec::new();
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_playbook(path)).collect();
    paths.sort();
    paths.iter().filter_map(|path| open_script_on(ground, path, found)).collect()
}

fn is_playbook(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Checks what a playbook names against the site that would play it.
pub fn check(script: &Script, site: &Site, engine: &Engine, found: &mut Vec<Diagnostic>) {
    let source = Source::new(script.name.clone(), script.text.clone());
    let people: Vec<&str> = site.roster.people.keys().map(PersonId::as_str).collect();
    let rotas: Vec<&str> = site.roster.rotas.keys().map(RotaId::as_str).collect();
    let chains: Vec<&str> = site.chains.iter().map(|chain| ChainId::as_str(&chain.id)).collect();
    let sources: Vec<&str> = site.settings.sources.iter().map(|source| SourceName::as_str(&source.name)).collect();
    let rules: Vec<&str> = engine.rules().map(|rule| rule.id.as_str()).collect();
    for reference in script.playbook.references() {
        let name = &reference.name;
        let (missing, known) = match reference.kind {
            ReferenceKind::Person => (finding::no_person(name), people.clone()),
            ReferenceKind::Player => (finding::no_player(name), people.iter().chain(&rotas).copied().collect()),
            ReferenceKind::Chain => (finding::no_chain(name), chains.clone()),
            ReferenceKind::Source => (finding::no_source(name), sources.clone()),
            ReferenceKind::Rule => (finding::no_rule(name), rules.clone()),
        };
        if !known.contains(&name.as_str()) {
            found.push(missing.advice(suggest(name, known)).at(&source, name.span));
        } else if matches!(reference.kind, ReferenceKind::Source)
            && site
                .settings
                .sources
                .iter()
                .any(|source| source.name.as_str() == name.as_str() && source.lines.injected().is_none())
        {
            found.push(finding::no_inject_file(name).at(&source, name.span));
        }
    }
}
