//! What pages say, in French and in English: what happened, where, since when, how often, what to look at first, who
//! else knows, how to answer. Everything that came out of a log is redacted and made one visible line first.

mod digest;
mod shown;
mod story;

use std::fmt::Write as _;

pub(crate) use self::digest::{DigestOf, digest};
use self::shown::Shown;
pub(crate) use self::shown::{joined, muted_by, unmuted_why};
pub(crate) use self::story::{Contact, DutyText, Story};
use super::draft::{Draft, clip, one_line};
use crate::alert::oncall::Person;
use crate::base::id::{DutyId, PersonId};
use crate::base::language::{Language, Text};
use crate::words::page as words;
use crate::words::time::At;

/// What somebody is asked about an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Do you have it? For the first time, or once more.
    Yours,
    /// You have it, and it got graver: do you still?
    Graver,
    /// Somebody hands it to you: do you take it?
    Handed,
    /// You said you have it: do you still?
    Still,
}

/// An alert that somebody is to answer.
pub(crate) fn asked(story: &Story<'_>, question: Question, to: &PersonId, language: Language) -> Draft {
    let shown = Shown::of(story, language);
    let (before, ask, otherwise) = match question {
        Question::Yours => (None, words::ask(), words::otherwise()),
        Question::Graver => (Some(words::graver()), words::ask_graver(), words::otherwise_again()),
        Question::Handed => (Some(words::handed()), words::ask_handed(), words::otherwise_again()),
        Question::Still => (Some(words::still_open()), words::ask_again(), words::otherwise_again()),
    };
    let before = before.map(|text| shown.say(&text));
    let first = match question {
        Question::Yours => String::new(),
        _ => format!("{}\n\n", shown.say(&ask)),
    };
    let ask = if question == Question::Yours { ask } else { words::say_so() };
    let otherwise = match story.until {
        Some(until) => words::otherwise_at(At(until, &story.zone)),
        None => otherwise,
    };
    let answer = format!("{}\n    {}\n{}", shown.say(&ask), shown.command(to), shown.say(&otherwise));
    let body = format!("{first}{}\n\n{answer}\n\n{}", shown.facts(), shown.origin());
    Draft::new(language, &shown.headline(before.as_deref()), &body, &shown.short(before.as_deref()))
}

/// More of an alert that somebody has.
pub(crate) fn more(story: &Story<'_>, language: Language) -> Draft {
    let shown = Shown::of(story, language);
    let before = shown.say(&words::more());
    let body = format!("{}\n\n{}", shown.say(&words::more_of_yours()), shown.facts());
    Draft::new(language, &shown.headline(Some(&before)), &body, &shown.short(Some(&before)))
}

/// Somebody else has it.
pub(crate) fn taken(story: &Story<'_>, language: Language) -> Draft {
    let shown = Shown::of(story, language);
    let who = story.holder.as_deref().map_or_else(|| shown.say(&words::somebody()), one_line);
    let news = shown.say(&words::taken(who));
    news_of(&shown, &news, &shown.say(&words::nothing_to_do()))
}

/// Their turn is over, and it is this one's.
pub(crate) fn relieved(story: &Story<'_>, next: &Person, to: &PersonId, language: Language) -> Draft {
    let shown = Shown::of(story, language);
    let news = shown.say(&words::relieved(one_line(&next.name)));
    let rest = match story.holder {
        Some(_) => words::still_yours(shown.handing_on(&next.id, to)),
        None => words::relieved_of_question(),
    };
    news_of(&shown, &news, &shown.say(&rest))
}

/// Their turn began, and somebody has it.
pub(crate) fn on_duty(story: &Story<'_>, language: Language) -> Draft {
    let shown = Shown::of(story, language);
    let who = story.holder.as_deref().map_or_else(|| shown.say(&words::somebody()), one_line);
    news_of(&shown, &shown.say(&words::on_duty(who)), &shown.say(&words::held_by_other()))
}

/// It is over.
pub(crate) fn over(story: &Story<'_>, language: Language) -> Draft {
    let shown = Shown::of(story, language);
    let reason = story.alert.ended.as_ref().and_then(|(_, reason)| reason.clone());
    let news = match &story.ended_by {
        Some(name) => shown.say(&words::over_by(one_line(name))),
        None => shown.say(&words::over_by_itself()),
    };
    let mut rest: Vec<String> = reason.iter().map(|reason| shown.say(&words::reason(one_line(reason)))).collect();
    rest.extend(story.alert.qualified.as_ref().map(|said| shown.verdict(said)));
    news_of(&shown, &news, &rest.join("\n"))
}

/// What was told is wrong.
pub(crate) fn erratum(story: &Story<'_>, right: &str, language: Language) -> Draft {
    let shown = Shown::of(story, language);
    let before = shown.say(&words::erratum());
    let right = one_line(right);
    let body = format!("{}\n\n{right}\n\n{}", shown.say(&words::erratum_of(story.alert.id)), shown.facts());
    let line = format!("{} {before}: {right} - {}", story.alert.id, shown.site());
    Draft::new(language, &shown.headline(Some(&before)), &body, &line)
}

fn news_of(shown: &Shown<'_>, news: &str, rest: &str) -> Draft {
    let facts = shown.facts();
    let body = [news, rest, &facts].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let line = format!("{} {news} - {} - {}", shown.story.alert.id, shown.title(), shown.site());
    Draft::new(shown.language, &shown.headline(Some(news)), &body.join("\n\n"), &line)
}

/// "This is yours to declare", for the first time or again, with what its owner types.
pub(crate) fn declare(story: &Story<'_>, id: &DutyId, duty: &DutyText, language: Language) -> Draft {
    let shown = Shown::of(story, language);
    let by_hand = words::how_to_declare(id, story.alert.id, shown.at_site());
    let again = (story.times.0 > 1).then(|| shown.say(&words::still_to_declare()));
    to_declare(story, duty, (again, by_hand.get(language)), language)
}

fn to_declare(
    story: &Story<'_>,
    duty: &DutyText,
    (again, by_hand): (Option<String>, &str),
    language: Language,
) -> Draft {
    let shown = Shown::of(story, language);
    let say = |text: Text| text.get(language).to_owned();
    let (title, what) = (again.unwrap_or_else(|| say(words::to_declare())), one_line(&duty.what));
    let mut body = format!("{}\n{} {}", say(words::yours_to_declare(&what)), say(words::place()), duty.place.trim());
    let until = story.until.map(|until| say(words::deadline(At(until, &story.zone))));
    let due = match (&duty.due, until) {
        (Some(due), Some(until)) => Some(format!("{until} ({})", one_line(due))),
        (due, until) => until.or_else(|| due.as_deref().map(one_line)),
    };
    if let Some(due) = &due {
        write!(body, "\n{}", say(words::before(due))).expect("writing to a string cannot fail");
    }
    if let Some(fallback) = &duty.fallback {
        write!(body, "\n{}", one_line(fallback)).expect("writing to a string cannot fail");
    }
    let told: Vec<String> = [say(words::alone()), by_hand.to_owned(), shown.facts()].into_iter().collect();
    for part in told.iter().filter(|part| !part.is_empty()) {
        write!(body, "\n\n{part}").expect("writing to a string cannot fail");
    }
    let due = due.map_or_else(String::new, |due| format!(" ({due})"));
    let alert = story.alert.id;
    let line = format!("{alert} {title}: {what}{due}. {} - {}", shown.title(), one_line(&duty.place));
    Draft::new(language, &format!("[{alert}] {title} - {what}"), &body, &line)
}

/// The sheet for the very end, when nobody answered: whom to call by hand, what to look at first, with room to write.
pub(crate) fn last_resort(story: &Story<'_>, contacts: &[Contact], language: Language) -> Draft {
    let shown = Shown::of(story, language);
    let (nobody, room) = (shown.say(&words::nobody_answered()), shown.say(&words::called_at()));
    let mut body = format!("{}\n", shown.say(&words::call()));
    for (place, contact) in contacts.iter().enumerate() {
        let phone = contact.phone.as_deref().unwrap_or("____________________");
        write!(body, "\n{:>3}. {} - {}\n{room}\n", place + 1, one_line(&contact.name), one_line(phone))
            .expect("writing to a string cannot fail");
    }
    write!(body, "\n{}\n\n{}", shown.facts(), shown.origin()).expect("writing to a string cannot fail");
    let line = format!("{} {nobody}: {} - {}", story.alert.id, shown.title(), shown.site());
    Draft::new(language, &shown.headline(Some(&nobody)), &body, &line)
}

/// A message that an exercise plays to somebody: the author's words as they are.
pub(crate) fn inject(title: &str, text: &str, language: Language) -> Draft {
    let (title, text) = (one_line(title), text.trim());
    let line = match (title.is_empty(), text.is_empty()) {
        (true, _) => text.to_owned(),
        (_, true) => title.clone(),
        _ => format!("{title}: {text}"),
    };
    let subject = if title.is_empty() { clip(&one_line(text), 80) } else { title };
    Draft::new(language, &subject, text, &line)
}

#[cfg(test)]
mod tests;
