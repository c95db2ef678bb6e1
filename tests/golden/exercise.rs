//! An exercise that ran goes on to its report; its lines that nobody had read are still its own; one that had ended
//! has the report it had.

use std::process::Command as Process;

use jiff::SignedDuration;
use serde_json::Value;
use vigie::api::{Act, Answer, Command};
use vigie::base::id::{AlertId, DrillId};

use super::hospital::Hospital;

/// What was counted of real files that were renamed: lines of the exercise that passed for real would be counted here.
fn counted_as_real(hospital: &Hospital) -> Vec<(String, String)> {
    let windows = hospital.windows().into_iter();
    let found: Vec<_> = windows.filter(|(key, _)| key.contains(":live:") && key.starts_with("ransomware.")).collect();
    assert!(!found.is_empty());
    found
}

fn outstanding(hospital: &Hospital) -> Vec<String> {
    hospital.drill(2).1["labels"]["outstanding"].as_object().unwrap().keys().cloned().collect()
}

fn report(hospital: &Hospital, drill: &str) -> Value {
    let output = Process::new(env!("CARGO_BIN_EXE_vigie"))
        .env("LC_ALL", "en_US.UTF-8")
        .args(["drill", "report", drill, "--form", "json", "--site"])
        .arg(hospital.path(""))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn verdicts(report: &Value, inject: &str) -> Vec<Value> {
    let injects = report["injects"].as_array().unwrap();
    let inject = injects.iter().find(|known| known["id"] == inject).unwrap();
    inject["expectations"].as_array().unwrap().iter().map(|expected| expected["verdict"].clone()).collect()
}

#[test]
fn lines_that_were_in_the_log_and_unread_are_the_exercises_once() {
    let mut hospital = Hospital::left_behind();
    let unread = hospital.unread("fichiers", "fichiers.log");
    assert_eq!(unread.len(), 3, "{unread:#?}");
    assert!(unread.iter().all(|line| line.contains(" #EXERCICE:D2:")), "{unread:#?}");
    let before = counted_as_real(&hospital);
    let numbers = ["13", "14", "15"].map(str::to_owned);
    let waited_for = outstanding(&hospital);
    assert!(waited_for.starts_with(&numbers), "{waited_for:?}");
    assert!(waited_for.len() > 5, "what may not have been written is ordered again, with new numbers: {waited_for:?}");
    hospital.see("fichiers", &unread);
    assert_eq!(outstanding(&hospital), waited_for[3..]);
    assert_eq!(counted_as_real(&hospital), before, "they did not pass for real");
    hospital.see("fichiers", &unread);
    assert_ne!(counted_as_real(&hospital), before, "a copy is real");
}

#[test]
fn the_exercise_that_ran_comes_to_its_end_and_its_report() {
    let mut hospital = Hospital::left_behind();
    let before = counted_as_real(&hospital);
    let unread = hospital.unread("fichiers", "fichiers.log");
    hospital.see("fichiers", &unread);
    hospital.write_ordered();
    hospital.pass(SignedDuration::from_secs(10));
    let alerts = hospital.new_alerts();
    // The burst and the new suffix are signs of one alert.
    let joined = hospital.entries("alert.joined");
    assert!(joined.iter().any(|entry| entry["rule"] == "ransomware.rename_burst"), "{joined:?}");
    assert!(alerts.iter().all(|(_, realm)| realm == "D2"), "{alerts:?}");
    assert_eq!(counted_as_real(&hospital), before, "no line of it passed for real");
    let raised = hospital.open_alerts().into_iter().filter(|alert| *alert > 20).collect::<Vec<_>>();
    for alert in raised {
        let answer = hospital.ask(Command::Ack { alert: AlertId(alert), by: "rssi".into() });
        assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    }
    hospital.pass(SignedDuration::from_secs(10));
    let decide = Act::Decide { inject: "isoler".into(), option: "isoler".to_owned(), by: "rssi".into() };
    let answer = hospital.ask(Command::Drill { drill: DrillId(2), act: decide });
    assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    hospital.pass(SignedDuration::from_mins(2));
    let (ended, state) = hospital.drill(2);
    assert!(ended, "{state:#}");
    assert!(state["unwritten"].as_object().unwrap().is_empty() && outstanding(&hospital).is_empty());

    let report = report(&hospital, "D2");
    assert_eq!(report["drill"], 2);
    assert!(!report["ended"].is_null());
    assert_eq!(verdicts(&report, "renommages"), ["met", "met", "met"]);
    assert_eq!(verdicts(&report, "isoler"), ["met"]);
    assert_eq!(report["real_alerts"].as_array().unwrap().len(), 1, "the one by hand, before the power went off");
}

#[test]
fn the_report_of_the_exercise_that_had_ended_is_what_it_was() {
    let hospital = Hospital::left_behind();
    let report = report(&hospital, "D1");
    assert_eq!(report["playbook"], "premier-exercice");
    assert_eq!(verdicts(&report, "renommages"), ["met", "met", "met"]);
    assert_eq!(verdicts(&report, "isoler"), ["met"]);
    let seen = report["injects"][1]["expectations"][0].to_string();
    assert!(seen.contains("vu dans la salle"), "{seen}");
}
