//! A log line with blanks for the moment and the number: an exercise's line must carry the time at which it is written.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// One line of a log, with its blanks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Piece {
    Text(String),
    Number { width: usize },
    Time(Format),
}

/// How a log writes the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Format {
    Rfc3164,
    Rfc3339,
    Orthanc,
    Combined,
    Samba,
    Local,
    Utc,
    Epoch,
}

/// A blank that is not one of the known ones.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::drill) struct UnknownBlank {
    /// Offset of its first byte in the line.
    pub(in crate::drill) at: usize,
    /// Its length in bytes.
    pub(in crate::drill) length: usize,
    /// What is written between the braces.
    pub(in crate::drill) name: String,
}

impl Format {
    const ALL: [(&str, Self); 8] = [
        ("rfc3164", Self::Rfc3164),
        ("rfc3339", Self::Rfc3339),
        ("orthanc", Self::Orthanc),
        ("combined", Self::Combined),
        ("samba", Self::Samba),
        ("local", Self::Local),
        ("utc", Self::Utc),
        ("epoch", Self::Epoch),
    ];

    fn write(self, at: Timestamp, zone: &TimeZone) -> String {
        let local = at.to_zoned(zone.clone());
        match self {
            Self::Rfc3164 => local.strftime("%b %e %H:%M:%S").to_string(),
            Self::Rfc3339 => local.strftime("%Y-%m-%dT%H:%M:%S.%6f%:z").to_string(),
            Self::Orthanc => local.strftime("%m%d %H:%M:%S.%6f").to_string(),
            Self::Combined => local.strftime("%d/%b/%Y:%H:%M:%S %z").to_string(),
            Self::Samba => local.strftime("%Y-%m-%dT%H:%M:%S.%6f%z").to_string(),
            Self::Local => local.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string(),
            Self::Utc => at.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string(),
            Self::Epoch => at.as_second().to_string(),
        }
    }
}

impl Template {
    /// The names of all blanks, for advice.
    pub(in crate::drill) fn blanks() -> impl Iterator<Item = &'static str> + Clone {
        ["n"].into_iter().chain(Format::ALL.iter().map(|(name, _)| *name))
    }

    /// Reads a line; `{{…}}` is a blank.
    pub(in crate::drill) fn parse(line: &str) -> Result<Self, UnknownBlank> {
        let mut pieces = Vec::new();
        let mut done = 0;
        while let Some(open) = line[done..].find("{{").map(|found| done + found) {
            let close = line[open..].find("}}").map(|found| open + found);
            let end = close.map_or(line.len(), |close| close + 2);
            let name = line[open + 2..close.unwrap_or(line.len())].trim();
            let unknown = || UnknownBlank { at: open, length: end - open, name: name.to_owned() };
            let piece = close.and_then(|_| Piece::blank(name)).ok_or_else(unknown)?;
            if open > done {
                pieces.push(Piece::Text(line[done..open].to_owned()));
            }
            pieces.push(piece);
            done = end;
        }
        if done < line.len() {
            pieces.push(Piece::Text(line[done..].to_owned()));
        }
        Ok(Self(pieces))
    }

    /// The line as it is written at `at` by a machine whose clock shows the time of `zone`.
    pub(crate) fn fill(&self, number: u32, at: Timestamp, zone: &TimeZone) -> String {
        let mut line = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => line.push_str(text),
                Piece::Number { width } => write!(line, "{number:0width$}").expect("writing to a string cannot fail"),
                Piece::Time(format) => line.push_str(&format.write(at, zone)),
            }
        }
        line
    }
}

impl Piece {
    /// `n`, `n:3` (at least three digits) or the name of a time format.
    fn blank(name: &str) -> Option<Self> {
        if name == "n" {
            return Some(Self::Number { width: 1 });
        }
        if let Some(width) = name.strip_prefix("n:") {
            return width.parse().ok().filter(|width| (1..=9).contains(width)).map(|width| Self::Number { width });
        }
        Format::ALL.iter().find(|(known, _)| *known == name).map(|(_, format)| Self::Time(*format))
    }
}

/// A line that is to be written now, still without its moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// The line with its blanks.
    pub template: Template,
    /// How many times the lines of the inject have been repeated, from 1.
    pub number: u32,
}

impl LogLine {
    /// The finished line, written at `at` by a machine whose clock shows the time of `zone`.
    pub(crate) fn text(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.template.fill(self.number, at, zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_blank_writes_what_the_genuine_log_writes() {
        let at: Timestamp = "2026-02-08T01:02:03.004005Z".parse().unwrap();
        let paris = TimeZone::fixed(jiff::tz::offset(1));
        for (blank, expected) in [
            ("{{rfc3164}} srv smbd_audit: x", "Feb  8 02:02:03 srv smbd_audit: x"),
            ("<173>1 {{rfc3339}} srv", "<173>1 2026-02-08T02:02:03.004005+01:00 srv"),
            ("W{{orthanc}} a.cpp:1]", "W0208 02:02:03.004005 a.cpp:1]"),
            ("[{{combined}}]", "[08/Feb/2026:02:02:03 +0100]"),
            ("\"{{samba}}\"", "\"2026-02-08T02:02:03.004005+0100\""),
            ("{{local}}|{{utc}}", "2026-02-08 02:02:03.004005|2026-02-08 01:02:03.004005"),
            ("{{epoch}}", "1770512523"),
            ("CR_{{n:2}}.docx {{n}}{{ n }}", "CR_07.docx 77"),
            ("{\"a\": {\"b\": {}}}", "{\"a\": {\"b\": {}}}"),
            ("", ""),
        ] {
            assert_eq!(Template::parse(blank).unwrap().fill(7, at, &paris), expected);
        }
    }

    #[test]
    fn an_unknown_blank_is_named_with_its_place() {
        let unknown = |line| Template::parse(line).unwrap_err();
        assert_eq!(unknown("é {{tim}} x"), UnknownBlank { at: 3, length: 7, name: "tim".to_owned() });
        assert_eq!(unknown("{{n:0}}").name, "n:0");
        assert_eq!(unknown("a {{rfc3164").length, 9);
    }
}
