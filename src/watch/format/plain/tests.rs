//! Lines of programs that vigie has no format for, whole, broken and private.

use crate::base::redact::Class;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::base::id::RuleId;
use crate::base::realm::Realm;
use crate::text::diagnostic::has_errors;
use crate::text::source::Source;
use crate::watch::event::Event;
use crate::watch::format::{Decoded, Decoder, Format, Raw, Read};
use crate::watch::sigma::{self, Engine, Match};

const NGINX: &str = r#"2026/11/21 19:28:22 [error] 1234#1234: *57 open() "/usr/share/nginx/html/wp-login.php" failed (2: No such file or directory), client: 192.0.2.7, server: portail.ch-valmont.example, request: "GET /wp-login.php HTTP/1.1", host: "portail.ch-valmont.example""#;
const JAVA: &str = "2026-11-21 19:28:22,417 ERROR [http-nio-8080-exec-3] fr.valmont.dpi.SessionFilter - Accès refusé à l'utilisateur « hélène » : mot de passe expiré";
const PYTHON: &str = "[2026-11-21 19:28:22 +0100] [4711] [CRITICAL] Échec de la réplication : délai dépassé";

fn arrived() -> Timestamp {
    "2026-11-22T06:00:00Z".parse().unwrap()
}

fn decoder(zone: &str) -> Decoder {
    Decoder::new(Format::Plain, TimeZone::get(zone).unwrap(), None)
}

/// What reading a line whole says, and when reading it lazily says that it happened.
fn both(line: &str) -> (Event, Timestamp) {
    let Decoded::Event(event) = decoder("Europe/Paris").decode(arrived(), line) else { panic!("no event: {line}") };
    let mut decoder = decoder("Europe/Paris");
    let Read::Raw(raw) = decoder.read(arrived(), line) else { panic!("not as it is: {line}") };
    (event, raw.time())
}

fn engine(rules: &str) -> Engine {
    let mut found = Vec::new();
    let documents = sigma::read(&Source::new("rules.yml", rules), &RuleId::from("rules"), &mut found);
    let engine = Engine::compile(documents, &mut found);
    assert!(!has_errors(&found), "{found:?}");
    engine
}

/// What the rules of an engine say of a line that is read lazily.
fn hits(engine: &mut Engine, own: Option<Logsource>, line: &str) -> Vec<Match> {
    let mut decoder = Decoder::new(Format::Plain, TimeZone::UTC, own);
    let Read::Raw(raw) = decoder.read(arrived(), line) else { panic!("not as it is: {line}") };
    let seen = engine.look(&raw).unwrap();
    seen.map_or_else(Vec::new, |seen| engine.count(Realm::Live, seen, &raw, &mut |_| true))
}

#[test]
fn a_line_is_its_own_message() {
    for (line, time) in [
        (NGINX, "2026-11-21T18:28:22Z"),
        (JAVA, "2026-11-21T18:28:22.417Z"),
        (PYTHON, "2026-11-21T18:28:22Z"),
        ("Exception in thread \"main\" java.lang.NullPointerException", "2026-11-22T06:00:00Z"),
        ("\tat fr.valmont.dpi.Main.main(Main.java:5)", "2026-11-22T06:00:00Z"),
        (r#"{"time": "2026-11-21T19:28:22Z"}"#, "2026-11-22T06:00:00Z"),
    ] {
        let (event, time_lazily) = both(line);
        assert_eq!(event.text, line);
        assert_eq!(event.fields, [("message".into(), Value::from(line))]);
        assert_eq!(event.logsource, Logsource::default());
        assert_eq!((event.time, time_lazily), (time.parse().unwrap(), time.parse().unwrap()), "{line}");
    }
}

#[test]
fn the_time_is_what_a_line_begins_with_or_its_arrival() {
    let late = "2026-11-22T06:00:00Z";
    for (start, time) in [
        ("2026-11-21T19:28:22", "2026-11-21T18:28:22Z"),
        ("2026-11-21T19:28:22Z", "2026-11-21T19:28:22Z"),
        ("2026-11-21T19:28:22.5+03:00", "2026-11-21T16:28:22.5Z"),
        ("2026-11-21 19:28:22 -0200", "2026-11-21T21:28:22Z"),
        ("  2026-11-21 19:28:22", "2026-11-21T18:28:22Z"),
        ("[2026-11-21T19:28:22+00:00]", "2026-11-21T19:28:22Z"),
        ("[2026/11/21 19:28:22.215784,  3]", "2026-11-21T18:28:22.215784Z"),
        ("2026-11-21 19:28:22:", "2026-11-21T18:28:22Z"),
        // Numbers and words that are no offset.
        ("2026-11-21 19:28:22 -5", "2026-11-21T18:28:22Z"),
        ("2026-11-21 19:28:22 +33 1 40 00 00 00", "2026-11-21T18:28:22Z"),
        ("2026-11-21 19:28:22 - Z", "2026-11-21T18:28:22Z"),
        ("2026-11-21 19:28:22 Zone", "2026-11-21T18:28:22Z"),
        // No times.
        ("2026-11-21", late),
        ("2026-11-21 19:28", late),
        ("2026-11-21 19:28:221", late),
        ("2026-11-21T19:28:22Zone", late),
        ("2026-02-30 19:28:22", late),
        ("le 2026-11-21 19:28:22", late),
        ("19:28:22", late),
        ("2026-11-21 é", late),
        ("[[2026-11-21 19:28:22", late),
    ] {
        for line in [start.to_owned(), format!("{start} fin")] {
            let (event, time_lazily) = both(&line);
            assert_eq!((event.time, time_lazily), (time.parse().unwrap(), time.parse().unwrap()), "{line}");
        }
    }
}

#[test]
fn blank_lines_are_skipped_and_ends_are_no_text() {
    for blank in ["", " ", "\t\r", "\u{feff}", "\0"] {
        assert_eq!(decoder("UTC").decode(arrived(), blank), Decoded::Skipped);
        assert!(matches!(decoder("UTC").read(arrived(), blank), Read::Decoded(Decoded::Skipped)), "{blank:?}");
    }
    let mut decoder = decoder("UTC");
    let raw = match decoder.read(arrived(), "\u{feff}  une ligne \r\n\0") {
        Read::Raw(raw @ Raw::Plain(_)) => raw.text().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(raw, "  une ligne");
}

const RULES: &str = "\
title: word
name: word
level: low
logsource: {}
detection: {keywords: ['accès refusé', 'no such file'], condition: keywords}
vigie: {subject: [message]}
---
title: field
name: field
level: low
logsource: {product: dpi}
detection: {s: {message|contains: 'UTILISATEUR'}, condition: s}
---
title: others
name: others
level: low
logsource: {product: nginx}
detection: {s: {message|contains: 'utilisateur'}, condition: s}
---
title: start
name: start
level: low
logsource: {service: session, category: application}
detection: {s: {message|re: '^2026-.* ERROR '}, condition: s}
";

#[test]
fn words_and_fields_find_the_line_and_its_source_says_what_it_is() {
    let mut engine = engine(RULES);
    let mut names = |own: Option<Logsource>, line: &str| -> Vec<String> {
        hits(&mut engine, own, line).iter().filter_map(|found| found.rule.name.clone()).collect()
    };
    let own = Logsource {
        category: vec!["application".to_owned()],
        product: Some("dpi".into()),
        service: Some("session".into()),
    };
    assert_eq!(names(None, JAVA), ["word"]);
    assert_eq!(names(None, NGINX), ["word"]);
    assert_eq!(names(Some(own.clone()), JAVA), ["word", "field", "start"]);
    assert_eq!(names(Some(own), PYTHON), Vec::<String>::new());
}

#[test]
fn nothing_private_of_a_line_that_matches_is_shown() {
    let mut engine = engine(RULES);
    for (line, shown) in [
        ("Accès refusé, NIR 1 85 05 78 006 084 91, password=hunter2", "message Accès refusé, NIR […], password=[…]"),
        (
            r#"accès refusé {"password": ["hunter2", "tr0ub4dor"], "note": "18505780060849\u0031"} pwd=hunter2"#,
            r#"message accès refusé {"password": ["[…]", "[…]"], "note": "[…]"} pwd=[…]"#,
        ),
    ] {
        let found = hits(&mut engine, None, line);
        let said: Vec<String> = found[0].subject.iter().map(|(name, value)| format!("{name} {value}")).collect();
        assert_eq!(said, [shown]);
        let (event, _) = both(line);
        assert_eq!(event.text, line, "rules see it");
        assert_eq!(format!("message {}", event.show(Class::Open, &event.text)), shown);
    }
}

proptest! {
    #[test]
    fn any_line_is_read_both_ways_at_one_time(line in "\\PC{0,10}[0-9 T:+Z\\[-]{0,40}|\\[?2026-11-21[T ]19:2[0-9]:22[ .,:+0-9Za]{0,9}") {
        let mut lazily = decoder("Europe/Paris");
        match (lazily.read(arrived(), &line), decoder("Europe/Paris").decode(arrived(), &line)) {
            (Read::Raw(raw), Decoded::Event(event)) => {
                prop_assert_eq!(raw.text(), &event.text);
                prop_assert_eq!(raw.time(), event.time);
            }
            (Read::Decoded(Decoded::Skipped), Decoded::Skipped) => {}
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
