//! Windows events in the shapes that collectors give them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::watch::event::{Event, Value};
use crate::watch::format::{Decoded, Decoder, Format};
use crate::watch::kind::windows::kind;

fn event(line: &str) -> Event {
    match Decoder::new(Format::Auto, TimeZone::get("Europe/Paris").unwrap(), None).decode(Timestamp::UNIX_EPOCH, line) {
        Decoded::Event(event) => event,
        other => panic!("{other:?}"),
    }
}

/// Product, service, categories.
fn source(event: &Event) -> (&str, &str, Vec<&str>) {
    let logsource = &event.logsource;
    (
        logsource.product.as_deref().unwrap_or_default(),
        logsource.service.as_deref().unwrap_or_default(),
        logsource.category.iter().map(String::as_str).collect(),
    )
}

fn text<'a>(event: &'a Event, name: &str) -> Option<&'a str> {
    event.get(name).find_map(|value| match value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    })
}

#[test]
fn channel_and_number_tell_the_kind() {
    const SYSMON: &str = "Microsoft-Windows-Sysmon/Operational";
    for (channel, id, provider, service, categories) in [
        (SYSMON, 1, "Microsoft-Windows-Sysmon", Some("sysmon"), &["process_creation"][..]),
        (SYSMON, 13, "", Some("sysmon"), &["registry_event", "registry_set"]),
        (SYSMON, 14, "", Some("sysmon"), &["registry_event", "registry_rename"]),
        (SYSMON, 999, "", Some("sysmon"), &[]),
        ("security", 4688, "", Some("security"), &["process_creation"]),
        ("Security", 5156, "", Some("security"), &[]),
        ("Windows PowerShell", 400, "PowerShell", Some("powershell-classic"), &["ps_classic_start"]),
        ("PowerShellCore/Operational", 4104, "", Some("powershell"), &["ps_script"]),
        ("Microsoft-Windows-Windows Defender/Operational", 1116, "", Some("windefend"), &["antivirus"]),
        ("ForwardedEvents", 4688, "Microsoft-Windows-Security-Auditing", Some("security"), &["process_creation"]),
        ("Internet Explorer", 1, "", None, &[]),
    ] {
        let kind = kind(channel, id, provider).unwrap();
        assert_eq!((kind.product, kind.service, kind.categories), ("windows", service, categories), "{channel} {id}");
    }
    assert_eq!(kind("", 1, "Some program"), None);
    assert_eq!(kind("Linux-Sysmon/Operational", 3, "").unwrap().product, "linux");
}

#[test]
fn sysmon_says_in_a_field_what_became_of_a_key() {
    let split = kind("Microsoft-Windows-Sysmon/Operational", 12, "").unwrap().split.unwrap();
    assert_eq!(split.field, "EventType");
    assert_eq!(split.categories("CreateKey"), ["registry_add"]);
    assert_eq!(split.categories("deletevalue"), ["registry_delete"]);
    assert!(split.categories("INFO").is_empty());
}

#[test]
fn an_nxlog_event_is_understood() {
    let event = event(
        r#"{"EventTime":"2026-11-21 19:28:22","Hostname":"PC7.ch-valmont.example","SourceName":"Microsoft-Windows-Security-Auditing","Channel":"security","EventID":"4688","NewProcessName":"C:\\Windows\\System32\\whoami.exe","ParentProcessName":"C:\\Windows\\System32\\cmd.exe","SubjectUserName":"PC7$","SubjectLogonId":"0x3e7","MandatoryLabel":"S-1-16-16384","CommandLine":"whoami /all","ProcessId":"0x1c"}"#,
    );
    assert_eq!(source(&event), ("windows", "security", vec!["process_creation"]));
    assert_eq!(event.time, "2026-11-21T18:28:22Z".parse().unwrap());
    for (name, wanted) in [
        ("Image", r"C:\Windows\System32\whoami.exe"),
        ("ParentImage", r"C:\Windows\System32\cmd.exe"),
        ("User", "PC7$"),
        ("LogonId", "0x3e7"),
        ("IntegrityLevel", "S-1-16-16384"),
        ("Provider_Name", "Microsoft-Windows-Security-Auditing"),
        ("Computer", "PC7.ch-valmont.example"),
        ("CommandLine", "whoami /all"),
    ] {
        assert_eq!(text(&event, name), Some(wanted), "{name}");
    }
}

#[test]
fn a_winlogbeat_event_is_understood() {
    let event = event(
        r#"{"@timestamp":"2026-11-21T18:28:22.5Z","message":"Registre","winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","event_id":12,"provider_name":"Microsoft-Windows-Sysmon","computer_name":"PC7","event_data":{"EventType":"DeleteKey","TargetObject":"HKLM\\x"}},"host":{"name":"PC7"}}"#,
    );
    assert_eq!(source(&event), ("windows", "sysmon", vec!["registry_event", "registry_delete"]));
    assert_eq!(event.time, "2026-11-21T18:28:22.5Z".parse().unwrap());
    assert_eq!(text(&event, "TargetObject"), Some(r"HKLM\x"));
    assert_eq!(text(&event, "Provider_Name"), Some("Microsoft-Windows-Sysmon"));
    assert_eq!(text(&event, "Message"), Some("Registre"));
    assert_eq!(event.get("EventID").next(), Some(&Value::Int(12)));
}

/// S8 of issue 11.
#[test]
fn an_exported_event_is_understood() {
    let event = event(
        r##"{"Event":{"#attributes":{"xmlns":"x"},"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Eventlog"}},"EventID":{"#text":104,"#attributes":{"Qualifiers":0}},"TimeCreated":{"#attributes":{"SystemTime":"2026-11-21T18:28:22.123Z"}},"Channel":"System","Computer":"PC7"},"UserData":{"LogFileCleared":{"#attributes":{"xmlns":"y"},"SubjectUserName":"agent","Channel":"Security"}}}}"##,
    );
    assert_eq!(source(&event), ("windows", "system", vec![]));
    assert_eq!(event.time, "2026-11-21T18:28:22.123Z".parse().unwrap());
    assert_eq!(event.get("EventID").next(), Some(&Value::Int(104)));
    assert_eq!(text(&event, "SubjectUserName"), Some("agent"));
    // What the event says goes before the log it is written in.
    let channels: Vec<_> = event.get("Channel").collect();
    assert_eq!(channels, [&Value::from("Security")]);
}

#[test]
fn names_with_spaces_are_also_known_without() {
    let event = event(
        r#"{"Event":{"System":{"EventID":1116,"Channel":"Microsoft-Windows-Windows Defender/Operational"},"EventData":{"Threat Name":"Virus:DOS/EICAR_Test_File","Path":"file:_C:\\x.com","Some New Thing":"y","Feature Name":"%%886"}}}"#,
    );
    assert_eq!(source(&event), ("windows", "windefend", vec!["antivirus"]));
    for name in ["ThreatName", "Threat Name", "Signature"] {
        assert_eq!(text(&event, name), Some("Virus:DOS/EICAR_Test_File"), "{name}");
    }
    assert_eq!(text(&event, "Filename"), Some(r"file:_C:\x.com"));
    assert_eq!(text(&event, "SomeNewThing"), Some("y"));
    assert_eq!(text(&event, "Feature_Name"), Some("%%886"));
}

#[test]
fn a_classic_powershell_event_is_taken_apart() {
    let exported = r#"{"Event":{"System":{"EventID":400,"Channel":"Windows PowerShell"},"EventData":{"Data":["Available","None","\tNewEngineState=Available\r\n\tHostName=ConsoleHost\r\n\tHostApplication=powershell -v 2\r\n\tEngineVersion=2.0"]}}}"#;
    let shipped = r#"{"EventID":400,"Channel":"Windows PowerShell","Message":"L’état du moteur passe de None à Available.\r\n\r\nDétails : \r\n\tNewEngineState=Available\r\n\tHostName=ConsoleHost\r\n\tHostApplication=powershell -v 2\r\n\tEngineVersion=2.0"}"#;
    for line in [exported, shipped] {
        let event = event(line);
        assert_eq!(source(&event), ("windows", "powershell-classic", vec!["ps_classic_start"]));
        assert_eq!(text(&event, "HostApplication"), Some("powershell -v 2"), "{line}");
        assert_eq!(text(&event, "EngineVersion"), Some("2.0"), "{line}");
        assert!(event.get("Data").next().is_some(), "{line}");
    }
}

#[test]
fn a_labelled_object_is_taken_at_its_word() {
    let event = event(
        r#"{"product":"windows","category":"file_access","Channel":"Microsoft-Windows-Kernel-File/Analytic","EventID":12,"FileName":"x"}"#,
    );
    assert_eq!(source(&event), ("windows", "", vec!["file_access"]));
}

#[test]
fn other_objects_are_left_alone() {
    for line in [
        r#"{"Channel":"general","text":"hello"}"#,
        r#"{"EventID":7,"SourceName":"billing"}"#,
        r#"{"product":"scanner","message":"ready"}"#,
    ] {
        let event = event(line);
        assert_eq!(source(&event), ("", "", vec![]), "{line}");
        assert_eq!(event.fields.len(), 2, "{line}");
    }
}

/// What a rule sees of one event in every shape that people have. Each is marked with whose shape it is.
/// S4 and S5 of issue 11.
#[test]
fn one_event_is_the_same_in_every_shape() {
    for (shape, line) in [
        (
            "Winlogbeat",
            r#"{"@timestamp":"2026-11-30T01:12:04.512Z","winlog":{"channel":"Security","event_id":4776,"provider_name":"Microsoft-Windows-Security-Auditing","computer_name":"DC1","event_data":{"TargetUserName":"c.leroy","Workstation":"KALI","Status":"0xc000006a"}}}"#,
        ),
        (
            "an export of Elasticsearch",
            r#"{"_index":"winlogbeat-8.15.3","_id":"x1","_score":1.0,"_source":{"@timestamp":"2026-11-30T01:12:04.512Z","winlog":{"channel":"Security","event_id":"4776","provider_name":"Microsoft-Windows-Security-Auditing","computer_name":"DC1","event_data":{"TargetUserName":"c.leroy","Workstation":"KALI","Status":"0xc000006a"}}}}"#,
        ),
        (
            "an export of Splunk",
            r#"{"preview":false,"offset":0,"lastrow":true,"result":{"_time":"x","timestamp":"2026-11-30T01:12:04.512Z","Channel":"Security","EventID":"4776","Computer":"DC1","TargetUserName":"c.leroy","Workstation":"KALI","Status":"0xc000006a"}}"#,
        ),
        (
            "Wazuh",
            r#"{"timestamp":"2026-11-30T02:12:04.512+0100","rule":{"level":5,"id":"60122"},"agent":{"id":"004","name":"DC1"},"decoder":{"name":"windows_eventchannel"},"data":{"win":{"system":{"providerName":"Microsoft-Windows-Security-Auditing","eventID":"4776","systemTime":"2026-11-30T01:12:04.5120000Z","channel":"Security","computer":"DC1"},"eventdata":{"packageName":"MICROSOFT_AUTHENTICATION_PACKAGE_V1_0","targetUserName":"c.leroy","workstation":"KALI","status":"0xc000006a"}}},"location":"EventChannel"}"#,
        ),
        (
            "GELF",
            r#"{"version":"1.1","host":"DC1","short_message":"x","timestamp":1796001124.512,"level":4,"_EventID":4776,"_Channel":"Security","_SourceName":"Microsoft-Windows-Security-Auditing","_Computer":"DC1","_TargetUserName":"c.leroy","_Workstation":"KALI","_Status":"0xc000006a"}"#,
        ),
        (
            "Fluent Bit, texts in an order",
            r#"{"ProviderName":"Microsoft-Windows-Security-Auditing","EventID":4776,"Channel":"Security","Computer":"DC1","TimeCreated":"2026-11-30 01:12:04.512 +0000","Message":"x","StringInserts":["MICROSOFT_AUTHENTICATION_PACKAGE_V1_0","c.leroy","KALI","0xc000006a"]}"#,
        ),
        (
            "Fluent Bit, event_data_as_map",
            r#"{"ProviderName":"Microsoft-Windows-Security-Auditing","EventID":4776,"Channel":"Security","Computer":"DC1","TimeCreated":"2026-11-30 01:12:04.512 +0000","EventData":{"TargetUserName":"c.leroy","Workstation":"KALI","Status":"0xc000006a"}}"#,
        ),
        (
            "Vector",
            r##"{"Event":{"System":{"Provider":{"@Name":"Microsoft-Windows-Security-Auditing"},"EventID":"4776","TimeCreated":{"@SystemTime":"2026-11-30T01:12:04.512Z"},"Channel":"Security","Computer":"DC1"},"EventData":{"Data":[{"@Name":"PackageName"},{"@Name":"TargetUserName","#text":"c.leroy"},{"@Name":"Workstation","#text":"KALI"},{"@Name":"Status","#text":"0xc000006a"}]}}}"##,
        ),
        (
            "without Event around it",
            r#"{"System":{"Provider":{"Name":"Microsoft-Windows-Security-Auditing"},"EventID":4776,"TimeCreated":{"SystemTime":"2026-11-30T01:12:04.512Z"},"Channel":"Security","Computer":"DC1"},"EventData":{"TargetUserName":"c.leroy","Workstation":"KALI","Status":"0xc000006a"}}"#,
        ),
        (
            "Get-WinEvent, ConvertTo-Json -Compress",
            r#"[{"Id":4776,"Version":0,"RecordId":48210,"ProviderName":"Microsoft-Windows-Security-Auditing","LogName":"Security","MachineName":"DC1","TimeCreated":"\/Date(1796001124512)\/","Properties":[{"Value":"MICROSOFT_AUTHENTICATION_PACKAGE_V1_0"},{"Value":"c.leroy"},{"Value":"KALI"},{"Value":"0xc000006a"}],"Message":"x"}]"#,
        ),
        (
            "Get-EventLog",
            r#"{"EventID":4776,"MachineName":"DC1","Source":"Microsoft-Windows-Security-Auditing","TimeGenerated":"2026-11-30T01:12:04.512Z","ReplacementStrings":["MICROSOFT_AUTHENTICATION_PACKAGE_V1_0","c.leroy","KALI","0xc000006a"]}"#,
        ),
        (
            "a line of Docker",
            r#"{"log":"{\"Channel\":\"Security\",\"EventID\":4776,\"Computer\":\"DC1\",\"EventTime\":\"2026-11-30T01:12:04.512Z\",\"TargetUserName\":\"c.leroy\",\"Workstation\":\"KALI\",\"Status\":\"0xc000006a\"}\n","stream":"stdout","time":"2026-11-30T01:12:05Z"}"#,
        ),
        (
            "blanks before it",
            r#"   {"Channel":"Security","EventID":4776,"Computer":"DC1","EventTime":"2026-11-30T01:12:04.512Z","TargetUserName":"c.leroy","Workstation":"KALI","Status":"0xc000006a"}"#,
        ),
    ] {
        let event = event(line);
        assert_eq!(source(&event), ("windows", "security", vec![]), "{shape}");
        let number = event.get("EventID").next();
        assert!(matches!(number, Some(Value::Int(4776))) || number == Some(&Value::from("4776")), "{shape}");
        for (name, wanted) in
            [("Computer", "DC1"), ("TargetUserName", "c.leroy"), ("Workstation", "KALI"), ("Status", "0xc000006a")]
        {
            assert_eq!(text(&event, name), Some(wanted), "{shape}: {name}");
        }
        assert_eq!(event.time.as_millisecond(), 1_796_001_124_512, "{shape}");
    }
}

/// S5 of issue 11.
#[test]
fn an_indented_event_is_one() {
    let mut decoder = Decoder::new(Format::Auto, TimeZone::UTC, None);
    let whole = "[\n    {\n        \"Id\":  1102,\n        \"LogName\":  \"Security\",\n        \"MachineName\":  \"DC1\",\n        \"Properties\":  [\n                           {\n                               \"Value\":  \"S-1-5-18\"\n                           },\n                           {\n                               \"Value\":  \"agent\"\n                           }\n                       ]\n    }\n]";
    let read: Vec<_> = whole.lines().map(|line| decoder.decode(Timestamp::UNIX_EPOCH, line)).collect();
    let events: Vec<_> =
        read.iter().filter_map(|read| if let Decoded::Event(event) = read { Some(event) } else { None }).collect();
    assert_eq!(events.len(), 1, "{read:?}");
    assert_eq!(text(events[0], "SubjectUserName"), Some("agent"));
    assert_eq!(source(events[0]), ("windows", "security", vec![]));
}
