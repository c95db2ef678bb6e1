//! Letters that forge rows: wherever they come from (a log, a rule, a playbook, the socket, a file's name), everything
//! that vigie shows of them is one visible line.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::json;

use super::hospital::{Hospital, wait};

/// A value that pretends to be more than one: line ends of all kinds, letters that move the cursor, colour, turn the
/// direction of writing, hide, or are not there at all.
const HOSTILE: &str = "x\nA9  FORGED\r\n\tFORGED\u{1b}[32m\u{1b}[2K\u{7}\u{7f}\u{85}\u{9b}2K\u{ad}\u{61c}\u{200b}\u{200d}\
    \u{200f}\u{202e}\u{2028}FORGED\u{2029}\u{2060}\u{2066}\u{feff}\u{fe0f}\u{3164}\u{e0041}\u{e007f}\u{e0100}y";

/// The same without control characters, for values that may not have any.
fn unseen_only() -> String {
    HOSTILE.chars().filter(|letter| !letter.is_control()).collect()
}

/// `text` as YAML, every letter of it spelled out.
fn quoted(text: &str) -> String {
    let spelled: String =
        text.chars().flat_map(|letter| format!("\\U{:08x}", u32::from(letter)).into_bytes()).map(char::from).collect();
    format!("\"{spelled}\"")
}

/// Fails where `text` holds a letter that cannot be seen, or a line that a value began.
#[track_caller]
fn seen(what: &str, text: &str) {
    let unseen =
        |letter: &char| (letter.is_control() && *letter != '\n') || HOSTILE.contains(*letter) && !letter.is_ascii();
    assert_eq!(text.chars().find(unseen).map(u32::from), None, "{what}:\n{text}");
    let forged = text.lines().find(|line| {
        let line = line.trim_start();
        line.starts_with("A9  FORGED") || line.starts_with("FORGED")
    });
    assert_eq!(forged, None, "{what}:\n{text}");
}

/// Runs vigie in `folder`; everything that it says is seen.
#[track_caller]
fn shown(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    command.env("LC_ALL", "en_US.UTF-8");
    let output = command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, error) = (text(output.stdout), text(output.stderr));
    seen(&format!("{arguments:?}"), &out);
    seen(&format!("{arguments:?} beside"), &error);
    assert!(!error.contains("panicked"), "{error}");
    format!("{out}{error}")
}

fn write(hospital: &Hospital, name: &str, text: &str) {
    let path = hospital.path(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn rule() -> String {
    let (value, plain) = (quoted(HOSTILE), quoted(&unseen_only()));
    format!(
        "title: {plain}\nauthor: {value}\nreferences: [{value}]\ndescription: {value}\nlevel: high\n\
         logsource: {{product: p}}\ndetection: {{s: {{user|contains: FORGED}}, condition: s}}\n\
         vigie: {{subject: [user], fr: {{title: {plain}}}}}\n"
    )
}

fn playbook() -> String {
    let both = |value: &str| format!("{{fr: {0}, en: {0}}}", quoted(value));
    // What is read aloud or sent as it is written may have lines.
    let (text, lines) = (both(HOSTILE), both(&HOSTILE.replace(['\r', '\n'], "")));
    format!(
        "playbook: forge\ntitle: {text}\nduration: 30m\nobjectives:\n  see: {text}\ncells:\n  team: [rssi]\ntimeline:\n\
         \x20 - id: one\n    at: T+0:01\n    title: {text}\n\
         \x20   do: {{message: {{to: team, from: {text}, subject: {text}, body: {lines}}}}}\n\
         \x20 - id: two\n    at: T+0:01\n    title: {text}\n\
         \x20   do: {{phone: {{from: {text}, to: team, script: {lines}}}}}\n\
         \x20   expect:\n      - {{action: {text}, within: 5m, objective: see}}\n"
    )
}

/// A hospital where everything that may hold a hostile letter does.
fn hospital() -> Hospital {
    let hospital = Hospital::new();
    hospital.edit("vigie.yaml", "\"CH de Valmont\"", &quoted(&format!("CH {}", unseen_only())));
    hospital.edit("people.yaml", "people:", &format!("people:\n  forger: {{name: {}}}", quoted(&unseen_only())));
    hospital.edit("vigie.yaml", "rules: [\"builtin:health\"]", "rules: [rules]");
    hospital.edit("vigie.yaml", "playbooks: [builtin]", "playbooks: [playbooks]");
    let source = "sources:\n  probe: {follow: logs/probe.log, format: json, logsource: {product: p}}";
    hospital.edit("vigie.yaml", "sources:", source);
    write(&hospital, "rules/own/forge.yml", &rule());
    write(&hospital, "playbooks/forge.yaml", &playbook());
    write(&hospital, "logs/probe.log", "");
    hospital
}

fn line() -> String {
    format!("{}\n", json!({"user": HOSTILE}))
}

#[test]
fn files_cannot_forge_what_is_said_of_them() {
    let hospital = hospital();
    let folder = hospital.path("");
    let log = format!("{HOSTILE}.log");
    write(&hospital, &log, &line());
    write(&hospital, "broken.yml", &format!("title: {}\n{}: 1\n", quoted(HOSTILE), quoted(HOSTILE)));
    write(&hospital, &format!("{HOSTILE}.yml"), "title: x\ndetection: \u{202e}\u{200b}y\n");
    let case =
        format!("cases:\n  - {{name: {{fr: x, en: {}}}, format: json, lines: {}, hits: 3}}\n", quoted(HOSTILE), {
            quoted(&line())
        });
    write(&hospital, "rules/own/forge.test.yml", &case);
    let scan = ["scan", &log, "--rules", "rules", "--format", "json", "--logsource", "product=p"];
    let found = shown(&folder, &scan);
    assert!(found.contains("FORGED") && found.contains("\\u{202e}"), "{found}");
    for more in [&["--json"][..], &["--explain", "own.forge"], &["--explain", "own.forge", "--json"]] {
        shown(&folder, &[&scan[..], more].concat());
    }
    shown(&folder, &[&scan[..], &["--store", "kept"]].concat());
    for arguments in [
        &["check"][..],
        &["check", "broken.yml", &format!("{HOSTILE}.yml")],
        &["check", "--json", "broken.yml"],
        &["test", "rules"],
        &["scan", HOSTILE],
        &["rules", "list"],
        &["rules", "list", "--json"],
        &["rules", "coverage"],
        &["drill", "list"],
        &["drill", "rehearse", "playbooks/forge.yaml", "--report", "reports"],
        &["alert", "list", "--state", "kept"],
        &["alert", "list", "--state", "kept", "--json"],
        &["alert", "show", "A1", "--state", "kept"],
        &["alert", "show", "A1", "--state", "kept", "--json"],
        &["ledger", "show", "--state", "kept"],
        &["ledger", "show", "--state", "kept", "--json"],
        &["status", "--site", HOSTILE],
        &["alert", "ack", "A1", "--as", HOSTILE],
        &[HOSTILE],
        &["alert", "show", HOSTILE],
        &["drill", HOSTILE],
        &["scan", "x", "--format", HOSTILE],
        &["schema", HOSTILE],
    ] {
        shown(&folder, arguments);
    }
    for form in ["html", "md", "json"] {
        let report = std::fs::read_to_string(folder.join("reports/forge").join(format!("report.{form}"))).unwrap();
        seen(form, &report);
        assert!(report.contains("FORGED"), "{report}");
    }
    let kept = shown(&folder, &["alert", "show", "A1", "--state", "kept", "--json"]);
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept["alert"]["subject"][0][1], HOSTILE, "JSON means what was in the log");
}

/// Asks the daemon over its socket, as a program that is not `vigie` would.
fn asked(hospital: &Hospital, command: &serde_json::Value) {
    let mut stream = UnixStream::connect(socket(hospital)).unwrap();
    writeln!(stream, "{}", json!({"version": 1, "ask": {"do": command}})).unwrap();
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).unwrap();
    assert!(!answer.is_empty() && !answer.contains("not_understood"), "{command}: {answer}");
}

fn socket(hospital: &Hospital) -> std::path::PathBuf {
    hospital.path("state/vigie.sock")
}

#[test]
fn neither_a_log_nor_the_socket_forges_what_people_read() {
    let hospital = hospital();
    let folder = hospital.path("");
    let daemon = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .env("LC_ALL", "en_US.UTF-8")
        .args(["run", "."])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut daemon = Running(daemon.unwrap());
    wait("the socket", || socket(&hospital).exists().then_some(()));
    hospital.append("probe.log", line().as_bytes());
    wait("an alert", || shown(&folder, &["alert", "list"]).contains("FORGED").then_some(()));
    for command in [
        json!({"raise": {"title": HOSTILE, "level": "critical", "by": HOSTILE}}),
        json!({"raise": {"title": HOSTILE, "level": "critical", "by": "rssi"}}),
        json!({"ack": {"alert": 1, "by": HOSTILE}}),
        json!({"drill_start": {"playbook": HOSTILE, "pace": 1}}),
        json!({"drill_start": {"playbook": "forge", "pace": 60}}),
        json!({"drill": {"drill": 1, "act": {"note": {"text": HOSTILE, "by": HOSTILE}}}}),
        json!({"drill": {"drill": 1, "act": {"note": {"text": HOSTILE, "by": "rssi"}}}}),
        json!({"drill": {"drill": 1, "act": {"fire": {"inject": HOSTILE}}}}),
    ] {
        asked(&hospital, &command);
    }
    let card = hospital.path("state/drills/D1/two.txt");
    let card = wait("a card", || std::fs::read_to_string(&card).ok());
    seen("a card", &card);
    for arguments in [
        &["status"][..],
        &["status", "--json"],
        &["alert", "list", "--all"],
        &["alert", "show", "A1"],
        &["alert", "show", "A2"],
        &["alert", "ack", "A1", "--as", HOSTILE],
        &["drill", "status"],
        &["drill", "start", HOSTILE],
        &["drill", "note", "D1", "x", "--by", HOSTILE],
        &["drill", "report", "D1", "--form", "html"],
        &["drill", "report", "D1", "--form", "markdown"],
        &["drill", "report", "D1", "--form", "json"],
        &["ledger", "show"],
        &["ledger", "show", "--json"],
    ] {
        shown(&folder, arguments);
    }
    let mails = wait("mails", || Some(hospital.mailbox.mails()).filter(|mails| mails.len() > 2));
    for mail in mails {
        let (_, text) = mail.text.split_once("\n\n").unwrap();
        seen("a mail", &text.replace('\r', ""));
    }
    let said = daemon.stop();
    seen("the daemon", &said);
    assert!(said.contains("FORGED"), "{said}");
}

/// A daemon whose words are listened to; it does not outlive the test.
struct Running(Child);

impl Running {
    fn stop(&mut self) -> String {
        assert!(Command::new("kill").arg(self.0.id().to_string()).status().unwrap().success());
        wait("the end of the daemon", || self.0.try_wait().unwrap());
        let mut said = String::new();
        self.0.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        self.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
