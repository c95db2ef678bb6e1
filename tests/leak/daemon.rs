//! The same through a daemon: what it keeps, sends, writes and answers.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use super::carrier::CARRIERS;
use super::list;
use super::mailbox::Mailbox;
use super::program::{holds_nothing_private, printed};
use super::sinks;

/// How long anything may take before the test gives up: these machines are shared.
const PATIENCE: Duration = Duration::from_mins(3);

const SITE: &str = "site: {name: Lindenhof, language: en, zone: UTC}\nrules: [rules]\nplaybooks: [playbooks]\n\
    alerts: {join_by: [], same_rule: 0s}\ndrills: {allow: [paper]}\n";
const CHANNELS: &str = "channels:\n  paper: {folder: paper}\n  sms: {spool: outbox}\n";
const PEOPLE: &str = "people:\n  bob: {name: Bob, sms: \"+33600000002\", mail: bob@lindenhof.example}\n";
const PLAYBOOK: &str = "playbook: quiet\ntitle: {fr: Calme, en: Quiet}\nduration: 8h\n\
    objectives:\n  see: {fr: Voir, en: See}\ncells:\n  team: [bob]\ntimeline:\n  - id: one\n    at: T+7:00\n    \
    title: {fr: Appel, en: Call}\n    do: {phone: {from: {fr: Eux, en: They}, to: team, script: {fr: Bonjour, en: Hello}}}\n";

fn chains(by: &str) -> String {
    format!(
        "chains:\n  all:\n    levels: [low, medium, high, critical]\n    \
         steps: [{{notify: bob, by: {by}, answer_within: 10m}}]\n"
    )
}

struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[expect(clippy::disallowed_methods, reason = "waits for another process")]
fn wait(what: &str, mut ready: impl FnMut() -> bool) {
    let start = Instant::now();
    while !ready() {
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::park_timeout(Duration::from_millis(200));
    }
}

/// Every file below a folder, but for the logs and the rules.
fn files(folder: &Path, all: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("logs") && !path.ends_with("rules") {
            files(&path, all);
        } else if path.is_file() {
            all.push((path.display().to_string(), String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned()));
        }
    }
}

#[test]
fn a_daemon_keeps_sends_and_says_nothing_private() {
    let forms = list::read("private.txt");
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["logs", "rules", "playbooks", "paper", "outbox", "mails"] {
        fs::create_dir(at(name)).unwrap();
    }
    let source = |number: usize| {
        let format = CARRIERS[number].format.word();
        format!("  s{number}: {{follow: logs/{number}.log, format: {format}, logsource: {{product: probe}}}}\n")
    };
    let sources: Vec<String> = (0..CARRIERS.len()).map(source).collect();
    let mailbox = Mailbox::open(&at("mails"));
    let mail = mailbox.as_ref().map(|mailbox| {
        format!("  mail: {{smtp: \"127.0.0.1:{}\", tls: none, from: vigie@lindenhof.example}}\n", mailbox.port)
    });
    let by = if mail.is_some() { "mail + sms + paper" } else { "sms + paper" };
    let channels = CHANNELS.to_owned() + &mail.unwrap_or_default();
    fs::write(at("vigie.yaml"), SITE.to_owned() + &channels + "sources:\n" + &sources.concat()).unwrap();
    fs::write(at("people.yaml"), PEOPLE).unwrap();
    fs::write(at("chains.yaml"), chains(by)).unwrap();
    fs::write(at("playbooks/quiet.yaml"), PLAYBOOK).unwrap();
    fs::write(at("rules/marked.yml"), super::rules()).unwrap();
    for number in 0..CARRIERS.len() {
        fs::write(at(&format!("logs/{number}.log")), "").unwrap();
    }
    let daemon = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .args(["run", "."])
        .env("LC_ALL", "en_US.UTF-8")
        .current_dir(folder.path())
        .stdout(fs::File::create(at("said.txt")).unwrap())
        .stderr(fs::File::create(at("told.txt")).unwrap())
        .spawn()
        .unwrap();
    let daemon = Daemon(daemon);
    let say = |arguments: &[&str]| printed(folder.path(), arguments);
    wait("the daemon", || say(&["status"]).contains("0 open alerts"));
    // What happens for real while an exercise goes on stands in its report.
    let started = say(&["drill", "start", "quiet"]);
    assert!(started.contains("D1"), "{started}");

    // Each form once, in the next format that can hold it.
    let mut logs = vec![String::new(); CARRIERS.len()];
    for (number, form) in forms.iter().enumerate() {
        let mut turns = (0..CARRIERS.len()).map(|turn| (number + turn) % CARRIERS.len());
        let (log, line) = turns.find_map(|log| Some((log, CARRIERS[log].line(&form.text)?))).unwrap();
        logs[log].push_str(&line);
        logs[log].push('\n');
    }
    for (number, lines) in logs.iter().enumerate() {
        fs::write(at(&format!("logs/{number}.log")), lines).unwrap();
    }
    let hits = || {
        let listed: serde_json::Value = serde_json::from_str(&say(&["alert", "list", "--json"])).unwrap_or_default();
        let alerts = listed.as_array().cloned().unwrap_or_default();
        alerts.iter().filter_map(|alert| alert["hits"].as_u64()).sum::<u64>()
    };
    wait("every line", || hits() >= forms.len() as u64);
    for ways_out in ["paper", "outbox", "mails"].iter().take(if mailbox.is_some() { 3 } else { 2 }) {
        wait(ways_out, || fs::read_dir(at(ways_out)).unwrap().count() > forms.len() / 2);
    }
    let tables: serde_json::Value = serde_json::from_str(&say(&["store", "check", "--json"])).unwrap();
    let tables = tables["tables"].as_array().unwrap();
    let tables: Vec<String> = tables.iter().map(|table| table["table"].as_str().unwrap().to_owned()).collect();
    assert!(tables.len() > 8, "{tables:?}");
    for question in sinks::questions(&tables) {
        let words: Vec<&str> = question.iter().map(String::as_str).collect();
        let said = say(&words);
        assert!(!said.contains("Usage:"), "{question:?}: {said}");
        holds_nothing_private(&question.join(" "), &said, &forms);
    }
    drop(daemon);
    let mut kept = Vec::new();
    files(folder.path(), &mut kept);
    assert!(kept.len() > forms.len() / 2, "{}", kept.len());
    for (name, text) in kept {
        holds_nothing_private(&name, &text, &forms);
    }
}
