//! The desk of exercises: which drills run, where each stands, which lines are theirs. What a drill orders goes the real
//! path, labelled, and what comes back is measured.

mod acting;
mod cards;
mod effects;
mod kept;
mod labels;
mod recovery;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Desk;
use crate::alert::chain::{Outcome, Pace};
use crate::api::{DrillStatus, InjectStatus, Purpose, Refusal};
use crate::base::id::{DrillId, InjectId, SourceName};
use crate::base::realm::Realm;
use crate::base::seal::Key;
use crate::check::Script;
use crate::core::Order;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::drill::play::{self, Effect, Phase, Play};
use crate::drill::playbook::Offset;
use crate::store::{Change, DrillRow};

pub(in crate::core) use acting::Beginning;
pub use kept::KeptDrill;
use labels::Labels;
pub(in crate::core) use labels::{Unlabelled, Written};

/// A drill that runs.
#[derive(Debug)]
struct Running {
    script: Arc<Script>,
    play: Play,
    pace: Pace,
    labels: Labels,
    /// Lines ordered but not yet known to be written, by inject; ordered again after a crash.
    unwritten: BTreeMap<InjectId, (SourceName, Vec<String>)>,
}

/// The desk.
#[derive(Debug)]
pub(in crate::core) struct Exercises {
    /// Signs the labels of lines.
    key: Key,
    drills: BTreeMap<DrillId, Running>,
    /// Drills that ended since rows were taken last.
    ended: BTreeSet<DrillId>,
    /// Ended drills of which labelled lines may still be read.
    late: BTreeMap<DrillId, KeptDrill>,
    /// The highest number given so far.
    last: u64,
    changed: BTreeSet<DrillId>,
    /// Lines of drills whose numbers are not kept yet.
    withheld: Vec<Order>,
    /// Rows of drills that were found in the store and cannot go on.
    lost: Vec<DrillRow>,
}

impl Exercises {
    /// The desk before anything is played.
    pub(in crate::core) fn new(key: Key) -> Self {
        Self {
            key,
            drills: BTreeMap::new(),
            ended: BTreeSet::new(),
            late: BTreeMap::new(),
            last: 0,
            changed: BTreeSet::new(),
            withheld: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// The highest number given so far.
    pub(in crate::core) fn last(&self) -> u64 {
        self.last
    }

    /// The drills that run.
    pub(in crate::core) fn running(&self) -> Vec<DrillId> {
        self.drills.keys().copied().filter(|id| self.plays(*id)).collect()
    }

    /// Whether a drill runs. One that ended is still remembered until rows are taken.
    pub(in crate::core) fn plays(&self, id: DrillId) -> bool {
        self.drills.contains_key(&id) && !self.ended.contains(&id)
    }

    /// Where each running drill stands.
    pub(in crate::core) fn status(&self, now: Timestamp) -> Vec<DrillStatus> {
        self.drills.iter().map(|(id, running)| running.status(*id, now)).collect()
    }

    /// Gives an input to a drill and carries out what follows; says why it had no effect, if it had none. A drill that is
    /// over hears nothing any more.
    fn play(&mut self, context: Context<'_>, id: DrillId, input: play::Input, out: &mut Out) -> Result<(), Refusal> {
        if !self.plays(id) {
            return Err(Refusal::DrillRests { drill: id });
        }
        let Some(running) = self.drills.get_mut(&id) else { return Err(Refusal::DrillRests { drill: id }) };
        let script = running.script.clone();
        let effects = running.play.step(&script.playbook, context.now, input);
        let ignored = effects.iter().find_map(|effect| match effect {
            Effect::Fact(play::Fact::Ignored { why, inject }) => {
                Some(Refusal::NoEffect { drill: id, why: *why, inject: inject.clone() })
            }
            _ => None,
        });
        self.carry_out(context, id, effects, out);
        ignored.map_or(Ok(()), Err)
    }

    /// Tells a drill of something that happened. Whether it makes a difference is the drill's business.
    fn tell(&mut self, context: Context<'_>, id: DrillId, input: play::Input, out: &mut Out) {
        // A drill that is over has nothing to learn, and one that ignores it says so in the ledger.
        drop(self.play(context, id, input, out));
    }

    /// The orders for lines that may leave now. They leave only once their numbers are kept: without them they would be a
    /// real attack after a crash. Lines of a drill that was ended meanwhile are not written any more.
    pub(in crate::core) fn release(&mut self, is_kept: bool) -> Vec<Order> {
        if !is_kept {
            return Vec::new();
        }
        let withheld = std::mem::take(&mut self.withheld);
        withheld
            .into_iter()
            .filter(|order| !matches!(order, Order::Inject { drill, .. } if !self.plays(*drill)))
            .collect()
    }
}

impl Running {
    fn status(&self, id: DrillId, now: Timestamp) -> DrillStatus {
        let timeline = &self.script.playbook.timeline;
        let injects = timeline.iter().filter_map(|inject| {
            let stage = self.play.stimulus(&inject.id)?.state.clone();
            Some(InjectStatus { inject: inject.id.clone(), stage })
        });
        DrillStatus {
            id,
            playbook: self.script.playbook.id.clone(),
            at: Offset(self.play.clock().script(now)).to_string(),
            paused: matches!(self.play.phase(), Phase::Paused),
            injects: injects.collect(),
        }
    }
}

impl Desk for Exercises {
    fn hear(&mut self, context: Context<'_>, event: &Event, out: &mut Out) {
        match event {
            Event::Joined { realm: Realm::Drill(drill), alert, rule } => {
                self.tell(context, *drill, play::Input::Hit { rule: rule.clone(), alert: *alert }, out);
            }
            // Every running drill shows a real alert as real, and goes on waiting for nobody.
            Event::Raised { realm: Realm::Live, alert } => {
                for drill in self.running() {
                    self.tell(context, drill, play::Input::RealAlert { alert: *alert }, out);
                }
            }
            Event::Acked { realm: Realm::Drill(drill), alert, chain, by } => {
                let input = play::Input::Acked { chain: chain.clone(), alert: *alert, by: by.clone() };
                self.tell(context, *drill, input, out);
            }
            Event::Paged { drill, chain, person, channel } => {
                let (chain, person, channel) = (chain.clone(), person.clone(), channel.clone());
                self.tell(context, *drill, play::Input::Paged { chain, person, channel }, out);
            }
            Event::PageEnded { purpose: Purpose::Message { drill, inject, .. }, outcome, words, .. } => {
                let inject = inject.clone();
                let input = match outcome {
                    Outcome::Accepted => play::Input::Injected { inject, lines: 0 },
                    Outcome::Failed => play::Input::InjectFailed { inject, why: words.clone() },
                };
                self.tell(context, *drill, input, out);
            }
            Event::MessageLost { drill, inject } => {
                let why = crate::words::drill::nobody_listed().get(context.site().settings.language).to_owned();
                self.tell(context, *drill, play::Input::InjectFailed { inject: inject.clone(), why }, out);
            }
            _ => {}
        }
    }

    fn wake(&mut self, context: Context<'_>, out: &mut Out) -> bool {
        let is_due = |running: &Running| running.play.deadline().is_some_and(|deadline| deadline <= context.now);
        let due: Vec<DrillId> = self.drills.iter().filter(|(_, running)| is_due(running)).map(|(id, _)| *id).collect();
        for id in &due {
            self.tell(context, *id, play::Input::Clock, out);
        }
        !due.is_empty()
    }

    fn deadline(&self) -> Option<Timestamp> {
        self.drills.values().filter_map(|running| running.play.deadline()).min()
    }

    fn shift(&mut self, by: SignedDuration) {
        for (id, running) in &mut self.drills {
            running.play.shift(by);
            self.changed.insert(*id);
        }
    }

    fn keep_all(&mut self) {
        self.changed.extend(self.drills.keys());
        self.changed.extend(self.late.keys());
    }

    fn rows(&mut self, change: &mut Change) {
        change.drills.append(&mut self.lost);
        for id in std::mem::take(&mut self.changed) {
            change.drills.extend(self.row(id));
        }
    }
}

#[cfg(test)]
mod tests;
