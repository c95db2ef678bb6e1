//! `kill -9` in the middle of the windows of each type of correlation changes no alert: what was counted is counted on,
//! and nothing is counted twice.

#![expect(clippy::disallowed_methods, reason = "lines of this moment, for a daemon that looks at its clock")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use super::hospital::{Hospital, wait};

/// How many moments are tried.
const MOMENTS: usize = 20;
/// How many hospitals are tried at the same time: each waits for most of its time.
const AT_ONCE: usize = 5;

/// One rule for each type of correlation, each in a file of its own, over the same two kinds of lines.
fn rules() -> String {
    let mut text = String::new();
    for kind in ["a", "b", "up"] {
        writeln!(
            text,
            "title: {kind}\nname: {kind}\nlevel: low\nlogsource: {{}}\ndetection: {{s: {{is: {kind}}}, condition: s}}\n---"
        )
        .unwrap();
    }
    for (name, correlation) in [
        ("events", "type: event_count, rules: [a], condition: {gte: 6}"),
        ("values", "type: value_count, rules: [a], condition: {field: n, gte: 5}"),
        ("together", "type: temporal, rules: [a, b]"),
        ("words", "type: temporal, rules: [a, b], condition: b and not a"),
        ("ordered", "type: temporal_ordered, rules: [a, b]"),
        ("sum", "type: value_sum, rules: [a], condition: {field: n, gte: 20}"),
        ("mean", "type: value_avg, rules: [a, b], condition: {field: n, gt: 5}"),
        ("median", "type: value_median, rules: [a, b], condition: {field: n, gte: 6}"),
        ("percentile", "type: value_percentile, rules: [a, b], condition: {field: n, percentile: 90, gte: 9}"),
        ("chained", "type: temporal_ordered, rules: [events, b]"),
    ] {
        let timespan = if name == "words" { "5s" } else { "30s" };
        writeln!(
            text,
            "title: {name}\nname: {name}\nlevel: low\ncorrelation: {{{correlation}, group-by: [who], timespan: {timespan}, \
             generate: true}}\n---"
        )
        .unwrap();
    }
    text.push_str(
        // The last correlation stands for the file, and is called like it.
        "title: seen\nname: seen\nlevel: low\nvigie: {first_seen: {rules: [a], group-by: [who], field: n, learn: 5s, \
         forget: 1d, generate: true}}\n---\n\
         title: gone\nname: gone\nlevel: low\nvigie: {absence: {rules: [up], group-by: [who], within: 5s, generate: true}}\n",
    );
    text.replace("logsource: {}", "logsource: {product: p}")
}

/// Two minutes of lines, some of them late. All of them lie in the past, but for those whose absence will be noticed.
fn lines(start: jiff::Timestamp) -> Vec<String> {
    let mut random: u64 = 11;
    let mut lines = Vec::new();
    for second in 0..120_i64 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let number = random >> 33;
        let (is, who) = (if number.is_multiple_of(3) { "b" } else { "a" }, ["x", "y", "z"][(number / 3 % 3) as usize]);
        let late = if number.is_multiple_of(7) { 4 } else { 0 };
        let time = start.checked_add(jiff::SignedDuration::from_secs(second - late)).unwrap();
        lines.push(format!(r#"{{"time": "{time}", "is": "{is}", "who": "{who}", "n": {}}}"#, number / 9 % 10));
    }
    lines
}

fn hospital() -> Hospital {
    let hospital = Hospital::new();
    std::fs::create_dir_all(hospital.path("rules")).unwrap();
    std::fs::write(hospital.path("rules/all.yml"), rules()).unwrap();
    hospital.edit("vigie.yaml", r#"["builtin:health"]"#, "[rules/]");
    hospital.edit(
        "vigie.yaml",
        "sources:\n",
        "sources:\n  probe: {follow: logs/probe.log, format: json, logsource: {product: p}}\n",
    );
    std::fs::write(hospital.path("logs/probe.log"), "").unwrap();
    hospital
}

/// All alerts, each with how often it was hit: counting a line twice would show.
fn alerts(hospital: &Hospital) -> BTreeSet<(String, String, u64)> {
    let alerts = hospital.json(&["alert", "list", "--all", "--json"]);
    let of = |alert: &serde_json::Value| {
        let text = |key: &str| alert[key].as_str().map_or_else(|| alert[key].to_string(), str::to_owned);
        (text("rule"), text("subject"), alert["hits"].as_u64().unwrap())
    };
    alerts.as_array().unwrap().iter().map(of).collect()
}

/// Lets a hospital read all lines, dying before the one of this number if there is one.
fn read(lines: &[String], death: Option<usize>) -> BTreeSet<(String, String, u64)> {
    let mut hospital = hospital();
    hospital.start();
    // Who is missed must have been heard of now, not in the past.
    let now = jiff::Timestamp::now();
    hospital.append("probe.log", format!("{{\"time\": \"{now}\", \"is\": \"up\", \"who\": \"ct\"}}\n").as_bytes());
    wait("what comes", || alerts(&hospital).iter().any(|(rule, ..)| rule.ends_with("#up")).then_some(()));
    for (number, line) in lines.iter().enumerate() {
        if death == Some(number) {
            // Some of what was appended was read, some not: the moments differ in how much.
            std::thread::park_timeout(Duration::from_millis(number as u64 * 7 % 60));
            hospital.kill();
        }
        hospital.append("probe.log", format!("{line}\n").as_bytes());
        if number % 10 == 0 {
            std::thread::park_timeout(Duration::from_millis(8));
        }
    }
    if death.is_some() {
        hospital.start();
    }
    wait("what does not come", || alerts(&hospital).iter().any(|(rule, ..)| !rule.contains('#')).then_some(()));
    let found = alerts(&hospital);
    hospital.ledger_is_whole();
    found
}

#[test]
fn a_kill_in_the_middle_of_windows_changes_no_alert() {
    let start = jiff::Timestamp::now().checked_sub(jiff::SignedDuration::from_mins(10)).unwrap();
    let lines = lines(start);
    let expected = read(&lines, None);
    let rules: BTreeSet<&str> =
        expected.iter().map(|(rule, ..)| rule.rsplit(['#', '.']).next().unwrap_or_default()).collect();
    for name in ["events", "values", "together", "words", "ordered", "sum", "mean", "median", "percentile", "seen"] {
        assert!(rules.contains(name), "{name} is not among {rules:?}");
    }
    let (lines, expected) = (&lines, &expected);
    std::thread::scope(|scope| {
        for lane in 0..AT_ONCE {
            scope.spawn(move || {
                for number in (lane..MOMENTS).step_by(AT_ONCE) {
                    let death = number * lines.len() / MOMENTS + number % 5;
                    assert_eq!(&read(lines, Some(death)), expected, "killed before line {death}");
                }
            });
        }
    });
}
