//! The sources as they are read: each in a task of its own, which can be stopped and begun anew while all others go on.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::clock;
use crate::base::id::SourceName;
use crate::base::seal::Key;
use crate::core::Input;
use crate::site::SourceSettings;
use crate::watch::line::Position;
use crate::watch::source::{Arrival, Opening, Outlet, Room, Source};

/// The folder in the state folder in which each source has a place of its own.
pub(super) const ROOMS: &str = "received";

/// All sources that are read.
pub(super) struct Readers {
    pub(super) lines: mpsc::Sender<Arrival>,
    pub(super) state: PathBuf,
    pub(super) key: Key,
    pub(super) stop: CancellationToken,
    pub(super) tasks: TaskTracker,
    pub(super) reading: BTreeMap<SourceName, Reader>,
}

/// A source that is read.
pub(super) struct Reader {
    settings: SourceSettings,
    /// Where it is told what was kept of it. One that does not want to know has closed it.
    kept: mpsc::UnboundedSender<Vec<Position>>,
    stop: CancellationToken,
    /// When its task has ended.
    over: CancellationToken,
}

impl Readers {
    /// A source of the site, ready to be read from `positions` on, or where they are lost from an instant, and what a first
    /// look at it brings: kept before the daemon says that it watches, it decides from which line on nothing is missed.
    pub(super) fn look(
        &self,
        settings: &SourceSettings,
        positions: Vec<Position>,
        since: Option<Timestamp>,
    ) -> (Source, Vec<Input>) {
        let mut source = self.open(settings, positions, since);
        let looked = source.look(clock::now());
        let first = looked.arrivals(&settings.name).map(Input::from).collect();
        (source, first)
    }

    fn open(&self, settings: &SourceSettings, positions: Vec<Position>, since: Option<Timestamp>) -> Source {
        // A name may hold what no name of a folder may.
        let folder = self.state.join(ROOMS).join(self.key.sign(settings.name.as_str().as_bytes()));
        let opening = Opening { positions, since, room: Some(Room { folder, key: self.key.clone() }) };
        Source::open(settings.name.clone(), &settings.lines, opening)
    }

    /// Reads a source that was looked at.
    pub(super) fn read(&mut self, settings: SourceSettings, source: Source) {
        let (outlet, over) = self.outlet(settings);
        self.tasks.spawn(async move {
            let _over = over.drop_guard();
            source.run(outlet).await;
        });
    }

    /// Begins to read a source while everything else goes on.
    pub(super) fn begin(&mut self, settings: SourceSettings, positions: Vec<Position>) {
        let (name, mut source) = (settings.name.clone(), self.open(&settings, positions, None));
        let (outlet, over) = self.outlet(settings);
        self.tasks.spawn(async move {
            let _over = over.drop_guard();
            // A network share can take its time.
            let looked = tokio::task::spawn_blocking(move || {
                let looked = source.look(clock::now());
                (source, looked)
            });
            let Ok((source, looked)) = looked.await else { return };
            if outlet.hand_over(&name, looked).await {
                source.run(outlet).await;
            }
        });
    }

    /// Takes note of a source: where its lines go, and what to cancel when its task has ended.
    fn outlet(&mut self, settings: SourceSettings) -> (Outlet, CancellationToken) {
        let ((kept_out, kept), stop) = (mpsc::unbounded_channel(), self.stop.child_token());
        let (name, over) = (settings.name.clone(), CancellationToken::new());
        self.reading.insert(name, Reader { settings, kept: kept_out, stop: stop.clone(), over: over.clone() });
        (Outlet { out: self.lines.clone(), kept, stop, now: clock::now }, over)
    }

    /// Tells a source what was kept of it.
    pub(super) fn kept(&self, source: &SourceName, positions: Vec<Position>) {
        if let Some(reader) = self.reading.get(source) {
            reader.kept.send(positions).ok();
        }
    }

    /// A source as it is read.
    pub(super) fn settings(&self, source: &SourceName) -> Option<&SourceSettings> {
        self.reading.get(source).map(|reader| &reader.settings)
    }

    /// Stops reading a source. When the last of what it read was handed over, the core is told.
    pub(super) fn leave(&mut self, source: SourceName) {
        let Some(reader) = self.reading.remove(&source) else { return };
        reader.stop.cancel();
        let lines = self.lines.clone();
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            reader.over.cancelled().await;
            stop.run_until_cancelled(lines.send(Arrival::Over(source))).await;
        });
    }
}
