//! Plays a shipped playbook at the example hospital, hours in milliseconds, with its own cast instead of people, and
//! prints the report:
//!
//!     cargo run --example rehearse_playbook
//!     cargo run --example rehearse_playbook -- nuit-de-dimanche

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::collections::BTreeMap;

use vigie::base::language::Language;
use vigie::check;
use vigie::drill::play::About;
use vigie::drill::report::{self, Mode, Record};
use vigie::rehearsal::{Players, RehearsalError, rehearse};

fn main() -> Result<(), RehearsalError> {
    let playbook = std::env::args().nth(1).unwrap_or_else(|| "premier-exercice".to_owned());
    match play(&playbook, Players::Cast)? {
        Some(record) => println!("{}", report::markdown(&record, Language::En)),
        None => println!("there is no playbook {playbook} inside vigie"),
    }
    Ok(())
}

/// What happened in a rehearsal of the playbook of this name; nothing where vigie ships none of this name.
fn play(name: &str, players: Players) -> Result<Option<Record>, RehearsalError> {
    // The hospital of examples/valmont, which is inside vigie.
    let (deployment, engine) = check::example().expect("the example hospital has no mistake");
    let shipped = check::shipped(&mut Vec::new());
    let Some(script) = shipped.into_iter().find(|script| script.playbook.id.as_str() == name) else {
        return Ok(None);
    };
    let about = About {
        site: deployment.site.settings.name.clone(),
        mode: Mode::Rehearsal,
        zone: deployment.site.settings.zone.clone(),
        ledger: None,
        people: BTreeMap::new(),
        rules: engine.rules().map(|rule| (rule.id.clone(), rule.title.clone())).collect(),
    };
    let playbook = script.playbook.clone();
    let rehearsed = rehearse(deployment, engine, script, players)?;
    Ok(Some(rehearsed.drill.play.record(&playbook, about)))
}

#[test]
fn everything_is_met_by_the_cast_and_little_by_nobody() {
    let tally = |players| play("premier-exercice", players).unwrap().expect("it is shipped").tally;
    let (cast, nobody) = (tally(Players::Cast), tally(Players::Nobody));
    assert!(cast.met > nobody.met, "{cast:?} {nobody:?}");
    assert_eq!(cast.missed, 0, "{cast:?}");
    assert!(play("no-such-playbook", Players::Cast).unwrap().is_none());
}
