//! What a source loses on the way: people hear of it once, and that it is over when nothing was lost for a while.

use jiff::{SignedDuration, Timestamp};

use crate::alert::Ailment;
use crate::base::id::SourceName;
use crate::base::level::Level;
use crate::core::event::Event;
use crate::words::source as words;

/// Before the name of a source, where it is one that loses lines.
const OF_LOSSES: &str = "losses:";
/// When nothing was lost for so long, it is over.
const OVER: SignedDuration = SignedDuration::from_mins(10);

/// What a source has lost.
#[derive(Debug, Default)]
pub(super) struct Losses {
    count: u64,
    /// When something was lost last.
    last: Option<Timestamp>,
    said: bool,
}

impl Losses {
    /// So much was lost.
    pub(super) fn lose(&mut self, count: u64, now: Timestamp) {
        self.count += count;
        self.last = Some(now);
    }

    /// How much was lost since the start.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn shift(&mut self, by: SignedDuration) {
        self.last = self.last.map(|last| last.saturating_add(by).unwrap_or(last));
    }

    /// When to look again if nothing happens before.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let last = self.last?;
        if self.said { last.checked_add(OVER).ok() } else { Some(last) }
    }

    /// What is to be said now, where that is not what was said last.
    pub(super) fn judge(&mut self, now: Timestamp, source: &SourceName) -> Option<Event> {
        let of = format!("{OF_LOSSES}{source}");
        let loses = self.last.is_some_and(|last| now.duration_since(last) < OVER);
        if !loses {
            self.last = None;
        }
        if loses == self.said {
            return None;
        }
        self.said = loses;
        let (title, description) = (words::losing(source), words::what_losing_means(self.count));
        Some(if loses {
            Event::Ailing(Box::new(Ailment { of, level: Level::Medium, title, description }))
        } else {
            Event::Well { of }
        })
    }
}
