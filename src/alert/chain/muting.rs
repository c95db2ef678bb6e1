//! What keeps people from being asked: a silence, a maintenance window. While it lasts nobody is asked, reminded or asked
//! again, and no step is gone; it has an end, at which whoever should know is asked at once.

use jiff::Timestamp;

use super::definition::Pace;
use super::effect::{Effect, PageReason};
use super::escalation::{Context, Escalation, Status};
use crate::base::id::PersonId;

impl Escalation {
    /// Stands before the first step, where nobody is to be told until then.
    pub(crate) fn start_muted(context: Context<'_>, pace: Pace, raiser: Option<PersonId>, until: Timestamp) -> Self {
        Self { muted: Some(until), ..Self::at_rest(context.chain, pace, raiser) }
    }

    /// Whether nobody is asked for now.
    pub(crate) fn is_muted(&self) -> bool {
        self.muted.is_some()
    }

    /// Nothing keeps people from being asked any more; what follows from that is another matter.
    pub(crate) fn lift(&mut self) {
        self.muted = None;
    }

    /// Nobody is asked until then; what is on its way to ask somebody is taken back. Where somebody asked for people to be
    /// told, it goes on.
    pub(super) fn mute(&mut self, context: Context<'_>, until: Timestamp, effects: &mut Vec<Effect>) {
        if self.called_for || until <= context.now || self.muted.replace(until).is_some() {
            return;
        }
        self.attempts.give_up(|reason| reason.asks() || *reason == PageReason::LastResort, effects);
        match self.status {
            Status::Acked { .. } if self.asked.take().is_some() => self.ask_later(context),
            Status::Acked { .. } | Status::Resolved => {}
            Status::Escalating | Status::Exhausted => self.rest(),
        }
    }

    /// Nothing keeps people from being told any more. Whoever has it is asked when it is time; where nobody has, the chain
    /// is gone through from its first step.
    pub(super) fn unmute(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        if self.muted.take().is_none() {
            return;
        }
        match self.status {
            Status::Acked { .. } => self.time_passed(context, effects),
            Status::Escalating | Status::Exhausted if self.is_untouched() => {
                self.advance(context, 0, context.now, effects);
            }
            Status::Escalating | Status::Exhausted => {
                // To whoever knew of it before, it is news again.
                self.next_round(context);
                (self.news, self.given_up) = (self.round, false);
                self.advance(context, 0, context.now, effects);
            }
            Status::Resolved => {}
        }
    }

    /// Whether nobody was asked or given anything yet.
    pub(super) fn is_untouched(&self) -> bool {
        self.told_at.is_none() && self.round == 0 && self.attempts.are_none()
    }

    /// Whether it still is muted; where its end has come, it is not.
    pub(super) fn stays_muted(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) -> bool {
        let is_over = self.muted.is_some_and(|until| until <= context.now);
        if is_over {
            self.unmute(context, effects);
        }
        self.muted.is_some()
    }

    /// Somebody wants people to be told now, whatever keeps them from it.
    pub(super) fn call_for_people(&mut self) {
        self.called_for |= self.muted.take().is_some();
    }

    /// Waits for nobody.
    pub(super) fn rest(&mut self) {
        self.open_again();
        self.told = None;
    }

    /// Whoever has it is asked as soon as people can be.
    pub(super) fn ask_later(&mut self, context: Context<'_>) {
        self.asked = None;
        self.due = Some(context.now);
    }
}
