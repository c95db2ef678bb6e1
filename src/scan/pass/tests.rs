//! However many threads look, the same comes of it.

use proptest::prelude::*;

use super::*;
use crate::base::id::RuleId;
use crate::text::diagnostic::has_errors;
use crate::text::source::Source;
use crate::watch::sigma;

/// Single events, and all kinds of counting over them, absence too: with it the time of every event counts.
const RULES: &str = "\
title: a
name: a
level: low
logsource: {}
detection: {s: {is: a}, condition: s}
vigie: {subject: [who]}
---
title: failed
name: failed
level: low
logsource: {product: linux, service: sshd}
detection: {s: {action: failed}, condition: s}
vigie: {subject: [user, src_ip]}
---
title: word
name: word
level: low
logsource: {}
detection: {keywords: [needle], condition: keywords}
---
title: burst
name: burst
level: low
correlation: {type: event_count, rules: [a], group-by: [who], timespan: 20s, condition: {gte: 3}, generate: true}
---
title: guesses
name: guesses
level: high
correlation: {type: value_count, rules: [failed], group-by: [src_ip], timespan: 1m, condition: {field: user, gte: 3}, generate: true}
---
title: both
name: both
level: high
correlation: {type: temporal_ordered, rules: [a, failed], timespan: 30s, generate: true}
";

const ABSENCE: &str = "\
---
title: gone
name: gone
level: low
vigie: {absence: {rules: [a], group-by: [who], within: 5s, generate: true}}
";

fn instant() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn engine(rules: &str) -> Engine {
    let mut found = Vec::new();
    let documents = sigma::read(&Source::new("rules.yml", rules), &RuleId::from("rules"), &mut found);
    let engine = Engine::compile(documents, &mut found);
    assert!(!has_errors(&found), "{found:#?}");
    engine
}

/// All that comes of a log with so many threads, in words.
fn told(log: &[u8], format: Format, rules: &str, threads: usize, room: usize) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.log");
    std::fs::write(&path, log).unwrap();
    // Lines without a time have that of the file.
    let written = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_796_000_000);
    std::fs::File::open(&path).unwrap().set_modified(written).unwrap();
    let pass = Pass { format, zone: TimeZone::UTC, own: None, threads, room, clock: instant, read: Rc::default() };
    let mut lines = Vec::new();
    let end = pass.file(&path, &mut engine(rules), |counted| {
        let hits: Vec<_> =
            counted.matches.iter().map(|hit| (&hit.rule.id, hit.time, &hit.subject, &hit.note)).collect();
        lines.push(format!("{} {hits:?} {:?}", counted.offset, counted.malformed));
        Ok(())
    });
    (lines, format!("{end:?}"))
}

fn line() -> impl Strategy<Value = String> {
    let (second, who) = (0..60_u32, prop::sample::select(vec!["x", "y", "z"]));
    let json = (second.clone(), who.clone(), prop::sample::select(vec!["a", "b"])).prop_map(|(second, who, is)| {
        format!(r#"{{"time": "2026-11-21T10:00:{second:02}Z", "is": "{is}", "who": "{who}"}}"#)
    });
    let syslog = (second, who).prop_map(|(second, who)| {
        format!("<38>Nov 21 10:00:{second:02} srv sshd[7]: Failed password for {who} from 192.0.2.7 port 4711 ssh2")
    });
    prop_oneof![
        8 => json,
        4 => syslog,
        1 => prop::sample::select(vec![
            "", "   ", r#"{"is": "a", "who": }"#, r#"{"is": "a""#, "{", "a needle", r#"{"said": "n\u0065edle"}"#, "\u{feff}{}",
            "[2026/11/21 10:00:00.000000,  3] ../../source3/auth/auth.c:1(a)", "{\"is\": \"a\",",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn threads_change_nothing(
        lines in prop::collection::vec(line(), 0..250),
        format in prop::sample::select(vec![Format::Auto, Format::Json, Format::Syslog, Format::Plain]),
        rules in prop::sample::select(vec![RULES.to_owned(), format!("{RULES}{ABSENCE}")]),
        room in 1_usize..12,
        newline in any::<bool>(),
    ) {
        let mut log = lines.join("\n").into_bytes();
        log.extend(newline.then_some(b'\n'));
        let alone = told(&log, format, &rules, 1, replay::ROOM);
        prop_assert_eq!(&told(&log, format, &rules, 4, room), &alone);
    }
}

#[test]
fn every_rule_of_the_comparison_finds_something() {
    let object = |at| format!(r#"{{"time": "2026-11-21T10:00:0{at}Z", "is": "a", "who": "x", "t": "needle"}}"#);
    let guess = |who| format!("<38>Nov 21 10:00:09 s sshd[7]: Failed password for {who} from 192.0.2.7 port 4711 ssh2");
    let later = r#"{"time": "2026-11-21T10:02:00Z", "is": "b"}"#.to_owned();
    let lines = (0..4).map(object).chain(["x", "y", "z"].map(guess)).chain([later]);
    let log = lines.collect::<Vec<_>>().join("\n");
    // Of two formats: each keeps its own lines, what is in between is looked at all the same.
    for threads in [1, 4] {
        let (lines, _) = told(log.as_bytes(), Format::Auto, &format!("{RULES}{ABSENCE}"), threads, 2);
        let all = lines.concat();
        // The last one is called like the file.
        for rule in ["#a", "#failed", "#word", "#burst", "#guesses", "#both", ""] {
            assert!(all.contains(&format!("\"rules{rule}\"")), "{rule}: {lines:#?}");
        }
    }
}

#[test]
fn an_object_that_cannot_be_read_tells_no_time() {
    let (up, broken) = (r#"{"time": "2026-11-21T10:00:00Z", "is": "a", "who": "x"}"#, r#"{"is": "a", "who": }"#);
    let soon = r#"{"time": "2026-11-21T10:00:03Z", "is": "b"}"#;
    let log = [up, broken, soon].join("\n");
    for threads in [1, 4] {
        let (lines, end) = told(log.as_bytes(), Format::Json, &format!("{RULES}{ABSENCE}"), threads, 1);
        assert!(lines[1].contains("not valid JSON"), "{lines:#?}");
        assert!(lines[0].contains("rules#a") && !lines.concat().contains("\"rules\""), "{lines:#?}");
        assert!(end.contains("Json"), "{end}");
    }
}

#[test]
fn a_file_that_is_not_there_is_said() {
    let pass = Pass {
        format: Format::Auto,
        zone: TimeZone::UTC,
        own: None,
        threads: 4,
        room: replay::ROOM,
        clock: instant,
        read: Rc::default(),
    };
    let gone = pass.file(Path::new("nowhere.log"), &mut engine(RULES), |_| Ok(()));
    assert_eq!(gone.unwrap_err().to_string(), "cannot read nowhere.log");
}
