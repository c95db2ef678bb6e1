//! How a file looks: it says what it is, it is short, it is finished, it is named after a noun of the job, and it
//! leaves printing to the command line.

use std::io::Write as _;

use crate::rust::{RustFile, read_all, shipped};
use crate::{Offence, refuse};

/// Lines of a file that are not test code. Half of the files should stay under 150, nine in ten under 350.
const LONGEST: usize = 600;

/// What shipped code must not hold, where it may after all, and why.
const FORBIDDEN: &[(&str, Option<&str>, &str)] = &[
    (".unwrap()", None, "say with `expect` why it cannot fail, or return the error"),
    ("unsafe", None, "no hospital needs it"),
    ("todo!", None, "finish it"),
    ("unimplemented!", None, "finish it"),
    ("dbg!", None, "left over from a search"),
    ("print!", Some("src/cli"), "only the command line prints"),
    ("println!", Some("src/cli"), "only the command line prints"),
    ("eprint!", Some("src/cli"), "only the command line prints"),
    ("eprintln!", Some("src/cli"), "only the command line prints"),
    ("too_many_lines", None, "a function longer than a screen hides a second idea"),
];

/// Names that say nothing about the job.
const EMPTY_NOUNS: &[&str] = &[
    "manager",
    "handler",
    "helper",
    "helpers",
    "util",
    "utils",
    "common",
    "misc",
    "service",
    "data",
    "info",
    "processor",
];

fn opens_with_what_it_is(file: &RustFile) -> Vec<Offence> {
    let first = file.text.lines().next().unwrap_or_default();
    let says = first.strip_prefix("//!").is_some_and(|sentence| sentence.trim().len() > 3);
    if says { Vec::new() } else { vec![Offence::new(&file.path, 1, first, "open with `//!` and what this file is")] }
}

fn is_short(file: &RustFile) -> Vec<Offence> {
    if file.length <= LONGEST {
        return Vec::new();
    }
    let why = format!("{} lines that are not tests, at most {LONGEST}: find the second idea", file.length);
    vec![Offence::new(&file.path, file.text.lines().count(), "the end", why)]
}

fn holds_nothing_forbidden(file: &RustFile) -> Vec<Offence> {
    let mut found = Vec::new();
    for (word, allowed, why) in
        FORBIDDEN.iter().filter(|(_, allowed, _)| !allowed.is_some_and(|place| file.is_in(place)))
    {
        let places: Vec<usize> = if word.starts_with('.') {
            file.code.match_indices(word).map(|(at, _)| at).collect()
        } else {
            file.words(word).collect()
        };
        for at in places {
            let (line, text) = file.line(at);
            let place = allowed.map(|place| format!(" ({place})")).unwrap_or_default();
            found.push(Offence::new(&file.path, line, text, format!("{word}{place}: {why}")));
        }
    }
    found
}

/// A file, type or module called `…manager`.
fn is_named_after_the_job(file: &RustFile) -> Vec<Offence> {
    let why = |noun: &str| format!("`{noun}` is no noun of the job");
    let mut found = Vec::new();
    for part in file.path.trim_end_matches(".rs").split('/') {
        if let Some(noun) = empty_noun(part) {
            found.push(Offence::new(&file.path, 1, part, why(noun)));
        }
    }
    for kind in ["struct ", "enum ", "trait ", "type ", "mod "] {
        for at in file.words(kind) {
            let rest = &file.code[at + kind.len()..];
            let name = rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
            if let Some(noun) = empty_noun(name) {
                let (line, text) = file.line(at);
                found.push(Offence::new(&file.path, line, text, why(noun)));
            }
        }
    }
    found
}

/// The empty noun among the words of a `snake_case` or `CamelCase` name.
fn empty_noun(name: &str) -> Option<&'static str> {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    let mut words = words.split([' ', '_']);
    words.find_map(|word| EMPTY_NOUNS.iter().copied().find(|noun| *noun == word))
}

/// The length below which `percent` of the files stay.
fn percentile(sorted: &[usize], percent: usize) -> usize {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

#[test]
fn every_file_says_what_it_is() {
    let files: Vec<_> = ["src", "tests", "benches", "examples"].into_iter().flat_map(read_all).collect();
    refuse(&files.iter().flat_map(opens_with_what_it_is).collect::<Vec<_>>());
}

#[test]
fn every_file_is_short() {
    let files = shipped("src");
    let mut lengths: Vec<_> = files.iter().map(|file| file.length).collect();
    lengths.sort_unstable();
    let summary = format!(
        "src: {} files, {} lines that are not tests; half under {}, nine in ten under {}, longest {}\n",
        lengths.len(),
        lengths.iter().sum::<usize>(),
        percentile(&lengths, 50),
        percentile(&lengths, 90),
        percentile(&lengths, 100),
    );
    // Straight to the stream: the test harness would swallow a `println!`.
    std::io::stderr().write_all(summary.as_bytes()).unwrap();
    refuse(&files.iter().flat_map(is_short).collect::<Vec<_>>());
}

#[test]
fn nothing_forbidden_ships() {
    refuse(&shipped("src").iter().flat_map(holds_nothing_forbidden).collect::<Vec<_>>());
}

#[test]
fn names_are_nouns_of_the_job() {
    refuse(&shipped("src").iter().flat_map(is_named_after_the_job).collect::<Vec<_>>());
}

#[test]
fn no_test_is_left_out() {
    let ignored = |file: &RustFile| {
        let at = file.text.find(concat!("#[ig", "nore"))?;
        let (line, text) = file.line(at);
        Some(Offence::new(&file.path, line, text, "a test that does not run proves nothing"))
    };
    refuse(&["src", "tests"].into_iter().flat_map(read_all).filter_map(|file| ignored(&file)).collect::<Vec<_>>());
}

#[test]
fn lints_are_on() {
    let manifest = std::fs::read_to_string(crate::rust::root().join("Cargo.toml")).unwrap();
    let clippy = std::fs::read_to_string(crate::rust::root().join("clippy.toml")).unwrap();
    for line in [
        "unsafe_code = \"forbid\"",
        "pedantic = { level = \"warn\", priority = -1 }",
        "disallowed_methods = \"deny\"",
        "unwrap_used = \"warn\"",
    ] {
        assert!(manifest.lines().any(|written| written == line), "Cargo.toml lost `{line}`");
    }
    assert!(!manifest.contains("too_many_lines"), "Cargo.toml weakens too_many_lines");
    assert!(clippy.lines().any(|line| line == "too-many-lines-threshold = 80"), "clippy.toml lost its threshold");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> RustFile {
        RustFile::new(path, text)
    }

    #[test]
    fn a_file_without_its_sentence_is_refused() {
        for text in ["use a::b;", "", "\n//! Late.", "//!\n", "// Not a doc comment."] {
            assert_eq!(opens_with_what_it_is(&file("src/base/a.rs", text)).len(), 1, "{text:?}");
        }
        assert_eq!(opens_with_what_it_is(&file("src/base/a.rs", "//! What it is.")), []);
    }

    #[test]
    fn a_long_file_is_refused_but_its_tests_do_not_count() {
        let long = "let x = 1;\n".repeat(LONGEST + 1);
        assert_eq!(is_short(&file("src/base/a.rs", &long)).len(), 1);
        let tests = format!("//! A.\n#[cfg(test)]\nmod tests {{\n{long}}}\n");
        assert_eq!(is_short(&file("src/base/a.rs", &tests)), []);
        assert_eq!([50, 90, 100].map(|percent| percentile(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], percent)), [6, 10, 10]);
    }

    #[test]
    fn unfinished_or_loud_code_is_refused() {
        for text in [
            "x.unwrap();",
            "unsafe { x }",
            "todo!()",
            "unimplemented!(\"later\")",
            "dbg!(x);",
            "println!(\"x\");",
            "eprint!(\"x\");",
            "#[expect(clippy::too_many_lines, reason = \"long\")]",
        ] {
            assert_eq!(holds_nothing_forbidden(&file("src/daemon/mod.rs", text)).len(), 1, "{text}");
        }
        for text in
            ["x.unwrap_or(1);", "// todo!()", "let unsafe_code = \"unsafe\";", "#[cfg(test)]\nmod t { a.unwrap() }"]
        {
            assert_eq!(holds_nothing_forbidden(&file("src/daemon/mod.rs", text)), [], "{text}");
        }
        assert_eq!(holds_nothing_forbidden(&file("src/cli/screen.rs", "println!(\"x\");")), []);
    }

    #[test]
    fn empty_names_are_refused() {
        for (path, text) in [
            ("src/alert/utils.rs", ""),
            ("src/alert/page_helper/mod.rs", ""),
            ("src/alert/a.rs", "pub struct ChainManager;"),
            ("src/alert/a.rs", "enum Data {}"),
            ("src/alert/a.rs", "mod common { }"),
        ] {
            assert_eq!(is_named_after_the_job(&file(path, text)).len(), 1, "{path} {text}");
        }
        for text in ["struct Metadata;", "fn handler() {}", "enum Information {}", "// struct Manager"] {
            assert_eq!(is_named_after_the_job(&file("src/alert/a.rs", text)), [], "{text}");
        }
    }
}
