//! Passing over a rule never misses a match: whatever holds for an event is found by looking at it.

use proptest::prelude::*;

use super::{engine, event, rule};

/// One key of a selection and its values.
fn test(field: &'static str) -> impl Strategy<Value = String> {
    let texts = || proptest::collection::vec("[ab]{1,3}|[ab]{2}[*?][ab]|[ab]{4,8}", 2..4);
    let modifiers = prop::sample::select(vec!["", "|contains", "|startswith", "|endswith", "|contains|all", "|cased"]);
    let expressions = prop::sample::select(vec!["a+b(?:aba|bab)", "aab|(?:bba){1,2}", "a.?b", "(?i)AB[ab]A"]);
    let quoted = |texts: Vec<String>| texts.iter().map(|text| format!("'{text}'")).collect::<Vec<_>>().join(", ");
    prop_oneof![
        8 => (modifiers, texts()).prop_map(move |(modifier, texts)| format!("{field}{modifier}: [{}]", quoted(texts))),
        1 => expressions.prop_map(move |expression| format!("{field}|re: '{expression}'")),
        1 => (0..3_i64).prop_map(move |number| format!("{field}: {number}")),
        1 => any::<bool>().prop_map(move |there| format!("{field}|exists: {there}")),
        1 => Just(format!("{field}: null")),
    ]
}

/// Three selections and a condition over them.
fn detection() -> impl Strategy<Value = String> {
    let selection = || {
        prop_oneof![
            (test("f"), test("g")).prop_map(|(one, other)| format!("{{{one}, {other}}}")),
            (test("f"), test("g"), test("h")).prop_map(|(one, two, three)| format!("[{{{one}, {two}}}, {{{three}}}]")),
            test("h").prop_map(|one| format!("{{{one}}}")),
        ]
    };
    let condition = prop::sample::select(vec![
        "s1 and s2 and s3",
        "s1 or s2 and s3",
        "(s1 or s2) and not s3",
        "1 of them",
        "2 of them",
        "not (s1 and s2) and s3",
        "not not s1 and (s2 or not s3)",
    ]);
    (selection(), selection(), selection(), condition)
        .prop_map(|(one, two, three, condition)| format!("s1: {one}\ns2: {two}\ns3: {three}\ncondition: {condition}"))
}

fn fields() -> impl Strategy<Value = String> {
    let value = || {
        prop_oneof![
            4 => "[abAB]{0,9}".prop_map(|text| format!("\"{text}\"")),
            1 => (0..3_i64).prop_map(|number| number.to_string()),
            1 => Just(r#"["ab", "bba", 1]"#.to_owned()),
            1 => Just("null".to_owned()),
        ]
    };
    let fields = proptest::collection::btree_map(prop::sample::select(vec!["f", "g", "h"]), value(), 0..4);
    fields.prop_map(|fields| {
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        format!("{{{}}}", fields.join(", "))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn what_holds_is_found(detection in detection(), events in proptest::collection::vec(fields(), 20)) {
        let mut engine = engine(&rule(&detection));
        for json in events {
            let event = event(0, &json);
            let id = &engine.rules().next().expect("there is one rule").id;
            let (_, watched) = engine.single(id).expect("it is at work");
            let holds = watched.detection.holds(&mut engine.view(&event));
            let found = engine.look(&event).expect("events can be read").is_some();
            prop_assert_eq!(found, holds, "{}\n{}", detection, json);
        }
    }
}
