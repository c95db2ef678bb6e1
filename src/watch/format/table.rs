//! The table of formats, and what follows from it: the type with one variant for each, and the words for them.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draft::Reading;
use super::kind::{Kind, Memory, Standing, Surety};
use super::origin::Possible;
use super::time::When;
use super::{
    atna, auditd, cef, cisco, combined, dcmtk, esxi, event_xml, fhir, json, kv, leef, opencanary, orthanc, paloalto,
    plain, samba_audit, samba_json, snare, syslog, veeam,
};
use crate::watch::event::Logsource;

/// The table of formats, in the order in which it is asked of a line what it is. Makes the types that have one variant for
/// each row.
macro_rules! formats {
    ($( $(#[$doc:meta])+ $word:literal: $file:ident::$kind:ident )*) => {
        /// A log format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
        pub enum Format {
            /// Whatever the lines turn out to be.
            #[default]
            #[serde(rename = "auto")]
            Auto,
            $( $(#[$doc])+ #[serde(rename = $word)] $kind, )*
        }

        impl Format {
            /// All formats.
            pub const ALL: &[Self] = &[Self::Auto, $( Self::$kind ),*];
        }

        pub(super) static TABLE: &[Row] = &[$( Row::of::<$file::$kind>(Format::$kind, $word) ),*];
    };
}

formats! {
    /// Samba's JSON audit of log-ins and accounts.
    "samba-json": samba_json::SambaJson
    /// The events of `OpenCanary` decoys.
    "opencanary": opencanary::OpenCanary
    /// `AuditEvent` of FHIR: who did what to whose record.
    "fhir": fhir::Fhir
    /// One JSON object a line.
    "json": json::Json
    /// Events of Windows in XML, as Windows writes them.
    "event-xml": event_xml::EventXml
    /// Events of Windows between tabs, as Snare writes them.
    "snare": snare::Snare
    /// Audit messages of hospitals in XML, IHE ATNA: who did what to whose record.
    "atna": atna::Atna
    /// Records of the Linux audit system.
    "auditd": auditd::Auditd
    /// The log of the Orthanc DICOM server.
    "orthanc": orthanc::Orthanc
    /// What DCMTK's servers print.
    "dcmtk": dcmtk::Dcmtk
    /// Samba's `vfs_full_audit` of files.
    "samba-audit": samba_audit::SambaAudit
    /// The Common Event Format of `ArcSight`.
    "cef": cef::Cef
    /// The Log Event Extended Format of `QRadar`.
    "leef": leef::Leef
    /// Firewalls of Palo Alto Networks, values between commas.
    "paloalto": paloalto::PaloAlto
    /// Veeam Backup & Replication.
    "veeam": veeam::Veeam
    /// Cisco's IOS, NX-OS, ASA and Firepower.
    "cisco": cisco::Cisco
    /// VMware's ESXi and vCenter.
    "esxi": esxi::Esxi
    /// Syslog, RFC 3164 or RFC 5424, and what programs that vigie knows say inside it.
    "syslog": syslog::Syslog
    /// The access log of nginx or Apache, combined or common.
    "combined": combined::Combined
    /// Names and values: `FortiGate`, Stormshield, Sophos, Ivanti, `SonicWall`, Check Point, Wallix, logfmt.
    "kv": kv::Kv
    /// Nothing but lines, of programs that no other format is for.
    "plain": plain::Plain
}

impl Format {
    /// Its row in the table; nothing for what is still to be found out.
    pub(super) fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.format == self)
    }

    /// The word used in files.
    pub fn word(self) -> &'static str {
        self.row().map_or("auto", |row| row.word)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}

/// A word that names no format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a log format")]
pub struct UnknownFormat;

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.iter().copied().find(|format| format.word() == word).ok_or(UnknownFormat)
    }
}

/// A format as its table needs it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) format: Format,
    pub(super) word: &'static str,
    pub(super) standing: Standing,
    pub(super) part_of: Option<&'static str>,
    pub(super) in_syslog: bool,
    pub(super) can_be_found: bool,
    pub(super) read: fn(&str, When<'_>, &mut Memory) -> Reading,
    pub(super) sniff: fn(&str, When<'_>) -> Option<Surety>,
    pub(super) possible: fn() -> Vec<Possible>,
}

impl Row {
    /// The row of a format.
    pub(super) const fn of<K: Kind>(format: Format, word: &'static str) -> Self {
        Self {
            format,
            word,
            standing: K::STANDING,
            part_of: K::PART_OF,
            in_syslog: K::IN_SYSLOG,
            can_be_found: K::CAN_BE_FOUND,
            read: K::read,
            sniff: K::sniff,
            possible: K::possible,
        }
    }
}

/// The kinds of logs that a source of `format` can bring; `own` is the source's own log source.
pub fn possible(format: Format, own: Option<&Logsource>) -> Vec<Possible> {
    let said = said(format);
    match own {
        Some(own) => said.into_iter().map(|possible| possible.overridden(own)).collect(),
        None => said,
    }
}

/// What the format alone says; of one that is still to be found out, what all do that can be found.
fn said(format: Format) -> Vec<Possible> {
    if let Some(row) = format.row() {
        return (row.possible)();
    }
    // That a line may turn out to be anything is no reason to count on it.
    let found = TABLE.iter().filter(|row| row.can_be_found).flat_map(|row| (row.possible)());
    found.filter(|possible| !possible.is_any()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn can_be(format: Format, own: Option<&Logsource>, wanted: [&str; 3]) -> bool {
        let word = |at: usize| Some(wanted[at]).filter(|word| !word.is_empty());
        possible(format, own).iter().any(|possible| possible.can_be(word(0), word(1), word(2)))
    }

    #[test]
    fn a_format_can_be_what_its_lines_say() {
        for (format, wanted, can) in [
            (Format::Syslog, ["linux", "sshd", ""], true),
            (Format::Syslog, ["samba", "full_audit", ""], true),
            (Format::Syslog, ["linux", "", "process_creation"], true),
            (Format::Syslog, ["macos", "", ""], false),
            (Format::Syslog, ["windows", "security", ""], true),
            (Format::Orthanc, ["orthanc", "dicom", ""], true),
            (Format::Orthanc, ["samba", "", ""], false),
            (Format::SambaJson, ["samba", "full_audit", ""], false),
            (Format::SambaJson, ["SAMBA", "auth_audit", ""], true),
            (Format::Combined, ["", "", "webserver"], true),
            (Format::Combined, ["nginx", "", "webserver"], false),
            (Format::OpenCanary, ["opencanary", "", "application"], true),
            (Format::Auto, ["orthanc", "", ""], true),
            (Format::Auto, ["windows", "sysmon", "process_creation"], true),
            (Format::Auto, ["macos", "", ""], false),
            (Format::Json, ["", "", ""], true),
            (Format::Plain, ["", "", ""], true),
            (Format::Plain, ["linux", "", ""], false),
            (Format::Plain, ["", "", "webserver"], false),
        ] {
            assert_eq!(can_be(format, None, wanted), can, "{format} {wanted:?}");
        }
    }

    #[test]
    fn the_sites_own_words_go_before() {
        let own = |product: &str, service: Option<&str>, category: &[&str]| Logsource {
            product: Some(product.into()),
            service: service.map(Into::into),
            category: category.iter().map(|word| (*word).to_owned()).collect(),
        };
        let windows = own("windows", Some("security"), &["process_creation"]);
        assert!(can_be(Format::Json, Some(&windows), ["windows", "security", "process_creation"]));
        assert!(can_be(Format::Json, Some(&windows), ["windows", "", "webserver"]));
        assert!(!can_be(Format::Json, Some(&windows), ["windows", "system", ""]));
        // A service of another product is not theirs.
        assert!(!can_be(Format::Syslog, Some(&own("fortigate", None, &[])), ["fortigate", "sshd", ""]));
        assert!(can_be(Format::Syslog, Some(&own("linux", None, &[])), ["linux", "sshd", ""]));
        // Of plain lines nothing else is known.
        let nginx = own("nginx", Some("error"), &["webserver"]);
        assert!(can_be(Format::Plain, Some(&nginx), ["nginx", "error", "webserver"]));
        assert!(!can_be(Format::Plain, Some(&nginx), ["nginx", "access", ""]));
        assert!(!can_be(Format::Plain, Some(&own("nginx", None, &[])), ["nginx", "error", ""]));
    }
}
