//! How many events a second vigie's engine looks at, beside another engine, on the same rules and events.
//!
//!     VIGIE_SIGMAHQ=… VIGIE_STREAM=… cargo bench --bench engine
//!
//! Both read the same lines from memory, one after the other and in turns, so that what the machine does besides falls on
//! both. The figure is processor time of the one thread, not time on the wall.

#![expect(clippy::print_stdout, reason = "a measurement is there to be read")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::check;
use vigie::watch::format::{Decoder, Format, Read};
use vigie::watch::sigma::Engine;

/// Processor time that this thread has used so far, in seconds.
fn spent() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells how long a thread ran");
    let nanoseconds: f64 = text.split(' ').next().and_then(|word| word.parse().ok()).expect("a number of nanoseconds");
    nanoseconds / 1e9
}

fn ours(rules: &Path) -> Engine {
    let mut found = Vec::new();
    let files = check::rule_files(rules, &mut found);
    check::compile(&files, &BTreeMap::new(), &mut found)
}

fn run_ours(engine: &Engine, lines: &[&str]) -> (f64, usize, usize) {
    let mut eye = engine.eye();
    let mut decoder = Decoder::new(Format::Json, TimeZone::UTC, None);
    let (mut events, mut matches) = (0, 0);
    let start = spent();
    for line in lines {
        let seen = match decoder.read(Timestamp::UNIX_EPOCH, line) {
            Read::Object(object) => eye.look(&object),
            _ => panic!("every line is an object"),
        };
        if let Some(sighting) = seen.expect("valid JSON") {
            events += 1;
            matches += sighting.len();
        }
    }
    (spent() - start, events, matches)
}

fn theirs(rules: &Path) -> rsigma_eval::Engine {
    let collection = rsigma_parser::parse_sigma_directory(rules).expect("a folder of rules");
    let mut engine = rsigma_eval::Engine::new();
    engine.set_logsource_extractor(Some(rsigma_eval::logsource::LogSourceExtractor::new()));
    engine.add_rules(collection.rules.iter());
    engine
}

fn run_theirs(engine: &rsigma_eval::Engine, lines: &[&str]) -> (f64, usize, usize) {
    let (mut events, mut matches) = (0, 0);
    let start = spent();
    for line in lines {
        let value: serde_json::Value = serde_json::from_slice(line.as_bytes()).expect("valid JSON");
        let found = engine.evaluate(&rsigma_eval::event::JsonEvent::borrow(&value)).len();
        events += usize::from(found > 0);
        matches += found;
    }
    (spent() - start, events, matches)
}

fn main() {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).expect("a folder in the variable");
    let rules = folder("VIGIE_SIGMAHQ").join("rules");
    let stream = std::fs::read_to_string(folder("VIGIE_STREAM").join("windows-hinted.jsonl")).expect("the stream");
    let lines: Vec<&str> = stream.lines().collect();
    let start = spent();
    let engine = ours(&rules);
    println!("ours: loaded in {:.2} s", spent() - start);
    let start = spent();
    let other = theirs(&rules);
    println!("theirs: loaded in {:.2} s", spent() - start);
    let only = std::env::var("ONLY").is_ok();
    for _ in 0..4 {
        let (ours, events, matches) = run_ours(&engine, &lines);
        #[expect(clippy::cast_precision_loss, reason = "far fewer lines than a float counts exactly")]
        let rate = |seconds: f64| lines.len() as f64 / seconds;
        print!("ours {:.0}/s ({events} events, {matches} matches)", rate(ours));
        if only {
            println!();
            continue;
        }
        let (theirs, events, matches) = run_theirs(&other, &lines);
        println!("  theirs {:.0}/s ({events} events, {matches} matches)  {:.2}x", rate(theirs), theirs / ours);
    }
}
