//! The shipped playbooks on the virtual clock: met with their own cast, the same bytes each time, and missed where they
//! should be when nobody answers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn playbooks() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks");
    let entries = std::fs::read_dir(folder).expect("the playbooks are there").flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    files.sort();
    files
}

/// Rehearses all playbooks; the exit code, what was printed, and every byte of every report.
fn rehearse(cast: &str) -> (i32, String, BTreeMap<PathBuf, Vec<u8>>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .env("LC_ALL", "en_US.UTF-8")
        .args(["drill", "rehearse", "--cast", cast, "--report"])
        .arg(folder.path())
        .args(playbooks())
        .env("NO_COLOR", "1")
        .output()
        .expect("vigie runs");
    let mut reports = BTreeMap::new();
    for playbook in std::fs::read_dir(folder.path()).expect("reports were written").flatten() {
        for report in std::fs::read_dir(playbook.path()).expect("a folder for each").flatten() {
            let name = report.path().strip_prefix(folder.path()).expect("below it").to_owned();
            reports.insert(name, std::fs::read(report.path()).expect("readable"));
        }
    }
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stdout).expect("UTF-8"), reports)
}

fn verdicts(reports: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<(String, String)> {
    let json = reports.iter().filter(|(name, _)| name.extension().is_some_and(|ending| ending == "json"));
    let mut verdicts = Vec::new();
    for (_, bytes) in json {
        let report: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        for inject in report["injects"].as_array().expect("a list") {
            for expected in inject["expectations"].as_array().expect("a list") {
                let kind = expected["awaited"].as_object().and_then(|awaited| awaited.keys().next().cloned());
                verdicts.push((kind.expect("one key"), expected["verdict"].as_str().expect("a word").to_owned()));
            }
        }
    }
    verdicts
}

#[test]
fn every_playbook_is_met_by_its_own_cast_with_the_same_bytes_each_time() {
    let (code, out, reports) = rehearse("playbook");
    assert_eq!(code, 0, "{out}");
    assert_eq!(reports.len(), 3 * playbooks().len());
    let missed: Vec<_> =
        verdicts(&reports).into_iter().filter(|(_, verdict)| verdict != "met" && verdict != "not_reached").collect();
    assert!(missed.is_empty(), "{missed:?}\n{out}");
    let (_, again, reports_again) = rehearse("playbook");
    assert_eq!(out, again);
    assert!(reports == reports_again, "a report differs between two rehearsals");
}

#[test]
fn when_nobody_answers_detection_still_works_and_everything_of_people_is_missed() {
    let (code, out, reports) = rehearse("nobody");
    assert_eq!(code, 1, "{out}");
    let verdicts = verdicts(&reports);
    for (kind, verdict) in &verdicts {
        match kind.as_str() {
            "hit" | "page" => assert_eq!(verdict, "met", "{kind}: machines do not need people\n{out}"),
            _ => assert_ne!(verdict, "met", "{kind} was met by nobody\n{out}"),
        }
    }
    for kind in ["ack", "action", "decision"] {
        assert!(verdicts.iter().any(|(known, _)| known == kind), "no playbook expects a {kind}");
    }
}
