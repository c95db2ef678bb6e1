//! One pass over a log: lines are read in their order, decoded and looked at on as many threads as there are, and counted in
//! their order again. What comes of it does not depend on the threads: what has to be decoded in the order of the lines is.

use std::cell::Cell;
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::crew;
use super::years::Years;
use crate::base::realm::Realm;
use crate::watch::event::{Event, Logsource};
use crate::watch::format::{Decoded, Decoder, Format, Raw, Raws, Read};
use crate::watch::line::{Block, Span};
use crate::watch::record::{Ordinary, Record, Unreadable};
use crate::watch::sigma::{Engine, Match, Matcher, Sighting};
use crate::watch::source::replay;
use crate::words::failure::{Failure, unread};

/// More threads than this wait for the one that reads.
const THREADS: usize = 8;

/// How logs are gone through.
#[derive(Debug, Clone)]
pub(crate) struct Pass {
    pub(crate) format: Format,
    /// The zone of timestamps that name none.
    pub(crate) zone: TimeZone,
    /// What kind of log all of it is, where that was said.
    pub(crate) own: Option<Logsource>,
    /// How many threads look at events; with one, it is the one that reads.
    pub(crate) threads: usize,
    /// How many lines are handed over at a time, at most.
    pub(crate) room: usize,
    /// Where the time comes from, where a file does not tell it.
    pub(crate) clock: Clock,
    /// How many bytes of the file at hand were read, for whoever shows it.
    pub(crate) read: Rc<Cell<u64>>,
}

/// What came of one line.
#[derive(Debug)]
pub(crate) struct Counted {
    /// Where the line is in its file.
    pub(crate) offset: u64,
    /// What was found, with what only goes on.
    pub(crate) matches: Vec<Match>,
    /// Why its format could not read it, if so.
    pub(crate) malformed: Option<&'static str>,
    /// Whether it is of no format that vigie knows, and was looked at as it stands.
    pub(crate) unknown: bool,
    /// Whether it was too long, and only its head was looked at.
    pub(crate) cut: bool,
}

impl Counted {
    /// What was found that is new.
    pub(crate) fn fresh(&self) -> impl Iterator<Item = &Match> {
        self.matches.iter().filter(|found| !found.goes_on)
    }
}

/// What there is to say of a log as a whole.
#[derive(Debug)]
pub(crate) struct End {
    /// The format it was read as.
    pub(crate) format: Option<Format>,
    /// The place behind its last line.
    pub(crate) at: u64,
    /// Whether a rule was for any of its lines.
    pub(crate) watched: bool,
    /// Records that are in it and nobody can read.
    pub(crate) broken: u64,
}

/// As many threads as there are cores, within reason.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(THREADS))
}

/// Where the time comes from.
pub(crate) type Clock = fn() -> Timestamp;

/// When the lines of a file arrived, as far as the file tells.
pub(crate) fn arrival(path: &Path, clock: Clock) -> Timestamp {
    let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    modified.and_then(|at| Timestamp::try_from(at).ok()).unwrap_or_else(clock)
}

impl Pass {
    /// Goes through one file and tells each line's outcome, in their order. Each file is looked at on its own: windows of
    /// one do not count lines of another. Years that its timestamps do not name are those nearest to the file's own date.
    pub(crate) fn file(
        &self,
        path: &Path,
        engine: &mut Engine,
        each: impl FnMut(Counted) -> Result<()>,
    ) -> Result<End> {
        let unreadable = || Failure(unread(path.display()));
        let mut log = replay::open(path).with_context(unreadable)?;
        let format = if log.is_records() { Format::Json } else { self.format };
        let mut reader = self.reader(format, Years::of(path, &self.zone, arrival(path, self.clock)));
        let next = || {
            let block = log.next(self.room).with_context(unreadable);
            self.read.set(log.read());
            block
        };
        let watched = self.run(&mut reader, next, engine, each)?;
        Ok(End { watched, format: reader.decoder.picked(), at: log.at(), broken: log.broken() })
    }

    /// Goes through lines that arrive now.
    pub(crate) fn text(&self, text: &str, engine: &mut Engine, each: impl FnMut(Counted) -> Result<()>) -> Result<()> {
        let mut block = Block::default();
        text.lines().for_each(|line| block.push(line, 0, None));
        let mut block = Some(block);
        let mut reader = self.reader(self.format, Years::now((self.clock)()));
        self.run(&mut reader, || Ok(block.take()), engine, each).map(drop)
    }

    fn reader(&self, format: Format, years: Years) -> Reader {
        Reader { decoder: Decoder::new(format, self.zone.clone(), self.own.clone()), years: Arc::new(years) }
    }

    /// Goes through all lines. Whether a rule was for any of them.
    fn run(
        &self,
        reader: &mut Reader,
        mut next: impl FnMut() -> Result<Option<Block>>,
        engine: &mut Engine,
        mut each: impl FnMut(Counted) -> Result<()>,
    ) -> Result<bool> {
        engine.forget(Realm::Live);
        let (raws, timed) =
            (Undecoded { raws: reader.decoder.raws().clone(), years: reader.years.clone() }, engine.may_wait());
        let looker = || Looker { raws: raws.clone(), eye: Eye { matcher: engine.matcher(), timed } };
        let mut lookers: Vec<Looker> = std::iter::repeat_with(looker).take(self.threads.max(1)).collect();
        let next = || Ok(next()?.map(|block| reader.sheet(block)));
        let worker = || {
            let mut looker = lookers.pop().expect("there is one for each thread");
            move |sheet: Sheet| looker.look(sheet)
        };
        let mut watched = false;
        crew::in_order(self.threads, worker, next, |looked: Looked| {
            watched |= looked.watched;
            looked.count(&raws, engine, &mut each)
        })?;
        Ok(watched)
    }
}

/// Decodes what has to be decoded in the order of the lines.
struct Reader {
    decoder: Decoder,
    years: Arc<Years>,
}

/// Lines on their way to a matcher.
struct Sheet {
    block: Block,
    /// Those that had to be decoded in their order, by their number in the block. The others stand alone.
    decoded: Vec<(usize, Decoded)>,
}

impl Reader {
    fn sheet(&mut self, block: Block) -> Sheet {
        let mut decoded = Vec::new();
        for (number, line) in block.lines.iter().enumerate() {
            let text = &block.text[line.at.clone()];
            let arrived = self.years.arrival(line.offset);
            let read = match line.cut_from {
                Some(_) => self.decoder.decode_head(arrived, text),
                None if self.decoder.passes(text) => continue,
                None => self.decoder.decode(arrived, text),
            };
            decoded.push((number, read));
        }
        Sheet { block, decoded }
    }
}

/// Lines that stand alone.
#[derive(Clone)]
struct Undecoded {
    raws: Raws,
    years: Arc<Years>,
}

impl Undecoded {
    /// When the line of this `number` arrived, and what it says.
    fn line<'a>(&self, block: &'a Block, number: usize) -> (Timestamp, &'a str) {
        let line = &block.lines[number];
        (self.years.arrival(line.offset), &block.text[line.at.clone()])
    }

    /// The line of this `number`, read no further than the rules of an eye need.
    fn read<'a>(&'a self, block: &'a Block, number: usize, eye: &mut Eye) -> Read<'a> {
        let (arrived, text) = self.line(block, number);
        self.raws.read_wanted(arrived, text, &mut |ordinary: Ordinary<'_>| eye.matcher.wants(ordinary) || eye.timed)
    }

    /// The same as what is not decoded.
    fn raw<'a>(&'a self, block: &'a Block, number: usize) -> Raw<'a> {
        let (arrived, text) = self.line(block, number);
        self.raws.raw(arrived, text)
    }

    /// As [`Raws::unread`].
    fn unread(&self, block: &Block, number: usize, why: Unreadable) -> Decoded {
        let (arrived, text) = self.line(block, number);
        self.raws.unread(arrived, text, why)
    }
}

/// Looks at lines, whichever they are.
struct Looker {
    raws: Undecoded,
    eye: Eye,
}

/// Looks at what was read.
struct Eye {
    matcher: Matcher,
    /// Whether the time of every event counts, not only of those in which something was seen.
    timed: bool,
}

/// Lines that were looked at. Of most there is nothing to say, so they have no more than their place.
struct Looked {
    block: Block,
    /// What there is to say of a line, by its number.
    notes: Vec<(usize, Note)>,
    /// Whether a rule was for any of them.
    watched: bool,
}

/// What was seen in one line.
#[derive(Default)]
struct Note {
    time: Option<Timestamp>,
    sighting: Option<Sighting>,
    /// The event in which something was seen, where the line had to be decoded.
    event: Option<Box<Event>>,
    malformed: Option<&'static str>,
    /// Whether it is of no format that vigie knows.
    unknown: bool,
}

impl Looker {
    fn look(&mut self, sheet: Sheet) -> Looked {
        let Sheet { block, decoded } = sheet;
        let (mut notes, mut at) = (Vec::new(), 0);
        for (number, what) in decoded {
            self.look_at(&block, at..number, &mut notes);
            self.eye.decoded(number, what, &mut notes);
            at = number + 1;
        }
        self.look_at(&block, at..block.lines.len(), &mut notes);
        Looked { block, notes, watched: self.eye.matcher.take_watched() }
    }

    /// Looks at lines that stand alone.
    fn look_at(&mut self, block: &Block, lines: Range<usize>, notes: &mut Vec<(usize, Note)>) {
        let Self { raws, eye } = self;
        for number in lines {
            match raws.read(block, number, eye) {
                Read::Decoded(what) => eye.decoded(number, what, notes),
                Read::Raw(raw) => {
                    let Some(note) = eye.note(&raw) else { continue };
                    match note.malformed {
                        Some(why) => eye.decoded(number, raws.unread(block, number, Unreadable(why)), notes),
                        None => notes.push((number, note)),
                    }
                }
            }
        }
    }
}

impl Eye {
    /// Looks at a line that was decoded.
    fn decoded(&mut self, number: usize, what: Decoded, notes: &mut Vec<(usize, Note)>) {
        match what {
            Decoded::Event(event) => notes.extend(self.event(event).map(|note| (number, note))),
            Decoded::Several(events) => {
                notes.extend(events.into_iter().filter_map(|event| self.event(event)).map(|note| (number, note)));
            }
            Decoded::Unknown(event) => notes.push((number, self.unknown(event))),
            Decoded::Skipped => {}
            Decoded::Malformed { why, event } => {
                // When it was written cannot be told, so no time passes with it.
                let seen = self.event(*event).unwrap_or_default();
                notes.push((number, Note { malformed: Some(why), time: None, ..seen }));
            }
        }
    }

    /// What is seen in an event.
    fn event(&mut self, event: Event) -> Option<Note> {
        let note = self.note(&event)?;
        Some(Note { event: note.sighting.is_some().then(|| Box::new(event)), ..note })
    }

    /// The same of a line of no format that vigie knows.
    fn unknown(&mut self, event: Event) -> Note {
        Note { unknown: true, ..self.event(event).unwrap_or_default() }
    }

    fn note(&mut self, record: &impl Record) -> Option<Note> {
        match self.matcher.look(record) {
            Ok(None) if !self.timed => None,
            Ok(sighting) => Some(Note { time: self.timed.then(|| record.time()), sighting, ..Note::default() }),
            Err(Unreadable(why)) => Some(Note { malformed: Some(why), ..Note::default() }),
        }
    }
}

impl Note {
    /// Counts the line, which is `raw` where it was not decoded.
    fn count(self, line: &Span, raw: &Raw<'_>, engine: &mut Engine) -> Counted {
        let Self { time, sighting, event, malformed, unknown } = self;
        let mut matches = Vec::new();
        // In old logs no time passes but that of the events.
        if let Some(time) = time
            && engine.waits()
        {
            matches = engine.elapse(Realm::Live, time);
        }
        if let Some(sighting) = sighting {
            let wanted = &mut |found: &Match| !found.goes_on;
            matches.extend(match event {
                Some(event) => engine.count(Realm::Live, sighting, &*event, wanted),
                None => engine.count(Realm::Live, sighting, raw, wanted),
            });
        }
        Counted { offset: line.offset, matches, malformed, unknown, cut: line.cut_from.is_some() }
    }
}

impl Looked {
    fn count(self, raws: &Undecoded, engine: &mut Engine, each: &mut impl FnMut(Counted) -> Result<()>) -> Result<()> {
        let Self { block, notes, .. } = self;
        let lines = &block.lines;
        let nothing = |line: &Span| Counted {
            offset: line.offset,
            matches: Vec::new(),
            malformed: None,
            unknown: false,
            cut: line.cut_from.is_some(),
        };
        let (mut at, mut notes) = (0, notes.into_iter().peekable());
        while let Some((number, note)) = notes.next() {
            lines[at..number].iter().try_for_each(|line| each(nothing(line)))?;
            let raw = raws.raw(&block, number);
            let mut counted = note.count(&lines[number], &raw, engine);
            // A line can tell of several events.
            while let Some((_, note)) = notes.next_if(|(next, _)| *next == number) {
                counted.matches.extend(note.count(&lines[number], &raw, engine).matches);
            }
            each(counted)?;
            at = number + 1;
        }
        lines[at..].iter().try_for_each(|line| each(nothing(line)))
    }
}

#[cfg(test)]
mod tests;
