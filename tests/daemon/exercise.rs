//! An exercise in a running daemon: its lines travel the real way, it is measured, it never passes for real, and a real
//! alert in the middle of it is paged as real.

use std::collections::BTreeSet;

use super::hospital::{Hospital, sample, wait};

/// Twenty minutes of script in twenty seconds.
const PACE: &str = "60";

fn entry_text(entry: &serde_json::Value, pointer: &str) -> String {
    entry.pointer(pointer).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// Does what players do until the exercise is over: answers pages, makes calls, decides, is seen doing things.
fn play(hospital: &Hospital, drill: &str, mut meanwhile: impl FnMut(&Hospital, usize)) {
    let mut done: BTreeSet<String> = BTreeSet::new();
    wait("the end of the exercise", || {
        let (_, out, _) = hospital.vigie(&["ledger", "show", "--json"]);
        let entries: Vec<serde_json::Value> = out.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let of_drill = entries.iter().filter(|entry| entry["realm"] == drill);
        for entry in of_drill {
            let inject = entry_text(entry, "/body/inject");
            match entry["kind"].as_str().unwrap_or_default() {
                "page.accepted" => {
                    let alert = entry.pointer("/body/for/climb/alert").and_then(serde_json::Value::as_u64);
                    let by = entry_text(entry, "/body/to");
                    if let Some(alert) = alert
                        && done.insert(format!("ack {alert}"))
                    {
                        hospital.vigie(&["alert", "ack", &format!("A{alert}"), "--as", &by]);
                    }
                }
                "drill.played" if done.insert(format!("played {inject}")) => {
                    hospital.vigie(&["drill", "called", drill, &inject]);
                    hospital.vigie(&["drill", "decide", drill, &inject, "isoler", "--by", "rssi"]);
                    hospital.vigie(&["drill", "observe", drill, &inject, "done", "--note", "seen in the room"]);
                    meanwhile(hospital, done.len());
                }
                "drill.ended" => return Some(()),
                _ => {}
            }
        }
        None
    });
}

#[test]
fn an_exercise_is_measured_on_the_real_path_and_a_real_alert_in_the_middle_is_real() {
    let mut hospital = Hospital::new();
    hospital.start();
    let (code, out, error) = hospital.vigie(&["drill", "start", "premier-exercice", "--pace", PACE]);
    assert_eq!(code, 0, "{out}{error}");
    let mut attacked = false;
    play(&hospital, "D1", |hospital, _| {
        if !attacked {
            attacked = true;
            hospital.append("Orthanc.log", &sample("orthanc/orthanc-1.12.7-default.log"));
        }
    });
    assert!(attacked);
    let (code, out, error) = hospital.vigie(&["drill", "report", "D1", "--form", "json"]);
    assert_eq!(code, 0, "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    detection_and_answer_are_measured(&report);
    assert!(!report["real_alerts"].as_array().unwrap().is_empty(), "the report shows the real alert");
    mails_are_marked_and_only_where_allowed(&hospital);
    for form in ["html", "markdown"] {
        let (code, out, error) = hospital.vigie(&["drill", "report", "D1", "--form", form]);
        assert_eq!(code, 0, "{error}");
        assert!(out.contains("EXERCICE"), "{form}");
    }
    hospital.ledger_is_whole();
}

fn detection_and_answer_are_measured(report: &serde_json::Value) {
    let injects = report["injects"].as_array().unwrap();
    let expectations: Vec<&serde_json::Value> =
        injects.iter().flat_map(|inject| inject["expectations"].as_array().unwrap()).collect();
    for kind in ["hit", "ack"] {
        let measured = expectations.iter().find(|expected| expected["awaited"].get(kind).is_some());
        let measured = measured.unwrap_or_else(|| panic!("no expectation of a {kind}: {expectations:#?}"));
        assert_eq!(measured["verdict"], "met", "{measured:#}");
        assert!(!measured["took"]["real"].is_null(), "{measured:#}");
    }
}

fn mails_are_marked_and_only_where_allowed(hospital: &Hospital) {
    let (drill, real): (Vec<_>, Vec<_>) =
        hospital.mailbox.mails().into_iter().partition(|mail| mail.to.contains("+exercice"));
    assert!(!drill.is_empty() && !real.is_empty(), "{} of the exercise, {} real", drill.len(), real.len());
    for mail in &drill {
        assert!(mail.text.matches("EXERCI").count() >= 2, "marked at both ends:\n{}", mail.text);
    }
    for mail in &real {
        assert!(!mail.text.contains("EXERCI"), "a real page is not marked:\n{}", mail.text);
    }
}

#[test]
fn a_crash_in_the_middle_of_an_exercise_does_not_end_it() {
    let mut hospital = Hospital::new();
    hospital.start();
    let (code, out, error) = hospital.vigie(&["drill", "start", "premier-exercice", "--pace", PACE]);
    assert_eq!(code, 0, "{out}{error}");
    wait("the first inject", || hospital.entries("drill.played").into_iter().next());
    hospital.kill();
    hospital.start();
    play(&hospital, "D1", |_, _| {});
    let (_, out, _) = hospital.vigie(&["alert", "list", "--all", "--json"]);
    let alerts: serde_json::Value = serde_json::from_str(&out).unwrap();
    for alert in alerts.as_array().unwrap() {
        assert_ne!(alert["realm"], "live", "a line of the exercise was taken for real: {alert:#}");
    }
}

#[test]
fn a_copied_line_of_an_exercise_is_real() {
    let mut hospital = Hospital::new();
    hospital.start();
    let (code, out, error) = hospital.vigie(&["drill", "start", "premier-exercice", "--pace", PACE]);
    assert_eq!(code, 0, "{out}{error}");
    let labelled = wait("the lines of the exercise", || {
        let log = std::fs::read_to_string(hospital.path("logs/fichiers.log")).unwrap();
        let lines: Vec<String> = log.lines().filter(|line| line.contains("EXERCICE")).map(str::to_owned).collect();
        (lines.len() == 120).then_some(lines)
    });
    wait("the exercise's own alert", || {
        hospital.alerts().into_iter().find(|(rule, _)| rule == "ransomware.rename_burst")
    });
    hospital.append("fichiers.log", format!("{}\n", labelled.join("\n")).as_bytes());
    wait("a real alert from the copies", || {
        let alerts = hospital.json(&["alert", "list", "--all", "--json"]);
        let alerts = alerts.as_array().unwrap().clone();
        alerts.into_iter().find(|alert| alert["realm"] == "live" && alert["rule"] == "ransomware.rename_burst")
    });
}
