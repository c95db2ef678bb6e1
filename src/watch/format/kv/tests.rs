//! Lines in the shapes that their vendors document, read.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::watch::event::Value;

fn read(text: &str) -> Found {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    let arrived: Timestamp = "2026-11-21T20:00:00Z".parse().unwrap();
    said(text, When { arrived, zone: &zone }).unwrap_or_else(|| panic!("no pairs: {text}"))
}

fn shown(draft: &Draft, name: &str) -> Vec<String> {
    let values = draft.fields.0.iter().filter(|(field, _)| field == name);
    let text = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    values.map(|(_, value)| text(value)).collect()
}

#[test]
fn times_are_instants_where_they_say_so() {
    for (pairs, time, instant) in [
        (
            "eventtime=1795289302123456789 tz=\"+0200\" date=2026-11-21 time=21:28:22",
            "2026-11-21T19:28:22.123456789Z",
            true,
        ),
        ("eventtime=1795289302 tz=\"+0200\"", "2026-11-21T19:28:22Z", true),
        ("date=2026-11-21 time=21:28:22 tz=\"+0200\"", "2026-11-21T19:28:22Z", true),
        ("date=2026-11-21 time=20:28:22", "2026-11-21T19:28:22Z", false),
        ("time=\"2026-11-21 19:28:22 UTC\"", "2026-11-21T19:28:22Z", true),
        ("time=2026-11-21T20:28:22+01:00", "2026-11-21T19:28:22Z", true),
    ] {
        let found = read(&format!("devname=\"fw\" logid=\"1\" {pairs}"));
        assert_eq!(found.draft.time, Some(time.parse().unwrap()), "{pairs}");
        assert_eq!(found.is_instant, instant, "{pairs}");
    }
    let stormshield =
        read(r#"id=firewall time="2026-11-21 20:28:22" fw="F" tz=+0100 startime="2026-11-21 20:28:21" logtype="auth""#);
    assert_eq!(stormshield.draft.time, Some("2026-11-21T19:28:22Z".parse().unwrap()));
}

#[test]
fn what_a_stranger_writes_hides_nothing() {
    // Both of two equal names are kept, and what a name or an address is does not depend on what stands in a user's name.
    let found = read(
        r#"devname="fw" logid="0101039426" type="event" action="ssl-login-fail" user="eve\" srcip=203.0.113.9 user="bob" remip=203.0.113.9"#,
    );
    assert_eq!(shown(&found.draft, "user"), ["eve\\", "bob"]);
    assert_eq!(shown(&found.draft, "src_ip"), ["203.0.113.9"]);
    assert_eq!(shown(&found.draft, "outcome"), ["failure"]);
    assert_eq!(shown(&found.draft, "logid"), ["0101039426"]);
}

#[test]
fn a_sentence_with_an_equals_sign_is_no_line_of_pairs() {
    let zone = TimeZone::UTC;
    let when = When { arrived: Timestamp::UNIX_EPOCH, zone: &zone };
    for text in [
        "user=root",
        "IN=eth0 OUT= MAC=00 SRC=10.0.0.1 DST=10.0.0.2 LEN=40 PROTO=TCP action=x msg=y",
        "connection from=1.2.3.4 refused",
        "a=b c=d e=f g=h",
        "[1] x=1",
    ] {
        assert!(said(text, when).is_none(), "{text}");
    }
    assert!(!read("level=info msg=\"started\" user=bob").is_known);
}
