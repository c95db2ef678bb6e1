//! Fixed workloads to count instructions of: six of the generated set, whatever else is at hand, and the samples of each
//! format through the shipped pack. And the streams that are at hand, for a profile of them.

use std::path::Path;

use vigie::check;
use vigie::watch::format::Format;
use vigie::watch::sigma::Engine;

use crate::{Set, counting, engines};

/// Events of each.
const EVENTS: usize = 5_000;

/// What the name of a workload of samples begins with.
const SAMPLES: &str = "lines-";

/// Does the work so many times, and says how many events one pass has.
pub(crate) fn run(workload: &str, passes: usize) {
    if let "correlation" | "counting" = workload {
        let (lines, is_told) = (counting::log_ins(EVENTS), workload == "correlation");
        let matches: usize = (0..passes).map(|_| counting::count_ours(&lines, is_told)()).sum();
        println!("{EVENTS} {matches}");
        return;
    }
    let (engine, format, stream) = prepared(workload);
    let all: Vec<&str> = stream.lines().collect();
    let lines = match workload {
        "quiet" => picked(&engine, &all, false),
        "matching" => picked(&engine, &all, true),
        "stream" | "raw-stream" => all,
        _ => all.into_iter().take(EVENTS).collect(),
    };
    let mut matcher = engine.matcher();
    let found: usize = (0..passes).map(|_| engines::pass_ours(&mut matcher, format, &lines)).sum();
    println!("{} {found}", lines.len());
}

fn prepared(workload: &str) -> (Engine, Format, String) {
    if let Some(format) = workload.strip_prefix(SAMPLES) {
        return (pack(), format.parse().expect("a format"), samples(format));
    }
    if let "stream" | "raw-stream" = workload {
        let Set { rules, hinted, raw } = Set::open();
        return (engines::ours(&rules), Format::Json, if workload == "stream" { hinted } else { raw });
    }
    let (rules, folder) = Set::generated();
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a stream");
    match workload {
        "quiet" | "matching" => (engines::ours(&rules), Format::Json, read("windows-hinted.jsonl")),
        "raw" => (engines::ours(&rules), Format::Json, read("windows-raw.jsonl")),
        "syslog" => (pack(), Format::Syslog, counting::plain_lines(EVENTS).join("\n")),
        other => panic!("no such workload: {other}"),
    }
}

/// The shipped pack.
fn pack() -> Engine {
    check::compile(&check::builtin_rules(), &std::collections::BTreeMap::new(), &mut Vec::new())
}

/// The samples of a format, again and again.
fn samples(format: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/samples/formats/{format}.log"));
    let text = std::fs::read_to_string(path).expect("each format has samples");
    text.lines()
        .filter(|line| !line.starts_with("shape:") && !line.starts_with("real:"))
        .cycle()
        .take(EVENTS)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The first events that match, or do not.
fn picked<'a>(engine: &Engine, lines: &[&'a str], matching: bool) -> Vec<&'a str> {
    let lines = &lines[..lines.len().min(2 * EVENTS)];
    let found = engines::found_by_us(engine, lines);
    let both = lines.iter().zip(found).filter(|(_, found)| found.is_empty() != matching);
    both.map(|(line, _)| *line).take(EVENTS).collect()
}
