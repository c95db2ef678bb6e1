//! A rehearsal: the same core on a virtual clock, with a scripted cast instead of people. Hours pass in milliseconds,
//! and the same playbook, site and cast give the same bytes each time.
//!
//! ```
//! use vigie::check;
//! use vigie::rehearsal::{Players, rehearse};
//!
//! // The hospital and a playbook that are inside vigie.
//! let (hospital, engine) = check::example().expect("it has no mistake");
//! let script = check::shipped(&mut Vec::new()).remove(0);
//! let timeline = script.playbook.timeline.len();
//! let played = rehearse(hospital, engine, script, Players::Cast)?;
//! assert!(timeline > 0 && played.store.entries(1)?.len() > timeline, "each inject left its trace in the ledger");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::alert::channel::Receipt;
use crate::api::{Act, Answer, Command, Done, DrillView, HeadView, Purpose, Refusal, Seen};
use crate::base::id::{DrillId, InjectId, PersonId, PlaybookId, SourceName};
use crate::base::language::Text;
use crate::base::seal::Key;
use crate::check::{Deployment, Script};
use crate::core::{Core, Input, Order};
use crate::drill::cast::{Actors, Does, Turn};
use crate::drill::playbook::{Cast, Inject};
use crate::store::{Store, StoreError};
use crate::watch::line::{Batch, Line};
use crate::watch::sigma::Engine;

/// A Sunday evening in winter: 22:00 in Paris on 4 January 2026.
const START: i64 = 1_767_560_400;

/// Who answers what, beyond the playbook's own cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Players {
    /// As the playbook's cast says.
    Cast,
    /// Nobody answers, decides or acts at all.
    Nobody,
}

/// Why a rehearsal could not be played to its end.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The store in memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The drill could not start.
    #[error("the exercise could not start: {0:?}")]
    Refused(Refusal),
    /// The machines did not come to an end.
    #[error("the exercise did not end; this is a mistake in vigie, please report it with the playbook")]
    Endless,
}

/// A played rehearsal.
#[derive(Debug)]
pub struct Rehearsed {
    /// The drill at its end.
    pub drill: DrillView,
    /// The store it was played in.
    pub store: Store,
}

impl Rehearsed {
    /// Where its ledger stands.
    pub(crate) fn ledger(&self) -> Result<HeadView, RehearsalError> {
        let (entries, head) = self.store.head()?;
        Ok(HeadView { entries, head: head.to_string() })
    }
}

/// Plays `script` from start to end.
pub fn rehearse(
    deployment: Deployment,
    engine: Engine,
    script: Script,
    players: Players,
) -> Result<Rehearsed, RehearsalError> {
    let start = Timestamp::from_second(START).expect("a date of this century");
    let cast = match players {
        Players::Cast => script.playbook.cast.clone(),
        Players::Nobody => Cast::default(),
    };
    let mut deployment = deployment;
    // Nothing is followed, and no log can fall silent.
    deployment.site.settings.sources.iter_mut().for_each(|source| source.silent = None);
    let id = script.playbook.id.clone();
    let script = Arc::new(script);
    deployment.playbooks.insert(id.clone(), script.clone());
    let deployment = Arc::new(deployment);
    // The seal key of a rehearsal protects nothing: its lines never leave the machine's memory.
    let key = Key::from_bytes([0; 32]);
    let (core, _) = Core::open(deployment.clone(), engine, Store::memory()?, key, start)?;
    let actors = Actors::new(script.playbook.clone(), cast);
    let mut world = World { core, deployment, actors, script, now: start, due: BTreeMap::new(), next: 0 };
    let drill = world.open(id)?;
    world.play_out(drill)?;
    let store = world.core.into_store();
    let row = store.drill(drill)?.ok_or(RehearsalError::Endless)?;
    let drill = serde_json::from_str(&row.state).map_err(|_| RehearsalError::Endless)?;
    Ok(Rehearsed { drill, store })
}

/// The world of a rehearsal: every letter arrives at once, every line is read at once, and the cast answers.
struct World {
    core: Core,
    deployment: Arc<Deployment>,
    actors: Actors,
    script: Arc<Script>,
    now: Timestamp,
    /// What will happen, by instant and in the order it was thought of.
    due: BTreeMap<(Timestamp, u64), Input>,
    next: u64,
}

impl World {
    fn open(&mut self, playbook: PlaybookId) -> Result<DrillId, RehearsalError> {
        let command = Command::DrillStart { playbook, pace: 1 };
        let orders = self.core.step(self.now, [Input::Asked { ask: command.into(), ticket: 0, caller: None }]);
        let mut started = Err(RehearsalError::Endless);
        for order in &orders {
            match order {
                Order::Reply { answer: Answer::Done(Done::Started { drill }), .. } => started = Ok(*drill),
                Order::Reply { answer: Answer::Refused(why), .. } => {
                    started = Err(RehearsalError::Refused(why.clone()));
                }
                _ => {}
            }
        }
        let drill = started?;
        let turns = self.actors.at_start();
        self.plan(drill, turns);
        self.carry_out(drill, orders);
        Ok(drill)
    }

    fn play_out(&mut self, drill: DrillId) -> Result<(), RehearsalError> {
        // Each turn brings the clock to the next deadline; far more than any playbook needs.
        for _ in 0..1_000_000 {
            if !self.core.running_drills().contains(&drill) {
                return Ok(());
            }
            let next_input = self.due.keys().next().map(|(at, _)| *at);
            let next = [self.core.deadline(), next_input].into_iter().flatten().min();
            self.now = next.ok_or(RehearsalError::Endless)?.max(self.now);
            let mut inputs = Vec::new();
            while let Some(entry) = self.due.first_entry().filter(|entry| entry.key().0 <= self.now) {
                inputs.push(entry.remove());
            }
            let orders = self.core.step(self.now, inputs);
            self.carry_out(drill, orders);
        }
        Err(RehearsalError::Endless)
    }

    fn later(&mut self, after: SignedDuration, input: Input) {
        let at = self.now.checked_add(after).unwrap_or(Timestamp::MAX);
        self.next += 1;
        self.due.insert((at, self.next), input);
    }

    fn carry_out(&mut self, drill: DrillId, orders: Vec<Order>) {
        for order in orders {
            match order {
                Order::Send { page, .. } => {
                    match self.core.purpose(page).cloned() {
                        Some(Purpose::Escalation { alert, key, .. }) => {
                            let turn = self.actors.paged(alert, key);
                            self.plan(drill, turn);
                        }
                        Some(Purpose::Message { inject, .. }) => self.reached(drill, &inject),
                        Some(Purpose::Digest { .. } | Purpose::Duty { .. }) | None => {}
                    }
                    let receipt = Receipt::Accepted { proof: Text::quoted("rehearsal") };
                    self.later(SignedDuration::ZERO, Input::Receipt { page, receipt });
                }
                Order::Inject { inject, source, lines, .. } => self.lines(drill, inject, source, lines),
                Order::Card { inject, .. } => self.reached(drill, &inject),
                Order::Follow { .. }
                | Order::Recall { .. }
                | Order::Reread { .. }
                | Order::Listen { .. }
                | Order::LookUp { .. }
                | Order::Reply { .. }
                | Order::Kept { .. }
                | Order::Leave { .. }
                | Order::Watch { .. }
                | Order::Site(_)
                | Order::Tell(_) => {}
            }
        }
    }

    fn lines(&mut self, drill: DrillId, inject: InjectId, source: SourceName, lines: Vec<String>) {
        let count = lines.len();
        let lines = lines.into_iter().map(|text| Line { text, offset: 0, cut_from: None }).collect();
        let batch = Batch {
            source,
            stream: String::new(),
            arrived: self.now,
            lines,
            positions: Vec::new(),
            ended: Vec::new(),
            since: None,
        };
        self.reached(drill, &inject);
        self.later(SignedDuration::ZERO, Input::Injected { drill, inject, lines: count, failure: None });
        self.later(SignedDuration::ZERO, Input::Lines(batch));
    }

    /// An inject reached the players: they do as the cast says.
    fn reached(&mut self, drill: DrillId, inject: &InjectId) {
        let speaker = self.script.playbook.inject(inject).and_then(|inject| self.speaker(inject));
        let turns = self.actors.reached(inject, speaker);
        self.plan(drill, turns);
    }

    /// Who speaks for the players: the first of them whom the site knows.
    fn speaker(&self, inject: &Inject) -> Option<PersonId> {
        inject.audience()?.people(&self.deployment.site.roster, self.now).into_iter().next()
    }

    fn plan(&mut self, drill: DrillId, turns: impl IntoIterator<Item = Turn>) {
        for Turn { after, does } in turns {
            self.later(after, Input::Asked { ask: command(drill, does).into(), ticket: 0, caller: None });
        }
    }
}

/// With which command somebody does it.
pub(crate) fn command(drill: DrillId, does: Does) -> Command {
    let act = match does {
        Does::Ack { alert, by } => return Command::Ack { alert, by: by.into() },
        Does::Fire(inject) => Act::Fire { inject },
        Does::Called(inject) => Act::Called { inject },
        Does::Decide { inject, option, by } => Act::Decide { inject, option, by },
        Does::Observe { inject, expectation } => {
            Act::Observe { inject, expectation: Some(expectation + 1), seen: Seen::Done, note: None }
        }
    };
    Command::Drill { drill, act }
}
