//! What happened when: injects, expectations, decisions, and what never happened.

use super::{Block, Cell, Mark, Section, paragraph, section, table};
use crate::base::language::{Language, Text};
use crate::drill::play::FACILITATOR;
use crate::drill::playbook::{Awaited, Offset};
use crate::drill::report::record::{DecisionRecord, ExpectationRecord, InjectRecord, Outcome, Record};
use crate::drill::report::words::{self as worded, hour, said, took, took_heading};
use crate::words::report::{column, timeline as words};
use crate::words::time::Lasted;

pub(super) fn timeline(record: &Record, language: Language) -> Section {
    let rows = record.injects.iter().map(|inject| {
        let played = inject.played.map_or_else(|| "–".to_owned(), |at| Offset(at.script).to_string());
        let mark = match inject.outcome {
            Outcome::Played => Mark::Plain,
            Outcome::NotChosen | Outcome::NotFired => Mark::Quiet,
            _ => Mark::Bad,
        };
        vec![
            planned(inject),
            Cell::plain(played),
            Cell::plain(inject.played.map(hour).unwrap_or_default()),
            named(inject, language),
            Cell::plain(inject.class.label().get(language)),
            Cell::plain(addressed(inject, language)),
            Cell::marked(said(language, &outcome(inject)), mark),
        ]
    });
    let head = [
        column::planned(),
        column::played(),
        column::hour(),
        column::inject(),
        column::class(),
        column::means(),
        column::outcome(),
    ];
    let table = table(language, &words::planned_and_real(), &head, rows.collect());
    section(language, &words::timeline(), vec![Block::Timeline, table])
}

fn planned(inject: &InjectRecord) -> Cell {
    Cell::plain(inject.planned.map_or_else(|| "–".to_owned(), |at| Offset(at).to_string()))
}

fn named(inject: &InjectRecord, language: Language) -> Cell {
    Cell::plain(format!("{} ({})", inject.title.get(language), inject.id))
}

fn addressed(inject: &InjectRecord, language: Language) -> String {
    let word = inject.kind.word();
    let word = word.get(language);
    if inject.to.is_empty() { word.to_owned() } else { format!("{word} → {}", inject.to.join(", ")) }
}

fn outcome(inject: &InjectRecord) -> Text {
    let outcome = worded::outcome(&inject.outcome);
    match inject.lines.filter(|_| inject.played.is_some()) {
        Some(lines) => words::with_lines(outcome, lines.sent, lines.planned),
        None => outcome,
    }
}

pub(super) fn expectations(record: &Record, language: Language) -> Section {
    let mut rows = Vec::new();
    for inject in &record.injects {
        for expected in &inject.expectations {
            rows.push(expectation(record, inject, expected, language));
        }
    }
    if rows.is_empty() {
        return section(language, &words::expectations(), vec![paragraph(language, &words::nothing_expected())]);
    }
    let head = [
        column::inject(),
        column::expected(),
        column::verdict(),
        took_heading(record.pace),
        column::allowed(),
        column::proof(),
    ];
    let table = table(language, &words::expectations_and_times(), &head, rows);
    section(language, &words::expectations(), vec![table])
}

/// Who saw it: by name, where it is one of the site's people.
fn observer(record: &Record, by: &str) -> Text {
    if by == FACILITATOR { words::facilitator() } else { Text::quoted(record.name_of(by)) }
}

fn expectation(record: &Record, inject: &InjectRecord, expected: &ExpectationRecord, language: Language) -> Vec<Cell> {
    let awaited = match (&expected.awaited, &inject.decision) {
        (Awaited::Decision(option), Some(decision)) => words::decision(option_label(decision, option)),
        _ => worded::awaited(record, expected),
    };
    let proof = match (&expected.note, &expected.proof, &inject.decision) {
        (Some(note), ..) if note.text.is_empty() => said(language, &observer(record, &note.by)),
        (Some(note), ..) => said(language, &words::observed(observer(record, &note.by), &note.text)),
        (None, Some(chosen), Some(decision)) => said(language, &option_label(decision, chosen)),
        (None, Some(proof), None) => proof.clone(),
        (None, None, _) => String::new(),
    };
    vec![
        Cell::plain(inject.title.get(language)),
        Cell::said(language, &awaited),
        Cell::marked(said(language, &worded::verdict(expected.verdict)), Mark::of(expected.verdict)),
        Cell::said(language, &took(expected.took, record.pace)),
        Cell::said(language, &Lasted(expected.within)),
        Cell::plain(proof),
    ]
}

pub(super) fn decisions(record: &Record, language: Language) -> Section {
    let asked: Vec<_> = record
        .injects
        .iter()
        .filter(|inject| inject.played.is_some())
        .filter_map(|inject| inject.decision.as_ref().map(|decision| decision_row(record, inject, decision, language)))
        .collect();
    if asked.is_empty() {
        return section(language, &words::decisions(), vec![paragraph(language, &words::nothing_asked())]);
    }
    let head = [
        column::question(),
        column::options(),
        column::decision(),
        column::by(),
        column::hour(),
        took_heading(record.pace),
    ];
    section(language, &words::decisions(), vec![table(language, &words::decisions_taken(), &head, asked)])
}

fn decision_row(record: &Record, inject: &InjectRecord, decision: &DecisionRecord, language: Language) -> Vec<Cell> {
    let options: Vec<_> = decision.options.iter().map(|option| option.label.get(language)).collect();
    let (taken, mark) = match (&decision.chosen, decision.at) {
        (Some(chosen), _) => (option_label(decision, chosen), Mark::Plain),
        (None, Some(_)) => (words::by_default(option_label(decision, &decision.default)), Mark::Bad),
        (None, None) => (words::undecided(), Mark::Quiet),
    };
    let by = decision.by.as_deref().map(|by| record.name_of(by)).unwrap_or_default();
    vec![
        Cell::plain(format!("{} ({})", decision.ask.get(language), inject.to.join(", "))),
        Cell::plain(options.join(" · ")),
        Cell::marked(said(language, &taken), mark),
        Cell::plain(by),
        Cell::plain(decision.at.map(hour).unwrap_or_default()),
        Cell::said(language, &took(decision.took, record.pace)),
    ]
}

fn option_label(decision: &DecisionRecord, name: &str) -> Text {
    let option = decision.options.iter().find(|option| option.name == name);
    option.map_or_else(|| Text::both(name, name), |option| option.label.clone())
}

/// What should have been played and was not, or not wholly. Branches and reserves left unplayed are no fault.
pub(super) fn never_happened(record: &Record, language: Language) -> Section {
    let amiss = record.injects.iter().filter(|inject| inject.outcome.is_amiss());
    let row = |inject: &InjectRecord| {
        let outcome = Cell::marked(said(language, &outcome(inject)), Mark::Bad);
        vec![planned(inject), named(inject, language), outcome]
    };
    let rows: Vec<_> = amiss.map(row).collect();
    let block = if rows.is_empty() {
        paragraph(language, &words::all_happened())
    } else {
        let head = [column::planned(), column::inject(), column::what_happened()];
        table(language, &words::injects_concerned(), &head, rows)
    };
    section(language, &words::never_happened(), vec![block])
}
