//! Which files in a site's folder are the site's own, and no logs: to be told apart without checking any of them.

use std::path::{Path, PathBuf};

use crate::text::ground::Ground;
use crate::text::node::{Kind, Node};
use crate::text::source::Source;
use crate::text::yaml;

/// The files of a site, and where it keeps its state if it does not say.
const FILES: [&str; 4] = ["vigie.yaml", "people.yaml", "chains.yaml", "state"];

/// What belongs to the site in `folder`: its files, all that `vigie.yaml` names but for its logs, and the calendars of rotas.
/// Nothing where no site is there.
pub(crate) fn own_files(folder: &Path) -> Vec<PathBuf> {
    let ground = Ground::of(folder);
    let Ok(source) = ground.open(&folder.join(FILES[0])) else { return Vec::new() };
    let mut names: Vec<String> = FILES.map(str::to_owned).into();
    if let Ok(node) = yaml::parse(&source) {
        for (key, value) in node.as_map().unwrap_or_default() {
            let of_sources = key.as_str() == Some("sources");
            named(value, of_sources, &mut names);
        }
    }
    if let Ok(people) = ground.open(&folder.join(FILES[1])) {
        names.extend(calendars(&people));
    }
    let paths = names.iter().map(|name| folder.join(name));
    // What is named `.` is not all of it.
    paths.filter(|path| !folder.starts_with(path) && path.exists()).collect()
}

/// The calendars that `people.yaml` names.
fn calendars(people: &Source) -> Vec<String> {
    let node = yaml::parse(people).ok();
    let rotas = node.as_ref().and_then(|node| node.get("rotas")).and_then(Node::as_map).unwrap_or_default();
    let calendars = rotas.iter().filter_map(|(_, rota)| rota.get("calendar").and_then(Node::as_str));
    calendars.map(str::to_owned).collect()
}

/// Adds every text below `node`; of a source only what it shows to senders.
fn named(node: &Node, of_sources: bool, names: &mut Vec<String>) {
    match &node.kind {
        Kind::Map(entries) if of_sources => {
            entries.iter().filter_map(|(_, source)| source.get("tls")).for_each(|tls| named(tls, false, names));
        }
        Kind::Map(entries) => entries.iter().for_each(|(_, value)| named(value, false, names)),
        Kind::Seq(items) => items.iter().for_each(|item| named(item, false, names)),
        _ => names.extend(node.as_str().filter(|text| !text.is_empty()).map(str::to_owned)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn all_that_a_site_names_but_for_its_logs_is_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["rules", "logs", "kept", "paper", "Lindenhof"] {
            fs::create_dir(at(name)).unwrap();
        }
        for name in ["people.yaml", "vigie.key", "list.txt", "logs/a.log", "other.yaml"] {
            fs::write(at(name), "x").unwrap();
        }
        assert!(own_files(folder.path()).is_empty());
        let site = "site: {name: nobody}\nstate: kept/\nrules: [./rules/, 'builtin:health', ., '']\nlists: {a: list.txt}\n\
                    sources:\n  a: {follow: logs/a.log}\n  b: {listen: x, tls: {key: vigie.key}}\nchannels: {p: {folder: paper}}\n";
        fs::write(at("vigie.yaml"), site).unwrap();
        fs::write(at("people.yaml"), "rotas: {a: {handover: x, calendar: turns.ics}, b: {}}").unwrap();
        fs::write(at("turns.ics"), "x").unwrap();
        let own = own_files(folder.path());
        for name in ["vigie.yaml", "people.yaml", "kept", "rules", "list.txt", "vigie.key", "paper", "turns.ics"] {
            assert!(own.contains(&at(name)), "{name} is not in {own:?}");
        }
        assert_eq!(own.len(), 8, "{own:?}");
        fs::write(at("vigie.yaml"), "no: {yaml").unwrap();
        assert_eq!(own_files(folder.path()), [at("vigie.yaml"), at("people.yaml"), at("turns.ics")]);
    }
}
