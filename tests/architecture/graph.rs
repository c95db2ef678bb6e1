//! Which file imports which, by `crate::…` and `super::…`. A name that a folder's file only passes on leads to the file
//! that declares it, and passing on is no import: such a list is the folder's table of contents. Nor is it one when a
//! folder's file uses its own parts.

use std::collections::{BTreeMap, BTreeSet};

use crate::rust::{PassedOn, RustFile};

/// The imports of all files of a tree, by their numbers.
pub(crate) struct Graph<'a> {
    files: &'a [RustFile],
    modules: BTreeMap<String, usize>,
    passed_on: Vec<Vec<PassedOn>>,
    imports: Vec<BTreeSet<usize>>,
}

/// How often a name may be passed on before it is given up.
const PASSES: usize = 8;

impl<'a> Graph<'a> {
    pub(crate) fn of(files: &'a [RustFile]) -> Self {
        let named = files.iter().enumerate().map(|(number, file)| (file.module().join("::"), number));
        let modules = named.filter(|(name, _)| !name.is_empty()).collect();
        let passed_on = files.iter().map(RustFile::passed_on).collect();
        let mut graph = Self { files, modules, passed_on, imports: Vec::new() };
        graph.imports = files.iter().enumerate().map(|(number, file)| graph.imported_by(number, file)).collect();
        graph
    }

    fn imported_by(&self, number: usize, file: &RustFile) -> BTreeSet<usize> {
        let passed_on = |at: usize| self.passed_on[number].iter().any(|passed| passed.statement.contains(&at));
        let names = file.named().into_iter().filter(|name| !passed_on(name.at));
        // What a file says of its own modules begins with their name: a folder's file may use its parts.
        let inside = names.filter(|name| name.path.first().is_some_and(|first| first == "crate"));
        let found = inside.filter_map(|name| self.declaring(&name.path[1..], PASSES));
        found.filter(|found| *found != number).collect()
    }

    /// The file that declares what `path` names, counted from the root of the crate.
    fn declaring(&self, path: &[String], passes: usize) -> Option<usize> {
        let length = (1..=path.len()).rev().find(|length| self.modules.contains_key(&path[..*length].join("::")))?;
        let number = self.modules[&path[..length].join("::")];
        let (file, Some(item)) = (&self.files[number], path.get(length)) else { return Some(number) };
        if passes == 0 || declares(file, item) {
            return Some(number);
        }
        let contents = &self.passed_on[number];
        let behind = |passed: &PassedOn| {
            let mut path = passed.path.clone();
            if passed.name == "*" {
                path.pop();
                path.push(item.clone());
            }
            self.declaring(&from_root(file, path), passes - 1)
        };
        let named = contents.iter().find(|passed| passed.name == *item).and_then(behind);
        let all = || contents.iter().filter(|passed| passed.name == "*").find_map(behind);
        named.or_else(all).or(Some(number))
    }

    /// Everything that a file reaches, through others too.
    pub(crate) fn reached_from(&self, number: usize) -> BTreeSet<usize> {
        let (mut reached, mut next) = (BTreeSet::new(), vec![number]);
        while let Some(at) = next.pop() {
            next.extend(self.imports[at].iter().filter(|found| reached.insert(**found)));
        }
        reached
    }

    /// Files that reach themselves, in groups that reach each other.
    pub(crate) fn circles(&self) -> Vec<Vec<&'a str>> {
        let reached: Vec<_> = (0..self.files.len()).map(|number| self.reached_from(number)).collect();
        let mut circles: Vec<Vec<&str>> = Vec::new();
        let mut done = BTreeSet::new();
        for number in 0..self.files.len() {
            if reached[number].contains(&number) && !done.contains(&number) {
                let circle: Vec<usize> =
                    reached[number].iter().copied().filter(|other| reached[*other].contains(&number)).collect();
                done.extend(circle.iter().copied());
                circles.push(circle.into_iter().map(|number| self.files[number].path.as_str()).collect());
            }
        }
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }
}

/// The path from the root of the crate that `file` means.
fn from_root(file: &RustFile, path: Vec<String>) -> Vec<String> {
    if path.first().is_some_and(|first| first == "crate") {
        return path[1..].to_vec();
    }
    file.module().into_iter().chain(path).collect()
}

/// Whether an item of this name is declared in the file itself.
fn declares(file: &RustFile, item: &str) -> bool {
    ["struct", "enum", "trait", "type", "fn", "const", "static", "macro_rules!", "union"]
        .iter()
        .any(|kind| file.words(&format!("{kind} {item}")).next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: &[(&str, &str)]) -> Vec<RustFile> {
        texts.iter().map(|(path, text)| RustFile::new(path, text)).collect()
    }

    #[test]
    fn a_circle_is_found_and_a_list_of_contents_is_none() {
        let tree = files(&[
            ("src/a/mod.rs", "mod one;\nmod two;\npub use one::One;\npub use two::{Two as Second, *};\n"),
            ("src/a/one.rs", "use super::Second;\npub struct One(Second);\n"),
            ("src/a/two.rs", "pub struct Two;\npub fn f() { crate::b::g() }\n"),
            ("src/b.rs", "pub fn g() {}\n"),
        ]);
        assert_eq!(Graph::of(&tree).circles(), Vec::<Vec<&str>>::new());
        let reached: Vec<_> = Graph::of(&tree).reached_from(1).into_iter().map(|at| tree[at].path.as_str()).collect();
        assert_eq!(reached, ["src/a/two.rs", "src/b.rs"]);
        for back in ["use crate::a::One;\n", "use crate::a::{self, One};\n", "fn g() { crate::a::one::One::new() }\n"] {
            let tree = files(&[
                ("src/a/mod.rs", "mod one;\nmod two;\npub use one::One;\npub use two::*;\n"),
                ("src/a/one.rs", "use super::Two;\npub struct One(Two);\n"),
                ("src/a/two.rs", "pub struct Two;\npub fn f() { crate::b::g() }\n"),
                ("src/b.rs", back),
            ]);
            let circles = Graph::of(&tree).circles();
            assert_eq!(circles, [["src/a/one.rs", "src/a/two.rs", "src/b.rs"]], "{back}");
        }
    }

    #[test]
    fn a_folders_file_may_use_its_parts() {
        let tree = files(&[
            ("src/a/mod.rs", "mod one;\nmod two;\nuse one::One;\npub struct Whole(One);\n"),
            ("src/a/one.rs", "use super::Whole;\npub struct One(Box<Whole>);\n"),
            ("src/a/two.rs", "use super::one::One;\npub struct Two(One);\n"),
        ]);
        assert_eq!(Graph::of(&tree).circles(), Vec::<Vec<&str>>::new());
    }
}
