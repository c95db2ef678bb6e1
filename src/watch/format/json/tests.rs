//! Objects of every shape, read or refused.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::watch::event::Named;

fn fields(text: &str) -> Vec<Named> {
    flatten(text).unwrap().0
}

fn named(name: &str, value: Value) -> Named {
    (name.into(), value)
}

#[test]
fn flattens_objects_and_keeps_lists_together() {
    let read = fields(
        r#"{"a": {"b": {"c": 1}}, "l": ["x", 2, [true]], "o": [{"v": 1, "w": {}}, {"v": 2}], "m": [3, {"v": 4}], "e": {}, "f": [], "n": null, "d": 1.5, "big": 18446744073709551615}"#,
    );
    let text = |text: &str| Value::from(text);
    assert_eq!(
        read,
        [
            named("a.b.c", Value::Int(1)),
            named("l", Value::List(vec![text("x"), Value::Int(2), Value::Bool(true)])),
            named("o.v", Value::Int(1)),
            named("o.w", Value::Null),
            named("o.v", Value::Int(2)),
            named("m", Value::Int(3)),
            named("m.v", Value::Int(4)),
            named("e", Value::Null),
            named("f", Value::List(Vec::new())),
            named("n", Value::Null),
            named("d", Value::Float(1.5)),
            named("big", Value::Float(18_446_744_073_709_551_615.0)),
        ]
    );
}

#[test]
fn keeps_both_of_two_members_with_one_name() {
    assert_eq!(fields(r#"{"a": 1, "a": "é\u00e9"}"#), [named("a", Value::Int(1)), named("a", Value::from("éé"))]);
}

#[test]
fn refuses_what_no_log_writes() {
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(100), "]".repeat(100));
    let endless = format!("{{\"a\":{}", "[".repeat(100_000));
    let long_name = format!("{{\"{}\":{{{}\"z\":1}}}}", "n".repeat(100_000), "\"a\":1,".repeat(1000));
    let many = format!("{{{}\"z\":1}}", "\"a\":1,".repeat(20_000));
    for (text, why) in [
        ("", "not a JSON object"),
        ("[1]", "not a JSON object"),
        (&"[".repeat(100_000), "not a JSON object"),
        ("{\"a\":", "JSON that stops in the middle"),
        ("{\"a\":\"b", "JSON that stops in the middle"),
        ("{\"a\":1} x", "not valid JSON"),
        ("{a:1}", "not valid JSON"),
        (&deep, "more JSON than a log line holds"),
        (&endless, "more JSON than a log line holds"),
        (&long_name, "more JSON than a log line holds"),
        (&many, "more JSON than a log line holds"),
    ] {
        assert_eq!(flatten(text), Err(Misfit(why)), "{}", &text[..text.len().min(40)]);
    }
}

#[test]
fn finds_the_time_where_logs_keep_it() {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    let when = When { arrived: Timestamp::UNIX_EPOCH, zone: &zone };
    for (text, wanted) in [
        (r#"{"@timestamp": "2026-11-21T19:28:22.5Z"}"#, Some("2026-11-21T19:28:22.5Z")),
        (r#"{"time": "2026-11-21T19:28:22+01:00"}"#, Some("2026-11-21T18:28:22Z")),
        (r#"{"EventTime": "2026-11-21 19:28:22"}"#, Some("2026-11-21T18:28:22Z")),
        (r#"{"UtcTime": "2026-11-21 19:28:22.250"}"#, Some("2026-11-21T19:28:22.25Z")),
        (r#"{"UtcTime": "2026-11-21T19:28:22+01:00"}"#, Some("2026-11-21T18:28:22Z")),
        (r#"{"event_type": "Threat_Event", "occured": "30-Nov-2026 09:12:13"}"#, Some("2026-11-30T09:12:13Z")),
        (r#"{"event_type": "Audit_Event", "occurred": "01-Jan-2027 00:00:00"}"#, Some("2027-01-01T00:00:00Z")),
        (r#"{"ts": 1795289302.5}"#, Some("2026-11-21T19:28:22.5Z")),
        (r#"{"ts": 1795289302000}"#, Some("2026-11-21T19:28:22Z")),
        (r#"{"__REALTIME_TIMESTAMP": "1795289302000000"}"#, Some("2026-11-21T19:28:22Z")),
        (
            r#"{"Event": {"System": {"TimeCreated": {"SystemTime": "2026-11-21T19:28:22Z"}}}}"#,
            Some("2026-11-21T19:28:22Z"),
        ),
        (r#"{"time": "soon", "date": 3}"#, None),
        ("{}", None),
    ] {
        let draft = read(text, when).unwrap().unwrap();
        assert_eq!(draft.time, wanted.map(|time| time.parse().unwrap()), "{text}");
    }
}

proptest! {
    #[test]
    fn flattens_any_document_to_as_many_values_as_it_has(value in document()) {
        let text = serde_json::json!({ "top": value }).to_string();
        let read = fields(&text);
        prop_assert_eq!(read.iter().map(|(_, value)| scalars(value)).sum::<usize>(), leaves(&value));
    }
}

fn document() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        "\\PC{0,6}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..5).prop_map(serde_json::Value::from),
            prop::collection::btree_map("[a-z]{1,3}", inner, 1..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

fn leaves(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) => items.iter().map(leaves).sum(),
        serde_json::Value::Object(map) => map.values().map(leaves).sum(),
        _ => 1,
    }
}

fn scalars(value: &Value) -> usize {
    match value {
        Value::List(items) => items.iter().map(scalars).sum(),
        _ => 1,
    }
}
