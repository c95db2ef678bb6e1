//! What is known, and said, while a part of a site's files is checked that belongs to a channel.

use std::path::Path;
use std::str::FromStr;

use super::spool;
use crate::account;
use crate::finding::{Finding, channel as finding};
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// What is known while a part of a site's files is checked that belongs to a channel.
#[derive(Debug)]
pub struct Checking<'a> {
    /// The site's folder.
    pub folder: &'a Path,
    /// The account that vigie runs as.
    pub account: u32,
    /// The file.
    pub source: &'a Source,
    /// Every mistake so far.
    pub found: &'a mut Vec<Diagnostic>,
}

impl Checking<'_> {
    /// Adds a finding about something that is written.
    pub(super) fn say<T>(&mut self, finding: Finding, written: &Spanned<T>) {
        self.found.push(finding.at(self.source, written.span));
    }

    /// A value with a form of its own, or what is said where it has another.
    pub(super) fn parsed<T: FromStr>(&mut self, text: &Spanned<String>, refused: fn(&str) -> Finding) -> Option<T> {
        text.parse().map_err(|_| self.say(refused(text), text)).ok()
    }

    /// Says where whoever empties a folder could not read what vigie puts there.
    pub(super) fn readable(&mut self, written: &Spanned<String>) {
        let path = self.folder.join(&written.value);
        let left_out = path.metadata().ok().and_then(|met| spool::left_out(&met, self.account));
        let Some((owner, group)) = left_out else { return };
        let vigie = account::name(self.account);
        self.say(finding::left_out(owner, path.display(), vigie, group), written);
    }
}
