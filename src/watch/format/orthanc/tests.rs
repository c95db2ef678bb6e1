//! Genuine lines of Orthanc at every level, read.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::watch::event::Value;

fn read_one(text: &str) -> Draft {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    read(text, When { arrived: "2026-11-21T20:00:00Z".parse::<Timestamp>().unwrap(), zone: &zone }).unwrap().unwrap()
}

#[test]
fn reads_headers_with_and_without_a_thread() {
    // Line, level, thread, file, service, message.
    for (line, level, thread, file, service, message) in [
        ("W1121 19:13:25.396249 main.cpp:979] Reset", "warning", None, "main.cpp", None, "Reset"),
        (
            "E1121 19:13:25.396249      DICOM-2 MoveScp.cpp:209] Failed",
            "error",
            Some("DICOM-2"),
            "MoveScp.cpp",
            None,
            "Failed",
        ),
        (
            "I1121 19:13:25.396249  HTTP SERVER HttpServer.cpp:1] (http) GET /x",
            "info",
            Some("HTTP SERVER"),
            "HttpServer.cpp",
            Some("http"),
            "GET /x",
        ),
        (
            "T1121 19:13:25.396249 A.cpp:1] (dicom)   (0008,0052)",
            "trace",
            None,
            "A.cpp",
            Some("dicom"),
            "  (0008,0052)",
        ),
        ("I1121 19:13:25.396249 A.cpp:1] (no category here", "info", None, "A.cpp", None, "(no category here"),
        ("I1121 19:13:25.396249 A.cpp:1]", "info", None, "A.cpp", None, ""),
    ] {
        let draft = read_one(line);
        assert_eq!(draft.time, Some("2026-11-21T18:13:25.396249Z".parse().unwrap()));
        assert_eq!(draft.logsource.product.as_deref(), Some("orthanc"));
        assert_eq!(draft.logsource.service.as_deref(), service, "{line}");
        let fields = &draft.fields;
        assert_eq!((fields.text("level"), fields.text("thread")), (Some(level), thread), "{line}");
        assert_eq!((fields.text("file"), fields.text("message")), (Some(file), Some(message)), "{line}");
    }
}

#[test]
fn refuses_everything_else() {
    let zone = TimeZone::UTC;
    let when = When { arrived: Timestamp::UNIX_EPOCH, zone: &zone };
    for line in [
        "",
        "X1121 19:13:25.396249 main.cpp:979] Reset",
        "W1121 19:13:25.396249 main.cpp 979 Reset",
        "W1121 25:13:25.396249 main.cpp:979] Reset",
        "I: Association Received",
        "Affected SOP Class UID        : CTImageStorage",
        "É1121",
    ] {
        assert_eq!(read(line, when), Err(Misfit("no Orthanc header")), "{line}");
    }
}

#[test]
fn finds_who_asked_for_what() {
    let rows: &[(&str, &[(&str, &str)])] = &[
        ("Rejected association for remote AET NMAP on IP 10.0.0.1", &[("aet", "NMAP"), ("src_ip", "10.0.0.1")]),
        (
            "Rejected association for remote AET A on IP 1.2.3.4 on IP 10.0.0.1",
            &[("aet", "A on IP 1.2.3.4"), ("src_ip", "10.0.0.1")],
        ),
        ("Association Received from AET  on IP 10.0.0.1", &[("aet", ""), ("src_ip", "10.0.0.1")]),
        ("Association Acknowledged (Max Send PDV: 16372) to AET X on IP ::1", &[("aet", "X"), ("src_ip", "::1")]),
        (
            "Finishing association with AET X on IP 10.0.0.1: DUL Peer Requested Release",
            &[("aet", "X"), ("src_ip", "10.0.0.1")],
        ),
        (
            "Incoming Find request from AET WORKSTA1 on IP 10.0.0.1, calling AET ORTHANC",
            &[("verb", "Find"), ("aet", "WORKSTA1"), ("src_ip", "10.0.0.1"), ("called_aet", "ORTHANC")],
        ),
        ("Modality \"NMAP\" is not listed in the \"DicomModalities\" configuration option", &[("aet", "NMAP")]),
        (
            "Forbidding access from AET \"CTROOM2\" given its hostname (10.0.0.1) does not match the \"DicomModalities\" configuration option (10.20.30.40 was expected)",
            &[("aet", "CTROOM2"), ("src_ip", "10.0.0.1"), ("expected_host", "10.20.30.40")],
        ),
        ("Rejected association, because of a bad called AET in the request (ANY-SCP)", &[("called_aet", "ANY-SCP")]),
        ("Accessing an inexistent item: Unknown modality for AET: EXFIL", &[("destination", "EXFIL")]),
        ("(dicom) Move-SCU request received for AET \"EXFIL\"", &[("destination", "EXFIL")]),
        ("(dicom) C-GET-SCU request received from AET \"WORKSTA1\"", &[("aet", "WORKSTA1")]),
        (
            "(dicom) Sending resource 81878eb8 to modality \"WORKSTA1\" in synchronous mode",
            &[("destination", "WORKSTA1")],
        ),
        ("(dicom) DICOM C-Find request at level: Patient", &[("query_level", "Patient")]),
        ("Number of matching resources: 2", &[("matches", "2")]),
        ("Number of candidate resources after fast DB filtering on main DICOM tags: 3", &[("matches", "3")]),
        ("Receiving Association failed: Unrecognized PDU type: 47", &[("pdu_type", "47")]),
        ("(http) DELETE /studies/81878eb8", &[("method", "DELETE"), ("uri", "/studies/81878eb8")]),
        (
            "The URI /tools/execute-script is disallowed for security, check your configuration file",
            &[("uri", "/tools/execute-script")],
        ),
        ("Orthanc has started", &[("aet", "–"), ("src_ip", "–"), ("uri", "–"), ("verb", "–")]),
    ];
    for (message, wanted) in rows {
        let draft = read_one(&format!("W1121 19:13:25.396249 A.cpp:1] {message}"));
        for (name, wanted) in *wanted {
            let said = match draft.fields.value(name) {
                None => "–".to_owned(),
                Some(Value::Int(number)) => number.to_string(),
                Some(value) => draft.fields.text(name).map_or(format!("{value:?}"), str::to_owned),
            };
            assert_eq!(said, *wanted, "{name} of {message}");
        }
    }
}
