//! A log as Windows itself keeps it (`.evtx`), while it grows: each new record is a line of JSON, once. Records have numbers,
//! and the number of the last one that was read is the position; where they stand in the file says nothing, it goes around.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::beside::From;
use super::evtx::{Newer, newer, newest};
use super::kind::{Checking, Kind, Opening, Outlet, Polled};
use super::trouble::Fault;
use crate::base::id::SourceName;
use crate::text::spanned::Spanned;
use crate::watch::line::{Batch, Line, Position};

/// How often it is looked at: nobody tells that such a file grows, least of all over a network.
const LOOK: Duration = Duration::from_secs(1);
/// After so many looks at which the newest record could not be read it is not being written, but damaged.
const RESTS: u32 = 60;

/// Which log to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    path: PathBuf,
    from: From,
}

/// Follows such a log for one source.
#[derive(Debug)]
pub struct EventLog {
    source: SourceName,
    settings: Watched,
    /// The number of the last record that was read; nothing before the file was seen.
    read: Option<u64>,
    /// How many looks in a row the newest record could not be read.
    waited: u32,
    /// Since when records are wanted of those there are at the first look, of which it is not known whether they were read.
    since: Option<Timestamp>,
    told: Option<Fault>,
}

/// How far it was read, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    record: u64,
}

impl Kind for EventLog {
    type Written = Spanned<String>;
    type Settings = Watched;

    fn check(written: &Spanned<String>, at: &mut Checking<'_>) -> Watched {
        Watched { path: at.folder.join(&written.value), from: at.beside.from }
    }

    fn open(source: SourceName, settings: &Watched, opening: Opening) -> Self {
        let name = Self::place(settings);
        let state = opening.positions.into_iter().find(|position| position.file == name).and_then(|kept| kept.state);
        let place = state.and_then(|state| serde_json::from_str::<Place>(&state).ok());
        Self {
            source,
            settings: settings.clone(),
            read: place.map(|place| place.record),
            since: opening.since,
            waited: 0,
            told: None,
        }
    }

    fn place(settings: &Watched) -> String {
        settings.path.display().to_string()
    }

    /// Notes where the log ends now, where only what is new is wanted.
    fn look(&mut self, now: Timestamp) -> Polled {
        if self.read.is_some() || self.since.is_some() || self.settings.from == From::Start {
            return Polled::default();
        }
        let mut polled = Polled::default();
        match File::open(&self.settings.path).and_then(|file| newest(&file)) {
            Ok(last) => {
                self.read = Some(last);
                polled.batches.push(self.batch(now, Vec::new()));
            }
            Err(error) => polled.lasting = self.suffer(Some(&error)),
        }
        polled
    }

    async fn run(mut self, mut outlet: Outlet) {
        // The file keeps its records by itself.
        outlet.kept.close();
        loop {
            let path = self.settings.path.clone();
            let (behind, rests) = (self.read.unwrap_or_default(), self.waited >= RESTS);
            let looked = tokio::task::spawn_blocking(move || newer(&File::open(path)?, behind, rests)).await;
            let Ok(looked) = looked else { return };
            let (more, polled) = self.take(looked, (outlet.now)());
            if !outlet.hand_over(&self.source, polled).await {
                return;
            }
            if !more && outlet.stop.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_none() {
                return;
            }
        }
    }
}

impl EventLog {
    /// What a look brought, and whether there is more.
    fn take(&mut self, looked: io::Result<Newer>, now: Timestamp) -> (bool, Polled) {
        let mut polled = Polled::default();
        let found = match looked {
            Ok(found) => found,
            Err(error) => {
                polled.lasting = self.suffer(Some(&error));
                return (false, polled);
            }
        };
        polled.lasting = self.suffer(None);
        self.waited = if found.waits && found.records.is_empty() { self.waited + 1 } else { 0 };
        if found.broken > 0 {
            polled.troubles.push(Fault::Records(found.broken).report(&self.source, Self::place(&self.settings)));
        }
        if self.read != Some(found.last) || !found.records.is_empty() {
            self.read = Some(found.last);
            let lines = found.records.into_iter().map(|(offset, text)| Line { text, offset, cut_from: None });
            polled.batches.push(self.batch(now, lines.collect()));
        }
        if !found.more {
            self.since = None;
        }
        (found.more, polled)
    }

    /// What keeps it from being read, where that is not what was said last.
    fn suffer(&mut self, error: Option<&io::Error>) -> Option<Vec<super::trouble::Trouble>> {
        let fault = error.map(|error| match error.kind() {
            io::ErrorKind::NotFound if self.read.is_some() => Fault::Gone,
            io::ErrorKind::NotFound => Fault::Missing,
            io::ErrorKind::PermissionDenied => Fault::Denied,
            _ => Fault::Unreadable(error.to_string()),
        });
        if fault == self.told {
            return None;
        }
        let report = |fault: &Fault| fault.report(&self.source, Self::place(&self.settings));
        let troubles = fault.iter().map(report).collect();
        self.told = fault;
        Some(troubles)
    }

    fn batch(&self, arrived: Timestamp, lines: Vec<Line>) -> Batch {
        let file = Self::place(&self.settings);
        let place = self.read.map(|record| Place { record });
        let state = place.and_then(|place| serde_json::to_string(&place).ok());
        let positions = vec![Position { file: file.clone(), state }];
        Batch {
            source: self.source.clone(),
            stream: file,
            arrived,
            lines,
            positions,
            ended: Vec::new(),
            since: self.since,
        }
    }
}
