//! What people say of an alert on its way: "I have it", "you take it", "ask me later", "call the next one", "it is over".

use jiff::Timestamp;

use super::effect::{Effect, Fact, PageReason};
use super::escalation::{Context, Escalation, Status};
use crate::base::id::PersonId;

impl Escalation {
    /// Whoever said so last has it.
    pub(super) fn acked(&mut self, context: Context<'_>, by: PersonId, effects: &mut Vec<Effect>) {
        if !context.roster.people.contains_key(&by) || self.is_held_by(&by) {
            return;
        }
        effects.push(Effect::Fact(Fact::Acked { by: by.clone() }));
        // What a version before asked somebody to declare is not taken out of their hands.
        self.attempts.give_up(|reason| !matches!(reason, PageReason::Duty(_)), effects);
        self.open_again();
        self.told = None;
        self.due = context.chain.reack.map(|reack| self.clock(context).after(reack));
        self.informed.entry(by.clone()).or_default();
        self.spread(context, Some(&by), PageReason::Taken, effects);
        self.status = Status::Acked { by, at: context.now };
    }

    /// Whether somebody has it without a question.
    fn is_held_by(&self, person: &PersonId) -> bool {
        matches!(&self.status, Status::Acked { by, .. } if by == person) && self.asked.is_none()
    }

    /// Who has it keeps it until the other one answers.
    pub(super) fn handed_on(&mut self, context: Context<'_>, to: PersonId, effects: &mut Vec<Effect>) {
        let is_held = matches!(self.status, Status::Acked { .. });
        if !is_held || !context.roster.people.contains_key(&to) || self.is_held_by(&to) {
            return;
        }
        self.call_for_people();
        self.attempts.give_up(PageReason::asks, effects);
        effects.push(Effect::Fact(Fact::HandedOn { to: to.clone() }));
        self.ask(context, to, PageReason::Handed, effects);
    }

    /// Who has it is asked again at an instant of their own.
    pub(super) fn snoozed(&mut self, context: Context<'_>, by: PersonId, until: Timestamp, effects: &mut Vec<Effect>) {
        self.acked(context, by.clone(), effects);
        if self.is_held_by(&by) && until > context.now {
            self.due = Some(until);
            effects.push(Effect::Fact(Fact::Snoozed { by, until }));
        }
    }

    pub(super) fn escalate(&mut self, context: Context<'_>, to: Option<usize>, effects: &mut Vec<Effect>) {
        let last = context.chain.steps.len();
        let at_the_end = self.step >= last;
        // The question to who had it is moot; pages already under way to others stay.
        let moot = |reason: &PageReason| reason.asks() && !matches!(reason, PageReason::Turn | PageReason::Again(_));
        self.attempts.give_up(moot, effects);
        // Of one that was muted from its beginning, nobody was told yet.
        let next = if self.is_untouched() { 0 } else { self.step.saturating_add(1) };
        self.call_for_people();
        self.open_again();
        self.held = true;
        match to.filter(|step| *step < last) {
            Some(step) => {
                // The same step may have been told in this round already.
                self.next_round(context);
                // Those who were passed over have their turn when nobody answers there.
                self.last_round = self.last_round.saturating_add(1);
                self.held = true;
                self.advance(context, step, context.now, effects);
            }
            None if at_the_end => self.start_again(context, effects),
            None => self.advance(context, next, context.now, effects),
        }
    }

    /// It is over: everybody who knew of it learns so. So does whoever was to be told and could not be: what is late is one
    /// message that says both.
    pub(super) fn resolved(&mut self, context: Context<'_>, by: Option<&PersonId>, effects: &mut Vec<Effect>) {
        let mut people = self.informed.clone();
        for page in self.attempts.waiting().filter(|page| page.reason.is_turn()) {
            people.entry(page.person.clone()).or_default().insert(page.channel.clone());
        }
        self.attempts.give_up(|_| true, effects);
        self.spread_to(context, (people, by), PageReason::Over, effects);
        self.dropped(effects);
    }

    /// It ends without a word to anybody, but for what is said already.
    pub(super) fn dropped(&mut self, effects: &mut Vec<Effect>) {
        self.attempts.give_up(|reason| !matches!(reason, PageReason::Over(_)), effects);
        self.open_again();
        self.muted = None;
        self.told = None;
        self.status = Status::Resolved;
        effects.push(Effect::Fact(Fact::Resolved));
    }
}
