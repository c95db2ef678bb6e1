//! `kill -9` at any moment loses no alert and no page, and repeats a page at most once, marked as a repeat.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::time::Duration;

use super::hospital::{Hospital, sample, wait};

/// How many moments are tried, unless `VIGIE_MOMENTS` says otherwise.
const MOMENTS: u64 = 50;
/// How many hospitals are tried at the same time.
const AT_ONCE: u64 = 4;

const LOGS: [(&str, &str); 2] =
    [("Orthanc.log", "orthanc/orthanc-1.12.7-default.log"), ("fichiers.log", "linux/samba-full_audit.log")];

/// What the logs hold, by one uninterrupted pass.
fn expected() -> BTreeSet<(String, String)> {
    let mut alerts = BTreeSet::new();
    for (_, log) in LOGS {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(log);
        let output =
            Command::new(env!("CARGO_BIN_EXE_vigie")).args(["scan", "--json"]).arg(path).output().expect("vigie runs");
        for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
            let hit: serde_json::Value = serde_json::from_str(line).expect("one object a line");
            let subject = hit["subject"].as_object().expect("an object");
            let subject: BTreeMap<String, String> = subject
                .iter()
                .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
                .collect();
            alerts.insert((hit["rule"].as_str().expect("a rule").to_owned(), format!("{subject:?}")));
        }
    }
    alerts
}

fn raised(hospital: &Hospital) -> Vec<(String, String)> {
    let alerts = hospital.json(&["alert", "list", "--all", "--json"]);
    let pairs = |alert: &serde_json::Value| -> BTreeMap<String, String> {
        let subject = alert["subject"].as_array().expect("a list of pairs");
        subject
            .iter()
            .map(|pair| (pair[0].as_str().unwrap().to_owned(), pair[1].as_str().unwrap().to_owned()))
            .collect()
    };
    let alerts = alerts.as_array().expect("a list").iter();
    alerts.map(|alert| (alert["rule"].as_str().unwrap().to_owned(), format!("{:?}", pairs(alert)))).collect()
}

/// A small generator of numbers (Knuth, MMIX): the moments are the same in every run.
fn random(seed: u64) -> u64 {
    let mixed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (mixed ^ (mixed >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33
}

fn one_moment(number: u64, expected: &BTreeSet<(String, String)>) {
    let mut hospital = Hospital::new();
    hospital.start();
    let logs: Vec<(&str, Vec<u8>)> = LOGS.iter().map(|(log, name)| (*log, sample(name))).collect();
    // The logs grow in pieces that end anywhere, also within a line; the daemon dies somewhere on the way.
    let pieces = 12;
    let death = random(number) % (pieces + 1);
    let pause = Duration::from_millis(random(number + 1000) % 40);
    for piece in 0..pieces {
        if piece == death {
            std::thread::park_timeout(pause);
            hospital.kill();
        }
        for (log, bytes) in &logs {
            let cut = |piece: u64| {
                bytes.len() * usize::try_from(piece).expect("small") / usize::try_from(pieces).expect("small")
            };
            hospital.append(log, &bytes[cut(piece)..cut(piece + 1)]);
        }
        if piece < death {
            std::thread::park_timeout(Duration::from_millis(random(number * 31 + piece) % 60));
        }
    }
    if death == pieces {
        std::thread::park_timeout(pause * 4);
        hospital.kill();
    }
    hospital.start();
    come_to_rest(&hospital, expected);
    judge(&number.to_string(), &hospital, expected);
}

fn come_to_rest(hospital: &Hospital, expected: &BTreeSet<(String, String)>) {
    wait("all alerts after the crash", || (raised(hospital).len() >= expected.len()).then_some(()));
    wait("all pages after the crash", || (hospital.json(&["status", "--json"])["owed_pages"] == 0).then_some(()));
}

fn judge(moment: &str, hospital: &Hospital, expected: &BTreeSet<(String, String)>) {
    let found = raised(hospital);
    let unique: BTreeSet<_> = found.iter().cloned().collect();
    assert_eq!(&unique, expected, "moment {moment}");
    assert_eq!(found.len(), unique.len(), "moment {moment}: an alert was raised twice: {found:#?}");
    let mut deliveries: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in hospital.mailbox.mails() {
        deliveries.entry(mail.message_id).or_default().push(mail.text);
    }
    assert_eq!(deliveries.len(), expected.len(), "moment {moment}: one mail for each alert: {:#?}", deliveries.keys());
    for (id, texts) in &deliveries {
        assert!(texts.len() <= 2, "moment {moment}: {id} came {} times", texts.len());
        for repeat in &texts[1..] {
            let marked = repeat.contains("Rappel possible") || repeat.contains("Possible repeat");
            assert!(marked, "moment {moment}: {id} came again unmarked:\n{repeat}");
        }
    }
    hospital.ledger_is_whole();
}

#[test]
fn a_kill_at_any_moment_of_a_mail_leaves_one_mail_for_each_alert() {
    let expected = expected();
    // What the relay is asked last, and whether its answer was on the wire when the daemon died.
    for verb in ["EHLO", "MAIL", "RCPT", "DATA", "."] {
        for answered in [false, true] {
            let mut hospital = Hospital::new();
            let pause = hospital.mailbox.pause_before_answering(verb);
            hospital.start();
            for (log, name) in LOGS {
                hospital.append(log, &sample(name));
            }
            pause.reached();
            if answered {
                hospital.freeze();
                pause.answer();
            }
            hospital.kill();
            pause.ended();
            hospital.start();
            come_to_rest(&hospital, &expected);
            judge(&format!("{verb}, answered: {answered}"), &hospital, &expected);
        }
    }
}

#[test]
fn a_kill_at_fifty_moments_loses_nothing_and_repeats_at_most_once() {
    let expected = expected();
    assert!(expected.len() >= 10, "{expected:?}");
    let expected = &expected;
    let moments = std::env::var("VIGIE_MOMENTS").map_or(MOMENTS, |moments| moments.parse().expect("a number"));
    std::thread::scope(|scope| {
        for lane in 0..AT_ONCE {
            scope.spawn(move || {
                for number in (lane..moments).step_by(usize::try_from(AT_ONCE).expect("small")) {
                    one_moment(number, expected);
                }
            });
        }
    });
}

#[test]
fn a_record_in_two_pieces_with_a_kill_in_between_is_one_alert_and_so_is_what_came_before_it() {
    let mut hospital = Hospital::new();
    hospital.start();
    let log = String::from_utf8(sample("samba-ad/samba-stdout.log")).unwrap();
    let joined = log.lines().find(|line| line.contains("\"eventId\": 4728")).expect("somebody joins a group");
    // A child of Samba passes on a kilobyte at a time, its name before each.
    let (first, second) = joined.split_at(joined.len() / 2);
    let whole = joined.replace("svc_backup", "svc_scan");
    hospital.append("annuaire.log", format!("{whole}\n/usr/sbin/smbd: {first}\n").as_bytes());
    wait("the alert about the first of the two", || (hospital.alerts().len() == 1).then_some(()));
    wait("both lines to be read", || (hospital.lines("annuaire") == 2).then_some(()));
    hospital.kill();
    hospital.start();
    hospital.append("annuaire.log", format!("/usr/sbin/smbd: {second}\n").as_bytes());
    wait("the alert about the second", || (hospital.alerts().len() == 2).then_some(()));
    let hits = hospital.json(&["alert", "list", "--all", "--json"]);
    let hits: Vec<u64> = hits.as_array().unwrap().iter().map(|alert| alert["hits"].as_u64().unwrap()).collect();
    assert_eq!(hits, [1, 1]);
    hospital.ledger_is_whole();
}
