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
use crate::watch::intake::trouble::Trouble;
use crate::watch::label;
use crate::watch::line::Batch;
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
    told_ahead: bool,
    format: Format,
    picked: Option<Format>,
    pub(super) lines: u64,
    pub(super) malformed: u64,
}

impl Reading {
    pub(super) fn new(source: &SourceSettings) -> Self {
        let decoder = || Decoder::new(source.format, source.zone.clone(), source.logsource.clone());
        Self {
            decoder: decoder(),
            drill: decoder(),
            told_ahead: false,
            format: source.format,
            picked: None,
            lines: 0,
            malformed: 0,
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
        for line in &batch.lines {
            self.read_line(now, &batch.source, batch.arrived, &line.text);
        }
        self.tell_picked(&batch.source);
        self.change.positions.extend(batch.positions.into_iter().map(|position| PositionRow {
            source: batch.source.clone(),
            file: position.file,
            state: position.state,
        }));
    }

    fn read_line(&mut self, now: Timestamp, source: &SourceName, arrived: Timestamp, text: &str) {
        let (realm, text) = self.unlabel(source, text);
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
