//! Files whose documents share keys (Sigma specification 1.0, section "Rule collections").

use super::{documents, engine, event, findings, ids};
use crate::base::realm::Realm;

/// The ids of the rules of a file that match an event of the product `p` with these fields.
fn matching(text: &str, json: &str) -> Vec<String> {
    let found = engine(text).step(Realm::Live, &event(0, json));
    ids(&found).into_iter().map(str::to_owned).collect()
}

const GLOBAL: &str = "
action: global
title: Shared
level: low
logsource: {product: p}
detection: {condition: s, s: {kind: x}}
---
name: one
detection: {s: {a: 1}}
---
name: two
title: Own
detection: {s: {a: 2}, t: {b: 2}, condition: s and t}
";

#[test]
fn what_is_global_holds_for_every_document_behind_it() {
    for (json, expected) in [
        (r#"{"kind": "x", "a": 1}"#, vec!["test.rule#one"]),
        (r#"{"kind": "x", "a": 2, "b": 2}"#, vec!["test.rule"]),
        (r#"{"kind": "x", "a": 2}"#, vec![]),
        (r#"{"a": 1}"#, vec![]),
    ] {
        assert_eq!(matching(GLOBAL.trim_start(), json), expected, "{json}");
    }
    let titles: Vec<_> =
        documents(GLOBAL.trim_start()).0.iter().map(|document| document.rule.title.en.clone().unwrap()).collect();
    assert_eq!(titles, ["Shared", "Own"]);
}

#[test]
fn a_second_global_adds_and_a_reset_takes_all_of_it_away() {
    let more = format!("{}---\naction: global\ndetection: {{s: {{c: 3}}}}\n---\nname: three\n", GLOBAL.trim_start());
    assert_eq!(matching(&more, r#"{"kind": "x", "c": 3}"#), ["test.rule"]);
    let reset = format!(
        "{}---\naction: reset\n---\ntitle: t\nlevel: low\nlogsource: {{product: p}}\ndetection: {{s: {{d: 4}}, condition: s}}\n",
        GLOBAL.trim_start()
    );
    assert_eq!(matching(&reset, r#"{"d": 4}"#), ["test.rule"]);
}

#[test]
fn a_repetition_is_the_rule_before_with_other_values() {
    let text = "title: t\nname: one\nlevel: low\nlogsource: {product: p}\ndetection: {s: {a: 1, b: 2}, condition: s}\n\
        ---\naction: repeat\nname: two\ndetection: {s: {a: 5}}\n---\naction: repeat\nname: three\ndetection: {s: {b: 6}}\n";
    for (json, expected) in [
        (r#"{"a": 1, "b": 2}"#, vec!["test.rule#one"]),
        (r#"{"a": 5, "b": 2}"#, vec!["test.rule#two"]),
        (r#"{"a": 5, "b": 6}"#, vec!["test.rule"]),
    ] {
        assert_eq!(matching(text, json), expected, "{json}");
    }
}

#[test]
fn mistakes_of_a_collection_are_found_once_and_at_their_place() {
    let text = GLOBAL.trim_start();
    for (text, wanted) in [
        ("action: repeat\ntitle: t\n".to_owned(), "1:1: [V200] there is nothing to repeat"),
        ("action: global\ntitle: t\n".to_owned(), "1:1: [V200] no rule follows"),
        ("action: [x]\ntitle: t\n".to_owned(), "1:1: [V200] there is no action"),
        (text.replace("level: low", "level: lwo"), "3:8: [V004] there is no level `lwo`"),
        (text.replace("a: 1", "a|x: 1"), "8:"),
    ] {
        let found = findings(&text);
        assert!(found.len() == 1 && found[0].starts_with(wanted), "{text}: {found:#?}");
    }
}
