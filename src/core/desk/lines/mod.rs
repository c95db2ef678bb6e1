//! The desk of lines: sources are read, lines decoded, rules matched, and what does not come is waited for. Whether a
//! line is real was decided before it comes here; what a hit means is somebody else's work.

mod ahead;
mod losses;
mod pulse;
mod rate;
mod reading;
mod retold;
mod timing;
mod together;
mod waiting;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::Desk;
use crate::api::SourceStatus;
use crate::base::id::SourceName;
use crate::base::realm::Realm;
use crate::base::seal::Key;
use crate::core::Order;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::site::SourceSettings;
use crate::store::{Change, PositionRow, keep_last};
use crate::watch::line::Position;
use crate::watch::sigma::{Engine, Matcher};
use crate::watch::source::trouble::Trouble;

pub(in crate::core) use ahead::{Ahead, Glances};
pub(in crate::core) use pulse::ALIVE;
use reading::Reading;
pub(in crate::core) use reading::{Place, trouble};
use retold::Retold;
use together::Together;

/// How many positions of a source wait to be said before they are thinned out.
const UNSAID: usize = 256;

/// The desk.
#[derive(Debug)]
pub(in crate::core) struct Lines {
    /// Hides what windows are named after.
    key: Key,
    engine: Engine,
    /// Look at lines ahead of their turn, with the rules of the engine.
    crew: Vec<Matcher>,
    /// Since when its rules watch.
    since: Timestamp,
    sources: BTreeMap<SourceName, Reading>,
    positions: Vec<PositionRow>,
    /// How far each file was read since the start.
    held: BTreeMap<SourceName, BTreeMap<String, String>>,
    /// Positions that were given to be kept, until it is known that they are.
    unsaid: BTreeMap<SourceName, Vec<Position>>,
    /// Windows that nobody goes on with, by key.
    forgotten: Vec<(String, Option<String>)>,
    /// How many windows had been thrown away when it was told last.
    told_evicted: u64,
    retold: Retold,
    together: Together,
}

impl Lines {
    /// The desk of a site's sources and rules, which take up the windows they had.
    pub(in crate::core) fn new(
        sources: &[SourceSettings],
        engine: Engine,
        key: Key,
        windows: Vec<(String, String)>,
        now: Timestamp,
    ) -> Self {
        let mut engine = engine.keyed(key.clone());
        engine.restore(windows);
        engine.tell_time(Realm::Live, now);
        Self {
            key,
            engine,
            crew: Vec::new(),
            since: now,
            sources: sources.iter().map(|source| (source.name.clone(), Reading::new(source, now))).collect(),
            positions: Vec::new(),
            held: BTreeMap::new(),
            unsaid: BTreeMap::new(),
            forgotten: Vec::new(),
            told_evicted: 0,
            retold: Retold::default(),
            together: Together::default(),
        }
    }

    /// The rules.
    pub(in crate::core) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Since when they watch.
    pub(in crate::core) fn since(&self) -> Timestamp {
        self.since
    }

    /// What was read of each source, and how it is.
    pub(in crate::core) fn status(&self, now: Timestamp) -> Vec<SourceStatus> {
        self.sources.iter().map(|(name, reading)| reading.status(name, now)).collect()
    }

    /// Takes up when a source was heard last.
    pub(in crate::core) fn remember(&mut self, source: &SourceName, state: &str) {
        if let Some(reading) = self.sources.get_mut(source) {
            reading.pulse.remember(state);
        }
    }

    /// What keeps a source from being read from now on.
    pub(in crate::core) fn lasting(&mut self, source: &SourceName, troubles: Vec<Trouble>, now: Timestamp) {
        if let Some(reading) = self.sources.get_mut(source) {
            reading.pulse.lasting(troubles, now);
        }
    }

    /// Takes up how far each source was read.
    pub(in crate::core) fn take_up(&mut self, positions: &BTreeMap<SourceName, Vec<Position>>) {
        for (source, positions) in positions {
            let held = self.held.entry(source.clone()).or_default();
            held.extend(positions.iter().filter_map(|position| Some((position.file.clone(), position.state.clone()?))));
        }
    }

    /// How far a source was read.
    pub(in crate::core) fn positions(&self, source: &SourceName) -> Vec<Position> {
        let held = self.held.get(source).into_iter().flatten();
        held.map(|(file, state)| Position { file: file.clone(), state: Some(state.clone()) }).collect()
    }

    /// Goes on with a source in another way, or begins with it.
    pub(in crate::core) fn change(&mut self, settings: &SourceSettings, now: Timestamp) {
        let before = self.sources.remove(&settings.name);
        self.sources.insert(settings.name.clone(), Reading::after(before, settings, now));
    }

    /// Forgets a source that is read no more. What was wrong with it is nobody's trouble now.
    pub(in crate::core) fn forget(&mut self, source: &SourceName, out: &mut Out) {
        if let Some(reading) = self.sources.remove(source) {
            reading.pulse.over(source).into_iter().chain(reading.timing.over(source)).for_each(|event| out.say(event));
        }
    }

    /// Messages to a source were lost before anybody could read them.
    pub(in crate::core) fn dropped(&mut self, source: &SourceName, count: u64, now: Timestamp) {
        if let Some(reading) = self.sources.get_mut(source) {
            reading.losses.lose(count, now);
        }
    }

    /// Says of each source that people must look at it, or need not any more; whether there was any.
    fn judge(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        let now = context.now;
        let silent: Vec<&SourceName> =
            self.sources.iter().filter(|(_, reading)| reading.pulse.is_silent(now)).map(|(name, _)| name).collect();
        let watched = self.sources.values().filter(|reading| reading.pulse.may_not_be_silent()).count();
        let (many, said_of_all) = self.together.judge(&silent, watched);
        let mut all: Vec<Event> = said_of_all.into_iter().collect();
        for (name, reading) in &mut self.sources {
            reading.pulse.fold(many);
            all.extend(reading.pulse.judge(context, name));
            all.extend(reading.losses.judge(now, name));
            all.extend(reading.timing.judge(now, name).into_iter().flatten());
        }
        let any = !all.is_empty();
        for event in all {
            out.say(event);
        }
        any
    }

    /// What is to be told to sources: the positions that were kept since this was asked last. Nothing while the store cannot
    /// be written: what was read may have to be read again. Of what waits, the last of each file says all.
    pub(in crate::core) fn kept(&mut self, is_kept: bool) -> impl Iterator<Item = Order> + use<> {
        let unsaid = if is_kept { std::mem::take(&mut self.unsaid) } else { BTreeMap::new() };
        for positions in self.unsaid.values_mut().filter(|positions| positions.len() > UNSAID) {
            keep_last(positions, |position| position.file.clone());
        }
        unsaid.into_iter().map(|(source, positions)| Order::Kept { source, positions })
    }

    /// Goes on with other rules in the windows of the old ones. Windows of a correlation that is gone, or now counts
    /// something else, are forgotten, also on disk. How many there were.
    pub(in crate::core) fn hand_over(&mut self, now: Timestamp, engine: Engine) -> usize {
        let before = self.engine.windows();
        // What changed since the last commit may be of windows that nobody goes on with.
        let changes = self.engine.take_windows();
        self.forgotten.extend(changes.into_iter().map(|window| (window.key, window.state)));
        let mut engine = engine.keyed(self.key.clone());
        engine.restore(self.engine.all_windows());
        self.engine = engine;
        self.crew.clear();
        self.since = now;
        before
    }
}

impl Desk for Lines {
    fn hear(&mut self, _: Context<'_>, event: &Event, _: &mut Out) {
        if let Event::DrillOver { drill } = event {
            self.engine.forget(Realm::Drill(*drill));
        }
    }

    fn wake(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        self.miss(context.now, out) | self.judge(context, out)
    }

    fn deadline(&self) -> Option<Timestamp> {
        let of = |reading: &Reading| [reading.pulse.deadline(), reading.losses.deadline(), reading.timing.deadline()];
        let pulses = self.sources.values().flat_map(of).flatten();
        pulses.chain(self.engine.next_deadline()).min()
    }

    /// What rules wait for is told by the clock as it is now: see [`Lines::look_out`].
    fn shift(&mut self, by: SignedDuration) {
        for reading in self.sources.values_mut() {
            reading.pulse.shift(by);
            reading.losses.shift(by);
            reading.timing.shift(by);
        }
    }

    fn keep_all(&mut self) {
        self.forgotten.extend(self.engine.all_windows().into_iter().map(|(key, state)| (key, Some(state))));
        let held =
            self.held.iter().flat_map(|(source, files)| files.iter().map(move |(file, state)| (source, file, state)));
        self.positions.extend(held.map(|(source, file, state)| PositionRow {
            source: source.clone(),
            file: file.clone(),
            state: Some(state.clone()),
        }));
    }

    fn rows(&mut self, change: &mut Change) {
        let signs = self.sources.iter_mut().filter_map(|(name, reading)| reading.pulse.row(name));
        change.positions.extend(signs);
        change.positions.append(&mut self.positions);
        change.windows.append(&mut self.forgotten);
        let windows = self.engine.take_windows();
        change.windows.extend(windows.into_iter().map(|window| (window.key, window.state)));
    }
}

#[cfg(test)]
mod tests;
