//! The log probe: what the sources of a site have written of late. It looks at the ends of their logs, to see how detailed
//! they are. Only read, and only where a rule needs a log level.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::rule_sources::can_feed;
use crate::base::id::SourceName;
use crate::site::{Site, SourceSettings};
use crate::watch::event::Event;
use crate::watch::format::{Decoded, Decoder};
use crate::watch::label;
use crate::watch::line::Line;
use crate::watch::sigma::Engine;
use crate::watch::source::Ending;
use crate::watch::verbosity::Verbosity;

/// So much of a source is looked at, in bytes.
pub(super) const LOOKED_AT: u64 = 1024 * 1024;

/// What was heard of sources, by their names.
pub type Probed = BTreeMap<SourceName, Verbosity>;

/// The sources of a site that can bring the logs of a rule for which their level matters.
pub fn worth_probing(site: &Site, engine: &Engine) -> Vec<SourceSettings> {
    let logsources: Vec<_> =
        engine.rules().filter(|rule| rule.log_level.is_some()).map(|rule| &rule.logsource).collect();
    let matters = |source: &&SourceSettings| logsources.iter().any(|logsource| can_feed(source, logsource));
    site.settings.sources.iter().filter(matters).cloned().collect()
}

/// Looks at the ends of the logs of `sources`. What is missing or cannot be read has said nothing.
pub fn probe(sources: &[SourceSettings]) -> Probed {
    sources.iter().map(|source| (source.name.clone(), verbosity(source))).collect()
}

fn verbosity(source: &SourceSettings) -> Verbosity {
    let mut events: Vec<(Timestamp, Event)> = Vec::new();
    for end in source.lines.endings(LOOKED_AT) {
        let mut latest = Timestamp::MIN;
        for event in decoded(source, &end) {
            // In one file, what stands below is newer, whatever a clock said.
            latest = latest.max(event.time);
            events.push((latest, event));
        }
    }
    // Of several files the newest lines count, whichever they are in: several machines can write at once, or each start of
    // one a file of its own.
    events.sort_by_key(|(time, _)| *time);
    let mut verbosity = Verbosity::default();
    for (_, event) in &events {
        verbosity.hear(event);
    }
    verbosity
}

/// What the end of one file says. A line without a time of its own is as old as the file.
fn decoded(source: &SourceSettings, end: &Ending) -> Vec<Event> {
    let mut decoder = Decoder::new(source.format, source.zone.clone(), source.logsource.clone());
    let event = |line: &Line| match decoder.decode(end.written, &line.text) {
        Decoded::Event(event) | Decoded::Unknown(event) => vec![event],
        Decoded::Several(events) => events,
        Decoded::Malformed { event, .. } => vec![*event],
        Decoded::Skipped => Vec::new(),
    };
    real_lines(end).flat_map(event).collect()
}

/// The lines that no exercise wrote: it may write what the log does not have.
pub(super) fn real_lines(end: &Ending) -> impl Iterator<Item = &Line> {
    end.lines.iter().filter(|line| !label::looks_marked(&line.text))
}

#[cfg(test)]
mod tests;
