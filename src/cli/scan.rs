//! `vigie scan`: one pass over logs that are already there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::exit::Exit;
use super::screen::Screen;
use crate::base::language::Language;
use crate::base::realm::Realm;
use crate::base::redact::redact;
use crate::check;
use crate::daemon::clock;
use crate::text::diagnostic::has_errors;
use crate::watch::format::{Decoder, Format, Read};
use crate::watch::intake::replay;
use crate::watch::record::{Record, Unreadable};
use crate::watch::sigma::{Engine, Match};

/// Finds attacks in existing logs, in one pass; nobody is paged
#[derive(Debug, Args)]
pub(super) struct Scan {
    /// Log files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the lines look like
    #[arg(long, default_value = "auto", value_parser = format_word)]
    format: Format,
    /// Rule files or folders, instead of the pack inside vigie; may be given several times
    #[arg(long, value_name = "PATH")]
    rules: Vec<PathBuf>,
    /// A processing pipeline that changes the rules; may be given several times
    #[arg(long, value_name = "FILE")]
    pipeline: Vec<PathBuf>,
    /// The zone of timestamps that name none
    #[arg(long, default_value = "UTC", value_name = "ZONE", value_parser = zone_word)]
    zone: TimeZone,
    /// One JSON object for each hit
    #[arg(long)]
    json: bool,
}

fn format_word(word: &str) -> Result<Format, String> {
    word.parse().map_err(|_| {
        let known: Vec<&str> = Format::ALL.iter().map(|format| format.word()).collect();
        format!("known formats: {}", known.join(", "))
    })
}

fn zone_word(word: &str) -> Result<TimeZone, String> {
    TimeZone::get(word).map_err(|_| "write a name of the IANA database, such as Europe/Paris".to_owned())
}

/// What one file held.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// Lines read.
    pub(super) lines: u64,
    /// Lines its format could not read, and why the first could not.
    pub(super) malformed: u64,
    pub(super) first_malformed: Option<String>,
    /// The format it was read as.
    pub(super) format: Option<Format>,
    /// Hits, in the order of the file.
    pub(super) hits: Vec<Match>,
}

impl Scanned {
    fn look(&mut self, engine: &mut Engine, record: &impl Record) -> Result<(), Unreadable> {
        // In old logs no time passes but that of the events.
        if engine.waits() {
            self.hits.extend(engine.elapse(Realm::Live, record.time()));
        }
        let sighting = engine.look(record)?;
        self.hits.extend(sighting.into_iter().flat_map(|sighting| engine.count(Realm::Live, sighting)));
        Ok(())
    }

    fn pass_over(&mut self, why: String) {
        self.malformed += 1;
        self.first_malformed.get_or_insert(why);
    }
}

#[derive(Debug, Serialize)]
struct Hit<'a> {
    file: String,
    rule: &'a str,
    level: &'a str,
    title: &'a crate::base::language::Text,
    time: Timestamp,
    subject: BTreeMap<&'a str, String>,
    author: Option<&'a str>,
}

impl Scan {
    #[expect(clippy::unnecessary_wraps, reason = "all commands have the same shape")]
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let mut found = Vec::new();
        let files = if self.rules.is_empty() {
            check::builtin_rules()
        } else {
            self.rules.iter().flat_map(|path| check::rule_files(path, &mut found)).collect()
        };
        // A rule with a mistake is left out and said; the others still look.
        let pipelines = check::pipelines(&self.pipeline, &mut found);
        let mut engine = check::compile_through(&pipelines, &files, &BTreeMap::new(), &mut found);
        screen.diagnostics(&found);
        let mut ended = if has_errors(&found) { Exit::Findings } else { Exit::Fine };
        for path in &self.files {
            match scan_file(path, self.format, &self.zone, &mut engine) {
                Ok(scanned) => {
                    if !scanned.hits.is_empty() {
                        ended = Exit::Findings;
                    }
                    self.show(screen, path, &scanned);
                }
                Err(error) => {
                    screen.failure(&error);
                    ended = Exit::Unreadable;
                }
            }
        }
        Ok(ended)
    }

    fn show(&self, screen: Screen, path: &Path, scanned: &Scanned) {
        let file = path.display().to_string();
        for found in &scanned.hits {
            let subject: BTreeMap<&str, String> =
                found.subject.iter().map(|(name, value)| (name.as_str(), redact(value).into_owned())).collect();
            if self.json {
                let hit = Hit {
                    file: file.clone(),
                    rule: found.rule.id.as_str(),
                    level: found.rule.level.word(),
                    title: &found.rule.title,
                    time: found.time,
                    subject,
                    author: found.rule.author.as_deref(),
                };
                screen.line(serde_json::to_string(&hit).unwrap_or_default());
                continue;
            }
            let subject: Vec<String> = subject.iter().map(|(name, value)| format!("{name}={value}")).collect();
            screen.line(format!(
                "{}  {:<8}  {:<32}  {}  [{}]",
                found.time.strftime("%Y-%m-%d %H:%M:%SZ"),
                found.rule.level.word(),
                found.rule.id.as_str(),
                found.rule.title.get(Language::En),
                subject.join(" ")
            ));
        }
        let format = scanned.format.map_or("nothing vigie knows", Format::word);
        let malformed = match (&scanned.first_malformed, scanned.malformed) {
            (Some(why), count) => format!(", {count} not in this format ({why})"),
            (None, _) => String::new(),
        };
        screen.note(screen.dim(&format!(
            "{file}: {} lines read as {format}{malformed}, {} hits",
            scanned.lines,
            scanned.hits.len()
        )));
    }
}

/// Reads one file to its end. Years that its timestamps do not name are those nearest to the file's own date.
pub(super) fn scan_file(path: &Path, format: Format, zone: &TimeZone, engine: &mut Engine) -> Result<Scanned> {
    let shown = path.display();
    // Each file is looked at on its own: windows of one do not count lines of another.
    engine.forget(Realm::Live);
    let mut lines = replay::lines(path).with_context(|| format!("cannot read {shown}"))?;
    let format = if lines.is_records() { Format::Json } else { format };
    let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let arrived = modified.and_then(|at| Timestamp::try_from(at).ok()).unwrap_or_else(clock::now);
    let mut reading =
        Reading { decoder: Decoder::new(format, zone.clone(), None), arrived, scanned: Scanned::default() };
    for line in &mut lines {
        let line = line.with_context(|| format!("cannot read {shown}"))?;
        reading.line(&line.text, engine);
    }
    reading.broken(lines.broken());
    reading.scanned.format = if format == Format::Auto { reading.decoder.picked() } else { Some(format) };
    Ok(reading.scanned)
}

/// Looks at lines given as text.
pub(super) fn scan_text(text: &str, format: Format, zone: &TimeZone, engine: &mut Engine) -> Scanned {
    engine.forget(Realm::Live);
    let decoder = Decoder::new(format, zone.clone(), None);
    let mut reading = Reading { decoder, arrived: clock::now(), scanned: Scanned::default() };
    for line in text.lines() {
        reading.line(line, engine);
    }
    reading.scanned
}

struct Reading {
    decoder: Decoder,
    arrived: Timestamp,
    scanned: Scanned,
}

impl Reading {
    /// Counts records that the file holds and nobody can read.
    fn broken(&mut self, records: u64) {
        if records > 0 {
            self.scanned.lines += records;
            self.scanned.malformed += records;
            self.scanned.first_malformed.get_or_insert_with(|| "damaged records".to_owned());
        }
    }

    fn line(&mut self, text: &str, engine: &mut Engine) {
        self.scanned.lines += 1;
        let Self { decoder, arrived, scanned } = self;
        let seen = match decoder.read(*arrived, text) {
            Read::Event(event) => scanned.look(engine, &event),
            Read::Object(object) => scanned.look(engine, &object),
            Read::Skipped => return,
            Read::Malformed { why } => return scanned.pass_over(why),
        };
        if let Err(Unreadable(why)) = seen {
            scanned.pass_over(why.to_owned());
        }
    }
}
