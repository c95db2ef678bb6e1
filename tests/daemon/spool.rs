//! A text message in a spool that nobody empties: not sent twice, and not sent at all once somebody has the alert.

use super::hospital::{Hospital, sample, wait};

/// The states of the pages by text message of the first alert.
fn states(hospital: &Hospital) -> Vec<String> {
    let shown = hospital.json(&["alert", "show", "A1", "--json"]);
    let pages = shown["pages"].as_array().expect("a list").iter().filter(|page| page["channel"] == "sms");
    pages.map(|page| page["state"].as_str().expect("a word").to_owned()).collect()
}

fn files(hospital: &Hospital) -> Vec<std::ffi::OsString> {
    let entries = std::fs::read_dir(hospital.path("spool/sms")).expect("the folder is there");
    entries.map(|entry| entry.expect("an entry").file_name()).collect()
}

#[test]
fn what_lies_in_a_spool_is_found_again_and_taken_out_when_somebody_has_the_alert() {
    let mut hospital = Hospital::new();
    let by = |way: &str| format!("rssi,          by: {way}, if_undelivered: papier, answer_within: 10m");
    hospital.edit("chains.yaml", &by("mail + sms"), &by("sms"));
    hospital.start();
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    wait("a text message", || hospital.has_files("spool/sms").then_some(()));
    wait("the daemon to know", || states(&hospital).contains(&"spooled".to_owned()).then_some(()));
    let before = files(&hospital);
    hospital.kill();
    hospital.start();
    wait("the daemon to look", || (states(&hospital) == ["spooled"]).then_some(()));
    assert_eq!(files(&hospital), before, "it is the same message");
    let (code, _, error) = hospital.vigie(&["alert", "ack", "A1", "--as", "rssi"]);
    assert_eq!(code, 0, "{error}");
    wait("the message to be taken out", || (files(&hospital).len() < before.len()).then_some(()));
    wait("the daemon to know that", || (states(&hospital) == ["cancelled"]).then_some(()));
}
