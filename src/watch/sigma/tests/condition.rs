//! The grammar of conditions, and what they say.

use proptest::prelude::*;

use super::{engine, event, findings, matches, rule};
use crate::base::realm::Realm;

/// Four selections that hold where the field of their name is 1.
const SELECTIONS: &str = "sel_a: {a: 1}\nsel_b: {b: 1}\nfilter: {c: 1}\n_hidden: {d: 1}\n";

fn holds(condition: &str, letters: &str) -> bool {
    let fields: Vec<String> = letters.chars().map(|letter| format!(r#""{letter}": 1"#)).collect();
    let detection = format!("{SELECTIONS}condition: {condition}");
    let (documents, _) = super::documents(&rule(&detection));
    let mut found = Vec::new();
    let mut engine = super::Engine::compile(documents, &mut found);
    !engine.step(Realm::Live, &event(0, &format!("{{{}}}", fields.join(",")))).is_empty()
}

#[test]
fn every_form_says_what_the_specification_says() {
    for (condition, fitting, others) in [
        ("sel_a", vec!["a", "abcd"], vec!["", "bcd"]),
        ("not sel_a", vec!["", "b"], vec!["a"]),
        ("not not sel_a", vec!["a"], vec!["b"]),
        ("sel_a and sel_b", vec!["ab"], vec!["a", "b"]),
        ("sel_a or sel_b", vec!["a", "b"], vec!["c"]),
        ("sel_a or sel_b and filter", vec!["a", "bc"], vec!["b", "c"]),
        ("(sel_a or sel_b) and filter", vec!["ac", "bc"], vec!["a", "c"]),
        ("sel_a and not filter", vec!["a"], vec!["ac"]),
        ("not sel_a and sel_b", vec!["b"], vec!["ab", ""]),
        ("not (sel_a and sel_b)", vec!["a", ""], vec!["ab"]),
        ("sel_a OR sel_b", vec!["b"], vec!["c"]),
        ("sel_a AND Not sel_b", vec!["a"], vec!["ab"]),
        ("1 of sel_*", vec!["a", "b"], vec!["c"]),
        ("any of sel_*", vec!["a"], vec!["c"]),
        ("all of sel_*", vec!["ab"], vec!["a", "bc"]),
        ("2 of sel_*", vec!["ab"], vec!["a"]),
        ("2 of them", vec!["ab", "bc"], vec!["a", "ad"]),
        ("1 of them", vec!["c"], vec!["d", ""]),
        ("all of them", vec!["abc"], vec!["abd"]),
        ("1 of *_a", vec!["a"], vec!["b"]),
        ("1 of s*_*b", vec!["b"], vec!["a"]),
        ("all of _*", vec!["d"], vec!["abc"]),
        ("1 of sel_a", vec!["a"], vec!["b"]),
        ("not 1 of sel_*", vec!["c"], vec!["a"]),
        ("1 of sel_* and not filter", vec!["b"], vec!["bc"]),
        ("((sel_a))", vec!["a"], vec!["b"]),
        ("[sel_a, sel_b and filter]", vec!["a", "bc"], vec!["b"]),
    ] {
        for (events, expected) in [(fitting, true), (others, false)] {
            for letters in events {
                assert_eq!(holds(condition, letters), expected, "`{condition}` and {letters}");
            }
        }
    }
}

#[test]
fn mistakes_are_found_at_their_place() {
    for (condition, column, wanted) in [
        ("sel_a and sel_c", 24, "did you mean `sel_a`?"),
        ("sel_a and", 20, "the condition ends too early"),
        ("sel_a sel_b", 20, "expected `and` or `or`"),
        ("(sel_a or sel_b", 14, "never closed"),
        ("sel_a or sel_b)", 28, "never opened"),
        ("and sel_a", 14, "expected the name of a selection, found `and`"),
        ("sel_a and or sel_b", 24, "found `or`"),
        ("1 of nobody_*", 19, "no selection is called `nobody_*`"),
        ("3 of sel_*", 14, "stands for 2 selections only"),
        ("0 of sel_*", 14, "not a number of selections"),
        ("SEL_A", 14, "did you mean `sel_a`?"),
        ("some of sel_*", 14, "not a number of selections"),
        ("1 of", 14, "needs the names of selections"),
        ("1 of (sel_a)", 14, "needs the names of selections"),
        ("sel_a | count() > 5", 20, "write a correlation"),
        ("'sel_a and sel_c'", 25, "there is no selection `sel_c`"),
        ("''", 14, "expected a condition"),
        ("5", 14, "expected a condition, found the number 5"),
        ("[sel_a, sel_c]", 22, "there is no selection `sel_c`"),
    ] {
        let found: Vec<_> = findings(&rule(&format!("{SELECTIONS}condition: {condition}")))
            .into_iter()
            .filter(|finding| !finding.contains("does not use"))
            .collect();
        let place = format!("9:{column}: [V20");
        assert!(
            found.len() == 1 && found[0].starts_with(&place) && found[0].contains(wanted),
            "{condition}: {found:#?}"
        );
    }
}

#[test]
fn places_are_right_in_folded_conditions_too() {
    let text = rule("sel_a: {a: 1}\ncondition: >-\n  sel_a\n  and sel_c");
    assert!(findings(&text)[0].starts_with("8:9: [V208]"), "{:?}", findings(&text));
    let text = rule("sel_a: {a: 1}\ncondition: sel_a\n  and  sel_c");
    assert!(findings(&text)[0].starts_with("7:10: [V208]"), "{:?}", findings(&text));
}

#[test]
fn a_missing_condition_and_unused_selections_are_found() {
    assert!(findings(&rule("s: {a: 1}"))[0].contains("the key `condition` is missing"));
    let found = findings(&rule("s: {a: 1}\nt: {b: 1}\n_u: {c: 1}\ncondition: s"));
    assert!(found.len() == 1 && found[0].starts_with("6:3: [V209]"), "{found:?}");
}

#[test]
fn nesting_without_end_is_refused() {
    for depth in [65, 100_000] {
        let condition = format!("{}s{}", "(".repeat(depth), ")".repeat(depth));
        let found = findings(&rule(&format!("s: {{a: 1}}\ncondition: {condition}")));
        assert!(found.iter().any(|finding| finding.contains("nested more than 64 deep")), "{depth}");
    }
    let many = format!("s: {{a: 1}}\ncondition: {}s", "not ".repeat(100_000));
    assert!(matches(&many, &event(0, r#"{"a": 1}"#)));
    let long = format!("s: {{a: 1}}\ncondition: s{}", " and s".repeat(20_000));
    assert!(matches(&long, &event(0, r#"{"a": 1}"#)));
}

/// Conditions over the four selections.
fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("sel_a"),
        Just("sel_b"),
        Just("filter"),
        Just("_hidden"),
        Just("1 of them"),
        Just("all of sel_*"),
        Just("2 of them"),
    ]
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| format!("not ({inner})")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("({one}) and ({other})")),
            (inner.clone(), inner).prop_map(|(one, other)| format!("({one}) or ({other})")),
        ]
    })
}

fn letters() -> impl Strategy<Value = String> {
    "a?b?c?d?"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn denying_twice_changes_nothing(condition in condition(), letters in letters()) {
        let plain = holds(&condition, &letters);
        prop_assert_eq!(holds(&format!("not not ({condition})"), &letters), plain);
        prop_assert_eq!(holds(&format!("not (not ({condition}))"), &letters), plain);
        prop_assert_eq!(holds(&format!("not ({condition})"), &letters), !plain);
    }

    #[test]
    fn the_order_of_selections_does_not_matter(condition in condition(), letters in letters(), turn in 0..4_usize) {
        let mut lines: Vec<&str> = SELECTIONS.lines().collect();
        lines.rotate_left(turn);
        let text = rule(&format!("{}\ncondition: {condition}", lines.join("\n")));
        let (documents, mut found) = super::documents(&text);
        let fields: Vec<String> = letters.chars().map(|letter| format!(r#""{letter}": 1"#)).collect();
        let event = event(0, &format!("{{{}}}", fields.join(",")));
        let turned = !super::Engine::compile(documents, &mut found).step(Realm::Live, &event).is_empty();
        prop_assert_eq!(turned, holds(&condition, &letters));
    }

    #[test]
    fn swapping_the_sides_changes_nothing(one in condition(), other in condition(), letters in letters()) {
        for word in ["and", "or"] {
            prop_assert_eq!(
                holds(&format!("({one}) {word} ({other})"), &letters),
                holds(&format!("({other}) {word} ({one})"), &letters)
            );
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-z_*()|' 12]{0,40}") {
        let detection = format!("sel_a: {{a: 1}}\ncondition: \"{text}\"");
        let (documents, found) = super::documents(&rule(&detection));
        prop_assert_eq!(documents[0].is_sound(), found.iter().all(|finding| {
            finding.severity() == crate::finding::Severity::Warning
        }));
    }
}

#[test]
fn a_list_of_maps_is_an_or_of_ands() {
    let mut engine = engine(&rule("s:\n  - a: 1\n    b: 1\n  - c: [1, 2]\ncondition: s"));
    for (json, expected) in [(r#"{"a": 1, "b": 1}"#, 1), (r#"{"a": 1}"#, 0), (r#"{"c": 2}"#, 1), (r#"{"c": 3}"#, 0)] {
        assert_eq!(engine.step(Realm::Live, &event(0, json)).len(), expected, "{json}");
    }
}
