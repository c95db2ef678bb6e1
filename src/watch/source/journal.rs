//! The journal of systemd, as the machine's own `journalctl` prints it: a child of vigie that follows it, begun anew where it
//! ends. Knows nothing of what a message says.
//!
//! Each entry becomes a line of syslog (`journal/entry`), so that rules find in it what they find in any other log. The
//! journal's own word for a place, its cursor, is the position.

mod entry;
mod fault;
mod program;

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::fault::Fault;
use self::program::{Came, Program};
use super::beside::From;
use super::kind::{Arrival, Checking, Kind, Opening, Outlet, Polled};
use crate::base::id::SourceName;
use crate::text::spanned::Spanned;
use crate::watch::line::{Batch, Line, Position};

/// What is written where the journal of this machine is meant.
const HERE: &str = "here";
/// What the journal is called among positions and streams.
const JOURNAL: &str = "journal";
/// How long until a program that ended is begun anew, the first time and at most.
const AGAIN: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(1));

/// Which journal to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The folder of its files; nothing for the machine's own.
    folder: Option<PathBuf>,
    from: From,
}

/// Follows a journal for one source.
#[derive(Debug)]
pub struct Journal {
    source: SourceName,
    settings: Following,
    cursor: Option<String>,
    /// Where to begin if nothing is known of a place.
    since: Option<Timestamp>,
    /// How many entries were read since the start.
    read: u64,
    /// Whether it was said that something keeps it from being read.
    told: Option<Fault>,
}

/// How far a journal was read, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    cursor: String,
}

impl Kind for Journal {
    type Written = Spanned<String>;
    type Settings = Following;

    fn check(written: &Spanned<String>, at: &mut Checking<'_>) -> Following {
        let folder = (written.value != HERE).then(|| at.folder.join(&written.value));
        Following { folder, from: at.beside.from }
    }

    fn open(source: SourceName, settings: &Following, opening: Opening) -> Self {
        let state = opening.positions.into_iter().find(|position| position.file == JOURNAL).and_then(|kept| kept.state);
        let place = state.and_then(|state| serde_json::from_str::<Place>(&state).ok());
        let cursor = place.map(|place| place.cursor);
        Self { source, settings: settings.clone(), cursor, since: opening.since, read: 0, told: None }
    }

    fn place(settings: &Following) -> String {
        settings.folder.as_ref().map_or_else(|| JOURNAL.to_owned(), |folder| folder.display().to_string())
    }

    /// Notes where the journal ends now: what comes from here on is new, also where vigie is stopped before anything does.
    fn look(&mut self, now: Timestamp) -> Polled {
        let mut polled = Polled::default();
        if self.cursor.is_none() && self.since.is_none() && self.settings.from == From::End {
            match program::last_cursor(self.settings.folder.as_deref()) {
                Ok(cursor) => self.cursor = cursor,
                Err(fault) => {
                    polled.lasting = Some(vec![fault.report(&self.source, Self::place(&self.settings))]);
                    self.told = Some(fault);
                }
            }
            polled.batches.extend(self.cursor.is_some().then(|| self.batch(now, Vec::new())));
        }
        polled
    }

    async fn run(mut self, mut outlet: Outlet) {
        // The journal keeps its entries by itself.
        outlet.kept.close();
        let mut pause = AGAIN.0;
        loop {
            let before = self.read;
            let Some(fault) = self.follow(&outlet).await else { return };
            if !self.tell(&outlet, Some(fault)).await {
                return;
            }
            pause = if self.read > before { AGAIN.0 } else { (pause * 2).min(AGAIN.1) };
            if outlet.stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
                return;
            }
        }
    }
}

impl Journal {
    /// Follows until the program ends, and says why it did; nothing where it is time to stop.
    async fn follow(&mut self, outlet: &Outlet) -> Option<Fault> {
        let folder = self.settings.folder.clone();
        if let Some(fault) = outlet.stop.run_until_cancelled(program::obstacle(folder.as_deref())).await?
            && !self.tell(outlet, Some(fault)).await
        {
            return None;
        }
        let mut program = match Program::start(folder.as_deref(), self.cursor.as_deref(), self.since) {
            Ok(program) => program,
            Err(fault) => return Some(fault),
        };
        loop {
            let came = outlet.stop.run_until_cancelled(program.next()).await?;
            let goes_on = match came {
                Came::Entries(entries) => self.hand_over(outlet, &entries).await,
                Came::Quiet if self.told.as_ref().is_some_and(|fault| !fault.lasts()) => {
                    let fault = outlet.stop.run_until_cancelled(program::obstacle(folder.as_deref())).await?;
                    self.tell(outlet, fault).await
                }
                Came::Quiet => true,
                Came::Over(fault) => return Some(fault),
            };
            if !goes_on {
                return None;
            }
        }
    }

    async fn hand_over(&mut self, outlet: &Outlet, entries: &[Vec<u8>]) -> bool {
        let mut lines = Vec::new();
        for entry in entries {
            if let Some(entry) = entry::read(entry) {
                self.cursor = Some(entry.cursor);
                lines.push(Line { text: entry.line, offset: self.read, cut_from: None });
                self.read += 1;
            } else {
                let trouble = Fault::Unreadable.report(&self.source, Self::place(&self.settings));
                outlet.out.send(Arrival::Trouble(trouble)).await.ok();
            }
        }
        let batch = self.batch((outlet.now)(), lines);
        if !matches!(outlet.stop.run_until_cancelled(outlet.out.send(Arrival::Batch(batch))).await, Some(Ok(()))) {
            return false;
        }
        // Whoever brings entries is well, unless it was said that some are kept from it.
        self.told.as_ref().is_none_or(Fault::lasts) || self.tell(outlet, None).await
    }

    /// Says what keeps the journal from being read, or that nothing does, where that is not what was said last.
    async fn tell(&mut self, outlet: &Outlet, fault: Option<Fault>) -> bool {
        if self.told == fault {
            return true;
        }
        let place = Self::place(&self.settings);
        let troubles = fault.iter().map(|fault| fault.report(&self.source, place.clone())).collect();
        self.told = fault;
        outlet.out.send(Arrival::Lasting(self.source.clone(), troubles)).await.is_ok()
    }

    fn batch(&self, arrived: Timestamp, lines: Vec<Line>) -> Batch {
        let place = self.cursor.clone().map(|cursor| Place { cursor });
        let state = place.and_then(|place| serde_json::to_string(&place).ok());
        Batch {
            source: self.source.clone(),
            stream: JOURNAL.to_owned(),
            arrived,
            lines,
            positions: vec![Position { file: JOURNAL.to_owned(), state }],
            ended: Vec::new(),
            since: None,
        }
    }
}
