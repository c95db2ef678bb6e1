//! `vigie redact`: what would be taken out of a text before it is shown or kept, and why.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use serde::Serialize;

use super::exit::Exit;
use super::place::Place;
use super::screen::{Paint, Screen};
use crate::base::language::Text;
use crate::base::redact::{Clean, REMOVED, Taken, taken, use_own};
use crate::site;
use crate::watch::clean::cleaned;
use crate::words::failure::{Failure, unread};
use crate::words::redact as words;

/// Shows what would be taken out of lines before they are kept or shown, and why
#[derive(Debug, Args)]
pub(super) struct Redact {
    /// A file, or `-` for what is typed or piped in
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// One JSON object for each line out of which something goes
    #[arg(long)]
    json: bool,
}

/// A line out of which something goes.
#[derive(Debug, Serialize)]
struct Line {
    number: u64,
    /// What is left of it.
    left: Clean,
    taken: Vec<Part>,
}

/// Something that goes.
#[derive(Debug, Serialize)]
struct Part {
    /// The name of the rule.
    rule: String,
    /// The same in words.
    what: Text,
    /// What goes, and where it stands in the line; nothing for what goes by the name of its member.
    text: Option<String>,
    at: Option<(usize, usize)>,
}

/// What was found in all lines.
#[derive(Debug, Default)]
struct Tally {
    lines: u64,
    with: u64,
    rules: BTreeMap<String, u64>,
}

impl Redact {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let screen = self.place.on(screen);
        use_own(site::own_patterns(&self.place.site));
        let mut tally = Tally::default();
        let mut lines = BufReader::new(opened(&self.file)?);
        let mut bytes = Vec::new();
        while lines.read_until(b'\n', &mut bytes).with_context(|| Failure(unread(self.file.display())))? > 0 {
            let text = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            bytes.clear();
            if let Some(line) = tally.line(&text) {
                self.show(screen, &line);
            }
        }
        if !self.json {
            tally.show(screen);
        }
        Ok(Exit::Fine)
    }

    fn show(&self, screen: Screen, line: &Line) {
        if self.json {
            return screen.json_line(line);
        }
        screen.row().right(5, line.number).put("  ").put(&*line.left).end();
        for part in &line.taken {
            let row = screen.row().put("         ");
            match &part.text {
                Some(text) => row.paint(Paint::Red, words::goes(&part.what, text)).end(),
                None => row.paint(Paint::Red, &part.what).end(),
            }
        }
    }
}

fn opened(path: &Path) -> Result<Box<dyn Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    Ok(Box::new(std::fs::File::open(path).with_context(|| Failure(unread(path.display())))?))
}

impl Tally {
    /// What goes out of a line; nothing where nothing does.
    fn line(&mut self, text: &str) -> Option<Line> {
        self.lines += 1;
        let left = cleaned(text);
        if left == *text {
            return None;
        }
        let mut parts: Vec<Part> = taken(text).into_iter().map(|taken| Part::of(text, taken)).collect();
        // What JSON hides behind the name of a member, no rule sees.
        if left.matches(REMOVED).count() > parts.len() + text.matches(REMOVED).count() || parts.is_empty() {
            parts.push(Part { rule: "member".to_owned(), what: words::by_its_name(), text: None, at: None });
        }
        self.with += 1;
        for part in &parts {
            *self.rules.entry(part.rule.clone()).or_default() += 1;
        }
        Some(Line { number: self.lines, left, taken: parts })
    }

    fn show(&self, screen: Screen) {
        screen.line(words::summary(self.lines, self.with));
        for (rule, count) in &self.rules {
            let rule = if rule == "member" { words::by_its_name() } else { words::rule(rule) };
            screen.row().put("  ").put(words::times(*count, rule)).end();
        }
    }
}

impl Part {
    fn of(text: &str, Taken { at, rule }: Taken) -> Self {
        let what = words::rule(&rule);
        Self { rule: rule.into_owned(), what, text: Some(text[at.clone()].to_owned()), at: Some((at.start, at.end)) }
    }
}
