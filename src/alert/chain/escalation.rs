//! One alert on its way up a chain: acknowledgements, questions and endings. How it gets from step to step is in
//! `advance`.
//!
//! What holds whatever happens, and is tested: a page is asked for once; an acknowledgement silences everything but
//! declarations until it grows old; nothing is asked for after the end; every deadline lies after the instant of the
//! step that set it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::attempt::{Attempts, Clock, Notification};
use super::definition::{Chain, Pace};
use super::effect::{Effect, Fact, PageKey, PageReason, Skip};
use super::input::{Input, Outcome};
use super::reach::Reach;
use crate::alert::oncall::Roster;
use crate::base::id::{ChainId, ChannelName, DutyId, PersonId};

/// Where an escalation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waiting for somebody to answer.
    #[serde(rename = "climbing")]
    Escalating,
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

/// One alert on its way up. Kept whole as JSON, in which some things keep older names; all instants are absolute, so a machine that slept still escalates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// The chain it follows.
    pub chain: ChainId,
    /// Where it stands.
    pub status: Status,
    /// The fastness of its clock.
    pub pace: Pace,
    /// The round: which time the chain is gone through, from 0.
    #[serde(rename = "lap")]
    pub(super) round: u32,
    /// The last round before giving up.
    #[serde(rename = "last_lap")]
    pub(super) last_round: u32,
    /// The step stood on; behind the last one once the end was reached.
    pub(super) step: usize,
    /// Who is waited for on that step.
    pub(super) told: Option<PersonId>,
    /// Whether somebody was given time to answer in this round. A round in which every step was skipped is not repeated.
    pub(super) held: bool,
    /// While it escalates: when this step's time is over. While acknowledged: when to ask again or, once asked, when the
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
    #[serde(rename = "calls")]
    pub(super) attempts: Attempts,
}

/// Everything an escalation looks at but does not keep.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The chain it follows, as it is now.
    pub chain: &'a Chain,
    /// Who is on call.
    pub roster: &'a Roster,
    /// Which channels lead to whom.
    pub reach: &'a Reach,
    /// The instant.
    pub now: Timestamp,
}

impl Escalation {
    /// Sets out on the chain: the first step is paged at once.
    pub(crate) fn start(context: Context<'_>, pace: Pace) -> (Self, Vec<Effect>) {
        let chain = context.chain;
        let mut escalation = Self {
            chain: chain.id.clone(),
            status: Status::Escalating,
            pace,
            round: 0,
            last_round: chain.unanswered.repeat,
            step: 0,
            told: None,
            held: false,
            due: None,
            asked: None,
            questions: 0,
            answered: Vec::new(),
            duties: BTreeSet::new(),
            attempts: Attempts::default(),
        };
        let mut effects = Vec::new();
        escalation.advance(context, 0, context.now, &mut effects);
        (escalation, effects)
    }

    /// Takes one input. Inputs that come late, twice or in any order are harmless.
    pub fn step(&mut self, context: Context<'_>, input: Input) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.status == Status::Resolved {
            return effects;
        }
        match input {
            Input::Clock => self.time_passed(context, &mut effects),
            Input::Acked { by } => self.acked(context, by, &mut effects),
            Input::Receipt { page, outcome } => self.receipt(context, &page, outcome, &mut effects),
            Input::Escalate => self.escalate(context, &mut effects),
            Input::Resolved => self.resolved(&mut effects),
        }
        effects
    }

    /// When to come back with [`Input::Clock`], if nothing happens before.
    pub fn deadline(&self) -> Option<Timestamp> {
        [self.due, self.attempts.deadline()].into_iter().flatten().min()
    }

    /// Whether a page asked for earlier is still wanted: nobody took it, refused it or gave it up.
    pub(crate) fn wants(&self, page: &PageKey) -> bool {
        self.attempts.waits_for(page)
    }

    /// Moves every deadline, because the clock they were set by was itself moved.
    pub(crate) fn shift(&mut self, by: jiff::SignedDuration) {
        if let Some(due) = &mut self.due {
            *due = due.saturating_add(by).unwrap_or(*due);
        }
        self.attempts.shift(by);
    }

    /// What somebody is told at a step of this round.
    pub(super) fn about(&self, step: usize, person: PersonId, reason: PageReason) -> Notification {
        Notification { round: self.round, step, person, reason }
    }

    pub(super) fn clock(&self, context: Context<'_>) -> Clock {
        Clock { now: context.now, pace: self.pace }
    }

    fn time_passed(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        if let Some(due) = self.due.filter(|due| *due <= context.now) {
            self.due = None;
            match self.status.clone() {
                Status::Escalating => self.unanswered(context, due, effects),
                Status::Acked { by, .. } => match self.asked.take() {
                    Some(of) => self.reack_unanswered(context, of, effects),
                    None => self.ask_again(context, by, effects),
                },
                Status::Exhausted | Status::Resolved => {}
            }
        }
        self.attempts.fall_back(self.clock(context), effects);
    }

    fn acked(&mut self, context: Context<'_>, by: PersonId, effects: &mut Vec<Effect>) {
        if !context.roster.people.contains_key(&by) || self.answered.contains(&by) {
            return;
        }
        self.answered.push(by.clone());
        effects.push(Effect::Fact(Fact::Acked { by: by.clone() }));
        let settled = matches!(self.status, Status::Acked { .. }) && self.asked.is_none();
        if settled {
            return;
        }
        // A declaration is not taken out of its owner's hands because somebody looks at the alert.
        self.attempts.give_up(|reason| !matches!(reason, PageReason::Duty(_)), effects);
        self.asked = None;
        self.due = context.chain.reack.map(|reack| self.clock(context).after(reack));
        self.status = Status::Acked { by, at: context.now };
    }

    /// Asks `of`, who once said "I have it", whether they still do.
    fn ask_again(&mut self, context: Context<'_>, of: PersonId, effects: &mut Vec<Effect>) {
        self.answered.clear();
        self.attempts.forget_settled();
        let Some((step, groups)) = context.ways_to(&of, self.step) else {
            return self.reack_unanswered(context, of, effects);
        };
        self.questions = self.questions.saturating_add(1);
        effects.push(Effect::Fact(Fact::ReackAsked { of: of.clone() }));
        let reason = PageReason::Reack(self.questions);
        let about = self.about(step, of.clone(), reason);
        self.attempts.begin(about, groups, self.clock(context), effects);
        self.due = Some(self.clock(context).after(context.time_to_answer()));
        self.asked = Some(of);
    }

    fn reack_unanswered(&mut self, context: Context<'_>, of: PersonId, effects: &mut Vec<Effect>) {
        effects.push(Effect::Fact(Fact::ReackUnanswered { of }));
        self.open_again();
        self.start_again(context, effects);
    }

    /// Makes it an open question again who has the alert.
    fn open_again(&mut self) {
        self.status = Status::Escalating;
        self.answered.clear();
        self.asked = None;
        self.due = None;
    }

    fn receipt(&mut self, context: Context<'_>, page: &PageKey, outcome: Outcome, effects: &mut Vec<Effect>) {
        let Some(lost) = self.attempts.receipt(page, outcome, self.clock(context), effects) else { return };
        match lost.reason {
            PageReason::Turn
                if self.status == Status::Escalating && (lost.round, lost.step) == (self.round, self.step) =>
            {
                effects.push(skipped(lost.round, lost.step, Skip::NoChannelTook));
                self.advance(context, self.step + 1, context.now, effects);
            }
            PageReason::Reack(number) if number == self.questions => {
                if let Some(of) = self.asked.take() {
                    self.reack_unanswered(context, of, effects);
                }
            }
            PageReason::Duty(duty) => {
                self.duties.remove(&duty);
                effects.push(skipped(lost.round, lost.step, Skip::NoChannelTook));
            }
            PageReason::Turn | PageReason::Reack(_) | PageReason::LastResort => {}
        }
    }

    fn escalate(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        let at_the_end = self.step >= context.chain.steps.len();
        // The question to who had it is moot; pages already under way to others stay.
        self.attempts.give_up(|reason| matches!(reason, PageReason::Reack(_)), effects);
        self.open_again();
        self.held = true;
        if at_the_end {
            self.start_again(context, effects);
        } else {
            self.advance(context, self.step + 1, context.now, effects);
        }
    }

    fn resolved(&mut self, effects: &mut Vec<Effect>) {
        self.attempts.give_up(|_| true, effects);
        self.asked = None;
        self.told = None;
        self.due = None;
        self.status = Status::Resolved;
        effects.push(Effect::Fact(Fact::Resolved));
    }
}

impl Context<'_> {
    /// A step's channels that lead to `person`.
    pub(super) fn groups(self, step: usize, person: &PersonId) -> Vec<Vec<ChannelName>> {
        let Some(step) = self.chain.steps.get(step) else { return Vec::new() };
        step.by
            .iter()
            .map(|group| group.iter().filter(|channel| self.reach.has(person, channel)).cloned().collect::<Vec<_>>())
            .filter(|group| !group.is_empty())
            .collect()
    }

    /// How to reach somebody who may stand on no step at all: the step that names them now, else the step `near`, else
    /// any step whose channels lead to them.
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

    /// How long somebody who is asked again has to answer: as long as on the first step that waits.
    fn time_to_answer(self) -> jiff::SignedDuration {
        let steps = &self.chain.steps;
        let first = steps.iter().find(|step| step.kind == super::definition::StepKind::Notify).or(steps.first());
        first.map_or(jiff::SignedDuration::ZERO, |step| step.ack)
    }
}

pub(super) fn skipped(round: u32, step: usize, why: Skip) -> Effect {
    Effect::Fact(Fact::StepSkipped { round, step, why })
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
