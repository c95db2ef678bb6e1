//! The command line as people and scripts meet it: what each command says, how it ends, and that nothing typed or
//! written makes it stumble.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const COMMANDS: [&[&str]; 43] = [
    &[],
    &["demo"],
    &["run"],
    &["status"],
    &["reload"],
    &["check"],
    &["test"],
    &["scan"],
    &["alert"],
    &["alert", "list"],
    &["alert", "show"],
    &["alert", "ack"],
    &["alert", "escalate"],
    &["alert", "resolve"],
    &["alert", "raise"],
    &["silence"],
    &["silence", "add"],
    &["silence", "list"],
    &["silence", "end"],
    &["duty"],
    &["duty", "list"],
    &["duty", "draft"],
    &["duty", "done"],
    &["drill"],
    &["drill", "list"],
    &["drill", "rehearse"],
    &["drill", "start"],
    &["drill", "status"],
    &["drill", "fire"],
    &["drill", "skip"],
    &["drill", "called"],
    &["drill", "observe"],
    &["drill", "decide"],
    &["drill", "note"],
    &["drill", "pause"],
    &["drill", "resume"],
    &["drill", "stop"],
    &["drill", "report"],
    &["ledger"],
    &["ledger", "show"],
    &["ledger", "verify"],
    &["schema"],
    &["formats"],
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    command.env("LC_ALL", "en_US.UTF-8");
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// Runs vigie in `folder`: how it ended, what it said, what it said beside. It never stumbles.
fn vigie(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command(folder, arguments).output().expect("vigie runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("vigie prints UTF-8");
    let (out, error) = (text(stdout), text(stderr));
    assert!(!error.contains("panicked"), "vigie {arguments:?}\n{error}");
    let code = status.code().unwrap_or_else(|| panic!("vigie {arguments:?} was killed"));
    (code, out, error)
}

/// A fresh copy of the example hospital.
fn hospital() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["vigie.yaml", "people.yaml", "chains.yaml"] {
        fs::copy(root().join("examples/valmont").join(name), folder.path().join(name)).expect("the example is there");
    }
    fs::create_dir(folder.path().join("logs")).expect("a folder can be made");
    for log in ["Orthanc.log", "fichiers.log", "annuaire.log", "portail.log", "leurre.log"] {
        fs::write(folder.path().join("logs").join(log), "").expect("a log can be made");
    }
    folder
}

#[test]
fn every_command_explains_itself() {
    for arguments in COMMANDS {
        let (code, out, error) = vigie(root(), &[arguments, &["--help"]].concat());
        assert_eq!((code, error.as_str()), (0, ""), "{arguments:?}");
        assert!(out.contains("Usage: vigie"), "{arguments:?}: {out}");
    }
    let (code, out, _) = vigie(root(), &["help", "drill", "start"]);
    assert_eq!(code, 0);
    assert!(out.contains("--pace"), "{out}");
    assert_eq!(
        vigie(root(), &["--version"]),
        (0, concat!("vigie ", env!("CARGO_PKG_VERSION"), "\n").to_owned(), String::new())
    );
}

#[test]
fn what_cannot_be_meant_is_refused_before_anything_happens() {
    let long = "x".repeat(201);
    for (arguments, words) in [
        (&[][..], "Usage"),
        (&["chekc"], "check"),
        (&["check", ""], "value is required"),
        (&["status", "--site", ""], "value is required"),
        (&["alert", "hand", "A1"], "--to"),
        (&["alert", "ack", "A-1", "--as", "rssi"], "such as A12"),
        (&["alert", "show", "A1x"], "such as A12"),
        (&["alert", "show", ""], "such as A12"),
        (&["alert", "raise", "", "--as", "rssi"], "in a few words"),
        (&["alert", "raise", " \t ", "--as", "rssi"], "in a few words"),
        (&["alert", "raise", &long, "--as", "rssi"], "at most 200 letters"),
        (&["alert", "raise", "x", "--as", "rssi", "--level", "grave"], "critical"),
        (&["drill", "note", "D1", "\u{7}", "--by", "rssi"], "in a few words"),
        (&["drill", "report", "1D"], "such as D1"),
        (&["drill", "start", "x", "--pace", "-1"], "Usage"),
        (&["drill", "rehearse"], "PLAYBOOKS"),
        (&["ledger", "verify", "--head", "abc"], "64 hexadecimal digits"),
        (&["ledger", "show", "--from", "99999999999999999999"], "too large"),
        (&["scan", "x.log", "--format", "foo"], "orthanc"),
        (&["scan", "x.log", "--zone", "Paris"], "Europe/Paris"),
        (&["schema", "house"], "playbook"),
    ] {
        let (code, out, error) = vigie(hospital().path(), arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {error}");
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
}

#[test]
fn a_fresh_copy_of_the_example_is_fine_and_says_what_is_in_it() {
    let hospital = hospital();
    let (code, out, error) = vigie(hospital.path(), &["check"]);
    assert_eq!((code, error.as_str()), (0, ""));
    for words in ["CH de Valmont", "5 sources", "6 people", "1 rota", "3 chains", "3 channels", "no problem found"] {
        assert!(out.contains(words), "{words} is not in {out}");
    }
    for path in ["vigie.yaml", "people.yaml", "chains.yaml"] {
        assert_eq!(vigie(hospital.path(), &["check", path]).1, out, "one file stands for its site: {path}");
    }
    let (code, out, _) = vigie(hospital.path(), &["drill", "list"]);
    assert!(code == 0 && out.contains("premier-exercice"), "{out}");
}

#[test]
fn a_folder_is_checked_and_tested_for_what_its_files_say() {
    let (code, out, error) = vigie(root(), &["check", "playbooks", "rules", "examples"]);
    // The example is no hospital of this machine.
    assert!(code == 0 && error.starts_with("warning[V116]: none of the 5 logs"), "{out}{error}");
    assert!(out.contains("a playbook of") && out.contains("rule files") && out.contains("CH de Valmont"), "{out}");
    let (code, out, error) = vigie(root(), &["test", "playbooks"]);
    assert_eq!((code, error.as_str()), (0, ""), "{out}");
    assert!(out.contains("expectations met") && out.contains(" 0 failed"), "{out}");
}

#[test]
fn what_is_not_there_is_said_once_with_what_to_do() {
    let (empty, hospital) = (tempfile::tempdir().unwrap(), hospital());
    for (folder, arguments, wanted, words) in [
        (&empty, &["check", "nowhere"][..], 1, "no file or folder of this name"),
        (&empty, &["check"], 1, "a site is a folder with"),
        (&empty, &["run"], 1, "a site is a folder with"),
        (&empty, &["test"], 1, "no file or folder of this name"),
        (&empty, &["status"], 3, "--site FOLDER"),
        (&empty, &["alert", "list"], 3, "--site FOLDER"),
        (&empty, &["scan", "nowhere.log"], 3, "cannot read nowhere.log"),
        (&empty, &["scan", "."], 3, "no log is in this folder"),
        (&hospital, &["status"], 4, "vigie run"),
        (&hospital, &["alert", "ack", "a1", "--as", "rssi"], 4, "vigie run"),
        (&hospital, &["alert", "list"], 3, "vigie run"),
        (&hospital, &["ledger", "verify"], 3, "vigie run"),
        (&hospital, &["drill", "report", "D1"], 3, "vigie run"),
        (&hospital, &["drill", "rehearse", "nowhere.yaml"], 1, "cannot be read"),
    ] {
        let (code, _, error) = vigie(folder.path(), arguments);
        assert_eq!(code, wanted, "{arguments:?}: {error}");
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
}

#[test]
fn json_is_json() {
    let hospital = hospital();
    let parsed = |arguments: &[&str]| -> serde_json::Value {
        let (_, out, error) = vigie(hospital.path(), arguments);
        serde_json::from_str(&out).unwrap_or_else(|why| panic!("{arguments:?}: {why}\n{out}\n{error}"))
    };
    assert_eq!(parsed(&["check", "--json"]), serde_json::json!([]));
    fs::write(hospital.path().join("people.yaml"), "people: {é: {nom: \"\\u001b\"}}\n").unwrap();
    let found = parsed(&["check", "--json"]);
    assert!(found.as_array().is_some_and(|found| found.len() > 1), "{found}");
    assert!(found[0]["line"].is_u64() && found[0]["code"].is_string(), "{found}");
    assert!(!parsed(&["check", "--json", "nowhere"])[0]["help"].is_null());

    let log = root().join("examples/valmont/genuine/Orthanc.log");
    let (code, out, _) = vigie(hospital.path(), &["scan", "--json", &log.display().to_string()]);
    assert_eq!(code, 1, "something was found");
    assert!(out.lines().count() > 3, "{out}");
    for line in out.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).expect("each line is a hit");
        assert!(hit["rule"].is_string() && hit["title"]["fr"].is_string(), "{hit}");
        // Whoever looks for the line finds it by its number and by its place.
        let text = fs::read_to_string(&log).unwrap();
        let (number, offset) = (hit["number"].as_u64().unwrap(), hit["offset"].as_u64().unwrap());
        let line = text.lines().nth(usize::try_from(number).unwrap() - 1).unwrap();
        assert!(text[usize::try_from(offset).unwrap()..].starts_with(line), "{hit}");
        assert!(line.starts_with(&hit["line"].as_str().unwrap().trim_end_matches('…')[..20]), "{hit}");
    }
    let (_, out, _) = vigie(hospital.path(), &["scan", &log.display().to_string()]);
    assert!(out.lines().any(|row| row.starts_with("    ") && row.contains("Orthanc.log:")), "{out}");
}

#[test]
fn a_line_is_explained_without_a_rule() {
    let folder = tempfile::tempdir().unwrap();
    let line = r#"date=2026-11-21 time=20:28:22 devname="fw" devid="F" logid="0101039426" type="event" tz="+0100" action="ssl-login-fail" remip=203.0.113.9 user="eve" msg="password=hunter2x failed""#;
    let text = format!(
        "odd words\n{line}\n\nNov 21 19:28:22 srv sshd[1]: message repeated 5 times: [ Failed password for x from 203.0.113.9 port 5 ssh2]\n"
    );
    fs::write(folder.path().join("fw.log"), text).unwrap();
    let explain = |arguments: &[&str]| vigie(folder.path(), &[&["scan", "fw.log"], arguments].concat());
    for (arguments, code, words) in [
        (
            &["--line", "2"][..],
            0,
            &[
                "understood as kv",
                "product: fortigate, service: event",
                "src_ip: 203.0.113.9",
                "2026-11-21T19:28:22Z",
                "outcome: failure",
            ][..],
        ),
        (&["--explain", "2"], 0, &["line 2", "of which something is taken out", "password=[…] failed  ← taken out"]),
        (&["--line", "1"], 0, &["in no known format", "that of the file", "none: only rules for all logs"]),
        (&["--line", "3"], 0, &["nothing to say of its own"]),
        (&["--line", "4"], 0, &["counts as 5", "action: failed", "user: x"]),
        (&["--line", "9"], 3, &[]),
    ] {
        let (ended, out, error) = explain(arguments);
        assert_eq!(ended, code, "{arguments:?}: {out}{error}");
        assert!(words.iter().all(|words| out.contains(words)), "{arguments:?}: {out}{error}");
        assert!(!out.contains("hunter2x"), "{out}");
    }
    let (_, out, _) = explain(&["--line", "2", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((found["format"].as_str(), found["known"].as_bool()), (Some("kv"), Some(true)), "{found}");
    let (code, out, _) = vigie(folder.path(), &["formats", "kv"]);
    assert!(code == 0 && out.contains("FortiGate") && out.contains("src_ip"), "{out}");
    let (_, out, _) = vigie(folder.path(), &["formats"]);
    assert!(
        ["auto", "cef", "paloalto", "plain"].iter().all(|word| out.lines().any(|row| row.starts_with(word))),
        "{out}"
    );
}

/// A scan in which nothing was understood must not end as if nothing had been found.
#[test]
fn a_scan_that_understood_nothing_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("odd.log", &"(29512) Login incorrect: [test] (from client LAN port 0)\n".repeat(3));
    write("mixed.log", "(29512) Login incorrect\n10.0.0.1 - - [21/Nov/2026:19:28:23 +0000] \"GET / HTTP/1.1\" 200 1");
    write("broken.log", "{\"a\": \"b\"c\"}\n{\"a\" 1}\n");
    write("empty.log", "");
    for (arguments, wanted, words) in [
        (&["odd.log"][..], 3, "3 lines read as plain lines, in no known format, 0 hits"),
        (&["odd.log", "--format", "syslog"], 3, "nothing of it was understood"),
        (&["odd.log", "--logsource", "product=freeradius"], 0, "in no known format, 0 hits: no rule looks at this log"),
        (&["odd.log", "mixed.log"], 3, "2 lines read as combined, 1 in no known format, looked at as it stands"),
        (&["mixed.log"], 0, ", 0 hits"),
        (&["broken.log"], 3, "nothing of it was understood"),
        (&["broken.log", "--format", "json"], 3, "nothing of it was understood"),
        (&["empty.log"], 3, "empty, nothing was read"),
        (&["empty.log", "mixed.log"], 0, "empty, nothing was read"),
    ] {
        let (code, _, error) = vigie(folder.path(), &[&["scan"], arguments].concat());
        assert_eq!(code, wanted, "{arguments:?}: {error}");
        assert!(error.contains(words), "{arguments:?}: {error}");
        let store = format!("kept-{}", arguments.join("-"));
        let kept = [&["scan", "--store", &store], arguments].concat();
        let (code, out, error) = vigie(folder.path(), &kept);
        if arguments != ["empty.log"] {
            assert_eq!(code, wanted, "{kept:?}: {out}{error}");
        }
    }
}

/// The log of a program that vigie has no format for.
const APPLICATION: &str = "\
2026-11-21 19:28:20,001 INFO  [main] fr.valmont.dpi.Main - Démarrage
\tat fr.valmont.dpi.Main.main(Main.java:5)

2026-11-21 19:28:22,417 ERROR [exec-3] fr.valmont.dpi.Filter - Accès refusé, NIR 1 85 05 78 006 084 91, password=hunter2
";

const REFUSED: &str = "title: Refused\nlevel: high\nlogsource: {product: dpi, service: session}\n\
    detection: {keywords: ['accès refusé'], condition: keywords}\n\
    vigie: {subject: [message], fr: {title: Refus}}\n";

/// A rule of one's own for the Security log of Windows, and a log of each kind.
fn security_only() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("it can be written");
    let rule = "title: Log cleared\nid: 30e38671-2044-40c2-a549-975154a4ce3f\nlevel: low\ntags: [attack.t1685.005]\n\
                logsource: {product: windows, service: security}\n\
                detection: {cleared: {EventID: 1102, Missing: null}, condition: cleared}\n";
    fs::create_dir_all(folder.path().join("rules/own")).expect("it can be written");
    fs::write(folder.path().join("rules/own/cleared.yml"), rule).expect("it can be written");
    let event = |channel: &str| format!("{{\"Channel\":\"{channel}\",\"EventID\":1102,\"Computer\":\"DC1\"}}\n");
    fs::write(folder.path().join("security.json"), event("Security")).expect("it can be written");
    fs::write(folder.path().join("system.json"), event("System").repeat(3)).expect("it can be written");
    folder
}

/// S3 of issue 11.
#[test]
fn a_log_at_which_no_rule_looks_is_called_that() {
    let folder = security_only();
    let said = |file: &str| vigie(folder.path(), &["scan", file, "--rules", "rules"]).2;
    assert!(
        said("system.json").contains("3 lines read as json, 0 hits: no rule looks at this log"),
        "{}",
        said("system.json")
    );
    assert!(!said("security.json").contains("no rule"), "{}", said("security.json"));
}

/// S2 of issue 11.
#[test]
fn a_hit_is_tied_to_its_rule_and_to_its_line() {
    let folder = security_only();
    let (_, out, _) = vigie(folder.path(), &["scan", "security.json", "--rules", "rules", "--json"]);
    let hit: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    assert_eq!(hit["id"], "30e38671-2044-40c2-a549-975154a4ce3f");
    assert_eq!(hit["tags"], serde_json::json!(["attack.t1685.005"]));
    assert_eq!((&hit["file"], &hit["number"]), (&"security.json".into(), &1.into()));
    assert_eq!(hit["fields"]["EventID"], "1102");
}

#[test]
fn a_rule_is_found_by_the_last_part_of_its_name_and_a_missing_value_is_shown_as_null() {
    let folder = security_only();
    let (status, out, _) = vigie(folder.path(), &["scan", "security.json", "--rules", "rules", "--explain", "cleared"]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("Missing: null"), "{out}");
}

/// S12 of issue 11.
#[test]
fn an_explanation_says_which_word_was_found_and_which_field_may_be_meant() {
    let folder = tempfile::tempdir().unwrap();
    let rule = "title: t\nlevel: low\nlogsource: {product: edr}\ndetection:\n  words: [mimikatz, 'sekurlsa', lsass]\n  \
                source: {srcip: 203.0.113.9, other: null}\n  condition: words and source\n";
    fs::create_dir(folder.path().join("rules")).unwrap();
    fs::write(folder.path().join("rules/edr_words.yml"), rule).unwrap();
    let event = r#"{"data":{"srcip":"203.0.113.9"},"mimikatz":"sekurlsa::logonpasswords of LSASS"}"#;
    fs::write(folder.path().join("edr.json"), event).unwrap();
    let explain = |more: &[&str]| {
        let common = ["scan", "edr.json", "--rules", "rules", "--logsource", "product=edr", "--explain", "edr_words"];
        vigie(folder.path(), &[&common, more].concat())
    };
    let (_, out, error) = explain(&[]);
    for wanted in ["found: 'sekurlsa', lsass", "does not have this field; it has data.srcip", "other: null"] {
        assert!(out.contains(wanted), "{wanted}: {out}{error}");
    }
    let (_, out, _) = explain(&["--json"]);
    let why: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    let words = &why["rules"][0]["explained"][0]["conditions"][0]["selections"][0]["looks_for"]["item"];
    let fits: Vec<_> = words["values"].as_array().unwrap().iter().map(|value| value["fits"].as_bool()).collect();
    assert_eq!(fits, [Some(false), Some(true), Some(true)], "{why}");
}

#[test]
fn plain_lines_are_looked_through_and_nothing_private_of_them_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("dpi.log"), APPLICATION).unwrap();
    fs::write(folder.path().join("refused.yml"), REFUSED).unwrap();
    let scan = ["scan", "dpi.log", "--rules", "refused.yml", "--format", "plain"];
    let (code, out, error) = vigie(folder.path(), &scan);
    assert!(code == 0 && out.is_empty(), "nothing says that it is that log: {out}{error}");
    let said = ["--logsource", "product=dpi,service=session"];
    let scan = [&scan[..], &said].concat();
    let clean = |text: &str| !text.contains("hunter2") && !text.contains("084 91");
    for more in [&["--json"][..], &[], &["--threads", "1"], &["--explain", "refused"]] {
        let (_, out, error) = vigie(folder.path(), &[&scan[..], more].concat());
        assert!(
            out.contains("Accès refusé, NIR […], password=[…]") || more == ["--explain", "refused"],
            "{out}{error}"
        );
        assert!(out.contains("2026-11-21") && clean(&out) && clean(&error), "{more:?}: {out}{error}");
    }
    let (code, out, error) = vigie(folder.path(), &[&scan[..], &["--store", "kept", "--json"]].concat());
    assert!(
        code == 1 && out.contains("\"format\":\"plain\",\"lines\":4") && out.contains("\"hits\":1"),
        "{out}{error}"
    );
    let kept = fs::read_dir(folder.path().join("kept")).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
    let kept: Vec<u8> = kept.collect::<Vec<_>>().concat();
    let holds = |word: &str| kept.windows(word.len()).any(|part| part == word.as_bytes());
    assert!(holds("Accès refusé") && !holds("hunter2") && !holds("084 91"));
    for wrong in ["product", "product=", "host=x", ""] {
        let (code, _, error) = vigie(folder.path(), &["scan", "dpi.log", "--logsource", wrong]);
        assert_eq!(code, 2, "{wrong}: {error}");
    }
}

#[test]
fn a_test_says_what_kind_of_log_its_plain_lines_are() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("refused.yml"), REFUSED).unwrap();
    let test =
        "cases:\n  - name: {fr: x, en: x}\n    format: plain\n    LOGSOURCE\n    lines: Accès refusé\n    hits: 1\n";
    for (said, ends) in [("logsource: {product: dpi, service: session}", 0), ("logsource: {product: dpi}", 1)] {
        fs::write(folder.path().join("refused.test.yml"), test.replace("LOGSOURCE", said)).unwrap();
        let (code, out, error) = vigie(folder.path(), &["test", "refused.yml"]);
        assert_eq!(code, ends, "{said}: {out}{error}");
    }
}

#[test]
fn what_is_asked_answered_and_told_has_a_schema() {
    let (code, out, _) = vigie(root(), &["schema", "api"]);
    let schema: serde_json::Value = serde_json::from_str(&out).expect("a schema is JSON");
    assert_eq!(code, 0);
    for name in ["Command", "Query", "Refusal", "Status", "AlertFact", "Told"] {
        assert!(schema["$defs"][name].is_object(), "it has no {name}");
    }
}

#[test]
fn schemas_have_the_keys_of_the_files() {
    for (of, keys) in [
        ("site", &["site", "state", "rules", "playbooks", "sources", "channels", "drills"][..]),
        ("people", &["people", "rotas"]),
        ("chains", &["chains"]),
        ("playbook", &["playbook", "title", "duration", "objectives", "cells", "timeline", "cast"]),
        ("rule", &["title", "logsource", "detection", "level", "correlation"]),
        ("pipeline", &["name", "priority", "vars", "transformations"]),
    ] {
        let (code, out, _) = vigie(root(), &["schema", of]);
        let schema: serde_json::Value = serde_json::from_str(&out).expect("a schema is JSON");
        assert_eq!(code, 0);
        assert!(schema["$schema"].as_str().is_some_and(|name| name.contains("json-schema.org")), "{of}");
        for key in keys {
            assert!(schema["properties"][key].is_object(), "{of} has no {key}: {out}");
        }
    }
}

#[test]
fn whoever_stops_reading_is_no_mistake() {
    let mut child = command(root(), &["schema", "playbook"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("vigie runs");
    // Gone before the first word is read.
    drop(child.stdout.take());
    let mut error = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut error).expect("vigie prints UTF-8");
    assert_eq!((child.wait().expect("it ends").code(), error.as_str()), (Some(0), ""));
}

#[test]
fn broken_files_are_named_and_never_stumbled_over() {
    let nested = format!("people: {}", "[".repeat(5000));
    for (name, bytes, words) in [
        ("people.yaml", &b"people:\n\trssi: {name: x}\n"[..], "a tab stands where spaces belong"),
        ("people.yaml", b"people: {rssi: {name: \"x}}\n", "not valid YAML"),
        ("people.yaml", b"people: {}\npeople: {}\n", "`people` is written twice"),
        ("people.yaml", b"people: {}\n---\npeople: {}\n", "a second document begins here"),
        ("people.yaml", b"people: {rssi: {name: \"\xe9\"}}\n", "save the file as UTF-8"),
        ("people.yaml", b"\xff\xfep\0e\0", "save the file as UTF-8"),
        ("people.yaml", b"", "`people` is missing"),
        ("people.yaml", b"people: &a {rssi: *a}\n", "stands inside what it stands for"),
        ("people.yaml", b"people: {1: {name: x}, ~: {name: y}, [a]: {name: z}}\n", "put it in quotes"),
        ("people.yaml", nested.as_bytes(), "not valid YAML"),
        ("chains.yaml", b"chains: [1, 2]\n", "expected a map"),
        ("chains.yaml", b"chains: {a: {when: {level: low}, steps: []}}\n", "has no steps"),
        ("vigie.yaml", b"42\n", "expected a map"),
        ("vigie.yaml", b"site:\nsources:\nchannels:\n", "is missing"),
    ] {
        let hospital = hospital();
        fs::write(hospital.path().join(name), bytes).unwrap();
        let (code, _, error) = vigie(hospital.path(), &["check"]);
        assert_eq!(code, 1, "{words}: {error}");
        assert!(error.contains(words) && error.contains(name), "{words}: {error}");
    }
    let hospital = hospital();
    fs::remove_file(hospital.path().join("people.yaml")).unwrap();
    fs::create_dir(hospital.path().join("people.yaml")).unwrap();
    assert_eq!(vigie(hospital.path(), &["check"]).0, 1);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let hospital = hospital();
    for name in ["vigie.yaml", "people.yaml", "chains.yaml"] {
        let path = hospital.path().join(name);
        let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
        fs::write(path, format!("\u{feff}{text}")).unwrap();
    }
    assert_eq!(vigie(hospital.path(), &["check"]).0, 0);
}
