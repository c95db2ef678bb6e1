//! Events between tabs, alone and inside of syslog.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::watch::event::{Event, Value};
use crate::watch::format::{Decoded, Decoder, Format};

const FAILED: &str = "MSWinEventLog\t1\tSecurity\t48210\tSat Nov 21 20:28:22 2026\t4625\tMicrosoft-Windows-Security-Auditing\tN/A\tN/A\t\
    Failure Audit\tDC1\tLogon\t\tAn account failed to log on.    Subject:   Security ID:  S-1-0-0   Account Name:  -   Logon ID:  0x0    \
    Logon Type:   3    Account For Which Logon Failed:   Security ID:  S-1-0-0   Account Name:  c.leroy   Account Domain:  CH    \
    Failure Information:   Status:   0xC000006D   Sub Status:  0xC000006A    Network Information:   Workstation Name: KALI   \
    Source Network Address: 203.0.113.9   Source Port:  50112\t48210";

fn read(format: Format, line: &str) -> Option<Event> {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    match Decoder::new(format, zone, None).decode(Timestamp::UNIX_EPOCH, line) {
        Decoded::Event(event) => Some(event),
        _ => None,
    }
}

fn said(event: &Event, name: &str) -> String {
    match event.get(name).next() {
        Some(Value::Text(text)) => text.to_string(),
        Some(Value::Int(number)) => number.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn an_event_is_the_same_alone_and_inside_of_syslog_however_its_tabs_came() {
    for line in [
        FAILED.to_owned(),
        format!("DC1\t{FAILED}"),
        format!("<13>Nov 21 20:28:22 DC1 {FAILED}"),
        format!("<13>1 2026-11-21T20:28:22+01:00 DC1 - - - - {FAILED}"),
        format!("<13>Nov 21 20:28:22 DC1 {}", FAILED.replace('\t', "#011")),
        format!("Nov 21 20:28:22 DC1 {FAILED}"),
    ] {
        for format in [Format::Auto, Format::Snare] {
            let event = read(format, &line).unwrap_or_else(|| panic!("{line}"));
            let logs = &event.logsource;
            assert_eq!(
                (logs.product.as_deref(), logs.service.as_deref()),
                (Some("windows"), Some("security")),
                "{line}"
            );
            assert_eq!(event.time, "2026-11-21T19:28:22Z".parse().unwrap(), "{line}");
            for (name, wanted) in [
                ("EventID", "4625"),
                ("Channel", "Security"),
                ("Computer", "DC1"),
                ("Provider_Name", "Microsoft-Windows-Security-Auditing"),
                ("outcome", "failure"),
                ("LogonType", "3"),
                ("SubjectUserSid", "S-1-0-0"),
                ("SubjectLogonId", "0x0"),
                ("TargetUserName", "c.leroy"),
                ("TargetDomainName", "CH"),
                ("Status", "0xC000006D"),
                ("SubStatus", "0xC000006A"),
                ("WorkstationName", "KALI"),
                ("IpAddress", "203.0.113.9"),
                ("IpPort", "50112"),
            ] {
                assert_eq!(said(&event, name), wanted, "{name}: {line}");
            }
            assert!(event.get("SubjectUserName").next().is_none(), "{line}");
            assert!(said(&event, "Message").ends_with("Source Port:  50112"), "{line}");
        }
    }
}

#[test]
fn who_was_put_into_which_group_is_told_apart_from_who_did_it() {
    let text = "A member was added.    Subject:   Account Name:  adm   Account Domain:  CH    Member:   Security ID:  S-1-5-21-1104   \
        Account Name:  CN=svc    Group:   Group Name:  Domain Admins";
    let line = format!(
        "MSWinEventLog\t1\tSecurity\t1\tSat Nov 21 20:28:22 2026\t4728\tx\tN/A\tN/A\tAudit Success\tDC1\tx\t\t{text}"
    );
    let event = read(Format::Snare, &line).unwrap();
    let names = ["SubjectUserName", "MemberSid", "MemberName", "TargetUserName", "outcome"];
    assert_eq!(names.map(|name| said(&event, name)), ["adm", "S-1-5-21-1104", "CN=svc", "Domain Admins", "success"]);
}

#[test]
fn a_text_in_another_language_is_the_message_and_what_surrounds_it_is_known() {
    let line = "MSWinEventLog\t1\tSecurity\t1\tSat Nov 21 20:28:22 2026\t4625\tx\tN/A\tN/A\tFailure Audit\tDC1\tx\t\tÉchec d’ouverture de session. Sujet :  Nom du compte :  c.leroy";
    let event = read(Format::Auto, line).unwrap();
    assert_eq!((said(&event, "EventID"), said(&event, "outcome")), ("4625".to_owned(), "failure".to_owned()));
    assert!(said(&event, "Message").contains("c.leroy") && event.get("TargetUserName").next().is_none());
}

#[test]
fn what_only_speaks_of_the_mark_is_none() {
    for line in [
        "MSWinEventLog",
        "MSWinEventLog\t1\tSecurity\tx",
        "MSWinEventLog\t1\ta\t1\tx\tnumber\ty",
        "see MSWinEventLog\t1\t2",
        "",
    ] {
        assert!(
            read(Format::Snare, line).is_none_or(|event| event.logsource.product.as_deref() != Some("windows")),
            "{line}"
        );
    }
}
