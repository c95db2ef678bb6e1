//! One pass over a log: lines are read and decoded in their order, looked at on as many threads as there are, and counted
//! in their order again. What comes of it does not depend on the threads.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::crew;
use crate::base::realm::Realm;
use crate::daemon::clock;
use crate::watch::event::Event;
use crate::watch::format::{Decoder, Format, Objects, Read};
use crate::watch::intake::replay;
use crate::watch::line::Block;
use crate::watch::record::{Record, Unreadable};
use crate::watch::sigma::{Engine, Eye, Match, Sighting};

/// More threads than this wait for the one that reads.
const THREADS: usize = 8;

/// How logs are gone through.
#[derive(Debug, Clone)]
pub(super) struct Pass {
    pub(super) format: Format,
    /// The zone of timestamps that name none.
    pub(super) zone: TimeZone,
    /// How many threads look at events; with one, it is the one that reads.
    pub(super) threads: usize,
    /// How many lines are handed over at a time, at most.
    pub(super) room: usize,
}

/// What came of one line.
#[derive(Debug)]
pub(super) struct Counted {
    /// Where the line is in its file.
    pub(super) offset: u64,
    pub(super) matches: Vec<Match>,
    /// Why its format could not read it, if so.
    pub(super) malformed: Option<Cow<'static, str>>,
}

/// What there is to say of a log as a whole.
#[derive(Debug)]
pub(super) struct End {
    /// The format it was read as.
    pub(super) format: Option<Format>,
    /// The place behind its last line.
    pub(super) at: u64,
    /// Records that are in it and nobody can read.
    pub(super) broken: u64,
}

/// As many threads as there are cores, within reason.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(THREADS))
}

/// When the lines of a file arrived, as far as the file tells.
pub(super) fn arrival(path: &Path) -> Timestamp {
    let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    modified.and_then(|at| Timestamp::try_from(at).ok()).unwrap_or_else(clock::now)
}

impl Pass {
    /// Goes through one file and tells each line's outcome, in their order. Each file is looked at on its own: windows of
    /// one do not count lines of another. Years that its timestamps do not name are those nearest to the file's own date.
    pub(super) fn file(
        &self,
        path: &Path,
        engine: &mut Engine,
        each: impl FnMut(Counted) -> Result<()>,
    ) -> Result<End> {
        let unreadable = || format!("cannot read {}", path.display());
        let mut log = replay::open(path).with_context(unreadable)?;
        let format = if log.is_records() { Format::Json } else { self.format };
        let mut reader = Reader { decoder: Decoder::new(format, self.zone.clone(), None), arrived: arrival(path) };
        let next = || log.next(self.room).with_context(unreadable);
        self.run(&mut reader, next, engine, each)?;
        Ok(End { format: reader.decoder.picked(), at: log.at(), broken: log.broken() })
    }

    /// Goes through lines that arrive now.
    pub(super) fn text(&self, text: &str, engine: &mut Engine, each: impl FnMut(Counted) -> Result<()>) -> Result<()> {
        let mut block = Block::default();
        text.lines().for_each(|line| block.push(line, 0, None));
        let mut block = Some(block);
        let mut reader = Reader { decoder: Decoder::new(self.format, self.zone.clone(), None), arrived: clock::now() };
        self.run(&mut reader, || Ok(block.take()), engine, each)
    }

    fn run(
        &self,
        reader: &mut Reader,
        mut next: impl FnMut() -> Result<Option<Block>>,
        engine: &mut Engine,
        mut each: impl FnMut(Counted) -> Result<()>,
    ) -> Result<()> {
        engine.forget(Realm::Live);
        let (objects, arrived, timed) = (reader.decoder.objects(), reader.arrived, engine.may_wait());
        let looker = || Looker { eye: engine.eye(), objects: objects.clone(), arrived, timed };
        let mut lookers: Vec<Looker> = std::iter::repeat_with(looker).take(self.threads.max(1)).collect();
        let next = || Ok(next()?.map(|block| reader.sheet(block)));
        let worker = || {
            let mut looker = lookers.pop().expect("there is one for each thread");
            move |sheet: Sheet| looker.look(&sheet)
        };
        crew::in_order(self.threads, worker, next, |seen: Vec<Seen>| {
            seen.into_iter().try_for_each(|seen| each(seen.count(engine)))
        })
    }
}

/// Decodes what has to be decoded in the order of the lines.
struct Reader {
    decoder: Decoder,
    arrived: Timestamp,
}

/// Lines on their way to an eye.
struct Sheet {
    text: String,
    lines: Vec<(u64, Decoded)>,
}

/// A line as far as it had to be decoded.
enum Decoded {
    Event(Box<Event>),
    /// One JSON object, at this place in the text.
    Object(Range<usize>),
    Skipped,
    Malformed(String),
}

impl Reader {
    fn sheet(&mut self, block: Block) -> Sheet {
        let Block { text, lines } = block;
        let mut decoded = Vec::with_capacity(lines.len());
        for line in lines {
            let what = match self.decoder.read(self.arrived, &text[line.at.clone()]) {
                Read::Event(event) => Decoded::Event(Box::new(event)),
                Read::Object(_) => Decoded::Object(line.at),
                Read::Skipped => Decoded::Skipped,
                Read::Malformed { why } => Decoded::Malformed(why),
            };
            decoded.push((line.offset, what));
        }
        Sheet { text, lines: decoded }
    }
}

/// Looks at lines, whichever they are.
struct Looker {
    eye: Eye,
    objects: Objects,
    arrived: Timestamp,
    /// Whether the time of every event counts, not only of those in which something was seen.
    timed: bool,
}

/// What was seen in one line.
struct Seen {
    offset: u64,
    time: Option<Timestamp>,
    sighting: Option<Sighting>,
    malformed: Option<Cow<'static, str>>,
}

impl Looker {
    fn look(&mut self, sheet: &Sheet) -> Vec<Seen> {
        let Self { eye, objects, arrived, timed } = self;
        let mut seen = Vec::with_capacity(sheet.lines.len());
        for (offset, decoded) in &sheet.lines {
            let nothing = Seen { offset: *offset, time: None, sighting: None, malformed: None };
            seen.push(match decoded {
                Decoded::Event(event) => nothing.of(eye, &**event, *timed),
                Decoded::Object(at) => nothing.of(eye, &objects.object(*arrived, &sheet.text[at.clone()]), *timed),
                Decoded::Skipped => nothing,
                Decoded::Malformed(why) => Seen { malformed: Some(Cow::Owned(why.clone())), ..nothing },
            });
        }
        seen
    }
}

impl Seen {
    fn of(self, eye: &mut Eye, record: &impl Record, timed: bool) -> Self {
        match eye.look(record) {
            Ok(sighting) => Self { time: timed.then(|| record.time()), sighting, ..self },
            Err(Unreadable(why)) => Self { malformed: Some(Cow::Borrowed(why)), ..self },
        }
    }

    fn count(self, engine: &mut Engine) -> Counted {
        let Self { offset, time, sighting, malformed } = self;
        let mut matches = Vec::new();
        // In old logs no time passes but that of the events.
        if let Some(time) = time
            && engine.waits()
        {
            matches = engine.elapse(Realm::Live, time);
        }
        matches.extend(sighting.into_iter().flat_map(|sighting| engine.count(Realm::Live, sighting)));
        Counted { offset, matches, malformed }
    }
}

#[cfg(test)]
mod tests;
