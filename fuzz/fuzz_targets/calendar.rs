//! Any text as the calendar of a rota: its events are overrides or findings, every finding points into a file of the site, and
//! there is a site whatever the calendar says.
#![no_main]

use std::io;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use vigie::site::load_with;
use vigie::text::source::Source;

const SITE: &str = "
site: {name: Lindenhof, language: en, zone: Europe/Paris}
sources: {a: {follow: a.log, format: opencanary}}
channels: {paper: {folder: paper}}
";
const PEOPLE: &str = "
people:
  ann: {name: Ann Ferrand, mail: ann@lindenhof.example}
  bob: {name: Bob Leroy, mail: bob@lindenhof.example}
rotas:
  on-call: {handover: 'mon 08:00', members: [bob], calendar: turns.ics}
";
const CHAINS: &str = "
chains:
  all:
    levels: [low, medium, high, critical]
    steps: [{notify: on-call, by: paper, answer_within: 10m}]
    nobody_answers: {rounds: 1, leave_in: paper}
";

fuzz_target!(|text: &str| {
    // Half of the inputs are lines of one event, so that more is tried than where events begin.
    let whole = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{text}\nEND:VEVENT\nEND:VCALENDAR\n");
    for calendar in [text, &whole] {
        let files = |name: &str| match name {
            "vigie.yaml" => Ok(Source::new(name, SITE)),
            "people.yaml" => Ok(Source::new(name, PEOPLE)),
            "chains.yaml" => Ok(Source::new(name, CHAINS)),
            "turns.ics" => Ok(Source::new(name, calendar)),
            _ => Err(io::ErrorKind::NotFound.into()),
        };
        let mut found = Vec::new();
        let site = load_with(Path::new("/none"), &files, &mut found);
        for finding in &found {
            assert!(finding.source.text().get(finding.span.range()).is_some(), "points outside: {finding:?}");
            assert!(!finding.to_string().is_empty());
        }
        assert!(site.is_some(), "a calendar costs the site: {found:?}");
    }
});
