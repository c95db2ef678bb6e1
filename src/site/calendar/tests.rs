//! Whom the events of a calendar mean, and what is said where they mean nobody.

use std::path::Path;

use jiff::Timestamp;

use super::super::{Site, load_with};
use crate::alert::oncall::{Target, Why};
use crate::text::diagnostic::{Diagnostic, has_errors};
use crate::text::source::Source;

const SITE: &str = "
site: {name: Lindenhof, language: en, zone: Europe/Paris}
sources: {a: {follow: a.log, format: opencanary}}
channels: {paper: {folder: paper}}
";
const PEOPLE: &str = r#"
people:
  ann:   {name: "Ann Ferrand: security, officer", mail: ann@lindenhof.example}
  bob:   {name: "Bob Leroy", mail: bob@lindenhof.example}
  carla: {name: "Carla Nunez", mail: carla@lindenhof.example}
  twin:  {name: "BOB  leroy", mail: twin@lindenhof.example}
rotas:
  on-call: {handover: "mon 08:00", members: [carla], zone: America/Chicago, calendar: turns.ics}
"#;
const CHAINS: &str = r"
chains:
  all:
    levels: [low, medium, high, critical]
    steps: [{notify: on-call, by: paper, answer_within: 10m}]
    nobody_answers: {rounds: 1, leave_in: paper}
";

/// The site whose rota has a calendar of these events, and what is wrong with it.
fn load(events: &[&str]) -> (Option<Site>, Vec<Diagnostic>) {
    let events = events.iter().flat_map(|event| ["BEGIN:VEVENT", event, "END:VEVENT"]);
    let lines: Vec<&str> = ["BEGIN:VCALENDAR"].into_iter().chain(events).chain(["END:VCALENDAR\n"]).collect();
    load_calendar(&lines.join("\n"))
}

fn load_calendar(calendar: &str) -> (Option<Site>, Vec<Diagnostic>) {
    let files = |name: &str| match name {
        "vigie.yaml" => Ok(Source::new(name, SITE)),
        "people.yaml" => Ok(Source::new(name, PEOPLE)),
        "chains.yaml" => Ok(Source::new(name, CHAINS)),
        _ if calendar.is_empty() => Err(std::io::ErrorKind::NotFound.into()),
        _ => Ok(Source::new(name, calendar)),
    };
    let mut found = Vec::new();
    let site = load_with(Path::new("/none"), &files, &mut found);
    (site, found)
}

/// Who has the rota at an instant.
fn who(site: &Site, at: &str) -> String {
    let at: Timestamp = at.parse().unwrap();
    site.roster.who(&Target::Rota("on-call".into()), at).unwrap().id.to_string()
}

/// Whom an event means, or the code and line of the finding.
fn meant(event: &str) -> String {
    let (site, found) = load(&[&format!("DTSTART:20261224T170000Z\nDURATION:PT1H\n{event}")]);
    assert!(!has_errors(&found), "{found:#?}");
    match &found[..] {
        [] => who(&site.unwrap(), "2026-12-24T17:30:00Z"),
        [found] => format!("{} {}", found.code().0, found.position().0),
        more => panic!("{more:#?}"),
    }
}

#[test]
fn an_event_means_whom_it_invites_or_whom_its_title_names() {
    for (event, wanted) in [
        ("SUMMARY:ann", "ann"),
        ("SUMMARY:On call: ann", "ann"),
        ("SUMMARY:De garde\u{a0}: ANN", "ann"),
        ("SUMMARY:  ann ferrand: security\\,  officer", "ann"),
        ("SUMMARY:On call: Ann Ferrand: security\\, officer", "ann"),
        ("SUMMARY:whatever\nATTENDEE:mailto:ANN@lindenhof.example", "ann"),
        ("SUMMARY:bob\nATTENDEE;CN=x:mailto:ann@lindenhof.example", "ann"),
        ("SUMMARY:ann\nATTENDEE:mailto:nobody@elsewhere.example", "ann"),
        ("SUMMARY:night\nORGANIZER:mailto:bob@lindenhof.example", "bob"),
        ("SUMMARY:night\nORGANIZER:mailto:bob@lindenhof.example\nATTENDEE:mailto:bob@lindenhof.example", "bob"),
        (
            "SUMMARY:night\nORGANIZER:mailto:bob@lindenhof.example\nATTENDEE:mailto:bob@lindenhof.example\n\
             ATTENDEE:mailto:ann@lindenhof.example",
            "ann",
        ),
        ("SUMMARY:ann\nORGANIZER:mailto:bob@lindenhof.example", "ann"),
        ("SUMMARY:bob\nATTENDEE:mailto:bob@lindenhof.example\nATTENDEE:mailto:ann@lindenhof.example", "bob"),
        // Nobody, or more than one.
        ("SUMMARY:team meeting", "V168 5"),
        ("SUMMARY:annabel", "V168 5"),
        ("DESCRIPTION:ann", "V168 2"),
        ("SUMMARY:Bob Leroy", "V168 5"),
        ("SUMMARY:night\nORGANIZER:mailto:bob@lindenhof.example\nATTENDEE:mailto:nobody@elsewhere.example", "V168 5"),
        ("SUMMARY:x\nATTENDEE:mailto:bob@lindenhof.example\nATTENDEE:mailto:ann@lindenhof.example", "V168 5"),
        ("SUMMARY:ann\nATTENDEE;PARTSTAT=DECLINED:mailto:bob@lindenhof.example", "ann"),
    ] {
        assert_eq!(meant(event), wanted, "{event}");
    }
}

#[test]
fn hours_without_a_zone_are_on_the_clock_of_the_rota() {
    let (site, found) = load(&["DTSTART:20261031T180000\nDTEND:20261101T080000\nSUMMARY:ann"]);
    assert!(found.is_empty(), "{found:#?}");
    let site = site.unwrap();
    // In Chicago, in the night in which the clock is set back: from 18:00, five hours behind, up to 08:00, six hours behind.
    for (at, wanted) in [
        ("2026-10-31T22:59:59Z", "carla"),
        ("2026-10-31T23:00:00Z", "ann"),
        ("2026-11-01T13:59:59Z", "ann"),
        ("2026-11-01T14:00:00Z", "carla"),
    ] {
        assert_eq!(who(&site, at), wanted, "{at}");
    }
    let why =
        site.roster.on_call(&Target::Rota("on-call".into()), "2026-11-01T12:00:00Z".parse().unwrap()).unwrap().why;
    assert_eq!(why, Why::Calendar("turns.ics"));
}

#[test]
fn a_calendar_that_is_none_is_a_mistake_and_a_wrong_event_only_a_warning() {
    for (calendar, source, code) in [("", "people.yaml", "V165"), ("nothing", "turns.ics", "V165")] {
        let (_, found) = load_calendar(calendar);
        assert!(has_errors(&found));
        assert_eq!((found[0].source.name(), found[0].code().0), (source, code));
    }
    let gone = "DTSTART:20201224T170000Z\nDURATION:PT1H\nSUMMARY:Mary";
    let sound = "DTSTART:20261224T170000Z\nDURATION:PT1H\nSUMMARY:ann";
    let (site, found) = load(&[gone, "DTSTART:no\nSUMMARY:bob", gone, sound, gone]);
    let said: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "who has left is said once: {said:#?}");
    assert!(said[0].contains("turns.ics:8:1") && said[1].contains("turns.ics:5:1"), "{said:#?}");
    assert!(said[1].contains("\"Mary\" (events: 3)"), "{said:#?}");
    assert_eq!(who(&site.unwrap(), "2026-12-24T17:30:00Z"), "ann");
}

#[test]
fn two_people_at_the_same_time_are_said_once() {
    let ann = "DTSTART:20261224T170000Z\nDURATION:PT4H\nSUMMARY:ann\nRRULE:FREQ=DAILY;COUNT=9";
    let bob = "DTSTART:20261224T180000Z\nDURATION:PT1H\nSUMMARY:bob\nRRULE:FREQ=DAILY;COUNT=9";
    let (site, found) = load(&[ann, bob]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code().0, found[0].position().0), ("V169", 11));
    let site = site.unwrap();
    assert_eq!(
        (who(&site, "2026-12-24T18:30:00Z"), who(&site, "2026-12-24T19:30:00Z")),
        ("bob".to_owned(), "ann".to_owned())
    );
}
