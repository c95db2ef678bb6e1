//! Turns of rotas, above all in the two weeks a year that do not have 168 hours.

use jiff::civil::{Time, Weekday, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span};
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn rota(day: Option<Weekday>, time: Time, members: &[&str]) -> Rota {
    Rota {
        id: "astreinte".into(),
        handovers: Handovers::new(TimeZone::get("Europe/Paris").unwrap(), [(day, time)]),
        members: members.iter().map(|name| PersonId::from(*name)).collect(),
        start: at("2026-01-05T08:00:00+01:00"),
        otherwise: None,
        shifts: Vec::new(),
        covers: Vec::new(),
        calendar: None,
    }
}

/// What the properties below are about.
impl Rota {
    /// Who is on call from `from` up to `until`: one entry for each turn, in order, the first and last cut to the span
    /// asked for. Where nobody is on call there is no entry.
    fn turns(&self, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, Timestamp, PersonId)> {
        let mut turns = Vec::new();
        let mut begin = from;
        while begin < until {
            let end = self.next_change(begin).map_or(until, |change| change.min(until));
            if let Some((person, _)) = self.on_call(begin) {
                turns.push((begin, end, person.clone()));
            }
            begin = end;
        }
        turns
    }
}

fn who(rota: &Rota, instant: &str) -> String {
    rota.on_call(at(instant)).map_or_else(|| "nobody".to_owned(), |(person, _)| person.to_string())
}

#[test]
fn the_turn_passes_on_at_the_hour_of_the_hand_over_and_not_before() {
    let rota = rota(Some(Weekday::Monday), time(8, 0, 0, 0), &["a", "b", "c"]);
    assert_eq!(who(&rota, "2026-01-05T08:00:00+01:00"), "a");
    assert_eq!(who(&rota, "2026-01-12T07:59:59+01:00"), "a");
    assert_eq!(who(&rota, "2026-01-12T08:00:00+01:00"), "b");
    assert_eq!(who(&rota, "2026-01-26T08:00:00+01:00"), "a");
}

#[test]
fn the_first_member_takes_the_whole_turn_that_holds_the_start() {
    let mut rota = rota(Some(Weekday::Monday), time(8, 0, 0, 0), &["a", "b"]);
    rota.start = at("2026-01-07T12:00:00+01:00");
    assert_eq!(who(&rota, "2026-01-07T12:00:00+01:00"), "a");
    assert_eq!(who(&rota, "2026-01-12T08:00:00+01:00"), "b");
}

#[test]
fn before_the_start_and_without_members_the_other_person_is_told() {
    let mut rota = rota(None, time(8, 0, 0, 0), &["a"]);
    assert_eq!(who(&rota, "2026-01-05T07:59:59+01:00"), "nobody");
    rota.otherwise = Some("rssi".into());
    assert_eq!(who(&rota, "2026-01-05T07:59:59+01:00"), "rssi");
    assert_eq!(who(&rota, "2026-01-05T08:00:00+01:00"), "a");
    rota.members.clear();
    assert_eq!(who(&rota, "2026-01-05T08:00:00+01:00"), "rssi");
}

#[test]
fn weeks_of_a_clock_change_are_one_turn_each() {
    let rota = rota(Some(Weekday::Monday), time(8, 0, 0, 0), &["a", "b"]);
    // 29 March and 25 October 2026: weeks of 167 and 169 hours.
    for (monday, next, hours) in [
        ("2026-03-23T08:00:00+01:00", "2026-03-30T08:00:00+02:00", 167),
        ("2026-10-19T08:00:00+02:00", "2026-10-26T08:00:00+01:00", 169),
    ] {
        let turns = rota.turns(at(monday), at(next) + SignedDuration::from_hours(1));
        assert_eq!(turns.len(), 2, "{turns:?}");
        assert_eq!((turns[0].0, turns[0].1), (at(monday), at(next)));
        assert_eq!(turns[0].1.duration_since(turns[0].0), SignedDuration::from_hours(hours));
        assert_ne!(turns[0].2, turns[1].2);
    }
}

#[test]
fn a_hand_over_in_the_hour_that_does_not_exist_happens_right_after_it() {
    let rota = rota(Some(Weekday::Sunday), time(2, 30, 0, 0), &["a", "b"]);
    let before = who(&rota, "2026-03-29T01:59:59+01:00");
    let after = who(&rota, "2026-03-29T03:30:00+02:00");
    assert_ne!(before, after);
    assert_eq!(who(&rota, "2026-03-29T03:29:59+02:00"), before);
    assert_eq!(who(&rota, "2026-04-05T02:29:59+02:00"), after);
    assert_eq!(who(&rota, "2026-04-05T02:30:00+02:00"), before);
}

#[test]
fn a_hand_over_in_the_hour_that_comes_twice_happens_once() {
    let rota = rota(Some(Weekday::Sunday), time(2, 30, 0, 0), &["a", "b"]);
    let before = who(&rota, "2026-10-25T02:29:59+02:00");
    let after = who(&rota, "2026-10-25T02:30:00+02:00");
    assert_ne!(before, after);
    assert_eq!(who(&rota, "2026-10-25T02:29:59+01:00"), after, "the second coming of the hour changes nothing");
    assert_eq!(who(&rota, "2026-10-25T02:30:00+01:00"), after);
}

#[test]
fn a_day_that_a_zone_skipped_is_nobodys_turn() {
    let mut rota = rota(None, time(8, 0, 0, 0), &["a", "b", "c"]);
    rota.handovers = Handovers::new(TimeZone::get("Pacific/Apia").unwrap(), [(None, time(8, 0, 0, 0))]);
    rota.start = at("2011-12-28T08:00:00-10:00");
    // 30 December 2011 never came there.
    let turns = rota.turns(at("2011-12-28T08:00:00-10:00"), at("2012-01-01T08:00:00+14:00"));
    let people: Vec<_> = turns.iter().map(|(_, _, person)| person.as_str()).collect();
    assert_eq!(people, ["a", "b", "a"], "{turns:?}");
    assert!(turns.windows(2).all(|pair| pair[0].1 == pair[1].0));
}

/// A rota, and the day and hour of its hand-over.
fn rotas() -> impl Strategy<Value = (Rota, Option<Weekday>, Time)> {
    let zones = proptest::sample::select(vec![
        "Europe/Paris",
        "America/New_York",
        "America/Martinique",
        "Indian/Reunion",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Asia/Kathmandu",
        "Africa/Casablanca",
    ]);
    let day = proptest::option::of((0_i8..7).prop_map(|day| Weekday::from_monday_zero_offset(day).unwrap()));
    (zones, day, 0_i8..24, 0_i8..60, 1_usize..5, 0_i64..400_000_000).prop_map(
        |(zone, day, hour, minute, members, start)| {
            let time = time(hour, minute, 0, 0);
            let rota = Rota {
                id: "r".into(),
                handovers: Handovers::new(TimeZone::get(zone).unwrap(), [(day, time)]),
                members: (0..members).map(|number| PersonId(format!("p{number}"))).collect(),
                start: at("2020-01-01T00:00:00Z") + SignedDuration::from_secs(start),
                otherwise: None,
                shifts: Vec::new(),
                covers: Vec::new(),
                calendar: None,
            };
            (rota, day, time)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn somebody_is_on_call_at_every_instant_after_the_start((rota, ..) in rotas(), later in 0_i64..600_000_000) {
        prop_assert!(rota.on_call(rota.start + SignedDuration::from_secs(later)).is_some());
    }

    #[test]
    fn turns_follow_each_other_without_gap_and_in_order(
        (rota, ..) in rotas(), later in 0_i64..400_000_000, days in 1_i64..80,
    ) {
        let from = rota.start + SignedDuration::from_secs(later);
        let until = from + SignedDuration::from_hours(24 * days);
        let turns = rota.turns(from, until);
        prop_assert_eq!(turns.first().map(|turn| turn.0), Some(from));
        prop_assert_eq!(turns.last().map(|turn| turn.1), Some(until));
        for pair in turns.windows(2) {
            prop_assert_eq!(pair[0].1, pair[1].0);
            let place = |person: &PersonId| rota.members.iter().position(|member| member == person).unwrap();
            prop_assert_eq!((place(&pair[0].2) + 1) % rota.members.len(), place(&pair[1].2));
        }
    }

    /// Worked out the slow way round: at each hand-over the wall clock shows the hour agreed, unless that hour did not
    /// exist that day; and one second before, somebody else still had the turn.
    #[test]
    fn turns_change_only_at_the_hand_over((rota, day, time) in rotas(), later in 0_i64..400_000_000) {
        prop_assume!(rota.members.len() > 1);
        let from = rota.start + SignedDuration::from_secs(later);
        for (begin, _, person) in rota.turns(from, from + SignedDuration::from_hours(24 * 30)).into_iter().skip(1) {
            let zone = rota.handovers.zone();
            let local = zone.to_datetime(begin);
            let agreed = local.date().to_datetime(time);
            let exists = !zone.to_ambiguous_timestamp(agreed).is_ambiguous();
            if exists {
                prop_assert_eq!(local.time(), time);
            }
            if let Some(day) = day {
                prop_assert_eq!(local.date().weekday(), day);
            }
            let before = begin - SignedDuration::from_secs(1);
            prop_assert_ne!(rota.on_call(before).map(|it| it.0), Some(&person));
            prop_assert_eq!(rota.on_call(begin).map(|it| it.0), Some(&person));
        }
    }

    #[test]
    fn the_calendar_alone_says_whose_turn_it_is((rota, _, time) in rotas(), weeks in 0_i64..500) {
        // Noon-to-noon counting by days gives the same person as counting hand-overs one by one.
        let mut rota = rota;
        let zone = rota.handovers.zone().clone();
        rota.handovers = Handovers::new(zone.clone(), [(Some(Weekday::Monday), time)]);
        rota.start = zone.to_timestamp(date(2021, 3, 1).to_datetime(time)).unwrap();
        let day = date(2021, 3, 1).checked_add(Span::new().days(7 * weeks + 3)).unwrap();
        let instant = zone.to_timestamp(day.at(12, 0, 0, 0)).unwrap();
        let expected = usize::try_from(weeks).unwrap() % rota.members.len();
        prop_assert_eq!(rota.on_call(instant).map(|it| it.0), rota.members.get(expected));
    }
}
