//! The Sigma correlation rules specification 2.1, section by section: what happens, and when a correlation matches.
//!
//! Each row is one story: events as `second rule/group/value`, and the seconds at which the correlation matches.

use super::correlation::{counting, fires, happen};
use super::{engine, findings};
use crate::base::realm::Realm;

struct Row {
    /// The section.
    section: &'static str,
    correlation: &'static str,
    story: &'static str,
    fires: &'static [i64],
}

const ROWS: &[Row] = &[
    // Correlation types.
    Row {
        section: "Event Count (event_count)",
        correlation: "type: event_count\nrules: [a]\ngroup-by: [group]\ntimespan: 1h\ncondition: {gte: 3}",
        story: "0 a/x, 10 a/y, 20 a/x, 30 b/x, 3600 a/x, 3601 a/x",
        fires: &[3600],
    },
    Row {
        section: "Value Count (value_count)",
        correlation: "type: value_count\nrules: [a]\ngroup-by: [group]\ntimespan: 1d\ncondition: {field: value, gte: 3}",
        story: "0 a/x/u, 1 a/x/u, 2 a/x/v, 3 a/y/w, 4 a/x/w, 5 a/x/z",
        fires: &[4],
    },
    Row {
        section: "Temporal Proximity (temporal)",
        correlation: "type: temporal\nrules: [a, b, c]\ngroup-by: [group, value]\ntimespan: 5m",
        story: "0 c/h/u, 10 a/h/u, 20 b/h/v, 300 b/h/u, 700 a/h/u, 710 b/h/u",
        fires: &[300],
    },
    Row {
        section: "Temporal Proximity (temporal): not restricted to boundaries",
        correlation: "type: temporal\nrules: [a, b]\ngroup-by: [group]\ntimespan: 1h",
        story: "3599 a/h, 3601 b/h",
        fires: &[3601],
    },
    Row {
        section: "Ordered Temporal Proximity (temporal_ordered)",
        correlation: "type: temporal_ordered\nrules: [a, b]\ngroup-by: [group]\ntimespan: 1h",
        story: "0 b/u, 10 a/u, 20 a/v, 30 b/u, 4000 b/v",
        fires: &[30],
    },
    Row {
        section: "Metric: value_sum",
        correlation: "type: value_sum\nrules: [a]\ngroup-by: [group]\ntimespan: 10s\ncondition: {field: value, gt: 100}",
        story: "0 a/x/60, 1 a/y/60, 2 a/x/40, 3 a/x/1, 11 a/x/50, 12 a/x/51",
        fires: &[3, 12],
    },
    Row {
        section: "Metric: value_avg",
        correlation: "type: value_avg\nrules: [a]\ngroup-by: [group]\ntimespan: 10s\ncondition: {field: value, gte: 5}",
        story: "0 a/x/1, 1 a/x/5, 2 a/x/9, 3 a/y/9",
        fires: &[2, 3],
    },
    Row {
        section: "Metric: value_percentile",
        correlation: "type: value_percentile\nrules: [a]\ngroup-by: [group]\ntimespan: 1m\ncondition: {field: value, percentile: 75, gte: 4}",
        story: "0 a/x/1, 1 a/x/2, 2 a/x/3, 3 a/x/4, 4 a/x/5",
        fires: &[4],
    },
    Row {
        section: "Metric: value_median",
        correlation: "type: value_median\nrules: [a]\ngroup-by: [group]\ntimespan: 1m\ncondition: {field: value, gte: 3}",
        story: "0 a/x/1, 1 a/x/9, 2 a/x/1, 3 a/x/9, 4 a/x/9",
        fires: &[1, 3],
    },
    // Condition.
    Row {
        section: "Condition: gt",
        correlation: "type: event_count\nrules: [a]\ntimespan: 1m\ncondition: {gt: 2}",
        story: "0 a, 1 a, 2 a, 3 a",
        fires: &[2],
    },
    Row {
        section: "Condition: gte",
        correlation: "type: event_count\nrules: [a]\ntimespan: 1m\ncondition: {gte: 2}",
        story: "0 a, 1 a, 2 a",
        fires: &[1],
    },
    Row {
        section: "Condition: lt",
        correlation: "type: value_count\nrules: [a]\ntimespan: 1m\ncondition: {field: value, lt: 2}",
        story: "0 a//u, 1 a//v, 2 a//w",
        fires: &[0],
    },
    Row {
        section: "Condition: lte",
        correlation: "type: value_count\nrules: [a]\ntimespan: 10s\ncondition: {field: value, lte: 2}",
        story: "0 a//u, 1 a//v, 2 a//w, 30 a//u",
        fires: &[0, 30],
    },
    Row {
        section: "Condition: eq",
        correlation: "type: event_count\nrules: [a]\ntimespan: 1m\ncondition: {eq: 2}",
        story: "0 a, 1 a, 2 a, 3 a",
        fires: &[1],
    },
    Row {
        section: "Condition: neq",
        correlation: "type: event_count\nrules: [a]\ntimespan: 1m\ncondition: {neq: 2}",
        story: "0 a, 1 a, 2 a, 3 a",
        fires: &[0, 2],
    },
    Row {
        section: "Condition: a range",
        correlation: "type: event_count\nrules: [a]\ntimespan: 1m\ncondition: {gt: 1, lte: 3}",
        story: "0 a, 1 a, 2 a, 3 a",
        fires: &[1],
    },
    Row {
        section: "Condition: different event types of temporal",
        correlation: "type: temporal\nrules: [a, b, c]\ntimespan: 1m\ncondition: {gte: 2}",
        story: "0 a, 1 a, 2 c",
        fires: &[2],
    },
    Row {
        section: "Condition: different event types of temporal_ordered",
        correlation: "type: temporal_ordered\nrules: [a, b, c]\ntimespan: 1m\ncondition: {gte: 2}",
        story: "0 b, 1 c, 2 a, 3 b",
        fires: &[3],
    },
    // Related rules, grouping.
    Row {
        section: "Related rules: several are counted together",
        correlation: "type: event_count\nrules: [a, b]\ntimespan: 1m\ncondition: {gte: 3}",
        story: "0 a, 1 b, 2 c, 3 b",
        fires: &[3],
    },
    Row {
        section: "Grouping: fields are linked by and",
        correlation: "type: event_count\nrules: [a]\ngroup-by: [group, value]\ntimespan: 1m\ncondition: {gte: 2}",
        story: "0 a/x/1, 1 a/x/2, 2 a/y/1, 3 a/x/2",
        fires: &[3],
    },
    Row {
        section: "Field Name Aliases",
        correlation: "type: temporal\nrules: [a, b]\ngroup-by: [one, two]\ntimespan: 10s\n\
            aliases: {one: {a: group, b: value}, two: {a: value, b: group}}",
        story: "0 a/x/y, 1 b/x/y, 2 b/y/x",
        fires: &[2],
    },
];

fn story(text: &'static str) -> Vec<(i64, &'static str)> {
    text.split(", ")
        .map(|event| {
            let (second, what) = event.split_once(' ').unwrap();
            (second.parse().unwrap(), what)
        })
        .collect()
}

#[test]
fn every_section_has_its_story() {
    for row in ROWS {
        assert_eq!(fires(row.correlation, &story(row.story)), row.fires, "{}: {}", row.section, row.story);
    }
    let sections: String = ROWS.iter().map(|row| row.correlation).collect();
    for (name, _) in crate::watch::sigma::rule::measure::TYPES {
        assert!(sections.contains(&format!("type: {name}\n")), "{name} has no story");
    }
    for (name, _) in crate::watch::sigma::rule::measure::COMPARES {
        assert!(sections.contains(&format!("{name}: ")), "{name} has no story");
    }
}

/// "Time Selection", with the units of the specification and those that others write.
#[test]
fn timespans_are_as_long_as_their_units_say() {
    for (timespan, seconds) in [
        ("90s", 90),
        ("90m", 90 * 60),
        ("2h", 2 * 3_600),
        ("3d", 3 * 86_400),
        ("2w", 14 * 86_400),
        ("1M", 30 * 86_400),
        ("1y", 365 * 86_400),
    ] {
        let correlation = format!("type: event_count\nrules: [a]\ntimespan: {timespan}\ncondition: {{gte: 2}}");
        assert_eq!(fires(&correlation, &[(0, "a"), (seconds, "a")]), [seconds], "{timespan}");
        assert_eq!(fires(&correlation, &[(0, "a"), (seconds + 1, "a")]), Vec::<i64>::new(), "{timespan}");
    }
}

/// "Generate": the rules referred to stand on their own only where it is asked for.
#[test]
fn referred_rules_are_silent_unless_generated() {
    let correlation = "type: event_count\nrules: [a]\ntimespan: 1m\ncondition: {gte: 2}";
    let ids = |text: &str| -> Vec<String> {
        let fired = happen(&mut engine(&counting(text)), Realm::Live, &[(0, "a"), (1, "a")]);
        fired.into_iter().map(|(_, id)| id).collect()
    };
    assert_eq!(ids(correlation), [""]);
    assert_eq!(ids(&format!("{correlation}\ngenerate: false")), [""]);
    assert_eq!(ids(&format!("{correlation}\ngenerate: true")), ["#a", "#a", ""]);
}

/// "Failed Logins Followed by Successful Login": the example at the end of the specification, in its own order.
#[test]
fn the_chain_of_the_specification_works() {
    let text = "
title: Correlation - Multiple Failed Logins Followed by Successful Login
level: high
correlation: {type: temporal_ordered, rules: [multiple_failed_login, successful_login], group-by: [User], timespan: 10m}
---
title: Multiple failed logons
name: multiple_failed_login
correlation: {type: event_count, rules: [failed_login], group-by: [User], timespan: 10m, condition: {gte: 10}}
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
    assert_eq!(findings(text), Vec::<String>::new());
    for (failures, user, expected) in [(10, "u", 1), (9, "u", 0), (10, "v", 0)] {
        let mut engine = engine(text);
        let mut fired = Vec::new();
        for second in 0..failures {
            fired.extend(engine.step(Realm::Live, &super::event(second * 1_000, r#"{"EventID": 4625, "User": "u"}"#)));
        }
        let success = format!(r#"{{"EventID": 4624, "User": "{user}"}}"#);
        fired.extend(engine.step(Realm::Live, &super::event(100_000, &success)));
        assert_eq!(super::ids(&fired).len(), expected, "{failures} {user}");
        assert!(fired.iter().all(|found| *found.subject == [("User".to_owned(), crate::base::redact::Clean::of("u"))]));
    }
}
