//! Lines become hits: the label of an exercise is read, the format decoded, the rules matched.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Core, Order};
use crate::base::id::SourceName;
use crate::base::language::Language;
use crate::base::realm::Realm;
use crate::site::SourceSettings;
use crate::store::PositionRow;
use crate::watch::format::{Decoder, Format, Read};
use crate::watch::intake;
use crate::watch::intake::trouble::Trouble;
use crate::watch::label;
use crate::watch::line::{Batch, Position};
use crate::watch::record::Unreadable;
use crate::watch::sigma::Sighting;

/// An event that says it happened later than this after its line arrived has a wrong clock, and happened when it
/// arrived. Without this, one device an hour ahead would hold the windows of correlations open for an hour.
const AHEAD: SignedDuration = SignedDuration::from_mins(2);

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
    pub(super) lines: u64,
    pub(super) malformed: u64,
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
    fn note_unfinished(&mut self, realm: Realm, file: Option<&str>, offset: u64) {
        match (self.decoder.lines_of_unfinished(), file) {
            (1, Some(file)) if realm == Realm::Live => {
                self.unfinished = Some(Unfinished { file: file.to_owned(), offset });
            }
            (2.., Some(_)) if realm == Realm::Live => {}
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
    pub(super) fn format(&self) -> String {
        match self.picked {
            Some(picked) => format!("{} (auto)", picked.word()),
            None => self.format.word().to_owned(),
        }
    }
}

impl Core {
    /// Reads a batch: everything it leads to and how far it was read will be kept together.
    pub(super) fn read(&mut self, now: Timestamp, batch: Batch) {
        let Batch { source, arrived, lines, positions, .. } = batch;
        let file = positions.first().map(|position| position.file.as_str());
        for line in &lines {
            let (realm, text) = self.unlabel(&source, &line.text);
            self.read_line(now, &source, arrived, realm, text);
            if let Some(reading) = self.readings.get_mut(&source) {
                reading.note_unfinished(realm, file, line.offset);
            }
        }
        self.tell_picked(&source);
        let reading = self.readings.get(&source);
        for position in positions {
            let Position { file, state } = match reading {
                Some(reading) => reading.held_back(position),
                None => position,
            };
            self.change.positions.push(PositionRow { source: source.clone(), file, state });
        }
    }

    fn read_line(&mut self, now: Timestamp, source: &SourceName, arrived: Timestamp, realm: Realm, text: &str) {
        if realm.drill().is_some_and(|drill| !self.plays(drill)) {
            // A late line of a drill that is over: neither real nor of use any more.
            return;
        }
        let Some(reading) = self.readings.get_mut(source) else { return };
        reading.lines += 1;
        let decoder = if realm == Realm::Live { &mut reading.decoder } else { &mut reading.drill };
        let seen = match decoder.read(arrived, text) {
            Read::Event(event) => self.engine.look(&event),
            Read::Raw(raw) => self.engine.look(&raw),
            Read::Skipped => return,
            Read::Malformed { why } => return self.pass_over(source, &why),
        };
        match seen {
            Ok(None) => {}
            Ok(Some(sighting)) => self.count(now, source, realm, arrived, sighting),
            Err(Unreadable(why)) => self.pass_over(source, why),
        }
    }

    /// A line that its format cannot read.
    fn pass_over(&mut self, source: &SourceName, why: &str) {
        let Some(reading) = self.readings.get_mut(source) else { return };
        reading.malformed += 1;
        if reading.malformed == 1 {
            let format = reading.format();
            self.orders.push(Order::Tell(format!(
                "source {source}: a line is not {format}: {why}; such lines are counted and passed over"
            )));
        }
    }

    /// What rules saw in a line.
    fn count(&mut self, now: Timestamp, source: &SourceName, realm: Realm, arrived: Timestamp, mut sighting: Sighting) {
        let ahead = sighting.time.duration_since(arrived);
        if ahead > AHEAD {
            sighting.time = arrived;
            self.tell_ahead(source, ahead);
        }
        for found in self.engine.count(realm, sighting) {
            self.hit(now, Some(source), realm, &found);
        }
    }

    fn tell_ahead(&mut self, source: &SourceName, ahead: SignedDuration) {
        let Some(reading) = self.readings.get_mut(source) else { return };
        if !std::mem::replace(&mut reading.told_ahead, true) {
            self.orders.push(Order::Tell(format!(
                "source {source}: a line is {} s ahead of this machine's clock; such lines count from when they arrive. \
                 Look at that clock, or at the `zone:` of the source in vigie.yaml",
                ahead.as_secs()
            )));
        }
    }

    /// The realm of a line and its text without the label. A line belongs to an exercise only if its label is signed
    /// and its number was given out for this source and not yet seen: anything else is real, also what stands before a
    /// label that was copied.
    fn unlabel<'a>(&mut self, source: &SourceName, text: &'a str) -> (Realm, &'a str) {
        let Some(label) = label::read(text, &self.key) else { return (Realm::Live, text) };
        if self.take_label(label.drill, label.number, source) {
            (Realm::Drill(label.drill), label.text)
        } else {
            (Realm::Live, label.text)
        }
    }

    fn tell_picked(&mut self, source: &SourceName) {
        let Some(reading) = self.readings.get_mut(source) else { return };
        let picked = reading.decoder.picked();
        if reading.format == Format::Auto && picked != reading.picked {
            reading.picked = picked;
            if let Some(picked) = picked {
                let words = format!("source {source}: reads as {}", picked.word());
                self.orders.push(Order::Tell(words));
            }
        }
    }

    /// Notes that a source cannot be read as it should.
    pub(super) fn source_trouble(&mut self, now: Timestamp, trouble: &Trouble) {
        let language = Language::En;
        let words = format!("{}: {} {}", trouble.file, trouble.what.get(language), trouble.remedy.get(language));
        let body = json!({"source": trouble.source, "file": trouble.file, "what": trouble.what});
        self.enter(now, Realm::Live, "source.trouble", &body);
        self.orders.push(Order::Tell(format!("source {}: {words}", trouble.source)));
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
        reading.note_unfinished(realm, Some("f"), offset);
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
