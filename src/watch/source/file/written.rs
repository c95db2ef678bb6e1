//! A log to follow, as it is written in vigie.yaml and as it is checked.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::glimpse::{endings, there};
use super::{Follower, Settings, run};
use crate::base::id::SourceName;
use crate::finding::site::{folder_followed, no_bound, no_file_followed, no_pattern};
use crate::text::spanned::Spanned;
use crate::watch::source::beside::{From, Writer};
use crate::watch::source::inject;
use crate::watch::source::kind::{Checking, Ending, Kind, Opening, Outlet, Polled};
use crate::watch::source::split::LONGEST;

/// Logs to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logs {
    /// Absolute path or pattern.
    pub pattern: String,
    /// Where to begin at the very first start.
    pub from: From,
    /// The file that exercises write to.
    pub inject: Option<PathBuf>,
    /// How its program writes to it, where the site says so.
    pub writer: Option<Writer>,
    /// How many bytes of a line are kept.
    pub(crate) longest: usize,
}

/// The bounds of how much of a line may be kept: no line of an exercise may be cut, and a line must fit into memory.
const LEAST: (&str, u64) = ("64KiB", inject::LONGEST as u64);
const MOST: (&str, u64) = ("64MiB", 64 << 20);

/// How many bytes of a line are kept.
fn longest(at: &mut Checking<'_>) -> usize {
    let asked = at.size(at.beside.longest, LONGEST as u64);
    if let Some(written) = at.beside.longest
        && !(LEAST.1..=MOST.1).contains(&asked)
    {
        at.found.push(no_bound(written, LEAST.0, MOST.0).at(at.source, written.span));
    }
    usize::try_from(asked.clamp(LEAST.1, MOST.1)).unwrap_or(LONGEST)
}

impl Kind for Follower {
    type Written = Spanned<String>;
    type Settings = Logs;

    fn check(written: &Spanned<String>, at: &mut Checking<'_>) -> Logs {
        let pattern = at.folder.join(&written.value).display().to_string();
        let is_pattern = written.contains(['*', '?', '[']);
        if let (true, Err(error)) = (is_pattern, glob::Pattern::new(&pattern)) {
            at.found.push(no_pattern(written, error.msg).at(at.source, written.span));
        }
        if written.is_empty() {
            at.found.push(no_file_followed().at(at.source, written.span));
        } else if Path::new(&pattern).is_dir() {
            at.found.push(folder_followed(&pattern).at(at.source, written.span));
        }
        let inject = match at.beside.inject {
            Some(path) => Some(at.folder.join(&path.value)),
            None => (!is_pattern).then(|| PathBuf::from(&pattern)),
        };
        let longest = longest(at);
        Logs { pattern, from: at.beside.from, inject, writer: at.beside.writer, longest }
    }

    fn open(source: SourceName, logs: &Logs, opening: Opening) -> Self {
        let Logs { pattern, from, longest, .. } = logs.clone();
        let mut follower = Self::new(Settings { source, pattern, from, longest }, opening.positions);
        follower.since = opening.since;
        follower
    }

    fn look(&mut self, now: Timestamp) -> Polled {
        self.poll(now)
    }

    async fn run(self, mut outlet: Outlet) {
        // A file keeps its lines itself: it need not know what was kept of them.
        outlet.kept.close();
        run(self, outlet).await;
    }

    fn place(logs: &Logs) -> String {
        logs.pattern.clone()
    }

    fn endings(logs: &Logs, most: u64) -> Vec<Ending> {
        endings(&logs.pattern, most)
    }

    fn logs(logs: &Logs) -> Vec<(PathBuf, Option<(u64, u64)>)> {
        there(&logs.pattern)
    }

    fn injected(logs: &Logs) -> Option<(PathBuf, Option<Writer>)> {
        Some((logs.inject.clone()?, logs.writer))
    }
}
