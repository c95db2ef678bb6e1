//! Orthanc's own log, up to 1.10 without and since 1.12 with the name of the thread. A message can go on over many
//! lines that have no header of their own; those hold dumps of DICOM data and are never read.

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Standing, Surety};
use super::origin::Possible;
use super::time::{Reader, When};

/// Orthanc's own log.
pub(super) struct Orthanc;

impl Kind for Orthanc {
    const STANDING: Standing = Standing::Remembers;

    fn read(text: &str, when: When<'_>, memory: &mut Memory) -> Reading {
        let reading = read(text, when);
        if reading.is_ok() {
            memory.following = FOLLOWING;
        } else if memory.following > 0 {
            memory.following -= 1;
            return Ok(None);
        }
        reading
    }

    fn sniff(text: &str, _: When<'_>) -> Option<Surety> {
        Surety::certain(is(text))
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["orthanc"], &[], &[]).any_service()]
    }
}

/// Lines that may follow without a header of their own. The longest dump met was 864 lines.
const FOLLOWING: u32 = 10_000;

/// Reads one line: `W1121 19:13:25.396249 [THREAD] file.cpp:617] [(category) ]message`.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    let Some(header) = header(text) else { return Err(Misfit("no Orthanc header")) };
    let mut draft = Draft::of("orthanc", header.category);
    draft.time = when.yearless(header.month, header.day, header.time);
    let fields = &mut draft.fields;
    fields.put("level", header.level);
    fields.put_said("thread", header.thread);
    fields.put("file", header.file);
    fields.put_said("category", header.category);
    fields.put("message", header.message);
    describe(header.message, fields);
    Ok(Some(draft))
}

/// Whether `text` is a line of this format.
pub(super) fn is(text: &str) -> bool {
    header(text).is_some()
}

struct Header<'a> {
    level: &'static str,
    month: i8,
    day: i8,
    time: jiff::civil::Time,
    thread: Option<&'a str>,
    file: &'a str,
    category: Option<&'a str>,
    message: &'a str,
}

fn header(text: &str) -> Option<Header<'_>> {
    let level = match text.bytes().next()? {
        b'E' => "error",
        b'W' => "warning",
        b'I' => "info",
        b'T' => "trace",
        _ => return None,
    };
    let mut reader = Reader(&text[1..]);
    let month = i8::try_from(reader.digits(2, 2)?).ok()?;
    let day = i8::try_from(reader.digits(2, 2)?).ok()?;
    reader.skip(" ")?;
    let time = reader.time()?;
    let (place, message) = reader.0.strip_prefix(' ')?.split_once(']')?;
    let (thread, place) = match place.trim_start().rsplit_once(' ') {
        Some((thread, place)) => (Some(thread.trim_end()), place),
        None => (None, place.trim_start()),
    };
    let (file, line) = place.rsplit_once(':')?;
    if file.is_empty() || line.is_empty() || !line.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let message = message.strip_prefix(' ').unwrap_or(message);
    let (category, message) = category(message);
    Some(Header { level, month, day, time, thread, file, category, message })
}

fn category(message: &str) -> (Option<&str>, &str) {
    let read = || {
        let (category, rest) = message.strip_prefix('(')?.split_once(')')?;
        let rest = rest.strip_prefix(' ').or(rest.is_empty().then_some(rest))?;
        let word = matches!(category.len(), 3..=12) && category.bytes().all(|byte| byte.is_ascii_lowercase());
        word.then_some((Some(category), rest))
    };
    read().unwrap_or((None, message))
}

/// Adds what the message says about application entities, addresses and requests.
fn describe(message: &str, fields: &mut Fields) {
    request(message, fields);
    if let Some(rest) = message.strip_prefix("Incoming ").and_then(|rest| rest.split_once(" request from AET ")) {
        fields.put("verb", rest.0);
    }
    peer(message, fields);
    for (_, before, after, name) in MARKS.iter().filter(|(beginning, ..)| message.starts_with(beginning)) {
        if let Some((_, rest)) = message.split_once(before) {
            let value = if after.is_empty() { rest } else { rest.split(after).next().unwrap_or(rest) };
            fields.put_said(name, Some(value.trim()));
        }
    }
    for (_, before, name) in COUNTS.iter().filter(|(beginning, ..)| message.starts_with(beginning)) {
        if let Some((_, rest)) = message.split_once(before) {
            fields.put_number(name, rest.rsplit(' ').next().unwrap_or(rest));
        }
    }
}

/// How a message begins, what stands before and behind a value in it, and what the value is called.
const MARKS: [(&str, &str, &str, &str); 12] = [
    ("Modality \"", "\"", "\" is not listed", "aet"),
    ("Forbidding access from AET \"", "\"", "\" given its hostname", "aet"),
    ("Forbidding access from AET \"", "given its hostname (", ")", "src_ip"),
    ("Forbidding access from AET \"", "configuration option (", " was expected)", "expected_host"),
    ("Rejected association, ", "bad called AET in the request (", ")", "called_aet"),
    ("Accessing an inexistent item: ", "Unknown modality for AET: ", "", "destination"),
    ("Move-SCU request ", "received for AET \"", "\"", "destination"),
    ("C-GET-SCU request ", "received from AET \"", "\"", "aet"),
    ("Sending ", " to modality \"", "\"", "destination"),
    ("C-GET: Sending ", " to modality \"", "\"", "destination"),
    ("DICOM C-Find request ", "at level: ", "", "query_level"),
    ("Opening a DICOM SCU connection ", "\" to AET \"", "\"", "destination"),
];

/// How a message begins, what stands before the number at its end, and what the number is called.
const COUNTS: [(&str, &str, &str); 3] = [
    ("Number of ", "matching resources:", "matches"),
    ("Number of ", "candidate resources", "matches"),
    ("Receiving Association failed: ", "Unrecognized PDU type:", "pdu_type"),
];

/// `(http) GET /studies`, `The URI /tools/execute-script is disallowed for security`
fn request(message: &str, fields: &mut Fields) {
    if let Some((uri, _)) = message.strip_prefix("The URI ").and_then(|rest| rest.split_once(" is disallowed")) {
        return fields.put("uri", uri);
    }
    let Some((method, uri)) = message.split_once(' ') else { return };
    if ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"].contains(&method) && uri.starts_with('/') {
        fields.put("method", method);
        fields.put("uri", uri);
    }
}

/// `… from AET SCANNER1 on IP 127.0.0.1, calling AET ORTHANC`. The title is the stranger's to choose, 16 characters
/// that may well read like an address: it ends at the last ` on IP `.
fn peer(message: &str, fields: &mut Fields) {
    let Some((before, after)) = message.rsplit_once(" on IP ") else { return };
    let title = ["from AET ", "remote AET ", "with AET ", "to AET "].iter().find_map(|mark| before.split_once(mark));
    if let Some((_, title)) = title {
        // An empty title is worth knowing: a port scan leaves one.
        fields.put("aet", title.trim());
    }
    let end = after.find([',', ' ']).unwrap_or(after.len());
    let address = after[..end].trim_end_matches(':');
    fields.put_said("src_ip", Some(address));
    if let Some((_, called)) = after.split_once(", calling AET ") {
        fields.put("called_aet", called.trim());
    }
}

#[cfg(test)]
mod tests;
