//! What was played, and how it came out.

use super::{Block, Cell, Mark, Section, paragraph, section, table};
use crate::base::language::{Language, Text};
use crate::drill::playbook::Offset;
use crate::drill::report::record::{Mode, Record};
use crate::drill::report::score::{Rating, Tally};
use crate::drill::report::words::{day_and_hour, ending, hour, said, share};
use crate::words::Said;
use crate::words::report::{column, nothing, summary as words};
use crate::words::time::Lasted;

pub(super) fn identity(record: &Record, language: Language) -> Section {
    let mut blocks = Vec::new();
    if record.mode == Mode::Rehearsal {
        blocks.push(Block::Notice(said(language, &words::nobody_played())));
    }
    blocks.push(Block::Facts(facts(record, language)));
    if !record.gaps.is_empty() {
        blocks.push(gaps(record, language));
    }
    section(language, &words::drill(), blocks)
}

fn facts(record: &Record, language: Language) -> Vec<(String, String)> {
    let fact = |term: Text, value: &dyn Said| (said(language, &term), value.said(language).into_owned());
    let mut facts = vec![
        fact(words::hospital(), &record.site),
        fact(words::which(), &format!("{} — {}", record.drill, record.playbook)),
        fact(words::mode(), &mode(record)),
        fact(words::start(), &day_and_hour(record.started)),
    ];
    if let Some(ended) = record.ended {
        facts.push(fact(words::end(), &day_and_hour(ended)));
        facts.push(fact(words::length(), &words::played_of(Lasted(ended.script), Lasted(record.duration))));
    }
    facts.push(fact(words::ended(), &ending(record.ending.as_ref())));
    if let Some(leans_on) = &record.leans_on {
        facts.push(fact(words::after(), leans_on));
    }
    for cell in &record.cells {
        let members: Vec<_> = cell.members.iter().map(|member| record.name_of(&member.0)).collect();
        facts.push(fact(words::cell(&cell.id), &members.join(", ")));
    }
    facts
}

fn mode(record: &Record) -> Text {
    let mode = match record.mode {
        Mode::Live => words::live(),
        Mode::Rehearsal => words::rehearsal(),
    };
    let pace = if record.pace == 1 { words::real_time() } else { words::at_pace(record.pace) };
    words::mode_and_pace(mode, pace)
}

fn gaps(record: &Record, language: Language) -> Block {
    let rows = record.gaps.iter().map(|gap| {
        let to = gap.to.map(hour).unwrap_or_default();
        let at = Offset(gap.from.script).to_string();
        vec![Cell::plain(hour(gap.from)), Cell::plain(to), Cell::plain(at)]
    });
    let head = [column::since(), column::until(), column::script_time()];
    table(language, &words::pauses(), &head, rows.collect())
}

pub(super) fn outcome(record: &Record, language: Language) -> Section {
    let mut blocks = vec![paragraph(language, &in_two_sentences(record.tally))];
    if !record.objectives.is_empty() {
        blocks.push(objectives(record, language));
        blocks.push(paragraph(language, &words::ratings()));
    }
    section(language, &words::result(), blocks)
}

fn in_two_sentences(tally: Tally) -> Text {
    let Tally { met, partly, missed, not_observed, cut_off, not_reached } = tally;
    let result = words::met_of(share(tally), tally.judged(), met, partly, missed);
    words::not_counted(result, not_observed, cut_off, not_reached)
}

fn objectives(record: &Record, language: Language) -> Block {
    let rows = record.objectives.iter().map(|objective| {
        let tally = objective.tally;
        let rating = |rating: Rating| words::rating(rating.letter(), rating.label());
        let suggested = objective.suggested.map_or_else(nothing, rating);
        let mark = match objective.suggested {
            Some(Rating::P) => Mark::Good,
            Some(Rating::S | Rating::M) => Mark::Half,
            Some(Rating::U) => Mark::Bad,
            None => Mark::Quiet,
        };
        vec![
            Cell::plain(objective.title.get(language)),
            Cell::plain(tally.met.to_string()),
            Cell::plain(tally.partly.to_string()),
            Cell::plain(tally.missed.to_string()),
            Cell::plain((tally.all() - tally.judged()).to_string()),
            Cell::said(language, &share(tally)),
            Cell::marked(said(language, &suggested), mark),
            Cell::plain(""),
        ]
    });
    let head = [
        column::objective(),
        column::met(),
        column::partly(),
        column::missed(),
        column::not_judged(),
        column::share(),
        column::suggested(),
        column::given(),
    ];
    table(language, &words::objectives(), &head, rows.collect())
}
