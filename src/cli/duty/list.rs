//! `vigie duty list`: what must be declared where a hospital is, and whom its chains give it to.

use serde::Serialize;

use super::row as row_of;
use crate::alert::chain::StepKind;
use crate::alert::duty::{self, Country, Duty, Given, Source, Status};
use crate::alert::oncall::Target;
use crate::api::{Answer, Query};
use crate::base::id::ChainId;
use crate::cli::answer::told;
use crate::cli::exit::Exit;
use crate::cli::place::Records;
use crate::cli::screen::{Paint, Screen};
use crate::site::Site;
use crate::words::duty as words;
use crate::words::page::row;
use crate::words::time::Day;

/// A duty, as scripts read it.
#[derive(Debug, Serialize)]
struct Listed {
    #[serde(flatten)]
    duty: &'static Duty,
    /// Who declares it here, by which chain.
    given_to: Vec<Giving>,
}

/// All of it, as scripts read it.
#[derive(Debug, Serialize)]
struct Everything {
    country: Country,
    given: Vec<Given>,
    duties: Vec<Listed>,
}

/// Whom a chain gives a duty to.
#[derive(Debug, Serialize)]
struct Giving {
    who: String,
    chain: ChainId,
}

/// What is asked for.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) country: Option<Country>,
    /// Also what was done.
    pub(super) all: bool,
    pub(super) json: bool,
}

pub(super) fn list(screen: Screen, records: &Records, Asked { country, all, json }: Asked) -> Exit {
    let site = records.site();
    let given = match records.ask(Query::Duties { over: all }) {
        Ok(Answer::Duties(given)) => given,
        Ok(other) => return told(screen, &other),
        // What the law asks is known all the same.
        Err(_) => {
            screen.note(words::given_unread());
            Vec::new()
        }
    };
    let here = site.as_ref().map_or_else(|| Country::of_zone(None), |site| site.settings.country.clone());
    let country = country.unwrap_or(here);
    let given_to = |duty: &Duty| site.as_ref().map(|site| giving(site, duty)).unwrap_or_default();
    let duties: Vec<Listed> = duty::of(&country).map(|duty| Listed { duty, given_to: given_to(duty) }).collect();
    if json {
        screen.json(&Everything { country, given, duties });
        return Exit::Fine;
    }
    for given in &given {
        row_of(screen, given, &records.clock());
    }
    if duties.is_empty() {
        screen.line(words::none_known(&country));
    }
    for of_country in &duties {
        show(screen, of_country);
    }
    Exit::Fine
}

/// Whom the chains of a site give a duty to.
fn giving(site: &Site, duty: &Duty) -> Vec<Giving> {
    let steps = site.chains.iter().flat_map(|chain| chain.steps.iter().map(move |step| (chain, step)));
    let of_it = steps.filter(|(_, step)| matches!(&step.kind, StepKind::Declare(given) if *given == duty.id));
    let who = |target: &Target| match target {
        Target::Person(person) => person.to_string(),
        Target::Rota(rota) => rota.to_string(),
    };
    of_it.map(|(chain, step)| Giving { who: who(&step.to), chain: chain.id.clone() }).collect()
}

fn show(screen: Screen, Listed { duty, given_to }: &Listed) {
    let paint = if duty.status == Status::InForce { Paint::Bold } else { Paint::Dim };
    let head = screen.row().painted(paint, 14, &duty.id).put(" ").put(&duty.title).put("  (").put(duty.status.said());
    head.put(")").end();
    let under = || screen.row().put("      ");
    let clock = if duty.status == Status::Pending { words::planned(duty.clock.said()) } else { duty.clock.said() };
    under().put(row(words::clock(), clock)).end();
    under().put(row(words::who(), &duty.who)).end();
    under().put(row(words::to(), &duty.to)).end();
    under().put(row(words::trigger(), &duty.trigger)).end();
    under().put(row(words::how(), &duty.how)).end();
    for (name, text) in [(words::fallback(), &duty.fallback), (words::note(), &duty.note)] {
        if let Some(text) = text {
            under().put(row(name, text)).end();
        }
    }
    for source in &duty.sources {
        under().put(row(words::source(), looked_at(source))).end();
    }
    if given_to.is_empty() && duty.status.binds() {
        under().paint(Paint::Dim, words::given_to_nobody()).end();
    }
    for Giving { who, chain } in given_to {
        under().put(words::given_to(who, chain)).end();
    }
}

/// A text, and when it was looked at.
fn looked_at(source: &Source) -> crate::base::language::Text {
    match (source.checked_on, &source.seen_at) {
        (Some(day), Some(at)) => words::checked(&source.text, Day(day), at),
        _ => words::not_checked(&source.text),
    }
}
