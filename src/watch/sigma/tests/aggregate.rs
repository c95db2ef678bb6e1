//! Correlations that reckon with the numbers of a field (Sigma correlation rules specification 2.1, section
//! "Correlation type": `value_sum`, `value_avg`, `value_percentile`, `value_median`).

use super::{at, engine, event, rule};
use crate::base::realm::Realm;
use crate::watch::sigma::correlate::window::{Counted, Counting, Window};
use crate::watch::sigma::rule::measure::{Bound, Compare, Kind};

/// The seconds at which a correlation fires over events with these numbers, one a second.
fn fires(correlation: &str, numbers: &[&str]) -> Vec<usize> {
    let base = rule("s: {is: a}\ncondition: s").replace("title: t", "title: t\nname: a");
    let text = format!("{base}---\ntitle: c\nlevel: low\ncorrelation: {{rules: [a], {correlation}}}\n");
    let mut engine = engine(&text);
    let fired = |(second, number): (usize, &&str)| {
        let time = i64::try_from(second).unwrap() * 1_000;
        let found = engine.step(Realm::Live, &event(time, &format!(r#"{{"is": "a", "n": {number}}}"#)));
        assert!(found.iter().all(|found| found.time == at(time)));
        (!found.is_empty()).then_some(second)
    };
    numbers.iter().enumerate().filter_map(fired).collect()
}

#[test]
fn each_type_reckons_over_its_window() {
    for (correlation, numbers, expected) in [
        // value_sum
        ("type: value_sum, timespan: 1m, condition: {field: n, gte: 10}", vec!["4", "5", "1"], vec![2]),
        ("type: value_sum, timespan: 1m, condition: {field: n, gt: 10}", vec!["4", "5", "1"], vec![]),
        ("type: value_sum, timespan: 1m, condition: {field: n, gte: 0.75}", vec!["0.5", r#""0.25""#], vec![1]),
        ("type: value_sum, timespan: 2s, condition: {field: n, gte: 9}", vec!["4", "4", "0", "4", "5"], vec![4]),
        ("type: value_sum, timespan: 1m, condition: {field: n, lt: 0}", vec!["1", "-3", "5"], vec![1]),
        ("type: value_sum, timespan: 1m, condition: {field: n, eq: 0}", vec!["0"], vec![0]),
        // What is no number is not counted.
        ("type: value_sum, timespan: 1m, condition: {field: n, gte: 2}", vec!["null", r#""x""#, "true", "2"], vec![3]),
        ("type: value_sum, timespan: 1m, condition: {field: n, gte: 2}", vec![r#"["x", 2, 9]"#], vec![0]),
        ("type: value_sum, timespan: 1m, condition: {field: n, lt: 1}", vec![r#""1e999""#, "0"], vec![1]),
        // value_avg
        ("type: value_avg, timespan: 1m, condition: {field: n, gte: 5}", vec!["1", "9"], vec![1]),
        ("type: value_avg, timespan: 1m, condition: {field: n, gte: 5}", vec!["9", "0", "9"], vec![0, 2]),
        ("type: value_avg, timespan: 1m, condition: {field: n, gt: 2.4, lt: 2.6}", vec!["1", "4"], vec![1]),
        // value_median
        ("type: value_median, timespan: 1m, condition: {field: n, gte: 5}", vec!["1", "9", "9"], vec![1]),
        ("type: value_median, timespan: 1m, condition: {field: n, gte: 6}", vec!["1", "9", "9"], vec![2]),
        // value_percentile
        (
            "type: value_percentile, timespan: 1m, condition: {field: n, percentile: 90, gte: 8}",
            vec!["1", "1", "1", "9"],
            vec![],
        ),
        (
            "type: value_percentile, timespan: 1m, condition: {field: n, percentile: 90, gte: 6}",
            vec!["1", "1", "1", "9"],
            vec![3],
        ),
        (
            "type: value_percentile, timespan: 1m, condition: {field: n, percentile: 99.9, gte: 8.9}",
            vec!["1", "9"],
            vec![1],
        ),
        (
            "type: value_percentile, timespan: 1m, condition: {field: n, percentile: 0, lte: 1}",
            vec!["5", "1", "9"],
            vec![1],
        ),
    ] {
        assert_eq!(fires(correlation, &numbers), expected, "{correlation} {numbers:?}");
    }
}

#[test]
fn sums_stay_exact_when_a_window_is_full() {
    let bounds = vec![Bound { compare: Compare::AtLeast, number: 10_000.0 }];
    let one = 1.0_f64.to_bits();
    for kind in [Kind::Sum, Kind::Mean] {
        let bounds = if kind == Kind::Sum { bounds.clone() } else { vec![Bound { number: 1.0, ..bounds[0] }] };
        let counting = Counting::new(kind, bounds, 60_000, 1);
        let mut window = Window::default();
        let counted: Vec<Counted> = (0..10_000).map(|time| window.count(&counting, time, one)).collect();
        let first = if kind == Kind::Sum { 9_999 } else { 0 };
        assert_eq!(counted.iter().position(|counted| *counted == Counted::Reached), Some(first), "{kind:?}");
        assert!(window.keep(1).len() < 80_000, "{}", window.keep(1).len());
        let (_, kept) = Window::read(&counting, &window.keep(1)).unwrap();
        assert_eq!(kept, window);
        // A minute later, nothing of it is left.
        let late = window.count(&counting, 10_000 + 60_000, one);
        assert_eq!(late, if kind == Kind::Sum { Counted::Below } else { Counted::Reached });
    }
}

#[test]
fn what_was_tampered_with_on_disk_is_dropped() {
    let counting = Counting::new(Kind::Sum, Vec::new(), 1_000, 1);
    let infinite = f64::INFINITY.to_bits();
    for (state, sound) in [
        (r#"{"n":1,"t":[5],"w":[1],"c":[2]}"#.to_owned(), true),
        (r#"{"n":1,"t":[5],"w":[1],"c":[0]}"#.to_owned(), false),
        (r#"{"n":1,"t":[5],"w":[1],"c":[1,1]}"#.to_owned(), false),
        (format!(r#"{{"n":1,"t":[5],"w":[{infinite}]}}"#), false),
    ] {
        assert_eq!(Window::read(&counting, &state).is_some(), sound, "{state}");
    }
}
