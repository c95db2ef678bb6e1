//! What correlations count, and when they match: for each type, events and the moments at which it fires.

use super::{DRILL, Engine, at, engine, event, findings, ids, rule};
use crate::base::realm::Realm;
use crate::watch::sigma::correlate::window::{Counting, Window};

/// Three rules called `a`, `b` and `c`, which match where the field `is` has their name, and a correlation.
pub(super) fn counting(correlation: &str) -> String {
    let mut text = String::new();
    for name in ["a", "b", "c"] {
        let detection = format!("s: {{is: {name}}}\ncondition: s");
        text.push_str(&rule(&detection).replace("title: t", &format!("title: t\nname: {name}")));
        text.push_str("---\n");
    }
    format!("{text}title: many\nlevel: high\ncorrelation:\n{}", super::indent(correlation))
}

/// What happens: the second, and `is`, optionally with the group behind a slash and a value behind another.
pub(super) fn happen(engine: &mut Engine, realm: Realm, story: &[(i64, &str)]) -> Vec<(i64, String)> {
    let mut fired = Vec::new();
    for (second, what) in story {
        let mut parts = what.split('/');
        let names = ["is", "group", "value"];
        let fields: Vec<String> = names
            .iter()
            .zip(&mut parts)
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!(r#""{name}": "{value}""#))
            .collect();
        let event = event(second * 1_000, &format!("{{{}}}", fields.join(",")));
        for found in engine.step(realm, &event) {
            let subject: Vec<&str> = found.subject.iter().map(|(_, value)| &**value).collect();
            assert_eq!(found.time, at(second * 1_000));
            fired.push((
                *second,
                format!("{}{}", found.rule.id.as_str().trim_start_matches("test.rule"), subject.join(",")),
            ));
        }
    }
    fired
}

/// When a correlation fires over a story, the rules beside it left out.
pub(super) fn fires(correlation: &str, story: &[(i64, &str)]) -> Vec<i64> {
    let fired = happen(&mut engine(&counting(correlation)), Realm::Live, story);
    fired.into_iter().filter(|(_, id)| !id.starts_with('#')).map(|(second, _)| second).collect()
}

const THREE: &str = "type: event_count\nrules: [a]\ntimespan: 10s\ncondition: {gte: 3}";

#[test]
fn events_are_counted_in_a_sliding_window() {
    for (story, expected) in [
        (vec![(0, "a"), (1, "a"), (2, "a")], vec![2]),
        (vec![(0, "a"), (5, "a"), (10, "a")], vec![10]),
        (vec![(0, "a"), (5, "a"), (11, "a")], vec![]),
        (vec![(0, "a"), (5, "b"), (6, "a")], vec![]),
        // One burst is one match, however long it is.
        (vec![(0, "a"), (1, "a"), (2, "a"), (3, "a"), (4, "a"), (11, "a"), (12, "a")], vec![2]),
        // The next burst is another one.
        (vec![(0, "a"), (1, "a"), (2, "a"), (20, "a"), (21, "a"), (22, "a")], vec![2, 22]),
        (vec![(0, "a"), (1, "a"), (2, "a"), (12, "a"), (13, "a"), (14, "a")], vec![2, 14]),
        // Late events count where they belong.
        (vec![(0, "a"), (9, "a"), (4, "a")], vec![4]),
        (vec![(0, "a"), (15, "a"), (4, "a"), (16, "a")], vec![]),
        (vec![(15, "a"), (4, "a"), (5, "a"), (6, "a")], vec![6]),
    ] {
        assert_eq!(fires(THREE, &story), expected, "{story:?}");
    }
}

#[test]
fn bounds_are_compared_with_each_event() {
    let story: Vec<(i64, &str)> = (1..=6).map(|second| (second, "a")).collect();
    for (condition, expected) in [
        ("{gt: 3}", vec![4]),
        ("{gte: 3}", vec![3]),
        ("{lt: 3}", vec![1]),
        ("{lte: 3}", vec![1]),
        ("{eq: 3}", vec![3]),
        ("{neq: 3}", vec![1, 4]),
        ("{gt: 2, lte: 4}", vec![3]),
        ("{gte: 1}", vec![1]),
        ("{gt: 0}", vec![1]),
        ("{gte: 0}", vec![1]),
        ("{gte: 7}", vec![]),
    ] {
        let correlation = THREE.replace("{gte: 3}", condition);
        assert_eq!(fires(&correlation, &story), expected, "{condition}");
    }
    // Falling back below an upper bound is a new match.
    let correlation = THREE.replace("{gte: 3}", "{lt: 3}");
    assert_eq!(fires(&correlation, &[(1, "a"), (2, "a"), (3, "a"), (30, "a")]), [1, 30]);
}

/// S14 of issue 11. A window is looked at when something comes: what asks for nothing, or for what cannot be, would never be heard of.
#[test]
fn a_condition_that_no_count_meets_is_said() {
    let text = |correlation: &str, condition: &str| counting(&correlation.replace("{gte: 3}", condition));
    let never = "no count meets this condition";
    for condition in ["{lt: 1}", "{lte: 0}", "{eq: 0}", "{gt: 5, lt: 6}", "{gte: 3, lte: 2}", "{eq: 2, neq: 2}"] {
        let found = findings(&text(THREE, condition));
        assert!(found.len() == 1 && found[0].contains(never), "{condition}: {found:?}");
    }
    for condition in ["{lt: 2}", "{gte: 0}", "{neq: 1}", "{gt: 5, lt: 7}", "{eq: 100000}", "{gt: 100000}"] {
        let found = findings(&text(THREE, condition));
        assert!(found.is_empty(), "{condition}: {found:?}");
    }
    let sum = "type: value_sum\nrules: [a]\ntimespan: 10s\ncondition: {field: n, gte: 3}";
    for (condition, is_never) in [("gt: 5, lt: 6", false), ("lt: 1", false), ("eq: 0", false), ("gt: 6, lt: 5", true)] {
        let found = findings(&counting(&sum.replace("gte: 3", condition)));
        assert_eq!(found.iter().any(|finding| finding.contains(never)), is_never, "{condition}: {found:?}");
    }
    let both = "type: temporal\nrules: [a, b]\ntimespan: 10s\ncondition: {gt: 2}";
    assert!(findings(&counting(both))[0].contains(never));
}

/// The same machine, as a service that listens for IPv4 and IPv6 at once puts it in its log.
#[test]
fn an_address_is_one_however_it_is_written() {
    let correlation = format!("{THREE}\ngroup-by: [group]");
    let written = ["a/10.0.0.5", "a/::ffff:10.0.0.5", "a/::ffff:10.0.0.6", "a/::FFFF:a00:5"];
    let story: Vec<(i64, &str)> = (0..).zip(written).collect();
    assert_eq!(fires(&correlation, &story), [3]);
}

#[test]
fn each_group_has_its_own_window() {
    let grouped = format!("{THREE}\ngroup-by: [group]");
    for (story, expected) in [
        (vec![(0, "a/x"), (1, "a/x"), (2, "a/x")], vec![(2, "x")]),
        (vec![(0, "a/x"), (1, "a/y"), (2, "a/x")], vec![]),
        (vec![(0, "a/x"), (1, "a/X"), (2, "a/x")], vec![(2, "x")]),
        (vec![(0, "a"), (1, "a"), (2, "a")], vec![]),
        (vec![(0, "a/x"), (1, "a/y"), (2, "a/x"), (3, "a/y"), (4, "a/y"), (5, "a/x")], vec![(4, "y"), (5, "x")]),
    ] {
        let fired = happen(&mut engine(&counting(&grouped)), Realm::Live, &story);
        let fired: Vec<_> = fired.iter().map(|(second, subject)| (*second, subject.as_str())).collect();
        assert_eq!(fired, expected, "{story:?}");
    }
    let two = format!("{THREE}\ngroup-by: [group, value]");
    assert_eq!(fires(&two, &[(0, "a/x/1"), (1, "a/x/2"), (2, "a/x/1"), (3, "a/x/1")]), [3]);
    // The values must not run into each other.
    assert_eq!(fires(&two, &[(0, "a/xy/z"), (1, "a/x/yz"), (2, "a/xy/z")]), Vec::<i64>::new());
}

#[test]
fn several_rules_are_counted_together() {
    let both = THREE.replace("[a]", "[a, b]");
    assert_eq!(fires(&both, &[(0, "a"), (1, "b"), (2, "c"), (3, "a")]), [3]);
}

#[test]
fn different_values_are_counted() {
    let correlation =
        "type: value_count\nrules: [a]\ngroup-by: [group]\ntimespan: 10s\ncondition: {field: value, gte: 3}";
    for (story, expected) in [
        (vec![(0, "a/x/1"), (1, "a/x/2"), (2, "a/x/3")], vec![2]),
        (vec![(0, "a/x/1"), (1, "a/x/1"), (2, "a/x/1")], vec![]),
        (vec![(0, "a/x/u"), (1, "a/x/U"), (2, "a/x/v"), (3, "a/x/w")], vec![3]),
        (vec![(0, "a/x/1"), (1, "a/y/2"), (2, "a/x/3"), (3, "a/y/4")], vec![]),
        (vec![(0, "a/x"), (1, "a/x/2"), (2, "a/x/3")], vec![]),
        (vec![(0, "a/x/1"), (6, "a/x/2"), (12, "a/x/3")], vec![]),
        // A value that comes again is as young as its last time.
        (vec![(0, "a/x/1"), (6, "a/x/2"), (8, "a/x/1"), (12, "a/x/3")], vec![12]),
        (vec![(9, "a/x/1"), (4, "a/x/1"), (16, "a/x/2"), (17, "a/x/3")], vec![17]),
        // One burst, then another.
        (
            vec![(0, "a/x/1"), (1, "a/x/2"), (2, "a/x/3"), (3, "a/x/4"), (30, "a/x/5"), (31, "a/x/6"), (32, "a/x/7")],
            vec![2, 32],
        ),
    ] {
        assert_eq!(fires(correlation, &story), expected, "{story:?}");
    }
    let pairs = correlation.replace("field: value", "field: [is, value]").replace("[a]", "[a, b]");
    assert_eq!(fires(&pairs, &[(0, "a/x/1"), (1, "b/x/1"), (2, "a/x/1"), (3, "a/x/2")]), [3]);
}

#[test]
fn rules_are_seen_together_in_any_order() {
    let correlation = "type: temporal\nrules: [a, b, c]\ngroup-by: [group]\ntimespan: 10s";
    for (story, expected) in [
        (vec![(0, "a/x"), (1, "b/x"), (2, "c/x")], vec![2]),
        (vec![(0, "c/x"), (1, "a/x"), (2, "b/x")], vec![2]),
        (vec![(0, "a/x"), (1, "b/y"), (2, "c/x")], vec![]),
        (vec![(0, "a/x"), (5, "b/x"), (11, "c/x")], vec![]),
        (vec![(0, "a/x"), (5, "b/x"), (6, "a/x"), (11, "c/x")], vec![11]),
        (vec![(0, "a/x"), (1, "b/x"), (2, "c/x"), (3, "a/x"), (9, "b/x"), (11, "c/x")], vec![2]),
        (vec![(0, "a/x"), (1, "b/x"), (2, "c/x"), (30, "a/x"), (31, "c/x"), (32, "b/x")], vec![2, 32]),
        (vec![(5, "a/x"), (6, "c/x"), (1, "b/x")], vec![1]),
    ] {
        assert_eq!(fires(correlation, &story), expected, "{story:?}");
    }
    let two = format!("{correlation}\ncondition: {{gte: 2}}");
    assert_eq!(fires(&two, &[(0, "a/x"), (1, "a/x"), (2, "c/x")]), [2]);
}

#[test]
fn rules_are_seen_one_after_the_other() {
    let correlation = "type: temporal_ordered\nrules: [a, b, c]\ngroup-by: [group]\ntimespan: 10s";
    for (story, expected) in [
        (vec![(0, "a/x"), (1, "b/x"), (2, "c/x")], vec![2]),
        (vec![(0, "c/x"), (1, "b/x"), (2, "a/x")], vec![]),
        (vec![(0, "a/x"), (1, "c/x"), (2, "b/x"), (3, "c/x")], vec![3]),
        (vec![(0, "a/x"), (5, "b/x"), (11, "c/x")], vec![]),
        (vec![(0, "a/x"), (1, "a/x"), (5, "b/x"), (11, "c/x")], vec![11]),
        // A later first step does not serve an earlier second one.
        (vec![(0, "a/x"), (1, "b/x"), (5, "a/x"), (11, "c/x")], vec![]),
        // The same instant is in order, a late event takes its place.
        (vec![(1, "c/x"), (1, "b/x"), (1, "a/x")], vec![1]),
        (vec![(5, "c/x"), (1, "a/x"), (3, "b/x")], vec![3]),
        (vec![(0, "a/x"), (1, "b/x"), (2, "c/x"), (3, "a/x"), (4, "b/x"), (5, "c/x")], vec![2]),
        (vec![(0, "a/x"), (1, "b/x"), (2, "c/x"), (20, "a/x"), (21, "b/x"), (22, "c/x")], vec![2, 22]),
    ] {
        assert_eq!(fires(correlation, &story), expected, "{story:?}");
    }
    // A flood of the first step does not wash away the second.
    let mut story = vec![(0, "a/x"), (0, "b/x")];
    story.extend((0..5_000).map(|_| (1, "a/x")));
    story.push((2, "c/x"));
    assert_eq!(fires(correlation, &story), [2]);
    let mut story: Vec<(i64, &str)> = (0..5_000).map(|turn| (1, if turn % 2 == 0 { "a/x" } else { "b/x" })).collect();
    story.push((2, "c/x"));
    assert_eq!(fires(correlation, &story), [2]);
    let two = format!("{correlation}\ncondition: {{gte: 2}}");
    assert_eq!(fires(&two, &[(0, "b/x"), (1, "c/x"), (2, "a/x"), (3, "b/x")]), [3]);
}

#[test]
fn aliases_join_fields_of_different_names() {
    let correlation = "type: temporal\nrules: [a, b]\ngroup-by: [who]\ntimespan: 10s\n\
        aliases: {who: {a: group, b: value}}";
    let mut engine = engine(&counting(correlation));
    let fired = happen(&mut engine, Realm::Live, &[(0, "a/x"), (1, "b/x/y"), (2, "b/z/x")]);
    assert_eq!(fired, [(2, "x".to_owned())]);
    let found = findings(&counting(&correlation.replace(", b: value", "")));
    assert!(found[0].contains("`who` does not say which field of `b` it is"), "{found:?}");
    let found = findings(&counting(&correlation.replace("b: value", "bb: value")));
    assert!(found[0].contains("there is no rule `bb` (did you mean `b`?)"), "{found:?}");
}

#[test]
fn real_lines_and_lines_of_an_exercise_never_meet() {
    let mut engine = engine(&counting(THREE));
    assert_eq!(happen(&mut engine, Realm::Live, &[(0, "a"), (1, "a")]), []);
    assert_eq!(happen(&mut engine, DRILL, &[(2, "a"), (3, "a")]), []);
    assert_eq!(happen(&mut engine, Realm::Live, &[(4, "a")]).len(), 1);
    assert_eq!(happen(&mut engine, DRILL, &[(5, "a")]).len(), 1);
    assert_eq!(engine.windows(), 2);
    engine.forget(DRILL);
    assert_eq!(engine.windows(), 1);
    let changes = engine.take_windows();
    assert!(changes.iter().all(|change| change.state.is_some() != change.key.contains("D3")), "{changes:?}");
    assert_eq!(happen(&mut engine, DRILL, &[(6, "a"), (7, "a")]), []);
}

#[test]
fn a_counted_rule_is_silent_unless_asked() {
    let mut silent = engine(&counting(THREE));
    let story = [(0, "a"), (1, "a"), (2, "a"), (3, "b")];
    assert_eq!(happen(&mut silent, Realm::Live, &story), [(2, String::new()), (3, "#b".to_owned())]);
    let mut loud = engine(&counting(&format!("{THREE}\ngenerate: true")));
    let fired: Vec<String> = happen(&mut loud, Realm::Live, &story).into_iter().map(|(_, id)| id).collect();
    assert_eq!(fired, ["#a", "#a", "#a", "", "#b"]);
}

/// Three failures in ten seconds, then a success within a minute.
const CHAIN: &str = "
title: inner
name: inner
level: low
correlation: {type: event_count, rules: [a], group-by: [group], timespan: 10s, condition: {gte: 3}}
---
title: outer
level: high
correlation: {type: temporal_ordered, rules: [inner, b], group-by: [group], timespan: 60s}
";

fn chain(text: &str) -> Engine {
    let base = counting(THREE);
    let (rules, _) = base.split_once("title: many").unwrap();
    engine(&format!("{rules}{}", text.trim_start()))
}

#[test]
fn correlations_are_counted_by_correlations() {
    for (story, expected) in [
        (vec![(0, "a/x"), (1, "a/x"), (2, "a/x"), (30, "b/x")], vec![30]),
        (vec![(0, "a/x"), (1, "a/x"), (30, "b/x")], vec![]),
        (vec![(0, "a/x"), (1, "a/x"), (2, "a/x"), (30, "b/y")], vec![]),
        (vec![(0, "a/x"), (1, "a/x"), (2, "a/x"), (63, "b/x")], vec![]),
        // The lower one has not stopped being true since, so a success long after its start still counts.
        ((0..100).map(|second| (second, "a/x")).chain([(105, "b/x")]).collect(), vec![105]),
    ] {
        let fired: Vec<i64> =
            happen(&mut chain(CHAIN), Realm::Live, &story).iter().map(|(second, _)| *second).collect();
        assert_eq!(fired, expected, "{story:?}");
    }
}

#[test]
fn bursts_are_counted_as_one_each() {
    let text = CHAIN.replace(
        "type: temporal_ordered, rules: [inner, b], group-by: [group], timespan: 60s",
        "type: event_count, rules: [inner], timespan: 1h, condition: {gte: 2}",
    );
    let burst = |start: i64| (start..start + 6).map(|second| (second, "a/x"));
    let story: Vec<(i64, &str)> = burst(0).chain(burst(100)).collect();
    assert_eq!(happen(&mut chain(&text), Realm::Live, &story), [(102, String::new())]);
    // What the lower one groups by is known to the upper one.
    let text = text.replace("timespan: 1h", "group-by: [group], timespan: 1h");
    assert_eq!(happen(&mut chain(&text), Realm::Live, &story), [(102, "x".to_owned())]);
}

#[test]
fn a_wrong_clock_neither_blinds_nor_empties() {
    let grouped = format!("{THREE}\ngroup-by: [group]");
    // One event of the year 2100, then the present.
    let story = [(0, "a/x"), (4_102_444_800, "a/x"), (1, "a/x"), (2, "a/x"), (3, "a/x")];
    assert_eq!(fires(&grouped, &story), [3]);
    // The windows of others live on, whatever one device says.
    let mut engine = engine(&counting(&grouped));
    engine.counters.memory.sweep = 1;
    happen(&mut engine, Realm::Live, &[(0, "a/y"), (1, "a/y"), (2, "a/x")]);
    happen(&mut engine, Realm::Live, &[(4_102_444_800, "a/x")]);
    assert_eq!(happen(&mut engine, Realm::Live, &[(3, "a/y")]).len(), 1);
}

#[test]
fn old_windows_are_forgotten_as_time_passes() {
    let mut engine = engine(&counting(&format!("{THREE}\ngroup-by: [group]")));
    engine.counters.memory.sweep = 10;
    let mut forgotten = 0;
    for second in 0..1_000 {
        happen(&mut engine, Realm::Live, &[(second, &format!("a/{second}"))]);
        assert!(engine.windows() < 60, "{}", engine.windows());
        forgotten += engine.take_windows().iter().filter(|change| change.state.is_none()).count();
    }
    assert_eq!(engine.evicted(), 0);
    assert!(forgotten > 900, "{forgotten}");
}

#[test]
fn windows_are_bounded_and_the_longest_untouched_goes_first() {
    let mut engine = engine(&counting(&format!("{THREE}\ngroup-by: [group]"))).limited(2);
    let fired = happen(
        &mut engine,
        Realm::Live,
        &[(0, "a/x"), (0, "a/y"), (1, "a/x"), (1, "a/z"), (2, "a/y"), (2, "a/z"), (2, "a/z")],
    );
    assert_eq!((engine.windows(), engine.evicted()), (2, 2));
    assert_eq!(fired, [(2, "z".to_owned())]);
}

#[test]
fn one_window_does_not_grow_with_its_events() {
    let mut engine = engine(&counting(THREE));
    for _ in 0..10_000 {
        happen(&mut engine, Realm::Live, &[(5, "a")]);
    }
    let changes = engine.take_windows();
    assert!(changes.iter().all(|change| change.state.as_ref().unwrap().len() < 400), "{changes:?}");
}

#[test]
fn detours_are_forgotten_without_changing_what_is_counted() {
    use crate::watch::sigma::rule::measure::{Bound, Compare, Kind};
    let bounds = vec![Bound { compare: Compare::AtLeast, number: 3.0 }];
    let plain = Counting::new(Kind::Steps, bounds, 50, 3);
    let narrow = Counting { most: 8, ..plain.clone() };
    let wide = Counting { most: usize::MAX, ..plain };
    let (mut one, mut other) = (Window::default(), Window::default());
    let mut random: u64 = 7;
    for time in 0..5_000 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The third step is rare, so that the window is sometimes below its bound.
        let what = [0, 0, 0, 1, 1, 0, 1, 2][(random >> 33) as usize % 8];
        let time = time * 3;
        assert_eq!(one.count(&narrow, time, what), other.count(&wide, time, what), "at {time}");
    }
}

#[test]
fn mistakes_of_a_correlation_are_found_at_their_place() {
    for (written, place, wanted) in [
        (
            THREE.replace("event_count", "event_cuont"),
            "31:9",
            "there is no correlation of the type `event_cuont` (did you mean `event_count`?)",
        ),
        (THREE.replace("event_count", "value_min"), "31:9", "there is no correlation of the type `value_min`"),
        (THREE.replace("event_count", "value_sum"), "34:3", "does not say which field holds the numbers"),
        (THREE.replace("event_count", "value_avg").replace("gte: 3", "gte: x, field: value"), "34:20", "a number"),
        (
            THREE.replace("event_count", "value_sum").replace("gte: 3", "gte: 1, field: [a, b]"),
            "34:34",
            "numbers are taken from one field only",
        ),
        (
            THREE.replace("event_count", "value_percentile").replace("gte: 3", "gte: 1, field: value"),
            "34:3",
            "does not say which percentile",
        ),
        (
            THREE.replace("event_count", "value_percentile").replace("gte: 3", "percentile: 101, gte: 1, field: value"),
            "34:27",
            "a percentile between 0 and 100",
        ),
        (
            THREE.replace("event_count", "value_median").replace("gte: 3", "percentile: 10, gte: 1, field: value"),
            "34:15",
            "only `value_percentile` has a percentile",
        ),
        (THREE.replace("10s", "10x"), "33:13", "`10x` is not a timespan"),
        (THREE.replace("10s", "0s"), "33:13", "`0s` is not a timespan"),
        (THREE.replace("10s", "-1s"), "33:13", "is not a timespan"),
        (THREE.replace("10s", "99999999999999999999y"), "33:13", "is not a timespan"),
        (THREE.replace("10s", "é"), "33:13", "is not a timespan"),
        (THREE.replace("timespan: 10s\n", ""), "31:3", "the key `timespan` is missing"),
        (THREE.replace("type: event_count\n", ""), "31:3", "the key `type` is missing"),
        (THREE.replace("\ncondition: {gte: 3}", ""), "31:3", "the key `condition` is missing"),
        (THREE.replace("rules: [a]", "rules: []"), "32:3", "this correlation counts nothing"),
        (THREE.replace("gte: 3", "gte: three"), "34:20", "expected a whole number"),
        (THREE.replace("gte: 3", "gte: -1"), "34:20", "expected a whole number"),
        (THREE.replace("gte: 3", "gte: 1000000"), "34:20", "can count to 100000 at most"),
        (THREE.replace("gte: 3", "get: 3"), "34:15", "unknown key `get`"),
        (THREE.replace("{gte: 3}", "a and b"), "34:14", "expected a comparison such as {gte: 10}"),
        (THREE.replace("gte: 3", "gte: 3, field: x"), "34:23", "only `value_count` counts"),
        (THREE.replace("event_count", "value_count"), "34:3", "does not say which field"),
        (format!("{THREE}\ngroup_by: [x]"), "35:3", "unknown key `group_by` (did you mean `group-by`?)"),
        (format!("{THREE}\ngroup-by: {{x: y}}"), "35:13", "expected text, found a map"),
        (format!("{THREE}\ngenerate: maybe"), "35:13", "expected `true` or `false`"),
        (format!("{THREE}\naliases: [x]"), "35:12", "expected names"),
        (format!("{THREE}\naliases: {{x: y}}"), "35:16", "expected rules, each with its own field"),
    ] {
        let found = findings(&counting(&written));
        assert!(
            found.iter().any(|finding| finding.starts_with(place) && finding.contains(wanted)),
            "{written}\n{place} {wanted}: {found:#?}"
        );
    }
}

#[test]
fn timespans_have_seven_units() {
    for (timespan, seconds) in [
        ("90s", 90),
        ("2m", 120),
        ("1h", 3_600),
        ("1d", 86_400),
        ("1w", 604_800),
        ("1M", 2_592_000),
        ("1y", 31_536_000),
    ] {
        let correlation = THREE.replace("10s", timespan).replace("gte: 3", "gte: 2");
        assert_eq!(fires(&correlation, &[(0, "a"), (seconds, "a")]), [seconds], "{timespan}");
        assert_eq!(fires(&correlation, &[(0, "a"), (seconds + 1, "a")]), Vec::<i64>::new(), "{timespan}");
    }
}

#[test]
fn the_example_of_the_specification_works() {
    let text = "
title: Correlation - Multiple Failed Logins Followed by Successful Login
id: b180ead8-d58f-40b2-ae54-c8940995b9b6
correlation:
    type: temporal_ordered
    rules: [multiple_failed_login, successful_login]
    group-by: [User]
    timespan: 10m
level: high
---
title: Multiple failed logons
id: a8418a5a-5fc4-46b5-b23b-6c73beb19d41
name: multiple_failed_login
correlation:
    type: event_count
    rules: [failed_login]
    group-by: [User]
    timespan: 10m
    condition: {gte: 10}
---
title: Single failed login
name: failed_login
logsource: {product: p}
detection: {selection: {EventID: [529, 4625]}, condition: selection}
---
title: Successful login
name: successful_login
logsource: {product: p}
detection: {selection: {EventID: [528, 4624]}, condition: selection}
";
    let mut engine = engine(text);
    let mut step = |second: i64, id: i64, user: &str| {
        let found =
            engine.step(Realm::Live, &event(second * 1_000, &format!(r#"{{"EventID": {id}, "User": "{user}"}}"#)));
        ids(&found).len()
    };
    assert_eq!(step(0, 4624, "ana"), 0);
    for second in 1..=10 {
        assert_eq!(step(second, 4625, "ana"), 0);
    }
    assert_eq!((step(11, 4624, "bob"), step(12, 528, "ana")), (0, 1));
}
