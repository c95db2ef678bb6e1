//! `vigie scan`: one pass over logs that are already there.

mod answer;
mod explain;
mod inputs;
mod kept;
mod progress;
mod understood;
mod words;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use self::answer::Question;
use self::inputs::Inputs;
use self::progress::Progress;
use super::exit::Exit;
use super::screen::{Paint, Screen};
use super::tongue::Tongue;
use crate::base::language::Text;
use crate::base::redact::Clean;
use crate::base::seal::Key;
use crate::check;
use crate::daemon::clock;
use crate::scan::pass::{self, Counted, End, Pass};
use crate::text::diagnostic::has_errors;
use crate::watch::event::Logsource;
use crate::watch::format::Format;
use crate::watch::sigma::{Engine, Match};
use crate::watch::source::replay;
use crate::words::exercise::as_it_is;
use crate::words::failure::{Failure, colon};
use crate::words::level::level;
use crate::words::misfit::{DAMAGED, misfit};
use crate::words::time::At as Instant;
use crate::words::{argument, scan as words_of};

/// Finds attacks in existing logs, in one pass; nobody is paged
#[derive(Debug, Args)]
pub(super) struct Scan {
    /// Log files, folders of them, or `-` for what is piped in
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the lines look like
    #[arg(long, default_value = "auto", value_parser = super::argument::format)]
    format: Format,
    /// What kind of log they are, where the lines do not say it: `product=linux,service=sshd`, as under `logsource:` in
    /// vigie.yaml
    #[arg(long, value_name = "WORDS", value_parser = logsource_words)]
    logsource: Option<Logsource>,
    /// Rule files or folders, instead of the pack inside vigie; may be given several times
    #[arg(long, value_name = "PATH")]
    rules: Vec<PathBuf>,
    /// A processing pipeline that changes the rules; may be given several times
    #[arg(long, value_name = "FILE")]
    pipeline: Vec<PathBuf>,
    /// The zone of timestamps that name none
    #[arg(long, default_value = "UTC", value_name = "ZONE", value_parser = zone_word)]
    zone: TimeZone,
    /// Say why this rule matched, or what was missing in the events that came nearest; a rule by its name here, its
    /// `name:` or its `id:`. A number instead is that of a line: how it is understood, without any rule
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
    /// Explain this line only; without a rule, how it is understood
    #[arg(long, value_name = "NUMBER", value_parser = super::argument::within::<u64>(1..=u64::MAX))]
    line: Option<u64>,
    /// Keep what is found as alerts, with a sealed ledger, in this folder; lines known from an earlier scan into it are
    /// not counted again
    #[arg(long, value_name = "FOLDER", conflicts_with = "explain")]
    store: Option<PathBuf>,
    /// How many threads look at the lines, instead of as many as there are cores; what is found is the same with any
    #[arg(long, value_name = "NUMBER", value_parser = super::argument::within::<u16>(1..=256))]
    threads: Option<u16>,
    /// One JSON object for each hit; for each file with --explain or --store
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    tongue: Tongue,
}

fn zone_word(word: &str) -> Result<TimeZone, Failure> {
    TimeZone::get(word).map_err(|_| Failure(argument::zone()))
}

fn logsource_words(words: &str) -> Result<Logsource, Failure> {
    let mut logsource = Logsource::default();
    for part in words.split(',') {
        match part.split_once('=').map(|(name, word)| (name.trim(), word.trim().to_owned())) {
            Some((_, word)) if word.is_empty() => return Err(Failure(argument::says_nothing(part))),
            Some(("product", word)) => logsource.product = Some(word.into()),
            Some(("service", word)) => logsource.service = Some(word.into()),
            Some(("category", word)) => logsource.category.push(word),
            _ => return Err(Failure(argument::logsource())),
        }
    }
    Ok(logsource)
}

/// What one file held.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// Lines read.
    pub(super) lines: u64,
    /// Lines its format could not read, and why the first could not.
    pub(super) malformed: u64,
    pub(super) first_malformed: Option<String>,
    /// Lines of no format that vigie knows, looked at as they stand.
    pub(super) unknown: u64,
    /// Lines of which only the head was kept.
    pub(super) cut: u64,
    /// The format it was read as.
    pub(super) format: Option<Format>,
    /// Whether a rule was for any of it.
    pub(super) watched: bool,
    /// How many hits there were.
    pub(super) hits: u64,
}

impl Scanned {
    /// Counts a line.
    fn line(&mut self, counted: &Counted) {
        self.lines += 1;
        self.hits += counted.fresh().count() as u64;
        self.unknown += u64::from(counted.unknown);
        self.cut += u64::from(counted.cut);
        if let Some(why) = counted.malformed {
            self.malformed += 1;
            self.first_malformed.get_or_insert_with(|| why.to_owned());
        }
    }

    /// Whether nothing of it was understood, so that nothing found in it means nothing. Whoever said what kind of log it
    /// is had it looked at as that.
    fn is_unread(&self, own: Option<&Logsource>) -> bool {
        let unknown = if own.is_some() { 0 } else { self.unknown };
        self.lines > 0 && self.hits == 0 && self.malformed + unknown >= self.lines
    }

    fn end(&mut self, end: &End) {
        self.format = end.format;
        self.watched = end.watched;
        // Records that the file holds and nobody can read.
        if end.broken > 0 {
            self.lines += end.broken;
            self.malformed += end.broken;
            self.first_malformed.get_or_insert_with(|| DAMAGED.to_owned());
        }
    }
}

#[derive(Debug, Serialize)]
struct Hit<'a> {
    file: &'a str,
    rule: &'a str,
    /// The `id:` and the `tags:` of the rule, by which other products know it.
    id: Option<&'a str>,
    tags: &'a [String],
    level: &'a str,
    title: &'a crate::base::language::Text,
    time: Timestamp,
    subject: BTreeMap<&'a str, &'a Clean>,
    author: Option<&'a str>,
    /// Which line of the file it is, where it begins, and what may be shown of it. What did not come has none.
    number: Option<u64>,
    offset: Option<u64>,
    line: Option<&'a Clean>,
    /// What the rule looked for and found.
    fields: BTreeMap<&'a str, &'a Clean>,
}

/// Where a line is.
#[derive(Debug, Clone, Copy)]
struct At<'a> {
    file: &'a str,
    number: u64,
    offset: u64,
}

impl Scan {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let screen = self.tongue.on(screen);
        let inputs = Inputs::of(&self.files);
        inputs.tell(screen);
        if let Some(number) = self.line_alone() {
            return Ok(self.understand(screen, &inputs, number));
        }
        let mut found = Vec::new();
        let files = if self.rules.is_empty() {
            check::builtin_rules()
        } else {
            self.rules.iter().flat_map(|path| check::rule_files(path, &mut found)).collect()
        };
        // A rule with a mistake is left out and said; the others still look.
        let pipelines = check::pipelines(&self.pipeline, &mut found);
        let engine = check::compile_through(&pipelines, &files, &BTreeMap::new(), &mut found);
        // The program is about to end: thousands of rules need not be taken apart first.
        let mut engine = ManuallyDrop::new(engine);
        screen.diagnostics(&found);
        if let Some(rule) = &self.explain {
            return Ok(self.explain(screen, &inputs, rule, &mut engine));
        }
        // What was not looked for must not end as if it had been found, nor as if it had not.
        let mut ended = if has_errors(&found) { Exit::Unreadable } else { inputs.ended() };
        if let Some(folder) = &self.store {
            // What stands for those who may not be named is kept, and nobody is to find out by trying names.
            let engine = ManuallyDrop::into_inner(engine).keyed(Key::random()?);
            return self.keep((screen, &inputs), folder, &mut ManuallyDrop::new(engine), ended);
        }
        let mut progress = Progress::new(screen, &inputs);
        let (pass, mut lines) = (self.pass(progress.read()), 0);
        for path in &inputs.logs {
            let scanned = self.scan((screen, &mut progress), path, &pass, &mut engine);
            progress.over(path);
            match scanned {
                Ok(scanned) => {
                    lines += scanned.lines;
                    if scanned.hits > 0 && ended == Exit::Fine {
                        ended = Exit::Findings;
                    }
                    if scanned.is_unread(self.logsource.as_ref()) {
                        ended = Exit::Unreadable;
                    }
                    show(screen, path, &scanned, self.logsource.as_ref());
                }
                Err(error) => {
                    screen.failure(&error);
                    ended = Exit::Unreadable;
                }
            }
        }
        Ok(if lines == 0 { Exit::Unreadable } else { ended })
    }

    /// The line of which it is asked how it is understood, whatever rules make of it.
    fn line_alone(&self) -> Option<u64> {
        match &self.explain {
            None => self.line,
            Some(word) => word.parse().ok().filter(|number| *number > 0 && self.line.is_none()),
        }
    }

    /// Says how a line of each file is understood.
    fn understand(&self, screen: Screen, inputs: &Inputs, number: u64) -> Exit {
        let mut ended = inputs.ended();
        for path in &inputs.logs {
            let found = understood::explain(self, screen, path, number);
            if let Err(error) = &found {
                screen.failure(error);
            }
            if !found.unwrap_or_default() {
                ended = Exit::Unreadable;
            }
        }
        ended
    }

    fn pass(&self, read: Rc<Cell<u64>>) -> Pass {
        let threads = self.threads.map_or_else(pass::threads, usize::from);
        Pass {
            format: self.format,
            zone: self.zone.clone(),
            own: self.logsource.clone(),
            threads,
            room: replay::ROOM,
            clock: clock::now,
            read,
        }
    }

    /// Looks through one file and shows what is found as it comes.
    fn scan(
        &self,
        (screen, progress): (Screen, &mut Progress),
        path: &Path,
        pass: &Pass,
        engine: &mut Engine,
    ) -> Result<Scanned> {
        let mut scanned = Scanned::default();
        let file = path.display().to_string();
        let end = pass.file(path, engine, |counted| {
            scanned.line(&counted);
            let place = At { file: &file, number: scanned.lines, offset: counted.offset };
            progress.line();
            for found in counted.fresh() {
                progress.make_way();
                self.show_hit(screen, place, found);
            }
            Ok(())
        })?;
        scanned.end(&end);
        Ok(scanned)
    }

    /// Says for each file why `word` matched or not.
    fn explain(&self, screen: Screen, inputs: &Inputs, word: &str, engine: &mut Engine) -> Exit {
        let rule = match explain::find(engine, word) {
            Ok(rule) => rule,
            Err(why) => {
                screen.note(why);
                return Exit::Usage;
            }
        };
        let (zone, own) = (self.zone.clone(), self.logsource.clone());
        let question = Question { rule, line: self.line, format: self.format, zone, own };
        let mut ended = inputs.ended();
        for path in &inputs.logs {
            match explain::look(&question, path, engine) {
                Ok(answer) => explain::show(screen, &question, &answer, self.json),
                Err(error) => {
                    screen.failure(&error);
                    ended = Exit::Unreadable;
                }
            }
        }
        ended
    }

    fn show_hit(&self, screen: Screen, at: At<'_>, found: &Match) {
        let subject = pairs(&found.subject);
        let line = found.line.as_ref();
        if self.json {
            let hit = Hit {
                file: at.file,
                rule: found.rule.id.as_str(),
                id: found.rule.uuid.as_deref(),
                tags: &found.rule.tags,
                level: found.rule.level.word(),
                title: &found.rule.title,
                time: found.time,
                subject,
                author: found.rule.author.as_deref(),
                number: line.map(|_| at.number),
                offset: line.map(|_| at.offset),
                line,
                fields: pairs(&found.fields),
            };
            return screen.json_line(&hit);
        }
        let subject: Vec<String> = subject.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let row =
            screen.row().put(Instant(found.time, &self.zone)).put("  ").cell(11, level(found.rule.level)).put("  ");
        let row = row.cell(32, &found.rule.id).put("  ").put(&found.rule.title);
        row.put("  [").put(subject.join(" ")).put("]").end();
        if let Some(line) = line {
            screen.row().put("    ").put(at.file).put(":").put(at.number).put("  ").put(line).end();
        }
    }
}

fn pairs(pairs: &[(String, Clean)]) -> BTreeMap<&str, &Clean> {
    pairs.iter().map(|(name, value)| (name.as_str(), value)).collect()
}

fn format_name(format: Option<Format>) -> Text {
    format.map_or_else(words_of::no_format, |format| as_it_is(format.word()))
}

fn malformed(first: Option<&String>, count: u64) -> Option<Text> {
    first.map(|why| words_of::malformed(count, misfit(why)))
}

/// Where no format was found at all, that is said already.
fn unknown(format: Option<Format>, count: u64) -> Option<Text> {
    (count > 0 && format.is_some()).then(|| words_of::unknown(count))
}

/// Of some lines only the head was kept.
fn cut(count: u64) -> Option<Text> {
    (count > 0).then(|| words_of::cut(count))
}

/// Says how one file was read.
fn show(screen: Screen, path: &Path, scanned: &Scanned, own: Option<&Logsource>) {
    let row = screen.aside().paint(Paint::Dim, path.display()).paint(Paint::Dim, colon());
    if scanned.lines == 0 {
        return row.paint(Paint::Red, words_of::empty()).end();
    }
    let row = row.paint(Paint::Dim, words_of::read_as(scanned.lines, format_name(scanned.format)));
    let malformed = malformed(scanned.first_malformed.as_ref(), scanned.malformed);
    let row = row.maybe(malformed, |row, words| row.paint(Paint::Dim, words));
    let row = row.maybe(unknown(scanned.format, scanned.unknown), |row, words| row.paint(Paint::Dim, words));
    let row = row.maybe(cut(scanned.cut), |row, words| row.paint(Paint::Red, words));
    let row = row.paint(Paint::Dim, words_of::hits(scanned.hits));
    let is_unread = scanned.is_unread(own);
    let unwatched = (!is_unread && !scanned.watched && scanned.hits == 0).then(words_of::unwatched);
    let row = row.maybe(is_unread.then(words_of::nothing_read), |row, words| row.paint(Paint::Red, words));
    row.maybe(unwatched, |row, words| row.paint(Paint::Red, words)).end();
}

/// Looks at lines given as text.
pub(super) fn scan_text(
    text: &str,
    format: Format,
    zone: &TimeZone,
    own: Option<&Logsource>,
    engine: &mut Engine,
) -> Result<(Scanned, Vec<Match>)> {
    let (mut scanned, mut hits) = (Scanned::default(), Vec::new());
    let (zone, own, clock, read) = (zone.clone(), own.cloned(), clock::now, Rc::default());
    let pass = Pass { format, zone, own, threads: 1, room: replay::ROOM, clock, read };
    pass.text(text, engine, |counted| {
        scanned.line(&counted);
        hits.extend(counted.matches.into_iter().filter(|found| !found.goes_on));
        Ok(())
    })?;
    Ok((scanned, hits))
}
