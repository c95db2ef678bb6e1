//! Devices and programs that write a format of their own as the message of a syslog line: CEF, LEEF, names and values, the
//! values of Palo Alto firewalls, VMware's lines. Looked for in every line, so each is first asked for by what costs next to
//! nothing: the sign that its messages begin with.

use super::{Envelope, linux};
use crate::watch::format::draft::Draft;
use crate::watch::format::kind::Kind as _;
use crate::watch::format::origin::Possible;
use crate::watch::format::time::When;
use crate::watch::format::{cef, esxi, kv, leef, paloalto};

/// A mark of CEF or LEEF stands no further from the beginning of a message than this.
const BEFORE: usize = 64;

/// What a device says inside an envelope.
pub(super) struct Device {
    draft: Draft,
    /// Whether its time is an instant, whatever zone the source is in: then it goes before the time of the envelope.
    is_instant: bool,
}

/// The kinds of logs that devices can speak of. What writes CEF or LEEF can be anything.
pub(super) fn possible() -> Vec<Possible> {
    let mut all = kv::Kv::possible();
    all.extend(cef::known());
    all.extend(paloalto::PaloAlto::possible());
    all.extend(esxi::Esxi::possible());
    all
}

/// What a device says; nothing where the message is one of any other program.
pub(super) fn said(envelope: &Envelope<'_>, when: When<'_>) -> Option<Device> {
    let message = envelope.message.trim_start();
    if let Some(draft) = event_format(envelope, message, when) {
        return Some(Device { draft, is_instant: true });
    }
    match message.as_bytes().first()? {
        b'{' | b'<' => None,
        b'0'..=b'9' => {
            let (draft, is_instant) = paloalto::said(message, when)?;
            Some(Device { draft, is_instant })
        }
        _ => esxi::said(envelope.program, message, when)
            .map(|draft| Device { draft, is_instant: true })
            .or_else(|| pairs(envelope, message, when)),
    }
}

/// CEF or LEEF. The relay may have taken the mark for the name of a program, and devices write a time before it.
fn event_format(envelope: &Envelope<'_>, message: &str, when: When<'_>) -> Option<Draft> {
    match envelope.program {
        Some("CEF") => return cef::said(message, when),
        Some("LEEF") => return leef::said(message, when),
        _ => {}
    }
    let head = &message.as_bytes()[..message.len().min(BEFORE)];
    let mark = memchr::memchr_iter(b':', head).find(|end| head[..*end].ends_with(b"EF"))? - 2;
    let start = mark.checked_sub(1)?;
    match head[start] {
        b'C' => cef::said(message.get(start..)?, when),
        b'E' => leef::said(message.get(start.checked_sub(1)?..)?, when),
        _ => None,
    }
}

fn pairs(envelope: &Envelope<'_>, message: &str, when: When<'_>) -> Option<Device> {
    let kv::Found { mut draft, is_known, is_instant } = kv::said(message, when)?;
    if !is_known {
        // A program of this machine that writes logfmt stays one.
        draft.logsource = linux(envelope);
        if draft.fields.value("message").is_none() {
            draft.fields.put("message", message);
        }
    }
    Some(Device { draft, is_instant })
}

impl Device {
    /// Puts what the device says into the draft of its envelope. The name that a device gives itself goes before that of the
    /// envelope, which may be a relay's.
    pub(super) fn onto(self, draft: &mut Draft) {
        let Self { draft: inner, is_instant } = self;
        draft.time = inner.time.filter(|_| is_instant || draft.time.is_none()).or(draft.time);
        draft.logsource = inner.logsource;
        if let Some(host) = inner.fields.first(&["host"]) {
            draft.fields.0.insert(0, ("host".into(), host.into()));
        }
        draft.fields.put_new(inner.fields);
    }
}
