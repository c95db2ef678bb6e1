//! The public `SigmaHQ` rules over a stream of real events that say themselves what kind of log they are from: both
//! engines must find the same, rule by rule.
//!
//! `VIGIE_SIGMAHQ` says where the rules are, `VIGIE_STREAM` the folder of `windows-hinted.jsonl`. Every tenth event, or
//! all of them with `VIGIE_STREAM_ALL`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::text::source::Source;
use vigie::watch::format::{Decoded, Decoder, Format, Read};
use vigie::watch::sigma::{Engine, Matcher, Rule, read};

#[test]
fn public_rules_find_the_same_in_real_events() {
    let (Some(rules), Some(stream)) = (folder("VIGIE_SIGMAHQ"), folder("VIGIE_STREAM")) else { return };
    let stream = stream.join("windows-hinted.jsonl");
    let mut engines = Both::load(&rules);
    let step = if std::env::var_os("VIGIE_STREAM_ALL").is_some() { 1 } else { 10 };
    let lines = std::io::BufReader::new(std::fs::File::open(&stream).expect("the stream can be read")).lines();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut events, mut differing) = (0, Vec::new());
    for line in lines.step_by(step) {
        let line = line.expect("the stream can be read");
        let (ours, theirs) = engines.look(&line);
        events += 1;
        differing.extend(ours.symmetric_difference(&theirs).map(|id| (id.clone(), ours.contains(id), line.clone())));
        for id in ours {
            *counts.entry(id).or_default() += 1;
        }
    }
    let matches: usize = counts.values().sum();
    println!("{events} events, {} rules, {} of them matched, {matches} matches", engines.rules.len(), counts.len());
    assert!(events > 1_000 && counts.len() > 20, "{events} events, {} rules matched", counts.len());
    assert!(differing.is_empty(), "{} differences, the first (rule, ours, event): {:?}", differing.len(), differing[0]);
}

/// Both engines with the public rules.
struct Both {
    ours: Engine,
    matcher: Matcher,
    theirs: rsigma_eval::Engine,
    decoder: Decoder,
    /// The rules that both have, by their identifier.
    rules: BTreeMap<String, Arc<Rule>>,
}

impl Both {
    fn load(folder: &Path) -> Self {
        let (mut found, mut documents, mut parsed) = (Vec::new(), Vec::new(), Vec::new());
        for (number, file) in files(folder).iter().enumerate() {
            let source = Source::open(file).expect("a rule can be read");
            if let Ok(read) = rsigma_parser::parse_sigma_yaml(source.text()) {
                parsed.extend(read.rules);
            }
            documents.extend(read(&source, &RuleId(format!("r{number}")), &mut found));
        }
        let ours = Engine::compile(documents, &mut found);
        let mut theirs = rsigma_eval::Engine::new();
        theirs.set_logsource_extractor(Some(rsigma_eval::LogSourceExtractor::new()));
        let refused: Vec<usize> = theirs.add_rules(&parsed).into_iter().map(|(at, _)| at).collect();
        let known = |at: &usize| !refused.contains(at);
        let loaded: Vec<String> = (0..parsed.len()).filter(known).filter_map(|at| parsed[at].id.clone()).collect();
        let armed = ours.rules().filter(|rule| rule.unarmed().is_none());
        let rules: BTreeMap<String, Arc<Rule>> = armed
            .filter_map(|rule| Some((rule.uuid.clone()?, Arc::clone(rule))))
            .filter(|(id, _)| loaded.contains(id))
            .collect();
        assert!(rules.len() > 3_000, "only {} rules in {}", rules.len(), folder.display());
        let matcher = ours.matcher();
        Self { ours, matcher, theirs, decoder: Decoder::new(Format::Json, TimeZone::UTC, None), rules }
    }

    /// The identifiers of the rules that either finds.
    fn look(&mut self, line: &str) -> (BTreeSet<String>, BTreeSet<String>) {
        let Decoded::Event(event) = self.decoder.decode(Timestamp::UNIX_EPOCH, line) else {
            panic!("a line that the json format does not read: {line}")
        };
        // What vigie takes out of a line, such as passwords, is not there for the other one either.
        let Read::Raw(raw) = self.decoder.read(Timestamp::UNIX_EPOCH, &event.text) else {
            panic!("a clean line is still JSON: {}", event.text)
        };
        let seen = self.matcher.look(&raw).expect("it was read before");
        let ours = seen.map_or_else(Vec::new, |seen| self.ours.count(Realm::Live, seen, &raw, &mut |_| false));
        let ours = ours.iter().filter_map(|found| found.rule.uuid.clone()).filter(|id| self.rules.contains_key(id));
        let mut json: Map<String, Value> = serde_json::from_str(&event.text).expect("a clean line is still JSON");
        // Nor are the names that rules use for what the event says under others, which only vigie knows.
        for (name, value) in &event.fields {
            json.entry(name.as_str()).or_insert_with(|| serde_json::to_value(value).expect("a value is JSON"));
        }
        let json = Value::Object(json);
        let theirs = self.theirs.evaluate(&rsigma_eval::JsonEvent::borrow(&json));
        // The other one takes what an event does not say for anything: of events that say only their product, it looks
        // for all rules of that product. vigie knows by channel and number what they are.
        let covered = |id: &String| self.rules.get(id).is_some_and(|rule| rule.logsource.covers(&event.logsource));
        let theirs = theirs.iter().filter_map(|found| found.header.rule_id.clone()).filter(covered);
        (ours.collect(), theirs.collect())
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut open, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                open.extend((!path.ends_with("regression_data")).then_some(path));
            } else if path.extension().is_some_and(|extension| extension == "yml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The folder that a variable names, or a loud word that it names none: past the test runner, which keeps to itself
/// what a passing test prints.
fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        writeln!(std::io::stderr(), "skipped: {variable} does not say where to look").expect("it can be written");
    }
    folder
}
