//! Events of Windows as Snare writes them, and `NXLog` with `to_syslog_snare()`: values between tabs behind `MSWinEventLog`, the last
//! of which is what the Event Viewer shows. Alone, or as the message of a syslog line, where tabs may have become `#011`.
//!
//! That text is in the language of the Windows. In English, what it says under a label has the name that Windows itself
//! gives it; in any other, rules see what surrounds the event, and its text.

mod labels;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

use super::draft::{Draft, Misfit, Outcome, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::shared::is_said;
use super::time::{self, Reader, When};
use super::windows;
use crate::watch::kind;

/// Events of Windows as Snare writes them.
pub(super) struct Snare;

impl Kind for Snare {
    const IN_SYSLOG: bool = true;

    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        said(None, text, when).map(Some).ok_or(Misfit("no event of Windows behind MSWinEventLog"))
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        Surety::certain(said(None, text, when).is_some())
    }

    fn possible() -> Vec<Possible> {
        let services: Vec<&str> = kind::windows::services().collect();
        vec![Possible::of(&["windows"], &services, &[]).any_category()]
    }
}

/// What stands before the values.
const MARK: &str = "MSWinEventLog";
/// Before the mark there is a name of a machine at most.
const BEFORE: usize = 256;
/// The values behind the mark, in their order (Snare for Windows, "Event output format"). What has no name here says nothing
/// of the event.
const NAMES: [&str; 13] = [
    "",
    "Channel",
    "",
    "",
    "EventID",
    "SourceName",
    "UserName",
    "SidType",
    "EventType",
    "Computer",
    "Category",
    "Data",
    "Message",
];
const DATE: usize = 3;
const NUMBER: usize = 4;
const EVENT_TYPE: usize = 8;

/// Whether a message is such an event.
pub(super) fn is(program: Option<&str>, message: &str) -> bool {
    program == Some(MARK) || message.starts_with(MARK)
}

/// What a message says; nothing where it is none. A relay may have taken the mark for the name of a program.
pub(super) fn said(program: Option<&str>, text: &str, when: When<'_>) -> Option<Draft> {
    let values = if program == Some(MARK) { text.strip_prefix(MARK).unwrap_or(text) } else { behind_mark(text)? };
    let values = if values.contains("#011") { Cow::Owned(values.replace("#011", "\t")) } else { Cow::Borrowed(values) };
    let values: Vec<&str> = values.trim_start_matches('\t').splitn(NAMES.len(), '\t').map(str::trim).collect();
    let number = values.get(NUMBER).filter(|number| number.parse::<u32>().is_ok())?;
    let mut draft = Draft { time: date(values[DATE], when), ..Draft::default() };
    let fields = &mut draft.fields;
    for (name, value) in NAMES.iter().zip(&values).filter(|(name, value)| !name.is_empty() && is_told(value)) {
        match *name {
            "EventID" => fields.put_number(name, number),
            "Message" => fields.put(name, without_counter(value)),
            _ => fields.put(name, *value),
        }
    }
    if let Some(message) = fields.text("Message").map(str::to_owned) {
        labels::read(&message, fields);
    }
    match values.get(EVENT_TYPE).copied() {
        Some("Success Audit" | "Audit Success" | "AUDIT_SUCCESS") => fields.outcome(Outcome::Success),
        Some("Failure Audit" | "Audit Failure" | "AUDIT_FAILURE") => fields.outcome(Outcome::Failure),
        _ => {}
    }
    windows::describe(&mut draft);
    Some(draft)
}

fn behind_mark(text: &str) -> Option<&str> {
    let head = &text.as_bytes()[..text.len().min(BEFORE)];
    let at = memchr::memmem::find(head, MARK.as_bytes())?;
    // What has blanks before it is a line of syslog.
    if !head[..at].iter().all(|byte| byte.is_ascii_graphic() || *byte == b'\t') {
        return None;
    }
    let behind = text.get(at + MARK.len()..)?;
    (behind.starts_with('\t') || behind.starts_with("#011")).then_some(behind)
}

/// Whether it says anything.
fn is_told(value: &str) -> bool {
    is_said(value) && value != "N/A"
}

/// What a text says without the number, or the sum of all of it, that may stand behind it.
fn without_counter(text: &str) -> &str {
    match text.rsplit_once('\t') {
        Some((before, last)) if last.bytes().all(|byte| byte.is_ascii_hexdigit()) => before.trim_end(),
        _ => text,
    }
}

/// `Sat Nov 21 19:28:22 2026`, in the zone of the machine that writes.
fn date(text: &str, when: When<'_>) -> Option<Timestamp> {
    let mut words = text.split_whitespace().skip(1);
    let (month, day, at, year) = (words.next()?, words.next()?, words.next(), words.next());
    let Some((at, year)) = at.zip(year) else { return time::written(text, when) };
    let joined = format!("{month} {day} {year} {at}");
    let (year, month, day, at) = Reader(&joined).spelled_date()?;
    when.local(Date::new(year?, month, day).ok()?.to_datetime(at))
}

#[cfg(test)]
mod tests;
