//! What pages say, in French and in English. Everything that came out of a log is redacted and put on one line first.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::draft::{Draft, clip, one_line};
use super::{marking, short};
use crate::base::id::{AlertId, PersonId, RuleId, SourceName};
use crate::base::language::Language;
use crate::base::level::Level;
use crate::base::redact::redact;

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
pub struct DutyText {
    /// What, such as "incident grave de sécurité".
    pub what: String,
    /// To whom, how and where, such as the address of a portal or a telephone number.
    pub place: String,
    /// By when, already in words; nothing where there is no delay.
    pub due: Option<String>,
}

/// Somebody to call by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// Their number, as written in the site's files.
    pub phone: Option<String>,
}

/// "An alert: do you have it?"
pub fn alert(summary: &AlertSummary, to: &PersonId, language: Language) -> Draft {
    let shown = Shown::of(summary, language);
    let ask = language.pick(
        "Pour dire «\u{a0}je m'en charge\u{a0}», sur un poste où vigie est installé\u{a0}:",
        "To say \"I have it\", on a machine where vigie is installed:",
    );
    let otherwise = language.pick(
        "Sans réponse, la personne suivante de la chaîne sera prévenue.",
        "Without an answer, the next person of the chain will be told.",
    );
    let body = format!("{}\n\n{ask}\n    {}\n{otherwise}\n\n{}", shown.facts(), shown.acknowledge(to), shown.origin());
    Draft::new(language, &shown.headline(), &body, &shown.short("", to))
}

/// "You said you have it: do you still?"
pub fn reack(summary: &AlertSummary, to: &PersonId, language: Language) -> Draft {
    let shown = Shown::of(summary, language);
    let still = language.pick("Toujours ouverte", "Still open");
    let ask = language.pick(
        "Vous avez pris cette alerte en charge et elle est toujours ouverte. Si vous vous en occupez encore, \
         redites-le\u{a0}:",
        "You took this alert and it is still open. If you are still on it, say so again:",
    );
    let otherwise = language.pick(
        "Sans réponse, la chaîne sera reprise depuis le début.",
        "Without an answer, the chain starts again from its first rung.",
    );
    let body = format!("{ask}\n    {}\n{otherwise}\n\n{}", shown.acknowledge(to), shown.facts());
    let subject = format!("{still} - {}", shown.headline());
    Draft::new(language, &subject, &body, &shown.short(still, to))
}

/// "This is yours to declare."
pub fn duty(summary: &AlertSummary, duty: &DutyText, language: Language) -> Draft {
    let shown = Shown::of(summary, language);
    let title = language.pick("À déclarer", "To declare");
    let what = one_line(&duty.what);
    let mut body = match language {
        Language::Fr => {
            format!("C'est à vous de faire cette déclaration\u{a0}: {what}\nOù\u{a0}: {}", duty.place.trim())
        }
        Language::En => format!("This declaration is yours to make: {what}\nWhere: {}", duty.place.trim()),
    };
    if let Some(due) = &duty.due {
        let label = language.pick("Avant\u{a0}:", "Before:");
        write!(body, "\n{label} {}", one_line(due)).expect("writing to a string cannot fail");
    }
    let alone = language.pick(
        "vigie ne déclare rien à votre place. Notez la date, l'heure et le numéro du récépissé.",
        "vigie declares nothing in your place. Note the date, the time and the number of the receipt.",
    );
    write!(body, "\n\n{alone}\n\n{}", shown.facts()).expect("writing to a string cannot fail");
    let due = duty.due.as_deref().map_or_else(String::new, |due| format!(" ({})", one_line(due)));
    let line = format!("{} {title}: {what}{due}. {} - {}", summary.alert, shown.title, one_line(&duty.place));
    Draft::new(language, &format!("{title} - {what} ({})", summary.alert), &body, &line)
}

/// The sheet for the very end, when nobody answered: whom to call by hand, with room to write.
pub fn last_resort(summary: &AlertSummary, contacts: &[Contact], language: Language) -> Draft {
    let shown = Shown::of(summary, language);
    let nobody = language.pick("Personne n'a répondu", "Nobody answered");
    let call = language.pick(
        "Personne n'a répondu à cette alerte. Appelez ces personnes dans l'ordre, jusqu'à ce que l'une réponde\u{a0}:",
        "Nobody answered this alert. Call these people in order until one of them answers:",
    );
    let row = language.pick(
        "      appelé à ____h____  par ______________  réponse ______________________",
        "      called at ____:____  by ______________  answer ______________________",
    );
    let mut body = format!("{call}\n");
    for (place, contact) in contacts.iter().enumerate() {
        let phone = contact.phone.as_deref().unwrap_or("____________________");
        write!(body, "\n{:>3}. {} - {}\n{row}\n", place + 1, one_line(&contact.name), one_line(phone))
            .expect("writing to a string cannot fail");
    }
    write!(body, "\n{}\n\n{}", shown.facts(), shown.origin()).expect("writing to a string cannot fail");
    let line = format!("{} {nobody}: {} - {}", summary.alert, shown.title, shown.site);
    Draft::new(language, &format!("{nobody} - {}", shown.headline()), &body, &line)
}

/// A message that an exercise plays to somebody: the author's words as they are.
pub fn inject(title: &str, text: &str, language: Language) -> Draft {
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
    clip(&one_line(&redact(text)), VALUE)
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

    fn level(&self) -> &'static str {
        self.summary.level.label(self.language)
    }

    fn headline(&self) -> String {
        format!("[{}] {} - {} ({})", self.level(), self.site, self.title, self.summary.alert)
    }

    fn acknowledge(&self, to: &PersonId) -> String {
        format!("vigie alert ack {} --as {to}", self.summary.alert)
    }

    fn facts(&self) -> String {
        let Self { summary, language, .. } = self;
        let mut text = match language {
            Language::Fr => format!("Alerte {}, niveau {}\n{}\n\n", summary.alert, self.level(), self.title),
            Language::En => format!("Alert {}, level {}\n{}\n\n", summary.alert, self.level(), self.title),
        };
        let colon = language.pick("\u{a0}:", ":");
        let mut row = |label: &str, value: &str| {
            writeln!(text, "{label}{colon} {value}").expect("writing to a string cannot fail");
        };
        row(language.pick("Site", "Site"), &self.site);
        for (key, value) in &self.subject {
            row(key, value);
        }
        let more = summary.subject.len().saturating_sub(KEYS);
        if more > 0 {
            row(language.pick("Autres valeurs", "Other values"), &more.to_string());
        }
        if summary.others > 0 {
            row(language.pick("Autres concernés", "Others concerned"), &summary.others.to_string());
        }
        row(language.pick("Vu", "Seen"), &self.when());
        if let Some(source) = &summary.source {
            row(language.pick("Source", "Source"), &value(source.as_str()));
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// How often and when, on the site's clock.
    fn when(&self) -> String {
        let Self { summary, language, .. } = self;
        let form = language.pick("%d/%m/%Y %H:%M:%S %Z", "%Y-%m-%d %H:%M:%S %Z");
        let show = |instant: Timestamp| instant.to_zoned(summary.zone.clone()).strftime(form).to_string();
        let (first, last) = (show(summary.first), show(summary.last));
        let times = match (language, summary.count) {
            (Language::Fr, count) => format!("{count} fois"),
            (Language::En, 1) => "once".to_owned(),
            (Language::En, count) => format!("{count} times"),
        };
        if first == last {
            return format!("{times}, {} {first}", language.pick("le", "on"));
        }
        match language {
            Language::Fr => format!("{times}, du {first} au {last}"),
            Language::En => format!("{times}, from {first} to {last}"),
        }
    }

    /// Where the alert comes from: the rule's licence asks that its author be named.
    fn origin(&self) -> String {
        let Self { summary, language, .. } = self;
        let colon = language.pick("\u{a0}:", ":");
        let mut text = match &summary.rule {
            Some(rule) => format!("{}{colon} {}", language.pick("Règle", "Rule"), value(rule.as_str())),
            None => language.pick("Alerte donnée par une personne", "Raised by a person").to_owned(),
        };
        if let Some(author) = &summary.author {
            let label = language.pick("Auteur de la règle", "Author of the rule");
            write!(text, "\n{label}{colon} {}", value(author)).expect("writing to a string cannot fail");
        }
        if !summary.references.is_empty() {
            write!(text, "\n{}{colon}", language.pick("Références", "References"))
                .expect("writing to a string cannot fail");
        }
        for reference in summary.references.iter().take(REFERENCES) {
            write!(text, "\n  - {}", value(reference)).expect("writing to a string cannot fail");
        }
        text
    }

    /// The text for a telephone: what, where and how to answer always; the values as far as there is room.
    fn short(&self, before: &str, to: &PersonId) -> String {
        let start = if before.is_empty() { self.level().to_owned() } else { before.to_owned() };
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
