//! The command line at the door of a daemon: several alerts at once, the site by its variable, and the true reason where
//! nobody answers.

use std::path::Path;
use std::process::Command;

use super::hospital::Hospital;

/// Runs vigie in `folder` with this environment, without naming a site.
fn vigie_in(folder: &Path, site: Option<&Path>, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    command.env("LC_ALL", "en_US.UTF-8").env("NO_COLOR", "1").env_remove("VIGIE_SITE").current_dir(folder);
    command.envs(site.map(|site| ("VIGIE_SITE", site)));
    let output = command.args(arguments).output().expect("vigie runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("vigie prints UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn raised(hospital: &Hospital, many: usize) {
    for number in 1..=many {
        let title = format!("screens of ward {number} are black");
        let (code, _, error) = hospital.vigie(&["alert", "raise", &title, "--as", "rssi"]);
        assert_eq!(code, 0, "{error}");
    }
}

#[test]
fn several_alerts_are_answered_each_on_a_line_and_the_code_says_whether_all_were() {
    let mut hospital = Hospital::new();
    hospital.start();
    raised(&hospital, 7);
    let (code, out, error) = hospital.vigie(&["alert", "ack", "A1", "a3-A4", "A1", "--as", "rssi"]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(code == 0 && lines.len() == 3, "{out}{error}");
    assert!(lines.iter().zip(["A1:", "A3:", "A4:"]).all(|(line, id)| line.starts_with(id)), "{out}");
    // What cannot be done of one holds up no other.
    let (code, out, error) = hospital.vigie(&["alert", "ack", "A99", "A2", "--as", "rssi"]);
    assert!(code == 4 && out.starts_with("A2:") && error.contains("no alert A99"), "{out}{error}");
    let (code, out, error) = hospital.vigie(&["alert", "escalate", "A5-6"]);
    assert!(code == 0 && out.lines().count() == 2, "{out}{error}");
    let (code, out, error) = hospital.vigie(&["alert", "ack", "--all", "--as", "rssi"]);
    let ids: Vec<&str> = out.lines().map(|line| &line[..2]).collect();
    assert!(code == 0 && ids == ["A5", "A6", "A7"], "those that nobody had: {out}{error}");
    let (code, out, _) = hospital.vigie(&["alert", "ack", "--all", "--as", "rssi"]);
    assert!(code == 0 && out.contains("no alert waits for that"), "{out}");
    let (code, out, error) = hospital.vigie(&["alert", "resolve", "A1-A2", "--as", "rssi"]);
    assert!(code == 0 && out.lines().count() == 2, "{out}{error}");
    let (code, out, error) = hospital.vigie(&["alert", "resolve", "--all", "--as", "rssi"]);
    assert!(code == 0 && out.lines().count() == 5, "{out}{error}");
    let (code, _, error) = hospital.vigie(&["alert", "resolve", "A1", "--all", "--as", "rssi"]);
    assert_eq!(code, 2, "{error}");
    let (code, _, error) = hospital.vigie(&["alert", "ack", "A9-A3", "--as", "rssi"]);
    assert!(code == 2 && error.contains("A3-A9"), "{error}");
}

#[test]
fn a_site_is_named_by_its_variable_in_every_command() {
    let mut hospital = Hospital::new();
    hospital.start();
    let elsewhere = tempfile::tempdir().unwrap();
    let site = hospital.path("");
    for arguments in [
        &["status"][..],
        &["alert", "raise", "black screens", "--as", "rssi"],
        &["alert", "ack", "A1", "--as", "rssi"],
        &["alert", "list"],
        &["alert", "list", "--all"],
        &["drill", "list"],
        &["drill", "status"],
        &["ledger", "verify"],
        &["check"],
        &["rules", "list"],
        &["reload"],
    ] {
        let (code, out, error) = vigie_in(elsewhere.path(), Some(&site), arguments);
        assert_eq!(code, 0, "{arguments:?}: {out}{error}");
    }
    for (site, arguments) in [(None, ["alert", "list"]), (Some(Path::new("")), ["alert", "list"])] {
        let (code, _, error) = vigie_in(elsewhere.path(), site, &arguments);
        assert!(code == 3 && error.contains("--site FOLDER") && error.contains("VIGIE_SITE"), "{error}");
    }
    // What is named on the command line counts.
    let (code, ..) = vigie_in(elsewhere.path(), Some(&site), &["alert", "list", "--site", "."]);
    assert_eq!(code, 3);
}

#[test]
fn a_daemon_that_is_suspended_does_not_answer_and_does_nothing_behind_anybodys_back() {
    let mut hospital = Hospital::new();
    hospital.start();
    raised(&hospital, 1);
    hospital.freeze();
    let (code, out, error) = hospital.vigie(&["alert", "ack", "A1", "--as", "rssi"]);
    assert!(code == 4 && out.is_empty() && error.contains("does not answer in 15 s"), "{error}");
    assert!(error.contains("Do not start another") && !error.contains("vigie run"), "{error}");
    hospital.thaw();
    let (code, out, _) = hospital.vigie(&["status"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(hospital.entries("chain.acked").len(), 0, "whoever asked was told that nobody answered");
}
