//! `vigie duty draft`: a declaration with what is known of an alert, for a person to complete, approve and send.

mod facts;
mod html;

use anyhow::Result;
use clap::ValueEnum;
use jiff::Timestamp;

use self::facts::Facts;
use crate::alert::duty::{Duty, find};
use crate::api::{Answer, Query};
use crate::base::id::{AlertId, DutyId};
use crate::base::language::{Language, Text};
use crate::base::realm::Realm;
use crate::cli::answer::told;
use crate::cli::exit::Exit;
use crate::cli::place::Records;
use crate::cli::screen::Screen;
use crate::daemon::clock;
use crate::words::duty as words;
use crate::words::page;
use crate::words::report;
use crate::words::time::{At, Day};

/// A form of the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Plain text
    Text,
    /// One page that opens anywhere and prints on A4
    Html,
}

/// A draft, in one language.
#[derive(Debug)]
struct Draft {
    language: Language,
    /// The marking of an exercise.
    marking: Option<String>,
    title: String,
    about: String,
    /// What there is to know of the duty.
    duty: Vec<(String, String)>,
    /// Said of what is no law.
    warning: Option<String>,
    /// The questions, with what is known; nothing where nothing is.
    answers: Vec<(String, Option<String>)>,
    /// What only whoever declares can write.
    to_fill: Vec<String>,
}

pub(super) fn draft(screen: Screen, records: &Records, (duty, alert): (&DutyId, AlertId), form: Form) -> Result<Exit> {
    let view = match records.ask(Query::Alert { alert })? {
        Answer::Alert(view) => view,
        other => return Ok(told(screen, &other)),
    };
    let (Some(duty), zone, site) = (find(duty.as_str()), records.clock(), records.site()) else {
        return Ok(Exit::Usage);
    };
    let facts = Facts { view: &view, duty: &duty.id, site: site.as_ref(), zone: &zone, language: screen.language() };
    let draft = made(&facts, duty, clock::now());
    match form {
        Form::Text => screen.block("", &text(&draft)),
        Form::Html => screen.block("", &html::html(&draft)),
    }
    Ok(Exit::Fine)
}

fn made(facts: &Facts<'_>, duty: &Duty, now: Timestamp) -> Draft {
    let language = facts.language;
    let say = |text: Text| text.get(language).to_owned();
    let given = facts.given();
    let due = match given.and_then(|given| given.deadline) {
        Some(deadline) => words::due(At(deadline, facts.zone), duty.clock.said()),
        None if duty.status.binds() => duty.clock.said(),
        None => words::planned(duty.clock.said()),
    };
    let mut about = vec![
        (words::to(), duty.to.clone()),
        (words::who(), duty.who.clone()),
        (words::clock(), due),
        (words::trigger(), duty.trigger.clone()),
        (words::how(), duty.how.clone()),
    ];
    about.extend(duty.fallback.clone().map(|text| (words::fallback(), text)));
    about.extend(duty.note.clone().map(|text| (words::note(), text)));
    about.extend(duty.sources.iter().map(|source| {
        let seen = match (source.checked_on, &source.seen_at) {
            (Some(day), Some(at)) => words::checked(&source.text, Day(day), at),
            _ => words::not_checked(&source.text),
        };
        (words::source(), seen)
    }));
    Draft {
        language,
        marking: (facts.view.alert.realm != Realm::Live).then(|| say(report::marking())),
        title: duty.title.get(language).to_owned(),
        about: say(words::of_alert(facts.view.alert.id, At(now, facts.zone))),
        duty: about.into_iter().map(|(name, text)| (say(name), say(text))).collect(),
        warning: (!duty.status.binds()).then(|| say(words::draft_of_no_law())),
        answers: duty
            .form
            .iter()
            .map(|question| (question.ask.get(language).to_owned(), facts.of(question.fill)))
            .collect(),
        to_fill: [words::receipt_number(), words::declared_at(), words::declared_by()].into_iter().map(say).collect(),
    }
}

/// The draft as text.
fn text(draft: &Draft) -> String {
    let say = |text: Text| text.get(draft.language).to_owned();
    let mut lines: Vec<String> = draft.marking.iter().cloned().collect();
    lines.extend([say(words::draft()), String::new(), draft.title.clone(), draft.about.clone()]);
    lines.extend(draft.warning.iter().cloned());
    lines.push(String::new());
    lines.extend(draft.duty.iter().map(|(name, text)| say(page::row(name, text))));
    lines.extend([String::new(), say(words::form()), String::new()]);
    for (number, (ask, answer)) in (1..).zip(&draft.answers) {
        lines.push(format!("{number:>2}. {ask}"));
        let answer = answer.clone().unwrap_or_else(|| say(words::unknown_yet()));
        lines.extend(answer.lines().map(|line| format!("    {line}")));
    }
    lines.extend([String::new(), say(words::proof()), String::new()]);
    lines.extend(draft.to_fill.iter().map(|name| format!("{} ____________________", say(page::row(name, "")).trim())));
    lines.extend([String::new(), say(words::draft_alone())]);
    lines.extend(draft.marking.iter().cloned());
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests;
