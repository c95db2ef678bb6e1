//! The time modifiers (Sigma modifiers appendix 2.1, section "Time Modifiers"), in the zone of the site.

use jiff::tz::TimeZone;

use super::{engine, event, rule};
use crate::base::realm::Realm;

fn fits(written: &str, value: &str, zone: &str) -> bool {
    let zone = TimeZone::get(zone).unwrap();
    let mut engine = engine(&rule(&format!("s:\n  {written}\ncondition: s"))).in_zone(zone);
    !engine.step(Realm::Live, &event(0, &format!(r#"{{"t": {value}}}"#))).is_empty()
}

#[test]
fn each_part_of_a_time_is_a_number() {
    for (written, fitting, others) in [
        ("t|minute: 28", vec![r#""2026-11-21T19:28:22Z""#, "1795289302"], vec![r#""2026-11-21T19:29:00Z""#]),
        ("t|hour: 19", vec![r#""2026-11-21T19:28:22Z""#, r#""2026-11-21T20:28:22+01:00""#], vec!["null", "true", "19"]),
        ("t|day: 21", vec![r#""2026-11-21 19:28:22.215Z""#, r#""2026-11-21""#], vec![r#""2026-11-22T00:00:00Z""#]),
        (
            "t|week: 53",
            vec![r#""2026-12-31T12:00:00Z""#, r#""2027-01-03T12:00:00Z""#],
            vec![r#""2027-01-04T12:00:00Z""#],
        ),
        ("t|week: 1", vec![r#""2027-01-04T12:00:00Z""#, r#""2024-12-30""#], vec![r#""2027-01-03""#]),
        (
            "t|month: 11",
            vec![r#""2026-11-30T23:59:59Z""#, r#"["x", "2026-11-01T00:00:00Z"]"#],
            vec![r#""2026-12-01T00:00:00Z""#],
        ),
        ("t|year: 2026", vec![r#""2026-01-01T00:00:00Z""#, "1795289302000"], vec![r#""2025-12-31T23:59:59Z""#]),
        // As counted: seconds with a fraction, milli-, micro- and nanoseconds, as a number or as text.
        ("t|hour: 19", vec!["1795289302.5", r#""1795289302""#, "1795289302000000", "1795289302000000000"], vec!["12"]),
        // A day has no hour.
        ("t|hour: 0", vec![r#""2026-11-21T00:10:00Z""#], vec![r#""2026-11-21""#, r#""midnight""#]),
        ("t|hour: [22, 23, 0]", vec![r#""2026-11-21T23:00:00Z""#], vec![r#""2026-11-21T21:59:59Z""#]),
        ("t|hour|gte: 22", vec![r#""2026-11-21T22:00:00Z""#], vec![r#""2026-11-21T21:59:59Z""#, r#""x""#]),
        ("t|lt|hour: 6", vec![r#""2026-11-21T05:59:59Z""#], vec![r#""2026-11-21T06:00:00Z""#]),
        ("t|hour|neq: 6", vec![r#""2026-11-21T05:59:59Z""#, "null"], vec![r#""2026-11-21T06:00:00Z""#]),
    ] {
        for value in fitting {
            assert!(fits(written, value, "UTC"), "{written} {value}");
        }
        for value in others {
            assert!(!fits(written, value, "UTC"), "{written} {value}");
        }
    }
}

#[test]
fn times_are_those_of_the_site_on_both_sides_of_a_clock_change() {
    for (time, hour, day) in [
        // In spring, the hour between two and three is left out.
        ("2026-03-29T00:59:59Z", 1, 29),
        ("2026-03-29T01:00:00Z", 3, 29),
        // In autumn, it comes twice.
        ("2026-10-25T00:30:00Z", 2, 25),
        ("2026-10-25T01:30:00Z", 2, 25),
        ("2026-10-25T02:00:00Z", 3, 25),
        ("2026-07-14T22:30:00Z", 0, 15),
        ("2026-12-31T23:30:00Z", 0, 1),
        // Without an offset, a time is what it says.
        ("2026-07-14T22:30:00", 22, 14),
        ("2026-07-14 22:30:00", 22, 14),
    ] {
        let value = format!("\"{time}\"");
        assert!(fits(&format!("t|hour: {hour}"), &value, "Europe/Paris"), "{time} {hour}");
        assert!(fits(&format!("t|day: {day}"), &value, "Europe/Paris"), "{time} {day}");
    }
    assert!(fits("t|year: 2027", r#""2026-12-31T23:30:00Z""#, "Europe/Paris"));
    assert!(fits("t|year: 2026", r#""2026-12-31T23:30:00Z""#, "UTC"));
}

/// The calendar reckons beyond its first instant, and then stops the program or goes on from nonsense.
/// S17 of issue 11.
#[test]
fn a_time_that_no_log_writes_is_none() {
    let mut engine = engine(&rule("s:\n  t|year|lt: 3000\ncondition: s"));
    for text in [
        "-009999-01-02T01:59:58.1Z",
        "-009999-01-02T01:59:58.999999999Z",
        "-009999-01-02T03:59:58.1+02:00",
        "-009999-01-01T00:00:00.1-01:59",
        "-009999-01-02 01:59:58.1Z",
        "-0099990102T015958.1Z",
        " -009999-01-02T01:59:58.1Z ",
        "-000001-01-01T00:00:00Z",
        "+009999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.999999999Z",
    ] {
        let event = event(0, &format!(r#"{{"t": "{text}"}}"#));
        assert!(engine.step(Realm::Live, &event).is_empty(), "{text}");
    }
    for text in ["0000-01-01T00:00:00Z", "0001-01-01", "2026-11-29T13:00:00+01:00"] {
        let event = event(0, &format!(r#"{{"t": "{text}"}}"#));
        assert_eq!(engine.step(Realm::Live, &event).len(), 1, "{text}");
    }
}
