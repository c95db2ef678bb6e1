//! A log of Windows that grows, with damage in its middle: the damage is said, and what stands behind it is read.

use super::hospital::{Hospital, wait};

#[path = "../../src/watch/source/evtx/made.rs"]
mod made;

const RULE: &str = "title: Cleared
name: cleared
level: low
logsource: {product: windows}
detection: {seen: {EventID: 104}, condition: seen}
vigie: {subject: [SubjectUserName]}
";

fn write(hospital: &Hospital, parts: &[&[u8]]) {
    // In one step, as a disk shows what Windows wrote.
    std::fs::write(hospital.path("new.evtx"), parts.concat()).unwrap();
    std::fs::rename(hospital.path("new.evtx"), hospital.path("logs/System.evtx")).unwrap();
}

fn subjects(hospital: &Hospital) -> String {
    let mut subjects: Vec<String> =
        hospital.alerts().into_iter().map(|(_, subject)| subject.replace(['[', ']', '"'], "")).collect();
    subjects.sort();
    subjects.join(" ")
}

#[test]
fn a_damaged_record_is_said_and_those_behind_it_are_read() {
    let mut hospital = Hospital::new();
    std::fs::create_dir_all(hospital.path("rules")).unwrap();
    std::fs::write(hospital.path("rules/cleared.yml"), RULE).unwrap();
    hospital.edit("vigie.yaml", r#"["builtin:health"]"#, "[rules/]");
    hospital.edit("vigie.yaml", "sources:\n", "sources:\n  windows: {evtx: logs/System.evtx, from: start}\n");
    let first = made::damaged(made::chunk(&["anna", "bruno", "carla"]), 2, 24, 40);
    write(&hospital, &[&made::header(1), &first]);
    hospital.start();
    let found = |wanted: &str| wait(wanted, || (subjects(&hospital).contains(wanted)).then_some(()));
    found("carla");
    assert!(subjects(&hospital).contains("anna") && !subjects(&hospital).contains("bruno"), "{}", subjects(&hospital));
    // It grows, and a part of it in between is none any more.
    let mut lost = made::chunk_from(4, &["dora", "emil"]);
    lost[0] = b'x';
    let log = [&made::header(3)[..], &first, &lost, &made::chunk_from(6, &["frida"])];
    write(&hospital, &log);
    found("frida");
    let said =
        || hospital.entries("source.trouble").iter().map(|entry| entry["body"]["what"]["en"].to_string()).collect();
    let said: Vec<String> = said();
    let counts = |count: &str| said.iter().filter(|said| said.contains(count)).count();
    assert_eq!((counts("1 record of this log is damaged"), counts("2 records of this log are")), (1, 1), "{said:?}");
    // What was said is not said again, also not at the next start.
    hospital.stop();
    hospital.start();
    write(&hospital, &[&made::header(3), &first, &lost, &made::chunk_from(6, &["frida", "gina"])]);
    wait("gina", || subjects(&hospital).contains("gina").then_some(()));
    assert_eq!(hospital.entries("source.trouble").len(), said.len());
    assert_eq!(hospital.lines("windows"), 1);
    hospital.ledger_is_whole();
}
