//! A source as it is read: its lines are decoded and shown to the rules, and its positions kept.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Lines;
use crate::api::{Fact, SourceFact, SourceStatus};
use crate::base::id::SourceName;
use crate::base::realm::Realm;
use crate::core::event::{Event, Out};
use crate::site::SourceSettings;
use crate::store::PositionRow;
use crate::watch::format::{Decoder, Format, Read};
use crate::watch::intake;
use crate::watch::intake::trouble::Trouble;
use crate::watch::line::Position;
use crate::watch::record::Unreadable;
use crate::watch::sigma::Sighting;

/// An event that says it happened later than this after its line arrived has a wrong clock, and happened when it
/// arrived. Without this, one device an hour ahead would hold the windows of correlations open for an hour.
const AHEAD: SignedDuration = SignedDuration::from_mins(2);

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Place<'a> {
    pub(in crate::core) source: &'a SourceName,
    /// The file, by the name of its position; nothing where it has none.
    pub(in crate::core) file: Option<&'a str>,
    pub(in crate::core) offset: u64,
    pub(in crate::core) arrived: Timestamp,
}

/// A source as it is read.
#[derive(Debug)]
pub(super) struct Reading {
    decoder: Decoder,
    /// Lines of an exercise are decoded apart: a record may go over several lines, and those of the two never join.
    drill: Decoder,
    /// Where a record begins of which not every line was read.
    unfinished: Option<Unfinished>,
    told_ahead: bool,
    format: Format,
    picked: Option<Format>,
    lines: u64,
    malformed: u64,
}

/// A record of several lines whose last one is still to come: what was read of it is in memory only.
#[derive(Debug)]
struct Unfinished {
    /// The file, by the name of its position.
    file: String,
    offset: u64,
}

impl Reading {
    pub(super) fn new(source: &SourceSettings) -> Self {
        let decoder = || Decoder::new(source.format, source.zone.clone(), source.logsource.clone());
        Self {
            decoder: decoder(),
            drill: decoder(),
            unfinished: None,
            told_ahead: false,
            format: source.format,
            picked: None,
            lines: 0,
            malformed: 0,
        }
    }

    /// Takes note of where the record begins that the line at `offset` of `file` belongs to. It is given up where a line
    /// of an exercise stands in it: such a line counts once, and read again it would be real.
    fn note_unfinished(&mut self, is_real: bool, file: Option<&str>, offset: u64) {
        match (self.decoder.lines_of_unfinished(), file) {
            (1, Some(file)) if is_real => {
                self.unfinished = Some(Unfinished { file: file.to_owned(), offset });
            }
            (2.., Some(_)) if is_real => {}
            _ => self.unfinished = None,
        }
    }

    /// The position to keep: that of a file with an unfinished record is where the record begins, so that all of it is
    /// read again after a crash. Nothing followed from it yet.
    fn held_back(&self, position: Position) -> Position {
        match &self.unfinished {
            Some(unfinished) if unfinished.file == position.file => intake::at_line(&position, unfinished.offset),
            _ => position,
        }
    }

    /// The format in words: what was asked for, and what `auto` picked.
    fn format(&self) -> String {
        match self.picked {
            Some(picked) => format!("{} (auto)", picked.word()),
            None => self.format.word().to_owned(),
        }
    }

    pub(super) fn status(&self, name: &SourceName) -> SourceStatus {
        let (lines, malformed) = (self.lines, self.malformed);
        SourceStatus { name: name.to_string(), format: self.format(), lines, malformed }
    }

    /// Counts a line that its format cannot read; what is to be said of it, the first time.
    fn pass_over(&mut self, source: &SourceName, why: &str) -> Option<SourceFact> {
        self.malformed += 1;
        let (source, format, why) = (source.clone(), self.format(), why.to_owned());
        (self.malformed == 1).then_some(SourceFact::Misread { source, format, why })
    }

    /// An event that is ahead of this machine's clock happened when it arrived.
    fn put_right(&mut self, place: Place<'_>, sighting: &mut Sighting) -> Option<SourceFact> {
        let ahead = sighting.time.duration_since(place.arrived);
        if ahead <= AHEAD {
            return None;
        }
        sighting.time = place.arrived;
        let told = std::mem::replace(&mut self.told_ahead, true);
        (!told).then(|| SourceFact::Ahead { source: place.source.clone(), seconds: ahead.as_secs() })
    }
}

impl Lines {
    /// Reads a line; a line of a drill that is over has no realm, and nothing follows from it.
    pub(in crate::core) fn read(&mut self, place: Place<'_>, line: Option<(Realm, &str)>, out: &mut Out) {
        let Some(reading) = self.sources.get_mut(place.source) else {
            return out.inconsistent("a line of a source that is not in vigie.yaml", place.source);
        };
        let Some((realm, text)) = line else {
            return reading.note_unfinished(false, place.file, place.offset);
        };
        reading.lines += 1;
        let is_real = realm == Realm::Live;
        let decoder = if is_real { &mut reading.decoder } else { &mut reading.drill };
        let seen = match decoder.read(place.arrived, text) {
            Read::Event(event) => self.engine.look(&event),
            Read::Raw(raw) => self.engine.look(&raw),
            Read::Skipped => Ok(None),
            Read::Malformed { why } => {
                let fact = reading.pass_over(place.source, &why);
                keep(fact, out);
                Ok(None)
            }
        };
        reading.note_unfinished(is_real, place.file, place.offset);
        match seen {
            Ok(None) => {}
            Ok(Some(mut sighting)) => {
                keep(reading.put_right(place, &mut sighting), out);
                for found in self.engine.count(realm, sighting) {
                    let source = Some(place.source.clone());
                    out.say(Event::Hit { source, realm, found: Arc::new(found) });
                }
            }
            Err(Unreadable(why)) => keep(reading.pass_over(place.source, why), out),
        }
    }

    /// Lines of a source were read up to these positions.
    pub(in crate::core) fn reached(&mut self, source: &SourceName, positions: Vec<Position>, out: &mut Out) {
        let Some(reading) = self.sources.get_mut(source) else {
            return out.inconsistent("a position in a source that is not in vigie.yaml", source);
        };
        let picked = reading.decoder.picked();
        if reading.format == Format::Auto && picked != reading.picked {
            reading.picked = picked;
            let format = picked.map(|picked| picked.word().to_owned());
            keep(format.map(|format| SourceFact::Picked { source: source.clone(), format }), out);
        }
        for position in positions {
            let Position { file, state } = reading.held_back(position);
            self.positions.push(PositionRow { source: source.clone(), file, state });
        }
    }
}

/// Says that a source cannot be read as it should.
pub(in crate::core) fn trouble(trouble: Trouble, out: &mut Out) {
    let Trouble { source, file, what, remedy, .. } = trouble;
    keep(Some(SourceFact::Trouble { source, file, what, remedy }), out);
}

fn keep(fact: Option<SourceFact>, out: &mut Out) {
    if let Some(fact) = fact {
        out.keep(Realm::Live, Fact::Source(fact));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::DrillId;

    fn reading() -> Reading {
        let decoder = || Decoder::new(Format::SambaJson, jiff::tz::TimeZone::UTC, None);
        Reading {
            decoder: decoder(),
            drill: decoder(),
            unfinished: None,
            told_ahead: false,
            format: Format::SambaJson,
            picked: None,
            lines: 0,
            malformed: 0,
        }
    }

    fn begins(reading: &mut Reading, realm: Realm, text: &str, offset: u64) -> Option<u64> {
        let decoder = if realm == Realm::Live { &mut reading.decoder } else { &mut reading.drill };
        decoder.read(Timestamp::UNIX_EPOCH, text);
        reading.note_unfinished(realm == Realm::Live, Some("f"), offset);
        reading.unfinished.as_ref().map(|unfinished| unfinished.offset)
    }

    const FIRST: &str = r#"smbd: {"timestamp": "2026-11-21T19:37:14+0000", "type": "Authentication", "#;
    const SECOND: &str = r#"smbd: "Authentication": {"eventId": 4625, "#;
    const LAST: &str = r#"smbd: "status": "NT_STATUS_WRONG_PASSWORD"}}"#;

    fn said(text: &str) -> String {
        format!("/usr/sbin/{text}")
    }

    #[test]
    fn a_record_begins_at_its_first_line_until_it_is_whole_or_another_begins() {
        let mut reading = reading();
        let mut read = |text: &str, offset| begins(&mut reading, Realm::Live, &said(text), offset);
        assert_eq!(read("smbd: started", 0), None);
        assert_eq!((read(FIRST, 10), read(SECOND, 20), read(LAST, 30)), (Some(10), Some(10), None));
        assert_eq!((read(FIRST, 40), read(FIRST, 50), read("nmbd: started", 60)), (Some(40), Some(50), None));
    }

    #[test]
    fn a_line_of_an_exercise_in_the_middle_of_a_record_is_not_read_again() {
        let mut reading = reading();
        assert_eq!(begins(&mut reading, Realm::Live, &said(FIRST), 10), Some(10));
        assert_eq!(begins(&mut reading, Realm::Drill(DrillId(1)), "a line of an exercise", 20), None);
        assert_eq!(begins(&mut reading, Realm::Live, &said(SECOND), 30), None);
        assert_eq!(begins(&mut reading, Realm::Live, &said(LAST), 40), None);
    }
}
