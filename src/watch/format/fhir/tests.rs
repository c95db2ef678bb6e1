//! `AuditEvent` of both releases.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::watch::event::Event;
use crate::watch::format::patient_access::tests::holds;
use crate::watch::format::{Decoded, Decoder, Format};
use crate::watch::record::Record as _;

/// shape: FHIR R4, break-glass.
const FOUR: &str = r#"{"resourceType":"AuditEvent","type":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"110113","display":"Security Alert"},"subtype":[{"code":"110127","display":"Emergency Override Started"}],"action":"E","recorded":"2026-11-30T02:12:04.5+01:00","outcome":"0","agent":[{"who":{"identifier":{"value":"dr.leroy"}},"requestor":true,"network":{"address":"10.20.4.66","type":"2"}}],"source":{"observer":{"display":"dpi"}},"entity":[{"what":{"reference":"Patient/8003177"},"type":{"code":"1"},"role":{"code":"1"},"name":"Jeanne \"D'Artin\""}]}"#;

/// shape: FHIR R5, the same.
const FIVE: &str = r#"{"resourceType":"AuditEvent","category":[{"coding":[{"code":"110113","display":"Security Alert"}]}],"code":{"coding":[{"code":"110127"}]},"action":"E","recorded":"2026-11-30T02:12:04.5+01:00","outcome":{"code":{"code":"success"}},"patient":{"reference":"Patient/8003177","display":"Jeanne D'Artin"},"agent":[{"who":{"identifier":{"value":"dr.leroy"}},"requestor":true,"networkString":"10.20.4.66"}],"source":{"observer":{"display":"dpi"}}}"#;

fn event(line: &str) -> Event {
    match Decoder::new(Format::Auto, TimeZone::UTC, None).decode(Timestamp::UNIX_EPOCH, line) {
        Decoded::Event(event) => event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn both_releases_say_the_same_fields_as_xml() {
    let over_syslog = format!("<85>1 2026-11-30T01:12:05Z dpi hapi 7 - - {FOUR}");
    for line in [FOUR, FIVE, &over_syslog] {
        let event = event(line);
        holds(
            &event,
            &[
                ("event_code", "110113"),
                ("type_code", "110127"),
                ("action", "E"),
                ("outcome", "success"),
                ("user", "dr.leroy"),
                ("src_ip", "10.20.4.66"),
                ("source_id", "dpi"),
                ("object_type", "1"),
                ("object_role", "1"),
            ],
        );
        assert_eq!(event.time, "2026-11-30T01:12:04.5Z".parse().unwrap());
        let shown = format!("{} {event:?}", event.show(crate::base::redact::Class::Open, &event.text));
        for secret in ["8003177", "Jeanne", "Artin"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn other_resources_are_objects() {
    let event = event(r#"{"resourceType":"Bundle","note":"AuditEvent"}"#);
    assert_eq!(event.logsource.product, None);
}
