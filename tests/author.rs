//! What the author of rules and the officer who trusts them meet on the command line: why a rule matched, which rules
//! can match at all, what they cover, and a scan whose finds are kept.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const ACCESS: &str = "\
192.0.2.7 - alice [21/Nov/2026:19:28:23 +0000] \"GET /studies/1/archive HTTP/1.1\" 200 183 \"-\" \"curl/8\"
192.0.2.8 - bob [21/Nov/2026:19:28:24 +0000] \"GET /studies/2/archive HTTP/1.1\" 404 183 \"-\" \"curl/8\"
10.20.1.1 - - [21/Nov/2026:19:28:25 +0000] \"GET /studies/3/archive HTTP/1.1\" 200 183 \"-\" \"curl/8\"
192.0.2.9 - - [21/Nov/2026:19:28:26 +0000] \"GET /login?password=hunter2&nir=1 HTTP/1.1\" 401 12 \"-\" \"curl/8\"
";

const EXPORT: &str = "\
title: Whole study downloaded from the portal
name: export
id: 6d5c5f6e-5b5c-4a55-8f0a-3a1f8d1c0a11
author: A. Ferrand
references: [https://portal.example/archive]
tags: [attack.exfiltration, attack.t1048]
level: low
logsource: {category: webserver}
detection:
  download:
    cs-method: GET
    cs-uri-stem|endswith: [/archive, /media]
    sc-status|lt: 400
  backup:
    c-ip|cidr: 10.20.0.0/16
  condition: download and not backup
vigie:
  subject: [c-ip]
  needs: the access log
  fr: {title: \"Étude téléchargée depuis le portail\", needs: \"le journal d'accès\"}
";

const BURST: &str = "\
title: One download
name: one_download
logsource: {category: webserver}
detection:
  download: {cs-uri-stem|endswith: /archive}
  condition: download
---
title: Many downloads
level: high
correlation: {type: event_count, rules: [one_download], timespan: 10m, condition: {gte: 5}}
";

const FILTER: &str = "\
title: Our research may
logsource: {category: webserver}
filter:
  rules: [export]
  research: {cs-username: alice}
  condition: not research
";

const SITE: &str = "\
site: {name: Essai, language: fr, zone: UTC}
rules: [rules]
sources:
  portail: {follow: portail.log, format: combined}
  autre: {follow: autre.log, format: orthanc}
channels: {papier: {folder: papier}}
";

const CHAINS: &str = "chains: {c: {levels: [low, medium, high, critical], steps: [{notify: rssi, by: papier, answer_within: 10m}], nobody_answers: {rounds: 2, leave_in: papier}}}\n";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").env("LC_ALL", "en_US.UTF-8").stdin(Stdio::null());
    command
}

/// Runs vigie in `folder`: how it ended, what it said, what it said beside.
fn vigie(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command(folder, arguments).output().expect("vigie runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("vigie prints UTF-8");
    let (out, error) = (text(stdout), text(stderr));
    assert!(!error.contains("panicked"), "vigie {arguments:?}\n{error}");
    (status.code().expect("vigie ends by itself"), out, error)
}

/// A folder with rules of a portal and an access log.
fn portal() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&folder, "rules/portal/export.yml", EXPORT);
    write(&folder, "rules/portal/burst.yml", BURST);
    write(&folder, "access.log", ACCESS);
    folder
}

fn write(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn explain(folder: &TempDir, arguments: &[&str]) -> (i32, String) {
    let all = [&["scan", "--rules", "rules", "access.log", "--explain"], arguments].concat();
    let (code, out, error) = vigie(folder.path(), &all);
    (code, out + &error)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn an_author_is_told_item_by_item_why_a_rule_matched_or_not() {
    let folder = portal();
    let (code, said) = explain(&folder, &["portal.export"]);
    assert_eq!(code, 0, "{said}");
    for words in [
        "matches of the rule: 1",
        "1 of 4 events match",
        "line 1, 2026-11-21 19:28:23Z: matches",
        "condition (rules/portal/export.yml:16): download and not backup",
        "✓ cs-uri-stem|endswith: /archive, /media",
        "the event has \"/studies/1/archive\"",
        "line 2, 2026-11-21 19:28:24Z: does not match, short of 1 selection(s) and 1 item(s)",
        "✗ download: false, should be true",
        "✗ sc-status|lt: 400",
        "the event has \"404\"",
        "✓ backup: true, should be false",
    ] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    for name in ["export", "6d5c5f6e-5b5c-4a55-8f0a-3a1f8d1c0a11"] {
        assert_eq!(explain(&folder, &[name]).1, said, "a rule is meant by {name} too");
    }
    let (_, french) = explain(&folder, &["portal.export", "--language", "fr"]);
    for words in ["Étude téléchargée", "correspond", "fausse, il la faudrait vraie", "l'événement a «\u{a0}404\u{a0}»"]
    {
        assert!(french.contains(words), "{words} is not in\n{french}");
    }
    let (code, said) = explain(&folder, &["portal.exprot"]);
    assert!(code == 2 && said.contains("portal.export"), "{said}");
}

#[test]
fn one_line_is_explained_and_never_what_is_private() {
    let folder = portal();
    let (code, said) = explain(&folder, &["portal.export", "--line", "4", "--json"]);
    assert_eq!(code, 0, "{said}");
    let answer = json(&said);
    let explained = answer["rules"][0]["explained"].as_array().expect("a list");
    assert_eq!((explained.len(), &explained[0]["line"], &explained[0]["matches"]), (1, &4.into(), &false.into()));
    let selection = &explained[0]["conditions"][0]["selections"][0];
    assert_eq!(
        (&selection["name"], &selection["holds"], &selection["to_blame"]),
        (&"download".into(), &false.into(), &true.into())
    );
    assert_eq!(answer["logs"]["{category: webserver}"], 4);
    assert_eq!(answer["lines"], 4, "nothing behind the line is read");
    let (_, human) = explain(&folder, &["portal.export", "--line", "4"]);
    for text in [&said, &human] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    let (_, said) = explain(&folder, &["portal.export", "--line", "40"]);
    assert!(said.contains("the file has no line 40"), "{said}");
    assert_eq!(vigie(folder.path(), &["scan", "access.log", "--line", "1"]).0, 0, "how it was understood");
    assert_eq!(vigie(folder.path(), &["scan", "access.log", "--explain", "x", "--line", "0"]).0, 2);
}

#[test]
fn a_log_of_another_kind_a_correlation_and_a_missing_list_are_explained() {
    let folder = portal();
    write(
        &folder,
        "rules/portal/windows.yml",
        "title: w\nlevel: low\nlogsource: {product: windows}\ndetection: {s: {a: 1}, condition: s}\n",
    );
    let (_, said) = explain(&folder, &["portal.windows"]);
    for words in ["no event has the log source {product: windows}", "the file has: {category: webserver}, 4 events"] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    let (_, said) = explain(&folder, &["portal.windows", "--line", "1"]);
    assert!(said.contains("the rule looks at {product: windows}: it does not see it"), "{said}");

    let (_, said) = explain(&folder, &["portal.burst"]);
    for words in [
        "portal.burst counts (event_count) portal.burst#one_download within 600 s, asks for gte 5",
        "✗ all: at most 3",
        "portal.burst#one_download, for the logs {category: webserver}: 3 of 4 events match",
    ] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }

    write(
        &folder,
        "rules/portal/lists.yml",
        "title: l\nlevel: low\nlogsource: {category: webserver}\ndetection: {s: {a|expand: '%staff%'}, condition: s}\n",
    );
    let (_, said) = explain(&folder, &["portal.lists"]);
    assert!(said.contains("not armed and matches nothing: there is no list `staff`"), "{said}");
}

#[test]
fn the_rules_of_a_site_are_listed_with_what_they_need() {
    let folder = portal();
    write(
        &folder,
        "rules/portal/export.test.yml",
        "cases:\n  - {name: {en: x, fr: x}, format: combined, lines: a, hits: 0}\n",
    );
    write(
        &folder,
        "rules/portal/windows.yml",
        "title: w\nlevel: low\nlogsource: {product: windows, service: sysmon}\ndetection: {s: {a: 1}, condition: s}\n",
    );
    write(&folder, "vigie.yaml", SITE);
    write(&folder, "people.yaml", "people: {rssi: {name: A}}\n");
    write(&folder, "chains.yaml", CHAINS);

    let (code, out, error) = vigie(folder.path(), &["rules", "list", "--site", ".", "--json"]);
    assert_eq!(code, 0, "{error}");
    let rows = json(&out);
    let row = |name: &str| {
        rows.as_array().unwrap().iter().find(|row| row["rule"] == name).unwrap_or_else(|| panic!("{out}")).clone()
    };
    let export = row("portal.export");
    assert_eq!(
        (&export["armed"], &export["tested"], &export["author"]),
        (&true.into(), &true.into(), &"A. Ferrand".into())
    );
    assert_eq!(export["needs"]["fr"], "le journal d'accès");
    let windows = row("portal.windows");
    assert_eq!((&windows["armed"], &windows["tested"]), (&false.into(), &false.into()));
    let reason = "no source of the site can say {product: windows, service: sysmon}";
    assert_eq!(windows["why"]["en"], reason);

    let (code, out, _) = vigie(folder.path(), &["rules", "coverage"]);
    assert_eq!(code, 0);
    for words in [
        "2 of 3 rules armed",
        "no rule looks at it",
        reason,
        "exfiltration",
        "T1048",
        "portal.burst, portal.windows",
        "the access log: portal.export",
    ] {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
    let (_, out, _) = vigie(folder.path(), &["rules", "coverage", "--language", "fr"]);
    for words in ["aucune règle ne la regarde", "aucune source du site ne peut dire", "le journal d'accès"] {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
    let (_, out, _) = vigie(folder.path(), &["rules", "coverage", "--json"]);
    assert_eq!(json(&out)["techniques"]["T1048"]["armed"], 1);
    let (code, out, _) = vigie(folder.path(), &["check"]);
    assert!(code == 0 && out.contains(&format!("not armed, {reason}: portal.windows")), "{out}");
}

#[test]
fn the_shipped_rules_are_listed_and_each_says_in_french_what_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = vigie(folder.path(), &["rules", "list", "--json"]);
    let rows = json(&out);
    let rows = rows.as_array().expect("a list");
    assert!(code == 0 && rows.len() >= 18, "{out}");
    for row in rows {
        assert!(row["needs"].is_null() || row["needs"]["fr"].is_string() && row["needs"]["en"].is_string(), "{row}");
        assert_eq!((&row["tested"], &row["armed"]), (&true.into(), &true.into()), "{row}");
    }
    let (_, out, error) = vigie(folder.path(), &["rules", "list", "--language", "fr"]);
    assert!(out.starts_with("règle") && error.contains("armées"), "{out}{error}");
    assert_eq!(vigie(folder.path(), &["rules", "list", "no/such"]).0, 1);
    assert_eq!(vigie(folder.path(), &["rules", "coverage", "no/such"]).0, 1);
    assert_eq!(vigie(folder.path(), &["rules", "coverage", "--site", "."]).0, 1, "this is no site");
    let (code, out, _) = vigie(folder.path(), &["rules", "coverage"]);
    assert!(code == 0 && out.starts_with(&format!("{} rules\n", rows.len())), "{out}");
}

/// A site with a rule of its own, which needs a list and a pipeline, and the test of that rule.
fn staff() -> TempDir {
    let folder = portal();
    write(
        &folder,
        "rules/portal/staff.yml",
        "title: Somebody of the staff\nlevel: low\ntags: [attack.t1078]\nlogsource: {category: webserver}\n\
         detection: {s: {User|expand: '%staff%'}, condition: s}\n\
         vigie: {needs: the access log, fr: {title: Personnel, needs: \"le journal d'accès\"}}\n",
    );
    write(
        &folder,
        "rules/portal/staff.test.yml",
        "cases:\n  - {name: {en: x, fr: x}, format: combined, file: ../../access.log, hits: 1}\n",
    );
    write(
        &folder,
        "pipelines/names.yml",
        "name: names\ntransformations: [{type: field_name_mapping, mapping: {User: cs-username}}]\n",
    );
    write(&folder, "vigie.yaml", &format!("{SITE}pipelines: [pipelines/names.yml]\nlists: {{staff: [alice]}}\n"));
    write(&folder, "people.yaml", "people: {rssi: {name: A}}\n");
    write(&folder, "chains.yaml", CHAINS);
    folder
}

#[test]
fn rules_are_listed_and_covered_by_the_same_words() {
    let folder = staff();
    let staff = |arguments: &[&str]| {
        let (code, out, error) = vigie(folder.path(), &[arguments, &["--json"]].concat());
        (code, if out.is_empty() { Value::Null } else { json(&out) }, error)
    };
    let list = |arguments: &[&str]| {
        let (code, rows, error) = staff(&[&["rules", "list"], arguments].concat());
        assert_eq!(code, 0, "{arguments:?} {error}");
        let row = rows.as_array().unwrap().iter().find(|row| row["rule"] == "portal.staff").cloned();
        (rows.as_array().unwrap().len(), row.map(|row| row["armed"].as_bool().unwrap()))
    };
    let cover = |arguments: &[&str]| {
        let (code, coverage, error) = staff(&[&["rules", "coverage"], arguments].concat());
        assert_eq!(code, 0, "{arguments:?} {error}");
        coverage
    };
    // Three rules at the site; its list arms the one that waits for it, wherever the rule comes from.
    for (arguments, count, armed) in [
        (&[][..], 3, Some(true)),
        (&["--site", "."], 3, Some(true)),
        (&["rules"], 3, Some(false)),
        (&["rules/portal/staff.yml"], 1, Some(false)),
        (&["rules/portal/staff.yml", "--site", "."], 1, Some(true)),
        (&["rules/portal/export.yml", "rules/portal/burst.yml", "--site", "."], 2, None),
    ] {
        assert_eq!(list(arguments), (count, armed), "{arguments:?}");
        let coverage = cover(arguments);
        assert_eq!(coverage["rules"], count, "{arguments:?}");
        let away = coverage["not_armed"].as_array().unwrap().len();
        assert_eq!(away, usize::from(armed == Some(false)), "{arguments:?} {coverage}");
        let site = arguments.is_empty() || arguments.contains(&"--site");
        assert_eq!(coverage["sources"].is_array(), site, "{arguments:?}");
    }
    let (code, out, _) = vigie(folder.path(), &["rules", "coverage", "rules"]);
    assert_eq!(code, 0);
    for words in [
        "3 rules, 1 of them not armed without a site",
        "there is no list `staff`",
        "T1078",
        "0 of 1, the others are not armed",
        "the access log: portal.export",
        "portal.burst, portal.export",
    ] {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
    assert!(!out.contains("Sources"), "nothing is known of sources: {out}");
    let (_, out, _) = vigie(folder.path(), &["rules", "coverage", "rules", "--language", "fr"]);
    assert!(out.starts_with("3 règles, dont 1 non armées sans un site"), "{out}");
    // A rule with a mistake is left out of both, and said.
    write(&folder, "rules/portal/broken.yml", "title: x\nlevel: low\nlogsource: {product: p}\ndetection: {}\n");
    for words in [
        &["list"][..],
        &["list", "rules"],
        &["coverage"],
        &["coverage", "rules"],
        &["coverage", "rules", "--site", "."],
    ] {
        let (code, _, error) = vigie(folder.path(), &[&["rules"], words].concat());
        assert!(code == 1 && error.contains("broken.yml"), "{words:?} {error}");
    }
}

#[test]
fn rules_are_tested_as_they_would_run_at_a_site() {
    let folder = staff();
    fs::remove_file(folder.path().join("rules/portal/export.yml")).unwrap();
    fs::remove_file(folder.path().join("rules/portal/burst.yml")).unwrap();
    let (code, out, error) = vigie(folder.path(), &["test", "rules"]);
    assert!(code == 1 && out.contains("0 passed, 1 failed") && error.contains("no list"), "{out}{error}");
    let (code, out, error) = vigie(folder.path(), &["test", "rules", "--site", "."]);
    assert!(code == 0 && out.contains("1 passed, 0 failed") && !error.contains("list"), "{out}{error}");
    // In the zone of the site: four in the morning in UTC is five in Paris.
    write(
        &folder,
        "rules/portal/early.yml",
        "title: Early\nlevel: low\nlogsource: {category: webserver}\n\
         detection: {s: {at|hour: 5}, condition: s}\nvigie: {fr: {title: Tôt}}\n",
    );
    write(
        &folder,
        "rules/portal/early.test.yml",
        "cases:\n  - {name: {en: x, fr: x}, format: json, hits: 1, lines: '{\"product\": \"p\", \"category\": \"webserver\", \"at\": \
         \"2026-11-21T04:00:00Z\"}'}\n",
    );
    let site = fs::read_to_string(folder.path().join("vigie.yaml")).unwrap();
    write(&folder, "vigie.yaml", &site.replace("zone: UTC", "zone: Europe/Paris"));
    let early = ["test", "rules/portal/early.yml"];
    assert_eq!(vigie(folder.path(), &early).0, 1);
    let (code, out, error) = vigie(folder.path(), &[&early[..], &["--site", "."]].concat());
    assert_eq!(code, 0, "{out}{error}");
    // A site with mistakes is no site to test at.
    write(&folder, "vigie.yaml", &site.replace("names.yml", "nmaes.yml"));
    let (code, out, error) = vigie(folder.path(), &["test", "rules", "--site", "."]);
    assert!(code == 1 && out.is_empty() && error.contains("V112"), "{out}{error}");
}

#[test]
fn a_file_of_filters_needs_no_test_of_its_own() {
    let folder = portal();
    fs::remove_file(folder.path().join("rules/portal/burst.yml")).unwrap();
    write(&folder, "rules/portal/our_filter.yml", FILTER);
    let case = |hits: usize| {
        format!(
            "cases:\n  - name: {{en: x, fr: x}}\n    format: combined\n    file: ../../access.log\n    hits: {hits}\n"
        )
    };
    write(&folder, "rules/portal/export.test.yml", &case(0));
    let (code, out, error) = vigie(folder.path(), &["test", "rules"]);
    assert_eq!((code, error.as_str()), (0, ""), "{out}");
    fs::remove_file(folder.path().join("rules/portal/export.test.yml")).unwrap();
    let (code, _, error) = vigie(folder.path(), &["test", "rules"]);
    assert!(code == 1 && error.contains("export.test.yml") && !error.contains("our_filter.test.yml"), "{error}");
}

#[test]
fn a_running_daemon_says_which_rules_are_not_armed() {
    let folder = portal();
    write(
        &folder,
        "rules/portal/windows.yml",
        "title: w\nlevel: low\nlogsource: {product: windows}\ndetection: {s: {a: 1}, condition: s}\n",
    );
    write(&folder, "vigie.yaml", SITE);
    write(&folder, "people.yaml", "people: {rssi: {name: A}}\n");
    write(&folder, "chains.yaml", CHAINS);
    let mut daemon =
        command(folder.path(), &["run"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("vigie runs");
    let status = loop {
        let (code, out, error) = vigie(folder.path(), &["status"]);
        if code <= 1 || daemon.try_wait().expect("the daemon can be asked").is_some() {
            break (code, out + &error);
        }
        std::thread::yield_now();
    };
    daemon.kill().expect("the daemon can be stopped");
    daemon.wait().expect("the daemon ends");
    let words = "not armed, no source of the site can say {product: windows}: portal.windows";
    assert!(status.0 == 1 && status.1.contains(words), "{status:?}");
}

/// The alerts in a store, as JSON.
fn alerts(folder: &Path) -> Vec<Value> {
    let (code, out, error) = vigie(folder, &["alert", "list", "--state", "kept", "--json"]);
    assert_eq!(code, 0, "{error}");
    json(&out).as_array().expect("a list").clone()
}

fn hits(alerts: &[Value]) -> u64 {
    alerts.iter().map(|alert| alert["hits"].as_u64().expect("a number")).sum()
}

#[test]
fn a_scan_into_a_store_leaves_alerts_and_a_whole_ledger() {
    let folder = portal();
    write(&folder, "second.log", &ACCESS.replace("21/Nov", "22/Nov"));
    let keep =
        |files: &[&str]| vigie(folder.path(), &[&["scan", "--rules", "rules", "--store", "kept"], files].concat());
    let (code, out, error) = keep(&["access.log", "second.log"]);
    assert!(code == 1 && out.contains("access.log: 4 new lines read as combined, 1 hit"), "{out}{error}");
    assert!(error.contains("1 new alert: vigie alert list --state kept"), "{error}");
    let kept = alerts(folder.path());
    assert_eq!((kept.len(), hits(&kept)), (1, 2), "two hits about one address are one alert");
    assert_eq!((&kept[0]["chain"], &kept[0]["source"]), (&Value::Null, &"access.log".into()));

    let (_, out, _) = vigie(folder.path(), &["alert", "show", "A1", "--state", "kept"]);
    for words in
        ["rule portal.export, written by A. Ferrand", "see https://portal.example/archive", "c-ip=192.0.2.7", "×2"]
    {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
    let (code, out, _) = vigie(folder.path(), &["ledger", "verify", "--state", "kept"]);
    assert!(code == 0 && out.contains("the ledger is whole: 3 entries"), "{out}");

    // Again: nothing. Grown: only what is new. Renamed: still known.
    let (code, out, _) = keep(&["access.log"]);
    assert!(code == 0 && out.contains("nothing new"), "{out}");
    write(&folder, "access.log", &format!("{ACCESS}{}", ACCESS.replace("192.0.2.7", "192.0.2.70")));
    let (_, out, _) = keep(&["access.log"]);
    assert!(
        out.contains("4 new lines read as combined, 4 known from before, 2 hits"),
        "the burst is complete now: {out}"
    );
    fs::rename(folder.path().join("access.log"), folder.path().join("access.log.1")).unwrap();
    assert!(keep(&["access.log.1"]).1.contains("nothing new"));
    let kept = alerts(folder.path());
    assert_eq!(
        (kept.len(), hits(&kept)),
        (2, 9),
        "of a burst its events are counted, and what came within the hour is one alert"
    );

    let (code, _, error) = vigie(folder.path(), &["alert", "list", "--state", "nowhere"]);
    assert!(code == 3 && error.contains("no store"), "{error}");
    fs::create_dir(folder.path().join("daemon")).unwrap();
    fs::write(folder.path().join("daemon/key"), "k").unwrap();
    let (code, _, error) = vigie(folder.path(), &["scan", "access.log.1", "--store", "daemon"]);
    assert!(code == 3 && error.contains("state folder of a site"), "{error}");
}

#[test]
fn a_scan_that_is_killed_loses_and_doubles_nothing() {
    const LINES: u64 = 30_000;
    let folder = portal();
    let line = |number: u64| {
        format!(
            "192.0.{}.{} - - [21/Nov/2026:{:02}:{:02}:{:02} +0000] \"GET /studies/{number}/archive HTTP/1.1\" 200 1 \"-\" \"-\"\n",
            number / 200 % 3,
            number % 200,
            number / 3600 % 24,
            number / 60 % 60,
            number % 60
        )
    };
    write(&folder, "access.log", &(0..LINES).map(line).collect::<String>());
    let arguments = ["scan", "--rules", "rules/portal/export.yml", "--store", "kept", "--threads", "4", "access.log"];
    let mut scan = command(folder.path(), &arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // As soon as something is kept, and long before all is.
    let store = folder.path().join("kept");
    let kept = loop {
        let entries =
            vigie::store::Store::read(&store).and_then(|store| store.entries(1)).map_or(0, |entries| entries.len());
        if entries > 0 || scan.try_wait().unwrap().is_some() {
            break entries;
        }
        std::thread::yield_now();
    };
    scan.kill().unwrap();
    scan.wait().unwrap();
    let before = hits(&alerts(folder.path()));
    assert!(kept > 0 && before < LINES, "it was killed in the middle: {before}");
    assert_eq!(vigie(folder.path(), &["ledger", "verify", "--state", "kept"]).0, 0);

    let (_, out, error) = vigie(folder.path(), &arguments);
    assert!(out.contains(&format!("{before} known from before")), "{before}: {out}{error}");
    assert_eq!(hits(&alerts(folder.path())), LINES);
    assert_eq!(vigie(folder.path(), &["ledger", "verify", "--state", "kept"]).0, 0);
    assert!(vigie(folder.path(), &arguments).1.contains("nothing new"));

    // The same in one go, on one thread, ends with the same alerts.
    let whole = ["scan", "--rules", "rules/portal/export.yml", "--store", "whole", "--threads", "1", "access.log"];
    let (_, _, _) = vigie(folder.path(), &whole);
    let (_, out, _) = vigie(folder.path(), &["alert", "list", "--state", "whole", "--json"]);
    let whole = json(&out);
    let shape = |alert: &Value| (alert["subject"].clone(), alert["hits"].clone(), alert["others"].clone());
    assert_eq!(
        alerts(folder.path()).iter().map(shape).collect::<Vec<_>>(),
        whole.as_array().unwrap().iter().map(shape).collect::<Vec<_>>()
    );
}

#[test]
fn the_commands_explain_themselves() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["rules"][..], &["rules", "list"], &["rules", "coverage"], &["scan"]] {
        let (code, out, error) = vigie(folder.path(), &[arguments, &["--help"]].concat());
        assert_eq!((code, error.as_str()), (0, ""), "{arguments:?}");
        assert!(out.contains("Usage: vigie") && (arguments == ["rules"] || out.contains("--language")), "{out}");
    }
}
