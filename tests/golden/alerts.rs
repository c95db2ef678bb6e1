//! Open alerts stay open and escalate on; whoever has one still has it; what belongs to one still joins it.

use jiff::SignedDuration;
use serde_json::json;
use vigie::api::{Answer, Command};

use super::hospital::Hospital;

/// What the golden store holds: bursts that nobody and that Mme Ferrand has, a decoy that M. Leroy has, the alert that
/// stands for a storm, one by hand that is on its second round and has a declaration behind it, and one by hand whose
/// letter was on its way.
const UNANSWERED: u64 = 3;
const HAS_THE_RSSI: u64 = 4;
const HAS_LEROY: u64 = 12;
const STORM: u64 = 17;
const DECLARED: u64 = 18;
const BY_HAND: u64 = 20;

fn open_then() -> Vec<u64> {
    [3, 4].into_iter().chain(6..=20).collect()
}

#[test]
fn every_open_alert_is_still_open_and_calls_whoever_is_next() {
    let mut hospital = Hospital::left_behind();
    assert_eq!(hospital.open_alerts(), open_then());
    hospital.pass(SignedDuration::from_mins(16));
    let reached = hospital.entries("chain.step_reached");
    for alert in open_then() {
        let next = reached.iter().filter(|entry| entry["alert"] == format!("A{alert}")).count();
        if [HAS_THE_RSSI, HAS_LEROY].contains(&alert) {
            assert_eq!(next, 0, "somebody has A{alert}");
        } else {
            assert!(next > 0, "nobody was called about A{alert}: {reached:#?}");
        }
    }
    let second = reached.iter().find(|entry| entry["alert"] == format!("A{UNANSWERED}")).unwrap();
    assert_eq!((&second["step"], &second["person"]), (&json!(2), &json!("b-leroy")));
    assert_eq!(hospital.escalation(DECLARED).unwrap()["duties"], json!(["cert-sante"]), "it was asked for once");
    let again = hospital.entries("page.owed").into_iter().filter(|entry| entry["for"].to_string().contains("duty"));
    assert_eq!(again.count(), 0, "and is not asked for again");
}

#[test]
fn whoever_had_an_alert_is_asked_again_when_the_time_has_come() {
    let mut hospital = Hospital::left_behind();
    hospital.pass(SignedDuration::from_mins(110));
    let asked = |hospital: &Hospital| {
        let pages = hospital.pages();
        pages.iter().filter(|page| page.alert.is_some_and(|alert| alert.0 == HAS_THE_RSSI)).count()
    };
    let before = asked(&hospital);
    hospital.pass(SignedDuration::from_mins(15));
    assert_eq!(asked(&hospital), before + 2, "by mail and text message, two hours after the answer");
}

#[test]
fn an_answer_ends_the_calls_about_an_alert_of_then() {
    let mut hospital = Hospital::left_behind();
    let answer = hospital.ask(Command::Ack { alert: vigie::base::id::AlertId(BY_HAND), by: "rssi".into() });
    assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    hospital.pass(SignedDuration::from_mins(30));
    let called = hospital.entries("chain.step_reached");
    assert!(called.iter().all(|entry| entry["alert"] != format!("A{BY_HAND}")), "{called:#?}");
    let answer =
        hospital.ask(Command::Resolve { alert: vigie::base::id::AlertId(BY_HAND), reason: None, by: "rssi".into() });
    assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    assert!(!hospital.open_alerts().contains(&BY_HAND));
    assert!(hospital.escalation(BY_HAND).is_some());
}

#[test]
fn a_storm_goes_on_in_the_alert_that_stands_for_it() {
    let mut hospital = Hospital::left_behind();
    let touch = |host: &str| {
        format!(
            r#"{{"dst_host": "10.20.9.66", "dst_port": 11112, "logdata": {{}}, "logtype": 18001, "node_id": "leurre-ch-01", "src_host": "{host}", "src_port": 43008, "utc_time": "2026-11-29 12:26:34.000000"}}"#
        )
    };
    let hits = |hospital: &Hospital, id: u64| hospital.alert(id)["hits"].as_u64().unwrap();
    let others = |hospital: &Hospital| hospital.alert(STORM)["others"].as_u64().unwrap();
    let (single, many, joined) = (hits(&hospital, 8), hits(&hospital, STORM), others(&hospital));
    assert!(joined > 3, "{joined}");

    // A subject with an alert of its own, one that joined, one that was never seen.
    hospital.see("leurre", &[touch("10.20.4.23")]);
    assert_eq!((hits(&hospital, 8), hits(&hospital, STORM), others(&hospital)), (single + 1, many, joined));
    hospital.see("leurre", &[touch("10.20.4.36")]);
    assert_eq!((hits(&hospital, STORM), others(&hospital)), (many + 1, joined));
    hospital.see("leurre", &[touch("10.20.4.99")]);
    assert_eq!((hits(&hospital, STORM), others(&hospital)), (many + 2, joined + 1));
    assert_eq!(hospital.new_alerts(), []);
}
