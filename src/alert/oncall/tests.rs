//! Who is on call where shifts, overrides and absences meet.

use jiff::civil::{Weekday, date, time};
use jiff::tz::TimeZone;

use super::cover::{Absence, Cover};
use super::rota::Shift;
use super::*;
use crate::base::language::Language;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn person(id: &str) -> Person {
    Person {
        id: id.into(),
        name: id.to_owned(),
        language: Language::En,
        addresses: Vec::new(),
        phone: None,
        accounts: Vec::new(),
        away: Vec::new(),
        quiet: None,
    }
}

/// Turns of a week from Monday at eight, in a zone; the nights of working days are Nora's and Nick's.
fn roster(zone: &str) -> Roster {
    let zone = TimeZone::get(zone).unwrap();
    let holidays = Arc::new(Holidays { french: true, ..Holidays::default() });
    let days = vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let hours = |days: Vec<Weekday>, from, to| Hours { zone: zone.clone(), days, from, to, holidays: holidays.clone() };
    let next = days.iter().map(|day| day.next()).collect();
    let nights = vec![
        hours(days, time(18, 0, 0, 0), time(24 - 1, 59, 59, 999_999_999)),
        hours(next, time(0, 0, 0, 0), time(8, 0, 0, 0)),
    ];
    let members = |names: &[&str]| names.iter().map(|name| PersonId::from(*name)).collect::<Vec<_>>();
    let rota = Rota {
        id: "garde".into(),
        handovers: Handovers::new(zone.clone(), [(Some(Weekday::Monday), time(8, 0, 0, 0))]),
        members: members(&["ann", "bob", "carl"]),
        start: zone.to_timestamp(date(2026, 1, 5).at(8, 0, 0, 0)).unwrap(),
        otherwise: Some("chief".into()),
        shifts: vec![Shift { hours: nights, members: members(&["nora", "nick"]) }],
        covers: Vec::new(),
        calendar: None,
    };
    let people = ["ann", "bob", "carl", "nora", "nick", "chief"];
    Roster {
        people: people.map(|id| (PersonId::from(id), person(id))).into(),
        rotas: [(RotaId::from("garde"), rota)].into(),
        holidays,
    }
}

fn garde() -> Target {
    Target::Rota("garde".into())
}

fn who(roster: &Roster, instant: &str) -> String {
    roster.who(&garde(), at(instant)).map_or_else(|| "nobody".to_owned(), |person| person.id.to_string())
}

fn covers(roster: &mut Roster) -> &mut Vec<Cover> {
    &mut roster.rotas.get_mut(&RotaId::from("garde")).unwrap().covers
}

fn away(roster: &mut Roster, id: &str, from: &str, to: &str, instead: Option<&str>) {
    let absence = Absence { from: at(from), to: at(to), instead: instead.map(PersonId::from) };
    roster.people.get_mut(&PersonId::from(id)).unwrap().away.push(absence);
}

#[test]
fn a_shift_has_its_own_people_and_the_same_weeks() {
    let roster = roster("Europe/Paris");
    // 2 March 2026 is the Monday of the ninth week: the third member, and the first of the nights.
    for (instant, wanted) in [
        ("2026-03-02T08:00:00+01:00", "carl"),
        ("2026-03-02T18:00:00+01:00", "nora"),
        ("2026-03-03T00:00:00+01:00", "nora"),
        ("2026-03-03T07:59:59+01:00", "nora"),
        ("2026-03-03T08:00:00+01:00", "carl"),
        ("2026-03-07T07:59:59+01:00", "nora"),
        ("2026-03-07T08:00:00+01:00", "carl"),
        ("2026-03-08T23:00:00+01:00", "carl"),
        ("2026-03-09T08:00:00+01:00", "ann"),
        ("2026-03-09T18:00:00+01:00", "nick"),
        // Easter Monday counts as a Sunday: nobody has the night shift.
        ("2026-04-06T19:00:00+02:00", "bob"),
    ] {
        assert_eq!(who(&roster, instant), wanted, "{instant}");
    }
}

#[test]
fn an_override_takes_the_whole_rota_or_the_turn_of_one_person() {
    let mut roster = roster("Europe/Paris");
    let (from, to) = (at("2026-03-02T12:00:00+01:00"), at("2026-03-04T12:00:00+01:00"));
    covers(&mut roster).push(Cover { from, to, who: "chief".into(), instead_of: Some("carl".into()) });
    for (instant, wanted) in [
        ("2026-03-02T11:59:59+01:00", "carl"),
        ("2026-03-02T12:00:00+01:00", "chief"),
        ("2026-03-02T20:00:00+01:00", "nora"),
        ("2026-03-04T11:59:59+01:00", "chief"),
        ("2026-03-04T12:00:00+01:00", "carl"),
    ] {
        assert_eq!(who(&roster, instant), wanted, "{instant}");
    }
    covers(&mut roster).push(Cover { from, to, who: "bob".into(), instead_of: None });
    assert_eq!(who(&roster, "2026-03-02T20:00:00+01:00"), "bob", "the last that counts does");
}

#[test]
fn who_is_away_is_replaced_and_nobody_is_ever_left_without_anybody() {
    let mut roster = roster("Europe/Paris");
    let (from, to) = ("2026-03-01T00:00:00+01:00", "2026-03-31T00:00:00+02:00");
    let day = "2026-03-02T12:00:00+01:00";
    away(&mut roster, "carl", from, to, None);
    assert_eq!(who(&roster, day), "ann", "the next in the list");
    away(&mut roster, "ann", from, to, Some("bob"));
    assert_eq!(who(&roster, day), "bob");
    let why = roster.on_call(&garde(), at(day)).unwrap().why;
    assert_eq!(why, Why::Instead(&"carl".into()));
    away(&mut roster, "bob", from, to, Some("ann"));
    assert_eq!(who(&roster, day), "chief", "who is told where nobody has the turn");
    away(&mut roster, "chief", from, to, None);
    assert_eq!(who(&roster, day), "carl", "better somebody who is away than nobody");
    // A person who is named is replaced by whom they name, through those who are away too, and never in a circle.
    let told = |roster: &Roster, id: &str| roster.who(&Target::Person(id.into()), at(day)).unwrap().id.to_string();
    assert_eq!((told(&roster, "ann"), told(&roster, "nora")), ("ann".to_owned(), "nora".to_owned()));
    away(&mut roster, "bob", from, to, Some("nick"));
    roster.people.get_mut(&PersonId::from("bob")).unwrap().away.remove(0);
    assert_eq!(told(&roster, "ann"), "nick");
}

#[test]
fn spans_have_no_gap_and_end_where_somebody_else_begins() {
    for (zone, from, days) in [
        ("Europe/Paris", "2026-03-27T00:00:00Z", 4),
        ("Europe/Paris", "2026-10-23T00:00:00Z", 4),
        ("America/Chicago", "2026-03-06T00:00:00Z", 4),
        ("America/Chicago", "2026-10-30T00:00:00Z", 4),
        ("Europe/Paris", "2026-11-30T00:00:00Z", 400),
    ] {
        let mut roster = roster(zone);
        away(&mut roster, "nora", "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", Some("bob"));
        let (from, to) = (at(from), at(from) + SignedDuration::from_hours(24 * days));
        let garde = garde();
        let spans = roster.spans(&garde, from, to);
        assert_eq!((spans[0].from, spans[spans.len() - 1].to), (from, to));
        for pair in spans.windows(2) {
            assert_eq!(pair[0].to, pair[1].from);
            assert_ne!(pair[0].who, pair[1].who, "{zone}");
        }
        // Worked out the slow way round: every ten minutes it is who the span says.
        let mut instant = from;
        for span in &spans {
            while instant < span.to {
                assert_eq!(roster.on_call(&garde, instant), span.who, "{zone} {instant}");
                instant += SignedDuration::from_mins(10);
            }
        }
    }
}

#[test]
fn the_next_change_is_another_person() {
    let roster = roster("Europe/Paris");
    let next = |now: &str, hours| roster.next_change(&garde(), at(now), SignedDuration::from_hours(hours));
    assert_eq!(next("2026-03-02T08:00:00+01:00", 24), Some(at("2026-03-02T18:00:00+01:00")));
    assert_eq!(next("2026-03-07T08:00:00+01:00", 100), Some(at("2026-03-09T08:00:00+01:00")));
    assert_eq!(next("2026-03-07T08:00:00+01:00", 24), None);
}

#[test]
fn a_turn_begins_and_ends_at_the_same_instants_whenever_somebody_asks() {
    for zone in ["Europe/Paris", "America/Chicago"] {
        let roster = roster(zone);
        let garde: RotaId = "garde".into();
        let (from, to) = (at("2026-03-01T00:00:00Z"), at("2026-11-30T00:00:00Z"));
        let all = roster.turns(&garde, from, to);
        assert!(all[0].from <= from && all[all.len() - 1].to >= to);
        assert!(all.windows(2).all(|pair| pair[0].to == pair[1].from));
        for hour in (0..6000).step_by(7) {
            let now = from + SignedDuration::from_hours(hour);
            let turns = roster.turns(&garde, now, now + SignedDuration::from_hours(1));
            assert!(turns[0].from <= now && now < turns[0].to && turns.len() <= 2, "{now}");
            assert!(turns.iter().all(|turn| all.contains(turn)), "{now}");
        }
    }
    assert!(roster("Europe/Paris").turns(&"nobody".into(), at("2026-03-01T00:00:00Z"), Timestamp::MAX).is_empty());
}

#[test]
fn what_is_written_counts_before_the_calendar_and_the_calendar_before_the_turn() {
    let mut roster = roster("Europe/Paris");
    let cover =
        |from: &str, to: &str, who: &str| Cover { from: at(from), to: at(to), who: who.into(), instead_of: None };
    let all = [cover("2026-03-02T12:00:00+01:00", "2026-03-04T12:00:00+01:00", "bob")];
    let (calendar, _) = cover::Calendar::new("turns.ics".to_owned(), &all);
    roster.rotas.values_mut().next().unwrap().calendar = Some(calendar);
    covers(&mut roster).push(cover("2026-03-03T12:00:00+01:00", "2026-03-05T12:00:00+01:00", "chief"));
    // Whoever takes it does not lose it by being away: they said so.
    away(&mut roster, "bob", "2026-03-01T00:00:00+01:00", "2026-03-31T00:00:00+02:00", Some("ann"));
    let told =
        |instant: &str| roster.on_call(&garde(), at(instant)).map(|who| (who.person.id.as_str(), who.why)).unwrap();
    assert_eq!(told("2026-03-02T11:59:59+01:00").0, "carl");
    assert_eq!(told("2026-03-02T20:00:00+01:00"), ("bob", Why::Calendar("turns.ics")));
    assert_eq!(told("2026-03-03T12:00:00+01:00"), ("chief", Why::Turn(Turn::Cover)));
    assert!(roster.can_be(&garde()).contains(&PersonId::from("bob")));
    let next = roster.next_change(&garde(), at("2026-03-02T11:00:00+01:00"), SignedDuration::from_hours(24));
    assert_eq!(next, Some(at("2026-03-02T12:00:00+01:00")));
}
