//! Audit messages in both dialects.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::watch::event::{Event, Value};
use crate::watch::format::patient_access::tests::holds;
use crate::watch::format::{Decoded, Decoder, Format};
use crate::watch::record::Record as _;

/// shape: DICOM PS3.15 A.5.3, "Instances Accessed".
const DICOM: &str = r#"<AuditMessage><EventIdentification EventActionCode="R" EventDateTime="2026-11-30T02:12:04.5+01:00" EventOutcomeIndicator="0"><EventID csd-code="110103" codeSystemName="DCM" originalText="DICOM Instances Accessed"/><EventTypeCode csd-code="110127" codeSystemName="DCM" originalText="Emergency Override Started"/></EventIdentification><ActiveParticipant UserID="ARCHIVE" UserIsRequestor="false"/><ActiveParticipant UserID="dr.leroy" UserIsRequestor="true" NetworkAccessPointID="10.20.4.66" NetworkAccessPointTypeCode="2"><RoleIDCode csd-code="110153" originalText="Source Role ID"/></ActiveParticipant><AuditSourceIdentification AuditSourceID="pacs1"/><ParticipantObjectIdentification ParticipantObjectID="8003177" ParticipantObjectTypeCode="1" ParticipantObjectTypeCodeRole="1"><ParticipantObjectIDTypeCode csd-code="2"/><ParticipantObjectName>D'ARTIN^JEANNE</ParticipantObjectName></ParticipantObjectIdentification><ParticipantObjectIdentification ParticipantObjectID="1.2.840.1" ParticipantObjectTypeCode="2" ParticipantObjectTypeCodeRole="3"/></AuditMessage>"#;

/// shape: RFC 3881 as OpenEMR writes it, with the name of the attribute where the code belongs.
const OLD: &str = r#"<?xml version="1.0" encoding="ASCII"?><AuditMessage xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><EventIdentification EventActionCode="E" EventDateTime="2026-11-30T01:12:04Z" EventOutcomeIndicator="4"><EventID code="eventIDcode" displayName="Login" codeSystemName="DCM"/></EventIdentification><ActiveParticipant UserID="a.petit" UserIsRequestor="true" NetworkAccessPointID="192.0.2.7" NetworkAccessPointTypeCode="2"/><AuditSourceIdentification AuditSourceID="openemr"/></AuditMessage>"#;

fn events(lines: &[&str]) -> Vec<Event> {
    let mut decoder = Decoder::new(Format::Auto, TimeZone::UTC, None);
    let read = lines.iter().map(|line| decoder.decode(Timestamp::UNIX_EPOCH, line));
    read.filter_map(|read| if let Decoded::Event(event) = read { Some(event) } else { None }).collect()
}

#[test]
fn both_dialects_say_the_same_fields() {
    let over_syslog = format!("<85>1 2026-11-30T01:12:05Z pacs1 dcm4chee 521 IHE+RFC-3881 - \u{feff}{DICOM}");
    let of_a_modality = format!("<85>Nov 30 01:12:05 pacs1 GE:\n<?xml version=\"1.0\"?>{DICOM}");
    let apart = DICOM.replace("><", ">\n<");
    let mut lines = vec!["<85>Nov 30 01:12:05 pacs1 GE:"];
    lines.extend(apart.lines());
    for read in [events(&[DICOM]), events(&[&over_syslog]), events(&[&of_a_modality]), events(&lines).split_off(1)] {
        assert_eq!(read.len(), 1);
        holds(
            &read[0],
            &[
                ("event_code", "110103"),
                ("type_code", "110127"),
                ("action", "R"),
                ("outcome", "success"),
                ("user", "dr.leroy"),
                ("user_role", "110153"),
                ("src_ip", "10.20.4.66"),
                ("source_id", "pacs1"),
            ],
        );
        assert_eq!(read[0].time, "2026-11-30T01:12:04.5Z".parse().unwrap());
        assert_eq!(read[0].get("objects").next(), Some(&Value::Int(2)));
    }
    let read = events(&[OLD]);
    holds(
        &read[0],
        &[
            ("event_code", "110114"),
            ("event_name", "Login"),
            ("outcome", "failure"),
            ("user", "a.petit"),
            ("src_ip", "192.0.2.7"),
        ],
    );
    assert_eq!(read[0].get("outcome_code").next(), Some(&Value::Int(4)));
}

#[test]
fn nobody_is_shown_whose_record_it_was() {
    let read = events(&[DICOM]);
    assert!(read[0].get("object_id").next().is_some());
    let shown = format!("{} {:?}", read[0].show(crate::base::redact::Class::Open, &read[0].text), read[0]);
    for secret in ["8003177", "D'ARTIN", "JEANNE"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("dr.leroy"));
}

#[test]
fn what_is_no_message_is_said() {
    let mut decoder = Decoder::new(Format::Atna, TimeZone::UTC, None);
    for line in ["<AuditMessage></AuditMessage>", "<AuditMessage/>", "x"] {
        let read = decoder.decode(Timestamp::UNIX_EPOCH, line);
        assert!(matches!(read, Decoded::Malformed { .. }), "{line}: {read:?}");
    }
}
