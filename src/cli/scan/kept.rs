//! `vigie scan --store`: what is found is kept as alerts, and what was known before is not counted again.

use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

use super::inputs::Inputs;
use super::progress::Progress;
use super::{Scan, Scanned, cut, format_name, malformed, unknown};
use crate::cli::exit::Exit;
use crate::cli::screen::{Row, Screen};
use crate::daemon::clock;
use crate::scan::keep::{self, Keeping, Part};
use crate::scan::pass::Pass;
use crate::watch::event::Logsource;
use crate::watch::format::Format;
use crate::watch::sigma::Engine;
use crate::watch::source::replay::STANDARD_INPUT;
use crate::words::failure::{Failure, colon, not_a_file};
use crate::words::scan as words_of;

impl Scan {
    /// Looks through the files and keeps what is found in the store at `folder`.
    pub(super) fn keep(
        &self,
        (screen, inputs): (Screen, &Inputs),
        folder: &Path,
        engine: &mut Engine,
        mut ended: Exit,
    ) -> Result<Exit> {
        let mut keeping = Keeping::open(folder, clock::now)?;
        let mut progress = Progress::new(screen, inputs);
        let (before, pass) = (keeping.raised, self.pass(progress.read()));
        for path in &inputs.logs {
            let kept = keep_file(path, &pass, engine, (&mut keeping, &mut progress));
            progress.over(path);
            match kept {
                Ok(kept) => {
                    if kept.hits > 0 && ended == Exit::Fine {
                        ended = Exit::Findings;
                    }
                    if kept.is_unread(self.logsource.as_ref()) {
                        ended = Exit::Unreadable;
                    }
                    self.show_kept(screen, path, &kept);
                }
                Err(error) => {
                    screen.failure(&error);
                    ended = Exit::Unreadable;
                }
            }
        }
        screen.note(words_of::kept(keeping.raised - before, folder.display()));
        Ok(ended)
    }

    fn show_kept(&self, screen: Screen, path: &Path, kept: &Kept) {
        let file = path.display().to_string();
        if self.json {
            screen.json_line(&KeptFile { file, kept });
            return;
        }
        let row = screen.row().put(file).put(colon());
        if kept.unchanged {
            return row.put(words_of::unchanged()).end();
        }
        let row = row.put(words_of::new_read_as(kept.lines, format_name(kept.format)));
        let row = row.maybe((kept.known > 0).then(|| words_of::known(kept.known)), Row::put);
        row.maybe(malformed(kept.first_malformed.as_ref(), kept.malformed), Row::put)
            .maybe(unknown(kept.format, kept.unknown), Row::put)
            .maybe(cut(kept.cut), Row::put)
            .put(words_of::hits(kept.hits))
            .end();
    }
}

/// What a scan into a store made of one file. Only what is new is counted, but for `known`.
#[derive(Debug, Default, Serialize)]
struct Kept {
    format: Option<Format>,
    lines: u64,
    /// Lines that an earlier scan counted.
    known: u64,
    malformed: u64,
    first_malformed: Option<String>,
    /// Lines of no format that vigie knows, looked at as they stand.
    unknown: u64,
    /// Lines of which only the head was kept.
    cut: u64,
    hits: u64,
    /// Whether the file was not even read, because everything in it is known.
    unchanged: bool,
}

impl Kept {
    /// As [`Scanned::is_unread`]; where nothing is new, that was said before.
    fn is_unread(&self, own: Option<&Logsource>) -> bool {
        let Self { lines, malformed, unknown, hits, .. } = *self;
        let new = Scanned { lines, malformed, unknown, hits, ..Scanned::default() };
        !self.unchanged && self.known == 0 && new.is_unread(own)
    }
}

#[derive(Serialize)]
struct KeptFile<'a> {
    file: String,
    #[serde(flatten)]
    kept: &'a Kept,
}

/// Reads one file to its end and keeps what is new. It is read from its start even where most of it is known: what
/// correlations and records of several lines remember is then what it would have been in one go.
fn keep_file(
    path: &Path,
    pass: &Pass,
    engine: &mut Engine,
    (keeping, progress): (&mut Keeping, &mut Progress),
) -> Result<Kept> {
    if path == Path::new(STANDARD_INPUT) {
        bail!(Failure(not_a_file(STANDARD_INPUT)));
    }
    let mut marked = keeping.marked(path)?;
    let mut kept = Kept { unchanged: marked.done, ..Kept::default() };
    if marked.done {
        return Ok(kept);
    }
    let (source, known) = (keep::source_name(path), marked.mark.offset);
    let mut new = Scanned::default();
    let end = pass.file(path, engine, |counted| {
        progress.line();
        if counted.offset < known {
            kept.known += 1;
            return Ok(());
        }
        new.line(&counted);
        counted.matches.iter().for_each(|found| keeping.hit(&source, found));
        keeping.line(&mut marked, counted.offset)
    })?;
    kept.format = end.format;
    (kept.lines, kept.malformed, kept.hits) = (new.lines, new.malformed, new.hits);
    (kept.first_malformed, kept.unknown, kept.cut) = (new.first_malformed, new.unknown, new.cut);
    let word = kept.format.map_or("unknown", Format::word);
    let part = Part { source: &source, format: word, lines: kept.lines, malformed: kept.malformed, hits: kept.hits };
    keeping.end(&mut marked, end.at.max(known), part)?;
    Ok(kept)
}
