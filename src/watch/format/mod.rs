//! What a line says, one file for each log format. Knows neither files nor sockets nor clocks: a line and the time of
//! its arrival go in, an event comes out.
//!
//! Secrets and what tells who a patient is are taken out of the line before anything reads it.
//!
//! | format | product | service | category |
//! |---|---|---|---|
//! | `syslog` | `linux` | the program, in lower case (`sshd`, `sudo`, `useradd`, `cron`) | – |
//! | `json` | – | – | `webserver` where the object is a request to one |
//! | `orthanc` | `orthanc` | the category of the message, where it has one (`dicom`, `http`) | – |
//! | `combined` | – | – | `webserver` |
//! | `samba-audit` | `samba` | `full_audit` | – |
//! | `samba-json` | `samba` | `auth_audit` | – |
//! | `opencanary` | `opencanary` | – | `application` |
//!
//! A message inside a syslog line has the log source of the format it is in. A source's own log source replaces the
//! product and the service and adds its categories.
//!
//! | format | fields |
//! |---|---|
//! | `syslog` | `facility` `severity` `host` `program` `pid` `msgid` `message`, and the names of structured data |
//! | – sshd | `action` (`failed` `accepted` `invalid_user` …) `user` `known_user` `src_ip` `src_port` `method` |
//! | – sudo, su, PAM, accounts | `action` `user` `target_user` `group` `src_ip` `tty`, sudo's own `USER` `COMMAND` `PWD` |
//! | `json` | the names of the object, dotted; for a request to a web server also those of `combined` |
//! | `orthanc` | `level` `thread` `file` `category` `message`, and where said `aet` `src_ip` `called_aet` `expected_host` `destination` `verb` `method` `uri` `query_level` `matches` `pdu_type` |
//! | `combined` | `c-ip` `cs-username` `cs-method` `cs-uri` `cs-uri-stem` `cs-uri-query` `cs-version` `sc-status` `sc-bytes` `cs-referer` `cs-user-agent` `cs-host`; `request` where it is not HTTP |
//! | `samba-audit` | the envelope's, `user` `src_ip` `host` `share` `operation` `result` `success` `reason` `mode` `path` `folder` `extension` `new_path` `new_folder` `new_extension` `added_extension` |
//! | `samba-json` | the names of the object, dotted; `EventID` `status` `account` `src_ip` `src_port` |
//! | `opencanary` | the names of the object, dotted |

mod access;
mod auto;
mod clean;
mod combined;
mod draft;
mod json;
mod opencanary;
pub mod origin;
mod orthanc;
mod samba;
mod samba_audit;
mod samba_json;
mod syslog;
mod time;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::auto::Auto;
use self::draft::{Draft, Misfit, Reading};
use self::samba_json::Pieces;
use self::time::When;
use super::event::{Event, Logsource};

/// A log format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Whatever the lines turn out to be.
    #[default]
    Auto,
    /// Syslog, RFC 3164 or RFC 5424, and what programs that vigie knows say inside it.
    Syslog,
    /// One JSON object a line.
    Json,
    /// The log of the Orthanc DICOM server.
    Orthanc,
    /// The access log of nginx or Apache, combined or common.
    Combined,
    /// Samba's `vfs_full_audit` of files.
    SambaAudit,
    /// Samba's JSON audit of log-ins and accounts.
    SambaJson,
    /// The events of `OpenCanary` decoys.
    #[serde(rename = "opencanary")]
    OpenCanary,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 8] = [
        Self::Auto,
        Self::Syslog,
        Self::Json,
        Self::Orthanc,
        Self::Combined,
        Self::SambaAudit,
        Self::SambaJson,
        Self::OpenCanary,
    ];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Syslog => "syslog",
            Self::Json => "json",
            Self::Orthanc => "orthanc",
            Self::Combined => "combined",
            Self::SambaAudit => "samba-audit",
            Self::SambaJson => "samba-json",
            Self::OpenCanary => "opencanary",
        }
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
        Self::ALL.into_iter().find(|format| format.word() == word).ok_or(UnknownFormat)
    }
}

/// What one line comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Decoded {
    /// Something happened.
    Event(Event),
    /// Nothing to say: a blank line, a header, or the continuation of a line before it.
    Skipped,
    /// Not of this format. Costs nothing but itself.
    Malformed {
        /// Why, in words that never come from the line.
        why: String,
    },
}

/// Lines that may follow an Orthanc line without a header of their own. The longest dump met was 864 lines.
const FOLLOWING: u32 = 10_000;

/// Reads the lines of one source, in their order.
#[derive(Debug)]
pub struct Decoder {
    format: Format,
    zone: TimeZone,
    own: Option<Logsource>,
    auto: Auto,
    pieces: Pieces,
    /// How many more lines may belong to the Orthanc message before.
    following: u32,
    /// The time of the last header in smbd's log, for lines below it that have none.
    header: Option<Timestamp>,
}

impl Decoder {
    /// A decoder for one source. `zone` is where its clock is set, for times written without an offset; `own` is the
    /// source's own log source.
    pub fn new(format: Format, zone: TimeZone, own: Option<Logsource>) -> Self {
        let (auto, pieces) = (Auto::default(), Pieces::default());
        Self { format, zone, own, auto, pieces, following: 0, header: None }
    }

    /// The format of the lines: the one asked for, or the one found out so far.
    pub fn picked(&self) -> Option<Format> {
        match self.format {
            Format::Auto => self.auto.picked(),
            format => Some(format),
        }
    }

    /// Reads one line that arrived at `arrived`, or is in a file last written then.
    pub fn decode(&mut self, arrived: Timestamp, text: &str) -> Decoded {
        let text = text.trim_start_matches('\u{feff}').trim_end_matches(|end: char| end.is_whitespace() || end == '\0');
        if text.trim_start().is_empty() {
            return Decoded::Skipped;
        }
        let whole = match self.format {
            Format::Auto | Format::SambaJson => self.pieces.join(text),
            _ => Some(Cow::Borrowed(text)),
        };
        let Some(whole) = whole else { return Decoded::Skipped };
        let clean = clean::clean(&whole);
        let zone = self.zone.clone();
        let when = When { arrived, zone: &zone };
        let reading = match self.format {
            Format::Auto => self.find_out(&clean, when),
            format => self.read(format, &clean, when),
        };
        match reading {
            Ok(Some(draft)) => Decoded::Event(self.finish(draft, arrived, &clean)),
            Ok(None) => Decoded::Skipped,
            Err(Misfit(why)) => Decoded::Malformed { why: why.to_owned() },
        }
    }

    /// The table of formats.
    fn read(&mut self, format: Format, text: &str, when: When<'_>) -> Reading {
        match format {
            Format::Auto => self.find_out(text, when),
            Format::Syslog => syslog::read(text, when),
            Format::Json => json::read(text.trim_start(), when),
            Format::Orthanc => self.orthanc(text, when),
            Format::Combined => combined::read(text),
            Format::SambaAudit => self.samba_audit(text, when),
            Format::SambaJson => samba_json::read(text, when),
            Format::OpenCanary => opencanary::read(text, when),
        }
    }

    fn find_out(&mut self, text: &str, when: When<'_>) -> Reading {
        let Some(picked) = self.auto.picked() else {
            let format = auto::sniff(text, when).ok_or(Misfit("no format that vigie knows"))?;
            self.auto.pick(format);
            return self.read(format, text, when);
        };
        let reading = self.read(picked, text, when);
        if matches!(reading, Ok(Some(_))) {
            self.auto.confirm();
            return reading;
        }
        match auto::sniff(text, when).filter(|other| *other != picked) {
            // A line passed over may be part of a message that only looks like something else.
            Some(other) if self.auto.doubt(other) || reading.is_err() => self.read(other, text, when),
            _ => reading,
        }
    }

    fn orthanc(&mut self, text: &str, when: When<'_>) -> Reading {
        let reading = orthanc::read(text, when);
        if reading.is_ok() {
            self.following = FOLLOWING;
        } else if self.following > 0 {
            self.following -= 1;
            return Ok(None);
        }
        reading
    }

    fn samba_audit(&mut self, text: &str, when: When<'_>) -> Reading {
        if let Some(time) = samba::header(text, when) {
            self.header = Some(time);
            return Ok(None);
        }
        let draft = samba_audit::read(text, when)?;
        Ok(draft.map(|draft| Draft { time: draft.time.or(self.header), ..draft }))
    }

    fn finish(&self, draft: Draft, arrived: Timestamp, text: &str) -> Event {
        let Draft { time, logsource, fields, text: own_text } = draft;
        Event {
            time: time.unwrap_or(arrived),
            logsource: self.own.as_ref().map_or_else(|| logsource.clone(), |own| overridden(&logsource, own)),
            fields: fields.0,
            text: own_text.unwrap_or_else(|| text.to_owned()),
        }
    }
}

/// A source's own words over what the format says. A service belongs to its product and goes with it.
fn overridden(said: &Logsource, own: &Logsource) -> Logsource {
    let mut category = said.category.clone();
    category.extend(own.category.iter().filter(|own| !said.category.contains(own)).cloned());
    let same = own.product.is_none() || own.product == said.product;
    let service = own.service.clone().or_else(|| said.service.clone().filter(|_| same));
    Logsource { category, product: own.product.clone().or_else(|| said.product.clone()), service }
}

#[cfg(test)]
mod tests;
