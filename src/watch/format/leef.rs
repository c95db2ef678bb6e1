//! The Log Event Extended Format of `QRadar`, version 1 and 2: `LEEF:2.0|vendor|product|version|number|^|key=value^key=value`.
//! Alone, or as the message of a syslog line; its tabs may have become `#011` on the way.

use std::borrow::Cow;

use jiff::Timestamp;

use super::cef;
use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::shared::Names;
use super::time::When;
use crate::watch::event::Logsource;

/// The Log Event Extended Format.
pub(super) struct Leef;

impl Kind for Leef {
    const IN_SYSLOG: bool = true;

    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        let mut draft = said(text, when).ok_or(Misfit("no LEEF head"))?;
        draft.fields.share(&[("host", &["serial"])]);
        Ok(Some(draft))
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        Surety::certain(said(text, when).is_some())
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::any(), Possible::of(&["watchguard"], &["xtm"], &["firewall"])]
    }
}

/// What a message in this format says; nothing where it is none.
pub(super) fn said(text: &str, when: When<'_>) -> Option<Draft> {
    let text = text.trim_start();
    let inside = text.strip_prefix("LEEF:").map(str::trim_start);
    let is_second = inside.unwrap_or(text).starts_with("2.");
    let mut rest = inside.unwrap_or(text).strip_prefix(if is_second { "2.0|" } else { "1.0|" })?;
    let mut fields = Fields::default();
    for name in ["deviceVendor", "deviceProduct", "deviceVersion", "eventId"] {
        let end = cef::bar(rest)?;
        fields.put_said(name, Some(rest[..end].trim()));
        rest = &rest[end + 1..];
    }
    let (between, rest) = if is_second { separator(rest) } else { ('\t', rest) };
    // Where the mark is lost to the relay, something that has a name has to be there.
    if inside.is_none() && !rest.contains('=') {
        return None;
    }
    attributes(rest, between, &mut fields);
    let logsource = logsource(&fields);
    let time = time_of(&fields, when);
    share(&mut fields);
    Some(Draft { time, logsource, fields, ..Draft::default() })
}

/// What separates the attributes, as the head of the second version says: a sign, or its number (`x09`, `0x7C`).
fn separator(text: &str) -> (char, &str) {
    let Some((said, rest)) = text.split_once('|') else { return ('\t', text) };
    let number = said.strip_prefix("0x").or_else(|| said.strip_prefix('x'));
    let sign = number.and_then(|number| u32::from_str_radix(number, 16).ok()).and_then(char::from_u32);
    let mut signs = said.chars();
    match (sign, signs.next(), signs.next()) {
        (Some(sign), ..) | (None, Some(sign), None) => (sign, rest),
        (None, None, _) => ('\t', rest),
        // No separator was said: an attribute begins here.
        _ => ('\t', text),
    }
}

fn attributes(text: &str, between: char, fields: &mut Fields) {
    let text =
        if between == '\t' && text.contains("#011") { Cow::Owned(text.replace("#011", "\t")) } else { text.into() };
    if !text.contains(between) && text.matches('=').count() > 1 {
        // Whoever separates by blanks writes as in CEF.
        for (key, value) in cef::extensions(&text) {
            fields.put(key, value.as_ref());
        }
        return;
    }
    for pair in text.split(between).take(cef::MOST) {
        if let Some((key, value)) = pair.split_once('=').filter(|(key, _)| matches!(key.trim().len(), 1..=64)) {
            fields.put(key.trim(), value.trim_end());
        }
    }
}

fn logsource(fields: &Fields) -> Logsource {
    let word = |name: &str| fields.first(&[name]).map(|text| text.to_lowercase().replace(' ', "_").into());
    let wall = fields.first(&["src"]).is_some() && fields.first(&["disp", "policy"]).is_some();
    let category = if wall { vec!["firewall".to_owned()] } else { Vec::new() };
    Logsource { category, product: word("deviceVendor"), service: word("deviceProduct") }
}

fn share(fields: &mut Fields) {
    const NAMES: [Names; 9] = [
        ("host", &["identHostName", "host_name", "devName"]),
        ("user", &["usrName", "accountName", "identUserName", "src_user", "user_name"]),
        ("src_ip", &["src", "identSrc", "ip_src_addr"]),
        ("src_port", &["srcPort"]),
        ("dst_ip", &["dst"]),
        ("dst_port", &["dstPort"]),
        ("action", &["disp", "act", "op", "cat", "eventId"]),
        ("object", &["resource", "url", "dstname", "fileName", "arg"]),
        ("message", &["msg", "reason"]),
    ];
    spoken(fields);
    fields.share(&NAMES);
    fields.outcome_by(&["outcome", "disp", "action", "status", "result", "msg", "cat", "eventId"]);
    fields.sum_bytes(&[("srcBytes", "dstBytes"), ("sent_bytes", "rcvd_bytes")]);
}

/// `WatchGuard` names who and from where only in a sentence: `Authentication of SSLVPN user [bob@radius] from 192.0.2.7 was
/// rejected`, `WebUI User bob@Firebox-DB from 192.0.2.7 log in attempt was rejected`.
fn spoken(fields: &mut Fields) {
    let Some(message) = fields.text("msg").filter(|_| fields.text("src").is_none()).map(str::to_owned) else { return };
    let Some((before, after)) = message.rsplit_once(" from ") else { return };
    let user = before.rsplit_once("ser ").map(|(_, user)| user.trim_matches(['[', ']']));
    fields.put_said("user", user.filter(|user| !user.contains(' ')));
    if let Some(address) = after.split([' ', ',']).next() {
        fields.endpoint("src", address);
    }
}

fn time_of(fields: &Fields, when: When<'_>) -> Option<Timestamp> {
    let zone = fields.first(&["devTimeZone", "tz"]);
    ["devTime", "time", "startTime"].iter().find_map(|name| cef::instant(fields.first(&[*name])?, zone, when))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<Draft> {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        said(text, When { arrived: "2026-11-21T20:00:00Z".parse().unwrap(), zone: &zone })
    }

    #[test]
    fn attributes_are_apart_by_what_the_head_says() {
        for text in [
            "LEEF:1.0|V|P|1|2|a=x y\tb=c=d\ta=z",
            "LEEF:1.0|V|P|1|2|a=x y#011b=c=d#011a=z",
            "1.0|V|P|1|2|a=x y\tb=c=d\ta=z",
            "LEEF: 2.0|V|P|1|2|^|a=x y^b=c=d^a=z",
            "LEEF:2.0|V|P|1|2|0x5E|a=x y^b=c=d^a=z",
            "LEEF:2.0|V|P|1|2|x09|a=x y\tb=c=d\ta=z",
            "LEEF:2.0|V|P|1|2||a=x y\tb=c=d\ta=z",
            "LEEF:2.0|V|P|1|2|a=x y\tb=c=d\ta=z",
            "LEEF:1.0|V|P|1|2|a=x y b=c=d a=z",
        ] {
            let fields = read(text).unwrap_or_else(|| panic!("{text}")).fields;
            assert_eq!(fields.texts("a").collect::<Vec<_>>(), ["x y", "z"], "{text}");
            assert_eq!(fields.text("b"), Some("c=d"), "{text}");
        }
        for text in ["LEEF:1.0|V|P|1", "LEEF:3.0|V|P|1|2|a=b", "1.0|a|b|c|d|no", "LEEF", ""] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(values in prop::collection::vec("[^\t\n#]{1,20}", 1..6)) {
            let pairs: Vec<String> = values.iter().enumerate().map(|(n, value)| format!("k{n}={value}")).collect();
            let fields = read(&format!("LEEF:2.0|V|P|1|2|\t|{}\t", pairs.join("\t"))).unwrap().fields;
            for (n, value) in values.iter().enumerate() {
                prop_assert_eq!(fields.text(&format!("k{n}")), Some(value.trim_end()));
            }
        }

        #[test]
        fn nothing_is_too_odd(text in "[a-c=|\\\\\t x09^é]{0,80}") {
            drop(read(&text));
            drop(read(&format!("LEEF:2.0|a|b|c|d|{text}")));
        }
    }
}
