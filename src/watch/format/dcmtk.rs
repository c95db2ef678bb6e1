//! What DCMTK's servers (`storescp`, `dcmqrscp`, `wlmscpfs`) print with `-v`, or write with a `logger.cfg` that puts the
//! time first. Every line of a dump has a header of its own; dumps hold the data of patients and are never read, and
//! the names of stored files, which can be a patient's name, are hidden.

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::time::{Reader, When};

/// What DCMTK's servers print.
pub(super) struct Dcmtk;

impl Kind for Dcmtk {
    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text, when)
    }

    fn sniff(text: &str, _: When<'_>) -> Option<Surety> {
        Surety::certain(is(text))
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["dcmtk"], &[], &[]).any_service()]
    }
}

/// Reads one line: `I: message`, or `2026-11-21 19:20:58.412  INFO: message`.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    if PROGRESS.iter().any(|beginning| text.starts_with(beginning)) {
        return Ok(None);
    }
    let Some(header) = header(text) else { return Err(Misfit("no DCMTK header")) };
    if is_dump(header.message) {
        return Ok(None);
    }
    let mut draft = Draft::of("dcmtk", None);
    draft.time = header.at.and_then(|at| when.local(at));
    draft.hidden.hide(file(header.message).unwrap_or_default());
    draft.fields.put("level", header.level);
    draft.fields.put("message", header.message);
    describe(header.message, &mut draft.fields);
    Ok(Some(draft))
}

/// Whether `text` is a line of this format and of no other: many programs begin a line with a letter and a colon, or
/// with a time and a level, so one of DCMTK's own sentences must follow.
pub(super) fn is(text: &str) -> bool {
    const SENTENCES: [&str; 5] = [
        "Association Received",
        "Association Acknowledged (",
        "Refusing Association (",
        "Receiving Association failed: ",
        "Received Store Request (",
    ];
    header(text).is_some_and(|header| SENTENCES.iter().any(|sentence| header.message.starts_with(sentence)))
}

/// Marks of progress that are printed between the lines.
const PROGRESS: [&str; 2] = ["RECV: ", "XMIT: "];

struct Header<'a> {
    at: Option<jiff::civil::DateTime>,
    level: &'static str,
    message: &'a str,
}

fn header(text: &str) -> Option<Header<'_>> {
    let mut reader = Reader(text);
    let (at, names) = match reader.date_time() {
        Some(at) => {
            reader.skip(" ")?;
            (Some(at), LONG)
        }
        None => (None, SHORT),
    };
    let rest = if at.is_some() { reader.0.trim_start_matches(' ') } else { text };
    let (name, message) = rest.split_once(':')?;
    let level = names.iter().position(|known| *known == name)?;
    Some(Header { at, level: LEVELS[level], message: message.strip_prefix(' ').unwrap_or(message) })
}

const SHORT: [&str; 6] = ["F", "E", "W", "I", "D", "T"];
const LONG: [&str; 6] = ["FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE"];
const LEVELS: [&str; 6] = ["fatal", "error", "warning", "info", "debug", "trace"];

/// `(0010,0010) PN [*]`, `# Dicom-Data-Set`, an empty line, the raw bytes and the frames around messages.
fn is_dump(message: &str) -> bool {
    let inside = message.trim_start();
    let bytes = inside.as_bytes();
    let attribute = bytes.first() == Some(&b'(') && bytes.get(5) == Some(&b',') && bytes.get(10) == Some(&b')');
    let hexadecimal = message.starts_with("  ")
        && inside.split_whitespace().all(|word| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_hexdigit()));
    inside.is_empty() || attribute || hexadecimal || inside.starts_with(['#', '='])
}

/// The file that the message speaks of, or the command that has its name.
fn file(message: &str) -> Option<&str> {
    const FILES: [&str; 6] = [
        "storing DICOM file: ",
        "DICOM file already exists, overwriting: ",
        "Deleting file: ",
        "cannot write DICOM file: ",
        "Storing DICOM file: ",
        "executing command: ",
    ];
    FILES.iter().find_map(|beginning| message.strip_prefix(beginning))
}

/// How a message begins, what the value behind it is called, and where that ends.
const MARKS: [(&str, &str, &str); 10] = [
    ("Refusing Association (", "reason", ")"),
    ("mapMoveDestination: unknown AE: '", "destination", "'"),
    ("Move Destination", "destination", ""),
    ("Message Type", "verb", ""),
    ("Calling Application Name:", "aet", ""),
    ("Called Application Name:", "called_aet", ""),
    ("Responding Application Name:", "responding_aet", ""),
    ("Find SCP Response ", "status", "]"),
    ("Move SCP Response ", "status", "]"),
    ("Get SCP Response ", "status", "]"),
];

/// Adds what the message says about application entities and requests.
fn describe(message: &str, fields: &mut Fields) {
    if let Some(peers) = message.strip_prefix("Association Received (").and_then(|rest| rest.strip_suffix(')')) {
        return association(peers, fields);
    }
    if let Some((_, kind)) = message.split_once("Unrecognized PDU type: ") {
        fields.put_number("pdu_type", kind.split(' ').next().unwrap_or(kind));
    }
    if let Some(rest) = message.strip_prefix("Received ").filter(|_| message.contains(" SCP")) {
        fields.put_said("verb", rest.split(' ').next());
    }
    let Some((beginning, name, end)) = MARKS.iter().find(|(beginning, ..)| message.starts_with(beginning)) else {
        return;
    };
    let rest = &message[beginning.len()..];
    let value = match *name {
        "status" => rest.split_once("[status: ").map_or("", |(_, status)| status),
        _ => rest.trim_start_matches([' ', ':']),
    };
    let value = if end.is_empty() { value } else { value.split(end).next().unwrap_or(value) };
    fields.put_said(name, Some(value.trim()));
}

/// `localhost:WORKSTA1 -> QRSCP`: where from, the caller's title and the title it asked for.
fn association(peers: &str, fields: &mut Fields) {
    let Some((host, titles)) = peers.split_once(':') else { return };
    let name = if host.parse::<std::net::IpAddr>().is_ok() { "src_ip" } else { "src_host" };
    fields.put_said(name, Some(host));
    if let Some((calling, called)) = titles.split_once(" -> ") {
        // An empty title is worth knowing: something that is not DICOM leaves one.
        fields.put("aet", calling.trim());
        fields.put("called_aet", called.trim());
    }
}

#[cfg(test)]
mod tests;
