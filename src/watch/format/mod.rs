//! What a line says, one file for each log format. Knows neither files nor sockets nor clocks: a line and the time of
//! its arrival go in, an event comes out.
//!
//! Everything is taken as it is written. What must not leave an event is for [`Record::show`](super::record::Record::show)
//! to take out; a format hides ([`Hidden`](super::hidden::Hidden)) what only it knows to be a secret.
//!
//! | format | product | service | category |
//! |---|---|---|---|
//! | `syslog` | `linux` | the program, in lower case (`sshd`, `sudo`, `useradd`, `cron`) | `firewall` where the message is a packet that one logged |
//! | `json` | – | – | `webserver` where the object is a request to one |
//! | – events of Windows | `windows` | what rules call the channel (`security`, `sysmon`, `powershell`, `windefend` …) | all that the number stands for (`process_creation`; `registry_event` and `registry_set` …) |
//! | – Sysmon for Linux | `linux` | `sysmon` | as on Windows |
//! | – Laurel | `linux` | `auditd` | `process_creation` where the event has the arguments of a program |
//! | – objects that say so | their `product` | their `service` | their `category` |
//! | `orthanc` | `orthanc` | the category of the message, where it has one (`dicom`, `http`) | – |
//! | `dcmtk` | `dcmtk` | – | – |
//! | `combined` | – | – | `webserver` |
//! | `samba-audit` | `samba` | `full_audit` | – |
//! | `samba-json` | `samba` | `auth_audit` | – |
//! | `opencanary` | `opencanary` | – | `application` |
//! | `event-xml`, `snare` | as events of Windows | | |
//! | `atna`, `fhir` | `ihe` | `audit` | – |
//! | `auditd` | `linux` | `auditd` | `process_creation` for `EXECVE` records |
//! | `kv` | the vendor's: `fortigate` `stormshield` `sophos` `ivanti` `sonicwall` `checkpoint` `wallix`; none for logfmt | what the vendor calls that part (`event`, `auth` …) | `firewall` for traffic |
//! | `cef` | as for `kv`, or the vendor of the head | the product of the head | `firewall` for traffic |
//! | `leef` | the vendor of the head | the product of the head | `firewall` for traffic |
//! | `cisco` | `cisco` | `aaa` `bgp` `ldp` `syslog` | `firewall` for packets |
//! | `paloalto` | `paloalto` | the type (`traffic`, `globalprotect` …) | `firewall` for traffic |
//! | `esxi` | `vmware` | the program (`hostd`, `vobd`, `shell` …), `vcenter` for its events | – |
//! | `veeam` | `veeam` | `backup` | – |
//! | `plain` | – | – | – |
//!
//! A message inside a syslog line has the log source of the format it is in. A source's own log source replaces the
//! product and the service and adds its categories.
//!
//! | format | fields |
//! |---|---|
//! | `syslog` | `facility` `severity` `host` `program` `pid` `msgid` `message`, and the names of structured data |
//! | – sshd | `action` (`failed` `accepted` `invalid_user` …) `user` `known_user` `src_ip` `src_port` `method` |
//! | – sudo, su, PAM, accounts | `action` `user` `target_user` `group` `src_ip` `tty`, sudo's own `USER` `COMMAND` `PWD` |
//! | – OpenVPN, PostgreSQL, ClamAV, BIND, cron | `action` `user` `src_ip`, and where said `src_port` `database` `application` `verb` `path` `folder` `signature` `zone` `command` `target_user` |
//! | – packets | `prefix` `src_ip` `dst_ip` `src_port` `dst_port` `protocol` `in_interface` `out_interface` |
//! | `json` | the names of the object, dotted, with spaces in them also without, and plain where they are those of Windows (`Event.EventData.X`, `Event.UserData.Y.X`, `winlog.event_data.X` are `X`); for a request to a web server also those of `combined` |
//! | `orthanc` | `level` `thread` `file` `category` `message`, and where said `aet` `src_ip` `called_aet` `expected_host` `destination` `verb` `method` `uri` `query_level` `matches` `pdu_type` |
//! | `dcmtk` | `level` `message`, and where said `aet` `called_aet` `src_ip` or `src_host` `reason` `destination` `verb` `status` `pdu_type` |
//! | `combined` | `c-ip` `cs-username` `cs-method` `cs-uri` `cs-uri-stem` `cs-uri-query` `cs-version` `sc-status` `sc-bytes` `cs-referer` `cs-user-agent` `cs-host`; `request` where it is not HTTP |
//! | `samba-audit` | the envelope's, `user` `src_ip` `host` `share` `operation` `result` `success` `reason` `mode` `path` `folder` `extension` `new_path` `new_folder` `new_extension` `added_extension` |
//! | `samba-json` | the names of the object, dotted; `EventID` `status` `account` `src_ip` `src_port` |
//! | `opencanary` | the names of the object, dotted |
//! | – events of Windows | also those that rules use: `EventID` `Channel` `Provider_Name` `Computer`; for 4688 `Image` `ParentImage` `User` `LogonId` `IntegrityLevel`; the `Name=value` lines of "Windows PowerShell" |
//! | `atna`, `fhir` | `event_code` `event_name` `type_code` `type_name` `action` (`C` `R` `U` `D` `E`) `outcome` (`success` `failure`) `outcome_code` `user` `user_role` `src_ip` `source_id` `object_type` `object_role` `object_id` `objects`; whose record it was is never shown |
//! | `event-xml` | those of Windows, by the dotted names that they have in JSON, and plain |
//! | `snare` | `Channel` `EventID` `SourceName` `UserName` `EventType` `Computer` `Category` `Data` `Message` `outcome`; what an English text says under labels, by the names of Windows |
//! | `auditd` | `type` `node` `serial`, the record's own names with hexadecimal values decoded, `SYSCALL` by name; for `EXECVE` also `CommandLine`, and `Image` where the first argument is a path |
//! | – Laurel | also the names of each record without it, `a0` … of `EXECVE`, `CommandLine` `Image` `ParentImage` `ParentCommandLine` `CurrentDirectory` `User` `ProcessId` `ParentProcessId` |
//! | `kv` `cef` `leef` `cisco` `paloalto` `esxi` `veeam` | the vendor's own names, and the shared ones (`shared`) |
//! | `plain` | `message`, the whole line |

mod access;
mod atna;
mod auditd;
mod auto;
mod cef;
mod cisco;
mod combined;
mod cut;
mod dcmtk;
mod draft;
mod esxi;
mod event_xml;
mod fhir;
mod ground;
mod guide;
mod header;
mod json;
mod kind;
mod kv;
mod leef;
mod level;
mod opencanary;
mod origin;
mod orthanc;
mod paloalto;
mod patient_access;
mod plain;
mod raw;
mod samba;
mod samba_audit;
mod samba_json;
mod shared;
mod snare;
mod spread;
mod structured;
mod syslog;
mod table;
mod time;
mod veeam;
mod windows;
mod wrapped;
mod xml;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use super::kind::windows::services as windows_services;

use self::auto::Auto;
use self::draft::{Misfit, Reading};
use self::ground::Ground;
pub(crate) use self::guide::{Guide, guide};
use self::kind::{Memory, Standing};
pub use self::level::{how_to_reach, level_of};
pub use self::raw::{Raw, Raws};
use self::samba_json::Pieces;
use self::spread::Spread;
pub use self::table::{Format, UnknownFormat, possible};
use self::time::When;
pub(crate) use self::time::yearless_day;
use super::event::{Event, Logsource};
use super::line::{Block, Span};

/// What one line comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Decoded {
    /// Something happened.
    Event(Event),
    /// Something happened, in a line of no format that vigie knows: taken as far as it goes, and to be told.
    Unknown(Event),
    /// Several things happened, of which one line tells.
    Several(Vec<Event>),
    /// Nothing to say: a blank line, a header, or the continuation of a line before it.
    Skipped,
    /// Not of the format that the site says. Taken as far as it goes, and to be told: whoever can make a line odd must not
    /// make it invisible.
    Malformed {
        /// Why, in words that never come from the line.
        why: &'static str,
        /// The line as it stands.
        event: Box<Event>,
    },
}

/// A line as rules look at it first.
#[derive(Debug)]
pub enum Read<'a> {
    /// Something happened that is only taken apart as far as rules ask. It may turn out not to be readable.
    Raw(Raw<'a>),
    /// What it comes to.
    Decoded(Decoded),
}

/// Reads the lines of one stream, in their order.
#[derive(Debug)]
pub struct Decoder {
    format: Format,
    raws: Raws,
    auto: Auto,
    pieces: Pieces,
    spread: Spread,
    memory: Memory,
}

/// Why a line is not understood whose format is to be found out.
pub(crate) const UNKNOWN: &str = "no format that vigie knows";

impl Decoder {
    /// A decoder for one stream of a source. `zone` is where its clock is set, for times written without an offset; `own` is the
    /// source's own log source.
    pub fn new(format: Format, zone: TimeZone, own: Option<Logsource>) -> Self {
        let (raws, auto, pieces) = (Raws::new(Ground { zone, own }, format), Auto::default(), Pieces::default());
        Self { format, raws, auto, pieces, spread: Spread::default(), memory: Memory::default() }
    }

    /// A decoder of the same lines that has read none.
    #[must_use]
    pub fn fresh(&self) -> Self {
        let Ground { zone, own } = self.raws.ground.clone();
        Self::new(self.format, zone, own)
    }

    /// The format of the lines: the one asked for, or the one found out so far.
    pub fn picked(&self) -> Option<Format> {
        match self.format {
            Format::Auto => self.auto.picked(),
            format => Some(format),
        }
    }

    /// How many lines were read of a record that is not whole yet.
    pub fn lines_of_unfinished(&self) -> usize {
        self.pieces.count().max(self.spread.count())
    }

    /// Reads one line that arrived at `arrived`, or is in a file last written then, no further than rules need.
    pub fn read<'a>(&'a mut self, arrived: Timestamp, line: &'a str) -> Read<'a> {
        if self.passes(line) {
            return self.raws.read(arrived, line);
        }
        Read::Decoded(self.decode(arrived, line))
    }

    /// Whether a line stands alone: it says the same whatever was read before it, and nothing that comes after it depends on
    /// it. Such a line can be read elsewhere and in any order, with [`Decoder::raws`]; here it counts as read.
    pub(crate) fn passes(&mut self, line: &str) -> bool {
        let passes = self.is_alone(line);
        if passes {
            self.auto.confirm();
        }
        passes
    }

    /// The same of a line that may be read here later.
    pub(crate) fn is_alone(&self, line: &str) -> bool {
        let text = trimmed(line);
        if self.pieces.are_open() || self.spread.is_open() {
            return false;
        }
        match self.format {
            Format::Auto => self.auto.picked().is_some_and(|picked| raw::is_surely(picked, text)),
            _ => self.raws.is_alone(text),
        }
    }

    /// Reads a line of `block`, as far as it was kept, with everything it says.
    pub(crate) fn decode_line(&mut self, arrived: Timestamp, block: &Block, line: &Span) -> Decoded {
        let text = &block.text[line.at.clone()];
        if line.cut_from.is_some() { self.decode_head(arrived, text) } else { self.decode(arrived, text) }
    }

    /// Reads the head of a line that was too long to be kept whole: everything it says before the cut. What no format can
    /// read of it is looked at as it stands. That it was cut is counted by whoever cut it, so it is not told as unknown.
    pub fn decode_head(&mut self, arrived: Timestamp, head: &str) -> Decoded {
        match self.decode(arrived, &cut::mended(head)) {
            Decoded::Malformed { event, .. } => Decoded::Event(*event),
            Decoded::Unknown(event) => Decoded::Event(event),
            decoded => decoded,
        }
    }

    /// What reads the lines that stand alone elsewhere, such as on other threads.
    pub fn raws(&self) -> &Raws {
        &self.raws
    }

    /// Reads one line that arrived at `arrived`, or is in a file last written then, with everything it says.
    pub fn decode(&mut self, arrived: Timestamp, line: &str) -> Decoded {
        let text = trimmed(line);
        if is_blank(text) {
            return Decoded::Skipped;
        }
        if self.format == Format::Plain {
            return self.record(arrived, text);
        }
        if let Some((inner, at)) = wrapped::line(text, arrived, &self.raws.ground.zone) {
            return self.decode(at, &inner);
        }
        // What is not indented begins a record of its own, also where another one has not ended.
        self.spread.give_up(|| line.starts_with("{\"") && text.ends_with('}'));
        let Some(whole) = self.join(text) else { return Decoded::Skipped };
        match spread::records(&whole) {
            Some(records) => self.records(arrived, &records),
            None => self.record(arrived, wrapped::object(&whole)),
        }
    }

    /// The record that a line is or ends; nothing where more of it is to come.
    fn join<'a>(&mut self, text: &'a str) -> Option<Cow<'a, str>> {
        if self.raws.row.is_none_or(|row| row.standing == Standing::Pieces) {
            let whole = self.pieces.join(text)?;
            return match whole {
                Cow::Borrowed(text) => self.spread.join(text),
                whole @ Cow::Owned(_) => Some(whole),
            };
        }
        self.spread.join(text)
    }

    /// Reads several records of one line, as far as they can be read.
    fn records(&mut self, arrived: Timestamp, records: &[&str]) -> Decoded {
        let mut events = Vec::new();
        let mut other = Decoded::Skipped;
        for record in records {
            match self.record(arrived, record) {
                Decoded::Event(event) => events.push(event),
                unread => other = unread,
            }
        }
        if events.len() > 1 { Decoded::Several(events) } else { events.pop().map_or(other, Decoded::Event) }
    }

    /// Reads one record.
    fn record(&mut self, arrived: Timestamp, text: &str) -> Decoded {
        if let Some(row) = self.raws.row {
            return self.raws.record(row, arrived, text, &mut self.memory);
        }
        let zone = self.raws.ground.zone.clone();
        match self.find_out(text, When { arrived, zone: &zone }) {
            Err(_) => Decoded::Unknown(self.raws.as_it_stands(arrived, text)),
            reading => self.raws.finished(reading, arrived, text),
        }
    }

    fn find_out(&mut self, text: &str, when: When<'_>) -> Reading {
        let Some(picked) = self.auto.picked().and_then(Format::row) else {
            let row = auto::sniff(text, when).ok_or(Misfit(UNKNOWN))?;
            self.auto.pick(row.format);
            return (row.read)(text, when, &mut self.memory);
        };
        let reading = (picked.read)(text, when, &mut self.memory);
        if matches!(reading, Ok(Some(_))) {
            self.auto.confirm();
            return reading;
        }
        match auto::sniff(text, when).filter(|other| other.format != picked.format) {
            // A line passed over may be part of a message that only looks like something else.
            Some(other) if self.auto.doubt(other.format) || reading.is_err() => {
                (other.read)(text, when, &mut self.memory)
            }
            _ => reading,
        }
    }
}

/// A line without a byte order mark, and what has no meaning at its end or before an object.
fn trimmed(text: &str) -> &str {
    // Nearly every line begins and ends with a plain sign; there is nothing to trim.
    if let ([b'!'..=b'~', ..], [.., b'!'..=b'~']) = (text.as_bytes(), text.as_bytes()) {
        return text;
    }
    let text = text.trim_start_matches(['\u{feff}', '\r']);
    let inside = text.trim_start();
    let text = if inside.starts_with('{') { inside } else { text };
    text.trim_end_matches(|end: char| end.is_whitespace() || end == '\0')
}

/// Whether a line says nothing.
fn is_blank(text: &str) -> bool {
    !text.starts_with(|first: char| first.is_ascii_graphic()) && text.trim_start().is_empty()
}

#[cfg(test)]
mod tests;
