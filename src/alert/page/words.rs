//! What pages say, in French and in English. Everything that came out of a log is redacted and made one visible line
//! first.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::draft::{Draft, clip, one_line};
use super::{marking, short};
use crate::base::id::{AlertId, PersonId, RuleId, SourceName};
use crate::base::language::{Language, Text};
use crate::base::level::Level;
use crate::base::redact::redact;
use crate::base::visible::visible;
use crate::words::level::level;
use crate::words::time::At;
use crate::words::{Said as _, page as words};

/// How many keys of an alert's subject are shown.
const KEYS: usize = 8;
/// The longest value shown.
const VALUE: usize = 160;
/// How many references of a rule are shown.
const REFERENCES: usize = 5;

/// What is known of an alert, as plain values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertSummary {
    /// The site's name.
    pub site: String,
    /// The site's clock.
    pub zone: TimeZone,
    /// The alert's number.
    pub alert: AlertId,
    /// How serious.
    pub level: Level,
    /// The rule's title, in the reader's language where there is one.
    pub title: String,
    /// What the alert is about: the values it is grouped by, by name.
    pub subject: Vec<(String, String)>,
    /// How many further subjects it stands for, when one rule matched many at once.
    pub others: u64,
    /// How many hits.
    pub count: u64,
    /// When the first was.
    pub first: Timestamp,
    /// When the last was.
    pub last: Timestamp,
    /// Where the lines came from; nothing where a person raised it.
    pub source: Option<SourceName>,
    /// The rule; nothing where a person raised it.
    pub rule: Option<RuleId>,
    /// Who wrote the rule.
    pub author: Option<String>,
    /// Where to read more.
    pub references: Vec<String>,
}

/// What somebody must declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DutyText {
    /// What, such as "incident grave de sécurité".
    pub what: String,
    /// To whom, how and where, such as the address of a portal or a telephone number.
    pub place: String,
    /// By when, already in words; nothing where there is no delay.
    pub due: Option<String>,
}

/// Somebody to call by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contact {
    /// Their name.
    pub name: String,
    /// Their number, as written in the site's files.
    pub phone: Option<String>,
}

/// "An alert: do you have it?"
pub fn alert(summary: &AlertSummary, to: &PersonId, language: Language) -> Draft {
    let shown = Shown::of(summary, language);
    let (facts, origin) = (shown.facts(), shown.origin());
    let ask = shown.answer(&words::ask(), to, &words::otherwise());
    Draft::new(language, &shown.headline(), &format!("{facts}\n\n{ask}\n\n{origin}"), &shown.short("", to))
}

/// "You said you have it: do you still?"
pub(crate) fn reack(summary: &AlertSummary, to: &PersonId, language: Language) -> Draft {
    let shown = Shown::of(summary, language);
    let still = words::still_open();
    let still = still.get(language);
    let ask = shown.answer(&words::ask_again(), to, &words::otherwise_again());
    let subject = format!("{still} - {}", shown.headline());
    Draft::new(language, &subject, &format!("{ask}\n\n{}", shown.facts()), &shown.short(still, to))
}

/// "This is yours to declare."
pub(crate) fn duty(summary: &AlertSummary, duty: &DutyText, language: Language) -> Draft {
    let shown = Shown::of(summary, language);
    let say = |text: Text| text.get(language).to_owned();
    let (title, what) = (say(words::to_declare()), one_line(&duty.what));
    let mut body = format!("{}\n{} {}", say(words::yours_to_declare(&what)), say(words::place()), duty.place.trim());
    if let Some(due) = &duty.due {
        write!(body, "\n{}", say(words::before(one_line(due)))).expect("writing to a string cannot fail");
    }
    write!(body, "\n\n{}\n\n{}", say(words::alone()), shown.facts()).expect("writing to a string cannot fail");
    let due = duty.due.as_deref().map_or_else(String::new, |due| format!(" ({})", one_line(due)));
    let line = format!("{} {title}: {what}{due}. {} - {}", summary.alert, shown.title, one_line(&duty.place));
    Draft::new(language, &format!("{title} - {what} ({})", summary.alert), &body, &line)
}

/// The sheet for the very end, when nobody answered: whom to call by hand, with room to write.
pub(crate) fn last_resort(summary: &AlertSummary, contacts: &[Contact], language: Language) -> Draft {
    let shown = Shown::of(summary, language);
    let (nobody, call, room) = (words::nobody_answered(), words::call(), words::called_at());
    let (nobody, room) = (nobody.get(language), room.get(language));
    let mut body = format!("{}\n", call.get(language));
    for (place, contact) in contacts.iter().enumerate() {
        let phone = contact.phone.as_deref().unwrap_or("____________________");
        write!(body, "\n{:>3}. {} - {}\n{room}\n", place + 1, one_line(&contact.name), one_line(phone))
            .expect("writing to a string cannot fail");
    }
    write!(body, "\n{}\n\n{}", shown.facts(), shown.origin()).expect("writing to a string cannot fail");
    let line = format!("{} {nobody}: {} - {}", summary.alert, shown.title, shown.site);
    Draft::new(language, &format!("{nobody} - {}", shown.headline()), &body, &line)
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

/// An alert's values, ready to be read.
struct Shown<'a> {
    summary: &'a AlertSummary,
    language: Language,
    site: String,
    title: String,
    subject: Vec<(String, String)>,
}

fn value(text: &str) -> String {
    clip(&visible(&redact(text)), VALUE)
}

impl<'a> Shown<'a> {
    fn of(summary: &'a AlertSummary, language: Language) -> Self {
        let pair = |(key, text): &(String, String)| {
            // Some identifiers are only known by their label: redact both together, then part them again.
            let line = value(&format!("{key}={text}"));
            match line.split_once('=') {
                Some((key, text)) => (key.to_owned(), text.to_owned()),
                None => (value(key), value(text)),
            }
        };
        Self {
            summary,
            language,
            site: value(&summary.site),
            title: value(&summary.title),
            subject: summary.subject.iter().take(KEYS).map(pair).collect(),
        }
    }

    fn say(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    fn level(&self) -> String {
        self.say(&level(self.summary.level))
    }

    fn headline(&self) -> String {
        format!("[{}] {} - {} ({})", self.level(), self.site, self.title, self.summary.alert)
    }

    fn acknowledge(&self, to: &PersonId) -> String {
        format!("vigie alert ack {} --as {to}", self.summary.alert)
    }

    /// How to answer, and what happens without an answer.
    fn answer(&self, ask: &Text, to: &PersonId, otherwise: &Text) -> String {
        format!("{}\n    {}\n{}", self.say(ask), self.acknowledge(to), self.say(otherwise))
    }

    fn facts(&self) -> String {
        let Self { summary, .. } = self;
        let heading = self.say(&words::heading(summary.alert, level(summary.level)));
        let mut rows = vec![words::row(words::site(), &self.site)];
        rows.extend(self.subject.iter().map(|(key, value)| words::row(key, value)));
        let more = summary.subject.len().saturating_sub(KEYS);
        if more > 0 {
            rows.push(words::row(words::other_values(), more));
        }
        if summary.others > 0 {
            rows.push(words::row(words::others(), summary.others));
        }
        rows.push(words::row(words::seen(), self.when()));
        if let Some(source) = &summary.source {
            rows.push(words::row(words::source(), value(source.as_str())));
        }
        let rows: Vec<String> = rows.iter().map(|row| self.say(row)).collect();
        format!("{heading}\n{}\n\n{}", self.title, rows.join("\n"))
    }

    /// How often and when, on the site's clock.
    fn when(&self) -> Text {
        let Self { summary, .. } = self;
        let (first, last) = (At(summary.first, &summary.zone), At(summary.last, &summary.zone));
        let times = words::times(summary.count);
        // What is read to the second is compared to the second.
        if first.said(self.language) == last.said(self.language) {
            return words::at(times, first);
        }
        words::span(times, first, last)
    }

    /// Where the alert comes from: the rule's licence asks that its author be named.
    fn origin(&self) -> String {
        let Self { summary, .. } = self;
        let mut lines = vec![match &summary.rule {
            Some(rule) => words::row(words::rule(), value(rule.as_str())),
            None => words::by_hand(),
        }];
        lines.extend(summary.author.as_ref().map(|author| words::row(words::author(), value(author))));
        if !summary.references.is_empty() {
            lines.push(words::references());
        }
        let mut lines: Vec<String> = lines.iter().map(|line| self.say(line)).collect();
        lines.extend(summary.references.iter().take(REFERENCES).map(|reference| format!("  - {}", value(reference))));
        lines.join("\n")
    }

    /// The text for a telephone: what, where and how to answer always; the values as far as there is room.
    fn short(&self, before: &str, to: &PersonId) -> String {
        let start = if before.is_empty() { self.level() } else { before.to_owned() };
        let head = format!("{} {start}: {}", self.summary.alert, self.title);
        let tail = format!(" - {}", self.acknowledge(to));
        let values: Vec<_> = self.subject.iter().map(|(_, value)| value.as_str()).collect();
        let count = format!("{}x", self.summary.count);
        let middle = std::iter::once(self.site.as_str()).chain(values).chain([count.as_str()]);
        let middle = middle.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let room = short::LIMIT - marking::ROOM;
        let tail_length = 1 + short::length(&short::in_alphabet(&tail)).unwrap_or(tail.len());
        match room.checked_sub(tail_length) {
            Some(left) if left >= 40 => format!("{}{tail}", short::fit(&format!("{head} - {middle}"), left)),
            // A name so long that the command would take the whole text: the alert matters more.
            _ => format!("{head} - {middle}"),
        }
    }
}

#[cfg(test)]
mod tests;
