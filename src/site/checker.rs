//! `chains.yaml` while it is looked at, beside what the other files hold.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;

use super::declared::Declared;
use super::hours;
use super::name::Name;
use super::rota::RotaEntry;
use super::settings::Settings;
use crate::alert::channel;
use crate::alert::oncall::{Hours, Roster};
use crate::base::duration;
use crate::finding::document::WRONG_VALUE;
use crate::finding::{Finding, chains as finding};
use crate::text::diagnostic::Diagnostic;
use crate::text::source::{Source, Span};

/// What the other files hold, sound or not: what has mistakes of its own is reported there, not called unknown here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    #[expect(clippy::zero_sized_map_values, reason = "an entry is looked at by the form that its keys name")]
    pub(super) channels: &'a BTreeMap<Name, channel::Entry>,
    pub(super) rotas: &'a BTreeMap<Name, RotaEntry>,
}

/// `chains.yaml` while it is looked at.
pub(super) struct Checker<'a> {
    pub(super) source: &'a Source,
    pub(super) written: Written<'a>,
    pub(super) settings: &'a Settings,
    pub(super) roster: &'a Roster,
    pub(super) found: &'a mut Vec<Diagnostic>,
    /// Older words that were said once: that is enough for a file.
    pub(super) older: BTreeSet<&'static str>,
    /// The duties that are named.
    pub(super) declared: Vec<Declared>,
}

impl Checker<'_> {
    pub(super) fn say(&mut self, finding: Finding, span: Span) {
        self.found.push(finding.at(self.source, span));
    }

    /// Says that `word` is an older one for `instead`; a mistake where the newer word is there too.
    pub(super) fn older(&mut self, word: &'static str, instead: String, span: Span, newer: Option<&str>) {
        match newer {
            Some(newer) => self.say(finding::said_twice(word, newer), span),
            None if self.older.insert(word) => self.say(finding::older_word(word, instead), span),
            None => {}
        }
    }

    /// Whether the reader has already found something in `span` to be of the wrong kind, and left it out.
    pub(super) fn misread(&self, span: Span) -> bool {
        self.found.iter().any(|found| {
            found.code() == WRONG_VALUE.code
                && found.source.name() == self.source.name()
                && (span.start..=span.end).contains(&found.span.start)
        })
    }

    /// The hours that are written; nothing where they are none, which is then a finding.
    pub(super) fn hours(&mut self, written: &Name) -> Option<Hours> {
        let hours = hours::of(written, &self.settings.zone, &self.roster.holidays);
        if hours.is_none() {
            self.say(finding::no_hours(written), written.span);
        }
        hours
    }

    pub(super) fn duration(&mut self, text: &Name) -> Option<SignedDuration> {
        let duration = duration::parse(text).filter(SignedDuration::is_positive);
        if duration.is_none() {
            self.say(finding::no_duration(text), text.span);
        }
        duration
    }
}
