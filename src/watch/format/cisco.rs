//! What Cisco's devices log: `%FACILITY-SEVERITY-MNEMONIC: …` of IOS and NX-OS, `%ASA-4-106023: …` of ASA and Firepower. The
//! device's name, a number, the time and its zone stand before it in any order that a release or a relay has thought of.

mod head;
mod spoken;

use std::borrow::Cow;

use super::draft::{Draft, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::time::When;
use crate::watch::event::Logsource;

/// The mark stands no further from the beginning of a line than this.
const BEFORE: usize = 200;

/// Cisco's messages.
pub(super) struct Cisco;

impl Kind for Cisco {
    const IN_SYSLOG: bool = true;
    const PART_OF: Option<&'static str> = Some("syslog");

    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        said(text, when).map(Some).ok_or(Misfit("no message of a Cisco device"))
    }

    fn sniff(text: &str, _: When<'_>) -> Option<Surety> {
        Surety::certain(mark(text).is_some())
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["cisco"], &["aaa", "bgp", "ldp", "syslog"], &["firewall"])]
    }
}

/// A message's mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark<'a> {
    /// Where it stands.
    start: usize,
    facility: &'a str,
    severity: &'a str,
    mnemonic: &'a str,
    message: &'a str,
}

/// Finds the mark of a message. Asked of every line of syslog: most have no percent sign at all.
pub(super) fn mark(text: &str) -> Option<Mark<'_>> {
    let head = &text.as_bytes()[..text.len().min(BEFORE)];
    memchr::memchr_iter(b'%', head).find_map(|start| mark_at(text, start))
}

fn mark_at(text: &str, start: usize) -> Option<Mark<'_>> {
    let inside = &text[start + 1..];
    if !inside.starts_with(|first: char| first.is_ascii_uppercase()) {
        return None;
    }
    let of_mark = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/');
    let end = inside.bytes().take(96).position(|byte| !of_mark(byte))?;
    let (words, rest) = inside.split_at(end);
    // The severity is the last single digit between two hyphens: facilities have hyphens of their own.
    let (before, mnemonic) = words.rsplit_once('-')?;
    let (facility, severity) = before.rsplit_once('-')?;
    let is_severity = severity.len() == 1 && severity.bytes().all(|byte| byte.is_ascii_digit());
    let is_mark = is_severity && !mnemonic.is_empty() && facility.len() >= 2;
    let message = rest.strip_prefix(':').or_else(|| rest.strip_prefix(' ').filter(|_| is_wall(facility)))?.trim_start();
    is_mark.then_some(Mark { start, facility, severity, mnemonic, message })
}

/// Whether it is a firewall, whose messages have numbers.
fn is_wall(facility: &str) -> bool {
    ["ASA", "FTD", "PIX", "FWSM", "NGIPS"].iter().any(|wall| facility.starts_with(wall))
}

/// What a line with such a message says; nothing where it has none.
pub(super) fn said(text: &str, when: When<'_>) -> Option<Draft> {
    let mark = mark(text)?;
    let head = head::of(&text[..mark.start], when);
    let mut draft = Draft { time: head.time, logsource: logsource(mark), ..Draft::default() };
    head.describe(&mut draft.fields);
    let fields = &mut draft.fields;
    let Mark { facility, severity, mnemonic, .. } = mark;
    fields.put("message_id", format!("{facility}-{severity}-{mnemonic}"));
    fields.put("cisco_facility", facility);
    fields.put("mnemonic", mnemonic);
    if let Some(level) = severity.parse::<usize>().ok().and_then(|number| super::header::SEVERITIES.get(number)) {
        fields.put("level", *level);
    }
    let (message, repeated) = once(mark.message);
    draft.repeated = repeated;
    fields.put("message", message.as_ref());
    spoken::describe(mark, &message, fields);
    Some(draft)
}

/// `… (message repeated 3 times)`, as NX-OS writes behind a message: three more than once.
fn once(message: &str) -> (Cow<'_, str>, u32) {
    const MOST: u32 = 10_000;
    let said = message.trim_end();
    let counted = said.strip_suffix(')').and_then(|text| text.rsplit_once(" (message repeated "));
    let number = counted.and_then(|(_, rest)| rest.split_once(" time")?.0.parse::<u32>().ok());
    match (counted, number) {
        (Some((before, _)), Some(times)) => (Cow::Borrowed(before), times.min(MOST)),
        _ => (Cow::Borrowed(said), 0),
    }
}

/// What rules call it. Public rules for `aaa` look at who logs in and which commands are typed.
fn logsource(mark: Mark<'_>) -> Logsource {
    const AAA: [&str; 12] =
        ["AAA", "AAAA", "SEC_LOGIN", "LOGIN", "PARSER", "SSH", "DMI", "AUTHPRIV", "DAEMON", "VSHD", "TACACS", "RADIUS"];
    // Of the firewalls, the classes of log-ins, of commands and of the VPN.
    const NUMBERS: [&str; 9] = ["109", "111", "113", "308", "605", "611", "713", "716", "722"];
    let Mark { facility, mnemonic, message, .. } = mark;
    let is_wall = is_wall(facility);
    let service = if AAA.contains(&facility) && mnemonic != "WEBLOGIN_SUCCESS"
        || (facility == "SYS" && mnemonic != "CONFIG_P" && (mnemonic.contains("AUTH") || mnemonic.contains("CONFIG")))
        || (is_wall && NUMBERS.iter().any(|class| mnemonic.starts_with(class)))
    {
        "aaa"
    } else if facility == "LDP" || message.contains("LDP") {
        "ldp"
    } else if facility == "BGP" || message.contains("(179)") || message.contains(":179") {
        "bgp"
    } else {
        "syslog"
    };
    let packet = facility == "SEC"
        || (is_wall
            && ["106", "302", "313", "305", "430", "733", "710"].iter().any(|class| mnemonic.starts_with(class)));
    let category = if packet { vec!["firewall".to_owned()] } else { Vec::new() };
    Logsource { category, product: Some("cisco".into()), service: Some(service.into()) }
}

#[cfg(test)]
mod tests;
