//! What is kept of an exercise outlives the vigie that wrote it. `kept/drill.json` is the row of a drill that was led by
//! hand, with an inject in every state, as the first version with exercises stored it; `kept/report.json` is the report
//! that was made of it; `kept/playbook.schema.json` is what authors' editors knew.

use jiff::SignedDuration;
use jiff::tz::{TimeZone, offset};
use serde_json::Value;
use vigie::core::KeptDrill;
use vigie::drill::play::{About, Input, Phase};
use vigie::drill::playbook;
use vigie::drill::report;

const DRILL: &str = include_str!("kept/drill.json");
const REPORT: &str = include_str!("kept/report.json");
const SCHEMA: &str = include_str!("kept/playbook.schema.json");

fn kept() -> KeptDrill {
    serde_json::from_str(DRILL).unwrap()
}

#[test]
fn a_kept_drill_is_read_and_written_under_its_old_names() {
    let again: Value = serde_json::to_value(kept()).unwrap();
    assert_eq!(again, serde_json::from_str::<Value>(DRILL).unwrap());
}

#[test]
fn a_kept_drill_goes_on_to_its_end() {
    let KeptDrill { mut play, .. } = kept();
    let script = kept().script().unwrap().playbook;
    assert_eq!(play.phase(), &Phase::Paused);
    let mut now = play.started() + SignedDuration::from_hours(1);
    play.step(&script, now, Input::Resume);
    for inject in ["second-appel", "relance"] {
        let input = if inject == "relance" { Input::Fire(inject.into()) } else { said(inject) };
        play.step(&script, now, input);
    }
    while let Some(deadline) = play.deadline() {
        now = now.max(deadline);
        play.step(&script, now, Input::Clock);
    }
    assert!(matches!(play.phase(), Phase::Ended { .. }), "{:?}", play.phase());
    let sent = |inject: &str| play.stimulus(&inject.into()).unwrap().sent;
    assert_eq!((sent("renommages"), sent("relance")), (60, 2));
    assert!(play.stimulus(&"second-appel".into()).unwrap().confirmed.is_some());
    assert!(play.stimulus(&"couper".into()).unwrap().question.as_ref().unwrap().defaulted.is_some());
}

fn said(inject: &str) -> Input {
    Input::Injected { inject: inject.into(), lines: 0 }
}

#[test]
fn the_report_of_a_kept_drill_is_the_same_to_the_byte() {
    let old = report::from_json(REPORT).unwrap();
    let about = About {
        site: old.site,
        mode: old.mode,
        zone: TimeZone::fixed(offset(1)),
        ledger: old.ledger,
        people: old.people,
        rules: old.rules,
    };
    let new = kept().play.record(&kept().script().unwrap().playbook, about);
    assert_eq!(report::json(&new).trim(), REPORT.trim());
}

/// What authors write does not change by accident: a wanted change changes the kept file too.
#[test]
fn the_schema_of_playbooks_is_what_it_was() {
    assert_eq!(playbook::schema(), serde_json::from_str::<Value>(SCHEMA).unwrap());
}
