//! The people of the demonstration: they answer as the playbook's cast says, through the same local socket as anybody.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use jiff::{SignedDuration, Timestamp};

use super::Set;
use crate::alert::chain::Pace;
use crate::api::{Answer, Command, Fact, PageEnd, PageFact, Purpose};
use crate::base::id::{AlertId, DrillId, InjectId, PersonId};
use crate::daemon::{client, clock};
use crate::drill::cast::{Actors, Does, Turn};
use crate::drill::play;
use crate::drill::playbook::Playbook;
use crate::rehearsal;
use crate::site::Site;

/// Nobody does anything faster than this.
const QUICKEST: SignedDuration = SignedDuration::from_millis(200);

/// What the people of the demonstration will do, and when.
#[derive(Debug)]
pub(super) struct Players {
    playbook: Playbook,
    actors: Actors,
    pace: Pace,
    due: Vec<(Timestamp, Does)>,
}

impl Players {
    /// The people of `playbook`, when it is played at `pace`.
    pub(super) fn new(playbook: Playbook, pace: Pace) -> Self {
        let actors = Actors::new(playbook.clone(), playbook.cast.clone());
        let mut players = Self { playbook, actors, pace, due: Vec::new() };
        let turns = players.actors.at_start();
        players.plan(turns);
        players
    }

    /// Whoever was told last of each alert that nobody has says "I have it", but for `except`.
    pub(super) fn take_all(set: &Set, waiting: &BTreeMap<AlertId, PersonId>, except: Option<AlertId>) -> Result<()> {
        for (alert, by) in waiting.iter().filter(|(alert, _)| Some(**alert) != except) {
            ask(set, Command::Ack { alert: *alert, by: by.clone().into() })?;
        }
        Ok(())
    }

    /// Thinks about something that happened in the exercise: what would the people do now?
    pub(super) fn react(&mut self, fact: &Fact, site: &Site) {
        match fact {
            Fact::Page(PageFact::Accepted(end)) => self.paged(end),
            Fact::Drill(play::Fact::Played { inject }) => self.played(inject, site),
            _ => {}
        }
    }

    fn paged(&mut self, end: &PageEnd) {
        let Some(Purpose::Escalation { alert, key, .. }) = end.r#for.clone() else { return };
        let turn = self.actors.paged(alert, key);
        self.plan(turn);
    }

    fn played(&mut self, inject: &InjectId, site: &Site) {
        let audience = self.playbook.inject(inject).and_then(|inject| inject.audience());
        let people = audience.map(|audience| audience.people(&site.roster, clock::now()));
        let turns = self.actors.reached(inject, people.into_iter().flatten().next());
        self.plan(turns);
    }

    fn plan(&mut self, turns: impl IntoIterator<Item = Turn>) {
        for Turn { after, does } in turns {
            let at = clock::now().checked_add(self.pace.real(after).max(QUICKEST)).unwrap_or(Timestamp::MAX);
            self.due.push((at, does));
        }
    }

    /// Does what is due.
    pub(super) async fn act(&mut self, set: &Set, drill: DrillId) {
        let now = clock::now();
        let (due, later) = std::mem::take(&mut self.due).into_iter().partition(|(at, _)| *at <= now);
        self.due = later;
        let due: Vec<(Timestamp, Does)> = due;
        for (_, does) in due {
            // The exercise may have ended a moment ago; then there is nothing left to do.
            drop(set.daemon.ask(rehearsal::command(drill, does)).await);
        }
    }
}

/// Asks through the local socket, as another process would.
fn ask(set: &Set, command: Command) -> Result<()> {
    let home = &set.site.settings.home;
    match tokio::task::block_in_place(|| client::ask(home, command))? {
        Answer::Done(_) => Ok(()),
        other => bail!("the daemon answered {other:?}"),
    }
}
