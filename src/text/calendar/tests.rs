//! What calendars say, in the nights in which the clock is changed too, and what is said of those that cannot be read.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").unwrap()
}

fn calendar(events: &str) -> Source {
    Source::new("oncall.ics", format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n").replace('\n', "\r\n"))
}

fn event(properties: &str) -> String {
    format!("BEGIN:VEVENT\n{properties}\nEND:VEVENT\n")
}

/// The events, and the findings as code and line.
fn read_all(source: &Source) -> (Vec<Event>, Vec<(&'static str, usize)>) {
    let mut found = Vec::new();
    let events = read(source, &paris(), &mut found).unwrap_or_default();
    (events, found.iter().map(|finding| (finding.code().0, finding.position().0)).collect())
}

/// When the one event of a calendar takes place, as texts.
fn times(properties: &str) -> Vec<String> {
    let (events, found) = read_all(&calendar(&event(properties)));
    assert_eq!(found, [], "{properties}");
    events[0].times.iter().map(|(from, to)| format!("{from}/{to}")).collect()
}

#[test]
fn a_time_is_on_the_clock_of_its_zone_or_of_whoever_reads() {
    for (written, wanted) in [
        ("DTSTART:20261224T170000Z\nDTEND:20261225T070000Z", "2026-12-24T17:00:00Z/2026-12-25T07:00:00Z"),
        ("DTSTART:20261224T170000\nDTEND:20261225T070000", "2026-12-24T16:00:00Z/2026-12-25T06:00:00Z"),
        (
            "DTSTART;TZID=America/Chicago:20261224T170000\nDTEND;TZID=\"America/Chicago\":20261225T070000",
            "2026-12-24T23:00:00Z/2026-12-25T13:00:00Z",
        ),
        // Outlook's name for the zone of Paris.
        (
            "DTSTART;TZID=Romance Standard Time:20260624T170000\nDURATION:PT14H",
            "2026-06-24T15:00:00Z/2026-06-25T05:00:00Z",
        ),
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261226", "2026-12-23T23:00:00Z/2026-12-25T23:00:00Z"),
        ("DTSTART;VALUE=DATE:20261224", "2026-12-23T23:00:00Z/2026-12-24T23:00:00Z"),
        ("DTSTART;VALUE=DATE:20261224\nDURATION:P1W", "2026-12-23T23:00:00Z/2026-12-30T23:00:00Z"),
        ("DTSTART:20261224\n T170000Z\nDURATION:P1DT2H30M", "2026-12-24T17:00:00Z/2026-12-25T19:30:00Z"),
    ] {
        assert_eq!(times(written), [wanted], "{written}");
    }
}

#[test]
fn nights_in_which_the_clock_is_changed_are_an_hour_shorter_or_longer() {
    // From 18:00 to 08:00: nine and a half hours of sleep are lost, but never an hour of the rota.
    for (zone, night, hours) in [
        ("Europe/Paris", "20260328", 13),
        ("Europe/Paris", "20260329", 14),
        ("Europe/Paris", "20261024", 15),
        ("America/Chicago", "20260307", 13),
        ("America/Chicago", "20261031", 15),
    ] {
        let day: jiff::civil::Date = night.parse().unwrap();
        let next = day.tomorrow().unwrap().strftime("%Y%m%d").to_string();
        let single = format!("DTSTART;TZID={zone}:{night}T180000\nDTEND;TZID={zone}:{next}T080000");
        // The same night as one of a series that began in winter.
        let series = format!(
            "DTSTART;TZID={zone}:20260105T180000\nDTEND;TZID={zone}:20260106T080000\nRRULE:FREQ=DAILY;UNTIL={night}T235959"
        );
        for written in [single, series] {
            let (events, _) = read_all(&calendar(&event(&written)));
            let (from, to) = events[0].times[events[0].times.len() - 1];
            assert_eq!(to.duration_since(from), SignedDuration::from_hours(hours), "{written}");
            let clock = |at| TimeZone::get(zone).unwrap().to_datetime(at).time();
            assert_eq!((clock(from), clock(to)), (jiff::civil::time(18, 0, 0, 0), jiff::civil::time(8, 0, 0, 0)));
        }
    }
    // An hour that comes twice is its first coming, one that is missing is later by as much as the clock jumps.
    for (written, wanted) in [
        ("DTSTART:20261025T023000\nDURATION:PT1H", "2026-10-25T00:30:00Z/2026-10-25T01:30:00Z"),
        ("DTSTART:20260329T023000\nDURATION:PT1H", "2026-03-29T01:30:00Z/2026-03-29T02:30:00Z"),
    ] {
        assert_eq!(times(written), [wanted]);
    }
}

#[test]
fn a_series_is_followed_with_its_exceptions() {
    let nights =
        "DTSTART;TZID=Europe/Paris:20261019T180000\nDTEND;TZID=Europe/Paris:20261020T080000\nUID:a\nSUMMARY:ann";
    let series = event(&format!(
        "{nights}\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6\nEXDATE;TZID=Europe/Paris:20261021T180000,20261028T180000"
    ));
    let moved = event(
        "UID:a\nRECURRENCE-ID;TZID=Europe/Paris:20261026T180000\nSUMMARY:bob\nDTSTART:20261027T100000Z\nDURATION:PT2H",
    );
    let gone =
        event("UID:a\nRECURRENCE-ID:20261102T170000Z\nSTATUS:CANCELLED\nDTSTART:20261102T170000Z\nDURATION:PT2H");
    let (events, found) = read_all(&calendar(&[series, moved, gone].concat()));
    assert_eq!(found, []);
    let begins = |event: &Event| event.times.iter().map(|(from, _)| from.to_string()).collect::<Vec<_>>();
    assert_eq!(begins(&events[0]), ["2026-10-19T16:00:00Z", "2026-11-04T17:00:00Z"]);
    assert_eq!((events[1].summary.as_str(), begins(&events[1])), ("bob", vec!["2026-10-27T10:00:00Z".to_owned()]));
    assert_eq!(events.len(), 2);
}

#[test]
fn rules_end_where_they_say() {
    let count = |rule: &str| times(&format!("DTSTART:20260101T180000\nDURATION:PT1H\nRRULE:{rule}")).len();
    for (rule, wanted) in [
        ("FREQ=DAILY;COUNT=3", 3),
        ("FREQ=DAILY;UNTIL=20260103T170000Z", 3),
        ("FREQ=DAILY;UNTIL=20260103T165959Z", 2),
        ("FREQ=DAILY;UNTIL=20260103", 3),
        ("FREQ=DAILY;UNTIL=20251231", 0),
        ("FREQ=MONTHLY;BYDAY=+1MO,-1FR;COUNT=5;WKST=MO;INTERVAL=2", 5),
        ("FREQ=YEARLY", 74),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20260201T000000Z", 5),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 0),
    ] {
        assert_eq!(count(rule), wanted, "{rule}");
    }
    assert_eq!(times("DTSTART:20260101T180000Z\nDURATION:PT1H\nRDATE:20260201T180000Z,20260301T180000Z").len(), 3);
}

#[test]
fn what_cannot_be_read_costs_itself_alone_and_has_a_place() {
    let sound = event("DTSTART:20261224T170000Z\nDURATION:PT1H\nSUMMARY:ann");
    for (wrong, code, line) in [
        ("SUMMARY:ann", "V166", 3),
        ("SUMMARY:ann\nDTSTART:20261324T170000Z", "V166", 5),
        ("SUMMARY:ann\nDTSTART:2026122T170000Z", "V166", 5),
        ("DTSTART:tomorrow", "V166", 4),
        ("DTSTART:20261224T170000Z", "V166", 3),
        ("DTSTART:20261224T170000Z\nDTEND:20261224T170000Z", "V166", 5),
        ("DTSTART:20261224T170000Z\nDTEND:20261223T170000Z", "V166", 5),
        ("DTSTART:20261224T170000Z\nDURATION:-PT1H", "V166", 3),
        ("DTSTART;TZID=Middle-Earth:20261224T170000\nDURATION:PT1H", "V166", 4),
        ("DTSTART:20261224T170000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY", "V167", 6),
        ("DTSTART:20261224T170000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=70000", "V167", 6),
        ("DTSTART:20261224T170000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYFEELING=MO", "V167", 6),
        ("DTSTART:20261224T170000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", "V167", 6),
        ("DTSTART:18991224T170000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY", "V167", 6),
        (
            "DTSTART:20261224T170000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12",
            "V167",
            6,
        ),
        (
            "DTSTART:20261224T170000Z\nDURATION:PT1H\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261224T170000Z",
            "V167",
            7,
        ),
        ("DTSTART:20261224T170000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261224T170000Z/PT1H", "V166", 6),
    ] {
        let (events, found) = read_all(&calendar(&[event(wrong), sound.clone()].concat()));
        assert_eq!(found, [(code, line)], "{wrong}");
        assert_eq!(events.len(), 1, "{wrong}");
    }
    let (events, found) = read_all(&calendar(&format!("BEGIN:VEVENT\nDTSTART:20261224T170000Z\n{sound}")));
    assert_eq!((events.len(), found), (1, vec![("V166", 3)]));
}

#[test]
fn what_is_no_calendar_of_a_sensible_size_is_refused() {
    let many = event("DTSTART:20261224T170000Z\nDURATION:PT1H").repeat(MOST_EVENTS + 1);
    for source in [
        Source::new("a.ics", "BEGIN:VCARD\nEND:VCARD\n"),
        Source::new("a.ics", ""),
        calendar(&many),
        calendar(&format!("X-LARGE:{}\n", "x".repeat(LARGEST << 20))),
    ] {
        let mut found = Vec::new();
        assert_eq!(read(&source, &paris(), &mut found), None);
        assert_eq!(found.iter().map(|finding| finding.code().0).collect::<Vec<_>>(), ["V165"]);
    }
}

#[test]
fn rules_are_bounded_all_together() {
    let daily = event("DTSTART:20260101T180000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY");
    let (events, found) = read_all(&calendar(&daily.repeat(MOST_RULES + 3)));
    assert_eq!(events.len(), 3, "74 years three times, and a fourth is too much");
    assert_eq!(found.len(), MOST_RULES);
    assert!(found.iter().all(|(code, _)| *code == "V167"));
    let never = event("DTSTART:20260101T180000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");
    let (events, found) = read_all(&calendar(&never.repeat(MOST_RULES)));
    assert_eq!((events.len(), found.len()), (MOST_RULES / IN_VAIN, MOST_RULES - MOST_RULES / IN_VAIN));
}

#[test]
fn who_is_named_is_told_as_it_is_written() {
    let written = "DTSTART:20261224T170000Z\nDURATION:PT1H\nSUMMARY;LANGUAGE=en:On call: Ferrand\\, Ann\\; \"night\\n\\\\team\nORGANIZER:mailto:office@lindenhof.example\n\
                   ATTENDEE;CN=\"Ann: Ferrand\";PARTSTAT=ACCEPTED:MAILTO:Ann@Lindenhof.example\n\
                   ATTENDEE;PARTSTAT=DECLINED:mailto:bob@lindenhof.example\nATTENDEE:mailto:carla@lindenhof.example";
    let (events, _) = read_all(&calendar(&event(written)));
    assert_eq!(events[0].summary, "On call: Ferrand, Ann; \"night\n\\team");
    assert_eq!(events[0].attendees, ["Ann@Lindenhof.example", "carla@lindenhof.example"]);
    assert_eq!(events[0].organizer.as_deref(), Some("office@lindenhof.example"));
}

#[test]
fn what_is_written_is_folded_and_escaped() {
    let entry = Entry {
        uid: "a@vigie".to_owned(),
        from: "2026-12-24T17:00:00Z".parse().unwrap(),
        to: "2026-12-25T07:00:00Z".parse().unwrap(),
        summary: format!("On call: {} END:VEVENT; a, b\\n", "Zoë 🩺 ".repeat(20)),
        description: "x".to_owned(),
        category: "on-call".to_owned(),
    };
    let summary = entry.summary.clone();
    let text = write("Lindenhof", "2026-12-01T00:00:00Z".parse().unwrap(), [entry]);
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    for line in ["DTSTAMP:20261201T000000Z", "DTSTART:20261224T170000Z", "DTEND:20261225T070000Z", "TRANSP:TRANSPARENT"]
    {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{text}");
    }
    let (events, found) = read_all(&Source::new("a.ics", text));
    assert_eq!((events[0].summary.as_str(), found), (summary.trim(), vec![]));
}

proptest! {
    #[test]
    fn nothing_that_is_written_is_too_much(
        lines in prop::collection::vec(prop::sample::select(vec![
            "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VTIMEZONE", "TZID:Own", "END:VTIMEZONE",
            "DTSTART:20261025T023000", "DTSTART;TZID=Own:99991231T235959", "DTSTART;VALUE=DATE:00010101", "DTSTART:",
            "DTEND:20261026T023000", "DTEND;VALUE=DATE:99991231", "DURATION:P4294967295W", "DURATION:PT4294967295H",
            "RRULE:FREQ=DAILY", "RRULE:FREQ=YEARLY;BYMONTHDAY=-31;BYSETPOS=-366", "RRULE:FREQ=MONTHLY;BYDAY=-5SU",
            "RRULE:FREQ=WEEKLY;INTERVAL=65535", "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=-366", "UID:a", "EXDATE:20261025T023000",
            "RECURRENCE-ID:20261025T023000", "RDATE:20261025T023000,99991231T235959Z", " folded", "SUMMARY:ann", ":", ";",
        ]), 0..24),
        noise in "\\PC{0,40}",
    ) {
        let source = calendar(&format!("{}\n{noise}\n", lines.join("\n")));
        let mut found = Vec::new();
        let events = read(&source, &paris(), &mut found).unwrap();
        for (from, to) in events.iter().flat_map(|event| &event.times) {
            prop_assert!(from < to);
        }
        for finding in &found {
            prop_assert!(source.text().get(finding.span.range()).is_some());
        }
    }
}
