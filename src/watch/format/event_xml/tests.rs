//! Events of Windows in XML.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::watch::event::{Event, Value};
use crate::watch::format::{Decoded, Decoder, Format};

/// shape: `wevtutil qe Security /f:xml`, and what `Get-WinEvent | ForEach-Object ToXml` gives.
const FAILED: &str = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing' Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>4625</EventID><Version>0</Version><Level>0</Level><Task>12544</Task><Opcode>0</Opcode><Keywords>0x8010000000000000</Keywords><TimeCreated SystemTime='2026-11-30T01:12:04.5127000Z'/><EventRecordID>48210</EventRecordID><Correlation/><Execution ProcessID='704' ThreadID='820'/><Channel>Security</Channel><Computer>DC1.ch-valmont.example</Computer><Security/></System><EventData><Data Name='SubjectUserSid'>S-1-0-0</Data><Data Name='TargetUserName'>c.leroy &amp; fils</Data><Data Name='Status'>0xc000006d</Data><Data Name='SubStatus'>0xc000006a</Data><Data Name='LogonType'>3</Data><Data Name='IpAddress'>10.20.4.66</Data><Data Name='WorkstationName'/></EventData></Event>";

/// shape: event 104 as `wevtutil` writes it.
const CLEARED: &str = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Eventlog' Guid='{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}'/><EventID>104</EventID><TimeCreated SystemTime='2026-11-30T01:12:05Z'/><Channel>System</Channel><Computer>PC7</Computer></System><UserData><LogFileCleared xmlns='http://manifests.microsoft.com/win/2004/08/windows/eventlog'><SubjectUserName>agent</SubjectUserName><Channel>Windows PowerShell</Channel><BackupPath></BackupPath></LogFileCleared></UserData></Event>";

fn events(lines: &[&str]) -> Vec<Event> {
    let mut decoder = Decoder::new(Format::Auto, TimeZone::UTC, None);
    let mut events = Vec::new();
    for line in lines {
        match decoder.decode(Timestamp::UNIX_EPOCH, line) {
            Decoded::Event(event) => events.push(event),
            Decoded::Several(several) => events.extend(several),
            Decoded::Unknown(event) => panic!("{event:?}"),
            Decoded::Skipped => {}
            Decoded::Malformed { why, .. } => panic!("{why}: {line}"),
        }
    }
    events
}

fn text<'a>(event: &'a Event, name: &str) -> Option<&'a str> {
    event.get(name).find_map(|value| if let Value::Text(text) = value { Some(text.as_str()) } else { None })
}

fn is_failed(event: &Event) {
    let logsource = &event.logsource;
    assert_eq!((logsource.product.as_deref(), logsource.service.as_deref()), (Some("windows"), Some("security")));
    for (name, wanted) in [
        ("EventID", "4625"),
        ("Channel", "Security"),
        ("Computer", "DC1.ch-valmont.example"),
        ("Provider_Name", "Microsoft-Windows-Security-Auditing"),
        ("TargetUserName", "c.leroy & fils"),
        ("SubStatus", "0xc000006a"),
        ("IpAddress", "10.20.4.66"),
        ("WorkstationName", ""),
    ] {
        assert_eq!(text(event, name), Some(wanted), "{name}");
    }
    assert_eq!(event.time, "2026-11-30T01:12:04.5127Z".parse().unwrap());
}

/// S5 of issue 11.
#[test]
fn an_event_is_read_from_a_line_a_file_and_inside_syslog() {
    let indented = FAILED.replace("><", ">\n<");
    let export =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><Events>{FAILED}{CLEARED}</Events>");
    let over_syslog = format!("<14>1 2026-11-30T01:12:06Z wec1 Microsoft-Windows-Security-Auditing 704 - - {FAILED}");
    for read in [
        events(&[FAILED]),
        events(&indented.lines().collect::<Vec<_>>()),
        events(&[&export])[..1].to_vec(),
        events(&["<Events>", FAILED, "</Events>"]),
        events(&[&over_syslog]),
    ] {
        assert_eq!(read.len(), 1);
        is_failed(&read[0]);
    }
    assert_eq!(events(&[&export]).len(), 2);
}

/// S8 of issue 11.
#[test]
fn the_log_that_was_cleared_goes_before_the_one_it_is_written_in() {
    let read = events(&[CLEARED]);
    assert_eq!(read[0].get("Channel").collect::<Vec<_>>(), [&Value::from("Windows PowerShell")]);
    assert_eq!(read[0].logsource.service.as_deref(), Some("system"));
    assert_eq!(text(&read[0], "SubjectUserName"), Some("agent"));
}

/// S5 of issue 11.
#[test]
fn sysmon_for_linux_speaks_so_inside_syslog() {
    let line = "Nov 30 01:12:04 srv-app2 sysmon: <Event><System><Provider Name=\"Linux-Sysmon\" Guid=\"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}\"/><EventID>1</EventID><Version>5</Version><Channel>Linux-Sysmon/Operational</Channel><Computer>srv-app2</Computer><Security UserId=\"0\"/></System><EventData><Data Name=\"Image\">/usr/bin/curl</Data><Data Name=\"CommandLine\">curl http://192.0.2.7/x</Data><Data Name=\"User\">root</Data></EventData></Event>";
    let read = events(&[line]);
    let logsource = &read[0].logsource;
    assert_eq!((logsource.product.as_deref(), logsource.service.as_deref()), (Some("linux"), Some("sysmon")));
    assert_eq!(logsource.category, ["process_creation"]);
    assert_eq!(text(&read[0], "CommandLine"), Some("curl http://192.0.2.7/x"));
    assert_eq!(text(&read[0], "host"), Some("srv-app2"));
}

#[test]
fn what_stops_in_the_middle_is_said() {
    let mut decoder = Decoder::new(Format::EventXml, TimeZone::UTC, None);
    for line in ["<Event><System></EventData></System></Event>", "<Event><EventData/></Event>", "Nov 30 01:12:04 x"] {
        let read = decoder.decode(Timestamp::UNIX_EPOCH, line);
        assert!(matches!(read, Decoded::Malformed { .. }), "{line}: {read:?}");
    }
}
