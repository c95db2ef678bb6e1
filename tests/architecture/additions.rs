//! What an addition touches: the table "To add something" of docs/ARCHITECTURE.md names files that are there, and few;
//! and a log format is counted where it is named. Other components are counted in files of their own.

use std::collections::BTreeMap;

use crate::rust::{RustFile, files_under, root, shipped};

/// What every house like this is extended by: each has its row.
const COMPONENTS: &[&str] =
    &["a detection rule", "a source", "a log format", "a channel", "a kind of inject", "a kind of finding"];

/// How many places one addition may touch.
const PLACES: usize = 2;

/// The file in which a log format may be named beside its own: the table.
const FORMATS: &str = "src/watch/format/table.rs";

/// The rows of the table: what is to be added, and the paths that the row names.
fn rows(page: &str) -> BTreeMap<String, Vec<String>> {
    let table =
        page.split_once("## To add something").map_or("", |(_, rest)| rest.split("\n## ").next().unwrap_or(rest));
    let mut rows = BTreeMap::new();
    for line in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| to add")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let code = cells[1..].iter().flat_map(|cell| cell.split('`').skip(1).step_by(2));
        let paths = code.filter(|code| code.contains('/')).map(str::to_owned).collect();
        rows.insert(cells[0].to_owned(), paths);
    }
    rows
}

/// Whether some file of `tree` has this path, or ends in it; `<name>` stands for any name.
fn is_there(path: &str, tree: &[String]) -> bool {
    let wanted: Vec<&str> = path.split('/').collect();
    let fits = |file: &String| {
        let parts: Vec<&str> = file.split('/').collect();
        let Some(start) = parts.len().checked_sub(wanted.len()) else { return false };
        wanted.iter().zip(&parts[start..]).all(|(wanted, part)| match wanted.split_once('<') {
            None => wanted == part,
            Some((before, rest)) => {
                let after = rest.split_once('>').map_or("", |(_, after)| after);
                part.len() > before.len() + after.len() && part.starts_with(before) && part.ends_with(after)
            }
        })
    };
    tree.iter().any(fits)
}

/// The formats in the rows of their table: `"orthanc": orthanc::Orthanc`.
fn formats(table: &RustFile) -> Vec<String> {
    let rows = table.code.rsplit_once("formats! {").map_or("", |(_, rest)| rest.split("\n}").next().unwrap_or(rest));
    let name = |line: &str| Some(line.trim().split_once(": ")?.1.split_once("::")?.1.to_owned());
    rows.lines().filter_map(name).collect()
}

#[test]
fn the_table_names_what_is_there_and_little_of_it() {
    let page = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let rows = rows(&page);
    let tree: Vec<_> = ["src", "rules", "playbooks", "docs"]
        .iter()
        .flat_map(|folder| files_under(&root().join(folder)))
        .map(|path| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned())
        .collect();
    for component in COMPONENTS {
        assert!(rows.contains_key(*component), "docs/ARCHITECTURE.md does not say how to add {component}");
    }
    for (what, paths) in &rows {
        for path in paths {
            assert!(is_there(path, &tree), "to add {what}: there is nothing like {path}");
        }
        assert!(paths.len() <= PLACES, "to add {what} touches {paths:?}");
    }
}

#[test]
fn a_log_format_is_named_in_few_files() {
    let files = shipped("src");
    let table = files.iter().find(|file| file.path == FORMATS).expect("the table of formats is there");
    let formats = formats(table);
    assert!(formats.len() >= 10, "the table was not read: {formats:?}");
    // What is looked at first, and what other formats are written in.
    for format in formats.iter().filter(|format| !["Json", "Plain", "Syslog"].contains(&format.as_str())) {
        let name = format!("Format::{format}");
        let naming = files.iter().filter(|file| file.words(&name).next().is_some()).map(|file| file.path.as_str());
        let elsewhere: Vec<&str> = naming.filter(|path| *path != FORMATS).collect();
        assert_eq!(elsewhere, [""; 0], "{format} is named outside of {FORMATS}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_their_paths_are_read() {
        let page = "## Before\n| a | `src/x` | |\n## To add something\n\n| to add | write | and |\n|---|---|---|\n\
                    | a rule | `rules/<folder>/<name>.yml` and `docs/a.md` | a `Code` |\n| a duty | one entry | – |\n## After\n| b | `c/d` | |\n";
        let rows = rows(page);
        assert_eq!(rows["a rule"], ["rules/<folder>/<name>.yml", "docs/a.md"]);
        assert_eq!((rows.len(), rows["a duty"].len()), (2, 0));
    }

    #[test]
    fn a_path_with_names_left_open_is_found() {
        let tree = ["rules/a/b.yml", "rules/a/b.test.yml", "docs/a.md"].map(str::to_owned);
        for path in ["rules/<folder>/<name>.yml", "rules/<folder>/<name>.test.yml", "docs/a.md", "a/b.yml"] {
            assert!(is_there(path, &tree), "{path}");
        }
        for path in ["rules/<folder>/<name>.yaml", "src/<name>.yml", "docs/b.md", "ocs/a.md", "a/b.md"] {
            assert!(!is_there(path, &tree), "{path}");
        }
    }

    #[test]
    fn formats_are_read() {
        let table = "macro_rules! formats {\n}\nformats! {\n    /// A.\n    \"a\": a::A\n    /// B.\n    \"b-c\": b::B\n}\nf: x::Y";
        assert_eq!(formats(&RustFile::new("src/watch/format/mod.rs", table)), ["A", "B"]);
    }
}
