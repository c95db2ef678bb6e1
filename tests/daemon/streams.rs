//! Records that go over several lines, in files that are written at the same time: what one file says never ends up in a
//! record of another.

use super::hospital::{Hospital, wait};

const RULE: &str = "title: Attack
name: attack
level: low
logsource: {product: samba}
detection: {seen: {act: attack}, condition: seen}
vigie: {subject: [user]}
";

/// A record of `user`, in the pieces that a controller writes it in.
fn pieces(user: &str) -> [String; 3] {
    let first = "/usr/sbin/smbd: {\"timestamp\": \"2026-11-21T19:37:14+0000\", \"type\": \"Authentication\", ";
    let (second, third) = ("/usr/sbin/smbd: \"eventId\": 4625}, ", "/usr/sbin/smbd: \"act\": \"attack\", \"user\": ");
    [
        format!("{first}\"Authentication\": {{\"of\": \"{user}\",\n"),
        format!("{second}\n"),
        format!("{third}\"{user}\"}}\n"),
    ]
}

fn hospital() -> Hospital {
    let hospital = Hospital::new();
    std::fs::create_dir_all(hospital.path("rules")).unwrap();
    std::fs::write(hospital.path("rules/attack.yml"), RULE).unwrap();
    hospital.edit("vigie.yaml", r#"["builtin:health"]"#, "[rules/]");
    hospital.edit("vigie.yaml", "annuaire: {follow: logs/annuaire.log, ", "annuaire: {follow: \"logs/dc*.log\", ");
    for log in ["dc1.log", "dc2.log"] {
        std::fs::write(hospital.path("logs").join(log), "").unwrap();
    }
    hospital
}

fn append(hospital: &Hospital, log: &str, piece: &str, read: u64) {
    hospital.append(log, piece.as_bytes());
    wait("a piece to be read", || (hospital.lines("annuaire") >= read).then_some(()));
}

fn attacked(hospital: &Hospital, users: &[&str]) {
    let subjects = wait("both attacks", || {
        let subjects: Vec<String> = hospital.alerts().into_iter().map(|(_, subject)| subject).collect();
        (subjects.len() >= users.len()).then_some(subjects)
    });
    assert_eq!(subjects.len(), users.len(), "{subjects:?}");
    for user in users {
        assert!(subjects.iter().any(|subject| subject.contains(user)), "{user} is not among {subjects:?}");
    }
}

/// Both records begin, each in its own file; their last pieces are still to come.
fn begin_both(hospital: &Hospital) -> [String; 2] {
    let ([one_a, one_b, one_c], [two_a, two_b, two_c]) = (pieces("alice"), pieces("bruno"));
    append(hospital, "dc1.log", &one_a, 1);
    append(hospital, "dc2.log", &two_a, 2);
    append(hospital, "dc1.log", &one_b, 3);
    append(hospital, "dc2.log", &two_b, 4);
    [one_c, two_c]
}

#[test]
fn records_of_two_files_written_at_once_stay_two_records() {
    let mut hospital = hospital();
    hospital.start();
    let [one, two] = begin_both(&hospital);
    append(&hospital, "dc1.log", &one, 5);
    append(&hospital, "dc2.log", &two, 6);
    attacked(&hospital, &["alice", "bruno"]);
    hospital.ledger_is_whole();
}

#[test]
fn records_of_two_files_are_whole_after_a_kill_in_the_middle_of_both() {
    let mut hospital = hospital();
    hospital.start();
    let [one, two] = begin_both(&hospital);
    hospital.kill();
    hospital.append("dc2.log", two.as_bytes());
    hospital.start();
    hospital.append("dc1.log", one.as_bytes());
    attacked(&hospital, &["alice", "bruno"]);
    hospital.ledger_is_whole();
}

#[test]
fn a_record_is_whole_where_its_log_was_rotated_in_the_middle_of_it() {
    let mut hospital = hospital();
    hospital.start();
    let [first, second, third] = pieces("alice");
    append(&hospital, "dc1.log", &first, 1);
    std::fs::rename(hospital.path("logs/dc1.log"), hospital.path("logs/dc1.log.1")).unwrap();
    std::fs::write(hospital.path("logs/dc1.log"), second + &third).unwrap();
    attacked(&hospital, &["alice"]);
}
