//! A kind of inject is one file and one row: everything else asks what an inject does, never of which kind it is.

use std::collections::BTreeSet;

use crate::rust::{RustFile, root, shipped};

/// The table of all kinds.
const TABLE: &str = "src/drill/inject/mod.rs";

/// One row of the table: `phone: Phone, PhoneWritten;`.
#[derive(Debug, PartialEq)]
struct Row {
    /// The file, without `.rs`.
    file: String,
    /// The type, which is also the variant of the enums that know all kinds.
    kind: String,
    /// The type of how it is written.
    written: String,
}

/// The rows of the table in `code`.
fn rows(code: &str) -> Vec<Row> {
    let start = code.rfind("means! {").expect("the table of kinds is filled in");
    let row = |line: &str| {
        let (file, rest) = line.trim().strip_suffix(';')?.split_once(": ")?;
        let (kind, written) = rest.split_once(", ")?;
        Some(Row { file: file.to_owned(), kind: kind.to_owned(), written: written.to_owned() })
    };
    code[start..].lines().filter_map(row).collect()
}

/// The lines of `file` that name the kind of `row`.
fn mentions(row: &Row, file: &RustFile) -> Vec<String> {
    let names_it = |path: &[String]| {
        path.windows(2).any(|pair| {
            (["Action", "ActionKind", "ActionWritten"].contains(&pair[0].as_str()) && pair[1] == row.kind)
                || (pair[0] == "inject" && pair[1] == row.file)
        }) || path.last() == Some(&row.written)
    };
    let places = file.named().into_iter().filter(|name| names_it(&name.path)).map(|name| name.at);
    places.chain(file.words(&row.written)).map(|at| file.line(at).1.trim().to_owned()).collect()
}

#[test]
fn a_kind_of_inject_is_named_in_its_file_and_in_the_table_only() {
    let files = shipped("src");
    let table = files.iter().find(|file| file.path == TABLE).expect("the table of kinds is there");
    let rows = rows(&table.code);
    assert!(rows.len() >= 4, "the table was not read: {rows:?}");
    for row in &rows {
        let own = format!("src/drill/inject/{}.rs", row.file);
        assert!(root().join(&own).is_file(), "{own} is missing");
        let naming = files.iter().filter(|file| !mentions(row, file).is_empty());
        let places: BTreeSet<&str> = naming.map(|file| file.path.as_str()).chain([TABLE, &own]).collect();
        println!("{}: {} places", row.file, places.len());
        assert_eq!(places.len(), 2, "{} is named in {places:?}", row.kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_elsewhere_is_seen() {
        let row = Row { file: "phone".into(), kind: "Phone".into(), written: "PhoneWritten".into() };
        assert_eq!(rows("means! {\n    phone: Phone, PhoneWritten;\n}\n"), [row]);
        let row = &rows("means! {\n    phone: Phone, PhoneWritten;\n}\n")[0];
        for text in [
            "fn f(action: &Action) -> bool { matches!(action, Action::Phone(_)) }",
            "use crate::drill::inject::ActionKind;\nfn f() -> ActionKind { ActionKind::Phone }",
            "use crate::drill::inject::phone::Phone;",
            "struct S { written: PhoneWritten }",
        ] {
            assert_eq!(mentions(row, &RustFile::new("src/daemon/core/cards.rs", text)).len(), 1, "{text}");
        }
        let other = "use crate::site::people::Phone;\nfn f() { Medium::Phone }\n// Action::Phone\nlet s = \"phone\";";
        assert_eq!(mentions(row, &RustFile::new("src/site/people.rs", other)), [""; 0]);
    }
}
