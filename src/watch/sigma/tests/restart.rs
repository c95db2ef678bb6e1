//! What is written to disk: small, without the values it was made from, and enough to go on exactly.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::{DRILL, Engine, engine, event, rule};
use crate::base::realm::Realm;
use crate::base::seal::Key;

/// Every type of correlation, one of them over another.
fn rules() -> String {
    let mut text = String::new();
    for name in ["a", "b", "c"] {
        text.push_str(
            &rule(&format!("s: {{is: {name}}}\ncondition: s")).replace("title: t", &format!("title: t\nname: {name}")),
        );
        text.push_str("---\n");
    }
    let correlations = [
        "type: event_count, rules: [a], group-by: [group], timespan: 20s, condition: {gte: 3}",
        "type: event_count, rules: [b, c], timespan: 9s, condition: {gt: 1, lte: 3}",
        "type: value_count, rules: [a, b], timespan: 30s, condition: {gte: 3, field: value}",
        "type: temporal, rules: [a, b, c], group-by: [group], timespan: 8s",
        "type: temporal_ordered, rules: [a, b, c], timespan: 15s",
        "type: temporal_ordered, rules: [n0, c], timespan: 40s",
        "type: event_count, rules: [n0], timespan: 5m, condition: {gte: 2}",
        "type: value_sum, rules: [a], group-by: [group], timespan: 25s, condition: {gte: 9, field: value}",
        "type: value_avg, rules: [a, b], timespan: 30s, condition: {gt: 2.5, field: value}",
        "type: value_median, rules: [b, c], timespan: 20s, condition: {lt: 3, field: value}",
        "type: value_percentile, rules: [a, c], timespan: 1m, condition: {gte: 4.5, field: value, percentile: 90}",
        "type: temporal, rules: [a, b, c], group-by: [group], timespan: 9s, condition: a and (b or c) and not (b and c)",
        "type: temporal_ordered, rules: [a, b, c], timespan: 15s, condition: (a or b) and c and not (a and b)",
    ];
    for (number, correlation) in correlations.iter().enumerate() {
        writeln!(text, "title: c\nname: n{number}\nlevel: low\ncorrelation: {{{correlation}}}\n---").unwrap();
    }
    let first_seen = "rules: [a, b], group-by: [group], field: value, learn: 20s, forget: 40s";
    writeln!(text, "title: c\nname: seen\nlevel: low\nvigie: {{first_seen: {{{first_seen}}}}}\n---").unwrap();
    text
}

fn fresh(windows: usize, sweep: u64) -> Engine {
    let mut engine = engine(&rules()).keyed(Key::from_bytes([7; 32])).limited(windows);
    engine.counters.memory.sweep = sweep;
    engine
}

/// A disk that keeps what it is given.
#[derive(Default)]
struct Disk(BTreeMap<String, String>);

impl Disk {
    fn write(&mut self, engine: &mut Engine) {
        for change in engine.take_windows() {
            match change.state {
                Some(state) => self.0.insert(change.key, state),
                None => self.0.remove(&change.key),
            };
        }
    }
}

#[derive(Debug, Clone)]
struct Step {
    drill: bool,
    /// Milliseconds since the step before; events can be late.
    after: i64,
    json: String,
}

fn step() -> impl Strategy<Value = Step> {
    let fields = ("[abc]", "[xy]?", "[1-5]?").prop_map(|(is, group, value)| {
        let mut json = format!(r#"{{"is": "{is}""#);
        for (name, value) in [("group", group), ("value", value)] {
            if !value.is_empty() {
                write!(json, r#", "{name}": "{value}""#).unwrap();
            }
        }
        json + "}"
    });
    let after = prop_oneof![8 => 0..3_000_i64, 1 => -12_000..0_i64, 1 => 20_000..60_000_i64];
    (proptest::bool::weighted(0.2), after, fields).prop_map(|(drill, after, json)| Step { drill, after, json })
}

/// Where a new engine gets its windows from.
#[derive(Clone, Copy, PartialEq)]
enum From {
    Disk,
    Predecessor,
}

/// Runs a story, stopping and starting again where `stops` says so, and gives what matched at which step.
fn run(story: &[Step], windows: usize, sweep: u64, stops: &dyn Fn(usize) -> bool) -> (Vec<String>, Disk) {
    run_from(From::Disk, story, windows, sweep, stops)
}

fn run_from(
    from: From,
    story: &[Step],
    windows: usize,
    sweep: u64,
    stops: &dyn Fn(usize) -> bool,
) -> (Vec<String>, Disk) {
    let mut engine = fresh(windows, sweep);
    let mut disk = Disk::default();
    let mut time = 1_000_000;
    let mut fired = Vec::new();
    for (number, step) in story.iter().enumerate() {
        time += step.after;
        let realm = if step.drill { DRILL } else { Realm::Live };
        for found in engine.step(realm, &event(time, &step.json)) {
            fired.push(format!("{number} {} {:?}", found.rule.id, found.subject));
        }
        if stops(number) {
            disk.write(&mut engine);
            let before = std::mem::replace(&mut engine, fresh(windows, sweep));
            match from {
                From::Disk => engine.restore(disk.0.clone()),
                From::Predecessor => engine.restore(before.all_windows()),
            }
        }
    }
    disk.write(&mut engine);
    (fired, disk)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_restart_changes_nothing(
        steps in prop::collection::vec(step(), 1..120),
        every in 1..40_usize,
        windows in prop_oneof![Just(3_usize), Just(1_000)],
        sweep in prop_oneof![Just(5_u64), Just(4_096)],
    ) {
        let (unbroken, disk) = run(&steps, windows, sweep, &|_| false);
        let (broken, other_disk) = run(&steps, windows, sweep, &|number| number % every == 0);
        prop_assert_eq!(&unbroken, &broken);
        prop_assert_eq!(&disk.0, &other_disk.0);
        let (handed, other_disk) = run_from(From::Predecessor, &steps, windows, sweep, &|number| number % every == 0);
        prop_assert_eq!(unbroken, handed);
        prop_assert_eq!(disk.0, other_disk.0);
    }

    /// Whether what changed is taken after each event or once at the end, the same is counted and the same is kept.
    #[test]
    fn writing_often_or_once_is_the_same(steps in prop::collection::vec(step(), 1..120), every in 1..9_usize) {
        let (unbroken, disk) = run(&steps, 1_000, 64, &|_| false);
        let mut engine = fresh(1_000, 64);
        let (mut other, mut time, mut fired) = (Disk::default(), 1_000_000, Vec::new());
        for (number, step) in steps.iter().enumerate() {
            time += step.after;
            let realm = if step.drill { DRILL } else { Realm::Live };
            for found in engine.step(realm, &event(time, &step.json)) {
                fired.push(format!("{number} {} {:?}", found.rule.id, found.subject));
            }
            if number % every == 0 {
                other.write(&mut engine);
            }
        }
        other.write(&mut engine);
        prop_assert_eq!(unbroken, fired);
        prop_assert_eq!(disk.0, other.0);
    }

    /// Events of one instant leave the same behind, in whatever order they come. Which of them a match is of may differ,
    /// and so do those that count matches.
    #[test]
    fn order_within_an_instant_does_not_matter(
        instants in prop::collection::vec((500..4_000_i64, prop::collection::vec("[abc]/[xy]/[1-5]", 1..6)), 1..30),
        turn in 0..5_usize,
    ) {
        let chained = |document: &&str| !document.contains("[n0");
        let text = rules().split("---\n").filter(chained).collect::<Vec<_>>().join("---\n");
        let kept = |turned: bool| {
            let (mut engine, mut disk, mut time) = (super::engine(&text), Disk::default(), 1_000_000);
            for (after, events) in &instants {
                time += after;
                let mut events = events.clone();
                if turned {
                    events.reverse();
                    let turn = turn % events.len();
                    events.rotate_left(turn);
                }
                for what in events {
                    let parts: Vec<&str> = what.split('/').collect();
                    let json = format!(r#"{{"is": "{}", "group": "{}", "value": {}}}"#, parts[0], parts[1], parts[2]);
                    engine.step(Realm::Live, &event(time, &json));
                }
            }
            disk.write(&mut engine);
            // The number of the last event differs, and so do the events that no match stands for yet.
            let rest = |state: String| {
                let mut state: serde_json::Value = serde_json::from_str(&state).unwrap();
                state.as_object_mut().unwrap().retain(|member, _| !["n", "u"].contains(&member.as_str()));
                state
            };
            disk.0.into_iter().map(|(key, state)| (key, rest(state))).collect::<Vec<_>>()
        };
        prop_assert_eq!(kept(false), kept(true));
    }

    #[test]
    fn an_exercise_changes_nothing_for_the_real_world(steps in prop::collection::vec(step(), 1..120)) {
        let (all, _) = run(&steps, 1_000, 4_096, &|_| false);
        let mut engine = fresh(1_000, 4_096);
        let mut time = 1_000_000;
        let mut live = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            time += step.after;
            if !step.drill {
                for found in engine.step(Realm::Live, &event(time, &step.json)) {
                    live.push(format!("{number} {} {:?}", found.rule.id, found.subject));
                }
            }
        }
        let of_live = |text: &&String| !steps[text.split(' ').next().unwrap().parse::<usize>().unwrap()].drill;
        let all: Vec<String> = all.iter().filter(of_live).cloned().collect();
        prop_assert_eq!(live, all);
    }
}

fn story(engine: &mut Engine) {
    for second in 0..5 {
        let json = format!(r#"{{"is": "a", "group": "Dupont", "value": "secret{second}"}}"#);
        engine.step(Realm::Live, &event(second * 1_000, &json));
    }
}

#[test]
fn what_is_written_does_not_tell_the_values() {
    let mut disk = Disk::default();
    let mut engine = fresh(100, 100);
    story(&mut engine);
    disk.write(&mut engine);
    let text = format!("{:?}", disk.0).to_lowercase();
    assert!(!text.contains("dupont") && !text.contains("secret"), "{text}");

    // Without the key of the site, nobody can make the same hashes.
    let mut keyless = super::engine(&rules());
    story(&mut keyless);
    let mut other = Disk::default();
    other.write(&mut keyless);
    assert!(other.0.keys().filter(|key| key.contains(":live:")).all(|key| !disk.0.contains_key(key)));
}

#[test]
fn only_changes_are_written() {
    let mut engine = fresh(100, 100);
    story(&mut engine);
    assert!(engine.take_windows().len() > 3);
    assert_eq!(engine.take_windows(), []);
    engine.step(Realm::Live, &event(6_000, r#"{"is": "nothing"}"#));
    assert_eq!(engine.take_windows(), []);
}

#[test]
fn what_cannot_be_read_or_belongs_to_nothing_is_dropped_and_forgotten() {
    let mut disk = Disk::default();
    let mut engine = fresh(100, 100);
    story(&mut engine);
    disk.write(&mut engine);
    let sound = disk.0.len();
    let (key, state) = disk.0.iter().find(|(key, _)| key.starts_with("test.rule#n2:")).unwrap();
    let (key, state) = (key.clone(), state.clone());
    let (name, rest) = key.split_once(':').unwrap();
    let bad = [
        (key.replace("n2", "gone"), state.clone()),
        (format!("{name}:00000000:{}", rest.split_once(':').unwrap().1), state.clone()),
        (key.replace(":live:", ":elsewhere:"), state.clone()),
        (key.replace(":live:", ":D4:"), "{".to_owned()),
        (key.replace(":live:", ":D5:"), r#"{"n": 900, "t": [5, -9], "w": [1, 2]}"#.to_owned()),
        (key.replace(":live:", ":D6:"), r#"{"n": 901, "t": [5], "w": [1, 2]}"#.to_owned()),
        (key.replace(":live:", ":D7:"), r#"{"n": 902, "t": [9223372036854775807, 1]}"#.to_owned()),
        (key.replace(":live:", ":D7:"), r#"{"n": 903, "t": [-9223372036854775808], "w": [1]}"#.to_owned()),
        (key.replace(":live:", ":D7:"), r#"{"n": 18446744073709551615, "t": [1], "w": [1]}"#.to_owned()),
        (key.replace(":live:", ":D7:"), r#"{"n": 0, "t": [1], "w": [1]}"#.to_owned()),
        ("clock:D7".to_owned(), r#"{"n": 18446744073709551615, "c": 1, "t": [1]}"#.to_owned()),
        ("clock:D8".to_owned(), "[]".to_owned()),
        ("clock:nowhere".to_owned(), "{}".to_owned()),
        (String::new(), String::new()),
    ];
    let mut restored = fresh(100, 100);
    restored.restore(disk.0.into_iter().chain(bad.clone()));
    assert_eq!(restored.windows(), sound - 1, "all but the clock");
    let dropped: Vec<_> = restored.take_windows();
    assert_eq!(dropped.len(), bad.len());
    for (change, (key, _)) in dropped.iter().zip(&bad) {
        assert_eq!((&change.key, &change.state), (key, &None));
    }
}

#[test]
fn a_changed_rule_starts_afresh_and_a_changed_bound_does_not() {
    let mut disk = Disk::default();
    let mut engine = fresh(100, 100);
    story(&mut engine);
    disk.write(&mut engine);
    let restored = |text: &str| {
        let mut engine = super::engine(text).keyed(Key::from_bytes([7; 32]));
        engine.restore(disk.0.clone());
        engine.windows()
    };
    let all = restored(&rules());
    assert_eq!(
        restored(&rules().replace("timespan: 20s, condition: {gte: 3}", "timespan: 9s, condition: {gte: 4}")),
        all
    );
    assert_eq!(restored(&rules().replace("rules: [a], group-by: [group]", "rules: [a], group-by: [value]")), all - 1);
}
