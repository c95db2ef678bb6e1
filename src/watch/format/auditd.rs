//! Records of the Linux audit system, one a line: as `auditd` writes them to `audit.log`, as they come over syslog, and
//! as Laurel joins them into JSON.
//!
//! One line is one record, also where several belong to one event; only what one record says by itself is told. An
//! `EXECVE` record says that a process starts, with its arguments but often without the path of its program.

mod laurel;
mod syscall;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub(super) use laurel::describe;

use jiff::Timestamp;

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::syslog;
use super::time::{Reader, When};
use crate::base::redact::redact;
use crate::watch::event::Value;
use crate::watch::hidden::Hidden;

/// Values of one record, at most.
const VALUES: usize = 1_000;

/// Fields that the kernel writes in hexadecimal digits where a letter would break the record.
const ENCODED: [&str; 16] = [
    "acct",
    "cmd",
    "comm",
    "cwd",
    "data",
    "dir",
    "exe",
    "file",
    "grp",
    "key",
    "name",
    "path",
    "proctitle",
    "vm",
    "old",
    "new",
];

/// Records of the Linux audit system.
pub(super) struct Auditd;

impl Kind for Auditd {
    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        read(text, when)
    }

    fn sniff(text: &str, _: When<'_>) -> Option<Surety> {
        Surety::certain(is(text))
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["linux"], &["auditd"], &["process_creation"])]
    }
}

/// Reads one line.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    if let Some(draft) = record(text) {
        return Ok(Some(draft));
    }
    let draft = syslog::open(text, when).and_then(|envelope| {
        let mut draft = said(envelope.message)?;
        let mut fields = Fields::default();
        syslog::describe(&envelope, &mut fields);
        fields.put_new(std::mem::take(&mut draft.fields));
        Some(Draft { fields, ..draft })
    });
    draft.map(Some).ok_or(Misfit("no audit record"))
}

/// Whether a whole line is a record.
pub(super) fn is(text: &str) -> bool {
    head(text).is_some()
}

/// The record in a message of syslog, which may have the kernel's clock and name before it.
pub(super) fn said(message: &str) -> Option<Draft> {
    let start = message.find("type=")?;
    let before = message[..start].trim_end();
    let known = before.is_empty() || before.ends_with("audit:") || before.starts_with("node=");
    let start = if before.starts_with("node=") { 0 } else { start };
    known.then(|| record(&message[start..])).flatten()
}

/// What stands before the fields of a record.
struct Head<'a> {
    node: Option<&'a str>,
    kind: &'a str,
    time: Option<Timestamp>,
    serial: &'a str,
    rest: &'a str,
}

/// `node=… type=SYSCALL msg=audit(1795289302.123:4711): …`; the kernel itself leaves `msg=` out.
fn head(text: &str) -> Option<Head<'_>> {
    let (node, text) = match text.strip_prefix("node=") {
        Some(text) => text.split_once(' ').map(|(node, text)| (Some(node), text))?,
        None => (None, text),
    };
    let (kind, rest) = text.strip_prefix("type=")?.split_once(' ')?;
    let rest = rest.strip_prefix("msg=").unwrap_or(rest).strip_prefix("audit(")?;
    let (stamp, rest) = rest.split_once("):")?;
    let (time, serial) = stamp.rsplit_once(':')?;
    Some(Head { node, kind, time: instant(time), serial, rest })
}

/// `1795289302.123`, seconds since 1970.
fn instant(text: &str) -> Option<Timestamp> {
    let (seconds, fraction) = text.split_once('.')?;
    let thousandths = Reader(fraction).digits(3, 3).filter(|_| fraction.len() == 3)?;
    Timestamp::new(seconds.parse().ok()?, thousandths * 1_000_000).ok()
}

fn record(text: &str) -> Option<Draft> {
    let head = head(text)?;
    let mut draft = Draft { time: head.time, ..Draft::of("linux", Some("auditd")) };
    draft.fields.put("type", kind(head.kind));
    draft.fields.put_said("node", head.node);
    draft.fields.put("serial", head.serial);
    fields(head.rest, kind(head.kind), &mut draft.fields, &mut draft.hidden);
    match kind(head.kind) {
        "SYSCALL" => syscall::name(&mut draft.fields),
        "EXECVE" => started(&mut draft),
        _ => {}
    }
    Some(draft)
}

/// The word for a type that the kernel only numbers, or that an old `auditd` does not know.
fn kind(written: &str) -> &str {
    let number = written.strip_prefix("UNKNOWN[").and_then(|rest| rest.strip_suffix(']')).unwrap_or(written);
    match number {
        "1105" => "USER_START",
        "1112" => "USER_LOGIN",
        "1300" => "SYSCALL",
        "1302" => "PATH",
        "1307" => "CWD",
        "1309" => "EXECVE",
        "1327" => "PROCTITLE",
        "1400" => "AVC",
        _ => written,
    }
}

/// Adds all `name=value` of a record.
fn fields(text: &str, kind: &str, fields: &mut Fields, hidden: &mut Hidden) {
    // The pieces of an argument that is too long for one field.
    let mut pieces: Vec<(String, String)> = Vec::new();
    for (name, value) in pairs(text).take(VALUES) {
        if name == "msg" && value.quoted {
            self::fields(value.text, kind, fields, hidden);
            continue;
        }
        if value.text == "(null)" || name.ends_with("_len") {
            continue;
        }
        let read = decode(name, &value, kind, hidden);
        match name.split_once('[') {
            Some((argument, _)) if kind == "EXECVE" => match pieces.iter_mut().find(|(name, _)| name == argument) {
                Some((_, text)) => text.push_str(&read),
                None => pieces.push((argument.to_owned(), read.into_owned())),
            },
            _ if name == "key" && read.contains('\u{1}') => {
                fields.put(name, Value::List(read.split('\u{1}').map(Value::from).collect()));
            }
            _ => fields.put(name, read.into_owned()),
        }
    }
    for (name, text) in pieces {
        fields.put(&name, text);
    }
}

/// A value as it is written.
struct Written<'a> {
    text: &'a str,
    quoted: bool,
}

/// The pairs of a record. Words that are no pair are passed over; a separator stands before the kernel's numbers in
/// words.
fn pairs(text: &str) -> impl Iterator<Item = (&str, Written<'_>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches([' ', '\u{1d}', ',']);
            if rest.is_empty() {
                return None;
            }
            let end = rest.find([' ', '=', '\u{1d}']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let Some(after) = after.strip_prefix('=') else {
                rest = after;
                continue;
            };
            let quote = after.chars().next().filter(|first| matches!(first, '"' | '\''));
            let closed = quote.and_then(|quote| after[1..].split_once(quote));
            let (value, left) = if let Some((text, left)) = closed {
                (Written { text, quoted: true }, left)
            } else {
                let end = after.find([' ', '\u{1d}']).unwrap_or(after.len());
                (Written { text: &after[..end], quoted: false }, &after[end..])
            };
            rest = left;
            if !name.is_empty() {
                return Some((name, value));
            }
        }
    })
}

/// The value in plain text. As it is written in the line, nobody sees that it is a secret.
fn decode<'a>(name: &str, value: &Written<'a>, kind: &str, hidden: &mut Hidden) -> Cow<'a, str> {
    let argument = kind == "EXECVE"
        && name.strip_prefix('a').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    if value.quoted || !(argument || ENCODED.contains(&name)) {
        return Cow::Borrowed(value.text);
    }
    let Some(bytes) = unhex(value.text) else { return Cow::Borrowed(value.text) };
    let text = String::from_utf8_lossy(&bytes).trim_end_matches('\0').replace('\0', " ");
    // What somebody typed is often a password.
    let typed = kind.ends_with("TTY") && name == "data";
    if typed {
        hidden.hide(&text);
    }
    if typed || matches!(redact(&text), Cow::Owned(_)) {
        hidden.hide(value.text);
    }
    Cow::Owned(text)
}

/// The bytes that pairs of digits stand for.
fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || !text.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    };
    text.as_bytes().chunks_exact(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}

/// Says of an `EXECVE` record what it says by itself: the arguments, and the program where the first one is its path.
fn started(draft: &mut Draft) {
    let mut numbered = BTreeMap::new();
    for (name, value) in &draft.fields.0 {
        if let Value::Text(text) = value
            && let Some(number) = name.strip_prefix('a').and_then(|number| number.parse::<u32>().ok())
        {
            numbered.entry(number).or_insert(text.as_str());
        }
    }
    let arguments: Vec<&str> = numbered.into_values().collect();
    let Some(first) = arguments.first() else { return };
    let image = first.starts_with('/').then(|| (*first).to_owned());
    let line = arguments.join(" ");
    hide_arguments(&arguments, &line, &mut draft.hidden);
    draft.fields.put("CommandLine", line);
    if let Some(image) = image {
        draft.fields.put("Image", image);
    }
    draft.logsource.category.push("process_creation".to_owned());
}

/// Hides the arguments that only the whole line gives away: a secret can stand behind the one that names it.
fn hide_arguments(arguments: &[&str], line: &str, hidden: &mut Hidden) {
    if let Cow::Owned(redacted) = redact(line) {
        arguments.iter().filter(|argument| !redacted.contains(**argument)).for_each(|argument| hidden.hide(argument));
    }
}

#[cfg(test)]
mod tests;
