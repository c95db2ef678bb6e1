//! The account behind the local socket says who speaks, and stands in the ledger beside what they did.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use serde_json::Value;

use super::hospital::Hospital;
use super::modes::is_root;

/// A group that owns nothing else, and accounts that every machine has.
const GROUP: u32 = 3_999_999;
const NOBODY: u32 = 65_534;
const DAEMON: u32 = 1;
const BIN: u32 = 2;

/// A hospital whose RSSI has the account `nobody`, and whose Dr Morel has two; the others have none.
fn hospital(more: &str) -> Option<Hospital> {
    if !is_root() {
        return None;
    }
    let mut hospital = Hospital::new();
    set_mode(&hospital, "", 0o755);
    hospital.edit("vigie.yaml", "state: state\n", &format!("state: state\nsocket: {{group: \"{GROUP}\"{more}}}\n"));
    hospital.edit("people.yaml", "phone: \"4512\"", "phone: \"4512\", account: nobody");
    hospital.edit("people.yaml", "phone: \"4600\"", "phone: \"4600\", account: [daemon, sync]");
    hospital.start();
    let program = hospital.path("vigie");
    std::fs::copy(env!("CARGO_BIN_EXE_vigie"), &program).unwrap();
    set_mode(&hospital, "vigie", 0o755);
    // Its files may be read by whoever answers.
    Some(hospital)
}

fn set_mode(hospital: &Hospital, name: &str, mode: u32) {
    std::fs::set_permissions(hospital.path(name), std::fs::Permissions::from_mode(mode)).unwrap();
}

/// What vigie says to an account, in a language.
fn says(hospital: &Hospital, account: u32, language: &str, arguments: &[&str]) -> (i32, String) {
    let mut vigie = Command::new(hospital.path("vigie"));
    vigie.env("LC_ALL", language).env("NO_COLOR", "1").args(arguments).arg("--site").arg(hospital.path(""));
    vigie.current_dir("/").uid(account).gid(GROUP);
    // Another test may have begun a process while this copy was being written: for a moment that one has it open too.
    let output = loop {
        match vigie.output() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            ended => break ended.unwrap(),
        }
    };
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap_or(-1), said)
}

fn as_account(hospital: &Hospital, account: u32, arguments: &[&str]) -> (i32, String) {
    says(hospital, account, "en_US.UTF-8", arguments)
}

fn last(hospital: &Hospital, kind: &str) -> Value {
    hospital.entries(kind).pop().map(|entry| entry["body"].clone()).unwrap_or_default()
}

#[test]
fn an_account_says_who_speaks() {
    let Some(hospital) = hospital("") else { return };
    let (code, said) = as_account(&hospital, NOBODY, &["alert", "raise", "black screens"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(last(&hospital, "alert.raised")["account"], "nobody");
    let (code, said) = as_account(&hospital, NOBODY, &["alert", "ack", "A1"]);
    assert!(code == 0 && said.contains("Ferrand"), "{said}");
    let acked = last(&hospital, "chain.acked");
    assert_eq!((&acked["by"], &acked["account"], &acked["as_said"]), (&"rssi".into(), &"nobody".into(), &Value::Null));
    let (code, said) = as_account(&hospital, DAEMON, &["alert", "take", "A1"]);
    assert!(code == 0 && said.contains("Morel"), "{said}");
    let (code, said) = as_account(&hospital, DAEMON, &["alert", "take", "A1", "--as", "dr-morel"]);
    assert_eq!(code, 0, "their own name: {said}");
    assert_eq!(last(&hospital, "chain.acked")["as_said"], Value::Null);
    let (code, said) = as_account(&hospital, BIN, &["alert", "ack", "A1"]);
    assert!(code == 4 && said.contains("the account bin is nobody's in people.yaml"), "{said}");
    assert!(said.contains("--as PERSON"), "{said}");
}

#[test]
fn nobody_speaks_for_a_person_who_has_an_account() {
    let Some(hospital) = hospital("") else { return };
    let raise = |account, by: &str| as_account(&hospital, account, &["alert", "raise", "black screens", "--as", by]);
    for account in [NOBODY, BIN] {
        let (code, said) = raise(account, "dr-morel");
        assert!(code == 4 && said.contains("dr-morel has an account of their own"), "{said}");
    }
    assert_eq!(hospital.entries("alert.raised").len(), 0, "a refusal changes nothing");
    // Whoever has no account is named by those who have one.
    let (code, said) = raise(BIN, "com");
    assert_eq!(code, 0, "{said}");
    let raised = last(&hospital, "alert.raised");
    assert_eq!((&raised["account"], &raised["as_said"]), (&"bin".into(), &true.into()));
    // Whoever runs the machine can do as they like, and it is kept that they did.
    let (code, said) = raise(0, "dr-morel");
    assert_eq!(code, 0, "{said}");
    let raised = last(&hospital, "alert.raised");
    assert_eq!((&raised["account"], &raised["as_said"]), (&"root".into(), &true.into()));
    let (code, said) = raise(BIN, "nemo");
    assert!(code == 4 && said.contains("nobody called `nemo`"), "{said}");
}

#[test]
fn a_group_that_the_site_names_speaks_for_others() {
    let Some(hospital) = hospital(&format!(", for_others: \"{GROUP}\"")) else { return };
    let (code, said) = as_account(&hospital, BIN, &["alert", "raise", "black screens", "--as", "dr-morel"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(last(&hospital, "alert.raised")["as_said"], true);
}

#[test]
fn what_is_done_without_a_name_is_done_by_an_account() {
    let Some(hospital) = hospital("") else { return };
    for (arguments, kind) in [
        (&["alert", "raise", "black screens", "--as", "com"][..], "alert.raised"),
        (&["alert", "escalate", "A1"], "chain.escalated"),
        (&["alert", "hand", "A1", "--to", "b-leroy", "--as", "com"], "chain.handed_on"),
        (&["alert", "snooze", "A1", "--for", "10m", "--as", "com"], "chain.snoozed"),
        (&["alert", "qualify", "A1", "confirmed", "--as", "com"], "alert.qualified"),
        (&["alert", "erratum", "A1", "it was ward 3", "--as", "com"], "alert.erratum"),
        (&["alert", "resolve", "A1", "--as", "com"], "alert.resolved"),
        (&["reload"], "rules.reloaded"),
        (&["drill", "start", "premier-exercice"], "drill.started"),
        (&["drill", "pause", "D1"], "drill.paused"),
        (&["drill", "resume", "D1"], "drill.resumed"),
        (&["drill", "note", "D1", "all calm", "--by", "com"], "drill.noted"),
        (&["drill", "stop", "D1"], "drill.ended"),
    ] {
        let (code, said) = as_account(&hospital, BIN, arguments);
        assert_eq!(code, 0, "{arguments:?}: {said}");
        assert_eq!(last(&hospital, kind)["account"], "bin", "{kind}");
    }
    hospital.ledger_is_whole();
}

#[test]
fn people_read_by_which_account_it_was_done() {
    let Some(hospital) = hospital("") else { return };
    as_account(&hospital, NOBODY, &["alert", "raise", "black screens"]);
    as_account(&hospital, NOBODY, &["alert", "ack", "A1"]);
    as_account(&hospital, BIN, &["alert", "take", "A1", "--as", "com"]);
    for (language, own, named) in [
        ("fr_FR.UTF-8", "rssi (compte nobody) s'en occupe", "com (selon le compte bin) s'en occupe"),
        ("en_US.UTF-8", "rssi (account nobody) has it", "com (as said by account bin) has it"),
    ] {
        let (_, story) = says(&hospital, 0, language, &["alert", "show", "A1"]);
        assert!(story.contains(own) && story.contains(named), "{story}");
    }
    for (language, own, named) in [
        ("fr_FR.UTF-8", "(compte nobody)", "(selon le compte bin)"),
        ("en_US.UTF-8", "(account nobody)", "(as said by account bin)"),
    ] {
        let (_, ledger) = says(&hospital, 0, language, &["ledger", "show"]);
        let acked: Vec<&str> = ledger.lines().filter(|line| line.contains("chain.acked")).collect();
        assert!(acked[0].ends_with(own) && acked[1].ends_with(named), "{ledger}");
    }
}
