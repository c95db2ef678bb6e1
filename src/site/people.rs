//! `people.yaml`, checked: people who can be reached and rotas that always have somebody.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use super::written::{PeopleFile, PersonEntry, RotaEntry};
use crate::alert::oncall::{Person, Roster, Rota};
use crate::base::id::{PersonId, RotaId};
use crate::base::language::Language;
use crate::text::diagnostic::{Code, Diagnostic, suggest};
use crate::text::source::Source;
use crate::text::spanned::Spanned;

/// A name under `rotas:` or `chains:` that no person has.
pub const UNKNOWN_PERSON: Code = Code("V120");
/// A hand-over that is not a weekday and an hour.
pub const HANDOVER: Code = Code("V121");
/// A rota in which nobody is ever on call.
pub const EMPTY_ROTA: Code = Code("V122");
/// A telephone number that is not in international form.
pub const PHONE: Code = Code("V123");
/// A mail address that is not one.
pub const MAIL: Code = Code("V124");
/// A date that is not one.
pub const DATE: Code = Code("V125");
/// A person and a rota of the same name.
pub const SAME_NAME: Code = Code("V126");
/// A name that would not stay on its line.
pub const NAME: Code = Code("V127");
/// A time zone that is not in the IANA database.
pub const ZONE: Code = Code("V102");

/// Turns are counted from this Monday where a rota does not say from when.
const FIRST_MONDAY: Date = Date::constant(2024, 1, 1);

/// Converts `people.yaml`, adding every mistake to `found`.
pub(super) fn check(
    source: &Source,
    file: &PeopleFile,
    zone: &TimeZone,
    language: Language,
    found: &mut Vec<Diagnostic>,
) -> Roster {
    let people: BTreeMap<PersonId, Person> = file
        .people
        .iter()
        .map(|(name, entry)| (PersonId(name.value.clone()), person(source, name, entry, language, found)))
        .collect();
    let mut rotas = BTreeMap::new();
    for (name, entry) in &file.rotas {
        if let Some(same) = people.get(&PersonId(name.value.clone())) {
            let message =
                format!("`{}` is a person already ({}); a chain could not tell them apart", name.value, same.name);
            found.push(Diagnostic::error(SAME_NAME, source, name.span, message).help("give the rota another name"));
        }
        if let Some(rota) = rota(source, name, entry, zone, &people, found) {
            rotas.insert(rota.id.clone(), rota);
        }
    }
    Roster { people, rotas }
}

fn person(
    source: &Source,
    name: &Spanned<String>,
    entry: &PersonEntry,
    language: Language,
    found: &mut Vec<Diagnostic>,
) -> Person {
    shown_name(source, &entry.name, found);
    Person {
        id: PersonId(name.value.clone()),
        name: entry.name.value.clone(),
        language: entry.language.unwrap_or(language),
        mail: entry.mail.as_ref().and_then(|mail| mail_address(source, mail, found)),
        sms: entry.sms.as_ref().and_then(|number| phone_number(source, number, found)),
        phone: entry.phone.as_ref().map(|number| number.value.clone()),
    }
}

/// Refuses a name that cannot be shown: it goes into the subjects of mails and the lines of lists.
pub(super) fn shown_name(source: &Source, name: &Spanned<String>, found: &mut Vec<Diagnostic>) {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        found.push(
            Diagnostic::error(NAME, source, name.span, "this name cannot be shown to people")
                .help("write it on one line, such as \"Mme A. Ferrand\""),
        );
    }
}

/// A mail address, or a finding.
pub(super) fn mail_address(source: &Source, text: &Spanned<String>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let sound = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !text.chars().any(|letter| letter.is_whitespace() || letter == ',')
            && !domain.contains('@')
    });
    if !sound {
        let message = format!("\"{}\" is not a mail address", text.value);
        found.push(
            Diagnostic::error(MAIL, source, text.span, message)
                .help("write one address, such as name@hospital.example"),
        );
    }
    sound.then(|| text.value.clone())
}

/// A telephone number in international form (ITU-T E.164: `+`, country code, at most 15 digits), or a finding.
pub(super) fn phone_number(source: &Source, text: &Spanned<String>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '.' | '-')).collect();
    let number = digits.strip_prefix('+').unwrap_or_default();
    if (8..=15).contains(&number.len())
        && number.bytes().all(|digit| digit.is_ascii_digit())
        && !number.starts_with('0')
    {
        return Some(digits);
    }
    let help = match digits.strip_prefix('0') {
        Some(rest) if rest.len() == 9 => format!("in international form: \"+33{rest}\""),
        _ => "write it in international form, such as \"+33600000001\"".to_owned(),
    };
    let message = format!("\"{}\" is not a telephone number in international form", text.value);
    found.push(Diagnostic::error(PHONE, source, text.span, message).help(help));
    None
}

/// A zone of the IANA database, or a finding.
pub(super) fn time_zone(source: &Source, text: &Spanned<String>, found: &mut Vec<Diagnostic>) -> Option<TimeZone> {
    let zone = TimeZone::get(text).ok();
    if zone.is_none() {
        let message = format!("the time zone \"{}\" is not known", text.value);
        found.push(
            Diagnostic::error(ZONE, source, text.span, message)
                .help("write a name of the IANA database, such as Europe/Paris"),
        );
    }
    zone
}

fn rota(
    source: &Source,
    name: &Spanned<String>,
    entry: &RotaEntry,
    zone: &TimeZone,
    people: &BTreeMap<PersonId, Person>,
    found: &mut Vec<Diagnostic>,
) -> Option<Rota> {
    let mut known = |person: &Spanned<String>| {
        let id = PersonId(person.value.clone());
        if people.contains_key(&id) {
            return Some(id);
        }
        let message = format!("nobody called `{}` is under `people:`", person.value);
        let names = people.keys().map(PersonId::as_str).collect::<Vec<_>>();
        found.push(Diagnostic::error(UNKNOWN_PERSON, source, person.span, message).maybe_help(suggest(person, names)));
        None
    };
    let members: Vec<PersonId> = entry.members.iter().filter_map(&mut known).collect();
    let otherwise = entry.otherwise.as_ref().and_then(&mut known);
    if entry.members.is_empty() && entry.otherwise.is_none() {
        let message = format!("the rota `{}` has no members and no `else`: nobody would ever be told", name.value);
        found.push(
            Diagnostic::error(EMPTY_ROTA, source, name.span, message).help("add `members: […]` or `else: <person>`"),
        );
    }
    let zone = match &entry.zone {
        Some(text) => time_zone(source, text, found)?,
        None => zone.clone(),
    };
    let (day, time) = handover(source, &entry.handover, found)?;
    let start = start(source, entry, day, time, &zone, found)?;
    Some(Rota { id: RotaId(name.value.clone()), zone, day, time, members, start, otherwise })
}

fn handover(source: &Source, text: &Spanned<String>, found: &mut Vec<Diagnostic>) -> Option<(Option<Weekday>, Time)> {
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next());
    let (day, hour) = match second {
        Some(hour) => (weekday(first).map(Some), hour),
        None => (Some(None), first),
    };
    let parts = hour.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
    let time = parts.and_then(|(h, m)| Time::new(h, m, 0, 0).ok());
    if let (Some(day), Some(time), None) = (day, time, words.next()) {
        return Some((day, time));
    }
    let message = format!("\"{}\" is not a hand-over", text.value);
    found.push(
        Diagnostic::error(HANDOVER, source, text.span, message)
            .help("write `mon 08:00` for every Monday at eight, or `08:00` for every day"),
    );
    None
}

/// The days of the week in English and French.
const WEEKDAYS: [(Weekday, [&str; 2]); 7] = [
    (Weekday::Monday, ["monday", "lundi"]),
    (Weekday::Tuesday, ["tuesday", "mardi"]),
    (Weekday::Wednesday, ["wednesday", "mercredi"]),
    (Weekday::Thursday, ["thursday", "jeudi"]),
    (Weekday::Friday, ["friday", "vendredi"]),
    (Weekday::Saturday, ["saturday", "samedi"]),
    (Weekday::Sunday, ["sunday", "dimanche"]),
];

/// A weekday by its English or French name, or the beginning of it from three letters on.
fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let is_meant = |name: &str| word.len() >= 3 && name.starts_with(&word);
    WEEKDAYS.iter().find(|(_, names)| names.iter().any(|name| is_meant(name))).map(|(day, _)| *day)
}

/// The first hand-over: on the date written, or on the weekday's first date behind it.
fn start(
    source: &Source,
    entry: &RotaEntry,
    day: Option<Weekday>,
    time: Time,
    zone: &TimeZone,
    found: &mut Vec<Diagnostic>,
) -> Option<Timestamp> {
    let first = |date: Date| {
        let date = match day {
            Some(day) if date.weekday() != day => date.nth_weekday(1, day).ok()?,
            _ => date,
        };
        Some(date.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp())
    };
    let Some(text) = &entry.start else { return first(FIRST_MONDAY) };
    let start = text.parse::<Date>().ok().and_then(first);
    if start.is_none() {
        let message = format!("\"{}\" is not a date from which turns can be counted", text.value);
        found.push(Diagnostic::error(DATE, source, text.span, message).help("write it as 2026-01-05"));
    }
    start
}
