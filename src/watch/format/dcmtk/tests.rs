//! Genuine lines of `storescp` and `dcmqrscp`, read.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::watch::event::Value;

fn read_any(text: &str) -> Reading {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    read(text, When { arrived: Timestamp::UNIX_EPOCH, zone: &zone })
}

fn read_one(text: &str) -> Draft {
    read_any(text).unwrap().unwrap()
}

#[test]
fn reads_headers_with_and_without_a_time() {
    for (line, time, level, message) in [
        ("I: Association Release", None, "info", "Association Release"),
        ("E: x: y", None, "error", "x: y"),
        ("2026-11-21 19:20:58.457  WARN: hello", Some("2026-11-21T18:20:58.457Z"), "warning", "hello"),
        ("2026-11-21 19:20:58.457 ERROR: hello", Some("2026-11-21T18:20:58.457Z"), "error", "hello"),
    ] {
        let draft = read_one(line);
        assert_eq!(draft.time, time.map(|time| time.parse().unwrap()), "{line}");
        assert_eq!(draft.logsource.product.as_deref(), Some("dcmtk"));
        assert_eq!((draft.fields.text("level"), draft.fields.text("message")), (Some(level), Some(message)), "{line}");
    }
}

#[test]
fn reads_who_asked_for_what() {
    for (line, name, value) in [
        ("I: Association Received (localhost:WORKSTA1 -> QRSCP)", "aet", Value::from("WORKSTA1")),
        ("I: Association Received (localhost:WORKSTA1 -> QRSCP)", "called_aet", Value::from("QRSCP")),
        ("I: Association Received (localhost:WORKSTA1 -> QRSCP)", "src_host", Value::from("localhost")),
        ("I: Association Received (10.0.0.9:A:B -> QRSCP)", "src_ip", Value::from("10.0.0.9")),
        ("I: Association Received (10.0.0.9:A:B -> QRSCP)", "aet", Value::from("A:B")),
        ("I: Association Received (localhost: -> )", "aet", Value::from("")),
        ("I: Refusing Association (BadAEService)", "reason", Value::from("BadAEService")),
        ("I: mapMoveDestination: unknown AE: 'EXFIL'", "destination", Value::from("EXFIL")),
        ("I: Move Destination              : EXFIL", "destination", Value::from("EXFIL")),
        ("I: Message Type                  : C-MOVE RQ", "verb", Value::from("C-MOVE RQ")),
        ("I: Received Find SCP:", "verb", Value::from("Find")),
        ("I: Find SCP Response 2 [status: Success]", "status", Value::from("Success")),
        (
            "I: Move SCP Response 1 [status: Refused: MoveDestinationUnknown]",
            "status",
            Value::from("Refused: MoveDestinationUnknown"),
        ),
        ("D: Calling Application Name:    SCANNER1", "aet", Value::from("SCANNER1")),
        ("E: Receiving Association failed: 0006:0321 Unrecognized PDU type: 47", "pdu_type", Value::from(47)),
    ] {
        assert_eq!(read_one(line).fields.value(name), Some(&value), "{line}");
    }
}

#[test]
fn never_reads_what_tells_who_a_patient_is() {
    for line in [
        "I: (0010,0010) PN [DUPONT^Marie]                           #  12, 1 PatientName",
        "2026-11-21 19:20:58.457  INFO: (0010,0010) PN [DUPONT^Marie]   #  12, 1 PatientName",
        "I: # Dicom-Data-Set",
        "I: ",
        "D:   38  2e  35  2e  31",
        "I: ===================== INCOMING DIMSE MESSAGE ====================",
        "RECV: ....",
    ] {
        assert_eq!(read_any(line), Ok(None), "{line}");
    }
    let stored = read_one("I: storing DICOM file: in/DUPONT_Marie/MR.1.2.3");
    let message = stored.fields.text("message").unwrap();
    assert_eq!(message, "storing DICOM file: in/DUPONT_Marie/MR.1.2.3", "rules see it");
    assert_eq!(stored.hidden.taken_out_of(message), "storing DICOM file: […]");
}

#[test]
fn refuses_everything_else() {
    for line in ["", "hello", "X: y", "INFO: y", "I hello", "2026-11-21 19:20:58 NOTICE: y", "2026-11-21 INFO: y"] {
        assert!(read_any(line).is_err(), "{line}");
        assert!(!is(line), "{line}");
    }
    assert!(!is("I: hello"), "the letter alone leaves a doubt");
    assert!(is("I: Association Received (localhost:SCANNER1 -> QRSCP)"));
    assert!(is("2026-11-21 19:20:58.412  INFO: Association Received (localhost:SCANNER1 -> QRSCP)"));
}
