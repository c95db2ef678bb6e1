//! From rung to rung: who is told next, which rungs are skipped at once, what happens at the end, and how a climb
//! catches up after it slept.
//!
//! Two choices that are not obvious:
//!
//! - Two rungs that name different targets are meant to reach two people. Where a rota makes them the same person, the
//!   second rung is skipped at once if the first has just used all its channels: waiting again for who did not answer
//!   would only keep the next person asleep. The same target twice in a row is a repetition its author wanted.
//! - A climb that slept pages the rung that is due now and everybody it slept over, but never past the last rung of
//!   the lap: nobody is given up before they had their full time to answer.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::call::{Moment, Subject};
use super::climb::{Climb, Ground, Status, skipped};
use super::definition::StepKind;
use super::effect::{Effect, Fact, PageReason, Skip};
use crate::base::id::{ChannelName, DutyId, PersonId};

/// What there is to do at a rung.
enum Rung {
    /// Tell somebody and wait.
    Tell(PersonId, Vec<Vec<ChannelName>>),
    /// Give somebody a declaration, without waiting.
    Give(DutyId, PersonId, Vec<Vec<ChannelName>>),
    /// The declaration is in good hands since an earlier lap.
    Given,
    /// Nothing, for this reason.
    Skip(Skip),
}

impl Climb {
    /// The rung's time is over and nobody answered.
    pub(super) fn unanswered(&mut self, ground: Ground<'_>, due: Timestamp, effects: &mut Vec<Effect>) {
        self.held = true;
        if let Some(person) = self.told.take() {
            effects.push(Effect::Fact(Fact::StepUnanswered { lap: self.lap, step: self.step, person }));
        }
        self.ascend(ground, self.step.saturating_add(1), due, effects);
    }

    /// Goes up from rung `first`, which was reached at `at`, to the rung that is due at `ground.now`.
    pub(super) fn ascend(&mut self, ground: Ground<'_>, first: usize, at: Timestamp, effects: &mut Vec<Effect>) {
        let mut rungs: Vec<_> =
            (first..ground.chain.steps.len()).map(|step| (step, self.look_at(ground, step))).collect();
        let target = self.due_rung(ground, &rungs, at).and_then(|due| {
            rungs.truncate(due + 1);
            rungs.pop()
        });
        let Some((step, Rung::Tell(person, groups))) = target else {
            self.pass(ground, rungs, BTreeSet::new(), effects);
            return self.end_of_lap(ground, effects);
        };
        let taken = groups.iter().flatten().map(|channel| (person.clone(), channel.clone())).collect();
        self.pass(ground, rungs, taken, effects);
        self.tell(ground, step, &person, groups, effects);
        self.step = step;
        self.told = Some(person);
        self.due = Some(self.moment(ground).after(ground.chain.steps[step].ack));
    }

    /// Begins the next lap, and counts the chain's repetitions anew.
    pub(super) fn next_round(&mut self, ground: Ground<'_>, effects: &mut Vec<Effect>) {
        self.next_lap();
        self.last_lap = self.lap.saturating_add(ground.chain.unanswered.repeat);
        self.ascend(ground, 0, ground.now, effects);
    }

    fn next_lap(&mut self) {
        self.lap = self.lap.saturating_add(1);
        self.held = false;
        self.calls.forget_settled();
    }

    fn look_at(&self, ground: Ground<'_>, step: usize) -> Rung {
        let rung = &ground.chain.steps[step];
        if let StepKind::Declare(duty) = &rung.kind
            && self.duties.contains(duty)
        {
            return Rung::Given;
        }
        let Some(person) = ground.roster.who(&rung.to, ground.now) else { return Rung::Skip(Skip::NobodyOnCall) };
        let groups = ground.groups(step, &person.id);
        if groups.is_empty() {
            return Rung::Skip(Skip::NobodyReachable);
        }
        match &rung.kind {
            StepKind::Declare(duty) => Rung::Give(duty.clone(), person.id.clone(), groups),
            StepKind::Notify if self.just_paged(ground, step, &person.id, &groups) => Rung::Skip(Skip::JustPaged),
            StepKind::Notify => Rung::Tell(person.id.clone(), groups),
        }
    }

    /// Whether the rung climbed from is another target which turned out to be the same person, already told by all of
    /// `groups`.
    fn just_paged(&self, ground: Ground<'_>, step: usize, person: &PersonId, groups: &[Vec<ChannelName>]) -> bool {
        let steps = &ground.chain.steps;
        steps.get(self.step).is_some_and(|below| below.to != steps[step].to)
            && groups.iter().flatten().all(|channel| self.calls.told(self.lap, self.step, person, channel))
    }

    /// The place in `rungs` of the first that still has time left at `ground.now`, counted from `at`; else of the last
    /// that waits.
    fn due_rung(&self, ground: Ground<'_>, rungs: &[(usize, Rung)], at: Timestamp) -> Option<usize> {
        let mut reached = at;
        let mut due = None;
        for (place, (step, rung)) in rungs.iter().enumerate() {
            if matches!(rung, Rung::Tell(..)) {
                due = Some(place);
                reached = Moment { now: reached, pace: self.pace }.after(ground.chain.steps[*step].ack);
                if reached > ground.now {
                    break;
                }
            }
        }
        due
    }

    /// Goes over rungs without waiting: declarations are given, people slept over are told, nobody twice by the same
    /// channel.
    fn pass(
        &mut self,
        ground: Ground<'_>,
        rungs: Vec<(usize, Rung)>,
        mut taken: BTreeSet<(PersonId, ChannelName)>,
        effects: &mut Vec<Effect>,
    ) {
        for (step, rung) in rungs {
            match rung {
                Rung::Given => {}
                Rung::Skip(why) => effects.push(skipped(self.lap, step, why)),
                Rung::Give(duty, owner, groups) => self.give(ground, step, duty, owner, groups, effects),
                Rung::Tell(person, mut groups) => {
                    for group in &mut groups {
                        group.retain(|channel| taken.insert((person.clone(), channel.clone())));
                    }
                    if groups.iter().all(Vec::is_empty) {
                        effects.push(skipped(self.lap, step, Skip::JustPaged));
                    } else {
                        self.tell(ground, step, &person, groups, effects);
                    }
                }
            }
        }
    }

    fn tell(
        &mut self,
        ground: Ground<'_>,
        step: usize,
        person: &PersonId,
        groups: Vec<Vec<ChannelName>>,
        effects: &mut Vec<Effect>,
    ) {
        effects.push(Effect::Fact(Fact::StepReached { lap: self.lap, step, person: person.clone() }));
        let about = Subject { lap: self.lap, step, person: person.clone(), reason: PageReason::Turn };
        self.calls.begin(about, groups, self.moment(ground), effects);
    }

    fn give(
        &mut self,
        ground: Ground<'_>,
        step: usize,
        duty: DutyId,
        owner: PersonId,
        groups: Vec<Vec<ChannelName>>,
        effects: &mut Vec<Effect>,
    ) {
        // Two rungs of one chain may name the same declaration: it is given once.
        if !self.duties.insert(duty.clone()) {
            return;
        }
        effects.push(Effect::Fact(Fact::DutyGiven { duty: duty.clone(), owner: owner.clone() }));
        let about = Subject { lap: self.lap, step, person: owner, reason: PageReason::Duty(duty) };
        self.calls.begin(about, groups, self.moment(ground), effects);
    }

    fn end_of_lap(&mut self, ground: Ground<'_>, effects: &mut Vec<Effect>) {
        if self.held && self.lap < self.last_lap {
            self.next_lap();
            return self.ascend(ground, 0, ground.now, effects);
        }
        self.status = Status::Exhausted;
        self.step = ground.chain.steps.len();
        self.told = None;
        self.due = None;
        if let Some((step, person, channel)) = last_resort(ground) {
            let about = Subject { lap: self.lap, step, person, reason: PageReason::LastResort };
            self.calls.begin(about, vec![vec![channel]], self.moment(ground), effects);
        }
        effects.push(Effect::Fact(Fact::Exhausted));
    }
}

/// Whom the last resort is addressed to: the first rung's person whom that channel reaches.
fn last_resort(ground: Ground<'_>) -> Option<(usize, PersonId, ChannelName)> {
    let channel = ground.chain.unanswered.then.as_ref()?;
    ground.chain.steps.iter().enumerate().find_map(|(step, rung)| {
        let person = ground.roster.who(&rung.to, ground.now)?;
        ground.reach.has(&person.id, channel).then(|| (step, person.id.clone(), channel.clone()))
    })
}
