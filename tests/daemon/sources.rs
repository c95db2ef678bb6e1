//! Logs that cannot be read: `status` says so, and so does `check` before.

use super::hospital::{Hospital, sample, wait};

#[test]
fn a_log_that_is_missing_or_was_deleted_is_shown_and_no_silence_looks_like_a_quiet_night() {
    let mut hospital = Hospital::new();
    hospital.edit("vigie.yaml", "logs/portail.log", "logs/portial.log");
    let (code, _, error) = hospital.check();
    assert!(code == 0 && error.contains("V116") && error.contains("did you mean"), "{error}");
    hospital.start();
    let (code, out, _) = hospital.vigie(&["status"]);
    assert!(code == 1 && out.contains("logs/portial.log: This file does not exist yet."), "{out}");
    assert!(out.contains("no line yet"), "{out}");
    std::fs::copy(hospital.path("logs/portail.log"), hospital.path("logs/portial.log")).unwrap();
    wait("its end", || (hospital.vigie(&["status"]).0 == 0).then_some(()));
    hospital.append("leurre.log", &sample("linux/samba-full_audit.log"));
    wait("the last line", || hospital.vigie(&["status"]).1.contains("s ago").then_some(()));
    std::fs::remove_dir_all(hospital.path("logs")).unwrap();
    let gone = "leurre.log: This file was there, and is not any more";
    let shown = wait("the deletion", || {
        let (code, out, _) = hospital.vigie(&["status"]);
        (out.matches("is not any more").count() == 5).then_some((code, out))
    });
    assert!(shown.0 == 1 && shown.1.contains(gone), "{}", shown.1);
    hospital.ledger_is_whole();
}
