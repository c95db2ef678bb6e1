//! What people fill in, how the result is calculated, and what proves that nothing was rewritten.

use super::{Block, Cell, Section, paragraph, section, table};
use crate::base::language::{Language, Text};
use crate::drill::report::record::Record;
use crate::drill::report::score::Rating;
use crate::drill::report::words::{said, share};
use crate::words::report::{column, manual as words, percent};

/// Rows left empty in the plan of action.
const ACTIONS: usize = 6;

pub(super) fn retex(language: Language) -> Section {
    let lines = |title: Text, count| Block::Lines(said(language, &title), count);
    let head = [column::number(), column::action(), column::owner(), column::due(), column::done()];
    let row = |number: usize| {
        let mut row = vec![Cell::plain(number.to_string())];
        row.extend((1..head.len()).map(|_| Cell::plain("")));
        row
    };
    let blocks = vec![
        paragraph(language, &words::together()),
        lines(words::strengths(), 4),
        lines(words::to_improve(), 4),
        table(language, &words::plan(), &head, (1..=ACTIONS).map(row).collect()),
        lines(words::signature(), 2),
    ];
    section(language, &words::review(), blocks)
}

pub(super) fn score(record: &Record, language: Language) -> Section {
    let tally = record.tally;
    let rows = Rating::ALL.iter().map(|rating| {
        let share = percent(rating.of_share());
        let from = if *rating == Rating::P { share } else { words::from(share) };
        vec![Cell::plain(rating.letter()), Cell::said(language, &rating.label()), Cell::said(language, &from)]
    });
    let head = [column::rating(), column::meaning(), column::share()];
    let blocks = vec![
        paragraph(language, &words::formula(tally.met, tally.partly, tally.judged(), share(tally))),
        paragraph(language, &words::what_counts()),
        table(language, &words::ratings(), &head, rows.collect()),
    ];
    section(language, &words::calculation(), blocks)
}

pub(super) fn proof(record: &Record, language: Language) -> Section {
    let fact = |term: Text, value: String| (said(language, &term), value);
    let mut facts = vec![fact(words::digest(), record.digest.clone())];
    if let Some(ledger) = &record.ledger {
        facts.push(fact(words::head(), ledger.head.clone()));
        facts.push(fact(words::entries(), ledger.entries.to_string()));
    }
    section(language, &words::proof(), vec![Block::Facts(facts), paragraph(language, &words::what_it_proves())])
}
