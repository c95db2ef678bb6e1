//! What stands before a message of a Cisco device: `HOST: 012345: *Oct 14 10:45:43.767 UTC: `.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::watch::format::draft::Fields;
use crate::watch::format::header;
use crate::watch::format::time::{Reader, When, zone};

/// What stands before a message.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Head<'a> {
    pub(super) time: Option<Timestamp>,
    host: Option<&'a str>,
    sequence: Option<&'a str>,
    priority: Option<u8>,
}

impl Head<'_> {
    /// Adds what it says.
    pub(super) fn describe(&self, fields: &mut Fields) {
        header::describe(self.priority, fields);
        fields.put_said("host", self.host);
        fields.put_said("sequence", self.sequence);
    }
}

/// A time as a device wrote it.
#[derive(Clone, Copy)]
struct Stamp {
    at: Option<Timestamp>,
    /// Whether the device says that its clock was never set.
    unsure: bool,
}

/// Reads what stands before a message, word by word. Of several times the last is the device's own; one of a clock that was
/// never set does not count where a relay wrote another.
pub(super) fn of<'a>(text: &'a str, when: When<'_>) -> Head<'a> {
    let (priority, rest) = header::priority(text.trim_start());
    let mut head = Head { priority, ..Head::default() };
    let mut times: Vec<Stamp> = Vec::new();
    let mut rest = rest.trim_start();
    // RFC 5424 writes its version first, and nothing of use behind the name of the machine.
    if let Some(modern) = rest.strip_prefix("1 ") {
        rest = modern;
    }
    let mut words = 0;
    while !rest.is_empty() && words < 12 {
        words += 1;
        if let Some((stamp, behind)) = stamp(rest, when) {
            times.push(stamp);
            rest = behind.trim_start_matches([':', ' ']);
            continue;
        }
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        rest = behind.trim_start();
        let name = word.trim_end_matches(':');
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            head.sequence = head.sequence.or(Some(name).filter(|name| !name.is_empty()));
        } else if head.host.is_none()
            && name != "-"
            && header::is_host(name)
            && (word.ends_with(':') || !times.is_empty())
        {
            head.host = Some(name);
        }
    }
    let sure = times.iter().rev().find(|stamp| !stamp.unsure);
    head.time = sure.or_else(|| times.last()).and_then(|stamp| stamp.at);
    head
}

/// The time that `text` begins with, with its mark and its zone, and what follows.
fn stamp<'a>(text: &'a str, when: When<'_>) -> Option<(Stamp, &'a str)> {
    let unsure = text.starts_with('*');
    let mut reader = Reader(text.strip_prefix(['*', '.']).unwrap_or(text));
    let mut dated = reader.clone();
    if let Some(at) = dated.date_time() {
        let at = match dated.offset() {
            Some(offset) => offset.to_timestamp(at).ok(),
            None => when.local(at),
        };
        return Some((Stamp { at, unsure }, dated.0));
    }
    let (year, month, day, time) = reader.spelled_date()?;
    let behind = reader.0;
    let word = behind.strip_prefix(' ').and_then(|rest| rest.split([' ', ':']).next()).unwrap_or_default();
    let offset = zone(word);
    let is_zone = matches!(word.len(), 3..=5) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let rest = if is_zone && behind[1 + word.len()..].starts_with(':') { &behind[1 + word.len()..] } else { behind };
    let date = |year: i16| Date::new(year, month, day).ok().map(|date| date.to_datetime(time));
    let at = match (year, offset) {
        (Some(year), Some(offset)) => date(year).and_then(|at| offset.to_timestamp(at).ok()),
        (Some(year), None) => date(year).and_then(|at| when.local(at)),
        (None, Some(offset)) => When { zone: &offset.to_time_zone(), ..when }.yearless(month, day, time),
        (None, None) => when.yearless(month, day, time),
    };
    Some((Stamp { at, unsure }, rest))
}
