//! `vigie chain`: who would be told when, on the screen and on paper.

mod simulate;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};

use super::argument;
use super::exit::Exit;
use super::place::Place;
use super::screen::{Paint, Screen};
use super::when::When;
use crate::alert::chain::simulation::Cast;
use crate::alert::chain::{Chain, Reach, Step, StepKind};
use crate::alert::channel::Settings;
use crate::alert::oncall::{Roster, Target};
use crate::alert::page::live_reach;
use crate::base::duration;
use crate::base::id::{ChainId, ChannelName, PersonId};
use crate::base::language::Text;
use crate::daemon::{call_tree, clock};
use crate::site::Site;
use crate::words::exercise::as_it_is;
use crate::words::failure::{Failure, colon, unwritten};
use crate::words::oncall as words;
use crate::words::time::Lasted;

/// Shows who would be told of an alert, and when
#[derive(Debug, Args)]
pub(super) struct ChainOf {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Shows the chains, with who is on call
    Show {
        /// One chain of chains.yaml
        chain: Option<String>,
        /// At which time: an hour such as 22:00, or a day and hour such as `2026-12-24T22:00`
        #[arg(long, value_name = "TIME", value_parser = When::read)]
        at: Option<When>,
        #[command(flatten)]
        place: Place,
    },
    /// Plays a chain on a virtual clock, and says who is told when
    Simulate {
        /// A chain of chains.yaml
        chain: String,
        /// When the alert is raised: an hour such as 22:00, or a day and hour such as `2026-12-24T22:00`
        #[arg(long, value_name = "TIME", value_parser = When::read)]
        at: Option<When>,
        /// Who answers, and how long after they were asked: `bob`, `bob=5m`
        #[arg(long, value_name = "PERSON[=TIME]", value_parser = answer)]
        answers: Vec<(PersonId, SignedDuration)>,
        /// A channel that takes nothing
        #[arg(long, value_name = "CHANNEL")]
        down: Vec<String>,
        /// How long to look
        #[arg(long = "for", value_name = "TIME", default_value = "12h", value_parser = super::argument::duration)]
        most: u64,
        #[command(flatten)]
        place: Place,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
    /// Writes the call tree for paper: whom to call in which order, with room to write, and who is on call
    Print {
        /// The file to write, a page for a browser or printer
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// How many days of the plan
        #[arg(long, value_name = "DAYS", default_value_t = 14, value_parser = argument::within::<u16>(1..=60))]
        days: u16,
        #[command(flatten)]
        place: Place,
    },
}

/// Who answers, after how long.
fn answer(text: &str) -> Result<(PersonId, SignedDuration), Failure> {
    let (name, after) = text.split_once('=').unwrap_or((text, "1m"));
    let after = duration::parse(after).filter(|_| !name.is_empty());
    after.map(|after| (PersonId(name.to_owned()), after)).ok_or_else(|| Failure(words::no_answerer(text)))
}

impl ChainOf {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let (Action::Show { place, .. } | Action::Simulate { place, .. } | Action::Print { place, .. }) = &self.action;
        let screen = place.on(screen);
        let Some((deployment, _)) = place.open(screen) else { return Ok(Exit::Findings) };
        let site = &deployment.site;
        let instant = |at: Option<When>| {
            let now = clock::now();
            at.map_or(Ok(now), |at| at.after(now, &site.settings.zone))
        };
        match self.action {
            Action::Show { chain, at, .. } => {
                let now = instant(at)?;
                let chains = match &chain {
                    Some(name) => vec![named(site, name)?],
                    None => site.chains.iter().collect(),
                };
                for chain in chains {
                    show(screen, site, chain, now);
                }
            }
            Action::Simulate { chain, at, answers, down, most, json, .. } => {
                let cast = cast(site, answers, down)?;
                let most = SignedDuration::from_secs(most.try_into().unwrap_or(i64::MAX));
                simulate::run(screen, (site, named(site, &chain)?), &cast, (instant(at)?, most), json);
            }
            Action::Print { output, days, .. } => {
                let page = call_tree::html(site, clock::now(), days, screen.language());
                std::fs::write(&output, page).with_context(|| Failure(unwritten(output.display())))?;
                screen.line(words::written(output.display()));
            }
        }
        Ok(Exit::Fine)
    }
}

fn named<'a>(site: &'a Site, name: &str) -> Result<&'a Chain> {
    match site.chain(&ChainId(name.to_owned())) {
        Some(chain) => Ok(chain),
        None => bail!(Failure(words::unknown(name))),
    }
}

/// Who answers and what is down, of names that the site knows.
fn cast(site: &Site, answers: Vec<(PersonId, SignedDuration)>, down: Vec<String>) -> Result<Cast> {
    if let Some((unknown, _)) = answers.iter().find(|(person, _)| !site.roster.people.contains_key(person)) {
        bail!(Failure(words::unknown(unknown)));
    }
    let down: Vec<ChannelName> = down.into_iter().map(ChannelName).collect();
    if let Some(unknown) = down.iter().find(|channel| !site.settings.channels.contains_key(*channel)) {
        bail!(Failure(words::unknown(unknown)));
    }
    Ok(Cast { answers: answers.into_iter().collect(), down: down.into_iter().collect() })
}

/// Which channels lead to whom.
fn reach(site: &Site) -> Reach {
    let media: BTreeMap<_, _> =
        site.settings.channels.iter().map(|(name, channel)| (name.clone(), Settings::medium(channel))).collect();
    live_reach(&site.roster, &media)
}

/// Who a step means at an instant: a person, or who has a rota then.
fn meant(roster: &Roster, target: &Target, now: Timestamp) -> Text {
    let person = roster.who(target, now).map_or_else(words::nobody, |person| as_it_is(&person.name));
    match target {
        Target::Person(_) => person,
        Target::Rota(rota) => words::of_rota(rota, person),
    }
}

/// The channels of a step: all of the first group at once, the others where those were of no use.
fn channels(step: &Step) -> Text {
    let group =
        |group: &Vec<ChannelName>| as_it_is(group.iter().map(ChannelName::as_str).collect::<Vec<_>>().join(" + "));
    let groups = step.by.iter().enumerate().map(|(place, channels)| match place {
        0 => group(channels),
        _ => words::fallback(group(channels)),
    });
    words::list(&groups.collect::<Vec<_>>())
}

fn show(screen: Screen, site: &Site, chain: &Chain, now: Timestamp) {
    screen.row().paint(Paint::Bold, &chain.id).put(colon()).put(words::takes(words::levels(&chain.levels))).end();
    for (number, step) in (1..).zip(&chain.steps) {
        let who = meant(&site.roster, &step.to, now);
        let what = match &step.kind {
            StepKind::Notify => words::waits(Lasted(step.ack)),
            StepKind::Declare(duty) => words::declares(duty),
        };
        screen.row().right(3, number).put(". ").put(who).put("  ").put(channels(step)).put("  ").put(what).end();
    }
    let last = chain.unanswered.then.as_ref().map_or_else(words::nothing, as_it_is);
    screen.row().put("     ").paint(Paint::Dim, words::at_the_end(chain.unanswered.repeat + 1, last)).end();
}
