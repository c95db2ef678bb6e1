//! The same through the program: `scan` in words and as JSON, and the answer to "why?".

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::carrier::{CARRIERS, Carrier};
use super::list::{self, Form};

/// What `vigie` prints, on both streams.
pub(crate) fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .env("LC_ALL", "en_US.UTF-8")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[track_caller]
pub(crate) fn holds_nothing_private(what: &str, text: &str, forms: &[Form]) {
    for form in forms {
        // Fewer digits stand in times and places by chance.
        let is_short = |secret: &&String| secret.len() < 6 && secret.bytes().all(|byte| byte.is_ascii_digit());
        for secret in form.secrets.iter().filter(|secret| !is_short(secret)) {
            assert!(!holds(text, secret), "{secret} of `{}` in {what}: {}", form.text, around(text, secret));
        }
    }
}

/// Whether `secret` stands in `text`. A short number does not where it is a part of a longer one, in whichever base, or of a
/// second: among thousands of seals and times, every number of six digits comes up, whatever the base.
fn holds(text: &str, secret: &str) -> bool {
    let is_number = secret.len() <= 8 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.match_indices(secret).any(|(at, _)| {
        let before = text[..at].bytes().next_back().unwrap_or(b' ');
        let after = text.as_bytes().get(at + secret.len()).copied().unwrap_or(b' ');
        let by_chance = before.is_ascii_hexdigit() || after.is_ascii_hexdigit() || (before == b'.' && after == b'Z');
        !(is_number && by_chance)
    })
}

fn around<'t>(text: &'t str, secret: &str) -> &'t str {
    let line = text.lines().find(|line| line.contains(secret)).unwrap_or_default();
    line.get(..1_000).unwrap_or(line)
}

#[test]
fn a_scan_prints_nothing_private_and_says_why_by_the_same_path() {
    let forms = list::read("private.txt");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.yml"), super::rules()).unwrap();
    for (number, carrier) in CARRIERS.iter().enumerate() {
        let (mut text, mut lines) = (String::new(), 0);
        for line in forms.iter().filter_map(|form| carrier.line(&form.text)) {
            writeln!(text, "{line}").unwrap();
            lines += 1;
        }
        fs::write(folder.path().join("a.log"), text).unwrap();
        let format = carrier.format.word();
        let scan = |more: &[&str]| {
            let common = ["scan", "a.log", "--format", format, "--rules", "rules.yml", "--logsource", "product=probe"];
            printed(folder.path(), &[&common, more].concat())
        };
        let (words, json, why) = (scan(&[]), scan(&["--json"]), scan(&["--json", "--explain", "marked"]));
        let (why_in_words, one, one_as_json) =
            (scan(&["--explain", "marked"]), scan(&["--line", "7"]), scan(&["--line", "7", "--json"]));
        for (what, text) in [
            ("words", &words),
            ("JSON", &json),
            ("the reason", &why),
            ("the reason in words", &why_in_words),
            ("one line", &one),
            ("one line as JSON", &one_as_json),
        ] {
            holds_nothing_private(&format!("{what} of {}", Carrier::name(number)), text, &forms);
        }
        let hits = json.lines().filter(|line| line.starts_with('{')).count();
        let why: serde_json::Value = serde_json::from_str(why.lines().next().unwrap()).unwrap();
        assert_eq!((hits, why["matches"].as_u64()), (lines, Some(lines as u64)), "{}: {why}", Carrier::name(number));
    }
}

#[test]
fn what_a_scan_keeps_is_shown_without_anything_private() {
    let forms = list::read("private.txt");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.yml"), super::rules()).unwrap();
    let text: String = forms.iter().filter_map(|form| CARRIERS[0].line(&form.text)).map(|line| line + "\n").collect();
    fs::write(folder.path().join("a.log"), text).unwrap();
    let format = CARRIERS[0].format.word();
    let scan = [
        "scan",
        "a.log",
        "--format",
        format,
        "--rules",
        "rules.yml",
        "--logsource",
        "product=probe",
        "--store",
        "kept",
    ];
    holds_nothing_private("scan --store", &printed(folder.path(), &scan), &forms);
    for question in [
        &["alert", "list", "--all", "--state", "kept"][..],
        &["alert", "show", "A1", "--state", "kept"],
        &["ledger", "show", "--json", "--state", "kept"],
        &["store", "query", "SELECT * FROM detection", "--most", "1000", "--state", "kept", "--json"],
    ] {
        let said = printed(folder.path(), question);
        assert!(said.to_lowercase().contains("marked"), "{question:?}: {said}");
        holds_nothing_private(&question.join(" "), &said, &forms);
    }
    for file in fs::read_dir(folder.path().join("kept")).unwrap().flatten().filter(|file| file.path().is_file()) {
        let kept = String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned();
        holds_nothing_private(&file.path().display().to_string(), &kept, &forms);
    }
}
