//! The public `SigmaHQ` rules and samples: every rule loads, and every sample is named by the rule that it was recorded for.
//!
//! `VIGIE_SIGMAHQ` says where the rules are, `VIGIE_SIGMAHQ_REGRESSION` where the samples (`regression_data`) are, and
//! `VIGIE_STREAM` where the streams of Windows events with and without hints are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::base::id::RuleId;
use vigie::base::language::Language;
use vigie::base::realm::Realm;
use vigie::finding::Severity;
use vigie::text::diagnostic::Diagnostic;
use vigie::text::source::Source;
use vigie::watch::event::Event;
use vigie::watch::format::{Decoded, Decoder, Format, Read, windows_services};
use vigie::watch::sigma::rule::Logsource;
use vigie::watch::sigma::{Engine, Match, Pipeline, pipeline, read};
use vigie::watch::source::replay;

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
        *counts.entry((finding.severity(), finding.code())).or_default() += 1;
        assert!(!finding.source.slice(finding.span).is_empty(), "points at nothing: {finding}");
    }
    let unarmed = engine.rules().filter(|rule| rule.unarmed().is_some()).count();
    let all = engine.rules().count();
    println!("{} files, {read} documents, {all} rules, {unarmed} of them not armed; {counts:?}", files.len());
    for finding in found.iter().filter(|finding| finding.severity() == Severity::Error) {
        println!("refused: {finding}");
    }
    for rule in engine.rules() {
        if let Some(reason) = rule.unarmed() {
            println!("not armed: {}: {}", rule.id, reason.get(Language::En));
        }
    }
    let wrong: Vec<&Diagnostic> = found.iter().filter(|finding| finding.severity() == Severity::Error).collect();
    assert!(wrong.is_empty(), "rules of the public set are taken for wrong: {wrong:#?}");
    assert_eq!(all, files.len(), "every rule is there");
    let waiting = found.iter().filter(|finding| finding.code().0 == "V214").count();
    assert!(unarmed > 0 && waiting >= unarmed, "what is not armed is reported: {unarmed} {waiting}");
}

/// Which rule must name the events of which file, and how often, as the `info.yml` beside it says.
struct Sample {
    file: PathBuf,
    rule: String,
    least: usize,
}

/// How the names of samples end that this build can read.
fn extensions() -> &'static [&'static str] {
    if cfg!(feature = "evtx") { &["evtx", "json"] } else { &["json"] }
}

/// All samples below `folder`.
fn samples(folder: &Path) -> Vec<Sample> {
    let mut all = Vec::new();
    let data = folder.join("regression_data");
    for said in files(&data, "yml") {
        let text = std::fs::read_to_string(&said).expect("an info.yml can be read");
        // A few lines in one fixed layout; what is commented out is not there.
        let value = |key: &str| {
            let lines =
                text.lines().filter(|line| !line.starts_with('#')).map(|line| line.trim_start_matches([' ', '-']));
            lines.filter_map(|line| line.strip_prefix(key)).map(|value| value.trim().to_owned()).collect::<Vec<_>>()
        };
        let rule = value("id:").pop().expect("info.yml names a rule");
        let least = value("match_count:").pop().map_or(1, |count| count.parse().expect("a count is a number"));
        let beside = said.parent().expect("a file is in a folder");
        for extension in extensions() {
            all.extend(files(beside, extension).into_iter().map(|file| Sample { file, rule: rule.clone(), least }));
        }
    }
    all
}

/// The lines of one log, and how many records of it are broken.
fn records(file: &Path) -> (Vec<String>, u64) {
    let mut log = replay::open(file).expect("a sample can be read");
    let mut lines = Vec::new();
    while let Some(block) = log.next(replay::ROOM).expect("a record can be read") {
        lines.extend(block.texts().map(|(text, _)| text.to_owned()));
    }
    (lines, log.broken())
}

/// The lines of one file, as vigie reads them: a log of Windows record by record, JSON object by object.
fn lines(file: &Path) -> Vec<String> {
    if file.extension().is_some_and(|extension| extension == "evtx") {
        let (lines, broken) = records(file);
        assert_eq!(broken, 0, "{}", file.display());
        lines
    } else {
        // One object over many lines; a line holds one.
        let text = std::fs::read_to_string(file).expect("a sample can be read");
        let objects = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter();
        objects.map(|json: Result<serde_json::Value, _>| json.expect("a sample is JSON").to_string()).collect()
    }
}

/// Their events, read as a whole.
fn events(file: &Path) -> Vec<Event> {
    let mut decoder = Decoder::new(Format::Auto, TimeZone::UTC, None);
    lines(file)
        .iter()
        .map(|line| match decoder.decode(Timestamp::UNIX_EPOCH, line) {
            Decoded::Event(event) => event,
            other => panic!("{}: {other:?}", file.display()),
        })
        .collect()
}

#[test]
fn every_sigmahq_sample_is_named_by_its_rule() {
    let (Some(rules), Some(folder)) = (folder("VIGIE_SIGMAHQ"), folder("VIGIE_SIGMAHQ_REGRESSION")) else { return };
    let (mut engine, ..) = load(&rules);
    let (mut missed, mut tried, mut counted, mut seen) = (Vec::new(), BTreeMap::new(), 0, 0);
    for sample in samples(&folder) {
        let events = events(&sample.file);
        assert!(!events.is_empty(), "{}", sample.file.display());
        seen += events.len();
        let is_wanted = |hits: &[Match]| hits.iter().any(|hit| hit.rule.uuid.as_deref() == Some(sample.rule.as_str()));
        let named = events.iter().filter(|event| is_wanted(&engine.step(Realm::Live, event))).count();
        // And read only as far as the rules ask.
        let mut decoder = Decoder::new(Format::Json, TimeZone::UTC, None);
        let lines = lines(&sample.file);
        let lazily = lines.iter().filter(|line| {
            let Read::Raw(raw) = decoder.read(Timestamp::UNIX_EPOCH, line) else { panic!("no object: {line}") };
            let seen = engine.look(&raw).expect("it was read before");
            is_wanted(&seen.map_or_else(Vec::new, |seen| engine.count(Realm::Live, seen, &raw, &mut |_| true)))
        });
        assert_eq!(lazily.count(), named, "read as far as rules ask: {}", sample.file.display());
        *tried.entry(sample.file.extension().unwrap_or_default().to_owned()).or_insert(0) += 1;
        counted += named;
        if named < sample.least {
            missed.push(format!("{}: {named} of {} by {}", sample.file.display(), sample.least, sample.rule));
        }
    }
    println!("{tried:?} files, {seen} events, {counted} of them named, {} files not named enough", missed.len());
    assert!(
        tried.len() == extensions().len() && tried.values().all(|files| *files > 100),
        "few samples below {}",
        folder.display()
    );
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Who is told of a match must learn on which machine: none of these rules says what it is about.
#[test]
fn every_hit_in_a_sigmahq_sample_says_about_whom_and_what_was_found() {
    let (Some(rules), Some(folder)) = (folder("VIGIE_SIGMAHQ"), folder("VIGIE_SIGMAHQ_REGRESSION")) else { return };
    let (mut engine, ..) = load(&rules);
    let (mut hits, mut nobody, mut untied, mut nothing) = (0, Vec::new(), Vec::new(), Vec::new());
    for sample in samples(&folder) {
        let mut decoder = Decoder::new(Format::Json, TimeZone::UTC, None);
        for (event, line) in events(&sample.file).iter().zip(lines(&sample.file)) {
            let Read::Raw(raw) = decoder.read(Timestamp::UNIX_EPOCH, &line) else { panic!("no object: {line}") };
            let whole = engine.step(Realm::Live, event);
            let seen = engine.look(&raw).expect("it was read before");
            let lazily = seen.map_or_else(Vec::new, |seen| engine.count(Realm::Live, seen, &raw, &mut |_| true));
            let told = |found: &Match| (found.subject.clone(), found.fields.clone(), found.line.clone());
            let (whole, lazily): (Vec<_>, Vec<_>) =
                (whole.iter().map(told).collect(), lazily.iter().map(|found| (told(found), found.clone())).collect());
            assert_eq!(whole, lazily.iter().map(|(told, _)| told.clone()).collect::<Vec<_>>(), "{line}");
            for ((subject, fields, line), found) in lazily {
                hits += 1;
                let what = format!("{}: {}", sample.file.display(), found.rule.id);
                nobody.extend(subject.is_empty().then(|| what.clone()));
                untied.extend(found.ties.is_empty().then(|| what.clone()));
                nothing.extend((fields.is_empty() && line.is_none()).then_some(what));
            }
        }
    }
    println!("{hits} hits, {} without a subject, {} that tie to nobody", nobody.len(), untied.len());
    assert!(hits > 300, "few hits below {}", folder.display());
    assert_eq!((nobody.len(), untied.len(), nothing.len()), (0, 0, 0), "{nobody:#?} {untied:#?} {nothing:#?}");
}

#[test]
fn a_damaged_record_costs_only_itself() {
    if !cfg!(feature = "evtx") {
        println!("skipped: this build does not read logs of Windows");
        return;
    }
    let Some(folder) = folder("VIGIE_SIGMAHQ_REGRESSION") else { return };
    let sample = samples(&folder).into_iter().find(|sample| {
        sample.file.extension().is_some_and(|extension| extension == "evtx") && events(&sample.file).len() > 1
    });
    let sample = sample.expect("a sample with several records");
    let whole = events(&sample.file).len();
    let mut bytes = std::fs::read(&sample.file).expect("a sample can be read");
    // The first record follows the header of the first chunk: its content starts 24 bytes further on.
    bytes[4096 + 512 + 24..4096 + 512 + 32].fill(0xff);
    bytes.truncate(bytes.len() - 1);
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = place.path().join("damaged.evtx");
    std::fs::write(&file, [&bytes[..], &[0; 100]].concat()).expect("a file can be written");
    let (lines, broken) = records(&file);
    let read = lines.iter().filter(|line| line.starts_with('{')).count();
    assert_eq!((read, broken), (whole - 1, 2), "one record, and the end that is cut");
}

#[test]
fn the_kind_of_a_windows_event_is_found_without_help() {
    let Some(folder) = folder("VIGIE_STREAM") else { return };
    let lines = |name: &str| {
        let file = std::fs::File::open(folder.join(name)).expect("a stream can be read");
        std::io::BufReader::new(file).lines().map(|line| line.expect("a stream can be read"))
    };
    let mut decoder = Decoder::new(Format::Auto, TimeZone::UTC, None);
    let mut kinds: BTreeMap<(String, String), [usize; 2]> = BTreeMap::new();
    let mut differ: BTreeMap<String, usize> = BTreeMap::new();
    for (raw, hinted) in lines("windows-raw.jsonl").zip(lines("windows-hinted.jsonl")) {
        let hinted: Hint = serde_json::from_str(&hinted).expect("a line is JSON");
        let Decoded::Event(event) = decoder.decode(Timestamp::UNIX_EPOCH, &raw) else { panic!("not read: {raw}") };
        let found = &event.logsource;
        let fits = found.product.as_deref() == hinted.product.as_deref()
            && (hinted.service.is_none() || found.service.as_deref() == hinted.service.as_deref())
            && hinted.category.iter().all(|category| found.category.contains(category));
        let key = (hinted.service.clone().unwrap_or_default(), hinted.category.clone().unwrap_or_default());
        kinds.entry(key).or_default()[usize::from(fits)] += 1;
        if !fits {
            *differ.entry(format!("hinted {hinted:?}, found {found:?}")).or_default() += 1;
        }
    }
    for ((service, category), [other, same]) in &kinds {
        println!("{service:<40} {category:<28} {same:>6} as hinted {other:>6} otherwise");
    }
    let all: usize = kinds.values().flatten().sum();
    assert!(all > 50_000 && kinds.len() > 30, "few events in {}", folder.display());
    assert!(differ.is_empty(), "{differ:#?}");
}

/// What a line of the stream with hints says it is.
#[derive(Debug, serde::Deserialize)]
struct Hint {
    product: Option<String>,
    service: Option<String>,
    category: Option<String>,
}

#[test]
fn every_windows_service_and_category_of_the_rules_is_known() {
    let Some(folder) = folder("VIGIE_SIGMAHQ") else { return };
    let (engine, ..) = load(&folder);
    let asked = |word: fn(&Logsource) -> &Option<String>| -> BTreeSet<String> {
        let wanted = engine.rules().flat_map(|rule| &rule.logsources);
        wanted
            .filter(|logsource| logsource.product.as_deref() == Some("windows"))
            .filter_map(|logsource| word(logsource).clone())
            .collect()
    };
    let services = asked(|logsource| &logsource.service);
    let known: BTreeSet<&str> = windows_services().collect();
    let unknown: Vec<_> = services.iter().filter(|service| !known.contains(service.as_str())).collect();
    println!("{} services are asked for, {} known", services.len(), known.len());
    assert!(services.len() > 30 && unknown.is_empty(), "no event ever has {unknown:?}");

    let mut decoder = Decoder::new(Format::Auto, TimeZone::UTC, None);
    let mut found = BTreeSet::new();
    for channel in
        ["Microsoft-Windows-Sysmon/Operational", "Security", "PowerShellCore/Operational", "Windows PowerShell"]
    {
        for number in 0..5_000 {
            let line = format!(r#"{{"Channel":"{channel}","EventID":{number},"EventType":"CreateKey"}}"#);
            for line in [line.replace("CreateKey", "DeleteKey"), line] {
                let Decoded::Event(event) = decoder.decode(Timestamp::UNIX_EPOCH, &line) else { panic!("{line}") };
                found.extend(event.logsource.category);
            }
        }
    }
    let categories = asked(|logsource| &logsource.category);
    let unknown: Vec<_> = categories.iter().filter(|category| !found.contains(*category)).collect();
    println!("{} categories are asked for, {} found", categories.len(), found.len());
    // Only traces of the kernel have them, and those name no program; collectors that add it say the category.
    assert_eq!(unknown, ["file_access", "file_rename"]);
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
    assert!(told.iter().all(|finding| finding.severity() == Severity::Warning), "{told:#?}");
    let (mut tried, mut hits) = (0, 0);
    for sample in crate::samples(&samples) {
        for event in events(&sample.file) {
            let mut renamed = event.clone();
            for (name, _) in &mut renamed.fields {
                *name = match name.as_str() {
                    "CommandLine" => "process.command_line".into(),
                    "Image" => "process.executable".into(),
                    name => format!("my.{name}").into(),
                };
            }
            let ids = |engine: &mut Engine, event: &Event| -> Vec<RuleId> {
                engine.step(Realm::Live, event).iter().map(|hit| hit.rule.id.clone()).collect()
            };
            let wanted = ids(&mut engine, &event);
            assert_eq!(ids(&mut other, &renamed), wanted, "{}", sample.file.display());
            (tried, hits) = (tried + 1, hits + wanted.len());
        }
    }
    println!("{tried} events, {hits} matches");
    assert!(tried > 50 && hits > 50, "{tried} events, {hits} matches");
}

/// Says that a test looked at nothing. Past the test runner, which keeps to itself what a passing test prints.
fn skipped(why: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "skipped: {why}").expect("standard error can be written");
}
