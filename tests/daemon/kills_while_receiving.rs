//! `kill -9` again and again while one source is a log that is rotated in every way and another receives over TCP: what was
//! written and what was promised is one alert, and never two.
//!
//! A dozen kills are tried; the two hundred of docs/faults.md are `VIGIE_CRASHES=200 cargo test --test daemon two_hundred`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::hospital::{Hospital, wait};
use super::listening::{lines, port};

/// How often vigie is killed, unless `VIGIE_CRASHES` says otherwise.
const CRASHES: u64 = 12;
/// How often in one hospital: its alerts pile up.
const AT_MOST: u64 = 25;

/// One line is one alert, and wakes nobody.
const RULE: &str = "title: Planted\nlevel: low\nlogsource: {product: planted}\n\
    detection: {keywords: [planted], condition: keywords}\n\
    vigie: {subject: [message], fr: {title: \"Planté\"}}\n";

/// A small generator of numbers (Knuth, MMIX), so that a run can be repeated.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A hospital with a log of plain lines and a port, each planted line of which is an alert of its own.
pub(crate) fn planted() -> (Hospital, u16) {
    let (hospital, port) = (Hospital::new(), port("tcp"));
    hospital.edit("vigie.yaml", "rules: [\"builtin:health\"]", "rules: [rules]");
    let source = |name: &str, of: &str| format!("  {name}: {{{of}, format: plain, logsource: {{product: planted}}}}\n");
    let sources: String = WAYS.iter().map(|(name, _)| source(name, &format!("follow: logs/{name}.log"))).collect();
    let sources = format!("sources:\n{sources}{}", source("reseau", &format!("listen: \"tcp://127.0.0.1:{port}\"")));
    hospital.edit("vigie.yaml", "sources:\n", &sources);
    std::fs::create_dir_all(hospital.path("rules/own")).unwrap();
    std::fs::write(hospital.path("rules/own/planted.yml"), RULE).unwrap();
    for (name, _) in WAYS {
        std::fs::write(hospital.path(&format!("logs/{name}.log")), "").unwrap();
    }
    (hospital, port)
}

/// How many alerts there are about each planted line, and how many lines each has.
pub(crate) fn found(hospital: &Hospital) -> BTreeMap<String, Vec<u64>> {
    let alerts = hospital.vigie(&["alert", "list", "--all", "--json"]).1;
    let alerts: serde_json::Value = serde_json::from_str(&alerts).expect("JSON");
    let mut found: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for alert in alerts.as_array().expect("a list") {
        if let Some(line) = alert["subject"][0][1].as_str() {
            found.entry(line.to_owned()).or_default().push(alert["hits"].as_u64().expect("a number"));
        }
    }
    found
}

/// How a log is rotated: gets it and the number of the turn.
type Rotation = fn(&Path, u64);

/// The ways of logrotate: by a copy, with `delaycompress`, and packed at once.
const WAYS: [(&str, Rotation); 3] = [("copied", copy), ("delayed", pack_the_one_before), ("packed", pack)];

fn rotated(log: &Path, turn: u64) -> PathBuf {
    PathBuf::from(format!("{}-{turn:08}", log.display()))
}

fn copy(log: &Path, turn: u64) {
    std::fs::copy(log, rotated(log, turn)).expect("it is there");
    File::options().write(true).open(log).expect("it is there").set_len(0).expect("writable");
}

fn pack_the_one_before(log: &Path, turn: u64) {
    std::fs::rename(log, rotated(log, turn)).expect("it is there");
    gzip(&rotated(log, turn - 1));
}

fn pack(log: &Path, turn: u64) {
    std::fs::rename(log, rotated(log, turn)).expect("it is there");
    gzip(&rotated(log, turn));
}

fn gzip(file: &Path) {
    if file.exists() {
        assert!(Command::new("gzip").arg(file).status().expect("there is a gzip").success());
    }
}

/// Writes planted lines until it is told to stop, and rotates the log. How many lines.
fn write_and_rotate(log: &Path, name: &str, rotate: Rotation, (over, seed): (&AtomicBool, u64)) -> u64 {
    let (mut dice, mut written, mut turn) = (Dice(seed + name.len() as u64), 0, 0);
    while !over.load(Ordering::Acquire) {
        for _ in 0..5 + dice.below(10) {
            let mut file = File::options().create(true).append(true).open(log).expect("writable");
            // Some lines come in two pieces.
            let line = planted_line(name, written) + "\n";
            let (first, rest) = line.split_at(line.len() / 2);
            file.write_all(first.as_bytes()).expect("writable");
            std::thread::park_timeout(Duration::from_millis(dice.below(20)));
            file.write_all(rest.as_bytes()).expect("writable");
            written += 1;
            std::thread::park_timeout(Duration::from_millis(dice.below(60)));
        }
        turn += 1;
        rotate(log, turn);
    }
    written
}

fn planted_line(log: &str, number: u64) -> String {
    format!("planted in {log}, line w{number}.")
}

/// Sends planted lines until nobody takes them any more. How many were given away.
fn send(mut to: TcpStream, life: u64, sent: &AtomicU64) {
    for number in 0.. {
        let text = format!("planted over a network, life {life} line n{number}.\n");
        sent.store(number + 1, Ordering::Release);
        if to.write_all(text.as_bytes()).is_err() {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// Has vigie live for a moment and receive, and kills it. So many lines it said it had, of those that were sent.
fn one_life(hospital: &mut Hospital, port: u16, life: u64, dice: &mut Dice) -> (u64, u64) {
    hospital.start();
    let mut to = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    writeln!(to, "planted over a network, life {life} begins.").expect("it listens");
    // What was left in the spool is read before it.
    let began = format!("planted over a network, life {life} begins.");
    wait("what the life before left", || found(hospital).contains_key(&began).then_some(()));
    let before = lines(hospital);
    // In every fourth life nothing can be kept: only the spool has what came.
    let blocker = (life % 4 == 1).then(|| {
        let blocker = rusqlite::Connection::open(hospital.path("state/vigie.db")).expect("it is there");
        blocker.busy_timeout(Duration::from_secs(20)).expect("it can wait");
        blocker.execute_batch("BEGIN IMMEDIATE").expect("nobody holds it for long");
        blocker
    });
    let sent = AtomicU64::new(0);
    let promised = std::thread::scope(|scope| {
        scope.spawn(|| send(to, life, &sent));
        let some = dice.below(30);
        let promised = wait("some of what is sent", || {
            let told = lines(hospital) - before;
            (told >= some).then_some(told)
        });
        std::thread::park_timeout(Duration::from_millis(dice.below(30)));
        hospital.kill();
        promised
    });
    drop(blocker);
    (promised, sent.load(Ordering::Acquire))
}

/// Kills vigie so often while all logs are written, rotated, and lines are sent. The lines that were written, and of each life
/// how many were promised and sent.
fn killed_again_and_again(
    hospital: &mut Hospital,
    port: u16,
    kills: u64,
    seed: u64,
) -> (BTreeSet<String>, Vec<(u64, u64)>) {
    let (over, mut dice) = (&AtomicBool::new(false), Dice(seed));
    let logs = WAYS.map(|(name, rotate)| (name, hospital.path(&format!("logs/{name}.log")), rotate));
    std::thread::scope(|scope| {
        let writers = logs
            .each_ref()
            .map(|(name, log, rotate)| (name, scope.spawn(move || write_and_rotate(log, name, *rotate, (over, seed)))));
        let received = (0..kills).map(|life| one_life(hospital, port, life, &mut dice)).collect();
        over.store(true, Ordering::Release);
        let written = writers.map(|(name, writer)| (name, writer.join().expect("it writes to its end")));
        let lines = written.iter().flat_map(|(name, count)| (0..*count).map(|number| planted_line(name, number)));
        (lines.collect(), received)
    })
}

/// What came of some kills.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    written: u64,
    promised: u64,
    /// Sent to one that was dead before it had said that it had them.
    unsure: u64,
}

/// Each line that was written or promised is one alert about one line, and there are no others.
fn judge(hospital: &Hospital, written: &BTreeSet<String>, received: &[(u64, u64)]) -> Count {
    wait("all that was written", || {
        let found = found(hospital);
        written.iter().all(|line| found.contains_key(line)).then_some(())
    });
    let found = found(hospital);
    let mut count = Count { written: written.len() as u64, ..Count::default() };
    for (life, (told, sent)) in (0..).zip(received) {
        for number in 0..*sent {
            let text = format!("planted over a network, life {life} line n{number}.");
            let there = found.contains_key(&text);
            assert!(there || number >= *told, "{text} is lost, of {told} that were promised and {sent} that were sent");
            count.promised += u64::from(number < *told);
            count.unsure += u64::from(!there);
        }
    }
    let is_known = |line: &String| written.contains(line) || line.starts_with("planted over a network, life ");
    let not_once: Vec<_> = found.iter().filter(|(line, hits)| **hits != [1] || !is_known(line)).collect();
    assert!(not_once.is_empty(), "torn, or an alert or a line twice: {not_once:?}");
    hospital.ledger_is_whole();
    count
}

#[test]
fn two_hundred_kills_while_logs_are_rotated_and_lines_are_received_lose_and_double_nothing() {
    let crashes = std::env::var("VIGIE_CRASHES").map_or(CRASHES, |crashes| crashes.parse().expect("a number"));
    let mut all = Count::default();
    for first in (0..crashes).step_by(usize::try_from(AT_MOST).expect("small")) {
        let (mut hospital, port) = planted();
        hospital.start();
        hospital.kill();
        let kills = AT_MOST.min(crashes - first);
        let (written, received) = killed_again_and_again(&mut hospital, port, kills, first);
        hospital.start();
        let Count { written, promised, unsure } = judge(&hospital, &written, &received);
        assert!(promised > kills, "next to nothing was received");
        all = Count { written: all.written + written, promised: all.promised + promised, unsure: all.unsure + unsure };
    }
    let Count { written, promised, unsure } = all;
    let said = format!(
        "{crashes} kills: {written} lines written, {promised} promised, {unsure} sent in vain to one that died"
    );
    writeln!(std::io::stderr(), "{said}; 0 lost, 0 alerts twice, 0 torn").expect("it can be said");
}
