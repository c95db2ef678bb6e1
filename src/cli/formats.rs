//! `vigie formats`: the log formats that vigie reads, and what there is to know of each.

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::argument;
use super::exit::Exit;
use super::screen::{Paint, Screen};
use super::tongue::Tongue;
use crate::base::language::Text;
use crate::watch::format::{Format, Guide, guide};
use crate::words::failure::colon;
use crate::words::format as words;

/// Lists the log formats, or says what there is to know of one
#[derive(Debug, Args)]
pub(super) struct Formats {
    /// One format
    #[arg(value_name = "NAME", value_parser = argument::format)]
    name: Option<Format>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    tongue: Tongue,
}

/// A format, as scripts read it.
#[derive(Debug, Serialize)]
struct Row {
    format: &'static str,
    purpose: Text,
    logs: &'static str,
    fields: &'static str,
    example: &'static str,
}

impl Row {
    fn of(format: Format) -> Self {
        let Guide { purpose, logs, fields, example } = guide(format);
        Self { format: format.word(), purpose, logs, fields, example }
    }
}

impl Formats {
    #[expect(clippy::unnecessary_wraps, reason = "all commands have the same shape")]
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let screen = self.tongue.on(screen);
        let rows: Vec<Row> = match self.name {
            Some(format) => vec![Row::of(format)],
            None => Format::ALL.iter().copied().map(Row::of).collect(),
        };
        match (&rows[..], self.json) {
            (rows, true) => screen.json(&rows),
            ([row], false) => row.show(screen),
            (rows, false) => {
                for row in rows {
                    screen.row().painted(Paint::Bold, 14, row.format).put(&row.purpose).end();
                }
                screen.note(words::more());
            }
        }
        Ok(Exit::Fine)
    }
}

impl Row {
    fn show(&self, screen: Screen) {
        screen.row().paint(Paint::Bold, self.format).put(colon()).put(&self.purpose).end();
        for (name, what) in
            [(words::logs(), self.logs), (words::fields(), self.fields), (words::example(), self.example)]
        {
            if !what.is_empty() {
                screen.row().put("  ").paint(Paint::Dim, name).put(colon()).put(what).end();
            }
        }
    }
}
