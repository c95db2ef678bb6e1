//! A kind of source is one file (or folder) and one row: everybody else reads lines, wherever they come from.

use std::collections::BTreeSet;

use crate::rust::{RustFile, root, shipped};

/// The table of all kinds.
const TABLE: &str = "src/watch/source/mod.rs";

/// One row of the table: `follow: file::Follower`.
#[derive(Debug, PartialEq)]
struct Row {
    /// The file, without `.rs`.
    file: String,
    /// The type that reads, which is also the variant of the enums that know all kinds.
    kind: String,
}

/// The rows between the braces of `every_source`.
fn rows(code: &str) -> Vec<Row> {
    let start = code.find("$then! { { $($given)* }").expect("the table begins");
    let end = start + code[start..].find("\n        }\n").expect("the table ends");
    let row = |line: &str| {
        let (file, kind) = line.trim().split_once(": ")?.1.split_once("::")?;
        Some(Row { file: file.to_owned(), kind: kind.to_owned() })
    };
    code[start..end].lines().skip(1).filter_map(row).collect()
}

/// Whether `file` names the kind of `row`, and is not its own.
fn names(row: &Row, file: &RustFile) -> bool {
    let own = format!("src/watch/source/{}", row.file);
    if file.path == TABLE || file.path == format!("{own}.rs") || file.is_in(&own) {
        return false;
    }
    let is_it = |path: &[String]| {
        path.windows(2).any(|pair| {
            (pair[0] == "source" && pair[1] == row.file)
                || (["Settings", "Source"].contains(&pair[0].as_str()) && pair[1] == row.kind)
        })
    };
    file.named().into_iter().any(|name| is_it(&name.path))
}

#[test]
fn a_kind_of_source_is_named_in_its_file_and_in_the_table_only() {
    let files = shipped("src");
    let table = files.iter().find(|file| file.path == TABLE).expect("the table of sources is there");
    let rows = rows(&table.code);
    assert!(!rows.is_empty(), "the table was not read");
    for row in &rows {
        let own = format!("src/watch/source/{}.rs", row.file);
        assert!(root().join(&own).is_file(), "{own} is missing");
        let elsewhere: BTreeSet<&str> =
            files.iter().filter(|file| names(row, file)).map(|file| file.path.as_str()).collect();
        println!("{}: {} places", row.file, 2 + elsewhere.len());
        assert!(elsewhere.is_empty(), "{} is named in {elsewhere:?}", row.kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_and_a_mention_elsewhere_is_seen() {
        let code =
            "$then! { { $($given)* }\n            follow: file::Follower\n            pipe: pipe::Pipe\n        }\n";
        let row = |file: &str, kind: &str| Row { file: file.to_owned(), kind: kind.to_owned() };
        assert_eq!(rows(code), [row("file", "Follower"), row("pipe", "Pipe")]);
        for (path, text, wanted) in [
            ("src/daemon/mod.rs", "use crate::watch::source::file::Follower;", true),
            ("src/daemon/mod.rs", "fn f() { match s { source::Settings::Follower(_) => {} } }", true),
            ("src/daemon/mod.rs", "use crate::watch::source::Source;", false),
            ("src/watch/source/file/tail.rs", "use crate::watch::source::file::Follower;", false),
        ] {
            assert_eq!(names(&row("file", "Follower"), &RustFile::new(path, text)), wanted, "{path}: {text}");
        }
    }
}
