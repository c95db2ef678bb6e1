//! The report as headings, paragraphs and tables in one language, before anybody decides how they look.

mod detections;
mod manual;
mod summary;
mod timeline;

use super::record::Record;
use super::words::said;
use crate::base::language::{Language, Text};
use crate::drill::play::Verdict;
use crate::words::Said;

/// One part of the report under a heading.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

/// A piece of a section.
pub(super) enum Block {
    Paragraph(String),
    /// A remark that must not be overlooked.
    Notice(String),
    /// Terms and what they are.
    Facts(Vec<(String, String)>),
    Table(Table),
    /// The drawing of what was planned and what happened, where a format can draw.
    Timeline,
    /// Empty lines to write on, under a heading.
    Lines(String, usize),
}

/// A table. Every row has as many cells as the head.
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) mark: Mark,
}

/// How a cell should strike the eye. The text says it too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Plain,
    Good,
    Half,
    Bad,
    Quiet,
}

impl Cell {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), mark: Mark::Plain }
    }

    fn marked(text: impl Into<String>, mark: Mark) -> Self {
        Self { text: text.into(), mark }
    }

    fn said(language: Language, words: &impl Said) -> Self {
        Self::plain(said(language, words))
    }
}

impl Mark {
    pub(super) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Met => Self::Good,
            Verdict::Partly => Self::Half,
            Verdict::Missed => Self::Bad,
            Verdict::NotObserved | Verdict::Open | Verdict::NotReached => Self::Quiet,
        }
    }
}

/// All parts of the report, in order.
pub(super) fn sections(record: &Record, language: Language) -> Vec<Section> {
    vec![
        summary::identity(record, language),
        summary::outcome(record, language),
        timeline::timeline(record, language),
        timeline::expectations(record, language),
        timeline::decisions(record, language),
        detections::detections(record, language),
        detections::pages(record, language),
        timeline::never_happened(record, language),
        detections::notes(record, language),
        manual::retex(language),
        manual::score(record, language),
        manual::proof(record, language),
    ]
}

fn section(language: Language, title: &impl Said, blocks: Vec<Block>) -> Section {
    Section { title: said(language, title), blocks }
}

fn paragraph(language: Language, words: &impl Said) -> Block {
    Block::Paragraph(said(language, words))
}

fn table(language: Language, caption: &impl Said, head: &[Text], rows: Vec<Vec<Cell>>) -> Block {
    let head = head.iter().map(|title| said(language, title)).collect();
    Block::Table(Table { caption: said(language, caption), head, rows })
}
