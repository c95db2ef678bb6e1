//! From step to step: who is told next, which steps are skipped at once, what happens at the end, and how an escalation
//! catches up after it slept.
//!
//! Two choices that are not obvious:
//!
//! - Two steps that name different targets are meant to reach two people. Where a rota makes them the same person, the
//!   second step is skipped at once if the first has just used all its channels: waiting again for who did not answer
//!   would only keep the next person asleep. The same target twice in a row is a repetition its author wanted.
//! - An escalation that slept pages the step that is due now and everybody it slept over, but never past the last step of
//!   the round: nobody is given up before they had their full time to answer.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::attempt::Clock;
use super::definition::StepKind;
use super::effect::{Effect, Fact, PageReason, Skip};
use super::escalation::{BEHIND, Context, Escalation, SILENCE_AT_MOST, Status, skipped};
use crate::base::id::{ChannelName, PersonId};

/// What there is to do at a step.
enum Plan {
    /// Tell somebody and wait.
    Tell(Addressee),
    /// A declaration: it is given once people know, wherever the escalation is.
    Declared,
    /// Nothing, for this reason.
    Skip(Skip),
}

/// Somebody to be told, and the groups of channels that lead there.
struct Addressee {
    person: PersonId,
    groups: Vec<Vec<ChannelName>>,
}

impl Addressee {
    /// Every channel, with whom it leads to.
    fn ways(&self) -> impl Iterator<Item = (PersonId, ChannelName)> {
        self.groups.iter().flatten().map(|channel| (self.person.clone(), channel.clone()))
    }

    /// Without the channels by which the same person is told already; the others are `taken` from now on.
    fn without(mut self, taken: &mut BTreeSet<(PersonId, ChannelName)>) -> Self {
        for group in &mut self.groups {
            group.retain(|channel| taken.insert((self.person.clone(), channel.clone())));
        }
        self
    }

    fn is_unreachable(&self) -> bool {
        self.groups.iter().all(Vec::is_empty)
    }
}

impl Escalation {
    /// The step's time is over and nobody answered.
    pub(super) fn unanswered(&mut self, context: Context<'_>, due: Timestamp, effects: &mut Vec<Effect>) {
        self.held = true;
        if let Some(person) = self.told.take() {
            effects.push(Effect::Fact(Fact::StepUnanswered { round: self.round, step: self.step, person }));
        }
        self.advance(context, self.step.saturating_add(1), due, effects);
    }

    /// Goes up from step `first`, which was reached at `at`, to the step that is due at `context.now`.
    pub(super) fn advance(&mut self, context: Context<'_>, first: usize, at: Timestamp, effects: &mut Vec<Effect>) {
        if self.muted.is_some() {
            return self.rest();
        }
        if self.waits_for_hours(context, first, effects) {
            return;
        }
        let mut plans: Vec<_> =
            (first..context.chain.steps.len()).map(|step| (step, self.look_at(context, step))).collect();
        let target = self.due_step(context, &plans, at).and_then(|due| {
            plans.truncate(due + 1);
            plans.pop()
        });
        let Some((step, Plan::Tell(addressee))) = target else {
            self.pass(context, plans, BTreeSet::new(), effects);
            return self.end_of_round(context, effects);
        };
        self.pass(context, plans, addressee.ways().collect(), effects);
        let person = addressee.person.clone();
        self.tell(context, step, addressee, effects);
        self.step = step;
        self.told = Some(person);
        let patience = context.chain.steps[step].ack;
        self.due = Some(self.clock(context).after(patience));
        self.told_at = Some(context.now);
        self.remind = (patience > SILENCE_AT_MOST).then(|| self.clock(context).after(SILENCE_AT_MOST));
    }

    /// Puts off everything from step `first` on to the chain's hours, where it has some and this is none of them.
    fn waits_for_hours(&mut self, context: Context<'_>, first: usize, effects: &mut Vec<Effect>) -> bool {
        let opens = context.chain.hours.as_ref().and_then(|hours| hours.next(context.now));
        let Some(until) = opens.filter(|opens| *opens > context.now) else { return false };
        self.status = Status::Escalating;
        self.told = None;
        self.waits = Some(first);
        self.due = Some(until);
        effects.push(Effect::Fact(Fact::Waits { until }));
        true
    }

    /// Whoever is waited for is told again.
    pub(super) fn remind_of(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        self.remind = self.due.map(|_| self.clock(context).after(SILENCE_AT_MOST));
        let Some(person) = self.told.clone() else { return };
        self.told_at = Some(context.now);
        let groups = context.groups(self.step, &person);
        let reason = self.again();
        let about = self.about(self.step, person, reason);
        self.attempts.begin(about, groups, self.clock(context), effects);
    }

    /// Begins the next round, and counts the chain's repetitions anew.
    pub(super) fn start_again(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        self.next_round(context);
        self.advance(context, 0, context.now, effects);
    }

    /// Nobody answered up to the end, and nobody has answered since: once more, before long, for as long as it is open.
    pub(super) fn begin_once_more(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        self.status = Status::Escalating;
        self.next_round(context);
        self.last_round = self.round;
        self.advance(context, 0, context.now, effects);
    }

    /// A round begins that counts the chain's repetitions anew.
    pub(super) fn next_round(&mut self, context: Context<'_>) {
        self.repeat_round();
        self.last_round = self.round.saturating_add(context.chain.unanswered.repeat);
    }

    fn repeat_round(&mut self) {
        self.round = self.round.saturating_add(1);
        self.held = false;
        self.attempts.forget_settled();
    }

    /// Until when nobody need be told anything, counted from when somebody last was.
    fn silent_until(&self, context: Context<'_>) -> Timestamp {
        let from = Clock { now: self.told_at.unwrap_or(context.now), pace: self.pace };
        from.after(SILENCE_AT_MOST).max(self.clock(context).after(SignedDuration::ZERO))
    }

    fn again(&mut self) -> PageReason {
        self.notices = self.notices.saturating_add(1);
        PageReason::Again(self.notices)
    }

    fn look_at(&self, context: Context<'_>, step: usize) -> Plan {
        let asked = &context.chain.steps[step];
        if asked.kind != StepKind::Notify {
            return Plan::Declared;
        }
        let Some(person) = context.roster.who(&asked.to, context.now) else { return Plan::Skip(Skip::NobodyOnCall) };
        let addressee = Addressee { person: person.id.clone(), groups: context.groups(step, &person.id) };
        if addressee.is_unreachable() {
            return Plan::Skip(Skip::NobodyReachable);
        }
        if asked.hours.as_ref().is_some_and(|hours| !hours.hold(context.now)) {
            return Plan::Skip(Skip::OutOfHours);
        }
        if context.chain.respects_quiet && person.wants_peace(context.now) {
            return Plan::Skip(Skip::Quiet);
        }
        if self.round == 0 && self.raiser.as_ref() == Some(&person.id) {
            return Plan::Skip(Skip::Raiser);
        }
        if self.just_paged(context, step, &addressee) { Plan::Skip(Skip::JustPaged) } else { Plan::Tell(addressee) }
    }

    /// Whether the step before is another target which turned out to be the same person, already told by every
    /// channel of this one.
    fn just_paged(&self, context: Context<'_>, step: usize, addressee: &Addressee) -> bool {
        let steps = &context.chain.steps;
        steps.get(self.step).is_some_and(|below| below.to != steps[step].to)
            && addressee.ways().all(|(person, channel)| self.attempts.told(self.round, self.step, &person, &channel))
    }

    /// The place in `plans` of the first that still has time left at `context.now`, counted from `at`; else of the last
    /// that waits.
    fn due_step(&self, context: Context<'_>, plans: &[(usize, Plan)], at: Timestamp) -> Option<usize> {
        let mut reached = at;
        let mut due = None;
        for (place, (step, plan)) in plans.iter().enumerate() {
            if matches!(plan, Plan::Tell(..)) {
                due = Some(place);
                reached = Clock { now: reached, pace: self.pace }.after(context.chain.steps[*step].ack);
                if reached > context.now {
                    break;
                }
            }
        }
        due
    }

    /// Goes over steps without waiting: people slept over are told, nobody twice by the same channel.
    fn pass(
        &mut self,
        context: Context<'_>,
        plans: Vec<(usize, Plan)>,
        mut taken: BTreeSet<(PersonId, ChannelName)>,
        effects: &mut Vec<Effect>,
    ) {
        for (step, plan) in plans {
            match plan {
                Plan::Declared => {}
                Plan::Skip(why) => effects.push(skipped(self.round, step, why)),
                Plan::Tell(addressee) => {
                    let addressee = addressee.without(&mut taken);
                    if addressee.is_unreachable() {
                        effects.push(skipped(self.round, step, Skip::JustPaged));
                    } else {
                        self.tell(context, step, addressee, effects);
                    }
                }
            }
        }
    }

    fn tell(&mut self, context: Context<'_>, step: usize, addressee: Addressee, effects: &mut Vec<Effect>) {
        let Addressee { person, groups } = addressee;
        effects.push(Effect::Fact(Fact::StepReached { round: self.round, step, person: person.clone() }));
        // Whoever was not reached before is not reminded: to them it is news.
        // Somebody may come on for the second time while it waits on one step.
        let is_back = groups.iter().flatten().any(|channel| self.attempts.told(self.round, step, &person, channel));
        let is_news = (self.round == self.news || !self.was_told(context, &person)) && !is_back;
        let reason = if is_news { PageReason::Turn } else { self.again() };
        let about = self.about(step, person, reason);
        self.attempts.begin(about, groups, self.clock(context), effects);
    }

    fn end_of_round(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        effects.push(Effect::RoundOver);
        if self.held && self.round < self.last_round {
            self.repeat_round();
            return self.advance(context, 0, context.now, effects);
        }
        self.status = Status::Exhausted;
        self.step = BEHIND;
        self.told = None;
        self.remind = None;
        self.due = Some(self.silent_until(context));
        if std::mem::replace(&mut self.given_up, true) {
            return;
        }
        if let Some((step, person, channel)) = last_resort(context) {
            let about = self.about(step, person, PageReason::LastResort);
            self.attempts.begin(about, vec![vec![channel]], self.clock(context), effects);
        }
        effects.push(Effect::Fact(Fact::Exhausted));
    }
}

/// Whom the last resort is addressed to: the first step's person whom that channel reaches.
fn last_resort(context: Context<'_>) -> Option<(usize, PersonId, ChannelName)> {
    let channel = context.chain.unanswered.then.as_ref()?;
    context.chain.steps.iter().enumerate().find_map(|(number, step)| {
        let person = context.roster.who(&step.to, context.now)?;
        context.reach.has(&person.id, channel).then(|| (number, person.id.clone(), channel.clone()))
    })
}
