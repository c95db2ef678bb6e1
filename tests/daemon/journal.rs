//! The journal of systemd: entries in a real journal, read by the real `journalctl`, from the first to the mail.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::hospital::{Hospital, wait};
use super::listening::{ATTEMPTS, failed_login};

/// What Debian calls the programs, and where the second lies.
const WRITER: &str = "/lib/systemd/systemd-journal-remote";

/// Writes entries into a journal, as a machine that sends its own does, each time after another boot; false, said aloud,
/// where this machine has not what it takes.
fn write(folder: &Path, from: u32, messages: &[&[u8]]) -> bool {
    write_ago(Duration::ZERO, folder, from, messages)
}

/// The same so long ago.
fn write_ago(ago: Duration, folder: &Path, from: u32, messages: &[&[u8]]) -> bool {
    std::fs::create_dir_all(folder).expect("writable");
    let mut child = Command::new(WRITER);
    child.arg("-o").arg(folder.join("remote.journal")).arg("-");
    let has_reader = Command::new("journalctl").arg("--version").output().is_ok();
    let started = child.stdin(Stdio::piped()).stderr(Stdio::null()).spawn();
    let (true, Ok(mut child)) = (has_reader, started) else {
        let words = "skipped: no journalctl or systemd-journal-remote on this machine";
        writeln!(std::io::stderr(), "{words}").expect("it can be said");
        return false;
    };
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("it is later").saturating_sub(ago).as_micros();
    let mut pipe = child.stdin.take().expect("a pipe");
    for (number, message) in (from..).zip(messages) {
        let micros = now + u128::from(number);
        let head = format!(
            "__CURSOR=s=0123456789abcdef0123456789abcdef;i={number:x};b={from:032x};m={number:x};t={micros:x};x={number:x}\n\
             __REALTIME_TIMESTAMP={micros}\n__MONOTONIC_TIMESTAMP={number}\n_BOOT_ID={from:032x}\n\
             PRIORITY=6\nSYSLOG_FACILITY=10\nSYSLOG_IDENTIFIER=sshd\n_PID=77\n_HOSTNAME=srv-fic01\n\
             _SYSTEMD_UNIT=ssh.service\n_EXE=/usr/sbin/sshd\nMESSAGE\n"
        );
        pipe.write_all(head.as_bytes()).expect("it reads");
        pipe.write_all(&(message.len() as u64).to_le_bytes()).expect("it reads");
        pipe.write_all(&[message, &b"\n\n"[..]].concat()).expect("it reads");
    }
    drop(pipe);
    assert!(child.wait().expect("it ends").success(), "the journal is written");
    true
}

/// How many lines of the journal were read since the start, also while something is said of it.
fn lines(hospital: &Hospital) -> u64 {
    let status = hospital.vigie(&["status", "--json"]).1;
    let status: serde_json::Value = serde_json::from_str(&status).expect("JSON");
    let sources = status["sources"].as_array().expect("a list");
    sources.iter().find(|source| source["name"] == "journal").expect("it is there")["lines"].as_u64().expect("a number")
}

/// The processes that this one began, by their ids.
fn children(of: u32) -> Vec<u32> {
    let of_it = |id: &u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)?.parse().ok()) == Some(of)
    };
    let ids = std::fs::read_dir("/proc")
        .expect("Linux")
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter(of_it).collect()
}

fn hospital(from: &str) -> Hospital {
    let hospital = Hospital::new();
    let source = format!("sources:\n  journal: {{journal: journals, from: {from}, format: syslog}}\n");
    hospital.edit("vigie.yaml", "sources:\n", &source);
    hospital
}

#[test]
fn the_journal_is_read_once_over_kills_of_vigie_and_of_journalctl() {
    let mut hospital = hospital("end");
    let journals = hospital.path("journals");
    if !write(&journals, 1, &[b"of yesterday", b"of yesterday too"]) {
        return;
    }
    hospital.start();
    let attack: Vec<String> = (0..ATTEMPTS).map(failed_login).collect();
    let messages: Vec<&[u8]> = attack.iter().map(String::as_bytes).collect();
    assert!(write(&journals, 100, &messages[..3]));
    wait("what is new", || (lines(&hospital) == 3).then_some(()));
    // While vigie is away, more is written, before and after a boot; one of it is no UTF-8.
    hospital.kill();
    assert!(write(&journals, 200, &messages[3..4]));
    assert!(write(&journals, 250, &[messages[4], &b"caf\xe9 \x1b and so on"[..]]));
    hospital.start();
    wait("what was written meanwhile", || (lines(&hospital) == 3).then_some(()));
    // The program is killed under it.
    let mut killed = children(hospital.process());
    assert_eq!(killed.len(), 1, "journalctl");
    let id = killed.pop().expect("one").to_string();
    assert!(Command::new("kill").args(["-9", &id]).status().expect("there is kill").success());
    assert!(write(&journals, 300, &messages[5..]));
    wait("what came after that", || (lines(&hospital) == 6).then_some(()));
    wait("the alert", || hospital.vigie(&["alert", "list"]).1.contains("203.0.113.9").then_some(()));
    let (_, out, _) = hospital.vigie(&["alert", "list"]);
    assert!(out.contains(&format!("×{ATTEMPTS}")), "each attempt counts once: {out}");
    wait("its end", || (!hospital.vigie(&["status"]).1.contains("journalctl ended")).then_some(()));
    hospital.ledger_is_whole();
}

/// I12 of issue 11.
#[test]
fn when_the_store_is_lost_entries_of_today_are_read_again_and_none_of_before() {
    let mut hospital = hospital("end");
    let journals = hospital.path("journals");
    let attack: Vec<String> = (0..ATTEMPTS).map(failed_login).collect();
    let messages: Vec<&[u8]> = attack.iter().map(String::as_bytes).collect();
    if !write_ago(Duration::from_hours(48), &journals, 1, &messages) {
        return;
    }
    hospital.start();
    hospital.stop();
    std::fs::remove_file(hospital.path("state/vigie.db")).expect("it is there");
    assert!(write(&journals, 100, &messages[..3]));
    hospital.start();
    wait("what was written today", || (lines(&hospital) == 3).then_some(()));
    assert!(write(&journals, 200, &messages[3..4]));
    wait("what is new", || (lines(&hospital) == 4).then_some(()));
    assert!(!hospital.vigie(&["alert", "list"]).1.contains("203.0.113.9"), "of before nothing counts");
}

#[test]
fn a_place_without_a_journal_is_said_until_one_comes() {
    let mut hospital = hospital("start");
    let journals = hospital.path("journals");
    std::fs::create_dir_all(&journals).expect("writable");
    if Command::new("journalctl").arg("--version").output().is_err() {
        return writeln!(std::io::stderr(), "skipped: no journalctl on this machine").expect("it can be said");
    }
    hospital.start();
    let about = "there is no entry of a journal that vigie may read";
    wait("the trouble", || hospital.vigie(&["status"]).1.contains(about).then_some(()));
    if write(&journals, 1, &[b"the first"]) {
        wait("the first entry", || (lines(&hospital) == 1).then_some(()));
        wait("its end", || (!hospital.vigie(&["status"]).1.contains(about)).then_some(()));
    }
}

#[test]
fn a_machine_without_journalctl_is_told_what_to_do_and_everything_else_is_watched() {
    let mut hospital = hospital("start");
    hospital.start_with(&[("PATH", "/nowhere")]);
    let said = wait("the trouble", || {
        let (code, out, _) = hospital.vigie(&["status"]);
        out.contains("journalctl").then_some((code, out))
    });
    assert!(said.0 == 1 && said.1.contains("There is no program journalctl on this machine"), "{}", said.1);
    assert!(said.1.contains("package systemd"), "{}", said.1);
    hospital.append("fichiers.log", &super::hospital::sample("linux/samba-full_audit.log"));
    wait("the other logs", || hospital.vigie(&["alert", "list"]).1.contains("A1 ").then_some(()));
}
