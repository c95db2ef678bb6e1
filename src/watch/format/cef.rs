//! The Common Event Format of `ArcSight`, version 0 and 1: `CEF:0|vendor|product|version|number|name|severity|key=value …`.
//! Alone, or as the message of a syslog line; with what senders get wrong: a blank behind the colon, the beginning taken for
//! the name of a program, equals signs that nobody escaped.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::shared::Names;
use super::time::{self, Reader, When};
use crate::base::epoch;
use crate::watch::event::Logsource;

/// So many extensions of one line are read.
pub(super) const MOST: usize = 1_024;
/// Length of a key, at most.
const KEY: usize = 64;

/// The Common Event Format.
pub(super) struct Cef;

impl Kind for Cef {
    const IN_SYSLOG: bool = true;

    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        let mut draft = said(text, when).ok_or(Misfit("no CEF head"))?;
        draft.fields.share(&[("host", &["deviceExternalId"])]);
        Ok(Some(draft))
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        Surety::certain(said(text, when).is_some())
    }

    fn possible() -> Vec<Possible> {
        std::iter::once(Possible::any()).chain(known()).collect()
    }
}

/// The products that are met most in this format. Others are what their vendor is called.
pub(super) fn known() -> Vec<Possible> {
    const PRODUCTS: [&str; 9] =
        ["paloalto", "checkpoint", "sonicwall", "f5", "citrix", "cybereason", "trend_micro", "claroty", "manageengine"];
    let fortigate = Possible::of(&["fortigate"], &["event", "traffic", "utm", "anomaly"], &["firewall"]);
    std::iter::once(fortigate)
        .chain(PRODUCTS.iter().map(|product| Possible::of(&[product], &[], &["firewall"]).any_service()))
        .collect()
}

/// The seven parts of the head.
struct Head<'a> {
    parts: [Cow<'a, str>; 6],
    extension: &'a str,
}

/// What a message in this format says; nothing where it is none.
pub(super) fn said(text: &str, when: When<'_>) -> Option<Draft> {
    let head = head(text)?;
    let [vendor, product, version, number, name, severity] = &head.parts;
    let mut fields = Fields::default();
    for (key, value) in [
        ("deviceVendor", vendor),
        ("deviceProduct", product),
        ("deviceVersion", version),
        ("deviceEventClassId", number),
        ("name", name),
        ("deviceSeverity", severity),
    ] {
        fields.put_said(key, Some(value));
    }
    let extensions = extensions(head.extension);
    label(&extensions, &mut fields);
    let prefix = prefix(product);
    for (key, value) in extensions {
        if let Some(plain) = prefix.iter().find_map(|prefix| key.strip_prefix(prefix)).filter(|plain| !plain.is_empty())
        {
            fields.put(plain, value.as_ref());
        }
        fields.put(key, value.as_ref());
    }
    let mut draft =
        Draft { time: time_of(&fields, when), logsource: logsource(vendor, product, &fields), ..Draft::default() };
    share(&mut fields);
    draft.fields = fields;
    Some(draft)
}

/// Takes the head apart. The mark at its beginning may be there twice, have a blank behind it, or be lost to the relay that
/// took it for a program; then the version is enough, with something that has a name behind the head.
fn head(text: &str) -> Option<Head<'_>> {
    let mut rest = text.trim_start();
    let mut marked = false;
    while let Some(behind) = rest.strip_prefix("CEF:") {
        (rest, marked) = (behind.trim_start(), true);
    }
    let mut rest = rest.strip_prefix("0|").or_else(|| rest.strip_prefix("1|"))?;
    let mut parts: [Cow<'_, str>; 6] = Default::default();
    for part in &mut parts {
        let end = bar(rest)?;
        *part = unescaped(rest[..end].trim());
        rest = &rest[end + 1..];
    }
    (marked || rest.contains('=')).then_some(Head { parts, extension: rest })
}

/// The next bar that is not escaped.
pub(super) fn bar(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let escaped = |at: usize| bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
    memchr::memchr_iter(b'|', bytes).find(|at| !escaped(*at))
}

/// Keys and values. A value goes on to the blank before the next key.
pub(super) fn extensions(text: &str) -> Vec<(&str, Cow<'_, str>)> {
    let mut found: Vec<(&str, Cow<'_, str>)> = Vec::new();
    // Where the value that is being read begins, and its key.
    let mut open: Option<(&str, usize)> = None;
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'=', bytes) {
        let Some(start) = key_before(text, at, open.map_or(0, |(_, start)| start)) else { continue };
        if let Some((key, from)) = open {
            found.push((key, value(&text[from..start])));
            if found.len() == MOST {
                return found;
            }
        }
        open = Some((&text[start..at], at + 1));
    }
    if let Some((key, from)) = open {
        found.push((key, value(&text[from..])));
    }
    found
}

/// A value without escapes, and without the quotes that some devices put around it.
fn value(text: &str) -> Cow<'_, str> {
    let text = text.trim_end();
    let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).filter(|text| !text.contains('"'));
    unescaped(inside.unwrap_or(text))
}

/// Where the key begins that ends at the equals sign at `at`; nothing where that is part of a value.
fn key_before(text: &str, at: usize, from: usize) -> Option<usize> {
    let of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'[' | b']' | b':');
    let length = text.as_bytes()[from..at].iter().rev().take(KEY + 1).take_while(|byte| of_key(byte)).count();
    let start = at - length;
    let apart = start == from && from == 0 || text[..start].ends_with([' ', '\t', '\n', '|']) && start > from;
    (matches!(length, 1..=KEY) && apart).then_some(start)
}

/// Without the backslashes before what they escape.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(next) = rest.next() {
        let behind = rest.clone().next();
        match behind {
            Some(escaped @ ('\\' | '=' | '|')) if next == '\\' => {
                plain.push(escaped);
                rest.next();
            }
            Some('n' | 'r') if next == '\\' && !plain.ends_with([':', '\\']) => {
                plain.push(if behind == Some('n') { '\n' } else { '\r' });
                rest.next();
            }
            _ => plain.push(next),
        }
    }
    Cow::Owned(plain)
}

/// Gives values whose name is in a field of its own (`cs1Label=MalopId cs1=…`) that name.
fn label(extensions: &[(&str, Cow<'_, str>)], fields: &mut Fields) {
    for (key, label) in extensions {
        let Some(labelled) = key.strip_suffix("Label") else { continue };
        let label = label.trim();
        if label.len() > KEY || !label.starts_with(|first: char| first.is_alphabetic()) {
            continue;
        }
        for (_, value) in extensions.iter().filter(|(key, _)| *key == labelled).take(4) {
            fields.put(&label.replace(' ', "_"), value.as_ref());
        }
    }
}

/// What some products write before each of their own keys.
fn prefix(product: &str) -> &'static [&'static str] {
    match product.to_ascii_lowercase().as_str() {
        product if product.starts_with("fortigate") => &["FTNTFGT", "FortinetFortiGate"],
        "lf" | "pan-os" => &["PanOS"],
        _ => &[],
    }
}

/// What rules call it: the vendor is the product and its product the service, but for those that public rules name
/// otherwise.
fn logsource(vendor: &str, product: &str, fields: &Fields) -> Logsource {
    let word = |text: &str| text.trim().to_lowercase().replace([' ', '/'], "_");
    let (name, service) = match (word(vendor).as_str(), word(product).as_str()) {
        ("fortinet", part) if part.starts_with("fortigate") => {
            let part = fields.first(&["cat"]).and_then(|cat| cat.split(':').next()).map(word);
            ("fortigate".to_owned(), part)
        }
        ("palo_alto_networks", _) => ("paloalto".to_owned(), fields.first(&["deviceEventClassId"]).map(word)),
        ("check_point", part) => ("checkpoint".to_owned(), Some(part.to_owned())),
        ("", "check_point") => ("checkpoint".to_owned(), None),
        ("", part) => (part.to_owned(), None),
        (vendor, part) => (vendor.to_owned(), Some(part.to_owned())),
    };
    let ends = fields.first(&["src"]).is_some() && fields.first(&["dst"]).is_some();
    let walls = ["fortigate", "paloalto", "checkpoint", "sonicwall"];
    let traffic = service.as_deref().is_none_or(|part| part.contains("traffic") || part.contains("firewall"));
    let wall = ends && (traffic || walls[2..].contains(&name.as_str())) && walls.contains(&name.as_str());
    let category = if wall { vec!["firewall".to_owned()] } else { Vec::new() };
    let service = service.filter(|part| !part.is_empty()).map(Into::into);
    Logsource { category, product: Some(name.into()), service }
}

fn share(fields: &mut Fields) {
    const NAMES: [Names; 9] = [
        ("host", &["dvchost", "deviceHostName", "dvc", "devname", "host_name", "origin"]),
        ("user", &["suser", "susr", "duser", "usrName", "SourceUserName", "AuthenticatedUserName"]),
        ("src_ip", &["src", "SourceAddress", "PublicIPv4", "c6a2", "shost"]),
        ("src_port", &["spt"]),
        ("dst_ip", &["dst", "c6a3", "dhost"]),
        ("dst_port", &["dpt"]),
        ("action", &["act", "deviceAction", "EventIDValue", "name"]),
        ("object", &["fname", "filePath", "cfgobj", "request", "requestURL", "dhost"]),
        ("message", &["msg", "logdesc", "name"]),
    ];
    fields.share(&NAMES);
    fields.outcome_by(&["outcome", "EventStatus", "status", "action", "act", "name", "reason", "msg"]);
    fields.sum_bytes(&[("in", "out"), ("sentbyte", "rcvdbyte"), ("bytesIn", "bytesOut")]);
}

/// When it happened, by the first field that tells.
fn time_of(fields: &Fields, when: When<'_>) -> Option<Timestamp> {
    let nanoseconds = || epoch::instant(fields.first(&["eventtime"])?.parse().ok()?);
    let zone = fields.first(&["dtz", "deviceTimeZone"]);
    let named = |name: &&str| instant(fields.first(&[*name])?, zone, when);
    nanoseconds()
        .or_else(|| ["rt", "end", "start", "endTime", "startTime", "deviceReceiptTime", "date"].iter().find_map(named))
}

/// Milliseconds since 1970; `MMM dd yyyy HH:mm:ss` with or without the day of the week, the year and the zone; or as
/// elsewhere.
pub(super) fn instant(text: &str, zone: Option<&str>, when: When<'_>) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return epoch::instant(number);
    }
    let own = zone.and_then(zone_named);
    let when = When { zone: own.as_ref().unwrap_or(when.zone), ..when };
    let month = |text: &str| text.get(..3).is_some_and(|text| Reader(text).month().is_some());
    let text = match text.split_once(' ') {
        Some((day, rest)) if !month(text) && day.len() <= 4 && day.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            rest
        }
        _ => text,
    };
    if !month(text) {
        return time::written(text, when);
    }
    let mut reader = Reader(text);
    let month = reader.month()?;
    reader.skip(" ")?;
    let day = reader.day()?;
    reader.skip(" ")?;
    let mut dated = reader.clone();
    let year = dated.digits(4, 4).filter(|_| dated.0.starts_with(' '));
    if year.is_some() {
        reader.0 = dated.0.trim_start();
    }
    let at = reader.time()?;
    let rest = reader.0.trim();
    let year = year.or_else(|| Reader(rest).digits(4, 4).filter(|_| rest.len() == 4));
    let Some(year) = year else { return when.yearless(month, day, at) };
    let at = Date::new(i16::try_from(year).ok()?, month, day).ok()?.to_datetime(at);
    match zone_named(rest) {
        Some(zone) => When { zone: &zone, ..when }.local(at),
        None => when.local(at),
    }
}

/// A zone by its name or offset.
fn zone_named(text: &str) -> Option<TimeZone> {
    let text = text.trim();
    let offset = Reader(text.trim_start_matches("GMT").trim_start_matches("UTC")).offset();
    let known = || TimeZone::get(text).ok().filter(|_| text.contains('/'));
    let named = || time::zone(text);
    offset.or_else(named).map(Offset::to_time_zone).or_else(known)
}

#[cfg(test)]
mod tests;
