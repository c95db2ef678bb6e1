//! Somebody deletes the daemon's own files while it runs: nothing is forgotten, nobody is told again, and nobody else
//! gets in.

use super::hospital::{Hospital, sample, wait};

/// A daemon that has raised alerts and told of them.
fn busy() -> (Hospital, Vec<(String, String)>) {
    let mut hospital = Hospital::new();
    hospital.start();
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    wait("the last of the alerts", || hospital.alerts().into_iter().find(|(rule, _)| rule == "ransomware.mass_delete"));
    wait("all mails", || (hospital.json(&["status", "--json"])["owed_pages"] == 0).then_some(()));
    let alerts = hospital.alerts();
    (hospital, alerts)
}

/// Kills the daemon, starts it again, and sees that it knows everything and tells nobody again.
fn everything_is_known_after_a_crash(mut hospital: Hospital, alerts: &[(String, String)]) {
    let mails = hospital.mailbox.mails().len();
    hospital.kill();
    hospital.start();
    assert_eq!(hospital.alerts(), alerts);
    hospital.append("Orthanc.log", &sample("orthanc/orthanc-1.12.7-default.log"));
    wait("what happens next", || hospital.alerts().into_iter().find(|(rule, _)| rule == "imaging.script_execution"));
    wait("all mails", || (hospital.json(&["status", "--json"])["owed_pages"] == 0).then_some(()));
    let new = hospital.alerts().len() - alerts.len();
    assert_eq!(hospital.mailbox.mails().len(), mails + new, "one mail for each new alert, none for the old ones");
    hospital.ledger_is_whole();
}

#[test]
fn a_state_folder_deleted_under_a_running_daemon_is_put_back_with_all_it_held() {
    let (hospital, alerts) = busy();
    // The daemon may already put things back while they are being deleted.
    drop(std::fs::remove_dir_all(hospital.path("state")));
    wait("the store in its place again", || {
        let (_, out, _) = hospital.vigie(&["ledger", "show", "--json"]);
        out.contains("\"store.put_back\"").then_some(())
    });
    wait("the socket in its place again", || (hospital.vigie(&["status"]).0 == 0).then_some(()));
    assert_eq!(hospital.alerts(), alerts);
    everything_is_known_after_a_crash(hospital, &alerts);
}

#[test]
fn a_store_deleted_without_its_folder_is_put_back_and_not_mixed_with_what_was_beside_it() {
    let (hospital, alerts) = busy();
    std::fs::remove_file(hospital.path("state/vigie.db")).unwrap();
    wait("the store in its place again", || hospital.path("state/vigie.db").exists().then_some(()));
    wait("its word in the ledger", || hospital.entries("store.put_back").pop());
    everything_is_known_after_a_crash(hospital, &alerts);
}

#[test]
fn a_deleted_lock_still_keeps_a_second_daemon_out_and_a_deleted_key_stays_the_same() {
    let (hospital, alerts) = busy();
    let key = std::fs::read(hospital.path("state/key")).unwrap();
    for name in ["lock", "key"] {
        std::fs::remove_file(hospital.path("state").join(name)).unwrap();
        wait("it in its place again", || hospital.path("state").join(name).exists().then_some(()));
    }
    wait("the same key", || (std::fs::read(hospital.path("state/key")).unwrap() == key).then_some(()));
    let (code, _, error) = hospital.run();
    assert_eq!(code, 4, "{error}");
    assert!(error.contains("in use by another vigie"), "{error}");
    everything_is_known_after_a_crash(hospital, &alerts);
}

#[test]
fn another_file_in_the_place_of_the_one_that_is_open_is_left_alone_and_told() {
    let (hospital, _) = busy();
    let (store, aside, other) =
        (hospital.path("state/vigie.db"), hospital.path("aside.db"), hospital.path("state/other.db"));
    std::fs::write(&other, "somebody's backup").unwrap();
    std::fs::hard_link(&store, &aside).unwrap();
    std::fs::rename(&other, &store).unwrap();
    let trouble = || {
        let (_, out, _) = hospital.vigie(&["status", "--json"]);
        let status: serde_json::Value = serde_json::from_str(&out).unwrap_or_default();
        status["store_trouble"].as_str().map(str::to_owned)
    };
    let words = wait("the trouble in the status", trouble);
    assert!(words.contains("not the store that this vigie opened"), "{words}");
    assert_eq!(std::fs::read_to_string(&store).unwrap(), "somebody's backup");
    std::fs::rename(&aside, &store).unwrap();
    wait("the end of the trouble", || trouble().is_none().then_some(()));
}
