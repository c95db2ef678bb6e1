//! Rules, lists and people are changed while the daemon runs: no line and no window is lost, and nothing that is wrong is
//! taken up.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::hospital::{Hospital, wait};

/// Ten exports by one address within a day are one alert.
const BURST: &str = "title: Export\nname: one_export\nlogsource: {category: webserver}\n\
    detection: {s: {cs-uri-stem|startswith: /export}, condition: s}\n---\ntitle: Many exports\nlevel: low\n\
    correlation: {type: event_count, rules: [one_export], group-by: [c-ip], timespan: 1d, condition: {gte: 10}}\n\
    vigie: {fr: {title: \"Beaucoup d'exports\"}}\n";

/// One line is enough.
const TOUCHED: &str = "title: Touched\nlevel: low\nlogsource: {category: webserver}\n\
    detection: {s: {cs-uri-stem|startswith: /PATH}, condition: s}\n\
    vigie: {subject: [c-ip], fr: {title: \"Touché\"}}\n";

/// A hospital with a folder of rules of its own.
fn hospital() -> Hospital {
    let hospital = Hospital::new();
    hospital.edit("vigie.yaml", "rules: [\"builtin:health\"]", "rules: [\"builtin:health\", rules]");
    std::fs::create_dir_all(hospital.path("rules/own")).unwrap();
    write(&hospital, "burst", BURST);
    hospital
}

fn write(hospital: &Hospital, rule: &str, text: &str) {
    std::fs::write(hospital.path(&format!("rules/own/{rule}.yml")), text).unwrap();
}

/// So many requests for `path`, with numbers from `first` on.
fn requests(path: &str, first: usize, count: usize) -> Vec<u8> {
    let mut text = String::new();
    for number in first..first + count {
        writeln!(
            text,
            "192.0.2.7 - - [05/Jan/2026:19:28:{:02} +0000] \"GET /{path}/{number} HTTP/1.1\" 200 183 \"-\" \"curl/8\"",
            number % 60
        )
        .unwrap();
    }
    text.into_bytes()
}

/// How many lines of the portal's log were read.
fn read(hospital: &Hospital) -> u64 {
    let status = hospital.json(&["status", "--json"]);
    let portal = status["sources"].as_array().unwrap().iter().find(|source| source["name"] == "portail").cloned();
    portal.unwrap()["lines"].as_u64().unwrap()
}

fn wait_for_lines(hospital: &Hospital, lines: u64) {
    wait("the lines", || (read(hospital) == lines).then_some(()));
}

/// How often the rule matched, and in how many alerts.
fn hits(hospital: &Hospital, rule: &str) -> (usize, u64) {
    let alerts = hospital.json(&["alert", "list", "--all", "--json"]);
    let of_rule: Vec<u64> = alerts
        .as_array()
        .unwrap()
        .iter()
        .filter(|alert| alert["rule"] == rule)
        .map(|alert| alert["hits"].as_u64().unwrap())
        .collect();
    (of_rule.len(), of_rule.iter().sum())
}

fn reload(hospital: &Hospital) -> String {
    let (code, out, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 0, "{out}{error}");
    out
}

fn since(hospital: &Hospital) -> String {
    hospital.json(&["status", "--json"])["rules_since"].as_str().unwrap().to_owned()
}

#[test]
fn a_burst_half_before_and_half_after_a_reload_is_one_alert() {
    let mut hospital = hospital();
    hospital.start();
    let before = since(&hospital);
    hospital.append("portail.log", &requests("export", 0, 5));
    wait_for_lines(&hospital, 5);
    write(&hospital, "touched", &TOUCHED.replace("PATH", "new"));
    let out = reload(&hospital);
    assert!(out.contains("1 are new, 0 changed, 0 are gone; 1 of 1 windows go on"), "{out}");
    assert_ne!(since(&hospital), before, "status says since when");
    hospital.append("portail.log", &requests("export", 5, 4));
    wait_for_lines(&hospital, 9);
    assert_eq!(hits(&hospital, "own.burst"), (0, 0), "nine are not ten");
    hospital.append("portail.log", &requests("export", 9, 11));
    hospital.append("portail.log", &requests("new", 0, 1));
    wait("the new rule", || (hits(&hospital, "own.touched") == (1, 1)).then_some(()));
    assert_eq!(hits(&hospital, "own.burst"), (1, 20), "one alert of all its events");

    // Another one that changes: what it counts is another thing from now on.
    write(&hospital, "burst", &BURST.replace("[c-ip]", "[c-ip, cs-method]"));
    let out = reload(&hospital);
    assert!(out.contains("0 are new, 1 changed, 0 are gone; 0 of 1 windows go on"), "{out}");
    let entries = hospital.entries("rules.reloaded");
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[1]["body"]["seal"].as_str().unwrap().len(), 64);
    assert_ne!(entries[0]["body"]["seal"], entries[1]["body"]["seal"]);
    hospital.ledger_is_whole();
}

#[test]
fn no_line_is_lost_while_rules_are_reloaded_again_and_again() {
    const RELOADS: usize = 20;
    let mut hospital = hospital();
    write(&hospital, "touched", &TOUCHED.replace("PATH", "page"));
    hospital.start();
    let (over, mut written) = (AtomicBool::new(false), 0);
    std::thread::scope(|scope| {
        let (hospital, over) = (&hospital, &over);
        let writer = scope.spawn(move || {
            let mut written = 0;
            while !over.load(Ordering::Relaxed) {
                hospital.append("portail.log", &requests("page", written, 7));
                written += 7;
                std::thread::park_timeout(Duration::from_millis(2));
            }
            written
        });
        for number in 0..RELOADS {
            write(hospital, "other", &TOUCHED.replace("PATH", &format!("other{number}")));
            reload(hospital);
        }
        over.store(true, Ordering::Relaxed);
        written = writer.join().unwrap();
    });
    assert!(written > RELOADS, "{written}");
    let written = u64::try_from(written).unwrap();
    wait_for_lines(&hospital, written);
    wait("every hit", || (hits(&hospital, "own.touched") == (1, written)).then_some(()));
    assert_eq!(hospital.entries("rules.reloaded").len(), RELOADS);
    hospital.ledger_is_whole();
}

#[test]
fn files_with_mistakes_are_refused_and_the_old_rules_go_on() {
    let mut hospital = hospital();
    write(&hospital, "touched", &TOUCHED.replace("PATH", "page"));
    hospital.start();
    let before = since(&hospital);
    write(&hospital, "touched", &TOUCHED.replace("startswith", "startwith"));
    write(&hospital, "worse", "title: t\nlogsource: {product: p}\ndetection: {s: {a: 1}, condition: t}\n");
    let (code, out, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 1, "{out}{error}");
    assert!(error.contains("touched.yml:4:29: [V203]") && error.contains("worse.yml:3:35: [V208]"), "{error}");
    assert!(error.contains("the daemon goes on with what it had"), "{error}");
    std::fs::remove_file(hospital.path("rules/own/worse.yml")).unwrap();
    write(&hospital, "touched", &TOUCHED.replace("PATH", "other"));

    // What only a new start can take up is refused too, with everything that was changed besides.
    hospital.edit("vigie.yaml", "zone: Europe/Paris", "zone: Europe/Berlin");
    let (code, out, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 4, "{out}{error}");
    assert!(error.contains("`zone` of vigie.yaml changed, which needs a new start"), "{error}");
    hospital.append("portail.log", &requests("page", 0, 1));
    wait("the old rule", || (hits(&hospital, "own.touched") == (1, 1)).then_some(()));
    assert_eq!(since(&hospital), before);
    assert_eq!(hospital.entries("rules.refused").len(), 2);
    assert_eq!(hospital.entries("rules.reloaded").len(), 0);

    // Put right, it is taken up; a signal does the same as the command.
    hospital.edit("vigie.yaml", "zone: Europe/Berlin", "zone: Europe/Paris");
    hospital.hang_up();
    wait("the reload", || (hospital.entries("rules.reloaded").len() == 1).then_some(()));
    hospital.append("portail.log", &requests("other", 0, 1));
    wait("the new rule", || (hits(&hospital, "own.touched") == (1, 2)).then_some(()));
}

#[test]
fn lists_and_pipelines_are_taken_up() {
    let mut hospital = hospital();
    let rule = TOUCHED.replace("cs-uri-stem|startswith: /PATH", "Path|startswith|expand: '%paths%'");
    write(&hospital, "touched", &rule);
    hospital.start();
    std::fs::create_dir(hospital.path("pipelines")).unwrap();
    let pipeline = "name: ours\ntransformations: [{type: field_name_mapping, mapping: {Path: cs-uri-stem}}]\n";
    std::fs::write(hospital.path("pipelines/ours.yml"), pipeline).unwrap();
    hospital.edit(
        "vigie.yaml",
        "state: state",
        "state: state\nlists: {paths: [/secret]}\npipelines: [pipelines/ours.yml]",
    );
    let out = reload(&hospital);
    assert!(out.contains("2 are new"), "{out}");
    hospital.append("portail.log", &requests("secret", 0, 1));
    wait("the rule", || (hits(&hospital, "own.touched") == (1, 1)).then_some(()));
}

#[test]
fn people_are_taken_up_but_not_in_the_middle_of_an_exercise() {
    let mut hospital = hospital();
    hospital.start();
    let raise = |hospital: &Hospital| {
        let (code, out, error) =
            hospital.vigie(&["alert", "raise", "--level", "critical", "--as", "com", "Ecran noir partout"]);
        assert_eq!(code, 0, "{out}{error}");
    };
    let mailed = |hospital: &Hospital, to: &str| {
        wait("the mail", || hospital.mailbox.mails().iter().any(|mail| mail.to == to).then_some(()));
    };
    raise(&hospital);
    mailed(&hospital, "rssi@ch-valmont.example");
    hospital.edit("people.yaml", "rssi@ch-valmont.example", "nouvelle@ch-valmont.example");
    let out = reload(&hospital);
    assert!(out.contains("people and chains are taken up"), "{out}");
    raise(&hospital);
    mailed(&hospital, "nouvelle@ch-valmont.example");
    assert_eq!(hospital.json(&["status", "--json"])["open_alerts"], 2);

    let (code, out, error) = hospital.vigie(&["drill", "start", "premier-exercice"]);
    assert_eq!(code, 0, "{out}{error}");
    hospital.edit("people.yaml", "nouvelle@ch-valmont.example", "rssi@ch-valmont.example");
    let (code, _, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 4, "{error}");
    assert!(error.contains("while an exercise is running"), "{error}");
    hospital.edit("people.yaml", "rssi@ch-valmont.example", "nouvelle@ch-valmont.example");
    write(&hospital, "touched", &TOUCHED.replace("PATH", "page"));
    reload(&hospital);
    let status = hospital.json(&["status", "--json"]);
    assert_eq!(status["drills"][0]["playbook"], "premier-exercice", "the exercise goes on");
}

#[test]
fn an_open_alert_goes_on_by_the_chain_as_it_now_is() {
    let mut hospital = hospital();
    hospital.start();
    let (code, out, error) =
        hospital.vigie(&["alert", "raise", "--level", "critical", "--as", "com", "Ecran noir partout"]);
    assert_eq!(code, 0, "{out}{error}");
    let mailed = |to: &str| hospital.mailbox.mails().iter().any(|mail| mail.to == to);
    wait("the first mail", || mailed("rssi@ch-valmont.example").then_some(()));
    hospital.edit("chains.yaml", "cyber-majeur:", "cyber-grave:");
    hospital.edit("chains.yaml", "{notify: rssi,", "{notify: c-nunez,");
    reload(&hospital);
    wait("the mail by the new chain", || mailed("c.nunez@ch-valmont.example").then_some(()));
    let replaced = hospital.entries("chain.replaced");
    assert_eq!(replaced.len(), 1);
    assert_eq!(
        (&replaced[0]["body"]["from"], &replaced[0]["body"]["to"]),
        (&"cyber-majeur".into(), &"cyber-grave".into())
    );
    assert_eq!(hospital.json(&["status", "--json"])["open_alerts"], 1);
    hospital.ledger_is_whole();
}

#[test]
fn a_kill_during_or_right_after_a_reload_loses_no_window() {
    for moment in 0..6 {
        let mut hospital = hospital();
        hospital.start();
        hospital.append("portail.log", &requests("export", 0, 6));
        wait_for_lines(&hospital, 6);
        write(&hospital, "touched", &TOUCHED.replace("PATH", "page"));
        if moment == 0 {
            reload(&hospital);
        } else {
            let mut asker = Command::new(env!("CARGO_BIN_EXE_vigie"))
                .env("LC_ALL", "en_US.UTF-8")
                .args(["reload", "--site"])
                .arg(hospital.path(""))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::park_timeout(Duration::from_millis(moment * 30));
            hospital.kill();
            drop(asker.wait());
            hospital.start();
        }
        if moment == 0 {
            hospital.kill();
            hospital.start();
        }
        hospital.append("portail.log", &requests("export", 6, 6));
        hospital.append("portail.log", &requests("page", 0, 1));
        wait("the new rule", || (hits(&hospital, "own.touched") == (1, 1)).then_some(()));
        assert_eq!(hits(&hospital, "own.burst"), (1, 12), "moment {moment}");
        hospital.ledger_is_whole();
    }
}

#[test]
fn sources_that_come_go_or_change_are_taken_up_and_no_line_is_lost_or_doubled() {
    let mut hospital = hospital();
    write(&hospital, "touched", &TOUCHED.replace("PATH", "page"));
    hospital.start();
    hospital.append("portail.log", &requests("page", 0, 10));
    wait_for_lines(&hospital, 10);

    // Another pattern, which also names a new log: the old one goes on where it was.
    std::fs::write(hospital.path("logs/portail-2.log"), "").unwrap();
    hospital.edit("vigie.yaml", "logs/portail.log", "logs/portail*.log");
    hospital.edit(
        "vigie.yaml",
        "sources:\n",
        "sources:\n  neuf: {follow: logs/neuf.log, format: syslog, from: start}\n",
    );
    std::fs::write(hospital.path("logs/neuf.log"), "Nov 30 04:00:00 srv-fic01 app[1]: hello\n").unwrap();
    let (code, out, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 0, "{out}{error}");
    hospital.append("portail.log", &requests("page", 10, 10));
    wait("the new source", || (hospital.lines("neuf") == 1).then_some(()));
    hospital.append("portail-2.log", &requests("page", 20, 10));
    wait("every line of both", || (hits(&hospital, "own.touched").1 == 30).then_some(()));

    // One that is gone is read no more, and nothing is wrong with that.
    hospital.edit("vigie.yaml", "  neuf: {follow: logs/neuf.log, format: syslog, from: start}\n", "");
    let (code, out, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 0, "{out}{error}");
    wait("its end", || (!hospital.vigie(&["status"]).1.contains("neuf")).then_some(()));
    hospital.append("portail.log", &requests("page", 30, 10));
    wait("what comes then", || (hits(&hospital, "own.touched").1 == 40).then_some(()));
    hospital.kill();
    hospital.start();
    hospital.append("portail-2.log", &requests("page", 40, 10));
    wait("what comes after a start", || (hits(&hospital, "own.touched").1 == 50).then_some(()));
    assert!(hospital.entries("core.inconsistent").is_empty());
    hospital.ledger_is_whole();
}

/// A9 of issue 12: the override began before anybody wrote it down.
#[test]
fn an_override_that_is_written_late_takes_an_open_question_with_it() {
    let mut hospital = Hospital::new();
    hospital.start();
    let raised = hospital.vigie(&["alert", "raise", "écrans noirs", "--level", "high", "--as", "rssi"]);
    assert_eq!(raised.0, 0, "{}", raised.2);
    let asked = |person: &str| {
        let alerts = hospital.json(&["alert", "list", "--json"]);
        (alerts[0]["standing"]["asked"]["of"] == person).then_some(())
    };
    wait("the question", || asked("b-leroy"));
    let cover = "overrides: [{from: 2026-01-05, to: 2099-01-01, who: c-nunez}], else: rssi";
    hospital.edit("people.yaml", "else: rssi", cover);
    let (code, _, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 0, "{error}");
    wait("the other one", || asked("c-nunez"));
    wait("her mail", || hospital.mailbox.mails().into_iter().find(|mail| mail.to == "c.nunez@ch-valmont.example"));
    assert_eq!(hospital.entries("chain.relieved").len(), 1);
}

#[test]
fn a_calendar_that_changed_is_taken_up_and_one_that_is_none_is_not() {
    let mut hospital = hospital();
    let calendar = |hospital: &Hospital, who: &str| {
        let event = format!("DTSTART:20200101T000000Z\nDTEND:20900101T000000Z\nSUMMARY:{who}");
        let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n");
        std::fs::write(hospital.path("swaps.ics"), text).unwrap();
    };
    calendar(&hospital, "c-nunez");
    hospital.edit("people.yaml", "start: 2026-01-05,", "start: 2026-01-05, calendar: swaps.ics,");
    hospital.edit("chains.yaml", "{notify: rssi,", "{notify: dsi-astreinte,");
    let raise = |hospital: &Hospital, to: &str| {
        let (code, out, error) =
            hospital.vigie(&["alert", "raise", "--level", "critical", "--as", "com", "Ecran noir"]);
        assert_eq!(code, 0, "{out}{error}");
        wait("the mail", || hospital.mailbox.mails().iter().any(|mail| mail.to == to).then_some(()));
    };
    hospital.start();
    raise(&hospital, "c.nunez@ch-valmont.example");
    std::fs::write(hospital.path("swaps.ics"), "half a file").unwrap();
    let (code, out, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 1, "{out}{error}");
    assert!(error.contains("swaps.ics:1:1") && error.contains("[V165]"), "{error}");
    calendar(&hospital, "dr-morel");
    let out = reload(&hospital);
    assert!(out.contains("people and chains are taken up"), "{out}");
    raise(&hospital, "p.morel@ch-valmont.example");
}

#[test]
fn the_call_tree_for_paper_is_as_the_site_is_and_where_it_cannot_be_somebody_hears_of_it() {
    let mut hospital = Hospital::new();
    hospital.edit("vigie.yaml", "sources:\n", "call_tree: wall/arbre.html\nsources:\n");
    // Whoever runs the test may write anywhere: a folder in its place is no file to anybody.
    std::fs::create_dir_all(hospital.path("wall/arbre.html/full")).unwrap();
    hospital.start();
    let title = "the call tree cannot be written";
    wait("the alert", || hospital.vigie(&["alert", "list"]).1.contains(title).then_some(()));
    std::fs::remove_dir_all(hospital.path("wall/arbre.html")).unwrap();
    let (code, _, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 0, "{error}");
    let sheet = || std::fs::read_to_string(hospital.path("wall/arbre.html")).unwrap_or_default();
    wait("the call tree", || sheet().contains("4513").then_some(()));
    wait("the end of the alert", || (!hospital.vigie(&["alert", "list"]).1.contains(title)).then_some(()));
    assert!(sheet().contains("Arbre d'appel") && sheet().contains("Mme A. Ferrand, RSSI"), "{}", sheet());
    hospital.edit("people.yaml", "4513", "7777");
    let (code, _, error) = hospital.vigie(&["reload"]);
    assert_eq!(code, 0, "{error}");
    wait("the new number", || (sheet().contains("7777") && !sheet().contains("4513")).then_some(()));
    assert_eq!(std::fs::read_dir(hospital.path("wall")).unwrap().count(), 1, "nothing is left beside it");
}
