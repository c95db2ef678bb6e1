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

fn watching() -> Hospital {
    let hospital = Hospital::new();
    std::fs::create_dir_all(hospital.path("rules")).unwrap();
    std::fs::write(hospital.path("rules/cleared.yml"), RULE).unwrap();
    hospital.edit("vigie.yaml", r#"["builtin:health"]"#, "[rules/]");
    hospital.edit("vigie.yaml", "sources:\n", "sources:\n  windows: {evtx: logs/System.evtx, from: start}\n");
    hospital
}

/// I12 of issue 11.
#[test]
fn when_the_store_is_lost_records_of_today_are_read_again_and_none_of_before() {
    let mut hospital = watching();
    let at = |days: u64| {
        let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
        jiff::Timestamp::from_second((now - 24 * 3600 * days).cast_signed()).unwrap().to_string()
    };
    let before = made::chunk_at(1, &["anna"], Some(&at(2)));
    write(&hospital, &[&made::header(1), &before]);
    hospital.start();
    wait("anna", || subjects(&hospital).contains("anna").then_some(()));
    hospital.stop();
    std::fs::remove_file(hospital.path("state/vigie.db")).unwrap();
    let today = made::chunk_at(2, &["bruno", "carla"], Some(&at(0)));
    write(&hospital, &[&made::header(2), &before, &today]);
    hospital.start();
    wait("carla", || subjects(&hospital).contains("carla").then_some(()));
    let found = subjects(&hospital);
    assert!(found.contains("bruno") && !found.contains("anna"), "{found}");
}

#[test]
fn a_damaged_record_is_said_and_those_behind_it_are_read() {
    let mut hospital = watching();
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
