//! The logs of Palo Alto Networks firewalls in their own shape, values between commas: what a value means follows from its
//! place, which differs from type to type.

use std::borrow::Cow;
use std::net::IpAddr;

use jiff::Timestamp;

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::shared::Names;
use super::time::{self, When};
use crate::watch::event::Logsource;

/// So many values of one line are read.
const MOST: usize = 256;

/// Palo Alto Networks' own shape.
pub(super) struct PaloAlto;

impl Kind for PaloAlto {
    const IN_SYSLOG: bool = true;

    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        let (mut draft, _) = said(text, when).ok_or(Misfit("no values of a Palo Alto firewall"))?;
        draft.fields.share(&[("host", &["serial"])]);
        Ok(Some(draft))
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        Surety::certain(said(text, when).is_some())
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["paloalto"], &[], &["firewall"]).any_service()]
    }
}

/// The names of the values of a type, by PAN-OS's own names for them, from the eighth on. What has no name is passed over.
struct Layout {
    types: &'static [&'static str],
    names: &'static [&'static str],
}

const SESSION: [&str; 24] = [
    "src",
    "dst",
    "natsrc",
    "natdst",
    "rule",
    "srcuser",
    "dstuser",
    "app",
    "vsys",
    "from",
    "to",
    "inbound_if",
    "outbound_if",
    "logset",
    "",
    "sessionid",
    "repeatcnt",
    "sport",
    "dport",
    "natsport",
    "natdport",
    "flags",
    "proto",
    "pan_action",
];

const LAYOUTS: [Layout; 9] = [
    Layout {
        types: &["TRAFFIC"],
        names: &["bytes", "bytes_sent", "bytes_received", "packets", "start", "elapsed", "category"],
    },
    Layout {
        types: &["THREAT", "WILDFIRE", "DATA"],
        names: &["misc", "threatid", "category", "severity", "direction"],
    },
    Layout { types: &["DECRYPTION", "TUNNEL"], names: &[] },
    Layout {
        types: &["HIPMATCH"],
        names: &["srcuser", "vsys", "machinename", "client_os", "src", "matchname", "repeatcnt", "matchtype"],
    },
    Layout { types: &["SYSTEM"], names: &["vsys", "eventid", "object", "", "", "module", "severity", "opaque"] },
    Layout { types: &["CONFIG"], names: &["client_host", "vsys", "cmd", "admin", "client", "result", "path"] },
    Layout {
        types: &["GLOBALPROTECT"],
        names: &[
            "vsys",
            "eventid",
            "stage",
            "auth_method",
            "tunnel_type",
            "srcuser",
            "srcregion",
            "machinename",
            "public_ip",
            "public_ipv6",
            "private_ip",
            "private_ipv6",
            "hostid",
            "serialnumber",
            "client_ver",
            "client_os",
            "client_os_ver",
            "repeatcnt",
            "reason",
            "error",
            "opaque",
            "status",
            "location",
            "login_duration",
            "connect_method",
            "error_code",
            "portal",
        ],
    },
    Layout {
        types: &["USERID"],
        names: &[
            "vsys",
            "ip",
            "srcuser",
            "datasourcename",
            "eventid",
            "repeatcnt",
            "timeout",
            "",
            "",
            "datasource",
            "datasourcetype",
        ],
    },
    Layout {
        types: &["AUTHENTICATION", "AUTH"],
        names: &[
            "vsys",
            "ip",
            "srcuser",
            "normalize_user",
            "object",
            "authpolicy",
            "repeatcnt",
            "authid",
            "vendor",
            "logset",
            "serverprofile",
            "desc",
            "clienttype",
            "event",
            "factorno",
        ],
    },
];

/// What a message in this shape says, and whether its time is an instant in every zone; nothing where it is none.
pub(super) fn said(text: &str, when: When<'_>) -> Option<(Draft, bool)> {
    // `1,2026/11/21 19:28:22,0123456789,TRAFFIC,end,…`; the first value is a number that nobody uses.
    let start = text.trim_start();
    let beginning = start.get(..3)?;
    if !beginning.contains(',') || !beginning.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let values = values(start);
    let [_, received, serial, kind, subtype, _, generated, ..] = values.as_slice() else { return None };
    let layout = LAYOUTS.iter().find(|layout| layout.types.contains(&&**kind))?;
    let mut fields = Fields::default();
    fields.put_said("serial", Some(serial));
    fields.put("type", kind.as_ref());
    fields.put_said("subtype", Some(subtype));
    let has_session = matches!(&**kind, "TRAFFIC" | "THREAT" | "WILDFIRE" | "DATA" | "DECRYPTION" | "TUNNEL");
    let session: &[&str] = if has_session { &SESSION } else { &[] };
    for (name, value) in session.iter().chain(layout.names).zip(&values[7..]) {
        if !name.is_empty() {
            fields.put_said(name, Some(value.trim()));
        }
    }
    let instant = values[7..].iter().rev().find_map(|value| instant(value));
    let local = || dated(generated, when).or_else(|| dated(received, when));
    let logsource = Logsource {
        category: if &**kind == "TRAFFIC" { vec!["firewall".to_owned()] } else { Vec::new() },
        product: Some("paloalto".into()),
        service: Some(kind.to_lowercase().into()),
    };
    share(&mut fields);
    let draft = Draft { time: instant.or_else(local), logsource, fields, ..Draft::default() };
    Some((draft, instant.is_some()))
}

fn share(fields: &mut Fields) {
    const NAMES: [Names; 8] = [
        ("user", &["srcuser", "admin", "normalize_user"]),
        ("src_ip", &["src", "public_ip", "public_ipv6", "ip", "client_host"]),
        ("src_port", &["sport"]),
        ("dst_ip", &["dst"]),
        ("dst_port", &["dport"]),
        ("action", &["pan_action", "eventid", "cmd", "event", "subtype"]),
        ("object", &["object", "misc", "path", "app", "rule"]),
        ("message", &["opaque", "desc", "reason", "error", "threatid"]),
    ];
    if let Some(address) = said_by(fields).map(str::to_owned) {
        fields.endpoint("src", &address);
    }
    fields.share(&NAMES);
    fields.outcome_by(&["status", "result", "pan_action", "eventid", "opaque", "event", "desc", "subtype"]);
}

/// The address that the sentence of a `SYSTEM` log names: `… From: 192.0.2.7.`, `… from 192.0.2.7 …`.
fn said_by(fields: &Fields) -> Option<&str> {
    let text = fields.text("opaque")?;
    let (_, rest) = text.split_once("From: ").or_else(|| text.split_once(" from "))?;
    let word = rest.split([' ', ',']).next()?.trim_end_matches('.');
    // Whatever else stands there, such as somebody's name, is no address.
    word.parse::<IpAddr>().is_ok().then_some(word)
}

/// The values of a line: between commas, in quotes where they hold commas, with quotes doubled.
fn values(text: &str) -> Vec<Cow<'_, str>> {
    let mut values = Vec::new();
    let mut rest = text;
    while values.len() < MOST {
        if let Some(quoted) = rest.strip_prefix('"') {
            let (value, behind) = quoted_value(quoted);
            values.push(value);
            match behind.find(',') {
                Some(comma) => rest = &behind[comma + 1..],
                None => break,
            }
            continue;
        }
        let Some((value, behind)) = rest.split_once(',') else {
            values.push(Cow::Borrowed(rest));
            break;
        };
        values.push(Cow::Borrowed(value));
        rest = behind;
    }
    values
}

fn quoted_value(text: &str) -> (Cow<'_, str>, &str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut doubled = false;
    while let Some(quote) = memchr::memchr(b'"', &bytes[at..]).map(|found| found + at) {
        match bytes.get(quote + 1) {
            Some(b'"') => (at, doubled) = (quote + 2, true),
            None | Some(b',' | b'\r' | b'\n') => {
                let inside = &text[..quote];
                let value = if doubled { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) };
                return (value, &text[quote + 1..]);
            }
            Some(_) => at = quote + 1,
        }
    }
    (Cow::Borrowed(text), "")
}

/// `2026-11-21T19:28:22.123+01:00`, as newer releases write at the end of a line.
fn instant(text: &str) -> Option<Timestamp> {
    let mut reader = time::Reader(text.trim());
    let at = reader.date_time().filter(|_| text.contains('T'))?;
    reader.offset()?.to_timestamp(at).ok()
}

/// `2026/11/21 19:28:22`.
fn dated(text: &str, when: When<'_>) -> Option<Timestamp> {
    time::written(text, when)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<Draft> {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        said(text, When { arrived: "2026-11-21T20:00:00Z".parse().unwrap(), zone: &zone }).map(|found| found.0)
    }

    #[test]
    fn commas_in_quotes_are_no_commas() {
        let text = |name: &str| {
            format!(
                "1,2026/11/21 20:28:22,0123,CONFIG,0,2305,2026/11/21 20:28:22,192.0.2.7,,set,\"{name}\",Web,Succeeded,\"a, b\""
            )
        };
        for (written, name) in [("bob", "bob"), ("a, \"\"b\"\"", "a, \"b\""), ("a\"b", "a\"b")] {
            let draft = read(&text(written)).unwrap();
            let found =
                ["admin", "user", "path", "action", "outcome", "src_ip"].map(|name| draft.fields.text(name).unwrap());
            assert_eq!(found, [name, name, "a, b", "set", "success", "192.0.2.7"], "{written}");
            assert_eq!(draft.time, Some("2026-11-21T19:28:22Z".parse().unwrap()));
        }
    }

    #[test]
    fn the_end_of_newer_lines_says_the_instant() {
        let line = "1,2026/11/21 12:28:22,0123,SYSTEM,auth,2305,2026/11/21 12:28:22,,auth-fail,GP,0,0,general,medium,\"failed authentication for user 'bob'. From: 192.0.2.7.\",1,0x0,0,0,0,0,,fw1,0,0,2026-11-21T20:28:22.5+01:00";
        let draft = read(line).unwrap();
        assert_eq!(draft.time, Some("2026-11-21T19:28:22.5Z".parse().unwrap()));
        let found = ["src_ip", "action", "outcome"].map(|name| draft.fields.text(name).unwrap());
        assert_eq!(found, ["192.0.2.7", "auth-fail", "failure"]);
    }

    #[test]
    fn other_values_between_commas_are_not_its() {
        for text in ["1,2,3", "1,a,b,OTHER,c,d,e,f", "a,b", "", "10.0.0.1,TRAFFIC"] {
            assert!(read(text).is_none(), "{text}");
        }
        for piece in ["\"", ",", "\"a,", "\"\","] {
            let line = format!("1,2026/11/21 12:28:22,0,TRAFFIC,end,1,2026/11/21 12:28:22,{}", piece.repeat(50_000));
            assert!(read(&line).is_some_and(|draft| draft.fields.0.len() < MOST));
        }
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_read_back(texts in prop::collection::vec("[^\r\n]{0,20}", 1..8)) {
            let quoted: Vec<String> = texts.iter().map(|text| format!("\"{}\"", text.replace('"', "\"\""))).collect();
            let line = quoted.join(",");
            prop_assert_eq!(values(&line), texts);
        }
    }
}
