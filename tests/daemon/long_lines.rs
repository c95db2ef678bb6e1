//! A line longer than any bound: its head is read as its format says, that it was cut is said, and its neighbours are whole.

use std::path::Path;
use std::process::Command;

use super::hospital::{Hospital, wait};

/// What a decoy writes of somebody at `address` who gave it a password of so many letters.
fn touch(address: &str, letters: usize) -> String {
    format!(
        r#"{{"dst_host": "10.1.2.3", "dst_port": 22, "local_time": "2026-11-21 19:45:53.132679", "local_time_adjusted": "2026-11-21 19:45:53.132730", "logdata": {{"PASSWORD": "{}", "USERNAME": "root"}}, "logtype": 4002, "node_id": "leurre-ch-01", "src_host": "{address}", "src_port": 43008, "utc_time": "2026-11-21 19:45:53.132725"}}
"#,
        "a".repeat(letters)
    )
}

/// A line of 70 KB and one of 3 MB between others.
fn decoy_log() -> String {
    [touch("10.0.0.1", 8), touch("10.0.0.2", 70_000), touch("10.0.0.3", 3_000_000), touch("10.0.0.4", 8)].concat()
}

/// What a scan of `log` says: its hits, one object each, and its words.
fn scan(folder: &Path, log: &str, more: &[&str]) -> (Vec<serde_json::Value>, String) {
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
        command.arg("scan").arg(log).args(more).args(arguments).current_dir(folder);
        command.env("LC_ALL", "en_US.UTF-8").env("NO_COLOR", "1").output().expect("vigie runs")
    };
    let hits = String::from_utf8(run(&["--json"]).stdout).unwrap();
    let hits = hits.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (hits, String::from_utf8(run(&[]).stderr).unwrap())
}

/// What is told of the decoys' log.
fn source_of(hospital: &Hospital) -> serde_json::Value {
    let (_, out, error) = hospital.vigie(&["source", "show", "leurre", "--json"]);
    serde_json::from_str(&out).unwrap_or_else(|why| panic!("{why}: {out}{error}"))
}

/// S11 of issue 11.
#[test]
fn a_password_without_an_end_hides_nobody_from_a_decoy() {
    let mut hospital = Hospital::new();
    hospital.start();
    hospital.append("leurre.log", decoy_log().as_bytes());
    let alerts = wait("an alert for each of the four", || Some(hospital.alerts()).filter(|alerts| alerts.len() >= 4));
    assert!(alerts.iter().all(|(rule, _)| rule == "deception.decoy_touched"), "{alerts:#?}");
    wait("all lines", || (hospital.lines("leurre") == 4).then_some(()));
    let source = source_of(&hospital);
    let counted = ["lines", "cut", "malformed", "unknown"].map(|name| source[name].as_u64().unwrap());
    assert_eq!(counted, [4, 1, 0, 0], "{source:#}");
    let (_, status, _) = hospital.vigie(&["status"]);
    assert!(status.contains("4 lignes, 1 trop longue") || status.contains("4 lines, 1 too long"), "{status}");
    let (code, shown, _) = hospital.vigie(&["source", "show", "leurre"]);
    assert!(code == 1 && (shown.contains("1 line cut") || shown.contains("1 ligne coupée")), "{code} {shown}");

    std::fs::write(hospital.path("old.log"), decoy_log()).unwrap();
    for format in ["auto", "opencanary"] {
        let (hits, words) = scan(&hospital.path(""), "old.log", &["--format", format]);
        let numbers: Vec<_> = hits.iter().map(|hit| hit["number"].as_u64().unwrap()).collect();
        assert_eq!(numbers, [1, 2, 3, 4], "{format}: {words}");
        assert!(words.contains("4 lines read as opencanary, 1 too long, looked at up to the cut, 4 hits"), "{words}");
    }
}

#[test]
fn a_bound_of_the_site_holds_for_its_logs_and_none_that_would_cut_an_exercise_is_taken() {
    let mut hospital = Hospital::new();
    let source = "{longest: 64KiB, follow: logs/leurre.log, ";
    hospital.edit("vigie.yaml", "{follow: logs/leurre.log, ", source);
    hospital.start();
    hospital.append("leurre.log", decoy_log().as_bytes());
    wait("all lines", || (hospital.lines("leurre") == 4).then_some(()));
    assert_eq!(source_of(&hospital)["cut"], 2);
    wait("an alert for each that is told apart", || (hospital.alerts().len() >= 3).then_some(()));
    for wrong in ["32KiB", "1GiB", "65536"] {
        hospital.edit("vigie.yaml", source, &source.replace("64KiB", wrong));
        let (code, out, error) = hospital.check();
        assert!(code != 0 && format!("{out}{error}").contains(wrong), "{wrong}: {out}{error}");
        hospital.edit("vigie.yaml", &source.replace("64KiB", wrong), source);
    }
}

#[test]
fn what_stands_before_a_cut_is_matched_in_every_shape() {
    let folder = tempfile::tempdir().unwrap();
    let rule = |name: &str, rest: &str| {
        let text = format!("title: {name}\nlevel: high\nlogsource: {rest}\n");
        std::fs::write(folder.path().join(format!("{name}.yml")), text).unwrap();
    };
    rule("member", "{category: tried}\ndetection: {it: {user: eve, cmd|contains: rm -rf}, condition: it}");
    rule("words", "{category: tried}\ndetection: {it: ['rm -rf'], condition: it}");
    rule("windows", "{product: windows}\ndetection: {it: {EventID: 4625, TargetUserName: eve}, condition: it}");
    let long = "a".repeat(3_000_000);
    let windows = format!(
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4625</EventID><Channel>Security</Channel></System><EventData><Data Name='TargetUserName'>eve</Data><Data Name='WorkstationName'>{long}</Data></EventData></Event>"
    );
    for (name, line, rule) in [
        ("head", format!(r#"{{"user":"eve","cmd":"rm -rf {long}","time":"2026-11-21T10:00:00Z"}}"#), "member"),
        ("late", format!(r#"{{"list":[{{"x":"{long}"}}],"user":"eve"}}"#), ""),
        ("list", format!(r#"{{"user":"eve","cmd":["x","rm -rf /"],"list":[{{"x":"{long}"}}]}}"#), "member"),
        ("syslog", format!("Nov 21 10:00:00 srv prog: {{\"user\":\"eve\",\"cmd\":\"rm -rf {long}\"}}"), "words"),
        ("plain", format!("somebody ran rm -rf {long}"), "words"),
        ("windows", windows, "windows"),
    ] {
        std::fs::write(folder.path().join("it.log"), format!("first\n{line}\nlast\n")).unwrap();
        let rules = format!("{rule}.yml");
        let rules = if rule.is_empty() { "member.yml" } else { &rules };
        let own: &[&str] = if rule == "windows" { &[] } else { &["--logsource", "category=tried"] };
        let (hits, words) = scan(folder.path(), "it.log", &[&["--rules", rules], own].concat());
        let numbers: Vec<_> = hits.iter().map(|hit| hit["number"].as_u64().unwrap()).collect();
        assert_eq!(numbers, if rule.is_empty() { vec![] } else { vec![2] }, "{name}: {words}");
        assert!(words.contains("3 lines read as") && words.contains("1 too long"), "{name}: {words}");
    }
}
