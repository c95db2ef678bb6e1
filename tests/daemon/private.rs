//! Patients and passwords never reach the disk, whatever the log they stand in is written like: rules see the line as it is,
//! and what follows from it is kept, sent and printed without them.

use std::path::Path;

use super::hospital::{Hospital, wait};

/// What must not be found anywhere but in the logs.
const PLANTED: [&str; 6] = ["185057800608491", "hunter2", "DUPONT", "MARIE", "c2VjcmV0", "900001"];

/// What somebody wrote into a log.
const SAID: &str = "MARK nir 185057800608491, password=hunter2 (0010,0010) PN [DUPONT^MARIE] \
    authorization: [Basic c2VjcmV0] patientName=DUPONT, ipp: 900001";

/// The format of a source, and a line of it in which somebody else's words stand at `{}`.
const LOGS: [(&str, &str); 10] = [
    ("plain", "ERROR {}"),
    ("syslog", "Nov 21 19:28:22 srv sshd[1]: Failed password for invalid user {} from 10.0.0.1 port 5 ssh2"),
    (
        "json",
        "{\"time\": \"2026-11-21T19:28:22Z\", \"message\": \"{}\", \"patientName\": {\"family\": \"MARK DUPONT\"}}",
    ),
    (
        "combined",
        "10.0.0.1 - - [21/Nov/2026:19:28:23 +0000] \"GET /fhir/Patient?name=MARK+DUPONT HTTP/1.1\" 401 0 \"-\" \"{}\"",
    ),
    ("samba-audit", "Nov 21 19:28:22 srv smbd_audit: alice|10.0.0.1|pc|commun|unlinkat|ok|/x/{}"),
    (
        "samba-json",
        "{\"timestamp\": \"2026-11-21T19:37:30.240120+0000\", \"type\": \"Authentication\", \"Authentication\": {\"clientAccount\": \"{}\", \"token\": [\"hunter2 MARK\"]}}",
    ),
    (
        "opencanary",
        "{\"logtype\": 17001, \"node_id\": \"n\", \"logdata\": {\"CMD\": \"AUTH\", \"ARGS\": \"MARK hunter2\", \"USERNAME\": \"{}\"}}",
    ),
    ("orthanc", "W1121 19:13:25.396249 A.cpp:1] Rejected association for remote AET {} on IP 10.0.0.1"),
    ("dcmtk", "I: storing DICOM file: MARK/DUPONT_MARIE/900001"),
    (
        "auditd",
        "type=EXECVE msg=audit(1795289302.123:4711): argc=3 a0=\"curl\" a1=\"{}\" a2=4D41524B202D2D70617373776F72643D68756E74657232",
    ),
];

/// All fields that hold what was written, as whom a hit is about and as what is counted.
const FIELDS: [&str; 16] = [
    "message",
    "user",
    "path",
    "account",
    "token",
    "patientName.family",
    "Authentication.token",
    "cs-uri",
    "cs-uri-query",
    "cs-user-agent",
    "logdata.ARGS",
    "logdata.USERNAME",
    "aet",
    "a1",
    "a2",
    "CommandLine",
];

fn rules(own: &str) -> String {
    let subject = FIELDS.join(", ");
    let mut rules = format!(
        "title: Marked\nname: marked_{own}\nlevel: high\nlogsource: {{product: {own}}}\n\
         detection: {{words: [MARK], condition: words}}\nvigie: {{subject: [{subject}]}}\n"
    );
    for (at, field) in FIELDS.iter().enumerate() {
        let again = format!(
            "---\ntitle: Again\nid: again_{own}_{at}\nlevel: high\n\
             correlation: {{type: event_count, rules: [marked_{own}], group-by: ['{field}'], timespan: 1h, condition: {{gte: 1}}, generate: true}}\n"
        );
        rules.push_str(&again);
    }
    let missed = format!(
        "---\ntitle: Missed\nid: missed_{own}\nlevel: high\n\
         vigie: {{absence: {{rules: [marked_{own}], group-by: [message], within: 1h}}}}\n"
    );
    rules + &missed
}

fn hospital() -> Hospital {
    let hospital = Hospital::new();
    hospital.edit("vigie.yaml", "rules: [\"builtin:health\"]", "rules: [rules]");
    let mut sources = "sources:\n".to_owned();
    std::fs::create_dir_all(hospital.path("rules/own")).unwrap();
    for (format, _) in LOGS {
        let own = format.replace('-', "_");
        let source =
            format!("  {format}: {{follow: logs/{format}.log, format: {format}, logsource: {{product: {own}}}}}\n");
        sources.push_str(&source);
        std::fs::write(hospital.path(&format!("rules/own/{own}.yml")), rules(&own)).unwrap();
        std::fs::write(hospital.path(&format!("logs/{format}.log")), "").unwrap();
    }
    hospital.edit("vigie.yaml", "sources:\n", &sources);
    hospital
}

/// Every file in the folder, but for the logs.
fn files(folder: &Path, all: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("logs") && !path.ends_with("rules") {
            files(&path, all);
        } else if path.is_file() {
            all.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

#[track_caller]
fn holds_nothing_private(what: &str, bytes: &[u8]) {
    for planted in PLANTED {
        let found = bytes.windows(planted.len()).position(|window| window.eq_ignore_ascii_case(planted.as_bytes()));
        let around = |at: usize| {
            String::from_utf8_lossy(&bytes[at.saturating_sub(200)..(at + 60).min(bytes.len())]).into_owned()
        };
        assert!(found.is_none(), "{planted} in {what}: {}", found.map(around).unwrap_or_default());
    }
}

#[test]
fn nothing_private_of_any_format_reaches_the_disk_a_page_or_the_screen() {
    let mut hospital = hospital();
    hospital.start();
    for (format, line) in LOGS {
        let json = line.starts_with('{');
        let said = if json { SAID.replace('"', "\\\"") } else { SAID.to_owned() };
        hospital.append(&format!("{format}.log"), format!("{}\n", line.replace("{}", &said)).as_bytes());
    }
    // Of each format at least the line itself is told, and one value that something counts.
    let alerts = wait("alerts of all formats", || {
        let alerts = hospital.alerts();
        let of = |format: &str| {
            let own = format!("own.{}#", format.replace('-', "_"));
            alerts.iter().filter(|(rule, _)| rule.starts_with(&own)).count()
        };
        LOGS.iter().all(|(format, _)| of(format) >= 2).then(|| alerts.clone())
    });
    holds_nothing_private("the alerts", format!("{alerts:?}").as_bytes());
    for command in [&["alert", "list", "--all"][..], &["ledger", "show"], &["ledger", "show", "--json"], &["status"]] {
        let (_, out, error) = hospital.vigie(command);
        holds_nothing_private(&format!("{command:?}"), format!("{out}{error}").as_bytes());
    }
    // As it stands on the disk at this moment, what is not yet in its place included.
    hospital.kill();
    let mut all = Vec::new();
    files(&hospital.path(""), &mut all);
    assert!(
        all.iter().any(|(name, _)| name.contains("state/")),
        "{:?}",
        all.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
    for (name, bytes) in all {
        holds_nothing_private(&name, &bytes);
    }
    for mail in hospital.mailbox.mails() {
        holds_nothing_private("a mail", mail.text.as_bytes());
    }
}
