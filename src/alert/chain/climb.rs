//! One alert on its way up a chain: acknowledgements, questions and endings. How it gets from rung to rung is in
//! `ascent`.
//!
//! What holds whatever happens, and is tested: a page is asked for once; an acknowledgement silences everything but
//! declarations until it grows old; nothing is asked for after the end; every deadline lies after the instant of the
//! step that set it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::call::{Calls, Moment, Subject};
use super::definition::{Chain, Pace};
use super::effect::{Effect, Fact, PageKey, PageReason, Skip};
use super::input::{Input, Outcome};
use super::reach::Reach;
use crate::alert::oncall::Roster;
use crate::base::id::{ChainId, ChannelName, DutyId, PersonId};

/// Where a climb stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waiting for somebody to answer.
    Climbing,
    /// Somebody has it.
    Acked {
        /// Who.
        by: PersonId,
        /// Since when.
        at: Timestamp,
    },
    /// Nobody answered up to the end. An acknowledgement still counts.
    Exhausted,
    /// Over.
    Resolved,
}

/// One alert on its way up. Kept whole as JSON; all instants are absolute, so a machine that slept still escalates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Climb {
    /// The chain it climbs.
    pub chain: ChainId,
    /// Where it stands.
    pub status: Status,
    /// The fastness of its clock.
    pub pace: Pace,
    /// Which time the chain is climbed, from 0.
    pub(super) lap: u32,
    /// The last lap before giving up.
    pub(super) last_lap: u32,
    /// The rung stood on; behind the last one once the end was reached.
    pub(super) step: usize,
    /// Who is waited for on that rung.
    pub(super) told: Option<PersonId>,
    /// Whether somebody was given time to answer in this lap. A lap in which every rung was skipped is not repeated.
    pub(super) held: bool,
    /// While climbing: when this rung's time is over. While acknowledged: when to ask again or, once asked, when the
    /// answer is overdue.
    pub(super) due: Option<Timestamp>,
    /// Who was asked again and has not answered yet.
    pub(super) asked: Option<PersonId>,
    /// How often somebody was asked again.
    pub(super) questions: u32,
    /// Who has said "I have it" since it was last an open question.
    pub(super) answered: Vec<PersonId>,
    /// Declarations that are in somebody's hands.
    pub(super) duties: BTreeSet<DutyId>,
    /// Who is being told, and what became of every page.
    pub(super) calls: Calls,
}

/// Everything a climb looks at but does not keep.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) chain: &'a Chain,
    pub(super) roster: &'a Roster,
    pub(super) reach: &'a Reach,
    pub(super) now: Timestamp,
}

impl Climb {
    /// Sets out on `chain` at `now`: the first rung is paged at once.
    pub fn start(chain: &Chain, roster: &Roster, reach: &Reach, pace: Pace, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut climb = Self {
            chain: chain.id.clone(),
            status: Status::Climbing,
            pace,
            lap: 0,
            last_lap: chain.unanswered.repeat,
            step: 0,
            told: None,
            held: false,
            due: None,
            asked: None,
            questions: 0,
            answered: Vec::new(),
            duties: BTreeSet::new(),
            calls: Calls::default(),
        };
        let mut effects = Vec::new();
        climb.ascend(Ground { chain, roster, reach, now }, 0, now, &mut effects);
        (climb, effects)
    }

    /// Takes one input. Inputs that come late, twice or in any order are harmless.
    pub fn step(&mut self, chain: &Chain, roster: &Roster, reach: &Reach, now: Timestamp, input: Input) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.status == Status::Resolved {
            return effects;
        }
        let ground = Ground { chain, roster, reach, now };
        match input {
            Input::Clock => self.clock(ground, &mut effects),
            Input::Acked { by } => self.acked(ground, by, &mut effects),
            Input::Receipt { page, outcome } => self.receipt(ground, &page, outcome, &mut effects),
            Input::Escalate => self.escalate(ground, &mut effects),
            Input::Resolved => self.resolved(&mut effects),
        }
        effects
    }

    /// When to come back with [`Input::Clock`], if nothing happens before.
    pub fn deadline(&self) -> Option<Timestamp> {
        [self.due, self.calls.deadline()].into_iter().flatten().min()
    }

    /// Whether a page asked for earlier is still wanted: nobody took it, refused it or gave it up.
    pub fn wants(&self, page: &PageKey) -> bool {
        self.calls.waits_for(page)
    }

    /// Moves every deadline, because the clock they were set by was itself moved.
    pub fn shift(&mut self, by: jiff::SignedDuration) {
        if let Some(due) = &mut self.due {
            *due = due.saturating_add(by).unwrap_or(*due);
        }
        self.calls.shift(by);
    }

    /// Which time the chain is climbed and the rung stood on, both from 0; no rung once the end was reached.
    pub fn place(&self) -> (u32, Option<usize>) {
        (self.lap, self.told.as_ref().map(|_| self.step))
    }

    /// Who is waited for: the person of the rung stood on, or who was asked again.
    pub fn waiting_for(&self) -> Option<&PersonId> {
        match self.status {
            Status::Climbing => self.told.as_ref(),
            Status::Acked { .. } => self.asked.as_ref(),
            Status::Exhausted | Status::Resolved => None,
        }
    }

    pub(super) fn moment(&self, ground: Ground<'_>) -> Moment {
        Moment { now: ground.now, pace: self.pace }
    }

    fn clock(&mut self, ground: Ground<'_>, effects: &mut Vec<Effect>) {
        if let Some(due) = self.due.filter(|due| *due <= ground.now) {
            self.due = None;
            match self.status.clone() {
                Status::Climbing => self.unanswered(ground, due, effects),
                Status::Acked { by, .. } => match self.asked.take() {
                    Some(of) => self.start_again(ground, of, effects),
                    None => self.ask_again(ground, by, effects),
                },
                Status::Exhausted | Status::Resolved => {}
            }
        }
        self.calls.fall_back(self.moment(ground), effects);
    }

    fn acked(&mut self, ground: Ground<'_>, by: PersonId, effects: &mut Vec<Effect>) {
        if !ground.roster.people.contains_key(&by) || self.answered.contains(&by) {
            return;
        }
        self.answered.push(by.clone());
        effects.push(Effect::Fact(Fact::Acked { by: by.clone() }));
        let settled = matches!(self.status, Status::Acked { .. }) && self.asked.is_none();
        if settled {
            return;
        }
        // A declaration is not taken out of its owner's hands because somebody looks at the alert.
        self.calls.give_up(|reason| !matches!(reason, PageReason::Duty(_)), effects);
        self.asked = None;
        self.due = ground.chain.reack.map(|reack| self.moment(ground).after(reack));
        self.status = Status::Acked { by, at: ground.now };
    }

    /// Asks `of`, who once said "I have it", whether they still do.
    fn ask_again(&mut self, ground: Ground<'_>, of: PersonId, effects: &mut Vec<Effect>) {
        self.answered.clear();
        self.calls.forget_settled();
        let Some((step, groups)) = ground.ways_to(&of, self.step) else {
            return self.start_again(ground, of, effects);
        };
        self.questions = self.questions.saturating_add(1);
        effects.push(Effect::Fact(Fact::ReackAsked { of: of.clone() }));
        let reason = PageReason::Reack(self.questions);
        let about = Subject { lap: self.lap, step, person: of.clone(), reason };
        self.calls.begin(about, groups, self.moment(ground), effects);
        self.due = Some(self.moment(ground).after(ground.time_to_answer()));
        self.asked = Some(of);
    }

    fn start_again(&mut self, ground: Ground<'_>, of: PersonId, effects: &mut Vec<Effect>) {
        effects.push(Effect::Fact(Fact::ReackUnanswered { of }));
        self.open_again();
        self.next_round(ground, effects);
    }

    /// Makes it an open question again who has the alert.
    fn open_again(&mut self) {
        self.status = Status::Climbing;
        self.answered.clear();
        self.asked = None;
        self.due = None;
    }

    fn receipt(&mut self, ground: Ground<'_>, page: &PageKey, outcome: Outcome, effects: &mut Vec<Effect>) {
        let Some(lost) = self.calls.receipt(page, outcome, self.moment(ground), effects) else { return };
        match lost.reason {
            PageReason::Turn if self.status == Status::Climbing && (lost.lap, lost.step) == (self.lap, self.step) => {
                effects.push(skipped(lost.lap, lost.step, Skip::NoChannelTook));
                self.ascend(ground, self.step + 1, ground.now, effects);
            }
            PageReason::Reack(number) if number == self.questions => {
                if let Some(of) = self.asked.take() {
                    self.start_again(ground, of, effects);
                }
            }
            PageReason::Duty(duty) => {
                self.duties.remove(&duty);
                effects.push(skipped(lost.lap, lost.step, Skip::NoChannelTook));
            }
            PageReason::Turn | PageReason::Reack(_) | PageReason::LastResort => {}
        }
    }

    fn escalate(&mut self, ground: Ground<'_>, effects: &mut Vec<Effect>) {
        let at_the_end = self.step >= ground.chain.steps.len();
        // The question to who had it is moot; pages already under way to others stay.
        self.calls.give_up(|reason| matches!(reason, PageReason::Reack(_)), effects);
        self.open_again();
        self.held = true;
        if at_the_end {
            self.next_round(ground, effects);
        } else {
            self.ascend(ground, self.step + 1, ground.now, effects);
        }
    }

    fn resolved(&mut self, effects: &mut Vec<Effect>) {
        self.calls.give_up(|_| true, effects);
        self.asked = None;
        self.told = None;
        self.due = None;
        self.status = Status::Resolved;
        effects.push(Effect::Fact(Fact::Resolved));
    }
}

impl Ground<'_> {
    /// A rung's channels that lead to `person`.
    pub(super) fn groups(self, step: usize, person: &PersonId) -> Vec<Vec<ChannelName>> {
        let Some(step) = self.chain.steps.get(step) else { return Vec::new() };
        step.by
            .iter()
            .map(|group| group.iter().filter(|channel| self.reach.has(person, channel)).cloned().collect::<Vec<_>>())
            .filter(|group| !group.is_empty())
            .collect()
    }

    /// How to reach somebody who may stand on no rung at all: the rung that names them now, else the rung `near`, else
    /// any rung whose channels lead to them.
    fn ways_to(self, person: &PersonId, near: usize) -> Option<(usize, Vec<Vec<ChannelName>>)> {
        let steps = &self.chain.steps;
        let names = |step: &usize| self.roster.who(&steps[*step].to, self.now).is_some_and(|who| &who.id == person);
        let own = (0..steps.len()).filter(names);
        let near = steps.len().checked_sub(1).map(|last| near.min(last));
        own.chain(near)
            .chain(0..steps.len())
            .map(|step| (step, self.groups(step, person)))
            .find(|(_, groups)| !groups.is_empty())
    }

    /// How long somebody who is asked again has to answer: as long as on the first rung that waits.
    fn time_to_answer(self) -> jiff::SignedDuration {
        let steps = &self.chain.steps;
        let first = steps.iter().find(|step| step.kind == super::definition::StepKind::Notify).or(steps.first());
        first.map_or(jiff::SignedDuration::ZERO, |step| step.ack)
    }
}

pub(super) fn skipped(lap: u32, step: usize, why: Skip) -> Effect {
    Effect::Fact(Fact::StepSkipped { lap, step, why })
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
