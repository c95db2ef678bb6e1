//! Who and what was reached: rules that matched, people who were told, who answered, and what was written down.

use super::{Block, Cell, Mark, Section, paragraph, section, table};
use crate::base::language::Language;
use crate::drill::playbook::Offset;
use crate::drill::report::record::{Record, When};
use crate::drill::report::words::{hour, said};
use crate::words::report::{column, reached as words};

pub(super) fn detections(record: &Record, language: Language) -> Section {
    if record.hits.is_empty() {
        return section(language, &words::detections(), vec![paragraph(language, &words::no_rule())]);
    }
    let rows = record.hits.iter().map(|hit| {
        let title = record.rules.get(&hit.rule).map(|title| title.get(language)).unwrap_or_default();
        let mut row = when(hit.at);
        row.extend([Cell::plain(hit.rule.as_str()), Cell::plain(title), Cell::plain(hit.alert.to_string())]);
        row
    });
    let head = [column::script(), column::hour(), column::rule(), column::title(), column::alert()];
    let table = table(language, &words::rules_matched(), &head, rows.collect());
    section(language, &words::detections(), vec![table])
}

pub(super) fn pages(record: &Record, language: Language) -> Section {
    section(language, &words::people(), vec![told(record, language), answered(record, language)])
}

fn told(record: &Record, language: Language) -> Block {
    if record.pages.is_empty() {
        return paragraph(language, &words::nobody_told());
    }
    let rows = record.pages.iter().map(|page| {
        let mut row = when(page.at);
        row.extend([
            Cell::plain(record.name_of(page.person.as_str())),
            Cell::plain(page.channel.as_str()),
            Cell::plain(page.chain.as_str()),
        ]);
        row
    });
    let head = [column::script(), column::hour(), column::person(), column::channel(), column::chain()];
    table(language, &words::pages(), &head, rows.collect())
}

fn answered(record: &Record, language: Language) -> Block {
    if record.acks.is_empty() {
        return paragraph(language, &words::nobody_answered());
    }
    let rows = record.acks.iter().map(|ack| {
        let mut row = when(ack.at);
        row.extend([
            Cell::marked(record.name_of(ack.by.as_str()), Mark::Good),
            Cell::plain(ack.alert.to_string()),
            Cell::plain(ack.chain.as_str()),
        ]);
        row
    });
    let head = [column::script(), column::hour(), column::person(), column::alert(), column::chain()];
    table(language, &words::answers(), &head, rows.collect())
}

pub(super) fn notes(record: &Record, language: Language) -> Section {
    let mut blocks = Vec::new();
    if !record.real_alerts.is_empty() {
        blocks.push(Block::Notice(said(language, &words::real_meanwhile())));
        let rows = record.real_alerts.iter().map(|real| {
            let mut row = when(real.at);
            row.push(Cell::marked(real.alert.to_string(), Mark::Bad));
            row
        });
        let head = [column::script(), column::hour(), column::real_alert()];
        blocks.push(table(language, &words::real_alerts(), &head, rows.collect()));
    }
    blocks.push(written_down(record, language));
    section(language, &words::notes_and_alerts(), blocks)
}

fn written_down(record: &Record, language: Language) -> Block {
    if record.notes.is_empty() {
        return paragraph(language, &words::no_note());
    }
    let rows = record.notes.iter().map(|note| {
        let mut row = when(note.at);
        row.extend([Cell::plain(record.name_of(&note.by)), Cell::plain(note.text.as_str())]);
        row
    });
    let head = [column::script(), column::hour(), column::by(), column::note()];
    table(language, &words::notes(), &head, rows.collect())
}

fn when(at: When) -> Vec<Cell> {
    vec![Cell::plain(Offset(at.script).to_string()), Cell::plain(hour(at))]
}
