//! Looking ahead: what rules see in lines that stand alone is found out on all cores before the turn of the first of them
//! comes. It is what would have been seen then, since looking remembers nothing; counting goes in the order of the lines, and
//! whatever is odd about a line is left for its turn.

use std::collections::VecDeque;
use std::ops::Range;
use std::thread::{self, Builder, ScopedJoinHandle};

use super::Lines;
use crate::watch::event::Event;
use crate::watch::format::{Decoded, Decoder, Read};
use crate::watch::label;
use crate::watch::line::{Batch, Line};
use crate::watch::record::Ordinary;
use crate::watch::sigma::{Matcher, Sighting};

/// Fewer lines than this are not worth a second thread.
const WORTH: usize = 2_000;
/// Lines are shared out in pieces of this many.
const PIECE: usize = 500;
/// More threads than this wait for the one that counts.
const THREADS: usize = 8;

/// What was seen in the lines of batches whose turn has not come yet.
#[derive(Debug, Default)]
pub(in crate::core) struct Ahead(VecDeque<Glances>);

/// What was seen in the lines of one batch, in their order; nothing where nobody looked.
pub(in crate::core) type Glances = Vec<Option<Glance>>;

/// What was seen in a line.
#[derive(Debug)]
pub(in crate::core) struct Glance {
    /// Whether a rule was for it.
    pub(super) watched: bool,
    pub(super) seen: Option<Box<Seen>>,
}

/// What rules saw, and the event in which they did where the line had to be decoded.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) sighting: Sighting,
    pub(super) event: Option<Event>,
}

impl Ahead {
    /// What was seen in the batch whose turn it is.
    pub(in crate::core) fn next(&mut self) -> Glances {
        self.0.pop_front().unwrap_or_default()
    }

    /// Forgets everything: rules or sources are others now.
    pub(in crate::core) fn forget(&mut self) {
        self.0.clear();
    }
}

/// Lines of one stream, some of a batch.
struct Piece<'a> {
    batch: &'a Batch,
    lines: Range<usize>,
    decoder: &'a Decoder,
}

impl Lines {
    /// Looks at the lines of `batches`, whose turn comes in this order. Nothing where there are few, or only one core.
    pub(in crate::core) fn look_ahead<'a>(&mut self, batches: impl Iterator<Item = &'a Batch> + Clone) -> Ahead {
        if batches.clone().map(|batch| batch.lines.len()).sum::<usize>() < WORTH {
            return Ahead::default();
        }
        let threads = thread::available_parallelism().map_or(1, |cores| cores.get().min(THREADS));
        if threads == 1 {
            return Ahead::default();
        }
        let Self { engine, crew, sources, .. } = self;
        crew.resize_with(threads, || engine.matcher());
        let pieces: Vec<Piece<'_>> = batches
            .clone()
            .filter_map(|batch| Some((batch, sources.get(&batch.source)?.streams.decoder(&batch.stream))))
            .flat_map(|(batch, decoder)| {
                let starts = (0..batch.lines.len()).step_by(PIECE);
                starts.map(move |start| Piece { batch, lines: start..batch.lines.len().min(start + PIECE), decoder })
            })
            .collect();
        let mut looked = look_at_all(&pieces, crew, Builder::new).into_iter();
        let glances = |batch: &Batch| {
            let known = sources.contains_key(&batch.source);
            let pieces = if known { batch.lines.len().div_ceil(PIECE) } else { 0 };
            looked.by_ref().take(pieces).flatten().collect()
        };
        Ahead(batches.map(glances).collect())
    }
}

/// Looks at all pieces, each matcher on a thread of its own, the last on this one. Where the system gives no thread, its pieces
/// are left for their turn: whoever wants to blind vigie can use up the threads of a machine.
fn look_at_all(pieces: &[Piece<'_>], crew: &mut [Matcher], thread: fn() -> Builder) -> Vec<Glances> {
    let share = pieces.len().div_ceil(crew.len());
    let look = |pieces: &[Piece<'_>], matcher: &mut Matcher| -> Vec<Glances> {
        pieces.iter().map(|piece| piece.look(matcher)).collect()
    };
    thread::scope(|scope| {
        let mut hands: Vec<_> = pieces.chunks(share.max(1)).zip(crew).collect();
        let own = hands.pop();
        let begin = |(pieces, matcher)| (pieces, thread().spawn_scoped(scope, move || look(pieces, matcher)));
        let others: Vec<(&[Piece<'_>], _)> = hands.into_iter().map(begin).collect();
        let own = own.map(|(pieces, matcher)| look(pieces, matcher));
        let joined = others.into_iter().flat_map(|(pieces, hand)| match hand.map(ScopedJoinHandle::join) {
            Ok(Ok(looked)) => looked,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => pieces.iter().map(Piece::left).collect(),
        });
        joined.chain(own.into_iter().flatten()).collect()
    })
}

impl Piece<'_> {
    /// Nothing was seen of its lines yet.
    fn left(&self) -> Glances {
        self.lines.clone().map(|_| None).collect()
    }

    fn look(&self, matcher: &mut Matcher) -> Glances {
        self.batch.lines[self.lines.clone()].iter().map(|line| self.glance(line, matcher)).collect()
    }

    /// What is seen in a line that stands alone and is surely real.
    fn glance(&self, line: &Line, matcher: &mut Matcher) -> Option<Glance> {
        let text = &line.text;
        if line.cut_from.is_some() || label::looks_marked(text) || !self.decoder.is_alone(text) {
            return None;
        }
        let is_wanted = &mut |ordinary: Ordinary<'_>| matcher.wants(ordinary);
        let (sighting, event) = match self.decoder.raws().read_wanted(self.batch.arrived, text, is_wanted) {
            Read::Raw(raw) => (matcher.look(&raw).ok()?, None),
            Read::Decoded(Decoded::Event(event)) => (matcher.look(&event).ok()?, Some(event)),
            Read::Decoded(Decoded::Skipped) => (None, None),
            Read::Decoded(_) => return None,
        };
        let seen = sighting.map(|sighting| Box::new(Seen { sighting, event }));
        Some(Glance { watched: matcher.take_watched(), seen })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::watch::format::Format;
    use crate::watch::sigma::Engine;

    #[test]
    fn where_there_is_no_thread_lines_are_left_for_their_turn() {
        let line = |offset| Line { text: "Nov 21 19:31:05 srv sshd[1]: x".to_owned(), offset, cut_from: None };
        let batch = Batch {
            source: crate::base::id::SourceName("a".to_owned()),
            stream: "f".to_owned(),
            arrived: Timestamp::UNIX_EPOCH,
            lines: (0..4).map(line).collect(),
            positions: Vec::new(),
            ended: Vec::new(),
            since: None,
        };
        let decoder = Decoder::new(Format::Syslog, TimeZone::UTC, None);
        let pieces = [0..2, 2..4].map(|lines| Piece { batch: &batch, lines, decoder: &decoder });
        let mut crew = [Engine::default().matcher(), Engine::default().matcher()];
        let seen = |glances: Vec<Glances>| glances.iter().flatten().map(Option::is_some).collect::<Vec<bool>>();
        assert_eq!(seen(look_at_all(&pieces, &mut crew, Builder::new)), [true; 4]);
        let without = || Builder::new().stack_size(1 << 60);
        assert_eq!(seen(look_at_all(&pieces, &mut crew, without)), [false, false, true, true]);
    }
}
