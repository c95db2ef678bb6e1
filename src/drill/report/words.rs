//! Which words of the catalogue stand for a value of the record.

use super::record::{ExpectationRecord, Outcome, Record, Took, When};
use super::score::Tally;
use crate::base::id::PersonId;
use crate::base::language::{Language, Text};
use crate::drill::play::{Ending, Verdict};
use crate::drill::playbook::Awaited;
use crate::words::Said;
use crate::words::report::{self as words, column, summary, timeline};
use crate::words::time::{Lasted, Wall};

/// What is said, in the language of the report.
pub(super) fn said(language: Language, words: &impl Said) -> String {
    words.said(language).into_owned()
}

/// How long something took: in real time, and in script time behind it where the two differ.
pub(super) fn took(took: Option<Took>, pace: u32) -> Text {
    match took {
        None => words::nothing(),
        Some(took) if pace == 1 => words::one_clock(Lasted(took.script)),
        Some(took) => words::two_clocks(Lasted(took.real), Lasted(took.script)),
    }
}

/// The heading over what [`took`] writes.
pub(super) fn took_heading(pace: u32) -> Text {
    if pace == 1 { column::took() } else { column::took_at_pace(pace) }
}

/// The hour on the wall.
pub(super) fn hour(when: When) -> String {
    local(when).strftime("%H:%M:%S").to_string()
}

/// The day and the hour on the wall.
pub(super) fn day_and_hour(when: When) -> Wall {
    Wall(local(when))
}

fn local(when: When) -> jiff::civil::DateTime {
    let offset = jiff::tz::Offset::from_seconds(when.offset).unwrap_or(jiff::tz::Offset::UTC);
    offset.to_datetime(when.real)
}

/// A share, or a dash where nothing could be judged.
pub(super) fn share(tally: Tally) -> Text {
    tally.share().map_or_else(words::nothing, words::percent)
}

/// What was awaited, in words.
pub(super) fn awaited(record: &Record, expected: &ExpectationRecord) -> Text {
    let person = |id: &Option<PersonId>| match id {
        Some(id) => Text::both(record.name_of(id.as_str()), record.name_of(id.as_str())),
        None => timeline::somebody(),
    };
    match &expected.awaited {
        Awaited::Hit(rule) => match record.rules.get(rule) {
            Some(title) if *title != Text::default() => timeline::detection(timeline::titled(title, rule)),
            _ => timeline::detection(rule),
        },
        Awaited::Ack { chain, by } => timeline::takes_on(person(by), chain),
        Awaited::Page { chain: Some(chain), person: to } => timeline::is_told_by(person(to), chain),
        Awaited::Page { chain: None, person: to } => timeline::is_told(person(to)),
        Awaited::Action(action) => action.clone(),
        Awaited::Decision(option) => timeline::decision(option),
    }
}

/// A verdict: a sign and a word, so that nobody needs the colour.
pub(super) fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Met => timeline::met(),
        Verdict::Partly => timeline::partly(),
        Verdict::Missed => timeline::missed(),
        Verdict::NotObserved => timeline::not_observed(),
        Verdict::Open => timeline::cut_off(),
        Verdict::NotReached => timeline::not_played(),
    }
}

/// What became of an inject.
pub(super) fn outcome(outcome: &Outcome) -> Text {
    match outcome {
        Outcome::Played => timeline::played(),
        Outcome::BrokenOff => timeline::broken_off(),
        Outcome::CallNotMade => timeline::call_not_made(),
        Outcome::Skipped => timeline::skipped(),
        Outcome::NotChosen => timeline::not_chosen(),
        Outcome::NotFired => timeline::not_fired(),
        Outcome::NotReached => timeline::not_reached(),
        Outcome::Failed { why } => timeline::not_delivered(why),
    }
}

/// How the drill ended.
pub(super) fn ending(ending: Option<&Ending>) -> Text {
    match ending {
        None => summary::going_on(),
        Some(Ending::TimeUp) => summary::time_up(),
        Some(Ending::AllDone) => summary::all_done(),
        Some(Ending::Stopped { why }) => summary::stopped(why),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn days_are_those_of_the_wall() {
        let when = When { real: "2024-02-10T23:30:00Z".parse().unwrap(), offset: 3600, script: SignedDuration::ZERO };
        assert_eq!(said(Language::Fr, &day_and_hour(when)), "dimanche 11 février 2024 à 00:30:00");
    }
}
