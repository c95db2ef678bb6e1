//! What `vigie check` says of a site in which nearly everything is wrong.

use std::path::Path;
use std::process::Command;

/// Where each mistake of `tests/sites/twelve` is, and a word that its message or advice must hold.
const MISTAKES: [(&str, u64, u64, &str); 15] = [
    ("vigie.yaml", 1, 48, "Europe/Pari"),
    ("vigie.yaml", 4, 14, "did you mean `follow`?"),
    ("vigie.yaml", 4, 14, "`follow` is missing"),
    ("vigie.yaml", 5, 49, "did you mean `syslog`?"),
    ("vigie.yaml", 7, 51, "tls: required"),
    ("vigie.yaml", 8, 3, "2 kinds at once"),
    ("vigie.yaml", 11, 17, "papyrus"),
    ("people.yaml", 2, 72, "+33600000001"),
    ("people.yaml", 4, 55, "\"4500\""),
    ("people.yaml", 6, 29, "mon 08:00"),
    ("people.yaml", 6, 65, "c-nunes"),
    ("chains.yaml", 3, 19, "did you mean `critical`?"),
    ("chains.yaml", 5, 18, "did you mean `rssi`?"),
    ("chains.yaml", 6, 18, "authority"),
    ("chains.yaml", 6, 49, "not a duration"),
];

fn check(arguments: &[&str]) -> (i32, String, String) {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/twelve");
    let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .arg("check")
        .args(arguments)
        .arg(site)
        .env("NO_COLOR", "1")
        .output()
        .expect("vigie runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("vigie prints UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[test]
fn every_mistake_of_every_file_is_named_at_its_place_in_one_run() {
    let (code, out, _) = check(&["--json"]);
    assert_eq!(code, 1);
    let found: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    let missing: Vec<_> = MISTAKES
        .iter()
        .filter(|(file, line, column, word)| {
            !found.iter().any(|finding| {
                let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
                text("file").ends_with(file)
                    && finding["line"] == *line
                    && finding["column"] == *column
                    && (text("message").contains(word) || text("help").contains(word))
            })
        })
        .collect();
    assert!(missing.is_empty(), "not named: {missing:#?}\nnamed: {found:#?}");
    assert_eq!(found.len(), MISTAKES.len(), "something else was named too: {found:#?}");
}

#[test]
fn the_human_form_shows_the_line_and_what_to_write() {
    let (code, _, error) = check(&[]);
    assert_eq!(code, 1);
    for words in ["error[V002]", "people.yaml:2:72", "in international form: \"+33600000001\"", "folow"] {
        assert!(error.contains(words), "{words} is not in:\n{error}");
    }
}
