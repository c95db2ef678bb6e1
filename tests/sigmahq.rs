//! The public `SigmaHQ` rules and samples: every rule loads, and every sample is named by the rule that it was recorded for.
//!
//! `VIGIE_SIGMAHQ` says where the rules are, `VIGIE_SIGMAHQ_REGRESSION` where the samples (`regression_data`) are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::base::id::RuleId;
use vigie::base::realm::Realm;
use vigie::text::diagnostic::{Diagnostic, Severity};
use vigie::text::source::Source;
use vigie::watch::event::{Event, Logsource, Value};
use vigie::watch::format::{Decoded, Decoder, Format};
use vigie::watch::sigma::{Engine, Pipeline, code, pipeline, read};

/// The folder that a variable names, or a loud word that it names none.
fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        skipped(&format!("{variable} does not say where to look"));
    }
    folder
}

/// The files below `folder` that end in `.{extension}`, in order. Samples are no rules.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                open.extend((!path.ends_with("regression_data")).then_some(path));
            } else if path.extension().is_some_and(|other| other == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// All rules, compiled with no lists. How many files there were, how many documents in them, and what was found.
fn load(folder: &Path) -> (Engine, Vec<PathBuf>, usize, Vec<Diagnostic>) {
    load_through(&[], folder)
}

/// The same behind pipelines.
fn load_through(pipelines: &[Pipeline], folder: &Path) -> (Engine, Vec<PathBuf>, usize, Vec<Diagnostic>) {
    let files = files(folder, "yml");
    assert!(files.len() > 3_000, "only {} rules in {}", files.len(), folder.display());
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut documents = Vec::new();
    for file in &files {
        let source = Source::open(file).expect("a rule can be read");
        let place =
            |path: Option<&Path>| path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let id = RuleId(format!("{}.{stem}", place(file.parent()).unwrap_or_default()));
        documents.extend(read(&source, &id, &mut found));
    }
    let read = documents.len();
    pipeline::apply(pipelines, &mut documents, &BTreeMap::new(), &mut found);
    (Engine::compile(documents, &mut found), files, read, found)
}

#[test]
fn every_sigmahq_rule_works_or_waits_for_a_list() {
    let Some(folder) = folder("VIGIE_SIGMAHQ") else { return };
    let (engine, files, read, found) = load(&folder);
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for finding in &found {
        *counts.entry((finding.severity, finding.code)).or_default() += 1;
        assert!(!finding.source.slice(finding.span).is_empty(), "points at nothing: {finding}");
    }
    let unarmed = engine.rules().filter(|rule| rule.unarmed().is_some()).count();
    let all = engine.rules().count();
    println!("{} files, {read} documents, {all} rules, {unarmed} of them not armed; {counts:?}", files.len());
    for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
        println!("refused: {finding}");
    }
    for rule in engine.rules() {
        if let Some(reason) = rule.unarmed() {
            println!("not armed: {}: {reason}", rule.id);
        }
    }
    let wrong: Vec<&Diagnostic> = found.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "rules of the public set are taken for wrong: {wrong:#?}");
    assert_eq!(all, files.len(), "every rule is there");
    let waiting = found.iter().filter(|finding| finding.code == code::UNARMED).count();
    assert!(unarmed > 0 && waiting >= unarmed, "what is not armed is reported: {unarmed} {waiting}");
}

/// What `SigmaHQ` calls the logs of a Windows channel, and the kinds of activity of its events.
fn windows(channel: &str, event_id: i64) -> Logsource {
    let (service, category): (&str, &[&str]) = match (channel, event_id) {
        ("Microsoft-Windows-Sysmon/Operational", number) => (
            "sysmon",
            match number {
                1 => &["process_creation"],
                2 => &["file_change"],
                3 => &["network_connection"],
                5 => &["process_termination"],
                6 => &["driver_load"],
                7 => &["image_load"],
                8 => &["create_remote_thread"],
                9 => &["raw_access_thread"],
                10 => &["process_access"],
                11 => &["file_event"],
                12 => &["registry_event", "registry_add", "registry_delete"],
                13 => &["registry_event", "registry_set"],
                14 => &["registry_event", "registry_rename"],
                15 => &["create_stream_hash"],
                17 | 18 => &["pipe_created"],
                22 => &["dns_query"],
                23 | 26 => &["file_delete"],
                _ => &[],
            },
        ),
        ("Microsoft-Windows-TaskScheduler/Operational", _) => ("taskscheduler", &[]),
        ("Microsoft-Windows-WMI-Activity/Operational", _) => ("wmi", &[]),
        ("Security", 4688) => ("security", &["process_creation"]),
        ("Security", _) => ("security", &[]),
        ("System", _) => ("system", &[]),
        _ => ("", &[]),
    };
    Logsource {
        category: category.iter().map(|word| (*word).to_owned()).collect(),
        product: Some("windows".to_owned()),
        service: (!service.is_empty()).then(|| service.to_owned()),
    }
}

/// One recorded event as vigie's `json` format reads it, with the short names that rules use.
fn event(json: &serde_json::Value) -> Event {
    let mut decoder = Decoder::new(Format::Json, TimeZone::UTC, None);
    let Decoded::Event(mut event) = decoder.decode(Timestamp::UNIX_EPOCH, &json.to_string()) else {
        panic!("an event that the json format does not read: {json}")
    };
    for (name, _) in &mut event.fields {
        *name = name.rsplit('.').next().unwrap_or_default().to_owned();
    }
    let channel = event.get("Channel").find_map(|value| match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    let number = event.get("EventID").find_map(|value| match value {
        Value::Int(number) => Some(*number),
        _ => None,
    });
    event.logsource = windows(&channel.unwrap_or_default(), number.unwrap_or_default());
    event
}

#[test]
fn every_sigmahq_sample_is_named_by_its_rule() {
    let (Some(rules), Some(samples)) = (folder("VIGIE_SIGMAHQ"), folder("VIGIE_SIGMAHQ_REGRESSION")) else { return };
    let (mut engine, ..) = load(&rules);
    let mut missed = Vec::new();
    let mut tried = 0;
    for sample in files(&samples, "json") {
        let text = std::fs::read_to_string(&sample).expect("a sample can be read");
        let wanted = sample.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let documents =
            serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter::<serde_json::Value>();
        let named = documents.map(|json| event(&json.expect("a sample is JSON"))).any(|event| {
            let hits = engine.step(Realm::Live, &event);
            hits.iter().any(|hit| hit.rule.uuid.as_deref() == Some(wanted.as_str()))
        });
        tried += 1;
        if !named {
            missed.push(sample);
        }
    }
    println!("{tried} samples, {} of them not named by their rule", missed.len());
    assert!(tried > 50, "only {tried} samples in {}", samples.display());
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Every field gets another name, and some get two of which the event has the second: the same rules must match.
#[test]
fn every_sigmahq_rule_matches_the_same_behind_a_pipeline() {
    const TEXT: &str = "name: other names\ntransformations:\n  - {type: field_name_prefix, prefix: my.}\n  \
        - type: field_name_mapping\n    mapping: {my.CommandLine: [none, process.command_line], my.Image: [none, process.executable]}\n";
    let (Some(rules), Some(samples)) = (folder("VIGIE_SIGMAHQ"), folder("VIGIE_SIGMAHQ_REGRESSION")) else { return };
    let mut found = Vec::new();
    let pipeline = Pipeline::read(&Source::new("other.yml", TEXT), &mut found).expect("a pipeline without mistakes");
    let (mut engine, ..) = load(&rules);
    let (mut other, _, _, told) = load_through(&[pipeline], &rules);
    assert!(told.iter().all(|finding| finding.severity == Severity::Warning), "{told:#?}");
    let (mut events, mut hits) = (0, 0);
    for sample in files(&samples, "json") {
        let text = std::fs::read_to_string(&sample).expect("a sample can be read");
        let documents =
            serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter::<serde_json::Value>();
        for json in documents {
            let event = event(&json.expect("a sample is JSON"));
            let mut renamed = event.clone();
            for (name, _) in &mut renamed.fields {
                *name = match name.as_str() {
                    "CommandLine" => "process.command_line".to_owned(),
                    "Image" => "process.executable".to_owned(),
                    name => format!("my.{name}"),
                };
            }
            let ids = |engine: &mut Engine, event: &Event| -> Vec<RuleId> {
                engine.step(Realm::Live, event).iter().map(|hit| hit.rule.id.clone()).collect()
            };
            let wanted = ids(&mut engine, &event);
            assert_eq!(ids(&mut other, &renamed), wanted, "{}", sample.display());
            (events, hits) = (events + 1, hits + wanted.len());
        }
    }
    println!("{events} events, {hits} matches");
    assert!(events > 50 && hits > 50, "{events} events, {hits} matches");
}

/// Says that a test looked at nothing. Past the test runner, which keeps to itself what a passing test prints.
fn skipped(why: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "skipped: {why}").expect("standard error can be written");
}
