//! The words of the daily digest: counts, then the gravest first, on the reader's clock and in their language.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::draft::{Draft, clip, one_line};
use super::shown::muted_by;
use crate::alert::Alert;
use crate::alert::digest::WhyQuiet;
use crate::base::language::{Language, Text};
use crate::base::level::Level;
use crate::words::level::level;
use crate::words::time::{At, Day};
use crate::words::{Said as _, digest as words, page};

/// How many alerts are told one by one.
const SHOWN: usize = 40;
/// The longest name of what an alert is about.
const ABOUT: usize = 80;

/// What the digest of a day is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DigestOf<'a> {
    /// The site's name.
    pub(crate) site: &'a str,
    /// The site's clock.
    pub(crate) zone: &'a TimeZone,
    /// The day.
    pub(crate) day: Date,
    /// The alerts and why they woke nobody, the gravest first.
    pub(crate) alerts: &'a [(&'a Alert, WhyQuiet)],
}

/// The digest of a day.
pub(crate) fn digest(of: DigestOf<'_>, language: Language) -> Draft {
    let say = |text: Text| text.get(language).to_owned();
    let (site, count) = (one_line(of.site), of.alerts.len() as u64);
    let day = Day(of.day);
    let levels = levels(of, language);
    let mut parts = vec![say(words::opening()), levels.join(", ")];
    parts.extend(of.alerts.iter().take(SHOWN).map(|(alert, why)| item(of, alert, *why, language)));
    let more = of.alerts.len().saturating_sub(SHOWN);
    parts.extend((more > 0).then(|| say(words::more(more as u64))));
    let subject = say(words::subject(count, day, &site));
    let short = say(words::short(count, &site, day, levels.join(", ")));
    Draft::new(language, &subject, &parts.join("\n\n"), &short)
}

/// How many there are of each level.
fn levels(of: DigestOf<'_>, language: Language) -> Vec<String> {
    let count = |of_level: Level| of.alerts.iter().filter(|(alert, _)| alert.level == of_level).count() as u64;
    let levels = Level::ALL.into_iter().rev().filter(|of_level| count(*of_level) > 0);
    levels.map(|of_level| words::of_level(count(of_level), level(of_level)).get(language).to_owned()).collect()
}

fn item(of: DigestOf<'_>, alert: &Alert, why: WhyQuiet, language: Language) -> String {
    let title = one_line(alert.title.get(language));
    let about =
        alert.subject.first().map_or_else(String::new, |(_, value)| format!(" ({})", clip(&one_line(value), ABOUT)));
    let why = match (why, &alert.muted) {
        (WhyQuiet::Muted, Some(muted)) => words::muted(muted_by(&muted.by)),
        (WhyQuiet::Waits, _) => words::waits(),
        (WhyQuiet::Untold, _) => words::untold(),
        (WhyQuiet::Unheld | WhyQuiet::Muted, _) => words::unheld(),
    };
    let times = page::times(alert.hits);
    let first = words::item(alert.id, level(alert.level), title, about);
    let second = words::since(times, At(alert.first, of.zone), why);
    format!("{}\n   {}", first.said(language), second.said(language))
}
