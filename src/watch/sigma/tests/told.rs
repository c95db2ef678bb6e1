//! What a match tells whoever has to act on it: about whom, what was found, which line, who takes part, how often, since
//! when, and that it goes on.

use super::correlation::counting;
use super::{Engine, Match, at, engine, event, rule};
use crate::base::realm::Realm;
use crate::base::redact::Clean;
use crate::watch::event::Event;

fn seen(engine: &mut Engine, event: &Event) -> Vec<Match> {
    let sighting = engine.look(event).unwrap();
    sighting.map_or_else(Vec::new, |sighting| engine.count(Realm::Live, sighting, event, &mut |_| true))
}

fn pairs(pairs: &[(String, Clean)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
}

fn ties(found: &Match) -> String {
    found.ties.iter().map(|tie| tie.value.as_str()).collect::<Vec<_>>().join(" ")
}

/// An event with these members besides what rules look for.
fn with(second: i64, is: &str, members: &str) -> Event {
    event(second * 1_000, &format!(r#"{{"is": "{is}"{}{members}}}"#, if members.is_empty() { "" } else { ", " }))
}

#[test]
fn what_names_no_subject_gets_one_from_the_event() {
    let dc = r#"{"Image": "C:\\vssadmin.exe", "CommandLine": "vssadmin delete shadows", "Computer": "DC01", "User": "CORP\\bob"}"#;
    let nobody = r#"{"Image": "C:\\vssadmin.exe"}"#;
    let detection = "s: {Image|endswith: vssadmin.exe}\ncondition: s";
    for (more, json, expected) in [
        ("", dc, r"Computer=DC01 User=CORP\bob"),
        ("fields: [CommandLine]\n", dc, r"Computer=DC01 User=CORP\bob"),
        ("fields: [Image]\n", nobody, r"Image=C:\vssadmin.exe"),
        ("vigie: {subject: [Computer]}\n", dc, "Computer=DC01"),
        // What the event lacks of what the rule names.
        ("vigie: {subject: [TargetUserName, Computer]}\n", dc, "Computer=DC01"),
        ("vigie: {subject: [TargetUserName]}\n", dc, r"Computer=DC01 User=CORP\bob"),
        ("vigie: {subject: [TargetUserName]}\n", nobody, ""),
    ] {
        let found = seen(&mut engine(&(rule(detection) + more)), &event(0, json));
        assert_eq!(pairs(&found[0].subject), expected, "{more}");
    }
}

#[test]
fn what_was_found_is_told_and_what_was_left_out_is_not() {
    let detection = "sel_a: {a|startswith: x, secret_token: s3cr3t}\nsel_b: {b: 1}\nsel_c: {c: 9}\n\
        filter: {d: innocent}\nwords: [culprit]\ncondition: 1 of sel_* and words and not filter";
    let text = rule(detection) + "fields: [host, e, missing]\n";
    let json =
        r#"{"a": "xy", "secret_token": "s3cr3t", "b": 1, "c": 2, "d": "other", "e": ["f", "culprit"], "host": "srv"}"#;
    let found = seen(&mut engine(&text), &event(0, json));
    assert_eq!(pairs(&found[0].subject), "host=srv");
    assert_eq!(pairs(&found[0].fields), "a=xy secret_token=[…] b=1 e=f, culprit");
    let line = found[0].line.as_deref().unwrap();
    assert!(line.contains("culprit") && !line.contains("s3cr3t"), "{line}");
    assert_eq!((found[0].events, found[0].began, found[0].goes_on), (1, at(0), false));
}

#[test]
fn what_is_told_is_bounded_and_the_line_is_visible() {
    let fields: Vec<String> =
        (0..20).map(|number| format!(r#""f{number:02}": "x{}""#, "y\u{202e}".repeat(200))).collect();
    let looked: Vec<String> = (0..20).map(|number| format!("f{number:02}|startswith: x")).collect();
    let text = rule(&format!("s: {{{}}}\ncondition: s", looked.join(", ")));
    let found = seen(&mut engine(&text), &event(0, &format!("{{{}}}", fields.join(","))));
    assert_eq!(found[0].fields.len(), 8);
    for (_, value) in &found[0].fields {
        assert_eq!(value.chars().count(), 160, "{value}");
    }
    let line = found[0].line.as_ref().expect("a line");
    assert!(line.chars().count() == 300 && !line.contains('\u{202e}'), "{line}");
}

#[test]
fn a_half_cut_secret_is_none() {
    // The line is longer than what is shown, and the end of what is shown is inside of the secret.
    let text = rule("s: [login]\ncondition: s");
    let line = format!("{} login password={}", "x".repeat(280), "hunter2".repeat(4));
    let found = seen(&mut engine(&text), &super::line(&line));
    assert!(!found[0].line.as_ref().unwrap().contains("hunter"), "{:?}", found[0].line);
}

/// A1: after *resolve* an attack that goes on must be told again, so each event for which the condition holds says so.
#[test]
fn a_condition_that_stays_true_goes_on() {
    let text = counting("type: event_count\nrules: [a]\ngroup-by: [group]\ntimespan: 10s\ncondition: {gte: 3}");
    let mut engine = engine(&text);
    let mut story = Vec::new();
    for second in [0, 1, 2, 3, 4, 40, 41, 42, 43] {
        for found in seen(&mut engine, &with(second, "a", r#""group": "g""#)) {
            story.push((second, found.goes_on, found.events, found.began));
            assert_eq!(pairs(&found.subject), "group=g");
        }
    }
    let expected = [
        (2, false, 3, at(0)),
        (3, true, 1, at(0)),
        (4, true, 1, at(1_000)),
        (42, false, 3, at(40_000)),
        (43, true, 1, at(40_000)),
    ];
    assert_eq!(story, expected);
}

#[test]
fn what_goes_on_is_about_whom_it_was_about() {
    let text = counting("type: event_count\nrules: [a]\ngroup-by: [group]\ntimespan: 10s\ncondition: {gte: 2}");
    let mut engine = engine(&text);
    // Letters that differ in case only are the same to Sigma, and so is whoever is told of.
    let told = |engine: &mut Engine, second, name: &str| {
        let found = seen(engine, &with(second, "a", &format!(r#""group": "{name}""#)));
        found.first().map(|found| (pairs(&found.subject), found.goes_on))
    };
    assert_eq!(told(&mut engine, 0, "Bob"), None);
    assert_eq!(told(&mut engine, 1, "BOB"), Some(("group=BOB".to_owned(), false)));
    assert_eq!(told(&mut engine, 2, "bob"), Some(("group=BOB".to_owned(), true)));
    assert_eq!(told(&mut engine, 40, "bob"), None);
    assert_eq!(told(&mut engine, 41, "bob"), Some(("group=bob".to_owned(), false)));
}

/// A2: 6 000 renames are 6 000, whether the condition holds all the time or comes and goes.
#[test]
fn every_event_is_counted_once() {
    for (step, count) in [(100, 6_000), (520, 400)] {
        let mut engine = engine(&counting("type: event_count\nrules: [a]\ntimespan: 10s\ncondition: {gte: 20}"));
        let (mut told, mut new, mut last) = (0, 0, 0);
        for number in 0..count {
            // Now and then a pause, after which slow ones are too few for a while.
            let time = number * step + number / 50 * 3_000;
            for found in seen(&mut engine, &event(time, r#"{"is": "a"}"#)) {
                (told, new, last) = (told + found.events, new + u64::from(!found.goes_on), number + 1);
            }
        }
        let count = count.cast_unsigned();
        assert!((count * 7 / 10..=count).contains(&told), "{told} of {count}");
        assert_eq!(new > 1, step > 100, "it comes and goes: {new}");
        if step == 100 {
            assert_eq!((told, last), (6_000, 6_000));
        }
    }
}

#[test]
fn step_gives_what_is_new_only() {
    let text = counting("type: event_count\nrules: [a]\ntimespan: 10s\ncondition: {gte: 2}");
    let (mut engine, mut other) = (engine(&text), engine(&text));
    let events: Vec<Event> = (0..5).map(|second| with(second, "a", "")).collect();
    let all: Vec<usize> = events.iter().map(|event| seen(&mut engine, event).len()).collect();
    let new: Vec<usize> = events.iter().map(|event| other.step(Realm::Live, event).len()).collect();
    assert_eq!((all, new), (vec![0, 1, 1, 1, 1], vec![0, 1, 0, 0, 0]));
}

#[test]
fn a_correlation_over_another_goes_on_with_it() {
    let text = counting("type: event_count\nrules: [a]\ntimespan: 10s\ncondition: {gte: 2}\n")
        .replace("title: many\n", "title: many\nname: many\n")
        + "---\ntitle: both\nlevel: high\ncorrelation:\n  type: temporal\n  rules: [many, b]\n  timespan: 10s\n";
    let mut engine = engine(&text);
    let mut story = Vec::new();
    for (second, is) in [(0, "b"), (1, "a"), (2, "a"), (3, "a"), (4, "b"), (30, "a")] {
        story.extend(seen(&mut engine, &with(second, is, "")).into_iter().map(|found| (second, found.goes_on)));
    }
    assert_eq!(story, [(2, false), (3, true), (4, true)]);
}

#[test]
fn what_is_counted_over_everybody_stays_about_the_same() {
    let text = counting("type: value_count\nrules: [a]\ntimespan: 10s\ncondition: {field: user, gte: 2}");
    let mut engine = engine(&text);
    let mut story = Vec::new();
    for (second, user) in [(0, "ana"), (1, "bob"), (2, "cleo"), (3, "dan"), (60, "eve"), (61, "fay")] {
        for found in seen(&mut engine, &with(second, "a", &format!(r#""user": "{user}", "host": "srv-{user}""#))) {
            story.push(format!("{second} {} {} {}", pairs(&found.subject), ties(&found), found.goes_on));
        }
        // As it is after a restart, too.
        let windows = engine.all_windows();
        engine = super::engine(&text);
        engine.restore(windows);
    }
    let expected = [
        "1 host=srv-bob user=bob bob srv-bob false",
        "2 host=srv-bob user=bob cleo srv-bob srv-cleo bob true",
        "3 host=srv-bob user=bob dan srv-bob srv-dan bob true",
        "61 host=srv-fay user=fay fay srv-fay false",
    ];
    let sorted = |line: &str| {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    assert_eq!(
        story.iter().map(|line| sorted(line)).collect::<Vec<_>>(),
        expected.iter().map(|line| sorted(line)).collect::<Vec<_>>()
    );
}

#[test]
fn what_does_not_come_ties_to_whom_it_is_about() {
    let text = counting("").replace("correlation:\n", "vigie: {absence: {rules: [a], group-by: [host], within: 1h}}\n");
    let mut engine = engine(&text);
    seen(&mut engine, &with(0, "a", r#""host": "SRV1.corp.example""#));
    engine.tick(Realm::Live, at(0));
    let hour = 3_600_000;
    let missed: Vec<Match> = (1..20).flat_map(|turn| engine.tick(Realm::Live, at(hour / 10 * turn))).collect();
    assert_eq!(missed.len(), 1, "absence that lasts is said once");
    assert_eq!((pairs(&missed[0].subject).as_str(), ties(&missed[0]).as_str()), ("host=SRV1.corp.example", "srv1"));
    assert_eq!((missed[0].line.as_ref(), missed[0].goes_on), (None, false));
}
