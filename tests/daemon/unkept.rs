//! A store that cannot be written while the daemon runs: a full disk, a lock, a disk that turns read-only. Attacks are
//! read and paged all the same, it says so by every way it has, calls nothing done that is not kept, and gives no number
//! twice.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use super::hospital::{Hospital, sample, wait};
use super::kills_while_receiving::{found, planted};

const RSSI: &str = "rssi@ch-valmont.example";

/// The attack that must be seen whatever else is wrong.
fn attack_is_paged(hospital: &Hospital) {
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    wait("the rename burst, from memory", || {
        let open = list(hospital);
        open.iter().any(|alert| alert["rule"] == "ransomware.rename_burst").then_some(())
    });
    wait("its mail", || hospital.mailbox.mails().into_iter().find(|mail| mail.to == RSSI));
}

/// The open alerts, as the daemon knows them.
fn list(hospital: &Hospital) -> Vec<serde_json::Value> {
    let alerts = hospital.json(&["alert", "list", "--json"]);
    alerts.as_array().unwrap().clone()
}

fn numbers(hospital: &Hospital) -> BTreeSet<u64> {
    list(hospital).iter().map(|alert| alert["id"].as_u64().unwrap()).collect()
}

/// What `status` says of the store, once it is in trouble.
fn trouble(hospital: &Hospital, cause: &str) {
    wait("the trouble in the status", || {
        let (code, out, _) = hospital.vigie(&["status", "--json"]);
        let status: serde_json::Value = serde_json::from_str(&out).unwrap_or_default();
        (code == 1 && status["store_cause"] == cause).then_some(())
    });
    wait("an alert about the store itself", || list(hospital).into_iter().find(|alert| alert["ailing"] == "store"));
    wait("a mail about the store", || {
        hospital.mailbox.mails().into_iter().find(|mail| mail.text.contains("ne peut plus être écrite"))
    });
}

/// Nothing is called done, and the exit code is not that of success.
fn nothing_is_called_done(hospital: &Hospital) -> String {
    let (code, out, error) = hospital.vigie(&["alert", "raise", "écrans noirs", "--as", "rssi"]);
    assert_eq!((code, out.as_str()), (4, ""), "{error}");
    assert!(error.contains("NOT KEPT: A") && error.contains("people are paged all the same"), "{error}");
    let raised = error.split(['A', ':']).nth(2).map(|number| format!("A{number}")).unwrap();
    for command in ["ack", "resolve"] {
        let (code, out, error) = hospital.vigie(&["alert", command, &raised, "--as", "rssi"]);
        assert_eq!((code, out.as_str()), (4, ""), "{error}");
        assert!(error.contains("NOT KEPT") && error.contains("in memory only"), "{error}");
    }
    raised
}

/// Kills the daemon while nothing can be written, and sees that what it had given numbers to keeps them.
fn no_number_comes_twice(hospital: &mut Hospital, before: &BTreeSet<u64>, kept: &BTreeSet<u64>) {
    hospital.start();
    let (code, out, error) = hospital.vigie(&["alert", "raise", "encore", "--as", "rssi"]);
    assert!(code == 0 || error.contains("NOT KEPT"), "{out}{error}");
    wait("what is read again", || {
        let open = list(hospital);
        open.iter().any(|alert| alert["rule"] == "ransomware.rename_burst").then_some(())
    });
    let (lost, now): (BTreeSet<u64>, BTreeSet<u64>) = (before - kept, numbers(hospital));
    assert!(!lost.is_empty() && lost.is_disjoint(&now), "lost {lost:?}, there is {now:?}");
    let mut ids = BTreeSet::new();
    for mail in hospital.mailbox.mails() {
        let repeat = mail.text.contains("Rappel possible");
        assert!(ids.insert(mail.message_id.clone()) || repeat, "{} comes twice: {}", mail.message_id, mail.text);
    }
}

#[test]
fn a_full_disk_stops_neither_reading_nor_paging_and_gives_no_number_twice() {
    let mut hospital = Hospital::new();
    let Some(disk) = hospital.small_disk(2048) else { return };
    hospital.start();
    let (code, ..) = hospital.vigie(&["alert", "raise", "avant", "--as", "rssi"]);
    assert_eq!(code, 0);
    let kept = numbers(&hospital);
    disk.fill();
    attack_is_paged(&hospital);
    trouble(&hospital, "full");
    nothing_is_called_done(&hospital);
    let before = numbers(&hospital);
    hospital.kill();
    disk.make_room();
    no_number_comes_twice(&mut hospital, &before, &kept);
    hospital.ledger_is_whole();
    hospital.kill();
}

#[test]
fn a_disk_that_is_full_for_a_while_loses_and_doubles_nothing_that_was_written_or_received() {
    let seconds = std::env::var("VIGIE_FULL").map_or(3, |seconds| seconds.parse().expect("a number"));
    let (mut hospital, port) = planted();
    let Some(disk) = hospital.small_disk(8192) else { return };
    hospital.start();
    let mut to = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    let (mut wanted, mut number) = (BTreeSet::new(), 0);
    let mut go_on = |hospital: &Hospital, pieces: u64| {
        for _ in 0..pieces {
            let lines = ["in a log", "over a network"].map(|way| format!("planted {way}, line n{number}."));
            hospital.append("copied.log", format!("{}\n", lines[0]).as_bytes());
            writeln!(to, "{}", lines[1]).unwrap();
            wanted.extend(lines);
            number += 1;
            std::thread::park_timeout(Duration::from_millis(100));
        }
    };
    go_on(&hospital, 5);
    disk.fill();
    go_on(&hospital, seconds * 10);
    trouble(&hospital, "full");
    disk.make_room();
    go_on(&hospital, 5);
    wait("the end of the trouble", || hospital.entries("store.well").pop());
    wait("all lines", || {
        let found = found(&hospital);
        wanted.iter().all(|line| found.contains_key(line)).then_some(())
    });
    // And what was only in memory stands in the store.
    hospital.kill();
    hospital.start();
    let found = found(&hospital);
    let once = wanted.iter().filter(|line| found.get(*line).is_some_and(|hits| hits[..] == [1]));
    assert_eq!(once.count(), wanted.len(), "{found:?}");
    hospital.ledger_is_whole();
    hospital.kill();
}

#[test]
fn a_lock_of_another_program_stops_neither_reading_nor_paging_and_is_named() {
    let mut hospital = Hospital::new();
    hospital.start();
    let blocker = rusqlite::Connection::open(hospital.path("state/vigie.db")).unwrap();
    blocker.execute_batch("BEGIN EXCLUSIVE").unwrap();
    attack_is_paged(&hospital);
    trouble(&hospital, "locked");
    let about = list(&hospital).into_iter().find(|alert| alert["ailing"] == "store").unwrap();
    let holder = format!("({})", std::process::id());
    assert!(about["description"]["fr"].as_str().unwrap().contains(&holder), "{about:#}");
    let raised = nothing_is_called_done(&hospital);
    blocker.execute_batch("ROLLBACK").unwrap();
    // The alert about it stays open a little longer, so that it cannot come and go with every lock.
    wait("the end of the trouble", || {
        let status: serde_json::Value = serde_json::from_str(&hospital.vigie(&["status", "--json"]).1).ok()?;
        status["store_trouble"].is_null().then_some(())
    });
    let (code, out, _) = hospital.vigie(&["alert", "show", &raised]);
    assert!(code == 0 && out.contains("over"), "all that waited is kept: {out}");
    hospital.ledger_is_whole();
}
