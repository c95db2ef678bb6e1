//! What genuine logs show of their level, and that the shipped rules say at which level they see anything.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::*;
use crate::base::id::RuleId;
use crate::base::language::{Language, Text};
use crate::base::realm::Realm;
use crate::check::{Deployment, Readiness, builtin_rules, open, write_example};
use crate::watch::format::{Format, level_of};
use crate::watch::log_level::LogLevel;
use crate::watch::sigma;
use crate::watch::source;
use crate::watch::verbosity::Reach;

fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name);
    String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned()
}

/// The example hospital with these logs.
struct Place {
    _folder: tempfile::TempDir,
    logs: PathBuf,
    deployment: Deployment,
    engine: Engine,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_example(folder.path()).unwrap();
        let (deployment, engine) = open(folder.path(), &mut Vec::new()).unwrap();
        let logs = folder.path().join("logs");
        std::fs::create_dir_all(&logs).unwrap();
        Self { _folder: folder, logs, deployment, engine }
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.logs.join(name), text).unwrap();
    }

    /// What is said of a rule now: why it is not armed, what it does not see, what is not known.
    fn said(&self, rule: &str) -> [Option<String>; 3] {
        let probed = self.deployment.probe_logs(&self.engine);
        let readiness = Readiness::at(&self.deployment.site, &probed);
        let rule = self.engine.rules().find(|known| known.id.as_str() == rule).unwrap();
        let english = |text: Option<Text>| text.map(|text| text.get(Language::En).to_owned());
        [readiness.why_not(rule), readiness.blind_for(rule), readiness.unheard(rule)].map(english)
    }
}

const UNKNOWN: &str = "too little was seen of pacs to know whether the level `info` is written there";

#[test]
fn a_log_at_its_default_level_disarms_the_rules_that_need_more() {
    let place = Place::new();
    for (name, most, lines) in [("1.10.1", "warning", 39), ("1.12.7", "warning", 40)] {
        place.write("Orthanc.log", &sample(&format!("orthanc/orthanc-{name}-default.log")));
        let why = format!(
            "source pacs goes no further than `{most}` in its last {lines} lines and `info` is needed; start Orthanc with \
             --verbose"
        );
        for rule in ["mass_query", "mass_retrieve", "node_added", "study_deletion", "study_modified"] {
            let [said, _, unknown] = place.said(&format!("imaging.{rule}"));
            assert_eq!((said.as_deref(), unknown), (Some(why.as_str()), None), "{rule}");
        }
        for rule in ["unknown_aet", "wrong_host", "unknown_destination", "not_dicom", "aet_guessing"] {
            assert_eq!(place.said(&format!("imaging.{rule}")), [None, None, None], "{rule}");
        }
        // What half of a rule sees is worth having, and worth a word.
        let [said, blind, _] = place.said("imaging.script_execution");
        assert_eq!((said, blind), (None, Some(format!("{why} (its part `script_sent`)"))));
    }
}

#[test]
fn a_detailed_log_arms_them_and_so_does_not_knowing() {
    let place = Place::new();
    for name in ["1.10.1-verbose", "1.10.1-trace", "1.12.7-verbose", "1.12.7-trace", "1.10.1-mass-verbose"] {
        place.write("Orthanc.log", &sample(&format!("orthanc/orthanc-{name}.log")));
        for rule in ["imaging.mass_query", "imaging.study_deletion", "imaging.script_execution"] {
            assert_eq!(place.said(rule), [None, None, None], "{name} {rule}");
        }
    }
    let default = sample("orthanc/orthanc-1.12.7-default.log");
    let few: String = default.split_inclusive('\n').take(9).collect();
    for text in ["", few.as_str()] {
        place.write("Orthanc.log", text);
        assert_eq!(place.said("imaging.mass_query"), [None, None, Some(UNKNOWN.to_owned())], "{text}");
    }
    std::fs::remove_file(place.logs.join("Orthanc.log")).unwrap();
    assert_eq!(place.said("imaging.mass_query"), [None, None, Some(UNKNOWN.to_owned())]);
}

#[test]
fn what_is_written_now_counts_and_not_what_an_exercise_or_an_earlier_start_wrote() {
    let place = Place::new();
    let (default, verbose) =
        (sample("orthanc/orthanc-1.12.7-default.log"), sample("orthanc/orthanc-1.12.7-verbose.log"));
    place.write("Orthanc.log", &format!("{verbose}{}", default.repeat(6)));
    assert!(place.said("imaging.mass_query")[0].is_some(), "200 lines at the default level are a lower level");
    place.write("Orthanc.log", &format!("{}{verbose}", default.repeat(6)));
    assert!(place.said("imaging.mass_query")[0].is_none());
    let marked = |line: &str| format!("{line} #EXERCICE:D3:17:0123456789abcdef0123456789abcdef\n");
    place.write("Orthanc.log", &format!("{default}{}", verbose.lines().map(marked).collect::<String>()));
    assert!(place.said("imaging.mass_query")[0].is_some(), "an exercise does not raise the level of a log");
}

/// The logs that a pattern names.
fn logs(pattern: String) -> source::Settings {
    let (from, longest) = (source::From::End, 1 << 20);
    source::Settings::Follower(source::file::Logs { pattern, from, inject: None, writer: None, longest })
}

#[test]
fn of_several_files_the_newest_lines_count() {
    let reach = |files: [(&str, &str); 2]| {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let known = Place::new().deployment.site.settings.sources[0].clone();
        let pattern = folder.path().join("Orthanc.log.*").display().to_string();
        let source = SourceSettings { lines: logs(pattern), format: Format::Orthanc, ..known };
        super::probe(&[source]).values().next().unwrap().reach("orthanc", None, LogLevel::Info)
    };
    let (default, verbose) =
        (sample("orthanc/orthanc-1.12.7-default.log"), sample("orthanc/orthanc-1.12.7-verbose.log"));
    let later = |text: &str| text.replace("1121 19:", "1121 22:");
    // Each start of Orthanc writes a file of its own, and this one is less detailed than the one before.
    let quiet = later(&default.repeat(6));
    assert_eq!(
        reach([("Orthanc.log.1", &verbose), ("Orthanc.log.2", &quiet)]),
        Reach::Short { most: LogLevel::Warning, lines: 200 }
    );
    assert_eq!(reach([("Orthanc.log.1", &later(&verbose)), ("Orthanc.log.2", &default.repeat(6))]), Reach::Reached);
    // Two machines at the same time: one is detailed enough for the rule to match there.
    assert_eq!(reach([("Orthanc.log.1", &verbose), ("Orthanc.log.2", &default.repeat(6))]), Reach::Reached);
}

#[test]
fn failed_log_ins_alone_do_not_show_that_others_are_written() {
    let place = Place::new();
    let log = sample("samba-ad/samba-stdout.log");
    let failed: String = log.split_inclusive('\n').filter(|line| !line.contains("NT_STATUS_OK")).collect();
    place.write("annuaire.log", &failed);
    let [_, blind, _] = place.said("identity.success_after_failures");
    let wanted = "source annuaire goes no further than `notice` in its last 22 lines and `info` is needed; set Samba to log \
                  level = 1 auth_json_audit:3 (its part `accepted_samba`)";
    assert_eq!(blind.as_deref(), Some(wanted));
    place.write("annuaire.log", &log);
    assert_eq!(place.said("identity.success_after_failures"), [None, None, None]);
}

#[test]
fn a_program_is_found_in_whatever_its_lines_come_in() {
    let probed = |format: Format, text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.log");
        std::fs::write(&path, text).unwrap();
        let place = Place::new();
        let known = place.deployment.site.settings.sources[0].clone();
        let source = SourceSettings { lines: logs(path.display().to_string()), format, ..known };
        let verbosities = super::probe(&[source]);
        verbosities.values().next().unwrap().reach("orthanc", Some("http"), LogLevel::Info)
    };
    let syslog = |line: &str| format!("<30>Nov 21 19:20:58 pacs Orthanc[812]: {line}\n");
    let orthanc = sample("orthanc/orthanc-1.12.7-default.log");
    let inside: String = orthanc.lines().map(syslog).collect();
    assert_eq!(probed(Format::Auto, &sample("linux/nginx-orthanc-access.log")), Reach::Nothing);
    assert_eq!(probed(Format::Auto, &orthanc), Reach::Short { most: LogLevel::Warning, lines: 40 });
    assert_eq!(probed(Format::Syslog, &inside), Reach::Short { most: LogLevel::Warning, lines: 40 });
    assert_eq!(probed(Format::Orthanc, &sample("orthanc/orthanc-1.12.7-trace.log")), Reach::Reached);
    assert_eq!(probed(Format::Syslog, &sample("linux/auth.log")), Reach::Nothing);
    assert_eq!(probed(Format::Orthanc, ""), Reach::Nothing);
}

#[test]
fn every_program_of_a_server_has_a_level_of_its_own() {
    let line = |priority: u8, program: &str| format!("<{priority}>Nov 21 19:20:58 srv {program}[1]: x");
    let mut verbosity = Verbosity::default();
    let mut decoder = Decoder::new(Format::Syslog, jiff::tz::TimeZone::UTC, None);
    for text in [line(86, "sshd"), line(84, "sudo"), line(29, "cron")].iter().cycle().take(60) {
        let Decoded::Event(event) = decoder.decode(Timestamp::UNIX_EPOCH, text) else { panic!("{text}") };
        verbosity.hear(&event);
    }
    let short = |most| Reach::Short { most, lines: 20 };
    for (service, reach) in [
        (Some("sshd"), Reach::Reached),
        (Some("sudo"), short(LogLevel::Warning)),
        (Some("cron"), short(LogLevel::Notice)),
        (Some("openvpn"), Reach::Nothing),
        (None, Reach::Reached),
    ] {
        assert_eq!(verbosity.reach("linux", service, LogLevel::Info), reach, "{service:?}");
    }
    assert_eq!(verbosity.reach("orthanc", None, LogLevel::Info), Reach::Nothing);
}

/// The logs that say their level, and the format of each.
const LEVELLED: [(&str, Format); 11] = [
    ("orthanc/orthanc-1.10.1-default.log", Format::Orthanc),
    ("orthanc/orthanc-1.10.1-verbose.log", Format::Orthanc),
    ("orthanc/orthanc-1.10.1-mass-verbose.log", Format::Orthanc),
    ("orthanc/orthanc-1.10.1-trace.log", Format::Orthanc),
    ("orthanc/orthanc-1.12.7-default.log", Format::Orthanc),
    ("orthanc/orthanc-1.12.7-verbose.log", Format::Orthanc),
    ("orthanc/orthanc-1.12.7-trace.log", Format::Orthanc),
    ("linux/orthanc.log", Format::Orthanc),
    ("dcmtk/dcmqrscp-file.log", Format::Dcmtk),
    ("dcmtk/storescp-v.log", Format::Dcmtk),
    ("samba-ad/samba-stdout.log", Format::SambaJson),
];

/// The least detailed level at which each rule found anything in genuine logs, each rule on its own.
fn least_levels(engine: &mut Engine) -> BTreeMap<RuleId, LogLevel> {
    let mut least: BTreeMap<RuleId, LogLevel> = BTreeMap::new();
    for (name, format) in LEVELLED {
        let mut decoder = Decoder::new(format, jiff::tz::TimeZone::UTC, None);
        for line in sample(name).lines() {
            let Decoded::Event(event) = decoder.decode(Timestamp::UNIX_EPOCH, line) else { continue };
            let Some(level) = level_of(&event) else { continue };
            for found in engine.step(Realm::Live, &event) {
                let known = least.entry(found.rule.id.clone()).or_insert(level);
                *known = level.min(*known);
            }
        }
    }
    least
}

#[test]
fn shipped_rules_need_the_level_at_which_genuine_logs_show_what_they_look_for() {
    let read = |file: &crate::check::RuleFile| sigma::read(&file.source, &file.id, &mut Vec::new());
    // Without the correlations over them, rules match on their own.
    let single = |document: &sigma::Document| !document.rule.logsources.is_empty();
    let documents = builtin_rules().iter().flat_map(read).filter(single).collect();
    let mut engine = Engine::compile(documents, &mut Vec::new());
    let least = least_levels(&mut engine);
    for rule in engine.rules() {
        let more = least.get(&rule.id).copied().filter(|level| *level > LogLevel::Notice);
        if least.contains_key(&rule.id) || rule.log_level.is_some() {
            assert_eq!(rule.log_level, more, "{}: genuine lines are of {:?} on", rule.id, least.get(&rule.id));
        }
    }
    assert!(least.len() >= 15, "{least:#?}");
}
