//! What goes together in the tree, and what must not be in it: every rule has its test, every diagnostic code and
//! every dependency its line of documentation, no banned crate is locked, and the project speaks only of itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::rust::{files_under, root};
use crate::{Offence, refuse};

/// Words of the places where vigie is written, which mean nothing to who reads it. In lower case, and cut in two so
/// that this file does not hold them.
const FOREIGN: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!(".lib", "rary"),
    concat!("sub", "agent"),
    concat!("cla", "ude"),
    concat!("anth", "ropic"),
    concat!("/tmp/", "wt"),
    concat!("/tmp/", "brief"),
];

fn foreign_words(path: &str, text: &str) -> Vec<Offence> {
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(number, line)| {
            let word = FOREIGN.iter().find(|word| line.to_lowercase().contains(**word))?;
            Some(Offence::new(
                path,
                number + 1,
                line,
                format!("`{word}` means nothing outside the place it was written"),
            ))
        })
        .collect()
}

/// Rules without a test beside them, and tests without a rule.
fn lonely_rules(paths: &[String]) -> Vec<Offence> {
    let known: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    for path in paths {
        let (missing, why) = if let Some(stem) = path.strip_suffix(".yaml") {
            (format!("{stem}.yml"), "a rule file ends in .yml")
        } else if let Some(stem) = path.strip_suffix(".test.yml") {
            (format!("{stem}.yml"), "a test without its rule")
        } else if let Some(stem) = path.strip_suffix(".yml") {
            (format!("{stem}.test.yml"), "a rule without its test")
        } else {
            continue;
        };
        if !known.contains(missing.as_str()) {
            found.push(Offence::new(path, 1, &missing, format!("{why}: this file is missing")));
        }
    }
    found
}

/// The dependencies a manifest asks for, each once.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section.ends_with("dependencies");
            if let Some((_, name)) = section.split_once("dependencies.") {
                found.insert(name.to_owned());
            }
        } else if inside && let Some((name, _)) = line.split_once('=').filter(|_| !line.starts_with([' ', '#', '}'])) {
            found.insert(name.trim().split('.').next().unwrap_or_default().to_owned());
        }
    }
    found
}

/// Every row `` | `crate` | what for | why this one | `` of a page, in order. A row that is not full is named `?`.
fn rows(page: &str) -> Vec<String> {
    let rows = page.lines().filter_map(|line| line.trim().strip_prefix("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_end_matches('|').split('|').map(str::trim).collect();
        let is_full = cells.len() == 3 && cells.iter().all(|cell| !cell.is_empty());
        if is_full { cells[0].trim_end_matches('`').to_owned() } else { format!("? {row}") }
    })
    .collect()
}

fn dependency_gaps(manifest: &str, page: &str) -> Vec<String> {
    let wanted = dependencies(manifest);
    let written = rows(page);
    let listed: BTreeSet<String> = written.iter().cloned().collect();
    let mut gaps: Vec<_> = wanted.difference(&listed).map(|name| format!("{name} has no row")).collect();
    gaps.extend(listed.difference(&wanted).map(|name| format!("{name} has a row, but is no dependency")));
    gaps.extend(
        written
            .windows(2)
            .filter(|pair| pair[0] >= pair[1])
            .map(|pair| format!("{} stands before {}", pair[0], pair[1])),
    );
    gaps
}

/// The crates `deny.toml` bans that a lock file holds.
fn banned(policy: &str, lock: &str) -> Vec<String> {
    let packages: Vec<&str> = lock.split("[[package]]").collect();
    let name = |package: &&str| package.lines().find_map(|line| quoted_after(line, "name = \"")).map(str::to_owned);
    let locked: BTreeSet<String> = packages.iter().filter_map(name).collect();
    // A line of a list of dependencies is `"crate",` or `"crate 1.2.3",`.
    let asks = |package: &&str, wanted: &str| {
        package
            .lines()
            .filter_map(|line| line.trim().strip_prefix('"'))
            .any(|line| line.split(['"', ' ']).next() == Some(wanted))
    };
    let mut found = Vec::new();
    let bans = policy.split_once("deny = [").map_or("", |(_, list)| list.split("\n]").next().unwrap_or_default());
    for line in bans.lines() {
        let (Some(banned), Some(reason)) = (quoted_after(line, "crate = \""), quoted_after(line, "reason = \"")) else {
            continue;
        };
        // A ban with wrappers lets these crates bring it.
        let wrappers = line.split_once("wrappers = [").and_then(|(_, list)| list.split(']').next());
        let refused = match wrappers {
            None => locked.contains(banned),
            Some(wrappers) => packages
                .iter()
                .filter(|package| asks(package, banned))
                .filter_map(name)
                .any(|asking| !wrappers.contains(&format!("\"{asking}\""))),
        };
        if refused {
            found.push(format!("{banned}: {reason}"));
        }
    }
    found
}

fn quoted_after<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    line.split_once(start)?.1.split('"').next()
}

/// The files of the tree that git knows or would add; every file when there is no git, as in an unpacked archive.
fn tree() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success() && !output.stdout.is_empty());
    let Some(listed) = listed else { return files_under(&root()) };
    let names = String::from_utf8(listed.stdout).expect("file names are UTF-8");
    names.split_terminator('\0').map(|name| root().join(name)).filter(|path| path.is_file()).collect()
}

fn inside(path: &std::path::Path) -> String {
    path.strip_prefix(root()).expect("the walk started at the root").to_string_lossy().into_owned()
}

fn page(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_project_speaks_of_itself() {
    let files = tree();
    assert!(files.len() > 20, "the walk found only {} files", files.len());
    let mut found = Vec::new();
    for path in files {
        let name = inside(&path);
        let bytes = fs::read(&path).expect("a file of the tree can be read");
        found.extend(foreign_words(&name, &name));
        found.extend(foreign_words(&name, &String::from_utf8_lossy(&bytes)));
    }
    refuse(&found);
}

#[test]
fn every_rule_has_its_test() {
    let paths: Vec<_> = files_under(&root().join("rules")).iter().map(|path| inside(path)).collect();
    refuse(&lonely_rules(&paths));
}

#[test]
fn every_dependency_has_its_reason() {
    assert_eq!(dependency_gaps(&page("Cargo.toml"), &page("docs/dependencies.md")), [""; 0], "docs/dependencies.md");
}

#[test]
fn no_banned_crate_is_locked() {
    assert_eq!(banned(&page("deny.toml"), &page("Cargo.lock")), [""; 0]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_words_are_found_in_any_case() {
        let text = format!("fine\nSee {}x and\n", FOREIGN[0].to_uppercase());
        let found = foreign_words("docs/a.md", &text);
        assert_eq!(found.iter().map(|offence| offence.line).collect::<Vec<_>>(), [2]);
        assert_eq!(foreign_words("docs/a.md", "we work on a library of rules"), []);
    }

    #[test]
    fn a_rule_and_its_test_need_each_other() {
        let paths = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(lonely_rules(&paths(&["rules/a/x.yml", "rules/a/x.test.yml", "rules/README.md"])), []);
        assert_eq!(lonely_rules(&paths(&["rules/a/x.yml"])).len(), 1);
        assert_eq!(lonely_rules(&paths(&["rules/a/x.test.yml"])).len(), 1);
        assert_eq!(lonely_rules(&paths(&["rules/a/x.yaml"])).len(), 1);
        assert_eq!(lonely_rules(&paths(&["rules/a/x.yml", "rules/b/x.test.yml"])).len(), 2);
    }

    #[test]
    fn a_dependency_without_a_full_row_is_found() {
        let manifest = "[dependencies]\n# yes = no\na = \"1\"\nb-c = { version = \"2\" }\n\n[target.'cfg(unix)'.dependencies]\nd.workspace = true\n\
                        [dev-dependencies]\na = \"1\"\n[dependencies.e]\nversion = \"1\"\n[profile.dev]\ndebug = 1\n";
        assert_eq!(dependencies(manifest).into_iter().collect::<Vec<_>>(), ["a", "b-c", "d", "e"]);
        let page = "| crate | what for | why |\n|---|---|---|\n| `a` | x | y |\n| `b-c` | x | y |\n| `d` | x | y |\n| `e` | x | y |\n";
        assert_eq!(dependency_gaps(manifest, page), [""; 0]);
        assert_eq!(dependency_gaps(manifest, &page.replace("| `d` | x | y |\n", "")), ["d has no row"]);
        assert_eq!(dependency_gaps("[dependencies]\na = \"1\"", "| `a` | x | |").len(), 2, "an empty cell");
        assert_eq!(
            dependency_gaps("[dependencies]\na = 1\nb = 1", "| `b` | x | y |\n| `a` | x | y |"),
            ["b stands before a"]
        );
        assert_eq!(dependency_gaps("", "| `z` | x | y |"), ["z has a row, but is no dependency"]);
    }

    #[test]
    fn a_banned_crate_in_the_lock_is_found() {
        let policy = "[bans]\nskip = [\n  { crate = \"b\", reason = \"s\" },\n]\ndeny = [\n  { crate = \"a\", reason = \"r\" },\n]\n";
        assert_eq!(banned(policy, "[[package]]\nname = \"a\"\n"), ["a: r"]);
        let wrapped = "deny = [\n  { crate = \"a\", wrappers = [\"w\"], reason = \"r\" },\n]\n";
        let asked_by = |name: &str| format!("[[package]]\nname = \"a\"\n[[package]]\nname = \"{name}\"\n \"a 1.0\",\n");
        assert_eq!(banned(wrapped, &asked_by("w")), [""; 0]);
        assert_eq!(banned(wrapped, &asked_by("x")), ["a: r"]);
        assert_eq!(banned(policy, "[[package]]\nname = \"ab\"\n[[package]]\nname = \"b\"\n"), [""; 0]);
        let real = page("deny.toml");
        assert_eq!(banned(&real, "name = \"openssl-sys\"\n").len(), 1, "the list of deny.toml is read");
    }
}
