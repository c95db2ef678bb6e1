//! What is counted of the house, printed and kept: how many files import each other in circles, how many functions
//! take a bag of parameters, how many fields the core has, how much is public. Each figure has a kept value, above which this
//! fails, and the goal it is on its way to. Whoever brings a figure down lowers its kept value; nobody raises it.

use std::collections::BTreeSet;
use std::io::Write as _;

use crate::graph::Graph;
use crate::rust::{RustFile, read_all, shipped};

/// A figure as it is kept.
struct Figure {
    name: &'static str,
    /// Above this the test fails.
    kept: usize,
    goal: usize,
}

const CIRCLES: Figure = Figure { name: "files in circles of imports, per hundred", kept: 4, goal: 5 };
const BAGS: Figure = Figure { name: "functions with six parameters or more", kept: 3, goal: 10 };
const FIELDS: Figure = Figure { name: "fields of the core", kept: 8, goal: 8 };
const SITE: Figure = Figure { name: "lines of the middle file of src/site", kept: 150, goal: 200 };
const PUBLIC: Figure = Figure { name: "public items", kept: 1500, goal: 1465 };

/// From how many parameters on it is a bag.
const BAG: usize = 6;

/// Where the desks of the core stand.
const DESKS: &str = "src/core/desk";

impl Figure {
    /// Prints what was measured, and fails where it is more than what is kept.
    #[track_caller]
    fn hold(&self, measured: usize, found: &[String]) {
        let Self { name, kept, goal } = self;
        // Straight to the stream: the test harness would swallow a `println!`.
        writeln!(std::io::stdout(), "{name}: {measured} (kept {kept}, goal {goal})").expect("a line can be printed");
        assert!(measured <= *kept, "{name}: {measured}, and not more than {kept} are kept:\n  {}", found.join("\n  "));
    }
}

fn bags(files: &[RustFile]) -> Vec<String> {
    let of = |file: &RustFile| {
        let bags = file.functions().into_iter().filter(|function| function.parameters >= BAG);
        bags.map(|bag| format!("{}:{}: {} takes {}", file.path, file.line(bag.at).0, bag.name, bag.parameters))
            .collect::<Vec<_>>()
    };
    files.iter().flat_map(of).collect()
}

/// Everything `pub` without a bound: items, fields, what is passed on.
fn public(file: &RustFile) -> usize {
    file.words("pub ").count()
}

/// The middle of the lengths, in lines that ship.
fn middle_length(files: &[RustFile]) -> usize {
    let mut lengths: Vec<usize> = files.iter().map(|file| file.length).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

/// Desks without a test of their own: a folder or file below `folder` that ships. `all` are all files, tests among them.
fn untested(folder: &str, shipped: &[RustFile], all: &[RustFile]) -> Vec<String> {
    let desk = |file: &RustFile| {
        let inside = file.path.strip_prefix(folder)?.strip_prefix('/')?;
        inside.split(['/', '.']).next().filter(|desk| *desk != "mod").map(|desk| format!("{folder}/{desk}"))
    };
    let desks: BTreeSet<String> = shipped.iter().filter_map(desk).collect();
    let tested = |name: &String| all.iter().any(|file| file.is_in(name) && file.text.contains("#[test]"));
    let is_file =
        |name: &String| all.iter().any(|file| file.path == format!("{name}.rs") && file.text.contains("#[test]"));
    desks.into_iter().filter(|name| !tested(name) && !is_file(name)).collect()
}

#[test]
fn files_do_not_import_in_circles() {
    let files = shipped("src");
    let circles = Graph::of(&files).circles();
    let inside: usize = circles.iter().map(Vec::len).sum();
    let found: Vec<_> = circles.iter().map(|circle| circle.join(" ")).collect();
    CIRCLES.hold((inside * 100).div_ceil(files.len()), &found);
}

#[test]
fn functions_take_few_parameters() {
    let found = bags(&shipped("src"));
    BAGS.hold(found.len(), &found);
}

#[test]
fn the_core_holds_little() {
    let files = shipped("src");
    let cores: Vec<usize> = files.iter().filter_map(|file| file.fields("Core")).collect();
    assert_eq!(cores.len(), 1, "there is one core");
    FIELDS.hold(cores[0], &[]);
}

#[test]
fn files_of_the_site_are_short() {
    let files: Vec<_> = shipped("src/site").into_iter().filter(|file| file.length > 0).collect();
    let found: Vec<_> = files.iter().map(|file| format!("{} {}", file.length, file.path)).collect();
    SITE.hold(middle_length(&files), &found);
}

#[test]
fn little_is_public() {
    let files = shipped("src");
    PUBLIC.hold(files.iter().map(public).sum(), &[]);
}

#[test]
fn each_desk_has_tests_of_its_own() {
    assert_eq!(untested(DESKS, &shipped("src"), &read_all("src")), [""; 0]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bag_and_a_public_item_are_counted() {
        let text = "pub struct A {\n    pub a: u8,\n    pub(crate) b: u8,\n}\npub use x::y;\n\
                    fn five(a: u8, b: u8, c: u8, d: u8, e: u8) {}\n\
                    fn six(&self, a: u8, b: u8, c: u8, d: u8, e: u8) {}\n\
                    #[cfg(test)]\nmod t {\n    pub fn seven(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8) {}\n}\n";
        let file = RustFile::new("src/base/a.rs", text);
        assert_eq!(public(&file), 3);
        assert_eq!(bags(&[file]), ["src/base/a.rs:7: six takes 6"]);
    }

    #[test]
    fn the_middle_is_the_middle() {
        let file = |lines: usize| RustFile::new("src/site/a.rs", &"x\n".repeat(lines));
        assert_eq!(middle_length(&[file(9), file(1), file(3)]), 3);
        assert_eq!(middle_length(&[]), 0);
    }

    #[test]
    fn a_desk_without_a_test_is_named() {
        let all = [
            RustFile::new("src/core/desk/mod.rs", "mod alerts;"),
            RustFile::new("src/core/desk/alerts/mod.rs", "struct Alerts;"),
            RustFile::new("src/core/desk/alerts/tests.rs", "#[test]\nfn a() {}"),
            RustFile::new("src/core/desk/clock.rs", "struct Clock;"),
            RustFile::new("src/core/desk/lines.rs", "struct Lines;\n#[cfg(test)]\nmod tests {\n#[test]\nfn a() {}\n}"),
        ];
        let shipped: Vec<_> = all.iter().filter(|file| !file.path.ends_with("tests.rs")).cloned().collect();
        assert_eq!(untested("src/core/desk", &shipped, &all), ["src/core/desk/clock"]);
    }

    #[test]
    #[should_panic(expected = "not more than 3")]
    fn a_figure_above_what_is_kept_fails() {
        Figure { name: "things", kept: 3, goal: 1 }.hold(4, &[]);
    }
}
