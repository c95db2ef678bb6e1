//! Every shipped rule, with what its own test says it matches: what makes vigie take something out stands before, inside and
//! after it, and the rule matches all the same. Held against an innocent word of the same shape, which moves the line as much.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use vigie::base::realm::Realm;
use vigie::check;
use vigie::text::node::Node;
use vigie::text::source::Source;
use vigie::text::yaml;
use vigie::watch::event::Logsource;
use vigie::watch::format::{Decoded, Decoder, Format, Read};
use vigie::watch::sigma::{Engine, Match};

use super::BLINDS;

/// A case in which rules match.
struct Case {
    name: String,
    format: Format,
    own: Option<Logsource>,
    lines: Vec<String>,
}

/// So many lines of a case are enough: a few cases are whole logs.
const LINES: usize = 200;

fn tests(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            tests(&path, found);
        } else if path.to_string_lossy().ends_with(".test.yml") {
            found.push(path);
        }
    }
}

fn case(test: &Path, node: &Node) -> Option<Case> {
    let scalar = |key: &str| node.get(key).and_then(Node::scalar);
    if scalar("hits")? == "0" {
        return None;
    }
    let lines = scalar("lines").or_else(|| fs::read_to_string(test.parent()?.join(scalar("file")?)).ok())?;
    let words = |key: &str| node.get("logsource").and_then(|own| own.get(key)).and_then(Node::scalar);
    let own = node.get("logsource").map(|own| Logsource {
        category: match own.get("category") {
            Some(several) if several.as_seq().is_some() => {
                several.as_seq().unwrap_or_default().iter().filter_map(Node::scalar).collect()
            }
            one => one.and_then(Node::scalar).into_iter().collect(),
        },
        product: words("product").map(Into::into),
        service: words("service").map(Into::into),
    });
    let format = scalar("format").unwrap_or_else(|| "auto".to_owned()).parse().ok()?;
    let lines = lines.lines().take(LINES).map(str::to_owned).collect();
    Some(Case { name: test.display().to_string(), format, own, lines })
}

fn cases() -> Vec<Case> {
    let mut files = Vec::new();
    tests(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), &mut files);
    files.sort();
    let of = |file: &PathBuf| {
        let node = yaml::parse(&Source::open(file).unwrap()).unwrap_or_else(|error| panic!("{error}"));
        let cases = node.get("cases").and_then(Node::as_seq).unwrap_or_default();
        cases.iter().filter_map(|node| case(file, node)).collect::<Vec<_>>()
    };
    files.iter().flat_map(of).collect()
}

fn engine() -> Engine {
    check::compile(&check::builtin_rules(), &BTreeMap::new(), &mut Vec::new())
}

/// How often each rule matches, read as the daemon reads lines.
fn hits(engine: &mut Engine, case: &Case, lines: &[String]) -> BTreeMap<String, usize> {
    engine.forget(Realm::Live);
    let arrived: Timestamp = "2026-11-22T06:00:00Z".parse().unwrap();
    let mut decoder = Decoder::new(case.format, TimeZone::UTC, case.own.clone());
    let mut all: Vec<Match> = Vec::new();
    for line in lines {
        let told = &mut |_: &Match| false;
        let mut events = Vec::new();
        match decoder.read(arrived, line) {
            Read::Decoded(Decoded::Event(event) | Decoded::Unknown(event)) => events.push(event),
            Read::Decoded(Decoded::Several(several)) => events.extend(several),
            Read::Raw(raw) => {
                if let Some(sighting) = engine.look(&raw).ok().flatten() {
                    all.extend(engine.count(Realm::Live, sighting, &raw, told));
                }
            }
            Read::Decoded(Decoded::Malformed { event, .. }) => events.push(*event),
            Read::Decoded(Decoded::Skipped) => {}
        }
        for event in events {
            if let Some(sighting) = engine.look(&event).ok().flatten() {
                all.extend(engine.count(Realm::Live, sighting, &event, told));
            }
        }
    }
    let mut hits = BTreeMap::new();
    for found in all.into_iter().filter(|found| !found.goes_on) {
        *hits.entry(found.rule.id.to_string()).or_default() += 1;
    }
    hits
}

/// A word of the same shape that gives nothing away.
fn innocent(blind: &str) -> String {
    blind.chars().map(|letter| if letter.is_ascii_alphabetic() { 'q' } else { letter }).collect()
}

/// A line with a word at one of its blanks, at its start or at its end. In JSON, quotes of the word are its string's.
fn with(line: &str, word: &str, at: usize) -> String {
    let is_json = line.trim_start().starts_with('{') || line.contains(": {");
    let word = if is_json { word.replace('\\', "\\\\").replace('"', "\\\"") } else { word.replace('"', "'") };
    let places: Vec<usize> = line.match_indices([' ', '/', '=']).map(|(place, sign)| place + sign.len()).collect();
    let places: Vec<usize> = [0].into_iter().chain(places).chain([line.len()]).collect();
    let (before, after) = line.split_at(places[at % places.len()]);
    format!("{before}{word}{after}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, max_shrink_iters: 50, ..ProptestConfig::default() })]

    #[test]
    fn no_shipped_rule_is_blinded(number in 0..10_000_usize, blind in prop::sample::select(&BLINDS[..]), at in 0..200_usize) {
        thread_local! {
            static BENCH: std::cell::RefCell<(Engine, Vec<Case>)> = std::cell::RefCell::new((engine(), cases()));
        }
        BENCH.with_borrow_mut(|(engine, cases)| {
            let case = &cases[number % cases.len()];
            let lines = |word: &str| -> Vec<String> { case.lines.iter().map(|line| with(line, word, at)).collect() };
            let (shown, blinded) = (lines(&innocent(blind)), lines(blind));
            let (wanted, found) = (hits(engine, case, &shown), hits(engine, case, &blinded));
            for (rule, times) in wanted {
                let now = found.get(&rule).copied().unwrap_or_default();
                prop_assert!(now >= times, "{rule} matches {now} times instead of {times} in {}: {}", case.name, blinded[0]);
            }
            Ok(())
        })?;
    }
}

#[test]
fn the_cases_match_at_all_and_with_a_word_before_them() {
    let (mut engine, cases) = (engine(), cases());
    assert!(cases.len() >= 57, "{}", cases.len());
    let matched = cases.iter().filter(|case| !hits(&mut engine, case, &case.lines).is_empty()).count();
    assert!(matched * 2 >= cases.len(), "{matched} of {}", cases.len());
    // At the end of a line most formats take one word more: there the rules match, and nothing hides them.
    let with_word = |case: &&Case| {
        let lines: Vec<String> = case.lines.iter().map(|line| with(line, " ins:", usize::MAX)).collect();
        !hits(&mut engine, case, &lines).is_empty()
    };
    let moved = cases.iter().filter(with_word).count();
    assert!(moved * 3 >= cases.len(), "{moved} of {}", cases.len());
}
