//! The words of answers: what was done, or why it cannot be.

use jiff::SignedDuration;

use super::exit::Exit;
use super::screen::{Paint, Screen};
use crate::api::{Answer, Done, NoAnswer, Obstacle, Refusal, Reloaded};
use crate::base::language::{Language, Text};
use crate::drill::play::Ignored;
use crate::text::diagnostic::suggest;
use crate::words::failure::colon;
use crate::words::level::level;
use crate::words::time::Lasted;
use crate::words::{answer as words, drill, duty as duty_words, inspection, ledger, silence as silence_words, store};

/// Shows an answer that is only words, and what exit code it means.
pub(super) fn told(screen: Screen, answer: &Answer) -> Exit {
    match answer {
        Answer::Done(done) => {
            screen.line(said(done));
            if let Done::Raised { chain: None, .. } = done {
                screen.note(words::nobody_told());
            }
            Exit::Fine
        }
        Answer::NotKept { done, cause, .. } => {
            screen.aside().paint(Paint::Red, words::not_kept()).put(colon()).put(said_unkept(done)).end();
            screen.note(words::cannot_keep(store::cause(*cause)));
            if let Done::Raised { chain: None, .. } = done {
                screen.note(words::nobody_told());
            }
            Exit::Daemon
        }
        Answer::Refused(Refusal::Mistakes(found)) => {
            for finding in found {
                screen.note(finding);
            }
            screen.aside().paint(Paint::Red, words::not_reloaded()).end();
            Exit::Findings
        }
        Answer::Refused(why) => {
            screen.aside().paint(Paint::Red, words::refused()).put(colon()).put(refusal(why)).end();
            Exit::Daemon
        }
        _ => {
            screen.note(words::unexpected());
            Exit::Daemon
        }
    }
}

/// What was done.
fn said(done: &Done) -> Text {
    match done {
        Done::Acked { alert, name, .. } => words::acked(alert, name),
        Done::Escalated { alert } => words::escalated(alert),
        Done::HandedOn { alert, name, .. } => words::handed_on(alert, name),
        Done::Snoozed { alert, name, seconds, .. } => {
            words::snoozed(alert, name, Lasted(SignedDuration::from_secs(*seconds)))
        }
        Done::Qualified { alert } => words::qualified(alert),
        Done::Split { alert, into } => words::split(alert, into),
        Done::Ticked { alert, done: true } => words::ticked(alert),
        Done::Ticked { alert, .. } => words::unticked(alert),
        Done::PutRight { alert, told } => words::put_right(*told as u64, alert),
        Done::Resolved { alert } => words::resolved(alert),
        Done::Raised { alert, .. } => words::raised(alert),
        // On whose clock, only whoever asked knows.
        Done::Silenced { silence, until, up_to, .. } => silence_words::added(silence, level(*up_to), until),
        Done::Noted { alert: Some(alert) } => ledger::noted_of(alert),
        Done::Noted { alert: None } => ledger::noted(),
        Done::Erased { entries, .. } => ledger::bodies_erased(*entries as u64),
        Done::SilenceEnded { silence, alerts: 0 } => silence_words::ended_idle(silence),
        Done::SilenceEnded { silence, alerts } => silence_words::ended(*alerts as u64, silence),
        Done::Declared { alert, duty } => duty_words::ended(alert, duty),
        Done::Started { drill } => words::started(drill),
        Done::Acted { drill } => words::acted(drill),
        Done::Reloaded(reloaded) => taken_up(reloaded),
    }
}

/// What was done, and is in memory only.
fn said_unkept(done: &Done) -> Text {
    match done {
        Done::Acked { alert, name, .. } => words::acked_unkept(alert, name),
        Done::Escalated { alert } => words::escalated_unkept(alert),
        Done::Resolved { alert } => words::resolved_unkept(alert),
        Done::HandedOn { alert, .. }
        | Done::Snoozed { alert, .. }
        | Done::Qualified { alert }
        | Done::Split { alert, .. }
        | Done::Ticked { alert, .. }
        | Done::PutRight { alert, .. } => words::said_unkept(alert),
        Done::Raised { alert, chain: Some(_) } => words::raised_unkept(alert),
        Done::Raised { alert, chain: None } => words::raised_unkept_untold(alert),
        Done::Declared { alert, duty } => duty_words::unkept(alert, duty),
        Done::Silenced { silence, .. } | Done::SilenceEnded { silence, .. } => silence_words::unkept(silence),
        Done::Noted { .. } => ledger::noted_unkept(),
        Done::Erased { entries, .. } => ledger::bodies_erased(*entries as u64),
        Done::Started { drill } => words::started_unkept(drill),
        Done::Acted { drill } => words::acted_unkept(drill),
        Done::Reloaded(reloaded) => taken_up(reloaded),
    }
}

/// What came of taking up files.
pub(super) fn taken_up(reloaded: &Reloaded) -> Text {
    let Reloaded { rules, new, changed, gone, windows, windows_before, .. } = reloaded;
    let rules = u64::try_from(*rules).unwrap_or(u64::MAX);
    let mut parts = vec![words::rules_watch(rules, new, changed, gone, windows, windows_before)];
    if reloaded.people {
        parts.push(words::people_taken_up());
    }
    if reloaded.warnings > 0 {
        parts.push(words::warnings(u64::try_from(reloaded.warnings).unwrap_or(u64::MAX)));
    }
    joined(&parts)
}

/// Why something cannot be done.
pub(super) fn refusal(why: &Refusal) -> Text {
    match why {
        Refusal::UnknownPerson { name, known } => words::unknown_person(name, help(name.as_str(), known)),
        Refusal::NobodyNamed { account } => words::nobody_named(account.as_deref().unwrap_or("?")),
        Refusal::NotTheirs { person, account } => words::not_theirs(person, account),
        Refusal::NoChain { alert } => words::no_chain(alert),
        Refusal::NoStep { chain, steps } => words::no_step(chain, steps),
        Refusal::TooLate { hours } => words::too_late(hours),
        Refusal::NoSuchGesture { alert, gestures, known } => {
            words::no_such_gesture(alert, gestures.iter().map(usize::to_string).collect::<Vec<_>>().join(", "), known)
        }
        Refusal::NoSuchPart { alert, parts } => {
            words::no_such_part(alert, parts.iter().map(u64::to_string).collect::<Vec<_>>().join(", "))
        }
        Refusal::AlertOver { alert } => words::alert_over(alert),
        Refusal::UnknownAlert { alert } => words::unknown_alert(alert),
        Refusal::NotYet => ledger::not_yet(),
        Refusal::ErasesAll => ledger::erases_all(),
        Refusal::NoSuchTime { days } => silence_words::no_such_time(days),
        Refusal::SilencesAll => silence_words::about_everything(),
        Refusal::UnknownRule { name, known } => silence_words::unknown_rule(name, help(name.as_str(), known)),
        Refusal::UnknownSource { name, known } => silence_words::unknown_source(name, help(name.as_str(), known)),
        Refusal::NoSuchDuty { alert, duty, known } if known.is_empty() => duty_words::none_open(alert, duty),
        Refusal::NoSuchDuty { alert, duty, known } => duty_words::not_open(alert, duty, known.join(", ")),
        Refusal::DutyNotThen { aware } => duty_words::not_then(aware),
        Refusal::UnknownSilence { silence } => silence_words::unknown(silence),
        Refusal::SilenceNotKept => silence_words::cannot_keep(),
        Refusal::UnknownPlaybook { playbook, known } => {
            words::unknown_playbook(playbook, help(playbook.as_str(), known))
        }
        Refusal::UnknownDrill { drill, known } if known.is_empty() => words::no_drill(drill),
        Refusal::UnknownDrill { drill, known } => words::unknown_drill(drill, known.join(", ")),
        Refusal::DrillRuns { drill } => words::drill_runs(drill),
        Refusal::DrillRests { drill } => words::drill_rests(drill),
        Refusal::Store => words::store(),
        Refusal::Pace { highest } => words::pace(highest),
        Refusal::NoEffect { drill, why, inject: None } => words::no_effect(drill, ignored(*why)),
        Refusal::NoEffect { drill, why, inject: Some(inject) } => words::no_effect_on(drill, ignored(*why), inject),
        Refusal::Obstacles(obstacles) => {
            words::nothing_taken_up(joined(&obstacles.iter().map(obstacle).collect::<Vec<_>>()))
        }
        Refusal::Mistakes(_) => words::not_reloaded(),
        Refusal::Unreadable { why, .. } => words::unreadable(why),
        Refusal::NoAnswer(why) => no_answer(why),
        Refusal::NoDaemon => words::no_daemon(),
        Refusal::Stopping => words::stopping(),
        Refusal::NotUnderstood { why } => words::not_understood(why),
    }
}

/// Why a question in SQL is not answered.
fn no_answer(why: &NoAnswer) -> Text {
    match why {
        NoAnswer::Nothing => inspection::asks_nothing(),
        NoAnswer::Several => inspection::several_questions(),
        NoAnswer::Changes => inspection::changes(),
        NoAnswer::TooLong { seconds } => inspection::too_long(seconds),
        NoAnswer::NoTable { name, known } => inspection::no_table(name, known.join(", ")),
        NoAnswer::Mistaken { why } => inspection::mistaken(why),
    }
}

fn obstacle(obstacle: &Obstacle) -> Text {
    match obstacle {
        Obstacle::NeedsStart(part) => words::needs_start(part),
        Obstacle::ExerciseRuns => words::exercise_runs(),
    }
}

/// Why an input had no effect.
fn ignored(why: Ignored) -> Text {
    match why {
        Ignored::Over => drill::over(),
        Ignored::UnknownInject => drill::unknown_inject(),
        Ignored::AlreadyPlayed => drill::already_played(),
        Ignored::NotPlayed => drill::not_played(),
        Ignored::UnknownExpectation => drill::unknown_expectation(),
        Ignored::NoDecision => drill::no_decision(),
        Ignored::UnknownOption => drill::unknown_option(),
        Ignored::AlreadyDecided => drill::already_decided(),
        Ignored::SaidBefore => drill::said_before(),
    }
}

fn help(written: &str, known: &[String]) -> Text {
    suggest(written, known.iter().map(String::as_str)).unwrap_or_default()
}

/// Sentences one after the other.
fn joined(parts: &[Text]) -> Text {
    let of = |language| parts.iter().map(|part| part.get(language)).collect::<Vec<_>>();
    Text::both(&of(Language::Fr).join(" ; "), &of(Language::En).join("; "))
}
