//! What an officer is told of rules that cannot match because a log says too little: by `vigie check`, by `vigie rules`,
//! and by a running daemon, which notices when the log says more.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const SITE: &str = "\
site: {name: Essai, language: fr, zone: UTC}
sources:
  pacs: {follow: Orthanc.log, format: orthanc}
  archive: {follow: dcmtk/*.log, format: dcmtk}
channels: {papier: {folder: papier}}
";

const CHAINS: &str = "chains: {c: {levels: [low, medium, high, critical], steps: [{notify: rssi, by: papier, answer_within: 10m}], nobody_answers: {rounds: 2, leave_in: papier}}}\n";

const QUIET: &str = "source pacs goes no further than `warning` in its last 40 lines and `info` is needed; start Orthanc \
                     with --verbose";

fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [("vigie.yaml", SITE), ("people.yaml", "people: {rssi: {name: A}}\n"), ("chains.yaml", CHAINS)]
    {
        fs::write(folder.path().join(name), text).expect("the file can be written");
    }
    fs::create_dir(folder.path().join("dcmtk")).expect("the folder can be made");
    folder
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)
}

fn log(folder: &TempDir, name: &str, from: &str) {
    fs::copy(sample(from), folder.path().join(name)).expect("the sample can be copied");
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").env("LC_ALL", "en_US.UTF-8").stdin(Stdio::null());
    command
}

fn vigie(folder: &TempDir, arguments: &[&str]) -> (i32, String) {
    let Output { status, stdout, stderr } = command(folder.path(), arguments).output().expect("vigie runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("vigie prints UTF-8");
    let (out, error) = (text(stdout), text(stderr));
    assert!(!error.contains("panicked"), "vigie {arguments:?}\n{error}");
    (status.code().expect("vigie ends by itself"), out)
}

fn json(folder: &TempDir, arguments: &[&str]) -> Value {
    let (code, out) = vigie(folder, arguments);
    assert_eq!(code, 0, "{out}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

#[test]
fn a_log_level_that_is_too_low_is_told_before_the_daemon_runs() {
    let folder = site();
    log(&folder, "Orthanc.log", "orthanc/orthanc-1.12.7-default.log");
    log(&folder, "dcmtk/a.log", "dcmtk/dcmqrscp-file.log");
    let (code, out) = vigie(&folder, &["check"]);
    assert!(code == 0 && out.contains("no problem found"), "a log level is no mistake: {out}");
    let wanted = format!("  not armed, {QUIET}: imaging.mass_query, imaging.mass_retrieve, imaging.node_added");
    assert!(out.contains(&wanted), "{out}");
    assert!(!out.contains("dcmtk_refused"), "DCMTK writes at `info` here: {out}");

    let rows = json(&folder, &["rules", "list", "--site", ".", "--json"]);
    let row = |name: &str| rows.as_array().unwrap().iter().find(|row| row["rule"] == name).unwrap().clone();
    let retrieve = row("imaging.mass_retrieve");
    assert_eq!((&retrieve["armed"], &retrieve["why"]["en"]), (&false.into(), &QUIET.into()));
    let fr = "la source pacs ne dépasse pas le niveau «\u{a0}warning\u{a0}» dans ses 40 dernières lignes, il faut \
              «\u{a0}info\u{a0}»\u{a0}; démarrez Orthanc avec --verbose";
    assert_eq!(retrieve["why"]["fr"], fr);
    assert_eq!(row("imaging.unknown_aet")["armed"], true);
    assert_eq!(row("imaging.script_execution")["armed"], true);
    assert_eq!(row("imaging.script_execution")["blind"]["en"], format!("{QUIET} (its part `script_sent`)"));

    let (_, out) = vigie(&folder, &["rules", "coverage"]);
    for words in [QUIET, "Rules that are armed in part", "(its part `script_sent`): imaging.script_execution"] {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
}

#[test]
fn a_detailed_log_arms_its_rules_and_an_empty_one_is_no_alarm() {
    let folder = site();
    log(&folder, "Orthanc.log", "orthanc/orthanc-1.12.7-verbose.log");
    let (_, out) = vigie(&folder, &["check"]);
    assert!(!out.contains("goes no further"), "{out}");
    let (_, out) = vigie(&folder, &["rules", "coverage"]);
    let unknown = "too little was seen of archive to know whether the level `info` is written there: \
                   imaging.dcmtk_destination, imaging.dcmtk_refused";
    assert!(out.contains("Log level not known yet") && out.contains(unknown), "{out}");
    // A folder in the place of a log, and one that nobody may read, are no reason to fail.
    fs::remove_file(folder.path().join("Orthanc.log")).expect("the log can be removed");
    fs::create_dir(folder.path().join("dcmtk/b.log")).expect("the folder can be made");
    let (code, out) = vigie(&folder, &["check"]);
    assert!(code == 0 && !out.contains("goes no further"), "{out}");
}

/// A daemon that ends with its test.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may be gone already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The status, once there is one.
fn status(folder: &TempDir, daemon: &mut Daemon) -> Value {
    loop {
        let (code, out) = vigie(folder, &["status", "--json"]);
        // Some of its logs are not there, which is shown.
        if code <= 1 {
            return serde_json::from_str(&out).expect("the status is JSON");
        }
        assert!(daemon.0.try_wait().expect("the daemon can be asked").is_none(), "the daemon ended");
        std::thread::yield_now();
    }
}

#[test]
fn a_running_daemon_notices_when_the_level_is_raised() {
    let folder = site();
    log(&folder, "Orthanc.log", "orthanc/orthanc-1.12.7-default.log");
    let child = command(folder.path(), &["run"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut daemon = Daemon(child.expect("vigie runs"));
    let unarmed = |status: &Value| -> Vec<String> {
        let reasons = status["not_armed"].as_array().expect("a list");
        let quiet = reasons.iter().filter(|reason| reason["why"]["en"].as_str().unwrap().contains("goes no further"));
        quiet
            .flat_map(|reason| reason["rules"].as_array().unwrap())
            .map(|rule| rule.as_str().unwrap().to_owned())
            .collect()
    };
    let first = status(&folder, &mut daemon);
    assert!(unarmed(&first).contains(&"imaging.mass_retrieve".to_owned()), "{first}");
    let (_, out) = vigie(&folder, &["status"]);
    assert!(out.contains(&format!("  not armed, {QUIET}: ")), "{out}");
    // Orthanc is started anew with --verbose, which begins another file behind the same name.
    fs::rename(folder.path().join("Orthanc.log"), folder.path().join("Orthanc.log.1")).expect("the log can be rotated");
    log(&folder, "Orthanc.log", "orthanc/orthanc-1.12.7-verbose.log");
    assert_eq!(unarmed(&status(&folder, &mut daemon)), [""; 0]);
}
