//! The people of the demonstration: they answer as the playbook's cast says, through the same local socket as anybody.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, bail};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{Set, alert_of};
use crate::alert::chain::Pace;
use crate::api::{Act, Answer, Command, Seen};
use crate::base::id::{AlertId, DrillId, InjectId, PersonId};
use crate::daemon::{client, clock};
use crate::drill::playbook::{Awaited, Deed, Playbook};
use crate::site::Site;
use crate::store::{Entry, Store};

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
    pub(super) fn take_all(set: &Set, store: &Store, except: Option<AlertId>) -> Result<()> {
        let mut told: BTreeMap<AlertId, PersonId> = BTreeMap::new();
        for entry in store.entries(1)? {
            let Some(alert) = alert_of(&entry.body) else { continue };
            match entry.kind.as_str() {
                "chain.step_reached" => {
                    let body: Value = serde_json::from_str(&entry.body)?;
                    let person = body.get("person").and_then(Value::as_str).unwrap_or_default();
                    told.insert(alert, PersonId(person.to_owned()));
                }
                "chain.acked" => drop(told.remove(&alert)),
                _ => {}
            }
        }
        for (alert, by) in told.into_iter().filter(|(alert, _)| Some(*alert) != except) {
            ask(set, &Command::Ack { alert, by })?;
        }
        Ok(())
    }

    /// Thinks about an entry of the exercise: what would the people do now?
    pub(super) fn react(&mut self, entry: &Entry, playbook: &Playbook, pace: u32) {
        let Ok(body) = serde_json::from_str::<Value>(&entry.body) else { return };
        let pace = Pace::new(pace).unwrap_or(Pace::REAL);
        match entry.kind.as_str() {
            "page.accepted" => self.paged(&body, playbook, pace),
            "drill.played" => self.played(&body, playbook, pace),
            _ => {}
        }
    }

    fn later(&mut self, after: SignedDuration, deed: Move) {
        let at = clock::now().checked_add(after).unwrap_or(Timestamp::MAX);
        if !self.due.iter().any(|(_, known)| *known == deed) {
            self.due.push((at, deed));
        }
    }

    fn paged(&mut self, body: &Value, playbook: &Playbook, pace: Pace) {
        let person = body.get("to").and_then(Value::as_str).map(|name| PersonId(name.to_owned()));
        let alert = body.pointer("/for/climb/alert").and_then(Value::as_u64).map(AlertId);
        let (Some(by), Some(alert)) = (person, alert) else { return };
        if let Some(Some(after)) = playbook.cast.people.get(&by) {
            self.later(pace.real(*after), Move::Ack { alert, by });
        }
    }

    fn played(&mut self, body: &Value, playbook: &Playbook, pace: Pace) {
        let Some(inject) = body.get("inject").and_then(Value::as_str).map(InjectId::from) else { return };
        let Some(known) = playbook.inject(&inject) else { return };
        match &known.deed {
            Deed::Phone(_) => {
                let ringing = SignedDuration::try_from(RINGING).unwrap_or_default();
                self.later(ringing, Move::InDrill(Act::Called { inject: inject.clone() }));
            }
            Deed::Decision(_) => {
                if let Some(decision) = playbook.cast.decisions.get(&inject) {
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
fn ask(set: &Set, command: &Command) -> Result<()> {
    let state = &set.site.settings.state;
    match tokio::task::block_in_place(|| client::ask(state, command))? {
        Answer::Done(_) => Ok(()),
        other => bail!("the daemon answered {other:?}"),
    }
}
