//! Conditions in words over the rules of a `temporal` or `temporal_ordered` correlation.

use proptest::prelude::*;

use super::correlation::{counting, fires};
use super::findings;
use crate::text::source::Source;
use crate::text::yaml;
use crate::watch::sigma::correlate::window::{Counting, Window};
use crate::watch::sigma::rule::correlation;
use crate::watch::sigma::rule::reading::Reading;

const ANY_ORDER: &str = "type: temporal\nrules: [a, b, c]\ngroup-by: [group]\ntimespan: 10s\ncondition: ";
const IN_ORDER: &str = "type: temporal_ordered\nrules: [a, b, c]\ngroup-by: [group]\ntimespan: 10s\ncondition: ";

#[test]
fn rules_are_asked_for_in_words() {
    for (condition, story, expected) in [
        ("a and b and c", vec![(0, "c/x"), (1, "a/x"), (2, "b/x")], vec![2]),
        ("a and b and c", vec![(0, "c/x"), (1, "a/y"), (2, "b/x")], vec![]),
        ("a and (b or c)", vec![(0, "b/x"), (1, "c/x"), (2, "a/x")], vec![2]),
        ("a and not c and not b", vec![(0, "a/x"), (1, "c/x"), (2, "a/x"), (20, "a/x")], vec![0, 20]),
        ("a and b and not c", vec![(0, "c/x"), (1, "a/x"), (2, "b/x"), (11, "b/x")], vec![11]),
        ("2 of them", vec![(0, "b/x"), (1, "b/x"), (2, "c/x")], vec![2]),
        ("1 of them", vec![(0, "b/x"), (1, "c/x")], vec![0]),
        ("a AND NOT (b OR c)", vec![(0, "b/x"), (1, "a/x"), (12, "a/x")], vec![12]),
    ] {
        assert_eq!(fires(&format!("{ANY_ORDER}{condition}"), &story), expected, "{condition} {story:?}");
    }
}

#[test]
fn rules_are_asked_for_in_words_and_in_order() {
    for (condition, story, expected) in [
        ("a and b and c", vec![(0, "a/x"), (1, "b/x"), (2, "c/x")], vec![2]),
        ("a and b and c", vec![(0, "c/x"), (1, "b/x"), (2, "a/x")], vec![]),
        // The order is that of `rules`, not that of the words.
        ("c and b and a", vec![(0, "a/x"), (1, "b/x"), (2, "c/x")], vec![2]),
        ("(a or b) and c", vec![(0, "c/x"), (1, "b/x"), (2, "c/x")], vec![2]),
        ("(a or b) and c", vec![(0, "c/x"), (1, "b/x")], vec![]),
        ("a and c and not b", vec![(0, "a/x"), (1, "b/x"), (2, "c/x")], vec![]),
        ("a and c and not b", vec![(0, "b/x"), (9, "a/x"), (10, "c/x"), (11, "c/x")], vec![11]),
        ("2 of them", vec![(0, "c/x"), (1, "a/x"), (2, "c/x")], vec![2]),
        ("a and not (b or c)", vec![(0, "b/x"), (1, "a/x"), (11, "a/x")], vec![11]),
        ("not (not a or not c) and not b", vec![(0, "a/x"), (1, "c/x")], vec![1]),
    ] {
        assert_eq!(fires(&format!("{IN_ORDER}{condition}"), &story), expected, "{condition} {story:?}");
    }
    // A flood of steps does not wash away the one that is needed.
    let mut story = vec![(0, "a/x")];
    story.extend((0..3_000).map(|turn| (1, if turn % 2 == 0 { "b/x" } else { "a/x" })));
    story.push((2, "c/x"));
    assert_eq!(fires(&format!("{IN_ORDER}a and b and c"), &story), [2]);
}

#[test]
fn what_is_not_grouped_in_words_is_refused_at_its_place() {
    for (written, wanted) in [
        (format!("{ANY_ORDER}a and dd"), "there is no rule `dd`"),
        (format!("{ANY_ORDER}a and"), "write the name of a rule behind this"),
        (format!("{ANY_ORDER}not a or b or c"), "holds where nothing happens"),
        (format!("{ANY_ORDER}a and b"), "the condition does not ask for `c`"),
        (ANY_ORDER.replace("temporal", "event_count") + "a and b", "expected a comparison such as {gte: 10}"),
    ] {
        let found = findings(&counting(&written));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(wanted), "{found:?}");
    }
    let rules: Vec<String> = (0..9).map(|number| format!("r{number}")).collect();
    let mut text = String::new();
    for rule in &rules {
        text.push_str(&super::rule("s: {is: a}\ncondition: s").replace("title: t", &format!("title: t\nname: {rule}")));
        text.push_str("---\n");
    }
    let words = |count: usize, condition: &str| {
        let (rules, kind) = (rules[..count].join(", "), "temporal_ordered");
        let correlation = format!("{{type: {kind}, rules: [{rules}], timespan: 1m, condition: {condition}}}");
        findings(&format!("{text}title: t\nlevel: low\ncorrelation: {correlation}\n"))
    };
    assert!(words(9, "all of them")[0].contains("can put 8 rules in order at most"));
    assert!(words(8, "4 of them")[0].contains("too many ways"));
    assert_eq!(words(8, "2 of them"), Vec::<String>::new());
    assert_eq!(words(8, "all of them"), Vec::<String>::new());
}

/// How a correlation that is written like this counts.
fn defined(text: &str) -> Counting {
    let text = format!("correlation:\n{}", text.lines().flat_map(|line| ["  ", line, "\n"]).collect::<String>());
    let source = Source::new("rule.yml", &text);
    let node = yaml::parse_all(&source).unwrap().remove(0);
    let mut found = Vec::new();
    let (key, value) = node.entry("correlation").unwrap();
    let definition = correlation::read(&mut Reading::new(&source, &mut found), &node, key, value).unwrap();
    Counting::of(&definition, definition.rules.len())
}

proptest! {
    /// What is thrown away of a full window changes nothing of what is found.
    #[test]
    fn shadows_are_forgotten_without_changing_what_is_found(
        steps in prop::collection::vec((0..4_i64, 0..4_u64), 1..200),
        condition in prop_oneof![Just("a and b and c and d"), Just("a and d and not c"), Just("2 of them"), Just("(a or b) and d")],
    ) {
        let rules = "[a, b, c, d]";
        let correlation = format!("type: temporal_ordered\nrules: {rules}\ntimespan: 30s\ncondition: {condition}");
        let counting = defined(&correlation);
        let narrow = Counting { most: 4, ..counting.clone() };
        let wide = Counting { most: usize::MAX, ..counting };
        let (mut one, mut other, mut time) = (Window::default(), Window::default(), 0);
        for (after, what) in steps {
            time += after * 1_000;
            prop_assert_eq!(one.count(&narrow, time, what), other.count(&wide, time, what));
            prop_assert!(one.len() <= 16 + 4);
        }
    }
}
