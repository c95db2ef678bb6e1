//! The people of the demonstration: they answer as the playbook's cast says, through the same local socket as anybody.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, bail};
use jiff::{SignedDuration, Timestamp};

use super::Set;
use crate::alert::chain::Pace;
use crate::api::{Act, Answer, Command, Fact, PageEnd, PageFact, Purpose, Seen};
use crate::base::id::{AlertId, DrillId, InjectId, PersonId};
use crate::daemon::{client, clock};
use crate::drill::play;
use crate::drill::playbook::{Awaited, Deed, Playbook};
use crate::site::Site;

/// Somebody who only makes calls answers the phone after this long.
const RINGING: Duration = Duration::from_millis(200);

/// What the people of the demonstration will do, and when.
#[derive(Debug)]
pub(super) struct Players {
    first: PersonId,
    due: Vec<(Timestamp, Move)>,
}

/// Something a person does.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Move {
    Ack { alert: AlertId, by: PersonId },
    InDrill(Act),
}

impl Players {
    pub(super) fn new(site: &Site) -> Self {
        let first = site.roster.people.keys().next().cloned().unwrap_or_else(|| PersonId(String::new()));
        Self { first, due: Vec::new() }
    }

    /// Whoever was told last of each alert that nobody has says "I have it", but for `except`.
    pub(super) fn take_all(set: &Set, waiting: &BTreeMap<AlertId, PersonId>, except: Option<AlertId>) -> Result<()> {
        for (alert, by) in waiting.iter().filter(|(alert, _)| Some(**alert) != except) {
            ask(set, Command::Ack { alert: *alert, by: by.clone() })?;
        }
        Ok(())
    }

    /// Thinks about something that happened in the exercise: what would the people do now?
    pub(super) fn react(&mut self, fact: &Fact, playbook: &Playbook, pace: u32) {
        let pace = Pace::new(pace).unwrap_or(Pace::REAL);
        match fact {
            Fact::Page(PageFact::Accepted(end)) => self.paged(end, playbook, pace),
            Fact::Drill(play::Fact::Played { inject }) => self.played(inject, playbook, pace),
            _ => {}
        }
    }

    fn later(&mut self, after: SignedDuration, deed: Move) {
        let at = clock::now().checked_add(after).unwrap_or(Timestamp::MAX);
        if !self.due.iter().any(|(_, known)| *known == deed) {
            self.due.push((at, deed));
        }
    }

    fn paged(&mut self, end: &PageEnd, playbook: &Playbook, pace: Pace) {
        let Some(alert) = end.r#for.as_ref().and_then(Purpose::alert) else { return };
        if let Some(Some(after)) = playbook.cast.people.get(&end.to) {
            self.later(pace.real(*after), Move::Ack { alert, by: end.to.clone() });
        }
    }

    fn played(&mut self, inject: &InjectId, playbook: &Playbook, pace: Pace) {
        let Some(known) = playbook.inject(inject) else { return };
        match &known.deed {
            Deed::Phone(_) => {
                let ringing = SignedDuration::try_from(RINGING).unwrap_or_default();
                self.later(ringing, Move::InDrill(Act::Called { inject: inject.clone() }));
            }
            Deed::Decision(_) => {
                if let Some(decision) = playbook.cast.decisions.get(inject) {
                    let (option, by) = (decision.option.clone(), self.first.clone());
                    self.later(
                        pace.real(decision.after),
                        Move::InDrill(Act::Decide { inject: inject.clone(), option, by }),
                    );
                }
            }
            Deed::Log(_) | Deed::Message(_) => {}
        }
        let Some(after) = playbook.cast.actions else { return };
        for (index, expected) in known.expect.iter().enumerate() {
            if matches!(expected.awaited, Awaited::Action(_)) {
                let (expectation, seen) = (Some(index + 1), Seen::Done);
                let act = Act::Observe { inject: inject.clone(), expectation, seen, note: None };
                self.later(pace.real(after), Move::InDrill(act));
            }
        }
    }

    /// Does what is due.
    pub(super) async fn act(&mut self, set: &Set, drill: DrillId) -> Result<()> {
        let now = clock::now();
        let (due, later) = std::mem::take(&mut self.due).into_iter().partition(|(at, _)| *at <= now);
        self.due = later;
        let due: Vec<(Timestamp, Move)> = due;
        for (_, deed) in due {
            let command = match deed {
                Move::Ack { alert, by } => Command::Ack { alert, by },
                Move::InDrill(act) => Command::Drill { drill, act },
            };
            // The exercise may have ended a moment ago; then there is nothing left to do.
            drop(set.daemon.ask(command).await);
        }
        Ok(())
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
