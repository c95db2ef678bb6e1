//! The figures as one table for a spreadsheet: a row for each month, each person and each turn of it.

use jiff::SignedDuration;
use jiff::civil::Date;

use super::figures::{Load, Month, name};
use super::said::Figures;
use super::sheets::{load as cells, turn_words};
use crate::cli::csv::line;
use crate::words::stats as words;

/// How many columns tell of answers to alerts.
const ANSWERS: usize = 8;

/// The whole table.
pub(super) fn csv(figures: &Figures) -> String {
    let head = [
        words::month(),
        words::row_of(),
        words::person(),
        words::raised(),
        words::asked(),
        words::answered(),
        words::in_seconds(words::half()),
        words::in_seconds(words::nine_tenths()),
        words::in_seconds(words::longest()),
        words::qualified(),
        words::false_alarms(),
        words::pages(),
        words::at_night(),
        words::nights(),
        words::worst_night(),
        words::free_days(),
        words::failed(),
        words::answers(),
    ];
    let head = line(&head.map(|title| figures.say(&title)));
    figures.months.iter().fold(head, |lines, month| lines + &rows(figures, month))
}

fn rows(figures: &Figures, (at, month): (&Date, &Month)) -> String {
    let row = |of: String, whom: String, answers: Vec<String>, load: &Load, taken: String| {
        line(&[vec![name(*at), of, whom], answers, cells(load), vec![taken]].concat())
    };
    let nothing = || vec![String::new(); ANSWERS];
    let answers = &month.answers;
    let seconds = |time: Option<SignedDuration>| time.map(|time| time.as_secs().to_string()).unwrap_or_default();
    let of_month = vec![
        answers.alerts.to_string(),
        answers.asked.to_string(),
        answers.answered.to_string(),
        seconds(answers.half_within),
        seconds(answers.nine_tenths_within),
        seconds(answers.longest),
        answers.qualified.to_string(),
        answers.false_alarms.to_string(),
    ];
    let everybody = figures.say(&words::everybody());
    let mut lines = row(figures.say(&words::month()), everybody, of_month, &month.pages, answers.answered.to_string());
    for (id, person) in &month.people {
        let taken = person.answers.to_string();
        lines.push_str(&row(figures.say(&words::person()), figures.person(id), nothing(), &person.load, taken));
    }
    for (turn, load) in &month.turns {
        let rota = turn.rota.as_ref().map(ToString::to_string).unwrap_or_default();
        let of = figures.say(&turn_words(turn));
        lines.push_str(&row(of, rota, nothing(), load, String::new()));
    }
    lines
}
