//! The words of a report, in both languages.

use jiff::SignedDuration;
use jiff::tz::Offset;

use super::record::{ExpectationRecord, Outcome, Record, Took, When};
use super::score::Tally;
use crate::base::language::Language;
use crate::drill::play::{Ending, Verdict};
use crate::drill::playbook::Awaited;

/// Stands before and after everything that leaves an exercise.
pub(super) fn marking(language: Language) -> &'static str {
    language.pick("EXERCICE EXERCICE EXERCICE", "EXERCISE EXERCISE EXERCISE")
}

/// How long something is, as people say it.
pub(super) fn duration(language: Language, duration: SignedDuration) -> String {
    let millis = duration.as_millis().max(0);
    if millis > 0 && millis < 10_000 {
        let point = language.pick(',', '.');
        // Rounded up, so that what happened never shows as no time at all.
        let tenths = (millis + 99) / 100;
        return match tenths % 10 {
            0 => format!("{}\u{a0}s", tenths / 10),
            rest => format!("{}{point}{rest}\u{a0}s", tenths / 10),
        };
    }
    let seconds = (millis + 500) / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds}\u{a0}s"),
        (0, minutes, 0) => format!("{minutes}\u{a0}min"),
        (0, minutes, seconds) => format!("{minutes}\u{a0}min\u{a0}{seconds:02}\u{a0}s"),
        (hours, 0, 0) => format!("{hours}\u{a0}h"),
        (hours, minutes, 0) => format!("{hours}\u{a0}h\u{a0}{minutes:02}"),
        (hours, minutes, seconds) => format!("{hours}\u{a0}h\u{a0}{minutes:02}\u{a0}min\u{a0}{seconds:02}\u{a0}s"),
    }
}

/// How long something took: in real time, and in script time behind it where the two differ.
pub(super) fn took(language: Language, took: Took, pace: u32) -> String {
    let script = duration(language, took.script);
    if pace == 1 { script } else { format!("{} ({script})", duration(language, took.real)) }
}

/// The heading over what [`took`] writes.
pub(super) fn took_heading(language: Language, pace: u32) -> String {
    if pace == 1 {
        return language.pick("Délai mesuré", "Time taken").to_owned();
    }
    match language {
        Language::Fr => format!("Délai réel (du scénario, à ×{pace})"),
        Language::En => format!("Real time taken (of the script, at ×{pace})"),
    }
}

/// The hour on the wall.
pub(super) fn hour(when: When) -> String {
    local(when).strftime("%H:%M:%S").to_string()
}

/// The day and the hour on the wall.
pub(super) fn day_and_hour(language: Language, when: When) -> String {
    const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let local = local(when);
    match language {
        Language::En => local.strftime("%A %-d %B %Y, %H:%M:%S").to_string(),
        Language::Fr => {
            let day = DAYS[usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or_default() % 7];
            let month = MONTHS[usize::try_from(local.month() - 1).unwrap_or_default() % 12];
            let number = if local.day() == 1 { "1er".to_owned() } else { local.day().to_string() };
            format!("{day} {number} {month} {} à {}", local.year(), local.strftime("%H:%M:%S"))
        }
    }
}

fn local(when: When) -> jiff::civil::DateTime {
    let offset = Offset::from_seconds(when.offset).unwrap_or(Offset::UTC);
    offset.to_datetime(when.real)
}

/// A share, or a dash where nothing could be judged.
pub(super) fn share(language: Language, tally: Tally) -> String {
    tally.share().map_or_else(|| "–".to_owned(), |share| format!("{share}{}%", language.pick("\u{a0}", "")))
}

/// What was awaited, in words.
pub(super) fn awaited(record: &Record, expected: &ExpectationRecord, language: Language) -> String {
    let person = |id: &Option<crate::base::id::PersonId>| {
        id.as_ref().map(|id| record.name_of(id.as_str()).to_owned()).unwrap_or_default()
    };
    match &expected.awaited {
        Awaited::Hit(rule) => {
            let title = record.rules.get(rule).map(|title| title.get(language)).unwrap_or_default();
            let rule = if title.is_empty() { rule.to_string() } else { format!("{title} ({rule})") };
            format!("{} {rule}", language.pick("Détection\u{a0}:", "Detection:"))
        }
        Awaited::Ack { chain, by: None } => match language {
            Language::Fr => format!("Quelqu'un prend l'alerte en charge (chaîne {chain})"),
            Language::En => format!("Somebody takes the alert on (chain {chain})"),
        },
        Awaited::Ack { chain, by } => match language {
            Language::Fr => format!("{} prend l'alerte en charge (chaîne {chain})", person(by)),
            Language::En => format!("{} takes the alert on (chain {chain})", person(by)),
        },
        Awaited::Page { chain, person: to } => {
            let by = chain.as_ref().map(|chain| format!(" ({} {chain})", language.pick("chaîne", "chain")));
            let whom = if to.is_some() { person(to) } else { language.pick("Quelqu'un", "Somebody").to_owned() };
            format!("{whom} {}{}", language.pick("est prévenu·e", "is told"), by.unwrap_or_default())
        }
        Awaited::Action(action) => action.get(language).to_owned(),
        Awaited::Decision(option) => format!("{} {option}", language.pick("Décision\u{a0}:", "Decision:")),
    }
}

/// A verdict: a sign and a word, so that nobody needs the colour.
pub(super) fn verdict(language: Language, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => language.pick("✓\u{a0}atteint", "✓\u{a0}met"),
        Verdict::Partly => language.pick("◐\u{a0}en partie", "◐\u{a0}partly"),
        Verdict::Missed => language.pick("✗\u{a0}non atteint", "✗\u{a0}missed"),
        Verdict::NotObserved => language.pick("?\u{a0}non observé", "?\u{a0}not observed"),
        Verdict::Open => language.pick("…\u{a0}interrompu par la fin", "…\u{a0}cut off by the end"),
        Verdict::NotReached => language.pick("–\u{a0}non joué", "–\u{a0}not played"),
    }
}

/// What became of an inject.
pub(super) fn outcome(language: Language, outcome: &Outcome) -> String {
    let words = match outcome {
        Outcome::Played => language.pick("joué", "played"),
        Outcome::BrokenOff => language.pick("interrompu", "broken off"),
        Outcome::CallNotMade => language.pick("appel non confirmé", "call not confirmed"),
        Outcome::Skipped => language.pick("laissé de côté par l'animation", "left out by the facilitator"),
        Outcome::NotChosen => language.pick("branche non choisie", "branch not chosen"),
        Outcome::NotFired => language.pick("gardé en réserve", "kept in reserve"),
        Outcome::NotReached => language.pick("son heure n'est pas venue", "its time did not come"),
        Outcome::Failed { why } => {
            return match language {
                Language::Fr => format!("non délivré\u{a0}: {why}"),
                Language::En => format!("not delivered: {why}"),
            };
        }
    };
    words.to_owned()
}

/// How the drill ended.
pub(super) fn ending(language: Language, ending: Option<&Ending>) -> String {
    match ending {
        None => language.pick("en cours", "still going on").to_owned(),
        Some(Ending::TimeUp) => language.pick("au bout de sa durée", "when its time was up").to_owned(),
        Some(Ending::AllDone) => {
            language.pick("quand tout avait été joué", "when everything had been played").to_owned()
        }
        Some(Ending::Stopped { why }) => match language {
            Language::Fr => format!("arrêté\u{a0}: {why}"),
            Language::En => format!("stopped: {why}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        for (millis, fr, en) in [
            (0, "0 s", "0 s"),
            (1, "0,1 s", "0.1 s"),
            (400, "0,4 s", "0.4 s"),
            (2_000, "2 s", "2 s"),
            (24_000, "24 s", "24 s"),
            (59_600, "1 min", "1 min"),
            (90_000, "1 min 30 s", "1 min 30 s"),
            (3_600_000, "1 h", "1 h"),
            (3_900_000, "1 h 05", "1 h 05"),
            (3_661_000, "1 h 01 min 01 s", "1 h 01 min 01 s"),
        ] {
            let plain = |language| duration(language, SignedDuration::from_millis(millis)).replace('\u{a0}', " ");
            assert_eq!((plain(Language::Fr).as_str(), plain(Language::En).as_str()), (fr, en), "{millis}");
        }
    }

    #[test]
    fn days_are_those_of_the_wall() {
        let when = When { real: "2024-02-10T23:30:00Z".parse().unwrap(), offset: 3600, script: SignedDuration::ZERO };
        assert_eq!(day_and_hour(Language::Fr, when), "dimanche 11 février 2024 à 00:30:00");
        assert_eq!(day_and_hour(Language::En, when), "Sunday 11 February 2024, 00:30:00");
    }
}
