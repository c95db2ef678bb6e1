//! Genuine lines of a decoy, read without the passwords tried on it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;

fn read_one(text: &str) -> Reading {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    read(text, When { arrived: Timestamp::UNIX_EPOCH, zone: &zone })
}

#[test]
fn reads_an_event_under_the_names_that_public_rules_use() {
    let draft = read_one(
        r#"{"dst_port": 2223, "logdata": {"USERNAME": "admin"}, "logtype": 4002, "node_id": "n", "src_host": "10.0.0.1", "utc_time": "2026-11-21 19:45:51.961197"}"#,
    )
    .unwrap()
    .unwrap();
    assert_eq!(draft.time, Some("2026-11-21T19:45:51.961197Z".parse().unwrap()));
    assert_eq!(draft.logsource.product.as_deref(), Some("opencanary"));
    assert_eq!(draft.logsource.category, ["application"]);
    assert_eq!(draft.fields.value("logtype"), Some(&Value::Int(4002)));
    assert_eq!(draft.fields.text("logdata.USERNAME"), Some("admin"));
}

#[test]
fn believes_the_right_clock() {
    for (times, wanted) in [
        (
            r#""local_time": "2026-11-21 19:00:00.5", "local_time_adjusted": "2026-11-21 20:00:00.5""#,
            "2026-11-21T19:00:00.5Z",
        ),
        (r#""local_time": "2026-11-21 19:00:00.5""#, "2026-11-21T19:00:00.5Z"),
        (r#""local_time": "x", "utc_time": "2026-11-21 18:00:00""#, "2026-11-21T18:00:00Z"),
    ] {
        let draft = read_one(&format!(r#"{{"logtype": 1001, "node_id": "n", {times}}}"#)).unwrap().unwrap();
        assert_eq!(draft.time, Some(wanted.parse().unwrap()), "{times}");
    }
}

#[test]
fn hides_the_password_given_to_a_redis_decoy() {
    let line = r#"x {"logdata": {"ARGS": "s\u00e9same \"ouvre\"", "CMD": "AUTH"}, "logtype": 17001, "node_id": "n"}"#;
    let draft = read_one(line).unwrap().unwrap();
    let password = draft.fields.text("logdata.ARGS").unwrap();
    assert_eq!(password, "sésame \"ouvre\"", "rules see it");
    assert_eq!(draft.hidden.taken_out_of(password), "[…]");
    let shown = r#"x {"logdata": {"ARGS": […], "CMD": "AUTH"}, "logtype": 17001, "node_id": "n"}"#;
    assert_eq!(draft.hidden.taken_out_of(line), shown);
    let other = line.replace("AUTH", "KEYS");
    assert_eq!(read_one(&other).unwrap().unwrap().hidden, Hidden::default());
}

#[test]
fn refuses_other_objects() {
    for line in ["hello", r#"{"a": 1}"#, r#"{"logtype": 1, "node_id": "#] {
        assert!(read_one(line).is_err(), "{line}");
    }
}
