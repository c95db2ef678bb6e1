//! Finds out what format a source is in from what it says. Decides on the first line that leaves no doubt, and changes
//! its mind when many lines in a row are of another format.

use super::Format;
use super::time::When;
use super::{auditd, combined, dcmtk, json, opencanary, orthanc, samba, samba_audit, samba_json, syslog};

/// Lines of another format in a row that make it the format of the source.
const STEADY: u32 = 20;

/// What has been found out about one source.
#[derive(Debug, Default)]
pub(super) struct Auto {
    picked: Option<Format>,
    /// The format that the last lines which did not fit are of, and how many they are.
    rival: Option<(Format, u32)>,
}

impl Auto {
    pub(super) fn picked(&self) -> Option<Format> {
        self.picked
    }

    pub(super) fn pick(&mut self, format: Format) {
        *self = Self { picked: Some(format), rival: None };
    }

    /// A line fitted.
    pub(super) fn confirm(&mut self) {
        self.rival = None;
    }

    /// A line did not fit, and is of `format`. Whether that is the source's format from here on.
    pub(super) fn doubt(&mut self, format: Format) -> bool {
        let before = self.rival.filter(|(rival, _)| *rival == format).map_or(0, |(_, lines)| lines);
        self.rival = Some((format, before + 1));
        // Syslog is all that the audit is, and more.
        let wider = (self.picked, format) == (Some(Format::SambaAudit), Format::Syslog);
        if wider || before + 1 >= STEADY {
            self.pick(format);
            return true;
        }
        false
    }
}

/// The format that a line is of, where it leaves no doubt.
pub(super) fn sniff(text: &str, when: When<'_>) -> Option<Format> {
    if text.starts_with('{') {
        return if samba_json::is(text) {
            Some(Format::SambaJson)
        } else if opencanary::is(text) {
            Some(Format::OpenCanary)
        } else {
            json::flatten(text).is_ok().then_some(Format::Json)
        };
    }
    if auditd::is(text) {
        Some(Format::Auditd)
    } else if orthanc::is(text) {
        Some(Format::Orthanc)
    } else if dcmtk::is(text) {
        Some(Format::Dcmtk)
    } else if samba_audit::is(text, when) {
        Some(Format::SambaAudit)
    } else if syslog::open(text, when).is_some_and(|line| line.priority.is_some() || line.program.is_some()) {
        Some(Format::Syslog)
    } else if combined::read(text).is_ok() {
        Some(Format::Combined)
    } else if samba::header(text, when).is_some() || text.find('{').is_some_and(|at| samba_json::is(&text[at..])) {
        Some(Format::SambaJson)
    } else {
        None
    }
}
