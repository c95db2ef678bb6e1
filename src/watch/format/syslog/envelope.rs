//! What is written around a syslog message: RFC 3164 and RFC 5424, each with or without its priority, and the ways
//! that real senders depart from them.

use jiff::Timestamp;
use jiff::civil::Date;

use super::level::Level;
use super::word;
use crate::watch::format::header::{is_host, priority};
use crate::watch::format::structured;
use crate::watch::format::time::{Reader, When};

/// A syslog line taken apart.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::watch::format) struct Envelope<'a> {
    /// Facility × 8 + severity.
    pub(in crate::watch::format) priority: Option<u8>,
    pub(in crate::watch::format) time: Option<Timestamp>,
    pub(in crate::watch::format) host: Option<&'a str>,
    /// The level that some programs write before their name.
    pub(in crate::watch::format) level: Option<&'a str>,
    pub(in crate::watch::format) program: Option<&'a str>,
    pub(in crate::watch::format) pid: Option<&'a str>,
    pub(in crate::watch::format) msgid: Option<&'a str>,
    /// The structured data of RFC 5424, brackets and all.
    pub(in crate::watch::format) structured: &'a str,
    pub(in crate::watch::format) message: &'a str,
}

impl<'a> Envelope<'a> {
    /// The same with a level in it.
    fn at(self, level: Level<'a>) -> Self {
        Self { level: level.word.or(self.level), priority: level.priority.or(self.priority), ..self }
    }
}

/// Takes a line apart; nothing where it begins neither with a priority nor with a time.
pub(in crate::watch::format) fn open<'a>(text: &'a str, when: When<'_>) -> Option<Envelope<'a>> {
    let text = uncounted(text.trim_start());
    let (priority, rest) = priority(text);
    let rest = rest.trim_start();
    let envelope = modern(rest, when).or_else(|| classic(rest, priority.is_some(), when));
    let bare = || priority.map(|_| tagged(Envelope::default(), rest));
    let envelope = envelope.or_else(bare)?;
    Some(Envelope { priority: priority.or(envelope.priority), ..envelope })
}

/// Whether a line begins with a date and a time as RFC 3164 writes them, of a day that every month has.
pub(super) fn is_dated(text: &str) -> bool {
    let mut reader = Reader(text);
    let date = reader.spelled_date();
    date.is_some_and(|(year, _, day, _)| year.is_none() && (1..=28).contains(&day)) && reader.0.starts_with(' ')
}

/// Passes over the length that senders write before a message on TCP (RFC 6587), where it was left in the line.
fn uncounted(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text[digits..].strip_prefix(' ').filter(|rest| digits > 0 && rest.starts_with('<')).unwrap_or(text)
}

/// RFC 5424: `1 TIME HOST PROGRAM PID MSGID STRUCTURED MESSAGE`.
fn modern<'a>(text: &'a str, when: When<'_>) -> Option<Envelope<'a>> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let mut rest = text;
    let version = word(&mut rest);
    if version.len() > 2 || !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let time = match word(&mut rest) {
        "-" => None,
        written => Some(crate::watch::format::time::written(written, when)?),
    };
    let mut next = || Some(word(&mut rest)).filter(|word| !matches!(*word, "" | "-"));
    let (host, program, pid, msgid) = (next(), next(), next(), next());
    let (structured, message) = split_structured(rest);
    let message = message.trim_start().trim_start_matches('\u{feff}').trim_start();
    Some(Envelope { time, host, program, pid, msgid, structured, message, ..Envelope::default() })
}

/// Structured data ends at a `]` that is followed by a space, or by nothing, and stands behind a quote or an id.
fn split_structured(text: &str) -> (&str, &str) {
    if let Some(rest) = text.strip_prefix('-') {
        return ("", rest);
    }
    let mut end = 0;
    while text[end..].starts_with('[') {
        let Some(length) = structured::element_length(&text[end..]) else { break };
        end += length;
    }
    text.split_at(end)
}

/// RFC 3164: `TIME HOST PROGRAM[PID]: MESSAGE`.
fn classic<'a>(text: &'a str, with_priority: bool, when: When<'_>) -> Option<Envelope<'a>> {
    let mut reader = Reader(unnumbered(text));
    let time = stamp(&mut reader, with_priority, when)?;
    let envelope = Envelope { time: Some(time), ..Envelope::default() };
    let rest = reader.0;
    if let Some(cisco) = rest.strip_prefix(':').or_else(|| behind_zone(rest)) {
        return Some(tagged(envelope, cisco.trim_start()));
    }
    let rest = rest.strip_prefix(' ')?.trim_start_matches(' ');
    let (level, rest) = Level::before(rest);
    let envelope = envelope.at(level);
    let mut after = rest;
    let host = word(&mut after);
    if matches!(host, "-" | "(none)") {
        return Some(tagged(envelope, after));
    }
    if level.is_named() || !is_host(host) || after.is_empty() {
        return Some(tagged(envelope, rest));
    }
    let (named, behind) = Level::before(after);
    let found = tagged(Envelope { host: Some(host), ..envelope }, after);
    if named.is_named() && found.program.is_none() {
        // Of a message that begins with such a word it is part, unless a program is named behind it.
        let levelled = tagged(Envelope { host: Some(host), ..envelope }.at(named), behind);
        return Some(if levelled.program.is_some() { levelled } else { found });
    }
    Some(if found.program.is_some() { found } else { unversioned(found, after).unwrap_or(found) })
}

/// `PROGRAM PID MSGID STRUCTURED MESSAGE` behind a host: RFC 5424 from which a relay took the priority and the version.
fn unversioned<'a>(envelope: Envelope<'a>, text: &'a str) -> Option<Envelope<'a>> {
    let mut rest = text;
    let (program, pid, msgid) = (word(&mut rest), word(&mut rest), word(&mut rest));
    let is_pid = pid == "-" || (!pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_digit()));
    let is_data = rest == "-" || rest.starts_with("- ") || rest.starts_with('[');
    if !is_pid || !is_data || msgid.is_empty() || program.len() > 48 || !is_program(program) {
        return None;
    }
    let (structured, message) = split_structured(rest);
    let said = |word: &'a str| Some(word).filter(|word| *word != "-");
    let (program, pid, msgid) = (said(program), said(pid), said(msgid));
    Some(Envelope { program, pid, msgid, structured, message: message.trim_start(), ..envelope })
}

/// Passes over the sequence number and the mark of an unsure clock that Cisco devices write before the time.
fn unnumbered(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let text = text[digits..].strip_prefix(": ").filter(|_| digits > 0).unwrap_or(text);
    text.strip_prefix(['*', '.']).unwrap_or(text)
}

/// What follows ` CET: `, where a Cisco device names its zone.
fn behind_zone(text: &str) -> Option<&str> {
    let text = text.strip_prefix(' ')?;
    let zone = text.bytes().take_while(u8::is_ascii_uppercase).count();
    text[zone..].strip_prefix(": ").filter(|rest| matches!(zone, 3..=5) && rest.starts_with('%'))
}

fn stamp(reader: &mut Reader<'_>, with_priority: bool, when: When<'_>) -> Option<Timestamp> {
    let mut dated = reader.clone();
    if let Some(at) = dated.date_time() {
        let time = match dated.offset() {
            Some(offset) => offset.to_timestamp(at).ok()?,
            // Without a priority, this is how nearly every other log begins.
            None if !with_priority => return None,
            None => when.local(at)?,
        };
        *reader = dated;
        return Some(time);
    }
    let (year, month, day, time) = reader.spelled_date()?;
    match year {
        Some(year) => when.local(Date::new(year, month, day).ok()?.to_datetime(time)),
        None => when.yearless(month, day, time),
    }
}

/// Takes `PROGRAM[PID]: ` off `rest`, where it begins with that.
fn tagged<'a>(envelope: Envelope<'a>, rest: &'a str) -> Envelope<'a> {
    // Some relays put a second blank before the message.
    let message = |text: &'a str| text.trim_start_matches(' ').trim_start_matches('\u{feff}');
    match tag(rest) {
        Some((program, pid, after)) => Envelope { program: Some(program), pid, message: message(after), ..envelope },
        None => Envelope { message: message(rest), ..envelope },
    }
}

fn tag(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let end = text.bytes().position(|byte| matches!(byte, b' ' | b':' | b'['))?;
    let (program, rest) = text.split_at(end);
    if program.is_empty() || program.len() > 64 || !is_program(program) {
        return None;
    }
    if let Some(rest) = rest.strip_prefix('[') {
        let (pid, rest) = rest.split_once(']').filter(|(pid, _)| pid.len() <= 32 && !pid.contains([' ', '=']))?;
        return Some((program, Some(pid), rest.strip_prefix(':').unwrap_or(rest)));
    }
    let rest = rest.strip_prefix(':')?;
    (rest.is_empty() || rest.starts_with([' ', '\t', '\n'])).then_some((program, None, rest))
}

/// Whether a word can be the name of a program: nothing in it is of a record of another format.
fn is_program(word: &str) -> bool {
    !word.bytes().any(|byte| matches!(byte, b'=' | b'"' | b'{' | b'|' | b','))
}
