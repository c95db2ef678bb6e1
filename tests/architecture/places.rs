//! How many places an addition touches. A channel is its own file and its row in the table; beside them there is only the
//! line that declares its file, which the compiler asks for.

use crate::rust::{RustFile, root, shipped};
use crate::{Offence, refuse};

/// The table of channels.
const TABLE: &str = "src/alert/medium.rs";
/// Where the files of channels are, and declared.
const CHANNELS: &str = "src/alert/channel";

/// A row of the table.
#[derive(Debug, PartialEq)]
struct Row {
    word: String,
    kind: String,
    has_address: bool,
}

/// The rows between the braces of `every_channel`.
fn rows(table: &RustFile) -> Vec<Row> {
    let code = &table.code;
    let start = code.find("$then! { { $($given)* }").expect("the table begins");
    let end = start + code[start..].find("\n        }\n").expect("the table ends");
    let mut rows: Vec<Row> = Vec::new();
    for line in code[start..end].lines().map(str::trim) {
        if let Some((word, rest)) = line.split_once(": ")
            && let Some((kind, _)) = rest.split_once(" {")
        {
            rows.push(Row { word: word.to_owned(), kind: kind.to_owned(), has_address: false });
        } else if line == "address" {
            rows.last_mut().expect("an address belongs to a row").has_address = true;
        }
    }
    rows
}

/// Where a file names one channel although it is not its own file.
fn mentions(file: &RustFile, row: &Row) -> Vec<Offence> {
    let Row { word, kind, has_address } = row;
    let own = [format!("{CHANNELS}/{word}.rs"), format!("{CHANNELS}/{word}")];
    if file.path == TABLE || own.iter().any(|own| file.is_in(own)) {
        return Vec::new();
    }
    let variants = ["Medium", "Address", "Settings", "Channel"].map(|name| format!("{name}::{kind}"));
    let is_one = |path: &str| {
        let path = format!("::{path}::");
        path.contains(&format!("::alert::channel::{word}::"))
            || variants.iter().any(|variant| path.contains(&format!("::{variant}::")))
    };
    let mut places: Vec<usize> =
        file.named().into_iter().filter(|name| is_one(&name.path.join("::"))).map(|name| name.at).collect();
    places.extend(variants.iter().flat_map(|variant| file.words(variant)));
    // A struct with a field for the addresses of one medium.
    places.extend(file.words(word).filter(|at| *has_address && file.code[..*at].ends_with('.')));
    places.sort_unstable();
    places.dedup();
    let why = || format!("only {CHANNELS}/{word}.rs and its row know the channel `{word}`");
    places.into_iter().map(|at| Offence::new(&file.path, file.line(at).0, file.line(at).1, why())).collect()
}

#[test]
fn a_channel_is_its_file_and_its_row() {
    let table = RustFile::new(TABLE, &std::fs::read_to_string(root().join(TABLE)).unwrap());
    let rows = rows(&table);
    assert!(rows.len() >= 3, "the table of channels was not read: {rows:?}");
    let files = shipped("src");
    for row in &rows {
        let own = format!("{CHANNELS}/{}.rs", row.word);
        assert!(files.iter().any(|file| file.path == own), "{own} is not there");
        refuse(&files.iter().flat_map(|file| mentions(file, row)).collect::<Vec<_>>());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_named_elsewhere_is_refused() {
        let row = Row { word: "sms".to_owned(), kind: "Sms".to_owned(), has_address: true };
        for (path, text) in [
            ("src/site/people.rs", "fn f(m: Medium) -> bool { m == Medium::Sms }"),
            ("src/site/people.rs", "use crate::alert::channel::sms;"),
            ("src/core/context.rs", "fn f(person: &Person) { call(person.sms) }"),
            ("src/alert/channel/mod.rs", "fn f(a: Address) { matches!(a, Address::Sms(_)) }"),
        ] {
            assert!(!mentions(&RustFile::new(path, text), &row).is_empty(), "{path}: {text}");
        }
        for (path, text) in [
            ("src/alert/channel/sms.rs", "fn f(a: Address) { matches!(a, Address::Sms(_)) }"),
            ("src/alert/channel/mod.rs", "pub mod sms;"),
            ("src/site/people.rs", "/// As Medium::Sms.\nfn f() { \"Medium::Sms\" }"),
        ] {
            assert_eq!(mentions(&RustFile::new(path, text), &row), [], "{path}: {text}");
        }
    }
}
