//! Rust source as the checks see it: comments and literals blanked, test code known, every path it names resolved.
//! Not a compiler: it reads what rustfmt writes, which is what this tree holds.

use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One Rust file.
#[derive(Clone)]
pub(crate) struct RustFile {
    /// Its path from the root of the package, with `/`.
    pub(crate) path: String,
    /// The text as written.
    pub(crate) text: String,
    /// The same length, with comments, literals and test code turned into blanks: what ships.
    pub(crate) code: String,
    /// How many lines are not test code.
    pub(crate) length: usize,
    /// Files and folders that hold only test code, because this file declares them so.
    tests: Vec<String>,
}

/// A function of shipped code.
#[derive(Debug, PartialEq)]
pub(crate) struct Function {
    pub(crate) at: usize,
    pub(crate) name: String,
    /// How many parameters it has, `self` among them.
    pub(crate) parameters: usize,
}

/// A name that a file passes on with `pub use`, and the path behind it; `*` where it passes on everything.
#[derive(Debug, PartialEq)]
pub(crate) struct PassedOn {
    /// Where the statement stands.
    pub(crate) statement: Range<usize>,
    pub(crate) name: String,
    pub(crate) path: Vec<String>,
}

/// A path such as `crate::base::id::SourceName` that code names, with the offset where it stands.
#[derive(Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) at: usize,
    pub(crate) path: Vec<String>,
}

impl RustFile {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let mut code = blank_literals(text);
        let mut tests = Vec::new();
        let mut length = text.lines().count();
        while let Some(item) = test_item(&code) {
            tests.extend(declared_file(path, &code[item.clone()], &text[item.clone()]));
            length -= text[item.clone()].lines().count();
            blank(&mut code, item);
        }
        if code.contains("#![cfg(test)]") {
            length = 0;
            let all = 0..code.len();
            blank(&mut code, all);
        }
        Self { path: path.to_owned(), text: text.to_owned(), code, length, tests }
    }

    /// The line number and the written line at `offset`.
    pub(crate) fn line(&self, offset: usize) -> (usize, &str) {
        let number = self.text[..offset].matches('\n').count();
        (number + 1, self.text.lines().nth(number).unwrap_or_default())
    }

    /// Where `word` stands in the shipped code as a whole word.
    pub(crate) fn words<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let goes_on = move |behind: &str| word.ends_with(is_word) && behind.starts_with(is_word);
        let places = self.code.match_indices(word).map(|(at, _)| at);
        places.filter(move |&at| !self.code[..at].ends_with(is_word) && !goes_on(&self.code[at + word.len()..]))
    }

    /// Every path of two parts or more that shipped code names; `super` and `self` are resolved to `crate`.
    pub(crate) fn named(&self) -> Vec<Named> {
        let modules = inline_modules(&self.code);
        let home = |at: usize| {
            let mut home = module_of(&self.path);
            home.extend(modules.iter().filter(|(body, _)| body.contains(&at)).map(|(_, name)| name.clone()));
            home
        };
        let mut named = Vec::new();
        let mut rest = self.code.clone();
        for at in self.words("use ") {
            let Some(length) = self.code[at..].find(';') else { continue };
            let tree = &self.code[at + "use ".len()..at + length];
            named.extend(branches(tree, at + "use ".len()).into_iter().map(|(at, path)| (at, path, true)));
            blank(&mut rest, at..at + length);
        }
        named.extend(chains(&rest).into_iter().map(|(at, path)| (at, path, false)));
        named
            .into_iter()
            .map(|(at, path, imported)| (Named { at, path: resolve(path, home(at)) }, imported))
            .filter(|(name, imported)| *imported || name.path.len() > 1)
            .map(|(name, _)| name)
            .collect()
    }

    /// What the file passes on with `pub use` or one of its narrower kin.
    pub(crate) fn passed_on(&self) -> Vec<PassedOn> {
        let home = self.module();
        let mut found = Vec::new();
        for at in self.words("use ") {
            let is_public = self.code[..at].trim_end().rsplit(['\n', ';', '}']).next().unwrap_or_default();
            let Some(length) = self.code[at..].find(';').filter(|_| is_public.trim_start().starts_with("pub")) else {
                continue;
            };
            let tree = &self.code[at + "use ".len()..at + length];
            for (start, path) in branches(tree, at + "use ".len()) {
                let branch = self.code[start..at + length].split([',', '}']).next().unwrap_or_default();
                let alias = branch.split_once(" as ").map(|(_, alias)| alias.trim().to_owned());
                let Some(name) = alias.or_else(|| path.last().cloned()) else { continue };
                found.push(PassedOn { statement: at..at + length, name, path: resolve(path, home.clone()) });
            }
        }
        found
    }

    /// The module this file is: `[alert, chain]` for `src/alert/chain/mod.rs`.
    pub(crate) fn module(&self) -> Vec<String> {
        module_of(&self.path)
    }

    /// Every function that ships.
    pub(crate) fn functions(&self) -> Vec<Function> {
        self.words("fn ").filter_map(|at| function(&self.code, at)).collect()
    }

    /// How many fields the struct of this name has, if it is declared here with named ones.
    pub(crate) fn fields(&self, name: &str) -> Option<usize> {
        let declared = format!("struct {name} {{");
        let at = self.words(&declared).next()?;
        let open = at + declared.len() - 1;
        let body = &self.code[open + 1..open + closing(&self.code[open..])?];
        let is_field = |line: &&str| {
            let name = line.trim().rsplit_once("pub").map_or(line.trim(), |(_, rest)| rest);
            let name = name.trim_start().trim_start_matches(|letter| letter != ')' && name.starts_with('('));
            let name = name.trim_start_matches(')').trim_start().split(": ").next().unwrap_or_default();
            line.contains(": ") && name.chars().all(is_word)
        };
        Some(body.lines().filter(is_field).count())
    }

    /// The folder or file under `src/` this file belongs to: `base` for `src/base/id.rs`, `main` for `src/main.rs`.
    pub(crate) fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split('/').next().map_or(inside, |first| first.trim_end_matches(".rs"))
    }

    /// Whether the file is `place`, or lies in it when it is a folder: `src/text/yaml.rs`, `src/store`.
    pub(crate) fn is_in(&self, place: &str) -> bool {
        self.path == place
            || self.path.strip_prefix(place.trim_end_matches(".rs")).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// The Rust files under `folder` of this package, in order, without those that hold only test code.
pub(crate) fn shipped(folder: &str) -> Vec<RustFile> {
    let files = read_all(folder);
    let tests: HashSet<_> = files.iter().flat_map(|file| file.tests.clone()).collect();
    let is_test = |file: &RustFile| {
        let stem = file.path.trim_end_matches(".rs");
        tests
            .iter()
            .any(|test| stem.strip_prefix(test.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    files.into_iter().filter(|file| !is_test(file)).collect()
}

/// Every Rust file under `folder` of this package, in order.
pub(crate) fn read_all(folder: &str) -> Vec<RustFile> {
    let root = root();
    files_under(&root.join(folder))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a Rust file is readable UTF-8");
            let inside = path.strip_prefix(&root).expect("the walk started at the root");
            RustFile::new(&inside.to_string_lossy(), &text)
        })
        .collect()
}

/// The root of this package.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under `folder`, in order; nothing when there is no such folder. Build output is left out.
pub(crate) fn files_under(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            if !path.ends_with(".git") && !path.ends_with("target") {
                files.extend(files_under(&path));
            }
        } else {
            files.push(path);
        }
    }
    files
}

/// The file or folder, without `.rs`, that the item `mod name;` of the file at `path` declares. `code` is the item
/// with its literals blanked, `text` as written.
fn declared_file(path: &str, code: &str, text: &str) -> Option<String> {
    let (_, name) = code.strip_suffix(';')?.rsplit_once("mod ")?;
    let elsewhere = text.split_once("#[path = \"").and_then(|(_, rest)| rest.split('"').next());
    Some(match elsewhere {
        Some(file) => format!("{}/{}", path.rsplit_once('/')?.0, file.trim_end_matches(".rs")),
        None => format!("{}/{}", folder_of(path), name.trim()),
    })
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The folder in which a file's child modules live.
fn folder_of(path: &str) -> &str {
    ["/mod.rs", "/lib.rs", "/main.rs", ".rs"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path)
}

/// The module a file of `src/` is: `[alert, chain]` for `src/alert/chain/mod.rs`.
fn module_of(path: &str) -> Vec<String> {
    let folder = folder_of(path);
    folder.strip_prefix("src/").map_or_else(Vec::new, |inside| inside.split('/').map(str::to_owned).collect())
}

/// Replaces the bytes of `range` by blanks and keeps the line ends.
fn blank(text: &mut String, range: Range<usize>) {
    let blanks: String = text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &blanks);
}

/// The text with every comment, string and character blanked; offsets stay the same.
fn blank_literals(text: &str) -> String {
    let mut code = text.to_owned();
    let mut at = 0;
    while at < text.len() {
        let length = literal(&text[at..], text[..at].ends_with(is_word));
        if length > 0 {
            blank(&mut code, at..at + length);
            at += length;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    code
}

/// The length of the comment or literal that `text` starts with, 0 when it starts with neither.
fn literal(text: &str, inside_word: bool) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return block_comment(text);
    }
    if text.starts_with('"') {
        return quoted(text);
    }
    if text.starts_with('\'') {
        return character(text);
    }
    let prefix = text.len() - text.trim_start_matches(['b', 'c', 'r']).len();
    let hashes = text[prefix..].len() - text[prefix..].trim_start_matches('#').len();
    let is_raw = !inside_word && (1..=2).contains(&prefix) && text[..prefix].ends_with('r');
    if is_raw && text[prefix + hashes..].starts_with('"') {
        let opened = prefix + hashes + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        return text[opened..].find(&close).map_or(text.len(), |end| opened + end + close.len());
    }
    0
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A character such as `'a'` or `'\''`; a lifetime is no literal.
fn character(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => {
            letters.next();
            letters.find(|(_, letter)| *letter == '\'').map_or(0, |(at, _)| at + 1)
        }
        Some(_) => letters.next().filter(|(_, letter)| *letter == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}

/// The first item under `#[cfg(test)]`, from the attribute to its end.
fn test_item(code: &str) -> Option<Range<usize>> {
    let start = code.find("#[cfg(test)]")?;
    let mut at = start;
    while code[at..].trim_start().starts_with("#[") {
        at += code[at..].find("#[")?;
        at += closing(&code[at + 1..])? + 2;
    }
    let body = code[at..].find(['{', ';']).map(|found| at + found)?;
    let end = if code[body..].starts_with('{') { body + closing(&code[body..])? } else { body };
    Some(start..end + 1)
}

/// The function whose `fn ` stands at `at`; a type such as `fn(u8)` is none.
fn function(code: &str, at: usize) -> Option<Function> {
    let name: String = code[at + "fn ".len()..].chars().take_while(|letter| is_word(*letter)).collect();
    let mut open = at + "fn ".len() + name.len();
    if code[open..].starts_with('<') {
        open += generics(&code[open..])?;
    }
    if name.is_empty() || !code[open..].starts_with('(') {
        return None;
    }
    let inside = &code[open + 1..open + closing(&code[open..])?];
    let (mut depth, mut parameters, mut written) = (0_usize, 0, false);
    let mut before = ' ';
    for letter in inside.chars().chain([',']) {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if before == '-' => {}
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parameters += usize::from(written);
                written = false;
            }
            _ => written |= !letter.is_whitespace(),
        }
        before = letter;
    }
    Some(Function { at, name, parameters })
}

/// The length of the `<…>` that `code` starts with.
fn generics(code: &str) -> Option<usize> {
    let (mut depth, mut before) = (0_usize, ' ');
    for (at, letter) in code.char_indices() {
        match letter {
            '<' => depth += 1,
            '>' if before != '-' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        before = letter;
    }
    None
}

/// Where the bracket that `code` starts with is closed.
fn closing(code: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in code.char_indices() {
        match letter {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The modules written inside the file, with the range of their bodies, outer ones first.
fn inline_modules(code: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("mod ").filter(|(at, _)| !code[..*at].ends_with(is_word)) {
        let name: String = code[at + 4..].chars().take_while(|letter| is_word(*letter)).collect();
        let body = at + 4 + name.len();
        let open = code[body..].find(|letter: char| !letter.is_whitespace()).map(|gap| body + gap);
        if let Some(open) = open.filter(|open| code[*open..].starts_with('{'))
            && let Some(length) = closing(&code[open..])
        {
            found.push((open..open + length, name));
        }
    }
    found
}

/// The paths of a `use` tree: `{base::{id, level}, text}` gives three. `offset` is where the tree stands.
fn branches(tree: &str, offset: usize) -> Vec<(usize, Vec<String>)> {
    let at = offset + tree.len() - tree.trim_start().len();
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap_or(tree);
        return vec![(at, segments(path))];
    };
    let stem = segments(&tree[..open]);
    let inner = tree[open + 1..].trim_end().trim_end_matches('}');
    let mut paths = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (end, letter) in inner.char_indices().chain([(inner.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 || end == inner.len() => {
                if !inner[from..end].trim().is_empty() {
                    paths.extend(branches(&inner[from..end], at + open + 1 + from));
                }
                from = end + 1;
            }
            _ => {}
        }
    }
    for (_, path) in &mut paths {
        path.splice(0..0, stem.iter().cloned());
    }
    paths
}

fn segments(path: &str) -> Vec<String> {
    path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Every `a::b::c` outside `use` items.
fn chains(code: &str) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    let mut behind = 0;
    for (colons, _) in code.match_indices("::") {
        if colons < behind {
            continue;
        }
        let word = code[..colons].trim_end_matches(is_word).len();
        if word == colons {
            continue;
        }
        let part = |letter: char| is_word(letter) || letter == ':';
        let end = code[word..].find(|letter| !part(letter)).map_or(code.len(), |length| word + length);
        found.push((word, segments(&code[word..end])));
        behind = end;
    }
    found
}

/// Turns `super::…` and `self::…` as written in module `home` into `crate::…`.
fn resolve(path: Vec<String>, mut home: Vec<String>) -> Vec<String> {
    let climbs = path.iter().take_while(|part| *part == "super" || *part == "self").count();
    if climbs == 0 || path.is_empty() {
        return path;
    }
    for _ in path[..climbs].iter().filter(|part| *part == "super") {
        home.pop();
    }
    ["crate".to_owned()].into_iter().chain(home).chain(path[climbs..].iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(path: &str, text: &str) -> Vec<String> {
        RustFile::new(path, text).named().iter().map(|name| name.path.join("::")).collect()
    }

    #[test]
    fn comments_and_literals_are_no_code() {
        let text = r##"
            //! crate::a  "
            /* crate::b /* nested */ crate::c */
            let x = "crate::d \" crate::e"; let y = r#"crate::f " crate::g"#; let z = b"crate::h";
            let quote = '"'; let tick = '\''; let long = '\u{1f600}'; fn f<'a>(x: &'a str) { crate::seen() }
        "##;
        let file = RustFile::new("src/base/a.rs", text);
        assert_eq!(file.code.len(), text.len());
        assert_eq!(file.code.matches("crate::").count(), 1, "{}", file.code);
        assert!(file.code.contains("crate::seen"));
    }

    #[test]
    fn test_code_does_not_ship() {
        let text = "//! A.\nuse a::b;\n#[cfg(test)]\n#[path = \"x.rs\"]\nmod tests {\n    use c::d;\n}\nfn after() { e::f() }\n";
        let file = RustFile::new("src/base/a.rs", text);
        assert_eq!(named("src/base/a.rs", text), ["a::b", "e::f"]);
        assert_eq!(file.length, 4 - 1, "three lines ship");
        let outside = RustFile::new("src/base/mod.rs", "mod a;\n#[cfg(test)]\nmod tests;\n");
        assert_eq!(outside.tests, ["src/base/tests"]);
        assert_eq!(outside.length, 1);
        assert_eq!(RustFile::new("src/base/a.rs", "#[cfg(test)]\nmod tests;").tests, ["src/base/a/tests"]);
        let named_by_path = RustFile::new("src/store/file.rs", "#[cfg(test)]\n#[path = \"tests.rs\"]\nmod tests;");
        assert_eq!(named_by_path.tests, ["src/store/tests"]);
        assert_eq!(named("src/base/b.rs", "#![cfg(test)]\nuse a::b;"), [""; 0]);
    }

    #[test]
    fn use_trees_are_opened_and_super_is_resolved() {
        let text =
            "use crate::{alert::{chain, oncall::Person as P}, base::id::*};\npub(crate) use super::yaml::parse;\n";
        assert_eq!(
            named("src/text/read.rs", text),
            ["crate::alert::chain", "crate::alert::oncall::Person", "crate::base::id::*", "crate::text::yaml::parse"]
        );
        let text = "mod inner {\n    use super::super::node::Node;\n    fn f() { super::g(); ::tokio::spawn(x) }\n}\n";
        assert_eq!(
            named("src/text/read.rs", text),
            ["crate::text::node::Node", "crate::text::read::g", "tokio::spawn"]
        );
        assert_eq!(named("src/alert/mod.rs", "use super::base::id;\nuse tokio;"), ["crate::base::id", "tokio"]);
    }

    #[test]
    fn functions_and_fields_are_counted() {
        let text = "fn a() {}\npub fn b<F: Fn(u8, u8) -> bool>(&self, f: F, (x, y): (u8, u8)) {}\n\
                    fn c(\n    map: &BTreeMap<A, B>,\n    g: impl Fn(u8) -> Vec<u8>,\n    last: fn(u8),\n) {}\n\
                    pub struct S {\n    pub a: u8,\n    /// B.\n    pub(super) b: BTreeMap<A, B>,\n    c: Vec<u8>,\n}\n";
        let file = RustFile::new("src/base/a.rs", text);
        let found: Vec<_> = file.functions().into_iter().map(|found| (found.name, found.parameters)).collect();
        assert_eq!(found, [("a".to_owned(), 0), ("b".to_owned(), 3), ("c".to_owned(), 3)]);
        assert_eq!((file.fields("S"), file.fields("T")), (Some(3), None));
    }

    #[test]
    fn what_is_passed_on_is_known() {
        let text = "use a::b;\npub use file::{Store, StoreError as Failed};\npub(super) use super::x::*;\nuse c::d;\n";
        let passed = RustFile::new("src/store/mod.rs", text).passed_on();
        let passed: Vec<_> = passed.iter().map(|passed| (passed.name.as_str(), passed.path.join("::"))).collect();
        let expected = [("Store", "file::Store"), ("Failed", "file::StoreError"), ("*", "crate::x::*")];
        assert_eq!(passed, expected.map(|(name, path)| (name, path.to_owned())));
    }

    #[test]
    fn an_offset_has_its_line() {
        let file = RustFile::new("src/base/a.rs", "one\ntwo é\nthree");
        assert_eq!(file.line(0), (1, "one"));
        assert_eq!(file.line(file.text.len() - 1), (3, "three"));
        assert!(file.is_in("src/base") && file.is_in("src/base/a.rs") && !file.is_in("src/ba"));
        assert!(RustFile::new("src/text/yaml/x.rs", "").is_in("src/text/yaml.rs"));
        assert_eq!((file.room(), RustFile::new("src/main.rs", "").room()), ("base", "main"));
    }
}
