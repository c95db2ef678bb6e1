//! Every genuine log, read line by line: what format it turns out to be, how many of its lines are events, and that
//! what was done to the program can be read back.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own samples has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::base::redact::Class;
use vigie::finding::Severity;
use vigie::text::source::Source;
use vigie::watch::event::{Event, Logsource, Value};
use vigie::watch::format::{Decoded, Decoder, Format};
use vigie::watch::record::Record as _;
use vigie::watch::sigma::{self, Engine};

struct Read {
    events: Vec<Event>,
    skipped: usize,
    malformed: usize,
    unknown: usize,
    picked: Option<Format>,
}

fn samples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

fn read(format: Format, file: &str) -> Read {
    let arrived: Timestamp = "2026-11-22T06:00:00Z".parse().unwrap();
    let text = fs::read_to_string(samples().join(file)).unwrap();
    let mut decoder = Decoder::new(format, TimeZone::UTC, None);
    let mut read = Read { events: Vec::new(), skipped: 0, malformed: 0, unknown: 0, picked: None };
    for line in text.lines() {
        match decoder.decode(arrived, line) {
            Decoded::Event(event) => read.events.push(event),
            Decoded::Unknown(_) => read.unknown += 1,
            Decoded::Several(events) => read.events.extend(events),
            Decoded::Skipped => read.skipped += 1,
            Decoded::Malformed { .. } => read.malformed += 1,
        }
    }
    read.picked = decoder.picked();
    read
}

fn events(file: &str) -> Vec<Event> {
    read(Format::Auto, file).events
}

/// The first value called `name`, as text.
fn said(event: &Event, name: &str) -> String {
    match event.get(name).next() {
        Some(Value::Text(text)) => text.to_string(),
        Some(Value::Int(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
        Some(other) => format!("{other:?}"),
        None => String::new(),
    }
}

fn has(event: &Event, wanted: &[(&str, &str)]) -> bool {
    wanted.iter().all(|(name, value)| said(event, name) == *value)
}

/// How many events have all these values.
fn count(events: &[Event], wanted: &[(&str, &str)]) -> usize {
    events.iter().filter(|event| has(event, wanted)).count()
}

/// How many events there are for each value of `name`, among those that have the wanted values.
fn by(events: &[Event], name: &str, wanted: &[(&str, &str)]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for event in events.iter().filter(|event| has(event, wanted)) {
        *counts.entry(said(event, name)).or_insert(0) += 1;
    }
    counts
}

fn at(time: &str) -> Timestamp {
    format!("2026-11-21T{time}Z").parse().unwrap()
}

/// File, what it turns out to be, events, lines passed over, lines that cannot be read.
const FILES: [(&str, Option<Format>, usize, usize, usize); 35] = [
    ("orthanc/orthanc-1.10.1-default.log", Some(Format::Orthanc), 39, 0, 0),
    ("orthanc/orthanc-1.10.1-verbose.log", Some(Format::Orthanc), 335, 0, 0),
    ("orthanc/orthanc-1.10.1-trace.log", Some(Format::Orthanc), 354, 8713, 0),
    ("orthanc/orthanc-1.12.7-default.log", Some(Format::Orthanc), 40, 0, 0),
    ("orthanc/orthanc-1.12.7-verbose.log", Some(Format::Orthanc), 346, 0, 0),
    ("orthanc/orthanc-1.12.7-trace.log", Some(Format::Orthanc), 616, 8713, 0),
    ("orthanc/orthanc-1.10.1-default.log.storescp", Some(Format::Dcmtk), 36, 10, 0),
    ("orthanc/orthanc-1.12.7-default.log.storescp", Some(Format::Dcmtk), 36, 10, 0),
    ("orthanc/orthanc-1.12.7-default.log.marks", None, 0, 0, 29),
    ("linux/all-rfc3164.log", Some(Format::Syslog), 1112, 0, 0),
    ("linux/all-rfc3164-pri.log", Some(Format::Syslog), 1112, 0, 0),
    ("linux/all-rfc5424.log", Some(Format::Syslog), 1112, 0, 0),
    ("linux/auth.log", Some(Format::Syslog), 134, 0, 0),
    ("linux/samba-full_audit.log", Some(Format::SambaAudit), 973, 0, 0),
    ("linux/samba.127.0.0.1.log", Some(Format::SambaJson), 9, 18, 0),
    ("linux/samba.smbd.log", Some(Format::SambaJson), 0, 5, 0),
    ("linux/nginx-orthanc-access.log", Some(Format::Combined), 20, 0, 0),
    ("linux/nginx-orthanc-access.json", Some(Format::Json), 20, 0, 0),
    ("linux/orthanc.log", Some(Format::Orthanc), 71, 0, 0),
    ("linux/marks.txt", None, 0, 0, 12),
    // What the processes print before the first object leaves doubt.
    ("samba-ad/samba-stdout.log", Some(Format::SambaJson), 72, 76, 12),
    ("opencanary/opencanary.log", Some(Format::OpenCanary), 19, 0, 0),
    ("dcmtk/dcmqrscp-file.log", Some(Format::Dcmtk), 122, 36, 0),
    ("dcmtk/storescp-v.log", Some(Format::Dcmtk), 16, 3, 0),
    ("orthanc/orthanc-1.10.1-mass-verbose.log", Some(Format::Orthanc), 1184, 1, 0),
    ("host/all.log", Some(Format::Syslog), 261, 0, 0),
    ("linux/samba-notes_backups.log", Some(Format::SambaAudit), 158, 0, 0),
    ("postgresql/postgresql.log", Some(Format::Syslog), 143, 0, 0),
    ("postgresql/basebackup.log", Some(Format::Syslog), 24, 0, 0),
    ("postgresql/disk_full.log", Some(Format::Syslog), 43, 0, 0),
    ("openvpn/openvpn.log", Some(Format::Syslog), 168, 0, 0),
    ("bind/named.log", Some(Format::Syslog), 14, 0, 0),
    ("clamav/clamd.log", Some(Format::Syslog), 50, 0, 0),
    ("firewall/ulogd.log", Some(Format::Syslog), 62, 0, 0),
    ("web/access.log", Some(Format::Combined), 167, 0, 0),
];

#[test]
fn every_file_turns_out_to_be_what_it_is() {
    for (file, format, events, skipped, malformed) in FILES {
        let found = read(Format::Auto, file);
        // What is of no known format is looked at as it stands.
        let counts = (found.events.len(), found.skipped, found.malformed + found.unknown);
        assert_eq!((found.picked, counts), (format, (events, skipped, malformed)), "{file}");
    }
}

#[test]
fn every_file_reads_alike_when_its_format_is_said() {
    for (file, format, events, skipped, malformed) in FILES {
        let Some(format) = format else { continue };
        let told = read(format, file);
        assert_eq!((told.events.len(), told.skipped + told.malformed), (events, skipped + malformed), "{file}");
        assert_eq!(told.malformed, 0, "{file}");
        assert_eq!(told.events, read(Format::Auto, file).events, "{file}");
    }
}

#[test]
fn every_event_has_its_own_time() {
    // What DCMTK prints has no time.
    for (file, ..) in FILES.into_iter().filter(|(file, ..)| !file.contains("storescp")) {
        for event in events(file) {
            let day = event.time.to_string();
            let then = ["2026-11-21T19:", "2026-11-22T01:"].iter().any(|hour| day.starts_with(hour));
            assert!(then, "{file}: {day} for {}", event.text);
        }
    }
}

#[test]
fn the_three_layouts_of_syslog_say_the_same() {
    let plain = events("linux/all-rfc3164.log");
    let with_priority = events("linux/all-rfc3164-pri.log");
    let modern = events("linux/all-rfc5424.log");
    for ((plain, with_priority), modern) in plain.iter().zip(&with_priority).zip(&modern) {
        assert_eq!(plain.logsource, modern.logsource);
        assert_eq!(with_priority.logsource, modern.logsource);
        for (name, value) in &plain.fields {
            assert!(with_priority.get(name).any(|other| other == value), "{name} of {}", with_priority.text);
            // RFC 5424 has no colon to end the program's name, which changes nothing but spaces before the message.
            assert!(name == "message" || modern.get(name).any(|other| other == value), "{name} of {}", modern.text);
        }
        assert_eq!(said(with_priority, "severity"), said(modern, "severity"));
        assert_eq!(plain.time.as_second(), modern.time.as_second());
    }
    assert_eq!(modern[0].time, at("19:27:16.005265"));
    assert_eq!(plain[14].fields.last().unwrap().1, Value::from("message applicatif accentue: Réanimation"));
}

#[test]
fn guessing_passwords_over_ssh_can_be_counted_by_address_and_by_account() {
    for file in ["linux/auth.log", "linux/all-rfc5424.log"] {
        let events = events(file);
        let failed = [("action", "failed"), ("src_ip", "127.0.0.1")];
        assert_eq!(count(&events, &failed), 18, "{file}");
        assert_eq!(by(&events, "user", &failed).len(), 13);
        assert_eq!(by(&events, "user", &failed)["medecin1"], 6);
        assert_eq!(count(&events, &[("action", "failed"), ("known_user", "false")]), 9);
        assert_eq!(count(&events, &[("action", "accepted"), ("user", "medecin1"), ("method", "password")]), 2);
        assert_eq!(count(&events, &[("program", "su"), ("action", "failed"), ("target_user", "root")]), 1);
        assert_eq!(count(&events, &[("action", "user_added"), ("user", "intrus")]), 1);
        assert_eq!(count(&events, &[("action", "group_joined"), ("user", "intrus"), ("group", "sudo")]), 1);
    }
}

#[test]
fn a_wave_of_renames_can_be_counted_by_user_and_by_suffix() {
    for file in ["linux/samba-full_audit.log", "linux/all-rfc3164-pri.log", "linux/all-rfc5424.log"] {
        let events = events(file);
        let renamed = [("operation", "renameat"), ("success", "true"), ("user", "medecin1"), ("src_ip", "127.0.0.1")];
        assert_eq!(by(&events, "added_extension", &renamed), BTreeMap::from([(".lockbit".to_owned(), 60)]), "{file}");
        assert_eq!(by(&events, "folder", &renamed).len(), 1);
        assert_eq!(by(&events, "path", &renamed).len(), 60);
        assert_eq!(count(&events, &[("operation", "unlinkat"), ("extension", ".lockbit"), ("share", "commun")]), 60);
        assert_eq!(count(&events, &[("operation", "openat"), ("result", "fail"), ("mode", "r")]), 121);
        let audit = events.iter().find(|event| has(event, &renamed)).unwrap();
        assert_eq!(audit.logsource.product.as_deref(), Some("samba"));
        assert_eq!(audit.logsource.service.as_deref(), Some("full_audit"));
        assert_eq!(said(audit, "host"), "srv-fic01");
    }
}

#[test]
fn attacks_on_a_directory_can_be_told_apart() {
    let events = events("samba-ad/samba-stdout.log");
    let failed = [("EventID", "4625"), ("status", "NT_STATUS_WRONG_PASSWORD"), ("src_ip", "10.99.0.1")];
    assert!(by(&events, "account", &failed).len() >= 9, "{:?}", by(&events, "account", &failed));
    let unknown = by(&events, "account", &[("EventID", "4625"), ("status", "NT_STATUS_NO_SUCH_USER")]);
    assert!(unknown.len() >= 5, "{unknown:?}");
    let joined = events.iter().find(|event| said(event, "EventID") == "4728").unwrap();
    assert_eq!(said(joined, "account"), "svc_backup");
    assert!(said(joined, "groupChange.group").starts_with("CN=Domain Admins,"));
    assert_eq!(joined.time, at("19:37:32.449435"));
    assert_eq!(joined.logsource.service.as_deref(), Some("auth_audit"));
    assert_eq!(count(&events, &[("EventID", "4724"), ("account", "nguyen")]), 1);
    // Written by a child process in two pieces.
    let torn = events.iter().find(|event| said(event, "account") == "DC01").unwrap();
    let names = torn.get("dsdbChange.attributes.servicePrincipalName.actions.values.value");
    assert_eq!(names.count(), 13);
}

#[test]
fn attacks_on_a_dicom_server_can_be_told_apart() {
    for version in ["1.10.1", "1.12.7"] {
        let default = events(&format!("orthanc/orthanc-{version}-default.log"));
        let rejected = [("level", "warning"), ("src_ip", "127.0.0.1")];
        let titles = by(&default, "aet", &rejected);
        assert_eq!(titles.keys().collect::<Vec<_>>(), ["CTROOM2", "EVILSCU", "FINDSCU", "NMAP"], "{version}");
        assert_eq!(count(&default, &[("aet", "CTROOM2"), ("expected_host", "10.20.30.40")]), 1);
        assert_eq!(count(&default, &[("called_aet", "ANY-SCP")]), 1);
        assert_eq!(count(&default, &[("destination", "EXFIL")]), 1);
        assert_eq!(count(&default, &[("pdu_type", "47")]), 1);
        assert_eq!(count(&default, &[("uri", "/tools/execute-script")]), 1);

        let verbose = events(&format!("orthanc/orthanc-{version}-verbose.log"));
        assert_eq!(count(&verbose, &[("verb", "Store"), ("aet", "SCANNER1"), ("called_aet", "ORTHANC")]), 16);
        assert_eq!(count(&verbose, &[("verb", "Find")]), 2);
        assert_eq!(count(&verbose, &[("aet", ""), ("src_ip", "127.0.0.1")]), 3);
        assert!(count(&verbose, &[("method", "DELETE")]) > 0);
        let service = verbose.iter().find(|event| said(event, "method") == "DELETE").unwrap().logsource.service.clone();
        assert_eq!(service.as_deref(), Some("http"));
    }
    let threads = by(&events("orthanc/orthanc-1.12.7-default.log"), "thread", &[("aet", "NMAP")]);
    assert_eq!(threads, BTreeMap::from([("DICOM-SERVER".to_owned(), 2)]));
    assert_eq!(events("orthanc/orthanc-1.12.7-default.log")[0].time, at("19:21:27.490933"));
}

#[test]
fn guessing_passwords_over_the_web_can_be_counted() {
    let combined = events("linux/nginx-orthanc-access.log");
    assert_eq!(count(&combined, &[("sc-status", "401"), ("cs-username", "pacsadmin"), ("c-ip", "127.0.0.1")]), 12);
    assert_eq!(count(&combined, &[("cs-uri-query", "expand=../../etc/passwd"), ("cs-uri-stem", "/studies")]), 1);
    assert_eq!(combined[0].time, at("19:28:23"));
    let json = events("linux/nginx-orthanc-access.json");
    assert_eq!(count(&json, &[("status", "401"), ("user", "pacsadmin"), ("src_ip", "127.0.0.1")]), 12);
    assert_eq!(count(&json, &[("sc-status", "401"), ("cs-username", "pacsadmin"), ("c-ip", "127.0.0.1")]), 12);
}

#[test]
fn whoever_touches_a_decoy_is_seen_and_the_password_is_not_shown() {
    let events = events("opencanary/opencanary.log");
    let login = events.iter().find(|event| said(event, "logtype") == "4002").unwrap();
    assert_eq!(said(login, "logdata.USERNAME"), "administrateur");
    let password = said(login, "logdata.PASSWORD");
    assert_eq!(login.show(Class::Secret, &password), "[…]");
    assert!(!format!("{login:?}").contains(&password));
    assert_eq!((said(login, "src_host"), said(login, "dst_port")), ("127.0.0.1".to_owned(), "2223".to_owned()));
    assert_eq!(login.time, at("19:45:51.984675"));
    assert_eq!(login.logsource.category, ["application"]);
    assert_eq!(count(&events, &[("logtype", "18001"), ("dst_port", "11112")]), 1);
}

#[test]
fn no_secret_and_no_patient_of_the_samples_comes_out() {
    // Two accounts' credentials in Base64, a password tried on a decoy, a patient's name and number.
    let secrets = ["YWxpY2U6", "cGFjc2FkbWlu", "Admin123", "PASSWORD\": \"veeam", "FICTIF^", "IPP900001"];
    let mut in_files = BTreeMap::new();
    for (file, ..) in FILES {
        let raw = fs::read_to_string(samples().join(file)).unwrap();
        for event in events(file) {
            let shown = format!("{} {event:?}", event.show(Class::Open, &event.text));
            for secret in secrets {
                assert!(!shown.contains(secret), "{secret} in {shown}");
            }
        }
        for secret in secrets {
            *in_files.entry(secret).or_insert(0) += raw.matches(secret).count();
        }
    }
    assert!(in_files.values().all(|count| *count > 0), "not in the samples any more: {in_files:?}");
}

/// Times that no log writes in earnest, and that stand at some end: of years, of what a number holds, of the calendar.
const YEARS: [&str; 9] = ["-009999", "0000", "0001", "1600", "1969", "2263", "9999", "10000", "99999999999"];
const EPOCHS: [&str; 10] = [
    "0",
    "-1",
    "-377705116800",
    "253402300800",
    "99999999999.999",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1e308",
    "00000000000000000000000001",
];
const OFFSETS: [&str; 5] = ["+99:99", "-25:59", "+23:59", "-23:59", "+0000000"];
const DAYS: [&str; 5] = ["Feb 29", "Feb 30", "Dec 31", "Jan  1", "Nov 99"];

/// A line whose times stand at each end in turn.
fn at_the_ends(line: &str) -> Vec<String> {
    const STAND: [(&str, &[&str]); 5] = [
        (r"\b20\d\d\b", &YEARS),
        (r"\b1[678]\d{8}(?:\.\d+|\d{3}|\d{6}|\d{9})?\b", &EPOCHS),
        (r"[+-]\d\d:?\d\d\b", &OFFSETS),
        (r"\bNov +\d+", &DAYS),
        (r"\b1121 ", &["0229 ", "1231 ", "9999 "]),
    ];
    let mut lines = Vec::new();
    for (what, ends) in STAND {
        let what = regex::Regex::new(what).unwrap();
        if what.is_match(line) {
            lines.extend(ends.iter().map(|end| what.replace_all(line, regex::NoExpand(end)).into_owned()));
        }
    }
    lines
}

/// S17 of issue 11: whatever time a line says, there is one in the years that the calendar reckons with, and every count over
/// it goes on. Overflow stops a debug build, and all of these are.
#[test]
fn no_time_out_of_a_log_is_beyond_the_calendar() {
    let rules = "title: one\nname: one\nlogsource: {product: p}\ndetection: {s: {'|re': '.'}, condition: s}\n---\n\
        title: two\nname: two\nlogsource: {product: p}\ndetection: {s: {'|re': '.'}, condition: s}\n---\n\
        title: many\nlevel: low\ncorrelation: {type: event_count, rules: [one], timespan: 999y, condition: {gte: 2}}\n---\n\
        title: ordered\nlevel: low\ncorrelation: {type: temporal_ordered, rules: [one, two], timespan: 1s}\n---\n\
        title: new\nlevel: low\nvigie: {first_seen: {rules: [one], field: user, learn: 1h, forget: 9999d}}\n---\n\
        title: gone\nlevel: low\nvigie: {absence: {rules: [one], within: 9999d}}\n";
    // Of the year 0, in a zone ahead of UTC.
    let first: Timestamp = "-000001-12-30T00:00:00Z".parse().unwrap();
    let mut tried = 0;
    for format in Format::ALL {
        let Ok(text) = fs::read_to_string(samples().join(format!("formats/{}.log", format.word()))) else {
            assert_eq!(*format, Format::Auto);
            continue;
        };
        let mut found = Vec::new();
        let documents = sigma::read(&Source::new("r.yml", rules), &RuleId::from("r"), &mut found);
        let mut engine = Engine::compile(documents, &mut found);
        assert!(found.iter().all(|finding| finding.severity() != Severity::Error), "{found:?}");
        let own = Some(Logsource { product: Some("p".into()), ..Logsource::default() });
        for zone in ["UTC", "Europe/Paris", "Pacific/Kiritimati"] {
            for arrived in
                ["2026-11-22T06:00:00Z", "2024-02-29T00:00:00Z", "0001-01-02T00:00:00Z", "9999-12-30T00:00:00Z"]
            {
                let mut decoder = Decoder::new(*format, TimeZone::get(zone).unwrap(), own.clone());
                let arrived = arrived.parse().unwrap();
                for line in text.lines().flat_map(at_the_ends) {
                    let events = match decoder.decode(arrived, &line) {
                        Decoded::Event(event) | Decoded::Unknown(event) => vec![event],
                        Decoded::Several(events) => events,
                        Decoded::Malformed { event, .. } => vec![*event],
                        Decoded::Skipped => continue,
                    };
                    for event in events {
                        assert!(event.time >= first, "{} of {line}", event.time);
                        tried += engine.step(Realm::Live, &event).len() + 1;
                    }
                }
            }
        }
    }
    assert!(tried > 5_000, "{tried}");
}

/// The same through the whole of a scan, which keeps what it finds.
#[test]
fn a_scan_keeps_what_it_finds_at_any_time() {
    let folder = tempfile::tempdir().unwrap();
    let rule = "title: t\nlevel: low\nlogsource: {product: p}\ndetection: {s: {'|re': '.'}, condition: s}\n";
    fs::write(folder.path().join("rule.yml"), rule).unwrap();
    for format in Format::ALL.iter().filter(|format| **format != Format::Auto) {
        let text = fs::read_to_string(samples().join(format!("formats/{}.log", format.word()))).unwrap();
        let lines: Vec<String> = text.lines().flat_map(at_the_ends).collect();
        fs::write(folder.path().join("a.log"), lines.join("\n") + "\n").unwrap();
        for zone in ["UTC", "Pacific/Kiritimati"] {
            let store = format!("{}-{}", format.word(), zone.len());
            let scanned = std::process::Command::new(env!("CARGO_BIN_EXE_vigie"))
                .env("LC_ALL", "en_US.UTF-8")
                .current_dir(folder.path())
                .args(["scan", "a.log", "--rules", "rule.yml", "--logsource", "product=p", "--json"])
                .args(["--format", format.word(), "--zone", zone, "--store", &store])
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&scanned.stderr).into_owned();
            assert!(matches!(scanned.status.code(), Some(0 | 1)), "{} {zone}: {said}", format.word());
        }
    }
}
