//! What `vigie scan` finds in the genuine logs, against what was done to make them. The table is in
//! `docs/detections.md`; it is kept true here.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// A row of the table "Expected against found".
#[derive(Debug)]
struct Row {
    file: String,
    rule: String,
    expected: usize,
    found: usize,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rows() -> Vec<Row> {
    let text = std::fs::read_to_string(root().join("docs/detections.md")).expect("the page is there");
    let section = text.split("## Expected against found").nth(1).expect("the page has the section");
    let cells = |line: &str| -> Option<Row> {
        let mut cells = line.trim().strip_prefix('|')?.split('|').map(|cell| cell.trim().trim_matches('`').to_owned());
        let (file, rule) = (cells.next()?, cells.next()?);
        let (expected, found) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
        Some(Row { file, rule, expected, found })
    };
    section.lines().filter_map(cells).collect()
}

/// Every log among the samples; marks and notes are not logs.
fn logs(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the samples are there").flatten() {
        let path = entry.path();
        let name = path.to_string_lossy();
        if path.ends_with("samples/formats") {
            // Single lines that show how a format is written tell of nothing that was done.
            continue;
        }
        if path.is_dir() {
            logs(&path, found);
        } else if !name.ends_with(".marks") && !name.ends_with("marks.txt") && !name.ends_with(".md") {
            let inside = path.strip_prefix(root().join("tests/samples")).expect("it is below");
            found.push(inside.to_string_lossy().into_owned());
        }
    }
}

fn scan(file: &str) -> BTreeMap<String, usize> {
    let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .env("LC_ALL", "en_US.UTF-8")
        .args(["scan", "--json"])
        .arg(root().join("tests/samples").join(file))
        .output()
        .expect("vigie runs");
    let mut hits = BTreeMap::new();
    for line in String::from_utf8(output.stdout).expect("vigie prints UTF-8").lines() {
        let hit: serde_json::Value = serde_json::from_str(line).expect("one JSON object a line");
        *hits.entry(hit["rule"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    hits
}

#[test]
fn every_sample_gives_exactly_what_was_done() {
    let rows = rows();
    assert!(rows.len() >= 30, "the table was not read: {rows:?}");
    let mut files = Vec::new();
    logs(&root().join("tests/samples"), &mut files);
    for row in &rows {
        assert!(files.contains(&row.file), "docs/detections.md speaks of {}, which is not there", row.file);
        assert_eq!(row.expected, row.found, "docs/detections.md: {} {}", row.file, row.rule);
    }
    let mut wrong = Vec::new();
    for file in &files {
        let wanted: BTreeMap<String, usize> = rows
            .iter()
            .filter(|row| row.file == *file && row.expected > 0)
            .map(|row| (row.rule.clone(), row.expected))
            .collect();
        let found = scan(file);
        if wanted != found {
            wrong.push(format!("{file}: expected {wanted:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The numbers that the samples' makers wrote down, independent of the table.
#[test]
fn every_orthanc_file_at_every_level_shows_the_same_attacks() {
    for version in ["1.10.1", "1.12.7"] {
        for level in ["default", "verbose", "trace"] {
            let found = scan(&format!("orthanc/orthanc-{version}-{level}.log"));
            for (rule, hits) in [
                ("imaging.unknown_aet", 3),
                ("imaging.wrong_host", 1),
                ("imaging.unknown_destination", 1),
                ("imaging.not_dicom", 1),
                ("imaging.script_execution", 1),
            ] {
                assert_eq!(found.get(rule), Some(&hits), "{version} {level} {rule}: {found:?}");
            }
        }
    }
}

/// A log long enough for several threads to have some of it: the samples in turn, some of them with damage.
fn long(folder: &Path, kind: &str, files: &[&str]) -> std::path::PathBuf {
    let mut text = Vec::new();
    while text.len() < 1_300_000 {
        for file in files {
            text.extend(std::fs::read(root().join("tests/samples").join(file)).expect("the sample is there"));
            text.extend(b"\n{\"cut\": \n\xe9\xff \0\0 of no format\n");
        }
    }
    let path = folder.join(kind);
    std::fs::write(&path, text).expect("it can be written");
    path
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let web = ["linux/nginx-orthanc-access.json", "linux/nginx-orthanc-access.log", "web/access.log"];
    for (kind, files) in [
        ("web.log", &web[..]),
        ("linux.log", &["linux/all-rfc3164-pri.log", "linux/all-rfc5424.log", "firewall/ulogd.log"]),
        ("imaging.log", &["orthanc/orthanc-1.12.7-verbose.log", "dcmtk/dcmqrscp-v.log"]),
        ("samba.log", &["linux/samba-full_audit.log", "samba-ad/samba-stdout.log", "opencanary/opencanary.log"]),
    ] {
        let log = long(folder.path(), kind, files);
        let scan = |threads: &str, form: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
            command.env("LC_ALL", "en_US.UTF-8");
            let output = command.args(["scan", "--threads", threads]).args(form).arg(&log).output();
            let output = output.expect("vigie runs");
            (output.status.code(), String::from_utf8(output.stdout), String::from_utf8(output.stderr))
        };
        for (threads, form) in [("2", &[][..]), ("7", &["--json"])] {
            let alone = scan("1", form);
            assert!(
                alone.0 == Some(1) && alone.1.as_ref().is_ok_and(|out| out.lines().count() > 1),
                "{kind}: {alone:?}"
            );
            assert!(scan(threads, form) == alone, "{kind} {form:?} on {threads} threads is not the same");
        }
    }
}
