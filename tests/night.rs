//! One night: all genuine logs of the project, followed by the example hospital and read through the shipped rules. Nobody
//! gets more than a few messages in the first minute, and everything that a rule found can be listed.
//!
//! `VIGIE_SAMPLES` names a folder with more of them.

#![expect(clippy::unwrap_used, reason = "a test that does not find what it looks for has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use vigie::alert::channel::Receipt;
use vigie::api::{Answer, Query};
use vigie::base::language::Text;
use vigie::base::seal::Key;
use vigie::core::{Core, Input, Order};
use vigie::store::Store;
use vigie::watch::line::{Batch, Line, Position};

/// As many messages as one person may get in the first minute, of the logs of one intrusion and of all of the project,
/// which speak of six machines more that nothing ties to it.
const MOST: [usize; 2] = [8, 10];

/// A rule and what it found something about.
type Found = BTreeSet<(String, BTreeMap<String, String>)>;

#[test]
fn the_samples_of_the_project_are_a_few_messages_and_all_that_was_found_is_listed() {
    judge(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples"), MOST[1]);
}

#[test]
fn so_are_those_of_a_folder_that_is_named() {
    match std::env::var_os("VIGIE_SAMPLES") {
        Some(folder) => judge(Path::new(&folder), MOST[0]),
        None => say("skipped: VIGIE_SAMPLES names no folder with logs"),
    }
}

fn say(text: &str) {
    writeln!(std::io::stderr(), "{text}").expect("it can be said");
}

fn judge(samples: &Path, bound: usize) {
    let mut logs = Vec::new();
    find(samples, &mut logs);
    assert!(logs.len() > 10, "{} holds no logs", samples.display());
    let night = Night::of(&logs);
    let most = night.messages.values().max().copied().unwrap_or(0);
    let (logs_read, alerts, messages) = (logs.len(), night.alerts, &night.messages);
    say(&format!("{logs_read} logs, {alerts} alerts, messages in the first minute: {messages:?}"));
    assert!((1..=bound).contains(&most), "{:?}", night.messages);
    let found: Found = logs.iter().flat_map(|log| scanned(log)).collect();
    let missing: Vec<_> = found.difference(&night.listed).collect();
    assert!(!found.is_empty() && missing.is_empty(), "found and not listed: {missing:#?}");
}

/// Every log below a folder; marks and notes are none.
fn find(folder: &Path, logs: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.to_string_lossy();
        if path.is_dir() {
            find(&path, logs);
        } else if !name.ends_with("marks") && !name.ends_with("marks.txt") && !name.ends_with(".md") {
            logs.push(path);
        }
    }
}

/// What is found in a log by itself.
fn scanned(log: &Path) -> Found {
    let output = Command::new(env!("CARGO_BIN_EXE_vigie")).args(["scan", "--json"]).arg(log).output().unwrap();
    let hits = String::from_utf8(output.stdout).unwrap();
    let found = hits.lines().map(|line| {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        let subject = hit["subject"].as_object().unwrap().iter();
        let subject = subject.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()));
        (hit["rule"].as_str().unwrap().to_owned(), subject.collect())
    });
    found.collect()
}

/// What came of it.
struct Night {
    alerts: usize,
    listed: Found,
    /// How many messages each person got in the first minute.
    messages: BTreeMap<String, usize>,
}

impl Night {
    fn of(logs: &[PathBuf]) -> Self {
        let place = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let mut core = hospital(place.path(), logs);
        // Later than everything that the logs speak of.
        let began: Timestamp = "2026-11-29T22:00:00Z".parse().unwrap();
        let mut messages = BTreeMap::new();
        for (number, log) in logs.iter().enumerate() {
            carry_out(&mut core, began, vec![batch(number, log, began)], &mut messages);
        }
        let minute = began + SignedDuration::from_secs(59);
        while let Some(next) = core.deadline().filter(|next| *next <= minute) {
            carry_out(&mut core, next.max(began), Vec::new(), &mut messages);
        }
        let store = Store::read(&place.path().join("state")).unwrap();
        let Answer::Alerts(alerts) = vigie::core::read_records(&store, &Query::Alerts { over: true }) else {
            panic!("alerts can be listed")
        };
        let mut listed = Found::new();
        for alert in &alerts {
            let Answer::Alert(view) = vigie::core::read_records(&store, &Query::Alert { alert: alert.id }) else {
                panic!("{} is shown", alert.id)
            };
            for (_, detection) in view.detections {
                let rule = detection.rule.map(|rule| rule.to_string()).unwrap_or_default();
                listed.insert((
                    rule,
                    detection.subject.into_iter().map(|(name, value)| (name, value.to_string())).collect(),
                ));
            }
        }
        Self { alerts: alerts.len(), listed, messages }
    }
}

/// The example hospital, which follows these logs.
fn hospital(place: &Path, logs: &[PathBuf]) -> Core {
    let valmont = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/valmont");
    for name in ["people.yaml", "chains.yaml"] {
        std::fs::copy(valmont.join(name), place.join(name)).unwrap();
    }
    let settings = std::fs::read_to_string(valmont.join("vigie.yaml")).unwrap();
    let (before, rest) = settings.split_once("sources:\n").unwrap();
    let (_, behind) = rest.split_once("channels:\n").unwrap();
    let source =
        |(number, log): (usize, &PathBuf)| format!("  s{number}: {{follow: \"{}\", zone: UTC}}\n", log.display());
    let sources: String = logs.iter().enumerate().map(source).collect();
    std::fs::write(place.join("vigie.yaml"), format!("{before}sources:\n{sources}channels:\n{behind}")).unwrap();
    let mut found = Vec::new();
    let (deployment, engine) = vigie::check::open(place, &mut found).unwrap();
    let store = Store::open(&place.join("state")).unwrap();
    let now = "2026-11-29T22:00:00Z".parse().unwrap();
    Core::open(Arc::new(deployment), engine, store, Key::from_bytes([7; 32]), now).unwrap().0
}

fn batch(number: usize, log: &Path, arrived: Timestamp) -> Input {
    let text = String::from_utf8_lossy(&std::fs::read(log).unwrap()).into_owned();
    let line = |text: &str| Line { text: text.to_owned(), offset: 0, cut_from: None };
    Input::Lines(Batch {
        source: format!("s{number}").as_str().into(),
        stream: log.display().to_string(),
        arrived,
        lines: text.lines().map(line).collect(),
        positions: vec![Position { file: log.display().to_string(), state: Some(text.len().to_string()) }],
        ended: Vec::new(),
        since: None,
    })
}

/// One step, and what follows where every letter arrives at once.
fn carry_out(core: &mut Core, now: Timestamp, inputs: Vec<Input>, messages: &mut BTreeMap<String, usize>) {
    let mut orders = core.step(now, inputs);
    while !orders.is_empty() {
        let mut receipts = Vec::new();
        for order in orders {
            if let Order::Send { page, letter, .. } = order {
                *messages.entry(letter.person().to_string()).or_default() += 1;
                receipts.push(Input::Receipt { page, receipt: Receipt::Accepted { proof: Text::quoted("250") } });
            }
        }
        orders = if receipts.is_empty() { Vec::new() } else { core.step(now, receipts) };
    }
}
