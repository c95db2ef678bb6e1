//! Nobody hides an attack from the rules with a few letters that look like a patient's number or a password: rules see
//! every line as it was written, in every format, however it is read. What is shown of it is another matter.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own rules has failed")]

mod shipped;

use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::text::source::Source;
use vigie::watch::format::{Decoded, Decoder, Format, Read};
use vigie::watch::sigma::{self, Engine};

/// What an attacker may put before the rest of a value.
const BLINDS: [&str; 16] = [
    "ins:",
    "nss=",
    "IPP: ",
    "ipp%3D",
    "iep=\"",
    "patientName=",
    "patient_id: '",
    "password=",
    "pwd:",
    "token=",
    "authorization: [Basic ",
    "cookie: ",
    "/Patient?",
    "(0010,0010) PN [",
    "PID|",
    "00100010=",
];

/// A line of each format in which somebody else's words stand at `{}`.
const LINES: [(Format, &str); 15] = [
    (Format::Syslog, "Nov 21 19:28:22 srv app[1]: login {} refused"),
    (Format::Syslog, "<38>1 2026-11-21T19:28:22Z srv app 1 - [x@1 user=\"{}\"] refused"),
    (Format::Syslog, "Nov 21 19:28:22 srv sshd[1]: Failed password for invalid user {} from 10.0.0.1 port 5 ssh2"),
    (Format::Syslog, "Nov 21 19:28:22 srv sudo: bob : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/x {}"),
    (Format::Syslog, "Nov 21 19:28:22 db postgres[1]: [2-1] a@pacs 10.77.0.1 LOG:  statement: select {}"),
    (Format::Syslog, "Nov 21 19:28:22 srv app: {\"n\": 1, \"m\": \"{}\"}"),
    (Format::Json, "{\"n\": 1, \"m\": \"{}\"}"),
    (Format::Combined, "10.0.0.1 - {} [21/Nov/2026:19:28:23 +0000] \"GET /x HTTP/1.1\" 401 0 \"-\" \"-\""),
    (Format::Combined, "10.0.0.1 - - [21/Nov/2026:19:28:23 +0000] \"GET /x?{} HTTP/1.1\" 401 0 \"-\" \"{}\""),
    (Format::SambaAudit, "Nov 21 19:28:22 srv smbd_audit: alice|10.0.0.1|pc|commun|unlinkat|ok|/x/{}"),
    (
        Format::SambaJson,
        "{\"timestamp\": \"2026-11-21T19:37:30.240120+0000\", \"type\": \"Authentication\", \"Authentication\": {\"eventId\": 4625, \"clientAccount\": \"{}\"}}",
    ),
    (Format::OpenCanary, "{\"logtype\": 4002, \"node_id\": \"n\", \"logdata\": {\"PASSWORD\": \"{}\"}}"),
    (Format::Orthanc, "W1121 19:13:25.396249 A.cpp:1] Rejected association for remote AET {} on IP 10.0.0.1"),
    (Format::Dcmtk, "I: executing command: {}"),
    (Format::Auditd, "type=EXECVE msg=audit(1795289302.123:4711): argc=2 a0=\"curl\" a1=\"{}\""),
];

/// Looks for words in the line, in any field, and in each field that the lines above have them in.
const RULES: &str = "title: Line\nid: line\nlogsource: {product: probe}\ndetection: {words: ['UNION SELECT'], condition: words}\n---\n\
    title: Field\nlogsource: {product: probe}\ndetection:\n  any:\n";

const FIELDS: [&str; 10] = [
    "message",
    "user",
    "COMMAND",
    "m",
    "cs-uri-query",
    "cs-username",
    "path",
    "account",
    "logdata.PASSWORD",
    "CommandLine",
];

fn engine() -> Engine {
    let fields: Vec<String> = FIELDS.iter().map(|name| format!("    - {name}|contains: UNION SELECT\n")).collect();
    let fields = fields.concat();
    let text = format!("{RULES}{fields}    - aet|contains: UNION SELECT\n  condition: any\n");
    let mut found = Vec::new();
    let documents = sigma::read(&Source::new("rules.yml", &text), &RuleId::from("blinding"), &mut found);
    let engine = Engine::compile(documents, &mut found);
    assert!(found.iter().all(|finding| finding.severity() != vigie::finding::Severity::Error), "{found:?}");
    engine
}

/// The rules that name a line, read no further than they need, and taken apart.
fn named(engine: &mut Engine, decoder: &mut Decoder, line: &str) -> [usize; 2] {
    let arrived: Timestamp = "2026-11-22T06:00:00Z".parse().unwrap();
    let whole = match decoder.decode(arrived, line) {
        Decoded::Event(event) | Decoded::Unknown(event) => engine.step(Realm::Live, &event).len(),
        other => panic!("{other:?} for {line}"),
    };
    let seen = match decoder.read(arrived, line) {
        Read::Decoded(Decoded::Event(event) | Decoded::Unknown(event)) => engine.look(&event),
        Read::Raw(raw) => engine.look(&raw),
        other @ Read::Decoded(_) => panic!("{other:?} for {line}"),
    };
    [whole, seen.unwrap().map_or(0, |seen| seen.len())]
}

#[test]
fn no_letters_before_an_attack_hide_it_in_any_format() {
    let own = vigie::watch::event::Logsource { product: Some("probe".into()), ..Default::default() };
    let mut engine = engine();
    for (format, line) in LINES {
        let mut decoder = Decoder::new(format, TimeZone::UTC, Some(own.clone()));
        for blind in BLINDS {
            let json = line.starts_with('{') || line.contains(": {");
            let attack = format!("{blind}1 UNION SELECT");
            let attack = if json { attack.replace('"', "\\\"") } else { attack.replace('"', "'") };
            let line = line.replace("{}", &attack);
            // The first line as the one after it.
            assert_eq!(named(&mut engine, &mut decoder, &line), [2, 2], "{format}: {line}");
        }
    }
}

fn scan(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .env("LC_ALL", "en_US.UTF-8")
        .args(["scan", "attack.log", "--json"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let rows = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    rows.collect::<Vec<_>>().into()
}

/// The rules that `scan` names in a log, each once.
fn found(folder: &Path, lines: &str) -> Vec<String> {
    fs::write(folder.join("attack.log"), lines).unwrap();
    let hits = scan(folder, &[]);
    let mut rules: Vec<String> =
        hits.as_array().unwrap().iter().map(|hit| hit["rule"].as_str().unwrap().to_owned()).collect();
    rules.sort();
    rules.dedup();
    rules
}

#[test]
fn the_shipped_rules_find_what_hides_behind_such_letters() {
    let folder = tempfile::tempdir().unwrap();
    let ssh = |name: &str| -> String {
        let line = |number: usize| {
            let (minute, second) = (number / 60, number % 60);
            format!(
                "Nov 21 19:{minute:02}:{second:02} srv sshd[{number}]: Invalid user {name}{number} from 203.0.113.9 port 4{number:04}\n"
            )
        };
        (0..40).map(line).collect()
    };
    let plain = found(folder.path(), &ssh("user"));
    assert_eq!(plain, ["identity.account_enumeration"]);
    for blind in ["ins:", "nss:", "ipp=", "password=", "patientName:", "token=", "0010"] {
        assert_eq!(found(folder.path(), &ssh(blind)), plain, "{blind}");
    }
}

#[test]
fn whoever_asks_why_is_told_what_the_scan_found() {
    let folder = tempfile::tempdir().unwrap();
    let rule = "title: Injection\nlogsource: {category: webserver}\n\
        detection: {s: {cs-uri-query|contains: UNION}, condition: s}\nvigie: {subject: [cs-uri-query]}\n";
    fs::create_dir(folder.path().join("rules")).unwrap();
    fs::write(folder.path().join("rules/injection.yml"), rule).unwrap();
    let line = |query: &str| {
        format!("203.0.113.9 - - [21/Nov/2026:19:28:23 +0000] \"GET /x?{query} HTTP/1.1\" 200 5 \"-\" \"-\"\n")
    };
    let lines = ["ipp=1+UNION+SELECT", "password=1'+UNION+SELECT", "a=1+UNION+SELECT", "a=1"].map(line).concat();
    fs::write(folder.path().join("attack.log"), lines).unwrap();
    let hits = scan(folder.path(), &["--rules", "rules"]);
    assert_eq!(hits.as_array().unwrap().len(), 3, "{hits}");
    let why = scan(folder.path(), &["--rules", "rules", "--explain", "rules.injection"]);
    assert_eq!(why[0]["matches"], 3, "{why}");
    for shown in [hits.to_string(), why.to_string()] {
        assert!(!shown.contains("ipp=1") && !shown.contains("password=1"), "{shown}");
    }
}
