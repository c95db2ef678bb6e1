//! A source as it is read: its lines are decoded and shown to the rules, and its positions kept.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Lines;
use super::ahead::{self, Glance};
use super::losses::Losses;
use super::pulse::Pulse;
use super::rate::Rate;
use super::retold::Retold;
use super::timing::Timing;
use crate::api::{Fact, SourceFact, SourceStatus, SourceTrouble};
use crate::base::id::SourceName;
use crate::base::realm::Realm;
use crate::core::desk::exercises::Unlabelled;
use crate::core::event::{Event, Out};
use crate::site::SourceSettings;
use crate::store::PositionRow;
use crate::watch::format::{Decoded, Decoder, Format, Read, UNKNOWN};
use crate::watch::line::{LinePlace, Position};
use crate::watch::record::{Record, Unreadable};
use crate::watch::sigma::{Engine, Match, Sighting};
use crate::watch::source::trouble::Trouble;
use crate::watch::stream::Streams;

/// An event that says it happened later than this after its line arrived has a wrong clock, and happened when it
/// arrived. Without this, one device an hour ahead would hold the windows of correlations open for an hour.
const AHEAD: SignedDuration = SignedDuration::from_mins(2);

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Place<'a> {
    pub(in crate::core) source: &'a SourceName,
    /// The stream of the source that it continues.
    pub(in crate::core) stream: &'a str,
    /// The file, by the name of its position; nothing where it has none.
    pub(in crate::core) file: Option<&'a str>,
    pub(in crate::core) offset: u64,
    pub(in crate::core) arrived: Timestamp,
    /// Whether only its head is there.
    pub(in crate::core) is_cut: bool,
    /// As [`Batch::since`](crate::watch::line::Batch::since).
    pub(in crate::core) since: Option<Timestamp>,
}

impl Place<'_> {
    /// The same for whoever looks for the line.
    fn of_line(&self) -> LinePlace {
        LinePlace { log: Some(self.stream.to_owned()).filter(|log| !log.is_empty()), offset: self.offset }
    }
}

/// A source as it is read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) streams: Streams,
    format: Format,
    /// What `auto` picked, as far as it was told.
    told: Vec<Format>,
    told_ahead: bool,
    lines: u64,
    malformed: u64,
    /// Lines of no format that vigie knows, looked at as they stand.
    unknown: u64,
    /// Whether a rule was for any of them.
    watched: bool,
    pub(super) pulse: Pulse,
    pub(super) losses: Losses,
    pub(super) timing: Timing,
    rate: Rate,
    /// Lines of which only the head was kept.
    cut: u64,
    /// How long after the time that it carries the last event came whose time was looked at: each in which a rule saw
    /// something, and the first of each batch.
    late: Option<SignedDuration>,
    /// When the batch came of which that first one was.
    timed: Option<Timestamp>,
}

impl Reading {
    pub(super) fn new(source: &SourceSettings, now: Timestamp) -> Self {
        let decoder = Decoder::new(source.format, source.zone.clone(), source.logsource.clone());
        let (streams, told) = (Streams::new(decoder), Vec::new());
        let pulse = Pulse::new(source.silent, now);
        Self {
            streams,
            format: source.format,
            told,
            told_ahead: false,
            lines: 0,
            malformed: 0,
            unknown: 0,
            watched: false,
            pulse,
            losses: Losses::default(),
            timing: Timing::default(),
            rate: Rate::default(),
            cut: 0,
            late: None,
            timed: None,
        }
    }

    /// The same source read in another way, where there was one before: when it was heard last is still known.
    pub(super) fn after(before: Option<Self>, source: &SourceSettings, now: Timestamp) -> Self {
        let mut reading = Self::new(source, now);
        if let Some(before) = before {
            (reading.lines, reading.malformed) = (before.lines, before.malformed);
            (reading.rate, reading.losses) = (before.rate, before.losses);
            reading.timing = before.timing;
            reading.pulse.go_on(before.pulse);
        }
        reading
    }

    /// The format in words: what was asked for, and what `auto` picked.
    fn format(&self) -> String {
        let picked = if self.format == Format::Auto { self.streams.picked() } else { Vec::new() };
        if picked.is_empty() {
            return self.format.word().to_owned();
        }
        format!("{} (auto)", picked.into_iter().map(Format::word).collect::<Vec<_>>().join(", "))
    }

    pub(super) fn status(&self, name: &SourceName, now: Timestamp) -> SourceStatus {
        let shown = |Trouble { file, what, remedy, .. }: Trouble| SourceTrouble { file, what, remedy };
        SourceStatus {
            name: name.to_string(),
            format: self.format(),
            lines: self.lines,
            malformed: self.malformed,
            unknown: self.unknown,
            unwatched: self.lines > self.malformed && !self.watched,
            last: self.pulse.last(),
            silent: self.pulse.is_silent(now),
            troubles: self.pulse.troubles().iter().cloned().map(shown).collect(),
            place: String::new(),
            per_minute: self.rate.per_minute(now),
            late: self.late.map(|late| late.as_secs()),
            cut: self.cut,
            dropped: self.losses.count(),
            rules: 0,
        }
    }

    /// Counts a line.
    fn hear(&mut self, place: Place<'_>, is_real: bool) {
        self.lines += 1;
        self.cut += u64::from(place.is_cut);
        if is_real {
            self.pulse.hear(place.arrived);
            self.rate.hear(place.arrived);
        }
    }

    /// Counts what was seen ahead of its turn in a line that stands alone.
    fn take(&mut self, eye: &mut Eye<'_>, place: Place<'_>, text: &str, glance: Glance) -> Seen {
        self.watched |= glance.watched;
        let Some(seen) = glance.seen else { return Seen::default() };
        let ahead::Seen { sighting, event } = *seen;
        match event {
            Some(event) => eye.count(sighting, &event),
            None => eye.count(sighting, &self.streams.get(place.stream).raws().raw(place.arrived, text)),
        }
    }

    /// Decodes a line and shows it to the rules.
    fn look(&mut self, eye: &mut Eye<'_>, place: Place<'_>, text: &str, out: &mut Out) -> Result<Seen, Unreadable> {
        let stream = self.streams.get(place.stream);
        let seen = match stream.read_kept(eye.realm, place.arrived, text, place.is_cut) {
            Read::Decoded(decoded) => self.show(eye, place, decoded, out),
            Read::Raw(raw) => match eye.show(&raw) {
                Err(why) => {
                    let unread = self.streams.get(place.stream).raws().unread(place.arrived, text, why);
                    self.show(eye, place, unread, out)
                }
                seen => seen,
            },
        };
        self.watched |= eye.engine.take_watched();
        seen
    }

    /// Shows the rules what a line comes to. What cannot be read is counted, and looked at as it stands.
    fn show(
        &mut self,
        eye: &mut Eye<'_>,
        place: Place<'_>,
        decoded: Decoded,
        out: &mut Out,
    ) -> Result<Seen, Unreadable> {
        match decoded {
            Decoded::Event(event) => eye.show(&event),
            Decoded::Several(events) => eye.show_all(&events),
            Decoded::Skipped => Ok(Seen::default()),
            Decoded::Unknown(event) => {
                keep(self.stand_in(place.source), out);
                eye.show(&event)
            }
            Decoded::Malformed { why, event } => {
                keep(self.misread(place.source, why), out);
                eye.show(&*event)
            }
        }
    }

    /// Counts a line that its format cannot read; what is to be said of it, the first time.
    fn misread(&mut self, source: &SourceName, why: &str) -> Option<SourceFact> {
        self.malformed += 1;
        let (source, format, why) = (source.clone(), self.format(), why.to_owned());
        (self.malformed == 1).then_some(SourceFact::Misread { source, format, why })
    }

    /// Counts a line of no format that vigie knows, which is looked at as it stands; what is to be said of it, the first
    /// time.
    fn stand_in(&mut self, source: &SourceName) -> Option<SourceFact> {
        self.unknown += 1;
        let (source, format) = (source.clone(), self.format());
        (self.unknown == 1).then(|| SourceFact::Misread { source, format, why: UNKNOWN.to_owned() })
    }

    /// What is to be said of a clock that is `ahead`, the first time.
    fn is_ahead(&mut self, source: &SourceName, ahead: SignedDuration) -> Option<SourceFact> {
        let told = std::mem::replace(&mut self.told_ahead, true);
        (!told).then(|| SourceFact::Ahead { source: source.clone(), seconds: ahead.as_secs() })
    }
}

/// What came of a record.
#[derive(Default)]
struct Seen {
    found: Vec<Match>,
    /// How far its clock is ahead.
    ahead: Option<SignedDuration>,
    /// How long after the time that it carries it came.
    late: Option<SignedDuration>,
}

impl Lines {
    /// Reads a line; a line of a drill that is over has no realm, and nothing follows from it.
    /// What was seen in it ahead of its turn counts where it stands alone.
    pub(in crate::core) fn read(
        &mut self,
        place: Place<'_>,
        line: Option<Unlabelled<'_>>,
        glance: Option<Glance>,
        out: &mut Out,
    ) {
        let Some(reading) = self.sources.get_mut(place.source) else {
            return out.inconsistent("a line of a source that is not in vigie.yaml", place.source);
        };
        let Some(Unlabelled { realm, text, copy_of }) = line else {
            return reading.streams.note(place.stream, false, place.file, place.offset);
        };
        let is_real = realm == Realm::Live;
        reading.hear(place, is_real);
        let is_first = is_real && reading.timed.replace(place.arrived) != Some(place.arrived);
        let (engine, retold) = (&mut self.engine, &mut self.retold);
        let mut eye = Eye { engine, retold, realm, arrived: place.arrived, is_first, since: place.since };
        // Of a first line the time is wanted too, where nothing was seen in it.
        let glance = glance.filter(|glance| is_real && (glance.seen.is_some() || !is_first));
        let seen = match glance.filter(|_| reading.streams.get(place.stream).passes(text)) {
            Some(glance) => Ok(reading.take(&mut eye, place, text, glance)),
            None => reading.look(&mut eye, place, text, out),
        };
        reading.streams.note(place.stream, is_real, place.file, place.offset);
        match seen {
            Ok(Seen { found, ahead, late }) => {
                if let Some(late) = late.filter(|_| is_real && place.since.is_none()) {
                    reading.late = Some(late);
                    reading.timing.hear(place.arrived, late, ahead);
                }
                keep(ahead.and_then(|ahead| reading.is_ahead(place.source, ahead)), out);
                for found in found {
                    let (found, place_of_line) = self.retold.complete(realm, found, place.of_line());
                    let (source, found) = (Some(place.source.clone()), Arc::new(found));
                    out.say(Event::Hit { source, realm, found, place: Some(place_of_line), copy_of });
                }
            }
            Err(Unreadable(why)) => keep(reading.misread(place.source, why), out),
        }
    }

    /// Lines of a source were read up to these positions; of the streams that ended nothing more will come.
    pub(in crate::core) fn reached(
        &mut self,
        source: &SourceName,
        positions: Vec<Position>,
        ended: &[String],
        out: &mut Out,
    ) {
        let Some(reading) = self.sources.get_mut(source) else {
            return out.inconsistent("a position in a source that is not in vigie.yaml", source);
        };
        if reading.format == Format::Auto {
            for picked in reading.streams.picked() {
                if !reading.told.contains(&picked) {
                    reading.told.push(picked);
                    let format = picked.word().to_owned();
                    keep(Some(SourceFact::Picked { source: source.clone(), format }), out);
                }
            }
        }
        let positions = reading.streams.commit(positions, ended);
        let held = self.held.entry(source.clone()).or_default();
        for Position { file, state } in positions.iter().cloned() {
            match state {
                Some(state) => drop(held.insert(file, state)),
                None => drop(held.remove(&file)),
            }
        }
        let row = |Position { file, state }| PositionRow { source: source.clone(), file, state };
        self.positions.extend(positions.iter().cloned().map(row));
        self.unsaid.entry(source.clone()).or_default().extend(positions);
    }
}

/// Shows records to the rules.
struct Eye<'l> {
    engine: &'l mut Engine,
    retold: &'l mut Retold,
    realm: Realm,
    arrived: Timestamp,
    /// Whether the line is the first of its batch.
    is_first: bool,
    /// What happened before is not wanted again.
    since: Option<Timestamp>,
}

impl Eye<'_> {
    /// Shows the records of one line.
    fn show_all(&mut self, records: &[crate::watch::event::Event]) -> Result<Seen, Unreadable> {
        let mut all = Seen::default();
        for record in records {
            let seen = self.show(record)?;
            all.found.extend(seen.found);
            all.ahead = all.ahead.max(seen.ahead);
            all.late = all.late.max(seen.late);
        }
        Ok(all)
    }

    fn show(&mut self, record: &impl Record) -> Result<Seen, Unreadable> {
        Ok(match self.engine.look(record)? {
            Some(sighting) => self.count(sighting, record),
            None => self.pass(record),
        })
    }

    /// Looks at no more of a record in which no rule saw anything than its time, and of one in each batch only: a clock is
    /// wrong for longer than that, and reading times takes long.
    fn pass(&self, record: &impl Record) -> Seen {
        let time = self.is_first.then(|| record.time());
        // What carries no time happened when it came.
        time.filter(|time| *time != self.arrived).map_or_else(Seen::default, |time| self.timed(time))
    }

    /// How far a time is from that of this machine.
    fn timed(&self, time: Timestamp) -> Seen {
        let late = Some(self.arrived.duration_since(time));
        let ahead = Some(time.duration_since(self.arrived)).filter(|ahead| *ahead > AHEAD);
        Seen { found: Vec::new(), ahead, late }
    }

    /// Counts what was seen in a record. One that is ahead of this machine's clock happened when it arrived.
    fn count(&mut self, mut sighting: Sighting, record: &impl Record) -> Seen {
        // What carries no time happened when it arrived.
        if self.since.is_some_and(|since| sighting.time < since || sighting.time == self.arrived) {
            return Seen::default();
        }
        let seen = self.timed(sighting.time);
        let Self { engine, retold, realm, arrived, .. } = self;
        if seen.ahead.is_some() {
            sighting.time = *arrived;
        }
        let found = engine.count(*realm, sighting, record, &mut |found| retold.wants(*realm, found, *arrived));
        Seen { found, ..seen }
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
