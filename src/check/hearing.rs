//! What the sources of a site have written of late: the ends of their logs, to see how detailed they are. Only read, and
//! only where a rule needs a log level.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::arming::can_feed;
use crate::base::id::SourceName;
use crate::site::{Site, SourceSettings};
use crate::watch::format::{Decoded, Decoder};
use crate::watch::intake::follow::last_lines;
use crate::watch::label;
use crate::watch::sigma::Engine;
use crate::watch::voice::Voice;

/// So much of a source is looked at, in bytes.
const LOOKED_AT: u64 = 1024 * 1024;

/// What was heard of sources, by their names.
pub type Heard = BTreeMap<SourceName, Voice>;

/// The sources of a site that can bring the logs of a rule for which their level matters.
pub fn worth_hearing(site: &Site, engine: &Engine) -> Vec<SourceSettings> {
    let logsources: Vec<_> =
        engine.rules().filter(|rule| rule.log_level.is_some()).map(|rule| &rule.logsource).collect();
    let matters = |source: &&SourceSettings| logsources.iter().any(|logsource| can_feed(source, logsource));
    site.settings.sources.iter().filter(matters).cloned().collect()
}

/// Looks at the ends of the logs of `sources`. What is missing or cannot be read has said nothing.
pub fn hear(sources: &[SourceSettings]) -> Heard {
    sources.iter().map(|source| (source.name.clone(), voice(source))).collect()
}

fn voice(source: &SourceSettings) -> Voice {
    let mut voice = Voice::default();
    for lines in last_lines(&source.pattern, LOOKED_AT) {
        let mut decoder = Decoder::new(source.format, source.zone.clone(), source.logsource.clone());
        // An exercise may write at a level that the log does not have.
        for line in lines.iter().filter(|line| !label::looks_marked(&line.text)) {
            // The time of a line does not matter here.
            if let Decoded::Event(event) = decoder.decode(Timestamp::UNIX_EPOCH, &line.text) {
                voice.hear(&event);
            }
        }
    }
    voice
}

#[cfg(test)]
mod tests;
