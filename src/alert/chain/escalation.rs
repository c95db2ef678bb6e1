//! One alert on its way up a chain: what happens to it, and what time does. How it gets from step to step is in
//! `advance`, what people say in `answers`, what they learn besides in `news`, and what keeps them from being asked in `muting`.
//!
//! What holds whatever happens, and is tested: a page is asked for once; an alert that nobody holds has a deadline; an
//! acknowledgement silences everything but declarations until it grows old or the alert graver; nothing is asked after
//! the end; every deadline lies after the instant of the step that set it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::attempt::{Attempts, Clock, Notification};
use super::definition::{Chain, Pace};
use super::effect::{Effect, Fact, PageKey, PageReason, Skip};
use super::input::{Input, Outcome};
use super::reach::Reach;
use crate::alert::oncall::Roster;
use crate::base::id::{ChainId, ChannelName, DutyId, PersonId};

/// An open alert that nobody holds is told to somebody at least this often, whatever its chain says.
pub(crate) const SILENCE_AT_MOST: SignedDuration = SignedDuration::from_mins(30);

/// Behind the last step of a chain, however long somebody makes it afterwards.
pub(super) const BEHIND: usize = u32::MAX as usize;

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
    /// Nobody answered up to the end; the chain is gone through again before long. An acknowledgement still counts.
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
    /// The round in which it was news: the first, or the first since it got graver.
    #[serde(default)]
    pub(super) news: u32,
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
    /// answer is overdue. Behind the end: when it begins once more.
    pub(super) due: Option<Timestamp>,
    /// When whoever is waited for is told again: their time is longer than anybody may be left without a word.
    #[serde(default)]
    pub(super) remind: Option<Timestamp>,
    /// When the turn of whoever is waited for, or has it, ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) relief: Option<Timestamp>,
    /// When somebody was last asked.
    #[serde(default)]
    pub(super) told_at: Option<Timestamp>,
    /// The step to go on with when the chain's hours begin.
    #[serde(default)]
    pub(super) waits: Option<usize>,
    /// Until when nobody is asked: something keeps people from being told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) muted: Option<Timestamp>,
    /// Whether somebody asked for people to be told: from then on nothing keeps them from it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) called_for: bool,
    /// Who was asked again and has not answered yet.
    pub(super) asked: Option<PersonId>,
    /// How often somebody was asked again.
    pub(super) questions: u32,
    /// How often somebody was told something that is no question.
    #[serde(default)]
    pub(super) notices: u32,
    /// Who raised it: they know.
    #[serde(default)]
    pub(super) raiser: Option<PersonId>,
    /// Who knows of it, and the channels that took a page for them; none for who knew without being told.
    #[serde(default)]
    pub(super) informed: BTreeMap<PersonId, BTreeSet<ChannelName>>,
    /// Whether the last resort was used since it was last news.
    #[serde(default)]
    pub(super) given_up: bool,
    /// Declarations that a version before put in somebody's hands.
    #[serde(default)]
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
    /// Sets out on the chain: the first step is paged at once. Whoever raised the alert is passed over.
    pub(crate) fn start(context: Context<'_>, pace: Pace, raiser: Option<PersonId>) -> (Self, Vec<Effect>) {
        let mut escalation = Self::at_rest(context.chain, pace, raiser);
        let mut effects = Vec::new();
        escalation.advance(context, 0, context.now, &mut effects);
        escalation.expect_relief(context);
        (escalation, effects)
    }

    /// Before the first step.
    pub(super) fn at_rest(chain: &Chain, pace: Pace, raiser: Option<PersonId>) -> Self {
        let informed = raiser.iter().map(|raiser| (raiser.clone(), BTreeSet::new())).collect();
        Self {
            chain: chain.id.clone(),
            status: Status::Escalating,
            pace,
            round: 0,
            news: 0,
            last_round: chain.unanswered.repeat,
            step: 0,
            told: None,
            held: false,
            due: None,
            remind: None,
            relief: None,
            told_at: None,
            waits: None,
            muted: None,
            called_for: false,
            asked: None,
            questions: 0,
            notices: 0,
            raiser,
            informed,
            given_up: false,
            duties: BTreeSet::new(),
            attempts: Attempts::default(),
        }
    }

    /// Takes one input. Inputs that come late, twice or in any order are harmless.
    pub fn step(&mut self, context: Context<'_>, input: Input) -> Vec<Effect> {
        let mut effects = Vec::new();
        // Behind the end only who learned of it is still noted, and told if it was wrong.
        if self.status == Status::Resolved && !matches!(input, Input::Erratum | Input::Receipt { .. }) {
            return effects;
        }
        let before = (self.concerned(), self.step, self.relief);
        let is_edit = matches!(input, Input::LookedAt | Input::Graver);
        match input {
            Input::Clock => self.time_passed(context, &mut effects),
            Input::Acked { by } => self.acked(context, by, &mut effects),
            Input::HandedOn { to } => self.handed_on(context, to, &mut effects),
            Input::Snoozed { by, until } => self.snoozed(context, by, until, &mut effects),
            Input::Receipt { page, outcome } => self.receipt(context, &page, outcome, &mut effects),
            Input::Escalate { to } => self.escalate(context, to, &mut effects),
            Input::Graver => self.graver(context, &mut effects),
            Input::Grew => self.grew(context, &mut effects),
            Input::Erratum => self.put_right(context, &mut effects),
            Input::Muted { until } => self.mute(context, until, &mut effects),
            Input::Unmuted => self.unmute(context, &mut effects),
            Input::LookedAt => self.looked_at(context, &mut effects),
            Input::Resolved { by } => self.resolved(context, by.as_ref(), &mut effects),
            Input::Dropped => self.dropped(&mut effects),
        }
        if is_edit || before != (self.concerned(), self.step, self.relief) {
            self.expect_relief(context);
        }
        effects
    }

    /// When to come back with [`Input::Clock`], if nothing happens before.
    pub fn deadline(&self) -> Option<Timestamp> {
        let asks = if self.muted.is_some() {
            self.muted
        } else {
            [self.due, self.remind, self.relief].into_iter().flatten().min()
        };
        asks.into_iter().chain(self.attempts.deadline()).min()
    }

    /// Whether a page asked for earlier is still wanted: nobody took it, refused it or gave it up.
    pub(crate) fn wants(&self, page: &PageKey) -> bool {
        self.attempts.waits_for(page)
    }

    /// The declarations that a version before put in somebody's hands.
    pub(crate) fn given_before(&self) -> impl Iterator<Item = &DutyId> {
        self.duties.iter()
    }

    /// Moves every deadline, because the clock they were set by was itself moved.
    pub(crate) fn shift(&mut self, by: SignedDuration) {
        for deadline in [&mut self.due, &mut self.remind, &mut self.told_at].into_iter().flatten() {
            *deadline = deadline.saturating_add(by).unwrap_or(*deadline);
        }
        self.attempts.shift(by);
    }

    /// Which time somebody is told by a page of this round, and of how many, as far as that is known: 2 of 3.
    pub(crate) fn telling(&self, page: &PageKey, chain: &Chain) -> (u32, Option<u32>) {
        let round = page.round.saturating_sub(self.news).saturating_add(1);
        let planned = chain.unanswered.repeat.saturating_add(1);
        (round, (round <= planned && planned > 1).then_some(planned))
    }

    /// Who knows of it.
    pub(crate) fn informed(&self) -> impl Iterator<Item = &PersonId> {
        self.informed.keys()
    }

    /// How many people some channel took a page for.
    pub(crate) fn reached(&self) -> usize {
        self.informed.values().filter(|channels| !channels.is_empty()).count()
    }

    /// The step stood on, or the one behind the last.
    pub(super) fn place(&self, context: Context<'_>) -> usize {
        self.step.min(context.chain.steps.len())
    }

    /// What somebody is told at a step of this round.
    pub(super) fn about(&self, step: usize, person: PersonId, reason: PageReason) -> Notification {
        Notification { round: self.round, step, person, reason }
    }

    pub(super) fn clock(&self, context: Context<'_>) -> Clock {
        Clock { now: context.now, pace: self.pace }
    }

    pub(super) fn time_passed(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        if self.stays_muted(context, effects) {
            return self.attempts.fall_back(self.clock(context), effects);
        }
        // Whoever comes on is asked before the time of whoever went home is over.
        if self.relief.is_some_and(|relief| relief <= context.now) {
            self.hand_over(context, effects);
        }
        if let Some(due) = self.due.filter(|due| *due <= context.now) {
            self.due = None;
            self.remind = None;
            match self.status.clone() {
                Status::Escalating => match self.waits.take() {
                    Some(step) => self.advance(context, step, context.now, effects),
                    None => self.unanswered(context, due, effects),
                },
                Status::Acked { by, .. } => match self.asked.take() {
                    Some(of) => self.reack_unanswered(context, of, effects),
                    None => self.ask_again(context, by, effects),
                },
                Status::Exhausted => self.begin_once_more(context, effects),
                Status::Resolved => {}
            }
        }
        if self.remind.is_some_and(|remind| remind <= context.now) {
            self.remind_of(context, effects);
        }
        self.attempts.fall_back(self.clock(context), effects);
    }

    /// Asks `of`, who once said "I have it", whether they still do.
    fn ask_again(&mut self, context: Context<'_>, of: PersonId, effects: &mut Vec<Effect>) {
        effects.push(Effect::Fact(Fact::ReackAsked { of: of.clone() }));
        self.ask(context, of, PageReason::Reack, effects);
    }

    /// Asks one person, who has as long to answer as on the chain's first step. Then the chain is gone through.
    pub(super) fn ask(
        &mut self,
        context: Context<'_>,
        of: PersonId,
        reason: fn(u32) -> PageReason,
        effects: &mut Vec<Effect>,
    ) {
        if self.muted.is_some() {
            return self.ask_later(context);
        }
        self.attempts.forget_settled();
        let Some((step, groups)) = context.ways_to(&of, self.step) else {
            return self.reack_unanswered(context, of, effects);
        };
        self.questions = self.questions.saturating_add(1);
        let about = self.about(step, of.clone(), reason(self.questions));
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
    pub(super) fn open_again(&mut self) {
        self.status = Status::Escalating;
        self.asked = None;
        self.due = None;
        self.remind = None;
        self.waits = None;
    }

    fn receipt(&mut self, context: Context<'_>, page: &PageKey, outcome: Outcome, effects: &mut Vec<Effect>) {
        if outcome == Outcome::Accepted && self.attempts.knows(page) {
            self.informed.entry(page.person.clone()).or_default().insert(page.channel.clone());
        }
        let Some(lost) = self.attempts.receipt(page, outcome, self.clock(context), effects) else { return };
        match lost.reason {
            PageReason::Turn | PageReason::Again(_)
                if self.status == Status::Escalating && (lost.round, lost.step) == (self.round, self.step) =>
            {
                effects.push(skipped(lost.round, lost.step, Skip::NoChannelTook));
                self.advance(context, self.step + 1, context.now, effects);
            }
            PageReason::Reack(number) | PageReason::Graver(number) | PageReason::Handed(number)
                if number == self.questions =>
            {
                if let Some(of) = self.asked.take() {
                    self.reack_unanswered(context, of, effects);
                }
            }
            _ => {}
        }
    }

    /// People, or what this version knows, may be others than before: who has it may be gone, and an escalation that was
    /// kept by an older version may have come to rest where this one does not.
    fn looked_at(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        let is_gone = |person: &PersonId| !context.roster.people.contains_key(person);
        match &self.status {
            Status::Acked { by, .. } if is_gone(by) => {
                let of = by.clone();
                self.reack_unanswered(context, of, effects);
            }
            // Nobody was to be asked again when they took it; now somebody is.
            Status::Acked { at, .. } if self.due.is_none() => {
                let since = Clock { now: *at, pace: self.pace };
                let soon = self.clock(context).after(SignedDuration::ZERO);
                self.due = context.chain.reack.map(|reack| since.after(reack).max(soon));
            }
            Status::Escalating | Status::Exhausted if self.due.is_none() => {
                self.due = Some(self.clock(context).after(SILENCE_AT_MOST));
            }
            Status::Escalating if self.is_turned_over(context) => self.hand_over(context, effects),
            _ => {}
        }
    }
}

impl Context<'_> {
    /// A step's channels that lead to `person`.
    pub(super) fn groups(self, step: usize, person: &PersonId) -> Vec<Vec<ChannelName>> {
        self.chain.steps.get(step).map(|step| step.ways(self.reach, person)).unwrap_or_default()
    }

    /// How to reach somebody who may stand on no step at all: the step that names them now, else the step `near`, else
    /// any step whose channels lead to them.
    pub(super) fn ways_to(self, person: &PersonId, near: usize) -> Option<(usize, Vec<Vec<ChannelName>>)> {
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
    fn time_to_answer(self) -> SignedDuration {
        let steps = &self.chain.steps;
        let first = steps.iter().find(|step| step.kind == super::definition::StepKind::Notify).or(steps.first());
        first.map_or(SignedDuration::ZERO, |step| step.ack.min(SILENCE_AT_MOST))
    }
}

pub(super) fn skipped(round: u32, step: usize, why: Skip) -> Effect {
    Effect::Fact(Fact::StepSkipped { round, step, why })
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
