//! What holds for every format: nothing panics, nothing private stays.

use proptest::prelude::*;

use super::*;
use crate::watch::event::Value;
use crate::watch::record::Unreadable;

const SSH: &str = "Nov 21 19:28:22 srv sshd[42]: Failed password for x from 10.0.0.1 port 5 ssh2";
const AUDIT: &str = "Nov 21 19:28:22 srv smbd_audit: alice|10.0.0.1|pc|commun|unlinkat|ok|/x/y.doc";
const ORTHANC: &str = "W1121 19:13:25.396249 A.cpp:1] Rejected association for remote AET NMAP on IP 10.0.0.1";
const ACCESS: &str = r#"10.0.0.1 - - [21/Nov/2026:19:28:23 +0000] "GET /x HTTP/1.1" 401 0"#;
const AD: &str = r#"{"timestamp": "2026-11-21T19:37:30.240120+0000", "type": "Authentication", "Authentication": {"eventId": 4625}}"#;
const DECOY: &str = r#"{"logtype": 4002, "node_id": "n", "src_host": "10.0.0.1"}"#;

fn arrived() -> Timestamp {
    "2026-11-22T06:00:00Z".parse().unwrap()
}

fn decoder(format: Format) -> Decoder {
    Decoder::new(format, TimeZone::UTC, None)
}

fn event(decoder: &mut Decoder, line: &str) -> Event {
    match decoder.decode(arrived(), line) {
        Decoded::Event(event) => event,
        other => panic!("{other:?} for {line}"),
    }
}

#[test]
fn every_format_has_one_word() {
    for format in Format::ALL.iter().copied() {
        assert_eq!(format.word().parse(), Ok(format));
        assert_eq!(serde_json::to_value(format).unwrap(), format.word());
        assert_eq!(format.to_string(), format.word());
    }
    assert_eq!("gelf".parse::<Format>(), Err(UnknownFormat));
}

#[test]
fn decides_on_the_first_line_that_leaves_no_doubt() {
    for (line, format) in [
        (SSH, Format::Syslog),
        (AUDIT, Format::SambaAudit),
        (ORTHANC, Format::Orthanc),
        (ACCESS, Format::Combined),
        (AD, Format::SambaJson),
        (DECOY, Format::OpenCanary),
        ("I: Association Received (localhost:SCANNER1 -> QRSCP)", Format::Dcmtk),
        (r#"{"a": 1}"#, Format::Json),
        ("[2026/11/21 19:28:22.215784,  3] x.c:1(y)", Format::SambaJson),
    ] {
        let mut decoder = decoder(Format::Auto);
        assert_eq!(decoder.decode(arrived(), ""), Decoded::Skipped);
        let nothing = decoder.decode(arrived(), "2026-11-21 19:00:00 hello");
        assert!(matches!(nothing, Decoded::Unknown(_)), "{nothing:?}");
        assert_eq!(decoder.picked(), None);
        decoder.decode(arrived(), line);
        assert_eq!(decoder.picked(), Some(format), "{line}");
    }
    assert_eq!(decoder(Format::Json).picked(), Some(Format::Json));
}

#[test]
fn reads_a_stray_line_as_what_it_is() {
    let mut decoder = decoder(Format::Auto);
    event(&mut decoder, ACCESS);
    assert_eq!(event(&mut decoder, ORTHANC).logsource.product.as_deref(), Some("orthanc"));
    assert_eq!(decoder.picked(), Some(Format::Combined));
    assert!(matches!(decoder.decode(arrived(), "hello"), Decoded::Unknown(_)));
}

#[test]
fn nothing_is_thrown_away_because_nobody_said_what_it_is() {
    let own = Logsource { product: Some("freeradius".into()), ..Logsource::default() };
    let mut decoder = Decoder::new(Format::Auto, TimeZone::UTC, Some(own));
    // Lines, with and without something that is understood before them; time and host where it says them.
    for (line, time, host) in [
        ("(29512) Login incorrect: [test] (from client LAN port 0)", None, None),
        ("2026-11-21T19:28:22Z ap7 Login incorrect", Some("2026-11-21T19:28:22Z"), Some("ap7")),
        ("2026-11-21T19:28:22+01:00 stdout F Login", Some("2026-11-21T18:28:22Z"), Some("stdout")),
        ("[2026-11-21 19:28:22] Login incorrect", Some("2026-11-21T19:28:22Z"), None),
        (r#"{"broken": "json, Login incorrect"#, None, None),
        (r#"{"broken": "json", "Login"}"#, None, None),
        ("  Login incorrect", None, None),
    ] {
        for before in ["", r#"{"a": 1}"#, ORTHANC, ACCESS, SSH] {
            decoder = decoder.fresh();
            decoder.decode(arrived(), before);
            let found = decoder.decode(arrived(), line);
            if before == ORTHANC && found == Decoded::Skipped {
                continue;
            }
            let (Decoded::Unknown(event) | Decoded::Event(event)) = found else { panic!("{line} after {before}") };
            assert_eq!(event.logsource.product.as_deref(), Some("freeradius"));
            assert!(event.text.contains("Login") && event.get("message").next().is_some(), "{event:?}");
            assert_eq!(event.time, time.map_or(arrived(), |time| time.parse().unwrap()), "{line} after {before}");
            let named = event.get("host").next().cloned();
            assert_eq!(named, host.map(Value::from), "{line} after {before}");
        }
    }
}

/// What looks like an object is not taken apart before it is looked at.
#[test]
fn an_object_that_cannot_be_read_is_looked_at_as_it_stands() {
    let broken = r#"{"user": "a"b", "x": 1}"#;
    for format in [Format::Auto, Format::Json] {
        let mut decoder = decoder(format);
        event(&mut decoder, r#"{"a": 1}"#);
        assert!(matches!(decoder.read(arrived(), broken), Read::Raw(_)));
        let (why, event) = match decoder.raws().unread(arrived(), broken, Unreadable("not valid JSON")) {
            Decoded::Unknown(event) => (None, event),
            Decoded::Malformed { why, event } => (Some(why), *event),
            other => panic!("{other:?}"),
        };
        assert_eq!(event.text, broken);
        assert_eq!(why, (format == Format::Json).then_some("not valid JSON"));
    }
}

/// Whoever can make a line odd cannot make it invisible: I4 and I19 of issue 11.
#[test]
fn a_line_that_is_not_of_the_format_that_was_said_is_looked_at_as_it_stands() {
    for (format, line) in [
        (Format::Syslog, "Nov 31 19:28:22 srv sshd[1]: Failed password for root"),
        (Format::Syslog, "2026/11/21 19:28 srv sshd: Failed password for root"),
        (Format::Json, "{\"message\": \"Failed password for root"),
        (Format::Combined, "Failed password for root"),
        (Format::Cef, "Failed password for root"),
        (Format::Auditd, "Failed password for root"),
    ] {
        let Decoded::Malformed { event, .. } = decoder(format).decode(arrived(), line) else {
            panic!("{line} is read as {format:?}")
        };
        assert_eq!(event.text, line);
    }
}

/// S14 of issue 11.
#[test]
fn blanks_and_returns_before_a_line_mean_nothing() {
    for line in [r#" {"a": 1}"#, "\r{\"a\": 1}", "  {\"a\": 1} \r"] {
        for format in [Format::Auto, Format::Json] {
            let mut decoder = decoder(format);
            for turn in 0..2 {
                match decoder.read(arrived(), line) {
                    Read::Decoded(Decoded::Event(event)) => {
                        assert_eq!(event.get("a").next(), Some(&Value::Int(1)), "{line}");
                    }
                    Read::Raw(raw) => {
                        let event = crate::watch::record::Record::whole(&raw);
                        drop(event);
                        assert_eq!(crate::watch::record::Record::text(&raw), r#"{"a": 1}"#, "{line}");
                    }
                    other @ Read::Decoded(_) => panic!("{other:?} for {line}, {turn}"),
                }
            }
        }
    }
}

#[test]
fn changes_its_mind_when_the_lines_do() {
    let mut decoder = decoder(Format::Auto);
    event(&mut decoder, ORTHANC);
    // Below an Orthanc line nearly anything can be part of a dump.
    for _ in 1..20 {
        assert_eq!(decoder.decode(arrived(), ACCESS), Decoded::Skipped);
    }
    assert_eq!(event(&mut decoder, ACCESS).logsource.category, ["webserver"]);
    assert_eq!(decoder.picked(), Some(Format::Combined));
}

#[test]
fn an_audit_stream_turns_out_to_be_all_of_syslog() {
    let mut decoder = decoder(Format::Auto);
    event(&mut decoder, AUDIT);
    assert_eq!(event(&mut decoder, SSH).logsource.service.as_deref(), Some("sshd"));
    assert_eq!(event(&mut decoder, AUDIT).logsource.service.as_deref(), Some("full_audit"));
    assert_eq!(decoder.picked(), Some(Format::Syslog));
}

#[test]
fn a_dump_below_an_orthanc_line_is_passed_over() {
    let mut decoder = decoder(Format::Orthanc);
    let malformed = decoder.decode(arrived(), "(0010,0010) PN [DUPONT^MARIE]");
    assert!(matches!(malformed, Decoded::Malformed { why: "no Orthanc header", .. }));
    event(&mut decoder, ORTHANC);
    for line in ["", "# Dicom-Data-Set", "(0010,0010) PN [DUPONT^MARIE]"] {
        assert_eq!(decoder.decode(arrived(), line), Decoded::Skipped);
    }
}

#[test]
fn the_header_above_gives_the_time() {
    let mut decoder = Decoder::new(Format::SambaAudit, TimeZone::get("Europe/Paris").unwrap(), None);
    let bare = "  alice|10.0.0.1|pc|commun|unlinkat|ok|/x/y.doc";
    assert_eq!(event(&mut decoder, bare).time, arrived());
    assert_eq!(decoder.decode(arrived(), "[2026/11/21 19:28:22.215784,  3] x.c:1(do_log)"), Decoded::Skipped);
    assert_eq!(event(&mut decoder, bare).time, "2026-11-21T18:28:22.215784Z".parse().unwrap());
}

#[test]
fn a_line_without_a_time_happened_when_it_arrived() {
    assert_eq!(event(&mut decoder(Format::Json), r#"{"a": 1}"#).time, arrived());
    assert_eq!(event(&mut decoder(Format::Syslog), "<38>1 - srv app - - - x").time, arrived());
}

#[test]
fn a_source_has_the_last_word_on_what_it_is() {
    let own = |category: &[&str], product: Option<&str>, service: Option<&str>| Logsource {
        category: category.iter().map(|word| (*word).to_owned()).collect(),
        product: product.map(Into::into),
        service: service.map(Into::into),
    };
    for (over, line, wanted) in [
        (own(&[], None, None), SSH, own(&[], Some("linux"), Some("sshd"))),
        (own(&["firewall"], Some("fortigate"), None), SSH, own(&["firewall"], Some("fortigate"), None)),
        (own(&[], Some("linux"), None), SSH, own(&[], Some("linux"), Some("sshd"))),
        (own(&[], Some("cisco"), Some("aaa")), SSH, own(&[], Some("cisco"), Some("aaa"))),
        (own(&["proxy", "webserver"], Some("nginx"), None), ACCESS, own(&["webserver", "proxy"], Some("nginx"), None)),
    ] {
        let mut decoder = Decoder::new(Format::Auto, TimeZone::UTC, Some(over));
        assert_eq!(event(&mut decoder, line).logsource, wanted);
    }
}

#[test]
fn passes_over_marks_and_ends_that_are_not_text() {
    let mut decoder = decoder(Format::Json);
    assert_eq!(event(&mut decoder, "\u{feff}{\"a\": 1}\r\n\0").text, "{\"a\": 1}");
    for blank in ["", "  ", "\u{feff}", "\0\r"] {
        assert_eq!(decoder.decode(arrived(), blank), Decoded::Skipped);
    }
}

/// What must never come out, and how it stands in lines of every format.
#[test]
fn nothing_private_comes_out() {
    const NIR: &str = "185057800608491";
    let planted = [NIR, "hunter2", "tr0ub4dor", "c2VjcmV0OnNlY3JldA", "DUPONT", "MARIE", "900001"];
    let said = [
        format!("nir {NIR} (0010,0010) PN [DUPONT^MARIE] authorization: [Basic c2VjcmV0OnNlY3JldA==]"),
        format!("password=hunter2 PASSWORD: \"tr0ub4dor hunter2\" patientName=DUPONT, nss: {NIR}"),
        "HTTP header: [authorization]: [Basic c2VjcmV0OnNlY3JldA==]".to_owned(),
        "(0010,0010)  PatientName = DUPONT, MARIE".to_owned(),
        "(0010,0020) LO [900001]     #  10, 1 PatientID".to_owned(),
        "MSH|^~\\&|a PID|1||900001^^^CH||DUPONT^MARIE".to_owned(),
        "GET /fhir/Patient?family=DUPONT&given=MARIE".to_owned(),
    ];
    for said in &said {
        let quoted = serde_json::Value::from(said.as_str());
        let lines = [
            (Format::Syslog, format!("Nov 21 19:28:22 srv app[1]: {said}")),
            (
                Format::Syslog,
                format!(
                    "<38>1 2026-11-21T19:28:22Z srv app 1 - [x y=\"{}\"] {said}",
                    said.replace('"', "\\\"").replace(']', "\\]")
                ),
            ),
            (
                Format::Json,
                format!(
                    "{{\"m\": {quoted}, \"l\": [{{\"n\": {quoted}}}], \"password\": \"a\\\" hunter2\", \"nir\": {NIR}}}"
                ),
            ),
            (Format::Syslog, format!("<38>1 - srv app - - - {{\"m\": {quoted}, \"x\": {NIR}}}")),
            (Format::Orthanc, format!("T1121 19:13:25.396249 A.cpp:1] (http) {said}")),
            (
                Format::Combined,
                format!(
                    "10.0.0.1 - - [21/Nov/2026:19:28:23 +0000] \"GET /x?{} HTTP/1.1\" 401 0 \"-\" \"-\"",
                    said.replace('"', "").replace(' ', "%20")
                ),
            ),
            (
                Format::SambaAudit,
                format!("Nov 21 19:28:22 srv smbd_audit: alice|10.0.0.1|pc|commun|unlinkat|ok|/x/{said}"),
            ),
            (
                Format::SambaJson,
                format!(
                    "{{\"timestamp\": \"x\", \"type\": \"a\", \"a\": {{\"clientAccount\": {quoted}, \"token\": [\"hunter2\"]}}}}"
                ),
            ),
            (
                Format::OpenCanary,
                format!(
                    "{{\"logtype\": 4002, \"node_id\": \"n\", \"logdata\": {{\"PASSWORD\": \"hunter2\", \"M\": {quoted}}}}}"
                ),
            ),
        ];
        for (format, line) in lines {
            for format in [format, Format::Auto] {
                let event = event(&mut decoder(format), &line);
                let shown = format!("{event:?}");
                for secret in planted {
                    assert!(!shown.contains(secret), "{secret} of {line} in {shown}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_lines_are_survived_by_every_format(lines in prop::collection::vec(line(), 1..6)) {
        for format in Format::ALL.iter().copied() {
            let mut decoder = Decoder::new(format, TimeZone::get("Europe/Paris").unwrap(), None);
            for line in &lines {
                if let Decoded::Event(event) = decoder.decode(arrived(), line) {
                    prop_assert!(!event.text.is_empty());
                }
            }
        }
    }

    #[test]
    fn any_message_in_a_good_envelope_is_an_event(message in "\\PC{0,60}") {
        let json = serde_json::Value::from(message.as_str());
        for (format, line) in [
            (Format::Syslog, format!("<38>Nov 21 19:28:22 srv app[1]: {message}")),
            (Format::Syslog, format!("<38>1 2026-11-21T19:28:22Z srv app 1 - - {message}")),
            (Format::Orthanc, format!("W1121 19:28:22.000000 A.cpp:1] {message}")),
            (Format::Json, format!("{{\"time\": \"2026-11-21T19:28:22Z\", \"message\": {json}}}")),
            (Format::Combined, format!("10.0.0.1 - - [21/Nov/2026:19:28:22 +0000] \"{}\" 400 0", message.replace(['"', '\\'], ""))),
            (Format::SambaAudit, format!("Nov 21 19:28:22 srv smbd_audit: a|10.0.0.1|pc|c|unlinkat|ok|/x/{message}")),
        ] {
            let event = event(&mut decoder(format), &line);
            prop_assert_eq!(event.time.as_second(), 1_795_289_302, "{}", line);
        }
    }
}

/// Bytes as a source hands them on, and genuine lines cut and stirred.
fn line() -> impl Strategy<Value = String> {
    let stirred =
        (prop::sample::select(vec![SSH, AUDIT, ORTHANC, ACCESS, AD, DECOY]), any::<prop::sample::Index>(), "\\PC{0,3}");
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..80).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        stirred.clone().prop_map(|(line, at, more)| {
            let at = at.index(line.len());
            format!("{}{more}{}", &line[..at], &line[at..])
        }),
        stirred.prop_map(|(line, at, more)| format!("{}{more}", &line[..at.index(line.len())])),
        "[\\[\\]{}\"\\\\:|=<>,. 0-9a-z-]{0,60}",
    ]
}

/// What a decoder that reads every line in its order makes of it, beside one whose lines that stand alone are read anywhere.
fn assert_same(format: Format, lines: &[&str]) {
    let (mut in_order, mut apart) = (decoder(format), decoder(format));
    for line in lines {
        let wanted = in_order.decode(arrived(), line);
        let found = if apart.passes(line) {
            match apart.raws().read(arrived(), line) {
                Read::Decoded(decoded) => decoded,
                // Taken apart as far as rules ask: its own tests compare that.
                Read::Raw(_) => continue,
            }
        } else {
            apart.decode(arrived(), line)
        };
        assert_eq!(found, wanted, "{format}: {line}");
        assert_eq!(apart.picked(), in_order.picked(), "{format}: {line}");
    }
}

proptest! {
    #[test]
    fn a_line_that_stands_alone_says_the_same_wherever_it_is_read(
        odd in prop::collection::vec("[ -~éà]{0,60}", 4),
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..8_usize), 1..40),
    ) {
        let examples: Vec<&str> = Format::ALL.iter().flat_map(|format| guide(*format).example.lines()).collect();
        let lines: Vec<String> = places
            .iter()
            .map(|(line, other, how)| {
                let (line, odd) = (*line.get(&examples), other.get(&odd));
                match how {
                    0 => odd.clone(),
                    1 => format!("<134>{odd}"),
                    2 => format!("<38>Nov 21 19:28:22 srv {odd}"),
                    3 => format!("Feb 31 19:28:22 srv {odd}"),
                    4 => line.chars().take(line.chars().count() / 2).collect(),
                    _ => line.to_owned(),
                }
            })
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        for format in Format::ALL {
            assert_same(*format, &lines);
        }
    }
}

#[test]
fn most_lines_of_syslog_stand_alone_also_where_the_format_was_found_out() {
    for format in [Format::Syslog, Format::Auto] {
        let mut decoder = decoder(format);
        event(&mut decoder, SSH);
        for (line, alone) in [
            (SSH, true),
            ("<38>Nov 21 19:28:22 srv sshd[42]: x", true),
            ("<34>1 2026-11-21T19:28:22Z srv app - - - x", true),
            ("2026-11-21T19:28:22+01:00 srv app: x", format == Format::Syslog),
            ("<134>x <Event ></Event>", false),
            ("<Event>", false),
            (r#"Nov 21 19:28:22 srv smbd: {"timestamp": "#, format == Format::Syslog),
            ("  at indented", false),
            ("", false),
        ] {
            assert_eq!(decoder.passes(line), alone, "{format}: {line}");
        }
    }
}
