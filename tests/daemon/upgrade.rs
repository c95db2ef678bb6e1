//! The present daemon takes up what one of an earlier version left (tests/golden), long after: logs from where they were
//! read, alerts, pages and an exercise that ran. What happens on a virtual clock is in tests/golden.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt as _;

use serde_json::{Value, json};

use super::hospital::{Hospital, wait};

/// The golden ledger's last entry.
const HEAD: &str = "facd7b7032dd2fa688fd0507ab47863453be98a49a2565b4e208dd94a5b208ce";

/// Positions name files by path, device and number. These are those of the copies.
fn stand_here(hospital: &Hospital) {
    let store = rusqlite::Connection::open(hospital.path("state/vigie.db")).unwrap();
    let mut select = store.prepare("SELECT source, file, state FROM position").unwrap();
    let rows: Vec<(String, String, String)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(Result::unwrap).collect();
    for (source, file, state) in rows {
        let mut state: Value = serde_json::from_str(&state).unwrap();
        for name in ["path", "log", "pattern"] {
            if let Some(path) = state[name].as_str() {
                let here = path.replace("/tmp/valmont", hospital.path("").to_str().unwrap().trim_end_matches('/'));
                state[name] = json!(here);
            }
        }
        if let Some(path) = state["path"].as_str() {
            let found = std::fs::metadata(path).unwrap();
            let born = found.created().unwrap().duration_since(std::time::SystemTime::UNIX_EPOCH).unwrap();
            state["identity"] =
                json!({"dev": found.dev(), "ino": found.ino(), "born": u64::try_from(born.as_nanos()).unwrap()});
        }
        let update = "UPDATE position SET state = ?3 WHERE source = ?1 AND file = ?2";
        store.execute(update, [source, file, state.to_string()]).unwrap();
    }
}

fn open_alerts(hospital: &Hospital) -> Value {
    let alerts = hospital.json(&["alert", "list", "--json"]);
    alerts.as_array().unwrap().iter().map(|alert| alert["id"].clone()).collect()
}

#[test]
fn the_state_of_an_earlier_version_is_taken_up_and_nothing_is_lost_or_told_twice() {
    let mut hospital = Hospital::left_by_an_earlier_version();
    stand_here(&hospital);
    let open = open_alerts(&hospital);
    hospital.start();
    assert_eq!(open_alerts(&hospital), open);
    // What was owed then is sent, or what its chain has asked for in the hours between takes its place. Reminders come one a
    // minute: nobody waits for them here.
    let entries = |kind| {
        let mut entries: BTreeMap<String, usize> = BTreeMap::new();
        for entry in hospital.entries(kind) {
            *entries.entry(entry["body"]["page"].as_str().expect("a number").to_owned()).or_default() += 1;
        }
        entries
    };
    let owed_then = ["P16", "P18", "P19", "P20", "P21", "P22", "P25", "P33", "P37"];
    wait("every page", || {
        let (taken, replaced) = (entries("page.accepted"), entries("page.cancelled"));
        owed_then.iter().all(|page| taken.contains_key(*page) || replaced.contains_key(*page)).then_some(())
    });
    wait("a mail about each", || (hospital.mailbox.mails().len() >= 9).then_some(()));
    let taken = entries("page.accepted");
    assert!(taken.values().all(|times| *times == 1), "{taken:?}");
    let mut mails: BTreeMap<String, usize> = BTreeMap::new();
    for mail in hospital.mailbox.mails() {
        *mails.entry(mail.message_id).or_default() += 1;
    }
    assert!(mails.len() >= 9 && mails.values().all(|times| *times == 1), "{mails:?}");

    logs_are_read_on_from_where_they_were(&hospital);
    the_exercise_has_its_report(&hospital);
    let (code, out, error) = hospital.vigie(&["alert", "ack", "A3", "--as", "rssi"]);
    assert_eq!(code, 0, "{out}{error}");
    let (code, out, error) = hospital.vigie(&["ledger", "verify", "--head", HEAD]);
    assert_eq!(code, 0, "{out}{error}");
    // And once more, now that it is a store of this version.
    hospital.kill();
    hospital.start();
    assert_eq!(open_alerts(&hospital).as_array().unwrap().len(), open.as_array().unwrap().len());
    hospital.ledger_is_whole();
}

fn logs_are_read_on_from_where_they_were(hospital: &Hospital) {
    wait("the three lines that nobody had read", || (hospital.lines("fichiers") >= 3).then_some(()));
    let probe =
        "203.0.113.99 - - [29/Nov/2026:12:30:00 +0000] \"GET /index.html HTTP/1.1\" 200 183 \"-\" \"Mozilla\"\n";
    hospital.append("portail.log", probe.as_bytes());
    wait("a new line", || (hospital.lines("portail") == 1).then_some(()));
    for source in ["annuaire", "leurre", "pacs"] {
        assert_eq!(hospital.lines(source), 0, "{source} was read to its end");
    }
    let live: Vec<Value> =
        hospital.entries("alert.raised").into_iter().filter(|raised| raised["id"].as_u64() > Some(164)).collect();
    assert!(live.iter().all(|raised| raised["realm"] == "D2"), "{live:#?}");
}

fn the_exercise_has_its_report(hospital: &Hospital) {
    wait("the lines of the exercise that had not been written", || {
        let raised = hospital.entries("alert.raised");
        raised.into_iter().find(|raised| raised["realm"] == "D2" && raised["body"]["rule"] == "ransomware.rename_burst")
    });
    let (code, out, error) = hospital.vigie(&["drill", "stop", "D2", "--why", "assez vu"]);
    assert_eq!(code, 0, "{out}{error}");
    let report = hospital.json(&["drill", "report", "D2", "--form", "json"]);
    assert_eq!((&report["drill"], &report["ended"].is_null()), (&json!(2), &false));
    let ended = hospital.json(&["drill", "report", "D1", "--form", "json"]);
    assert_eq!(ended["tally"]["missed"], 0, "{ended:#}");
}
